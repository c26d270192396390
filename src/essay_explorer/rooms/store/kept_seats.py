"""Participants in the store, and the seats on which they sit."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from essay_explorer.rooms.participant import Participant
from essay_explorer.rooms.store.tables import hand_ins, marks, participants, replies, reports, seats

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection


def add_participant(  # noqa: PLR0913 - what a participant has
    on: Connection,
    room_id: int,
    *,
    name: str,
    return_code: str,
    now: datetime,
    paper: bool = False,
    account: str | None = None,
) -> Participant:
    """Keep a new participant of a room, under the next number."""
    last = select(func.coalesce(func.max(participants.c.number), 0)).where(participants.c.room_id == room_id)
    values = {"room_id": room_id, "name": name, "return_code": return_code, "joined": now, "paper": paper}
    number = on.execute(last).scalar_one() + 1
    values |= {"number": number, "removed": False, "account": account}
    made = insert(participants).values(**values).returning(participants.c.id)
    return Participant(on.execute(made).scalar_one(), number, name, return_code, now, paper=paper)


def add_seat(on: Connection, room_id: int, participant: int, token: str) -> None:
    """Let a phone, by the fingerprint of its token, have a participant's seat."""
    on.execute(insert(seats).values(room_id=room_id, token=token, participant_id=participant))


def by_token(on: Connection, room_id: int, token: str) -> Participant | None:
    """The participant whose phone has this token."""
    seat = select(seats.c.participant_id).where(seats.c.room_id == room_id, seats.c.token == token)
    return _only(on, participants.c.id == seat.scalar_subquery())


def by_tokens(on: Connection, room_id: int, tokens: Collection[str]) -> dict[str, Participant]:
    """The participants whose phones have these tokens, by those."""
    seat = select(seats.c.token, seats.c.participant_id).where(seats.c.room_id == room_id, seats.c.token.in_(tokens))
    whose = {token: int(who) for token, who in on.execute(seat)}
    people = {one.id: one for one in _found(on, participants.c.id.in_(set(whose.values())))}
    return {token: people[who] for token, who in whose.items()}


def by_return_code(on: Connection, room_id: int, code: str) -> Participant | None:
    """The participant with this return code."""
    return _only(on, participants.c.room_id == room_id, participants.c.return_code == code)


def by_account(on: Connection, room_id: int, account: str) -> Participant | None:
    """The participant who has signed in with this account."""
    return _only(on, participants.c.room_id == room_id, participants.c.account == account)


def by_number(on: Connection, room_id: int, number: int) -> Participant | None:
    """The participant with this number."""
    return _only(on, participants.c.room_id == room_id, participants.c.number == number)


def participants_of(on: Connection, room_id: int) -> tuple[Participant, ...]:
    """The participants of a room in the order in which they came, without those that were removed."""
    return _found(on, participants.c.room_id == room_id, participants.c.removed.is_(False))


def everybody_in(on: Connection, room_id: int) -> tuple[Participant, ...]:
    """The participants of a room and those that were removed from it."""
    return _found(on, participants.c.room_id == room_id)


def counts_of(on: Connection, room_id: int) -> tuple[int, int]:
    """How many are in a room, and how many with those that were removed from it."""
    counted = select(participants.c.removed, func.count()).where(participants.c.room_id == room_id)
    found = {row[0]: int(row[1]) for row in on.execute(counted.group_by(participants.c.removed))}
    return found.get(False, 0), sum(found.values())


def clear_empty(on: Connection, room_id: int) -> int:
    """Forget the participants of a room who have come and done nothing, with their seats; how many they were."""
    done = (select(table.c.participant_id) for table in (marks, hand_ins, replies, reports))
    idle = (participants.c.id.not_in(some) for some in done)
    there = participants.c.room_id == room_id, participants.c.paper.is_(False), participants.c.removed.is_(False)
    return on.execute(delete(participants).where(*there, *idle)).rowcount


def phones_of(on: Connection, participant: int) -> int:
    """How many phones have a participant's seat."""
    counted = select(func.count()).select_from(seats).where(seats.c.participant_id == participant)
    return int(on.execute(counted).scalar_one())


def has_return_code(on: Connection, code: str) -> bool:
    """Whether some seat has this return code already."""
    return on.execute(select(participants.c.id).where(participants.c.return_code == code)).first() is not None


def names_in(on: Connection, room_id: int) -> set[str]:
    """The names that are taken in a room."""
    there = select(participants.c.name).where(participants.c.room_id == room_id)
    return set(on.execute(there).scalars())


def change_participant(on: Connection, participant: int, **values: Any) -> None:  # noqa: ANN401 - the columns
    """Rename, remove or group a participant, or say when they were active."""
    if "group" in values:
        values["party"] = values.pop("group")
    on.execute(update(participants).where(participants.c.id == participant).values(**values))


def were_active(on: Connection, who: Collection[int], now: datetime) -> None:
    """Keep when some participants have done something."""
    on.execute(update(participants).where(participants.c.id.in_(who)).values(active=now))


def hand_in(on: Connection, participant: int, pass_number: int, now: datetime) -> datetime:
    """Keep when a participant has handed a pass in; the first time counts."""
    before = select(hand_ins.c.at).where(hand_ins.c.participant_id == participant, hand_ins.c["pass"] == pass_number)
    at: datetime | None = on.execute(before).scalar()
    if at is None:
        on.execute(insert(hand_ins).values({"participant_id": participant, "pass": pass_number, "at": now}))
    return at or now


def _only(on: Connection, *where: ColumnElement[bool]) -> Participant | None:
    return next(iter(_found(on, *where)), None)


def _found(on: Connection, *where: ColumnElement[bool]) -> tuple[Participant, ...]:
    rows: Sequence[Any] = on.execute(select(participants).where(*where).order_by(participants.c.number)).all()
    times = defaultdict[int, dict[int, "datetime"]](dict)
    handed = select(hand_ins).join(participants, participants.c.id == hand_ins.c.participant_id).where(*where)
    for participant, pass_number, at in on.execute(handed) if rows else ():
        times[participant][pass_number] = at
    return tuple(
        Participant(
            row.id,
            row.number,
            row.name,
            row.return_code,
            row.joined,
            row.active,
            row.paper,
            row.party,
            row.removed,
            times.get(row.id, {}),
            row.account or "",
        )
        for row in rows
    )
