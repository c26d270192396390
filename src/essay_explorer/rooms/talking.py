"""Talking in a room: replies, hands for what others said, and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.rooms.joining import seated, the_room
from essay_explorer.rooms.limits import MOST_REPLIES, NO_ROOM
from essay_explorer.rooms.phase import reached
from essay_explorer.rooms.refusal import not_now
from essay_explorer.rooms.store import kept_hands, kept_words
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from essay_explorer.rooms.participant import Participant
    from essay_explorer.rooms.reply import Reply
    from essay_explorer.rooms.room_state import RoomState


def put_replies(on: Connection, code: str, token: str, replies: Sequence[Reply]) -> tuple[str, ...]:
    """Keep replies; the ids of those that are on the disk. Raises RefusalError where the room takes none now."""
    state = the_room(on, code)
    participant = seated(on, state, token)
    if not reached(state.phase, "reveal") or state.phase == "end" or not state.sees_class(participant):
        word, sentence = "later", Phrase("Replies are open once the class has seen its marks.")
        raise not_now(word, sentence)
    if len(kept_words.replies_of(on, participant.id) | {reply.id for reply in replies}) > MOST_REPLIES:
        raise not_now(NO_ROOM, Phrase("There is room for {most} replies of one reader."), most=MOST_REPLIES)
    for reply in replies:
        kept_words.put_reply(on, participant.id, reply)
    return tuple(reply.id for reply in replies)


def agree(on: Connection, code: str, token: str, ref: str, *, raised: bool) -> None:
    """Keep that somebody agrees with what they see, or does no more. Of what they do not see nothing is told."""
    state = the_room(on, code)
    participant = seated(on, state, token)
    if state.phase == "end" or not _sees(on, state, participant, ref):
        return
    change = kept_hands.raise_hand if raised else kept_hands.lower_hand
    change(on, state.id, ref, str(participant.id))


def report(on: Connection, code: str, token: str, ref: str) -> None:
    """Keep that somebody finds fault with what they see; what they do not see is not told from what is not there."""
    state = the_room(on, code)
    participant = seated(on, state, token)
    if _sees(on, state, participant, ref):
        kept_words.report(on, participant.id, ref)


def _sees(on: Connection, state: RoomState, participant: Participant, ref: str) -> bool:
    seen = kept_words.refs_seen(on, state.id, all_reasons=state.task.reasons_seen)
    return state.sees_class(participant) and ref in seen
