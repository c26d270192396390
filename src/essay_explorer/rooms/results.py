"""The results of a room at one moment: what those who handed in have marked, and how far they agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from essay_explorer.rooms.digest import Digest
from essay_explorer.rooms.moves import Moves
from essay_explorer.rooms.phase import FIRST, SECOND, reached
from essay_explorer.rooms.store import kept_hands, kept_marks, kept_seats, kept_words
from essay_explorer.rooms.tally import Tally, handed_in, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from essay_explorer.marks.agreement import Agreement
    from essay_explorer.rooms.kept_mark import KeptMark
    from essay_explorer.rooms.participant import Participant
    from essay_explorer.rooms.reply import Reply
    from essay_explorer.rooms.room_state import RoomState
    from essay_explorer.rooms.room_text import RoomText


@dataclass(frozen=True)
class Results:
    """A room with all that is kept in it. `marks`: of both passes, the first pass's first for each participant.

    `hands`: how many agree with a reason or a reply, by its ref.
    """

    state: RoomState
    text: RoomText
    participants: tuple[Participant, ...]
    marks: tuple[KeptMark, ...]
    replies: tuple[Reply, ...]
    hands: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, on: Connection, state: RoomState, text: RoomText) -> Results:
        """What the store has of a room."""
        people = kept_seats.participants_of(on, state.id)
        marks, replies = kept_marks.marks_in(on, state.id), kept_words.replies_in(on, state.id)
        return cls(state, text, people, marks, replies, kept_hands.hands_in(on, state.id))

    @property
    def pass_number(self) -> int:
        """The pass in which the class is."""
        return SECOND if reached(self.state.phase, "revise") else FIRST

    @cached_property
    def first(self) -> Tally:
        """The first pass of those who handed in."""
        return self._tally(FIRST)

    @cached_property
    def tally(self) -> Tally:
        """The answers as they stand in the pass in which the class is."""
        return self.first if self.pass_number == FIRST else self._tally(SECOND)

    @cached_property
    def agreement(self) -> Agreement:
        """How far the class agrees on each tag of its task."""
        return self.tally.agreement(self.text.tags)

    @cached_property
    def moves(self) -> Moves:
        """What moved since the first pass."""
        return Moves.between(self.first, self.tally, self.text.tags)

    @cached_property
    def digest(self) -> Digest:
        """What a teacher needs before they speak."""
        return Digest.of(self.tally, self.marks, self.agreement, until=self.pass_number)

    def work(self) -> Iterator[tuple[Participant, KeptMark]]:
        """What each participant has marked as it stands, handed in or not, in the order of the text."""
        kept = standing(self.marks, until=self.pass_number)
        for one in self.participants:
            for mark in sorted(kept.get(one.id, ()), key=lambda mark: mark.sentences):
                yield one, mark

    def people(self, ids: Iterable[int]) -> dict[int, Participant]:
        """Those participants, by their ids."""
        wanted = set(ids)
        return {one.id: one for one in self.participants if one.id in wanted}

    def _tally(self, until: int) -> Tally:
        readers, tags = handed_in(self.participants), self.state.task.tags
        return Tally.of(self.marks, readers, tags, self.text.numbers, until=until)
