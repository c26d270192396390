"""Steering a room: what its teacher does with it."""

from __future__ import annotations

import random
import uuid
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING

from essay_explorer.anchoring.quotes import quote_at
from essay_explorer.rooms import codes
from essay_explorer.rooms.joining import make_room, the_room
from essay_explorer.rooms.lessons import new_room
from essay_explorer.rooms.limits import USUAL
from essay_explorer.rooms.phase import reached
from essay_explorer.rooms.refusal import bad
from essay_explorer.rooms.sent_mark import SentMark
from essay_explorer.rooms.store import kept_marks, kept_rooms, kept_seats
from essay_explorer.words import Phrase, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from essay_explorer.rooms.limits import Terms
    from essay_explorer.rooms.paper import PaperEntry
    from essay_explorer.rooms.participant import Participant
    from essay_explorer.rooms.phase import Phase
    from essay_explorer.rooms.room_state import RoomState
    from essay_explorer.rooms.room_text import RoomText

GROUP_SIZES = (2, 12)
MARK_SPACE = uuid.UUID("6f0d9c1e-6a0b-5c57-9a4e-2f5f0b7c1d11")  # of the ids of marks on paper (RFC 9562, version 5)


def go_to(on: Connection, code: str, phase: Phase, *, now: datetime) -> RoomState:
    """Go on to a phase, or back to it. Before the reveal nothing of the class is shown."""
    state = the_room(on, code)
    if state.phase == phase:
        return state
    shown = state.class_shown or not state.task.talk_first
    values = {"class_shown": shown} if reached(phase, "reveal") else {"class_shown": False, "teacher_shown": False}
    return kept_rooms.change_room(on, state.id, phase=phase, since=now, **values)


def again(on: Connection, code: str, terms: Terms) -> RoomState:
    """A new and empty room with the same reading and task, of a code of its own, that lasts as long.

    Raises RefusalError where there are as many rooms as there may be.
    """
    old = the_room(on, code)
    files, days = kept_rooms.files_of(on, old.id), (old.until - old.made).days
    return new_room(
        on, files, old.name, old.task, days=days, owner=old.owner, course=old.course, port=old.port, terms=terms
    )


def group(on: Connection, code: str, size: int | None, *, seed: int) -> int:
    """Deal all who are here into groups of about that size, by chance; how many groups. None takes groups away."""
    state = the_room(on, code)
    people = list(kept_seats.participants_of(on, state.id))
    random.Random(seed).shuffle(people)  # noqa: S311 - who sits with whom is no secret
    groups = max(1, round(len(people) / size)) if size else 0
    for one, number in zip(people, cycle(range(1, groups + 1) or [None]), strict=False):
        kept_seats.change_participant(on, one.id, group=number)
    return groups


def participant(on: Connection, code: str, number: int) -> Participant:
    """The participant with this number. Raises RefusalError where there is none."""
    found = kept_seats.by_number(on, the_room(on, code).id, number)
    if found is None:
        raise bad(Phrase("Nobody here has the number {number}."), number=number)
    return found


def add_paper(on: Connection, code: str, name: str, *, now: datetime, terms: Terms = USUAL) -> Participant:
    """A reader who marks on paper. Raises RefusalError where the room is full."""
    state = the_room(on, code)
    make_room(on, state, terms)
    code = codes.return_code(state.code, partial(kept_seats.has_return_code, on))
    made = kept_seats.add_participant(on, state.id, name=name, return_code=code, now=now, paper=True)
    if not name:
        kept_seats.change_participant(on, made.id, name=say("Paper {number}", number=sheet_of(on, state, made)))
    return made


def sheet_of(on: Connection, state: RoomState, reader: Participant) -> int:
    """The number of a paper reader's sheet: 2 for P2."""
    return [one.id for one in paper_readers(on, state)].index(reader.id) + 1


def paper_readers(on: Connection, state: RoomState) -> list[Participant]:
    """Those who mark on paper, by their sheets: P1, P2 ...; those too that were removed, so that numbers stay."""
    return [one for one in kept_seats.everybody_in(on, state.id) if one.paper]


def enter_paper(on: Connection, code: str, entry: PaperEntry, text: RoomText, *, now: datetime) -> Participant:
    """Keep what a sheet says, in the place of what it said before, and hand it in.

    Raises RefusalError where there is no such sheet.
    """
    state = the_room(on, code)
    sheets = paper_readers(on, state)
    if not 1 <= entry.reader <= len(sheets):
        raise bad(Phrase("There is no sheet P{number}. Add a paper reader first."), number=entry.reader)
    reader = sheets[entry.reader - 1]
    pass_number = state.pass_of(reader)
    _keep(on, reader, pass_number, dict(entry.marks), text, now)
    kept_seats.hand_in(on, reader.id, pass_number, now)
    return reader


def _keep(  # noqa: PLR0913, PLR0917 - a sheet, and where it goes
    on: Connection,
    reader: Participant,
    pass_number: int,
    wanted: Mapping[int, tuple[str, ...]],
    text: RoomText,
    now: datetime,
) -> None:
    moment = now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03}Z"
    before = {one.mark.id for one in kept_marks.marks_of(on, reader.id) if one.pass_number <= pass_number}
    made = []
    for sentence, tags in wanted.items():
        mark = _id(reader, sentence)
        quote = quote_at(text.reading.essay.text, text.span(sentence))
        made.append((SentMark(mark, moment, quote=quote, tags=tags, created=moment), (sentence, sentence)))
    gone = sorted(before - {mark.id for mark, _ in made})
    made += [(SentMark(mark, moment, removed=True), (0, 0)) for mark in gone]
    kept_marks.put_marks(on, [(reader.id, pass_number, *one) for one in made])


def _id(reader: Participant, sentence: int) -> str:
    return str(uuid.uuid5(MARK_SPACE, f"{reader.id} {sentence}"))
