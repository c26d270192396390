"""A lesson from the teacher's desk: phases, groups, paper, words, and the end."""

from __future__ import annotations

import io
import re
import time
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from asking import stream
from class_room import LATE, SENTENCES, TEXT, Asker, Phone, a_mark, opened
from essay_explorer.rooms.phase import PHASES
from records import read, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from class_room import Room

pytestmark = pytest.mark.slow


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened("--tags", "trust,ending", store=tmp_path / "rooms.sqlite", to=tmp_path) as room:
        room.go_to("mark")
        yield room


def answered(room: Room, *sentences: str, reason: str = "") -> list[Phone]:
    """Phones that have handed in, each with its sentences: "5 9"."""
    phones = []
    for number, one in enumerate(sentences):
        phones.append(room.phone(f"Pupil {number}"))
        for word in one.split():
            phones[-1].mark(int(word), reason=reason)
        phones[-1].hand_in()
    return phones


def people(room: Room) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in room.teacher.did("desk/people")["people"]}


def test_every_phase_can_be_gone_to_and_taken_back(room: Room) -> None:
    phone = room.phone()
    for phase in (*PHASES, *reversed(PHASES)):
        assert room.go_to(phase)["phase"] == phase
        assert phone.did("mine")["room"]["phase"] == phase
    assert room.teacher.ask("desk/phase", {"phase": "party"}).status == 400


def test_the_task_can_be_changed_and_stays_within_the_codebook(room: Room) -> None:
    changed = room.teacher.did("desk/task", {"tags": ["trust"], "marks": 1, "most": 1, "reasons": 0, "minutes": 4})
    assert (changed["task"]["tags"], changed["task"]["minutes"], changed["task"]["blind"]) == (["trust"], 4, True)
    assert room.phone().did("mine")["room"]["words"] == "Mark 1 sentence about Trust."
    assert room.teacher.ask("desk/task", {"tags": ["love"]}).status == 400


def test_the_news_says_that_the_room_has_changed_and_never_what_others_do(room: Room) -> None:
    path = f"/room/{room.code}/news"
    phone = room.phone()
    with stream(room.server, path) as news:
        assert next(news)[1]["data"]["phase"] == "mark"
        phone.mark(5)
        phone.hand_in()
        time.sleep(1)
        room.go_to("reveal")
        last, event = next(news)
        assert (event["kind"], event["data"]["phase"]) == ("room", "reveal")
    room.go_to("discuss")
    with stream(room.server, path, **{"Last-Event-ID": last}) as again:
        assert next(again)[1]["data"]["phase"] == "discuss"
    asked = Asker(room.url).did(f"news?after={last}")  # where a proxy keeps streams back
    assert [event["data"]["phase"] for event in asked["events"]] == ["discuss"]


def test_the_teachers_news_follows_a_mark_within_a_second(room: Room) -> None:
    phone = room.phone()
    time.sleep(0.7)
    with stream(room.server, f"/room/{room.code}/desk/news", Authorization=f"Bearer {room.teacher.token}") as news:
        next(news)
        start = time.monotonic()
        phone.mark(5)
        assert next(news)[1]["kind"] == "people"
        assert time.monotonic() - start < 1


def test_the_desk_knows_how_far_each_has_come(room: Room) -> None:
    answered(room, "5")
    room.phone("Mia").mark(5)
    room.phone("Tom")
    found = people(room)
    assert [found[name]["state"] for name in ("Pupil 0", "Mia", "Tom")] == ["handed in", "marking", "idle"]
    assert [found[name]["marks"] for name in ("Pupil 0", "Mia", "Tom")] == [1, 1, 0]


def test_a_pupil_is_renamed_and_removed_and_their_marks_count_no_more(room: Room) -> None:
    bad, *_ = answered(room, "5", "5", "5")
    number = people(room)["Pupil 0"]["number"]
    room.teacher.did("desk/person", {"number": number, "name": "Kim"})
    assert bad.did("mine")["you"]["name"] == "Kim"
    room.teacher.did("desk/person", {"number": number, "removed": True})
    for path, sent in (("marks", {"marks": [a_mark(6)]}), ("join", {"seat": bad.token}), ("mine", None)):
        assert bad.ask(path, sent).json["error"] == "removed"
    assert [one["readers"] for one in [room.teacher.did("desk/findings")]] == [2]
    room.teacher.did("desk/person", {"number": number, "removed": False})
    assert bad.ask("mine").status == 200


