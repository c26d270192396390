"""Hands in the store: who agrees with a reason or a reply, each once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from essay_explorer.rooms.store.tables import hands

if TYPE_CHECKING:
    from sqlalchemy import Connection


def raise_hand(on: Connection, room_id: int, ref: str, whose: str) -> None:
    """Keep that somebody agrees with the reason or the reply of that ref."""
    if ref not in hands_of(on, room_id, whose):
        on.execute(insert(hands).values(room_id=room_id, ref=ref, whose=whose))


def lower_hand(on: Connection, room_id: int, ref: str, whose: str) -> None:
    """Take it back."""
    on.execute(delete(hands).where(hands.c.room_id == room_id, hands.c.ref == ref, hands.c.whose == whose))


def hands_of(on: Connection, room_id: int, whose: str) -> set[str]:
    """The refs of what somebody agrees with."""
    found = select(hands.c.ref).where(hands.c.room_id == room_id, hands.c.whose == whose)
    return set(on.execute(found).scalars())


def hands_in(on: Connection, room_id: int) -> Counter[str]:
    """How many agree with what, by its ref."""
    counted = select(hands.c.ref, func.count()).where(hands.c.room_id == room_id).group_by(hands.c.ref)
    return Counter({row[0]: row[1] for row in on.execute(counted)})
