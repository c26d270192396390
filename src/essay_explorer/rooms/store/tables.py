"""The tables of rooms, as the newest migration leaves them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, also where the database knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        """As it is kept."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        """As it is given back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _of(table: str, *, primary_key: bool = False) -> Column[int]:
    """A column that says to which room or participant a row belongs, and with whom it goes."""
    name = f"{table}_id"
    return Column(name, ForeignKey(f"{table}s.id", ondelete="CASCADE"), primary_key=primary_key, nullable=False)


def _seen() -> tuple[Column[str], CheckConstraint]:
    return (
        Column("seen", String(8), nullable=False, default="unseen"),
        CheckConstraint("seen IN ('unseen', 'shown', 'hidden')", name="seen"),
    )


metadata = MetaData(naming_convention=NAMES)
rooms = Table(
    "rooms",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(16), nullable=False),
    Column("secret", String(64), nullable=False),
    Column("wall_key", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("essay", String(32), nullable=False),
    Column("phase", String(8), nullable=False),
    Column("since", Moment, nullable=False),
    Column("made", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("task", JSON, nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("class_shown", Boolean, nullable=False),
    Column("teacher_shown", Boolean, nullable=False),
    Column("wall", JSON(none_as_null=True)),
    Column("port", Integer),
    Column("version", Integer, nullable=False),
    Column("owner", String(255), nullable=False, server_default=""),
    Column("course", String(255), nullable=False, server_default=""),
    UniqueConstraint("code"),
    Index(None, "owner"),
    CheckConstraint("phase IN ('join', 'read', 'mark', 'reveal', 'discuss', 'revise', 'end')", name="phase"),
)
texts = Table(  # the files of the reading as they were when the room was made
    "texts",
    metadata,
    _of("room"),
    Column("name", String(64), nullable=False),
    Column("content", Text, nullable=False),
    PrimaryKeyConstraint("room_id", "name"),
)
participants = Table(
    "participants",
    metadata,
    Column("id", Integer, primary_key=True),
    _of("room"),
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("return_code", String(24), nullable=False),
    Column("joined", Moment, nullable=False),
    Column("active", Moment),
    Column("paper", Boolean, nullable=False),
    Column("party", Integer),  # the group; that word is SQL's own
    Column("removed", Boolean, nullable=False),
    Column("account", String(255)),  # with which they signed in; None for who has none
    UniqueConstraint("room_id", "number"),
    UniqueConstraint("return_code"),
    Index(None, "account", "room_id", unique=True),
)
seats = Table(  # the phones of a participant, by the fingerprints of their tokens
    "seats",
    metadata,
    _of("room"),
    Column("token", String(64), nullable=False),
    _of("participant"),
    PrimaryKeyConstraint("room_id", "token"),
    Index(None, "participant_id"),
)
hand_ins = Table(
    "hand_ins",
    metadata,
    _of("participant"),
    Column("pass", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("participant_id", "pass"),
)
marks = Table(
    "marks",
    metadata,
    _of("participant"),
    Column("pass", Integer, nullable=False),
    Column("id", String(64), nullable=False),
    Column("ref", String(16), nullable=False),
    Column("removed", Boolean, nullable=False),
    Column("quote", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Column("tags", Text, nullable=False),  # parted by ";", as in annotations.csv
    Column("reason", Text, nullable=False),
    Column("created", String(24), nullable=False),
    Column("changed", String(24), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    *_seen(),
    PrimaryKeyConstraint("participant_id", "pass", "id"),
    UniqueConstraint("ref"),
    CheckConstraint("pass IN (1, 2)", name="pass"),
)
replies = Table(
    "replies",
    metadata,
    _of("participant"),
    Column("id", String(64), nullable=False),
    Column("ref", String(16), nullable=False),
    Column("sentence", Integer, nullable=False),
    Column("tag", Text, nullable=False),
    Column("view", String(4), nullable=False),
    Column("text", Text, nullable=False),
    *_seen(),
    PrimaryKeyConstraint("participant_id", "id"),
    UniqueConstraint("ref"),
)
reports = Table(
    "reports",
    metadata,
    _of("participant"),
    Column("ref", String(16), nullable=False),
    PrimaryKeyConstraint("participant_id", "ref"),
)
hands = Table(  # who agrees with a reason or a reply: a participant, or a hand that the teacher has counted
    "hands",
    metadata,
    _of("room"),
    Column("ref", String(16), nullable=False),
    Column("whose", String(64), nullable=False),
    PrimaryKeyConstraint("room_id", "ref", "whose"),
)