def test_who_was_cleared_joins_again_and_who_was_taken_out_comes_back(room: Room) -> None:
    first, second = room.phone("Mia"), room.phone("Tom")
    number = people(room)["Mia"]["number"]
    room.teacher.did("desk/person", {"number": number, "removed": True})
    assert room.teacher.did("desk/people")["full"] is False
    assert room.teacher.did("desk/clear", {}) == {"cleared": 1}  # Tom, who has done nothing
    assert second.ask("mine").json["error"] == "stranger"
    assert second.ask("join", {"seat": second.token, "name": "Tom"}).status == 200
    room.teacher.did("desk/person", {"number": number, "removed": False})
    assert first.ask("mine").status == 200


def test_a_locked_room_takes_nobody_new_and_lets_everybody_back(room: Room) -> None:
    phone = room.phone()
    room.teacher.did("desk/show", {"locked": True})
    assert Phone(room.url).ask("join", {"seat": "a-new-phone-that-is-late", "name": ""}).json["error"] == "locked"
    assert phone.ask("join", {"seat": phone.token}).status == 200


def test_groups_have_five_or_six_and_see_their_own_numbers(room: Room) -> None:
    phones = answered(room, *["5"] * 11)
    assert room.teacher.did("desk/groups", {"size": 5})["groups"] == 2
    groups = [one["group"] for one in people(room).values()]
    assert sorted(groups.count(number) for number in (1, 2)) == [5, 6]
    room.reveal()
    own = phones[0].did("group")
    assert own["readers"] == groups.count(own["group"])
    assert own["shares"] == [{"sentence": 5, "tag": "trust", "count": own["readers"], "few": False}]
    room.teacher.did("desk/groups", {"size": None})
    assert phones[0].ask("group").status == 409


def test_a_sheet_of_paper_is_checked_as_it_is_typed_and_counts_like_the_others(room: Room) -> None:
    assert room.teacher.did("desk/paper-reader", {"name": "Ada"})["sheet"] == "P1"
    assert room.teacher.did("desk/paper-reader", {"name": ""})["sheet"] == "P2"
    assert people(room)["Paper 2"]["paper"]
    checked = room.teacher.did("desk/paper", {"line": "P1: 23T 99T"})
    assert (checked["kept"], checked["marks"], len(checked["faults"])) == (False, [[23, ["trust"]]], 1)
    assert room.teacher.ask("desk/paper", {"line": "P7: 23T", "keep": True}).status == 400
    for line, kept in (("P1: 23T 24T", {23, 24}), ("P1: 24T 25T", {24, 25}), ("P1: 23T 24T", {23, 24})):
        assert room.teacher.did("desk/paper", {"line": line, "keep": True})["kept"]
        found = room.teacher.did("desk/findings")
        assert {one["sentence"] for one in found["shares"]} == kept
    assert found["readers"] == 1


def test_reasons_and_replies_are_unseen_until_shown_and_can_be_hidden_and_reported(room: Room) -> None:
    one, two, _ = answered(room, "5", "5", "5", reason="We never see her, and believe her.")
    room.reveal()
    assert one.did("class")["reasons"] == []
    refs = [word["ref"] for word in room.teacher.did("desk/queue")["words"]]
    room.teacher.did("desk/words", {"ref": refs[0], "seen": "shown"})
    (shown,) = one.did("class")["reasons"]
    assert (shown["text"], set(shown)) == (
        "We never see her, and believe her.",
        {"ref", "sentences", "tags", "text", "hands"},
    )
    for phone in (one, two, two):
        phone.did("report", {"ref": refs[0]})
    one.did("report", {"ref": refs[1]})  # nobody sees it, so nobody finds fault with it
    assert [word["reports"] for word in room.teacher.did("desk/queue")["words"]] == [2, 0, 0]
    room.teacher.did("desk/words", {"ref": refs[0], "seen": "hidden"})
    assert one.did("class")["reasons"] == []
    reply = {"id": "reply-0001", "sentence": 5, "tag": "trust", "view": "yes", "text": "Because it is chosen."}
    for _ in range(2):
        assert two.did("replies", {"replies": [reply]})["kept"] == ["reply-0001"]
    assert one.did("class")["replies"] == []
    (queued,) = [word for word in room.teacher.did("desk/queue")["words"] if word["kind"] == "reply"]
    room.teacher.did("desk/words", {"ref": queued["ref"], "seen": "shown"})
    assert [said["text"] for said in one.did("class")["replies"]] == ["Because it is chosen."]
    two.did("replies", {"replies": [{**reply, "text": "Something else."}]})
    assert one.did("class")["replies"] == []
    assert two.ask("replies", {"replies": [{**reply, "text": "x" * 281}]}).status == 400


