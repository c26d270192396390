"""Databases for the tests, and rows for each table of whichever schema."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from essay_explorer.rooms.store.backup import tables_of

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection

LONG_AGO = datetime(2026, 9, 1, 8, 15, 0, 250_000, tzinfo=UTC)
TASK = {"tags": ["trust"], "marks": 3, "most": 6, "reasons": 3, "minutes": 10, "blind": True, "talk_first": True}
KNOWN = {"phase": "mark", "seen": "shown", "task": TASK, "wall": None, "view": "yes", "name": "Zoë 🤖\n", "version": 7}


def new_database(server: Any) -> str:
    """The URL of an empty database."""
    name = f"rooms_{secrets.token_hex(4)}"
    server.psql(f"CREATE DATABASE {name}")
    return server.get_uri(database=name)


def fill(on: Connection) -> None:
    """Put two rows into every table there is; one where a row of another can have but one."""
    for table in tables_of(on):
        alone = all(column.foreign_keys for column in table.primary_key)
        rows = [{column.name: _value(column, number) for column in table.c} for number in ((1,) if alone else (1, 2))]
        on.execute(insert(table), rows)


def _value(column: Column[Any], number: int) -> Any:
    if column.name in KNOWN and not column.primary_key:
        return KNOWN[column.name]
    values = {int: number, str: f"A{number}", bool: number == 2, object: LONG_AGO}
    return 1 if column.foreign_keys else values[column.type.python_type]


def rows_in(on: Connection) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables."""
    return {
        table.name: [dict(row) for row in on.execute(select(table).order_by(*table.primary_key)).mappings()]
        for table in tables_of(on)
    }
