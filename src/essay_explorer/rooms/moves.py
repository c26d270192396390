"""What moved between the two passes, without names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from essay_explorer.core.fault import counted
from essay_explorer.marks.class_layer import FEW

if TYPE_CHECKING:
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
    """The moves of a class, those with the most readers first. `movers`: how many of its `readers` changed a mark."""

    moves: tuple[Move, ...]
    movers: int
    readers: int

    @classmethod
    def between(cls, before: Tally, after: Tally) -> Moves:
        """What moved from one tally of some readers to another of the same."""
        kept, dropped, came = (
            (one & other).sum(axis=1).T
            for one, other in ((before.given, after.given), (before.given, ~after.given), (~before.given, after.given))
        )
        moved = [
            Move(int(at) + 1, before.tags[tag], int(kept[at, tag]), int(dropped[at, tag]), int(came[at, tag]))
            for at, tag in zip(*np.nonzero(dropped + came), strict=True)
        ]
        moved.sort(key=lambda move: (-(move.dropped + move.came), move.sentence))
        movers = int((before.given != after.given).any(axis=(0, 2)).sum())
        return cls(tuple(moved), movers, len(before.readers))

    @property
    def seen(self) -> tuple[Move, ...]:
        """Those that everybody may see: no number of them speaks of single readers."""
        return tuple(move for move in self.moves if not move.is_few)

    @property
    def for_everybody(self) -> str:
        """What moved in words, without what few readers did."""
        return self._in_words(self.seen, "Few" if self.movers < FEW else str(self.movers))

    def __str__(self) -> str:
        return self._in_words(self.moves, str(self.movers))

    def _in_words(self, moves: tuple[Move, ...], movers: str) -> str:
        if not self.movers:
            return "Nobody changed a mark."
        most = ", ".join(
            f"sentence {move.sentence} ({move.before} before, {move.after} after)" for move in moves[:TOLD]
        )
        told = f"{movers} of {counted(self.readers, 'reader')} changed a mark."
        return f"{told} What moved most: {most}." if most else told
