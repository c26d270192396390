"""The store of rooms: its schema, its migrations, and what it gives back; in SQLite and in PostgreSQL."""

from __future__ import annotations

import asyncio
import csv
import io
import secrets
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from class_room import EARLY, READING, a_mark
from essay_explorer.core.fault import ReadingError
from essay_explorer.library.saving import texts_of
from essay_explorer.rooms import lessons, steering
from essay_explorer.rooms.joining import join, join_as
from essay_explorer.rooms.lessons import new_room, now
from essay_explorer.rooms.limits import REMOVED_BESIDE, Terms
from essay_explorer.rooms.record import gradebook_of
from essay_explorer.rooms.refusal import RefusalError
from essay_explorer.rooms.results import Results
from essay_explorer.rooms.room_task import RoomTask
from essay_explorer.rooms.room_text import RoomText
from essay_explorer.rooms.sent_mark import SentMark
from essay_explorer.rooms.store import kept_marks, kept_rooms, kept_seats, kept_words
from essay_explorer.rooms.store.database import Database
from essay_explorer.rooms.store.schema import MIGRATIONS, SCHEMA
from essay_explorer.rooms.store.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from essay_explorer.rooms.participant import Participant
    from essay_explorer.rooms.room_state import RoomState

TASK = RoomTask(("trust", "ending"))
FILES = texts_of(READING)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    where = tmp_path / "rooms.sqlite" if request.param == "sqlite" else request.getfixturevalue("postgresql").get_uri()
    made = Database.opened(where)
    yield made
    if request.param == "postgresql":
        with made.writing() as on:
            on.execute(text("DROP SCHEMA public CASCADE"))
            on.execute(text("CREATE SCHEMA public"))
    made.close()


def room_in(database: Database) -> RoomState:
    with database.writing() as on:
        return new_room(on, FILES, "her", TASK)


def test_the_migrations_make_the_tables_as_they_are(database: Database) -> None:
    with database.reading() as on:
        differences = compare_metadata(MigrationContext.configure(on, opts={"compare_type": True}), metadata)
    assert differences == []


def test_the_newest_migration_is_the_one_that_is_looked_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA]


def test_every_constraint_has_a_name() -> None:
    assert all(constraint.name for table in metadata.tables.values() for constraint in table.constraints)


def test_a_store_of_a_newer_version_is_refused_in_words(tmp_path: Path) -> None:
    Database.opened(tmp_path / "rooms.sqlite").close()
    with sqlite3.connect(tmp_path / "rooms.sqlite") as on:
        on.execute("UPDATE alembic_version SET version_num = '9999'")
    on.close()
    with pytest.raises(ReadingError, match=r"written by a newer essay-explorer \(schema 9999.*Update it"):
        Database.opened(tmp_path / "rooms.sqlite")


def test_the_owner_alone_reads_the_file(tmp_path: Path) -> None:
    Database.opened(tmp_path / "deep" / "rooms.sqlite").close()
    assert stat.S_IMODE((tmp_path / "deep" / "rooms.sqlite").stat().st_mode) == 0o600


def test_sqlite_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    database = Database.opened(tmp_path / "rooms.sqlite")
    with database.reading() as on:
        found = {
            name: on.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "secure_delete": 1}
    database.close()


