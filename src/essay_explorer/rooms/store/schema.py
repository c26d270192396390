"""The schema of the rooms' tables: which one a database has, and the way from it to another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from essay_explorer.core.fault import ReadingError

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCHEMA = "0003"  # the newest migration
MIGRATIONS = Path(__file__).parent / "migrations"


def schema_of(on: Connection, shown: str) -> str:
    """The migration at which a database is; "" for an empty one. Raises ReadingError for another program's."""
    tables = inspect(on).get_table_names()
    if {"rooms", "alembic_version"} <= {*tables}:
        return str(on.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
    if tables:
        message = f"{shown} holds tables of another program. Rooms need a database of their own: name one with --store"
        raise ReadingError(message)
    return ""


def check_known(schema: str, shown: str) -> None:
    """Raise ReadingError where a newer version has written a database."""
    if schema > SCHEMA:
        known = f"schema {schema}, and this one knows {SCHEMA}"
        message = f"The rooms in {shown} were written by a newer essay-explorer ({known}). Update it"
        raise ReadingError(message)


def check_newest(schema: str, shown: str) -> None:
    """Raise ReadingError where a database is at another schema than the newest, with what to do."""
    check_known(schema, shown)
    if not schema:
        message = f"There are no rooms in {shown}: it is empty. Make its tables with: essay-explorer store upgrade"
        raise ReadingError(message)
    if schema < SCHEMA:
        message = (
            f"The rooms in {shown} were written by an older essay-explorer (schema {schema}; this one needs {SCHEMA}). "
            "Keep a copy with `essay-explorer store export`, then: essay-explorer store upgrade"
        )
        raise ReadingError(message)


def migrate(on: Connection, to: str = SCHEMA) -> None:
    """Bring a database to a schema, within the transaction of its connection."""
    from alembic import command  # noqa: PLC0415 - only a new or an older database needs it
    from alembic.config import Config  # noqa: PLC0415 - with it

    if on.dialect.name == "postgresql":  # of several machines that start at once, one does it
        on.execute(text("SELECT pg_advisory_xact_lock(hashtext('essay-explorer'))"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = on
    command.upgrade(config, to)
