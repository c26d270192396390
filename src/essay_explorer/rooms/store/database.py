"""The database of rooms: opened, brought to the newest schema, and written to."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event, text

from essay_explorer.core.fault import ReadingError
from essay_explorer.rooms.store.place import PATIENCE, Place
from essay_explorer.rooms.store.refusals import in_words
from essay_explorer.rooms.store.schema import SCHEMA, check_known, check_newest, migrate, schema_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

CHANNEL = "essay_explorer_rooms"  # on which processes at one PostgreSQL wake each other
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={PATIENCE * 1000}",
    "secure_delete=ON",
)


class Database:
    """The rooms of one store. What is in it survives this process, however that ends."""

    def __init__(self, place: Place) -> None:
        self.where = place.shown
        with in_words(self.where):
            self.engine = create_engine(place.url, pool_size=5, max_overflow=5, hide_parameters=True, **place.arguments)
        if self.is_sqlite:
            _as_sqlite(self.engine)

    @classmethod
    def opened(cls, where: str | Path) -> Database:
        """The database at a path, made where there is none, or at a PostgreSQL URL.

        A file of an older version is brought to the newest schema; a PostgreSQL, which others may be using, is not.
        Raises ReadingError where it cannot be opened, or is of another version.
        """
        place = Place.of(where)
        place.make()
        database = cls(place)
        try:
            with in_words(database.where):
                database._prepare()
        except ReadingError:
            database.close()
            raise
        return database

    @classmethod
    def found(cls, where: str | Path, *, new: bool = False) -> Database:
        """A database that is there, as it is; an empty one may be made. Raises ReadingError where there is none."""
        place = Place.of(where)
        if new:
            place.make()
        place.find()
        return cls(place)

    def schema(self) -> str:
        """The migration at which it is; "" where it is empty. Raises ReadingError for another program's."""
        with self.engine.connect() as connection:
            return schema_of(connection, self.where)

    def _prepare(self) -> None:
        found = self.schema()
        if found < SCHEMA and (self.is_sqlite or not found):
            self.upgrade()
        else:
            check_newest(found, self.where)

    def upgrade(self) -> None:
        """Bring it to the newest schema, with all that is in it. Raises ReadingError for that of a newer version."""
        with self.writing() as connection:
            check_known(schema_of(connection, self.where), self.where)
            migrate(connection)

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

    def notify(self, words: str) -> None:
        """Wake the other processes at a PostgreSQL with a few words, outside of any transaction."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SELECT pg_notify(:channel, :words)"), {"channel": CHANNEL, "words": words})

    def close(self) -> None:
        """Let go of it."""
        self.engine.dispose()


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
