"""Rooms go through every schema, to a file, and from it to a store of another kind, with every row as it was."""

from __future__ import annotations

import gzip
import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from essay_explorer.cli.main import main
from essay_explorer.core.fault import ReadingError
from essay_explorer.rooms.lessons import now
from essay_explorer.rooms.store import backup
from essay_explorer.rooms.store.database import Database
from essay_explorer.rooms.store.health import health
from essay_explorer.rooms.store.schema import MIGRATIONS, SCHEMA, migrate
from stores import fill, new_database, rows_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Places = Callable[[str], str]


def released() -> list[str]:
    """Every schema there was."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]


@pytest.fixture
def new_place(tmp_path: Path, request: pytest.FixtureRequest) -> Places:
    """Where there are no rooms yet, in a file or in a PostgreSQL."""

    def made(kind: str) -> str:
        if kind == "sqlite":
            return str(tmp_path / f"{len(list(tmp_path.iterdir()))}.sqlite")
        return new_database(request.getfixturevalue("postgresql"))

    return made


def filled(where: str, schema: str = SCHEMA) -> Database:
    """A store at a schema, with rows in every table."""
    database = Database.found(where, new=True)
    with database.writing() as on:
        migrate(on, schema)
        fill(on)
    return database


def all_rows(database: Database) -> dict[str, list[dict[str, object]]]:
    with database.reading() as on:
        return rows_in(on)


def kept(before: dict[str, list[dict[str, object]]], after: dict[str, list[dict[str, object]]]) -> bool:
    """Whether all that was there is there; a newer schema may add to it."""
    return all(
        [{name: row[name] for name in old} for old, row in zip(rows, after[table], strict=True)] == rows
        for table, rows in before.items()
    )


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
@pytest.mark.parametrize("schema", released())
def test_rooms_of_every_released_schema_are_kept_when_it_is_upgraded(
    schema: str, kind: str, new_place: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    database = filled(where := new_place(kind), schema)
    before = all_rows(database)
    assert all(before.values())
    main_says(0, "store", "upgrade", "--store", where)
    assert f"is at schema {SCHEMA}" in capsys.readouterr().out
    assert kept(before, all_rows(database))
    assert health(database, now()).faults == ()
    database.close()


@pytest.mark.slow
@pytest.mark.parametrize(("one", "other"), [("sqlite", "postgresql"), ("postgresql", "sqlite")])
@pytest.mark.parametrize("schema", [released()[-1], SCHEMA], ids=["the oldest", "the newest"])
def test_a_backup_is_restored_in_a_store_of_the_other_kind(
    one: str, other: str, schema: str, new_place: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = filled(new_place(one), schema)
    file, where = tmp_path / "all.rooms.gz", new_place(other)
    counts = backup.write(database, file)
    assert counts == {table: len(rows) for table, rows in all_rows(database).items()}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    main_says(0, "store", "import", str(file), "--store", where)
    assert "2 rooms, 2 participants, 2 marks" in capsys.readouterr().out
    restored = Database.opened(where)
    assert kept(all_rows(database), all_rows(restored))
    with restored.writing() as on:  # what is new is numbered after what was restored
        for name, row in (("rooms", {"code": "NEW"}), ("participants", {"return_code": "NEW-27", "number": 9})):
            (table,) = (table for table in backup.tables_of(on) if table.name == name)
            values = {**all_rows(restored)[name][0], **row}
            values.pop("id")
            values.pop("account", None)
            assert on.execute(table.insert().values(values)).inserted_primary_key[0] > 2
    database.close()
    restored.close()


def test_nothing_is_restored_over_rooms_that_are_there(tmp_path: Path) -> None:
    database = filled(str(tmp_path / "rooms.sqlite"))
    before = all_rows(database)
    backup.write(database, tmp_path / "all.rooms.gz")
    with pytest.raises(ReadingError, match=r"has 2 rooms already. Name a new place with --store"):
        backup.restore(database, tmp_path / "all.rooms.gz")
    assert all_rows(database) == before
    database.close()


def test_half_a_backup_restores_nothing(tmp_path: Path) -> None:
    database, file = filled(str(tmp_path / "rooms.sqlite")), tmp_path / "all.rooms.gz"
    backup.write(database, file)
    database.close()
    whole = file.read_bytes()
    lines = gzip.decompress(whole).splitlines(keepends=True)
    empty = Database.opened(tmp_path / "empty.sqlite")
    halves = [
        whole[: len(whole) // 2],
        gzip.compress(b"".join(lines[:-1])),
        gzip.compress(b"".join([*lines[:-1], b"[1]\n"])),
        gzip.compress(b"{}\n"),
        b"something else",
    ]
    for half in halves:
        file.write_bytes(half)
        with pytest.raises(ReadingError, match="no file of `store export`, or not all of it is there"):
            backup.restore(empty, file)
        assert not any(all_rows(empty).values())
    empty.close()


def test_a_backup_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    database, file = filled(str(tmp_path / "rooms.sqlite")), tmp_path / "all.rooms.gz"
    backup.write(database, file)
    newer = gzip.decompress(file.read_bytes()).replace(f'"schema": "{SCHEMA}"'.encode(), b'"schema": "9999"')
    file.write_bytes(gzip.compress(newer))
    with pytest.raises(ReadingError, match=r"written by a newer essay-explorer.*Update it"):
        backup.restore(database, file)
    database.close()


def test_check_counts_and_finds_what_belongs_to_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = str(tmp_path / "rooms.sqlite")
    filled(where).close()
    main_says(0, "store", "check", "--store", where)
    said = capsys.readouterr().out
    assert "marks: 2\n" in said
    assert "2 rooms past their date: essay-explorer store forget" in said
    assert said.endswith("No faults.\n")
    with sqlite3.connect(where) as on:
        on.execute("DELETE FROM participants")
    on.close()
    main_says(1, "store", "check", "--store", where)
    assert "Fault: marks: row 1 belongs to nothing in participants" in capsys.readouterr().out


def test_forget_takes_rooms_out_of_the_file_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = tmp_path / "rooms.sqlite"
    filled(str(where)).close()
    main_says(0, "store", "forget", "A1", "--yes", "--store", str(where))
    main_says(0, "store", "forget", "--store", str(where))
    main_says(0, "store", "forget", "--store", str(where))
    assert capsys.readouterr().out == "Deleted: A1\nDeleted: A2\nNo room is past its date.\n"
    assert "Zoë".encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def main_says(code: int, *arguments: str) -> None:
    """Run a command that ends with this exit code."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == code
