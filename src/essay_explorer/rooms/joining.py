"""Joining a room, and coming back to it; a phone that asks twice gets the same seat."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from essay_explorer.rooms import codes
from essay_explorer.rooms.limits import LONGEST_NAME, MOST_PHONES, NO_ROOM, REMOVED_BESIDE, USUAL, Terms
from essay_explorer.rooms.nicknames import look_of, nickname
from essay_explorer.rooms.refusal import RefusalError, not_now
from essay_explorer.rooms.store import kept_rooms, kept_seats
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from essay_explorer.rooms.participant import Participant
    from essay_explorer.rooms.room_state import RoomState

GONE = RefusalError(HTTPStatus.NOT_FOUND, "gone", Phrase("There is no such room here. Ask for its code again."))
STRANGER = RefusalError(HTTPStatus.UNAUTHORIZED, "stranger", Phrase("This phone has no seat in this room. Join first."))
MEMBERS = RefusalError(
    HTTPStatus.FORBIDDEN,
    "members",
    Phrase("This room is for the members of its course. Sign in where the course is, and take your seat there."),
)
WRONG_CODE = RefusalError(
    HTTPStatus.FORBIDDEN, "wrong code", Phrase("No seat here has this code. Look at it again, or ask the teacher.")
)
FULL = Phrase("This room has its {most} readers. The teacher can clear empty places.")
REMOVED = RefusalError(HTTPStatus.FORBIDDEN, "removed", Phrase("The teacher has taken this seat out of the room."))


def the_room(on: Connection, code: str) -> RoomState:
    """The room of a code. Raises RefusalError where it is gone."""
    state = kept_rooms.room(on, code)
    if state is None:
        raise GONE
    return state


def seated(on: Connection, state: RoomState, token: str) -> Participant:
    """Whose phone has this token. Raises RefusalError for who has no seat, or none any more."""
    return known(kept_seats.by_token(on, state.id, codes.fingerprint(token)) if token else None)


def known(participant: Participant | None) -> Participant:
    """Whoever has a seat. Raises RefusalError for who has none, or none any more."""
    if participant is None:
        raise STRANGER
    if participant.removed:
        raise REMOVED
    return participant


def join(  # noqa: PLR0913 - who joins, and on what terms
    on: Connection, code: str, *, name: str, token: str, now: datetime, terms: Terms = USUAL
) -> Participant:
    """The seat of a phone, a new one where it has none yet. `token`: made by the phone, and kept there.

    Raises RefusalError where the room is locked or full, or takes accounts alone, and for who was taken out of it.
    """
    state = the_room(on, code)
    seat = codes.fingerprint(token)
    if there := kept_seats.by_token(on, state.id, seat):
        return known(there)
    if for_members(state, terms):
        raise MEMBERS
    made = _come_in(on, state, name, now, terms)
    kept_seats.add_seat(on, state.id, made.id, seat)
    return made


def for_members(state: RoomState, terms: Terms) -> bool:
    """Whether a room is for those alone who are in its course, and not for everybody who has its code."""
    return bool(state.course) and not terms.open_courses


def join_as(on: Connection, code: str, *, account: str, now: datetime, terms: Terms = USUAL) -> Participant:
    """The seat of who has signed in, a new one where they have none yet; its return code brings them there.

    Raises RefusalError where they were taken out of the room, or it is locked or full.
    """
    state = the_room(on, code)
    if there := kept_seats.by_account(on, state.id, account):
        return known(there)
    return _come_in(on, state, account[:LONGEST_NAME], now, terms, account=account)


def _come_in(  # noqa: PLR0913 - as above
    on: Connection, state: RoomState, name: str, now: datetime, terms: Terms, *, account: str | None = None
) -> Participant:
    if state.locked:
        word = "locked"
        raise not_now(word, Phrase("The teacher has locked the room. Ask them to open it, or use your own code."))
    make_room(on, state, terms)
    return kept_seats.add_participant(
        on,
        state.id,
        name=_free(on, state, name),
        return_code=codes.return_code(state.code, partial(kept_seats.has_return_code, on)),
        now=now,
        account=account,
    )


def make_room(on: Connection, state: RoomState, terms: Terms) -> None:
    """Let one reader more be added in this transaction, and none of anybody's beside it.

    Raises RefusalError where the room is full. Who was taken out of it leaves their place to others, though not without
    end: what they have marked is kept.
    """
    kept_rooms.lock_room(on, state.id)
    here, ever = kept_seats.counts_of(on, state.id)
    if here >= terms.readers or ever >= REMOVED_BESIDE * terms.readers:
        raise not_now(NO_ROOM, FULL, most=terms.readers)


def come_back(on: Connection, code: str, *, return_code: str, token: str) -> Participant:
    """The seat of that return code, which is this phone's too from now on.

    Raises RefusalError for a wrong code, and where the seat has as many phones as there may be.
    """
    state = the_room(on, code)
    found = seat_of(on, state, return_code)
    seat = codes.fingerprint(token)
    there = kept_seats.by_token(on, state.id, seat)
    if there is None:
        if kept_seats.phones_of(on, found.id) >= MOST_PHONES:
            sentence = Phrase("Your code was used on {most} phones. Use one of them, or join anew.")
            raise not_now(NO_ROOM, sentence, most=MOST_PHONES)
        kept_seats.add_seat(on, state.id, found.id, seat)
    elif there.id != found.id:
        word = "seated"
        raise not_now(word, Phrase("This phone has a seat in this room already."))
    return found


def seat_of(on: Connection, state: RoomState, return_code: str) -> Participant:
    """Who has that return code. Raises RefusalError where nobody does, or not any more."""
    found = kept_seats.by_return_code(on, state.id, codes.return_code_as_typed(state.code, return_code))
    if found is None or found.removed:
        raise WRONG_CODE
    return found


def _free(on: Connection, state: RoomState, name: str) -> str:
    """The name, or one that is handed out; with a number behind it where somebody has one that looks the same."""
    taken = {look_of(one) for one in kept_seats.names_in(on, state.id)}
    name = name if look_of(name) else nickname(taken)
    free, number = name, 1
    while look_of(free) in taken:
        number += 1
        free = f"{name} {number}"
    return free
