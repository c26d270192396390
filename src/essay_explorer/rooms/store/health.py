"""How a store is: its schema, whether it is whole, and what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from essay_explorer.rooms.store.backup import counts_of
from essay_explorer.rooms.store.schema import schema_of
from essay_explorer.rooms.store.tables import metadata, rooms

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from essay_explorer.rooms.store.database import Database

MOST = 10  # faults that are told


@dataclass(frozen=True, slots=True)
class Health:
    """What is to be known of a store. `past`: rooms that are to be forgotten; `size`: bytes on the disk."""

    schema: str
    faults: tuple[str, ...]
    rows: dict[str, int]
    past: int
    size: int


def health(database: Database, now: datetime) -> Health:
    """How a store is; of an empty one that alone."""
    with database.reading() as on:
        schema = schema_of(on, database.where)
        if not schema:
            return Health("", (), {}, 0, _size(on))
        past = on.execute(select(func.count()).select_from(rooms).where(rooms.c.until <= now)).scalar_one()
        rows = counts_of(on)
        return Health(schema, (*_damaged(on), *_missing(rows)), rows, past, _size(on))


def _damaged(on: Connection) -> list[str]:
    """What SQLite finds wrong in its file; PostgreSQL refuses to give damaged pages out by itself."""
    if on.dialect.name != "sqlite":
        return []
    found = [str(row[0]) for row in on.exec_driver_sql(f"PRAGMA integrity_check({MOST})") if row[0] != "ok"]
    orphans = on.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(MOST)
    return [*found, *(f"{row[0]}: row {row[1]} belongs to nothing in {row[2]}" for row in orphans)]


def _missing(rows: dict[str, int]) -> list[str]:
    return [f"the table {name} is not there" for name in metadata.tables if name not in rows]


def _size(on: Connection) -> int:
    size = (
        "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        if on.dialect.name == "sqlite"
        else "SELECT pg_database_size(current_database())"
    )
    return int(on.execute(text(size)).scalar_one())
