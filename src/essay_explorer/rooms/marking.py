"""Marking in a room: what is acknowledged is kept, whatever is sent again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.rooms.joining import seated, the_room
from essay_explorer.rooms.limits import MOST_MARKS
from essay_explorer.rooms.refusal import not_now
from essay_explorer.rooms.room_state import CLOSED
from essay_explorer.rooms.store import kept_marks, kept_seats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from essay_explorer.rooms.sent_mark import SentMark

    Placed = tuple[SentMark, tuple[int, int]]

FULL = f"There is room for {MOST_MARKS} marks of one reader, removed ones among them."


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of marks that were sent. `ids`: those that are on the disk. `full`: those without room."""

    pass_number: int
    ids: tuple[str, ...]
    full: tuple[str, ...] = ()


def put_marks(  # noqa: PLR0913 - a phone, its marks, and when
    on: Connection, code: str, token: str, marks: Sequence[Placed], *, now: datetime, asked: int | None = None
) -> Kept:
    """Keep the marks of a phone. `asked`: the pass in which they were made; None for the one that it is.

    Raises RefusalError where the room takes none now, so that the phone keeps them.
    """
    state = the_room(on, code)
    participant = seated(on, state, token)
    if why := state.why_not_marked(participant):
        raise not_now(*why)
    pass_number = state.pass_of(participant)
    if asked not in {None, pass_number}:
        word = "closed"
        raise not_now(word, CLOSED)
    count = kept_marks.count_marks(on, participant.id)[pass_number]
    ids, full = list[str](), list[str]()
    for mark, sentences in marks:
        kept = kept_marks.put_mark(on, participant.id, pass_number, mark, sentences, more=count < MOST_MARKS)
        (ids if kept else full).append(mark.id)
        count += kept
    kept_seats.change_participant(on, participant.id, active=now)
    return Kept(pass_number, tuple(ids), tuple(full))


def hand_in(on: Connection, code: str, token: str, *, now: datetime, asked: int | None = None) -> tuple[int, datetime]:
    """Hand the pass in that it is, and when that was first done; it can be changed until the reveal."""
    state = the_room(on, code)
    participant = seated(on, state, token)
    pass_number = asked or state.pass_of(participant)
    if at := participant.handed_in.get(pass_number):
        return pass_number, at
    if why := state.why_not_marked(participant):
        raise not_now(*why)
    if pass_number != state.pass_of(participant):
        word = "closed"
        raise not_now(word, CLOSED)
    return pass_number, kept_seats.hand_in(on, participant.id, pass_number, now)


def hand_in_marked(on: Connection, code: str, *, now: datetime) -> int:
    """Hand the first pass in for all who have marked and not done it; how many they were."""
    state = the_room(on, code)
    waiting = [one for one in kept_seats.participants_of(on, state.id) if not one.handed_in.get(1)]
    marked = {one.participant for one in kept_marks.marks_in(on, state.id) if not one.mark.removed}
    chosen = [one for one in waiting if one.id in marked]
    for one in chosen:
        kept_seats.hand_in(on, one.id, 1, now)
    return len(chosen)
