"""A long essay in stretches: neighbouring paragraphs that share a bar, where each alone would be a blur."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.measures.measure import paragraphs_of
from essay_explorer.words import say

if TYPE_CHECKING:
    from essay_explorer.core.essay import Essay

MOST_STRETCHES = 60
MOST_BARS = 2_000  # at places of their own


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring paragraphs, `first` to `last`, and their words."""

    first: int
    last: int
    words: range

    def place(self) -> tuple[int, int, str, int, int]:
        """The fields of an `InStretch`."""
        paragraphs = str(self.first) if self.first == self.last else f"{self.first}–{self.last}"
        return self.first, self.last, paragraphs, self.words.start, self.words.stop


@dataclass(frozen=True, slots=True)
class InStretch:
    """What every row of a stretch says: its paragraphs, the first being `paragraph`, and its words."""

    paragraph: int
    last: int
    paragraphs: str
    start: int
    end: int


def stretches_of(essay: Essay) -> tuple[Stretch, ...]:
    """The essay in equal numbers of paragraphs, the last stretch having what is left; one by one while they are few."""
    spans = paragraphs_of(essay)
    step = -(-len(spans) // MOST_STRETCHES) or 1
    parts = [spans[at : at + step] for at in range(0, len(spans), step)]
    return tuple(
        Stretch(at * step + 1, at * step + len(part), range(part[0].start, part[-1].stop))
        for at, part in enumerate(parts)
    )


def blurred(bars: int) -> bool:
    """Whether so many are too many."""
    return bars > MOST_BARS


def bar_legend(essay: Essay) -> str:
    """What a bar is: "Each bar stands for up to 25 paragraphs in a row"."""
    step = max((stretch.last - stretch.first + 1 for stretch in stretches_of(essay)), default=1)
    if step > 1:
        return say("Each bar stands for up to {step} paragraphs in a row", step=step)
    return say("Each bar stands for one paragraph")