def test_hands_are_counted_once_each_and_the_teacher_counts_those_without_a_phone(room: Room) -> None:
    one, two = answered(room, "5", "5", reason="We never see her, and believe her.")
    late = room.phone("Late")
    room.reveal()
    shown, unseen = (word["ref"] for word in room.teacher.did("desk/queue")["words"])
    room.teacher.did("desk/words", {"ref": shown, "seen": "shown"})
    room.go_to("discuss")

    def hands() -> list[int]:
        return [word["hands"] for word in room.teacher.did("desk/queue")["words"]]

    for phone in (one, two, two):
        phone.did("me-too", {"ref": shown, "raised": True})
    two.did("me-too", {"ref": unseen, "raised": True})  # nobody sees it
    late.did("me-too", {"ref": shown, "raised": True})  # who is blind sees nothing
    for _ in range(2):
        room.teacher.did("desk/hand", {"ref": shown, "id": "hand-0001", "raised": True})
    strange = {"ref": "x" * 64, "id": "hand-0001", "raised": True}  # nobody has said it
    assert room.teacher.ask("desk/hand", strange).json["words"] == "There is no such reason or reply in this room."
    assert hands() == [3, 0]
    assert [said["hands"] for said in one.did("class")["reasons"]] == [3]
    assert (one.did("mine")["you"]["hands"], late.did("mine")["you"]["hands"]) == ([shown], [])
    assert "+3" in room.teacher.ask("desk/result").body.decode()
    one.did("me-too", {"ref": shown, "raised": False})
    room.teacher.did("desk/hand", {"ref": shown, "id": "hand-0001", "raised": False})
    assert hands() == [1, 0]


def test_where_reasons_are_seen_the_hidden_ones_are_not(room: Room) -> None:
    one, *_ = answered(room, "5", "5", reason="Why not.")
    room.teacher.did("desk/task", {"reasons_seen": True})
    room.reveal()
    assert len(one.did("class")["reasons"]) == 2
    ref = one.did("class")["reasons"][0]["ref"]
    room.teacher.did("desk/words", {"ref": ref, "seen": "hidden"})
    assert len(one.did("class")["reasons"]) == 1


def test_those_who_marked_can_be_handed_in_and_those_who_did_not_stay_blind(room: Room) -> None:
    marked, idle = room.phone(), room.phone()
    marked.mark(5)
    room.reveal()
    assert room.teacher.did("desk/collect", {}) == {"handed_in": 1}
    assert marked.ask("class").status == 200
    assert idle.ask("class").status == 409
    idle.mark(6)  # blind still
    idle.hand_in()
    assert idle.did("class")["readers"] == 2


def test_without_talk_first_the_reveal_shows_the_class(room: Room) -> None:
    (phone,) = answered(room, "5")
    room.teacher.did("desk/task", {"talk_first": False})
    room.go_to("reveal")
    assert phone.ask("class").status == 200


def test_in_an_open_room_the_class_is_seen_from_the_start(room: Room) -> None:
    room.teacher.did("desk/task", {"blind": False})
    (phone,) = answered(room, "5")
    assert phone.ask("class").status == 200


def test_the_wall_shows_how_many_and_after_the_reveal_what(room: Room) -> None:
    answered(room, "5", "5", "5")
    wall = room.wall.did("wall")
    assert (wall["here"], wall["handed_in"], "class" in wall) == (3, 3, False)
    room.reveal()
    room.teacher.did("desk/show", {"wall": {"sentence": 5, "tag": "trust"}})
    wall = room.wall.did("wall")
    assert wall["class"]["shares"] == [{"sentence": 5, "tag": "trust", "count": 3, "few": False}]
    assert wall["room"]["wall"] == {"sentence": 5, "tag": "trust"}
    assert room.teacher.ask("desk/show", {"wall": {"sentence": 999}}).status == 400
    assert room.teacher.did("desk/show", {"wall": None})["wall"] is None