def test_a_seat_without_its_room_cannot_be(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing() as on:
        kept_seats.add_seat(on, 4711, 4711, "token")


def test_a_room_comes_back_as_it_was(database: Database) -> None:
    made = room_in(database)
    with database.reading() as on:
        assert kept_rooms.room(on, made.code) == made
        assert kept_rooms.files_of(on, made.id) == FILES


def test_times_come_back_in_utc(database: Database) -> None:
    room = room_in(database)
    moment = datetime(2026, 11, 26, 10, 30, tzinfo=timezone(timedelta(hours=2)))
    with database.writing() as on:
        who = kept_seats.add_participant(on, room.id, name="Mia", return_code="A", now=moment)
        kept_seats.hand_in(on, who.id, 1, moment)
    with database.reading() as on:
        (found,) = kept_seats.participants_of(on, room.id)
    assert found.joined == moment
    assert found.joined.tzinfo == UTC
    assert found.handed_in == {1: moment}


def test_the_first_hand_in_counts(database: Database) -> None:
    room = room_in(database)
    with database.writing() as on:
        who = kept_seats.add_participant(on, room.id, name="Mia", return_code="A", now=now())
        first = kept_seats.hand_in(on, who.id, 1, now())
        assert kept_seats.hand_in(on, who.id, 1, now() + timedelta(hours=1)) == first


def test_a_reason_that_is_changed_is_unseen_again(database: Database) -> None:
    room = room_in(database)
    mark = SentMark.from_json(a_mark(5, reason="Kind words."), TASK.tags)
    with database.writing() as on:
        who = kept_seats.add_participant(on, room.id, name="Mia", return_code="A", now=now())
        kept_marks.put_marks(on, [(who.id, 1, mark, (5, 5))])
        (kept,) = kept_marks.marks_of(on, who.id)
        assert kept_words.see(on, room.id, kept.ref, "shown")
        for reason, seen in (("Kind words.", "shown"), ("Other words.", "unseen")):
            later = a_mark(5, id=mark.id, reason=reason, changed=f"2026-11-26T09:00:00.00{len(reason) % 7}Z")
            kept_marks.put_marks(on, [(who.id, 1, SentMark.from_json(later, TASK.tags), (5, 5))])
            assert [one.seen for one in kept_marks.marks_of(on, who.id)] == [seen]


def test_marks_that_are_put_together_are_kept_as_one_after_the_other(database: Database) -> None:
    room = room_in(database)
    marks = [SentMark.from_json(a_mark(number, reason=f"Reason {number}."), TASK.tags) for number in range(1, 6)]
    later = SentMark.from_json(a_mark(9, id=marks[0].id, changed="2026-11-26T09:00:00.000Z"), TASK.tags)
    older = SentMark.from_json(a_mark(8, id=later.id, changed="2026-11-26T07:00:00.000Z"), TASK.tags)
    gone = SentMark(marks[1].id, later.changed, removed=True)
    sent = [*marks, later, older, gone]
    with database.writing() as on:
        one, all_at_once = (
            kept_seats.add_participant(on, room.id, name=name, return_code=name, now=now()) for name in "AB"
        )
        for mark in sent:
            kept_marks.put_marks(on, [(one.id, 1, mark, (5, 5))], most=4)
        taken = kept_marks.put_marks(on, [(all_at_once.id, 1, mark, (5, 5)) for mark in sent], most=4)
        assert taken == [True, True, True, True, False, True, True, True]
        found = [[(kept.mark, kept.seen) for kept in kept_marks.marks_of(on, who.id)] for who in (one, all_at_once)]
    assert found[0] == found[1]
    assert {mark for mark, _ in found[0]} == {later, gone, *marks[2:4]}


def test_of_one_room_nothing_can_be_shown_in_another(database: Database) -> None:
    one, other = room_in(database), room_in(database)
    with database.writing() as on:
        who = kept_seats.add_participant(on, one.id, name="Mia", return_code="A", now=now())
        kept_marks.put_marks(on, [(who.id, 1, SentMark.from_json(a_mark(5, reason="Why."), TASK.tags), (5, 5))])
        (kept,) = kept_marks.marks_of(on, who.id)
        assert not kept_words.see(on, other.id, kept.ref, "shown")


def test_rooms_whose_date_has_come_are_forgotten(database: Database) -> None:
    with database.writing() as on:
        old, young = (new_room(on, FILES, "her", TASK, days=days) for days in (1, 40))
        assert kept_rooms.forget_old(on, now() + timedelta(days=2)) == [old.code]
        assert [room.code for room in kept_rooms.all_rooms(on)] == [young.code]


def test_what_is_forgotten_is_in_no_file_of_the_database(tmp_path: Path) -> None:
    database = Database.opened(tmp_path / "rooms.sqlite")
    room = room_in(database)
    with database.writing() as on:
        for number in range(200):
            who = kept_seats.add_participant(on, room.id, name=f"Amina{number}", return_code=f"A{number}", now=now())
            mark = SentMark.from_json(a_mark(5, reason=f"Nobody{number} may read this."), TASK.tags)
            kept_marks.put_marks(on, [(who.id, 1, mark, (5, 5))])

    def bytes_of_it() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert b"Amina7" in bytes_of_it()
    with database.writing() as on:
        kept_rooms.delete_names(on, room.id)
    database.wipe()
    assert b"Amina" not in bytes_of_it()
    assert b"Nobody7" in bytes_of_it()
    with database.writing() as on:
        kept_rooms.forget_room(on, room.id)
    database.wipe()
    assert b"Nobody" not in bytes_of_it()
    assert READING.essay.text[:40].encode() not in bytes_of_it()
    database.close()


def opens(on: Connection, course: str) -> None:
    new_room(on, FILES, "her", TASK, owner="ada", course=course, terms=Terms(rooms=2))


def joins(on: Connection, code: str, readers: int = 2) -> Participant:
    terms = Terms(readers=readers, open_courses=True)
    return join(on, code, name="", token=f"phone-{secrets.token_hex(8)}", now=now(), terms=terms)


@pytest.mark.parametrize("what", ["a room of a teacher", "a room of a course", "a reader"])
def test_two_processes_at_once_do_not_go_past_a_limit_by_one(database: Database, what: str) -> None:
    with database.writing() as on:
        code = new_room(on, FILES, "her", TASK, owner="ada", course="another").code
    act = {
        "a room of a teacher": partial(opens, course=""),
        "a room of a course": partial(opens, course="film"),
        "a reader": partial(joins, code=code),
    }[what]

    def other() -> None:
        with database.writing() as on:
            act(on)

    with database.writing() as on:
        act(on)
    with ThreadPoolExecutor() as threads:
        with database.writing() as on:
            act(on)
            second = threads.submit(other)
            assert not wait([second], timeout=0.5).done
        with pytest.raises(RefusalError) as refused:
            second.result(timeout=20)
        assert " 2" in refused.value.sentence


def test_a_room_counts_until_it_is_forgotten_so_none_that_comes_back_from_its_end_is_one_too_many(
    database: Database,
) -> None:
    with database.writing() as on:
        for _ in range(2):
            opens(on, "film")
        last = kept_rooms.all_rooms(on)[0]
        steering.go_to(on, last.code, "end", now=now())
        with pytest.raises(RefusalError, match="as many rooms"):
            opens(on, "film")
        with pytest.raises(RefusalError, match="as many rooms"):
            steering.again(on, last.code, Terms(rooms=2))
        kept_rooms.forget_room(on, last.id)
        opens(on, "film")
        opens(on, "")


def test_a_room_that_runs_again_is_as_the_first_one_was_when_it_was_new(database: Database) -> None:
    with database.writing() as on:
        task = replace(TASK, within=(3, 3), minutes=4)
        first = new_room(on, FILES, "her", task, days=7, owner="ada", course="film", port=8867)
        before = kept_rooms.change_room(on, first.id, phase="end", locked=True, class_shown=True, teacher_shown=True)
        second = steering.again(on, before.code, Terms())
        assert kept_rooms.files_of(on, second.id) == FILES
    own = {name: getattr(second, name) for name in ("id", "code", "secret", "wall_key", "since", "made", "until")}
    assert second == replace(first, **own)
    assert second.until - second.made == timedelta(days=7)
    assert not {own["code"], own["secret"], own["wall_key"]} & {first.code, first.secret, first.wall_key}


def test_who_marks_on_paper_is_a_reader_too(database: Database) -> None:
    with database.writing() as on:
        code = new_room(on, FILES, "her", TASK).code
        for _ in range(2):
            steering.add_paper(on, code, "", now=now(), terms=Terms(readers=2))
        with pytest.raises(RefusalError, match="This room has its"):
            steering.add_paper(on, code, "", now=now(), terms=Terms(readers=2))
        with pytest.raises(RefusalError, match="This room has its"):
            joins(on, code)


def test_who_was_taken_out_leaves_their_place_though_not_without_end(database: Database) -> None:
    with database.writing() as on:
        code = new_room(on, FILES, "her", TASK).code
        for _ in range(REMOVED_BESIDE * 2):
            made = joins(on, code)
            kept_seats.change_participant(on, made.id, removed=True)
        with pytest.raises(RefusalError, match="This room has its"):
            joins(on, code)


def test_who_has_done_nothing_can_be_sent_out_of_a_full_room_and_joins_again(database: Database) -> None:
    with database.writing() as on:
        state = new_room(on, FILES, "her", TASK)
        token = "the-phone-of-somebody-who-is-there"
        join(on, state.code, name="Mia", token=token, now=now())
        marked, done, told, gone = (joins(on, state.code, 9) for _ in range(4))
        paper = steering.add_paper(on, state.code, "", now=now())
        kept_marks.put_marks(on, [(marked.id, 1, SentMark("a-mark-0001", EARLY, removed=True), (0, 0))])
        kept_seats.hand_in(on, done.id, 1, now())
        kept_words.report(on, told.id, "some-ref")
        kept_seats.change_participant(on, gone.id, removed=True)
        assert kept_seats.clear_empty(on, state.id) == 1
        left = [marked, done, told, gone, paper]
        assert [one.id for one in kept_seats.everybody_in(on, state.id)] == [one.id for one in left]
        assert join(on, state.code, name="Mia", token=token, now=now()).name == "Mia"


def test_a_reading_is_closed_to_whose_class_marks_it_blind_and_to_nobody_else(database: Database) -> None:
    with database.writing() as on:
        film = new_room(on, FILES, "her", TASK, owner="fellini", course="film")
        join_as(on, film.code, account="guest", now=now())
        guest = kept_seats.by_account(on, film.id, "guest")
        assert guest

    def closed(**values: Any) -> list[tuple[str, str]]:
        people = (("mia", ["film"]), ("guest", []), ("tom", ["poetry"]), ("nobody", [""]))
        with database.writing() as on:
            kept_rooms.change_room(on, film.id, **values)
            return [
                (account, name)
                for account, courses in people
                for name in ("her", "other")
                if kept_rooms.is_blind_for(on, name, account, courses)
            ]

    both, late = [("mia", "her"), ("guest", "her")], [("guest", "her")]
    for phase in ("join", "read", "mark", "reveal", "discuss", "revise"):
        assert closed(phase=phase) == both  # they talk first; nobody has revealed the class
    assert (
        closed(phase="reveal", class_shown=True) == late
    )  # who has not handed in marks blind, whatever the class does
    assert closed(phase="end") == []
    with database.writing() as on:
        kept_seats.hand_in(on, guest.id, 1, now())
    assert closed(phase="reveal") == []
    assert closed(phase="mark", class_shown=False) == both
    assert closed(phase="mark", task=replace(TASK, blind=False)) == []


def test_the_gradebook_has_the_whole_account_of_who_signed_in_until_names_are_deleted(database: Database) -> None:
    long = f"{'m' * 50}@school.example"
    with database.writing() as on:
        film = new_room(on, FILES, "her", TASK, owner="fellini", course="film")
        for account in (long, "=2+3"):
            join_as(on, film.code, account=account, now=now())
        join(on, film.code, name="Ann", token="a-phone-of-nobody", now=now(), terms=Terms(open_courses=True))

    def accounts() -> list[str]:
        with database.reading() as on:
            state = kept_rooms.room(on, film.code)
            assert state
            results = Results.of(on, state, RoomText.of(FILES, "her"))
        return [row["account"] for row in csv.DictReader(io.StringIO(gradebook_of(results)))]

    assert accounts() == [long, "'=2+3", ""]
    with database.writing() as on:
        kept_rooms.delete_names(on, film.id)
    assert accounts() == ["", "", ""]


def test_rooms_are_forgotten_also_when_the_store_was_away_at_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lessons, "AN_HOUR", 0.01)
    database = Database.opened(tmp_path / "rooms.sqlite")
    with database.writing() as on:
        new_room(on, FILES, "her", TASK, days=-1)
    forget_old, tries = kept_rooms.forget_old, []

    def forget(on: Connection, moment: datetime) -> list[str]:
        tries.append(moment)
        if len(tries) == 1:
            raise OperationalError("DELETE", {}, Exception("away"))
        return forget_old(on, moment)

    monkeypatch.setattr(kept_rooms, "forget_old", forget)

    async def serve() -> None:
        served = lessons.Lessons(database)
        served.start()
        for _ in range(1000):
            if not await asyncio.to_thread(rooms_left):
                break
            await asyncio.sleep(0.01)
        await served.end()

    def rooms_left() -> bool:
        with database.reading() as on:
            return bool(kept_rooms.all_rooms(on))

    asyncio.run(serve())
    assert len(tries) == 2
