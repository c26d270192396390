"""Rooms in the store: made, found, changed, forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, insert, or_, select, update

from essay_explorer.rooms.phase import FIRST
from essay_explorer.rooms.room_state import RoomState
from essay_explorer.rooms.room_task import RoomTask
from essay_explorer.rooms.store.tables import hand_ins, participants, rooms, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

OPENING = 0x6573_7361  # the number of a lock that all processes at a PostgreSQL have in common


def add_room(on: Connection, state: RoomState, files: Mapping[str, str]) -> RoomState:
    """Keep a new room with the files of its reading; the room as it is kept, with its id."""
    values = {name: getattr(state, name) for name in rooms.c.keys() if name not in {"id", "task"}}  # noqa: SIM118 - a collection's
    made = on.execute(insert(rooms).values(**values, task=state.task.to_json()).returning(*rooms.c)).mappings().one()
    on.execute(insert(texts), [{"room_id": made["id"], "name": name, "content": one} for name, one in files.items()])
    return _state(made)


def room(on: Connection, code: str) -> RoomState | None:
    """The room of that code."""
    found = on.execute(select(rooms).where(rooms.c.code == code)).mappings().first()
    return _state(found) if found else None


def all_rooms(on: Connection) -> list[RoomState]:
    """All rooms, the newest first."""
    return [_state(row) for row in on.execute(select(rooms).order_by(rooms.c.id.desc())).mappings()]


def rooms_of(on: Connection, owner: str, courses: Collection[str] = ()) -> list[RoomState]:
    """The rooms that an account has opened, and those of some courses; the newest first."""
    own = or_(rooms.c.owner == owner, rooms.c.course.in_(courses))
    found = select(rooms).where(own, rooms.c.owner != "").order_by(rooms.c.id.desc())
    return [_state(row) for row in on.execute(found).mappings()]


def count_rooms(on: Connection, owner: str, course: str) -> int:
    """How many rooms a course has; without a course, how many an account has opened besides."""
    whose = rooms.c.course == course if course else (rooms.c.owner == owner) & (rooms.c.course == "")
    return on.execute(select(func.count()).where(whose)).scalar_one()


def is_blind_for(on: Connection, name: str, account: str, courses: Collection[str]) -> bool:
    """Whether an account, by a seat or by one of its courses, is in a class that must not see a reading's marks yet.

    It is until the class is revealed; who has a seat, until they have handed in as well.
    """
    seated = select(participants.c.room_id).where(participants.c.account == account)
    done = seated.join(hand_ins).where(hand_ins.c["pass"] == FIRST)
    theirs = or_(rooms.c.course.in_(courses), rooms.c.id.in_(seated))
    waiting = and_(rooms.c.id.in_(seated), rooms.c.id.not_in(done)).label("waiting")
    there = select(waiting, *rooms.c).where(rooms.c.name == name, rooms.c.phase != "end", theirs)
    states = [(row["waiting"], _state(row)) for row in on.execute(there).mappings()]
    return any(state.task.blind and (waits or not state.is_revealed) for waits, state in states)


def standing(on: Connection, codes: Collection[str]) -> dict[str, tuple[Any, ...]]:
    """How rooms stand, by their codes: another value for whatever is done in one, and for another room of that code."""
    of_room = participants.c.room_id == rooms.c.id
    came = select(func.count()).where(of_room).scalar_subquery()
    active = select(func.max(participants.c.active)).where(of_room).scalar_subquery()
    handed = select(func.count()).select_from(hand_ins.join(participants)).where(of_room).scalar_subquery()
    found = select(rooms.c.code, rooms.c.secret, rooms.c.version, came, active, handed).where(rooms.c.code.in_(codes))
    return {code: tuple(row) for code, *row in on.execute(found)}


def lock_room(on: Connection, room_id: int) -> None:
    """Let nobody else count in a room until this transaction has ended; SQLite has one writer anyway."""
    on.execute(select(rooms.c.id).where(rooms.c.id == room_id).with_for_update())


def lock_opening(on: Connection) -> None:
    """Let nobody else open a room until this transaction has ended; SQLite has one writer anyway."""
    if on.dialect.name == "postgresql":
        on.execute(select(func.pg_advisory_xact_lock(OPENING)))


def files_of(on: Connection, room_id: int) -> dict[str, str]:
    """The files of a room's reading by name."""
    return {row.name: row.content for row in on.execute(select(texts).where(texts.c.room_id == room_id))}


def change_room(on: Connection, room_id: int, **values: Any) -> RoomState:  # noqa: ANN401 - the fields of a room
    """Change a room; the room as it is then, with a version of its own."""
    if isinstance(task := values.get("task"), RoomTask):
        values["task"] = task.to_json()
    changed = update(rooms).where(rooms.c.id == room_id).values(**values, version=rooms.c.version + 1)
    return _state(on.execute(changed.returning(*rooms.c)).mappings().one())


def delete_names(on: Connection, room_id: int) -> None:
    """Take all names away, and the accounts by which people have signed in."""
    on.execute(update(participants).where(participants.c.room_id == room_id).values(name="", account=None))


def forget_room(on: Connection, room_id: int) -> None:
    """Delete a room and all that belongs to it; the database is to be wiped then."""
    on.execute(delete(rooms).where(rooms.c.id == room_id))


def forget_old(on: Connection, now: datetime) -> list[str]:
    """Delete the rooms whose date has come; their codes."""
    return list(on.execute(delete(rooms).where(rooms.c.until <= now).returning(rooms.c.code)).scalars())


def _state(row: RowMapping) -> RoomState:
    values = {name: row[name] for name in rooms.c.keys()}  # noqa: SIM118 - a collection's
    task = values.pop("task")
    return RoomState(**values, task=RoomTask.from_kept(task))