def test_at_the_end_one_folder_holds_exactly_what_was_marked(room: Room, tmp_path: Path) -> None:
    first, *_ = answered(room, "5 9", "5", "5", reason="=1+1")
    room.reveal()
    room.go_to("revise")
    at_nine = next(mark for mark in first.did("mine")["marks"] if mark["quote"] == TEXT[slice(*SENTENCES[8])])
    gone = {"id": at_nine["id"], "removed": True, "changed": LATE}
    first.did("marks", {"marks": [gone]})
    folder = tmp_path / f"her-{room.code}"
    assert room.go_to("end")["record"] == str(folder)
    marks = read(folder, "marks.csv")
    counts = {number: sum(row["pass"] == number for row in marks) for number in "12"}
    assert counts == {"1": 4, "2": 3}
    assert {row["reason"] for row in marks} == {"'=1+1"}  # letters for a spreadsheet too
    assert {row["quote"] for row in marks} <= {TEXT[slice(*SENTENCES[at - 1])] for at in (5, 9)}
    shares = read(folder, "shares.csv")
    assert ("1", "5", "3") in {(row["pass"], row["sentence"], row["count"]) for row in shares}
    assert [row["tag"] for row in read(folder, "agreement.csv")] == ["trust", "ending"]
    pupils = read(folder, "pupils.csv")
    assert [row["name"] for row in pupils] == ["Pupil 0", "Pupil 1", "Pupil 2"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", row["handed_in"]) for row in pupils)
    with zipfile.ZipFile(io.BytesIO(room.teacher.ask("desk/archive").body)) as archive:
        assert {name.partition("/")[2] for name in archive.namelist()} == {path.name for path in folder.iterdir()}
    majority = table(room.teacher.ask("desk/majority?threshold=60").body)
    assert [(row["id"], row["theme"]) for row in majority] == [("s5", "trust")]
    assert room.teacher.ask("desk/majority?threshold=0").status == 400


def test_sheets_and_the_result_are_printed_with_all_sentences_numbered_and_words_as_letters(room: Room) -> None:
    for _ in range(2):
        room.teacher.did("desk/paper-reader", {"name": ""})
    sheets = room.teacher.ask("desk/sheets").body.decode()
    assert re.findall(r'class="code">(P\d)<', sheets) == ["P1", "P2"]
    assert re.findall(r"<sup>(\d+)</sup>&nbsp;", sheets) == 2 * [str(number) for number in range(1, len(SENTENCES) + 1)]
    assert re.findall(r"<b>(\w)</b> (Trust|The ending critique)", sheets) == 2 * [
        ("T", "Trust"),
        ("E", "The ending critique"),
    ]
    answered(room, "5", "5", "5", reason="<script>alert(1)</script>")
    room.reveal()
    ref = room.teacher.did("desk/queue")["words"][0]["ref"]
    room.teacher.did("desk/words", {"ref": ref, "seen": "shown"})
    printed = room.teacher.ask("desk/result").body.decode()
    assert "[Trust: 3 of 3]" in printed
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in printed
    assert "<script" not in sheets + printed


def test_nobody_is_told_what_both_of_two_readers_agreed_on(room: Room) -> None:
    one, _ = answered(room, "5", "5")
    room.reveal()
    assert (one.did("class")["agreed"], room.wall.did("wall")["class"]["agreed"]) == ([], [])
    assert [share["count"] for share in room.teacher.did("desk/findings")["agreed"]] == [2]


def test_the_printed_result_does_not_count_what_few_did(room: Room) -> None:
    for phone in answered(room, "5", "5", "5")[:2]:
        phone.mark(9, "ending")
    room.reveal()
    printed = room.teacher.ask("desk/result").body.decode()
    assert "Trust: all gave it to the same" in printed
    assert "The ending critique: few used it." in printed


def test_names_are_deleted_and_the_room_is_forgotten_for_good(room: Room, tmp_path: Path) -> None:
    answered(room, "5", reason="Nobody may read this later.")
    room.phone("Amina")

    def files() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("rooms.sqlite*"))

    assert b"Amina" in files()
    room.teacher.did("desk/names", {})
    assert b"Amina" not in files()
    assert set(people(room)) == {"Reader 1", "Reader 2"}
    room.teacher.did("desk/forget", {})
    assert b"Nobody may read" not in files()
    assert Asker(room.url).ask("door").status == 404
    assert room.teacher.ask("desk/people").status == 403


def test_run_again_starts_empty_in_a_room_of_its_own(room: Room) -> None:
    answered(room, "5")
    made = room.teacher.did("desk/again", {})
    new = Asker(room.url.replace(room.code, made["code"]), made["secret"])
    found = new.did("desk/people")
    assert (found["here"], found["room"]["phase"], found["room"]["task"]["tags"]) == (0, "join", ["trust", "ending"])
    assert Asker(new.url, room.teacher.token).ask("desk/people").status == 403
