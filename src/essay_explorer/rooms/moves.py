"""What moved between the two passes, without names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from essay_explorer.marks.agreement import FEW
from essay_explorer.words import say, say_n

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.tag import Tag
    from essay_explorer.rooms.tally import Tally

TOLD = 3  # sentences that the words name


@dataclass(frozen=True, slots=True)
class Move:
    """What became of a sentence's tag: how many kept it, dropped it, came to it."""

    sentence: int
    tag: str
    kept: int
    dropped: int
    came: int

    @property
    def before(self) -> int:
        """How many gave it in the first pass."""
        return self.kept + self.dropped

    @property
    def after(self) -> int:
        """How many give it since the second."""
        return self.kept + self.came

    @property
    def is_few(self) -> bool:
        """Whether a number of it would speak of single readers."""
        return any(0 < count < FEW for count in (self.kept, self.dropped, self.came))


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves of a class, those with the most readers first. `movers`: how many of its `readers` changed a mark.

    `labels`: of the tags, by which moves are told apart.
    """

    moves: tuple[Move, ...]
    movers: int
    readers: int
    labels: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def between(cls, before: Tally, after: Tally, tags: Mapping[str, Tag]) -> Moves:
        """What moved from one tally of some readers to another of the same."""
        kept, dropped, came = (
            (one & other).sum(axis=1).T
            for one, other in ((before.given, after.given), (before.given, ~after.given), (~before.given, after.given))
        )
        moved = [
            Move(before.number(at), before.tags[tag], int(kept[at, tag]), int(dropped[at, tag]), int(came[at, tag]))
            for at, tag in zip(*np.nonzero(dropped + came), strict=True)
        ]
        moved.sort(key=lambda move: (-(move.dropped + move.came), move.sentence))
        movers = int((before.given != after.given).any(axis=(0, 2)).sum())
        return cls(tuple(moved), movers, len(before.readers), {tag: tags[tag].label for tag in before.tags})

    @property
    def seen(self) -> tuple[Move, ...]:
        """Those that everybody may see: no number of them speaks of single readers."""
        return tuple(move for move in self.moves if not move.is_few)

    @property
    def for_everybody(self) -> str:
        """What moved in words, without what few readers did."""
        return self._in_words(self.seen, few=self.movers < FEW)

    def __str__(self) -> str:
        return self._in_words(self.moves)

    def _in_words(self, moves: tuple[Move, ...], *, few: bool = False) -> str:
        if not self.movers:
            return say("Nobody has changed a mark.")
        if few:
            enough = self.readers >= FEW
            return (
                say("Few of {count} readers changed a mark.", count=self.readers)
                if enough
                else say("Too few handed in to tell what moved.")
            )
        told = say_n(
            "{number} of {count} reader changed a mark.",
            "{number} of {count} readers changed a mark.",
            self.readers,
            number=self.movers,
        )
        most = ", ".join(map(self._named, moves[:TOLD]))
        return f"{told} {say('What moved most: {sentences}.', sentences=most)}" if most else told

    def _named(self, move: Move) -> str:
        """A move by its sentence, its tag where there are several, and its numbers."""
        numbers = (
            say("{before} before, {after} after", before=move.before, after=move.after)
            if move.before != move.after
            else say("{dropped} dropped it, {came} came to it", dropped=move.dropped, came=move.came)
        )
        if len(self.labels) == 1:
            return say("sentence {number} ({shares})", number=move.sentence, shares=numbers)
        label = self.labels[move.tag]
        return say("sentence {number} ({theme}: {shares})", number=move.sentence, theme=label, shares=numbers)
