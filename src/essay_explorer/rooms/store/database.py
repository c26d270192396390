"""The database of rooms: opened, brought to the newest schema, and written to."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from essay_explorer.core.fault import ReadingError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from typing import Any

    from sqlalchemy import Connection, Engine

SCHEMA = "0001"  # the newest migration
MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE = 10  # seconds for which a writer waits for another program's
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={PATIENCE * 1000}",
    "secure_delete=ON",
)


class Database:
    """The rooms of one store. What is in it survives this process, however that ends."""

    def __init__(self, engine: Engine, where: str) -> None:
        self.engine, self.where = engine, where

    @classmethod
    def opened(cls, where: str | Path) -> Database:
        """The database at a path, made where there is none, or at a PostgreSQL URL.

        Raises ReadingError where it cannot be opened, or was written by a newer version.
        """
        url, shown = _url(where)
        try:
            engine = create_engine(url, pool_size=5, max_overflow=5, **_arguments(url))
            if url.get_backend_name() == "sqlite":
                _as_sqlite(engine)
            _migrate(engine, shown)
        except (ModuleNotFoundError, NoSuchModuleError):
            message = "PostgreSQL needs its driver: pip install 'essay-explorer[postgresql]'"
            raise ReadingError(message) from None
        except DBAPIError as error:
            message = f"The rooms in {shown} cannot be opened: {_first_line(error)}. Name another place with --store"
            raise ReadingError(message) from error
        return cls(engine, shown)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of this machine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are on the disk when the block has ended, all or none."""
        with self.engine.connect().execution_options(begins="BEGIN IMMEDIATE") as connection, connection.begin():
            yield connection

    def wipe(self) -> None:
        """Leave nothing of what was deleted in the files of the database."""
        outside = {"begins": ""} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        with self.engine.connect().execution_options(**outside) as connection:
            connection.exec_driver_sql("VACUUM")
            if self.is_sqlite:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of it."""
        self.engine.dispose()


def _url(where: str | Path) -> tuple[URL, str]:
    """The URL of a store, and what to call it before others: without a password."""
    if "://" not in str(where):
        path = Path(where).absolute()
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # names and secrets are in it
        return URL.create("sqlite+pysqlite", database=str(path)), str(path)
    try:
        url = make_url(str(where))
    except ArgumentError:
        url = URL.create("unknown")
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        message = f"--store {str(where).partition('://')[0]}://…: expected the path of a file, or postgresql://USER@HOST/DATABASE"
        raise ReadingError(message)
    url = url.set(drivername="postgresql+psycopg")
    return url, url.render_as_string(hide_password=True).replace("+psycopg", "")


def _arguments(url: URL) -> dict[str, Any]:
    return (
        {}
        if url.get_backend_name() == "sqlite"
        else {"pool_pre_ping": True, "connect_args": {"connect_timeout": PATIENCE}}
    )


def _as_sqlite(engine: Engine) -> None:
    """Let transactions be SQLAlchemy's own, savepoints too, and each connection be a careful one."""

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        if begins := connection.get_execution_options().get("begins", "BEGIN"):
            connection.exec_driver_sql(begins)


def _migrate(engine: Engine, where: str) -> None:
    """Bring the schema to the newest migration, and nothing where it is there already."""
    with engine.connect() as connection:
        found = _schema(connection)
    if found == SCHEMA:
        return
    if found > SCHEMA:
        known = f"schema {found}, and this one knows {SCHEMA}"
        message = f"The rooms in {where} were written by a newer essay-explorer ({known}). Update it"
        raise ReadingError(message)
    from alembic import command  # noqa: PLC0415 - only a new or an older database needs it
    from alembic.config import Config  # noqa: PLC0415 - with it

    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _schema(connection: Connection) -> str:
    """The migration at which the database is; "" for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0].rstrip(".")
