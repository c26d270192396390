"""Marking in a room: what is acknowledged is kept, whatever is sent again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.rooms import codes
from essay_explorer.rooms.joining import known, seated, the_room
from essay_explorer.rooms.refusal import RefusalError, not_now
from essay_explorer.rooms.room_state import CLOSED
from essay_explorer.rooms.store import kept_marks, kept_seats
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from essay_explorer.rooms.participant import Participant
    from essay_explorer.rooms.room_state import RoomState
    from essay_explorer.rooms.sent_mark import SentMark

    Placed = tuple[SentMark, tuple[int, int]]

FULL = Phrase("There is room for {most} marks of one reader, removed ones among them.")


@dataclass(frozen=True, slots=True)
class Sent:
    """Marks that a phone has sent. `asked`: the pass in which they were made; None for the one that it is."""

    token: str
    marks: Sequence[Placed]
    at: datetime
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of marks that were sent. `ids`: those that are on the disk. `full`: those without room."""

    pass_number: int
    ids: tuple[str, ...]
    full: tuple[str, ...] = ()


def put_marks(on: Connection, code: str, sent: Sequence[Sent]) -> list[Kept | RefusalError]:
    """Keep the marks of several phones in one go; of each what became of them, or why the phone keeps them itself."""
    state = the_room(on, code)
    seats = kept_seats.by_tokens(on, state.id, [codes.fingerprint(one.token) for one in sent])
    places = [_place(state, seats.get(codes.fingerprint(one.token)), one.asked) for one in sent]
    taken = [(place, one) for place, one in zip(places, sent, strict=True) if not isinstance(place, RefusalError)]
    wanted = [(*place, *marked) for place, one in taken for marked in one.marks]
    answers = iter(kept_marks.put_marks(on, wanted))
    kept = iter([_kept(place[1], one, [next(answers) for _ in one.marks]) for place, one in taken])
    if taken:
        kept_seats.were_active(on, {who for (who, _), _ in taken}, max(one.at for _, one in taken))
    return [place if isinstance(place, RefusalError) else next(kept) for place in places]


def _place(state: RoomState, who: Participant | None, asked: int | None) -> tuple[int, int] | RefusalError:
    """For whom, and in which pass, marks are kept; or why not."""
    try:
        participant = known(who)
    except RefusalError as error:
        return error
    if why := state.why_not_marked(participant):
        return not_now(*why)
    pass_number = state.pass_of(participant)
    return (participant.id, pass_number) if asked in {None, pass_number} else not_now("closed", CLOSED)


def _kept(pass_number: int, sent: Sent, taken: Sequence[bool]) -> Kept:
    ids = {True: list[str](), False: list[str]()}
    for (mark, _), has_room in zip(sent.marks, taken, strict=True):
        ids[has_room].append(mark.id)
    return Kept(pass_number, tuple(ids[True]), full=tuple(ids[False]))


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
