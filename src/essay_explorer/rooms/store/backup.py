"""All rooms of a store as one file, from which they are restored elsewhere, in SQLite or in PostgreSQL.

A gzip file of lines of JSON: first the schema and how many rows each table has, then each row as [table, {column:
value}], those first to which others belong. Moments are in ISO 8601. Whoever has the file can lead the rooms.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, DateTime, MetaData, Table, event, func, insert, select, text

from essay_explorer.core.fault import ReadingError, counted
from essay_explorer.files.whole import beside
from essay_explorer.rooms.store.schema import check_known, migrate, schema_of
from essay_explorer.rooms.store.tables import Moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from io import TextIOWrapper
    from pathlib import Path

    from sqlalchemy import Connection, RowMapping
    from sqlalchemy.engine import Inspector

    from essay_explorer.rooms.store.database import Database

KIND = "essay-explorer rooms"
AT_ONCE = 500  # rows


def write(database: Database, file: Path) -> dict[str, int]:
    """Write all that is in a database to a file, whole or not at all; how many rows of each table.

    Raises OSError where it cannot be written.
    """
    snapshot = {} if database.is_sqlite else {"isolation_level": "REPEATABLE READ"}
    with beside(file) as new:
        new.touch(0o600, exist_ok=False)
        with new.open("wb") as raw, database.engine.connect().execution_options(**snapshot) as on:
            with gzip.open(raw, "wt", encoding="utf-8") as lines:
                counts = _write(on, schema_of(on, database.where), lines)
            raw.flush()
            os.fsync(raw.fileno())
    return counts


def restore(database: Database, file: Path) -> dict[str, int]:
    """Put all that is in a file into a database without rooms, at the newest schema; how many rows of each table.

    Raises ReadingError where there are rooms already, or the file is none of these or not whole; then nothing is kept.
    """
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines, database.writing() as on:
            header = _header(json.loads(next(lines, "0")))
            check_known(header["schema"], str(file))
            _make_room(on, database.where)
            migrate(on, header["schema"])
            counts = _read(on, lines, header["rows"])
            migrate(on)
    except ReadingError:
        raise
    except (EOFError, gzip.BadGzipFile, zlib.error, ValueError, KeyError, TypeError) as error:
        message = f"{file} is no file of `store export`, or not all of it is there. Nothing was imported"
        raise ReadingError(message) from error
    return counts


def tables_of(on: Connection) -> list[Table]:
    """The tables of rooms as they are in a database, those first to which others belong."""
    found = MetaData()
    event.listen(found, "column_reflect", _typed)
    found.reflect(on)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def counts_of(on: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {table.name: on.execute(select(func.count()).select_from(table)).scalar_one() for table in tables_of(on)}


def _typed(_: Inspector, __: Table, column: dict[str, Any]) -> None:
    """Let moments and JSON be what the program takes them for."""
    if isinstance(column["type"], DateTime):
        column["type"] = Moment()
    elif isinstance(column["type"], JSON):
        column["type"] = JSON(none_as_null=True)


def _write(on: Connection, schema: str, lines: TextIOWrapper) -> dict[str, int]:
    counts = counts_of(on)
    lines.write(json.dumps({"kind": KIND, "schema": schema, "rows": counts}) + "\n")
    for table in tables_of(on):
        rows = on.execution_options(yield_per=AT_ONCE).execute(select(table).order_by(*table.primary_key))
        lines.writelines(_line(table, row) for row in rows.mappings())
    return counts


def _line(table: Table, row: RowMapping) -> str:
    return json.dumps([table.name, dict(row)], default=datetime.isoformat, ensure_ascii=False) + "\n"


def _header(first: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever the file says
    """The first line of a file. Raises ValueError where it is none of ours."""
    if not isinstance(first, dict) or first.get("kind") != KIND:
        raise ValueError
    return first


def _make_room(on: Connection, shown: str) -> None:
    """An empty database. Raises ReadingError where there are rooms in it."""
    schema = schema_of(on, shown)
    check_known(schema, shown)
    if not schema:
        return
    if there := counts_of(on)["rooms"]:
        message = f"{shown} has {counted(there, 'room')} already. Name a new place with --store"
        raise ReadingError(message)
    found = MetaData()
    found.reflect(on)
    found.drop_all(on)


def _read(on: Connection, lines: Iterator[str], expected: dict[str, int]) -> dict[str, int]:
    """Insert the rows that the lines hold; how many of each table. Raises EOFError for others than expected."""
    tables = {table.name: table for table in tables_of(on)}
    counts = dict.fromkeys(tables, 0)
    for name, found in groupby(map(json.loads, lines), key=itemgetter(0)):
        while rows := [_values(tables[name], row) for _, row in islice(found, AT_ONCE)]:
            on.execute(insert(tables[name]), rows)
            counts[name] += len(rows)
    if counts != expected:
        raise EOFError
    if on.dialect.name == "postgresql":
        _count_on(on, tables.values())
    return counts


def _values(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    moments = {column.name for column in table.c if isinstance(column.type, Moment)}
    return {name: datetime.fromisoformat(one) if one and name in moments else one for name, one in row.items()}


def _count_on(on: Connection, tables: Iterable[Table]) -> None:
    """Let PostgreSQL number new rows after those that are there; SQLite does by itself."""
    for table in tables:
        if (number := table.autoincrement_column) is not None:
            values = {"table": table.name, "column": number.name, "last": on.execute(select(func.max(number))).scalar()}
            on.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"), values)
