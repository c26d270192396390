"""Spans of a text, and the text cut at their edges."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


LAST_OF_ONE_UNIT = "\uffff"  # letters beyond take two

Label = TypeVar("Label", covariant=True)  # noqa: PLC0105 - a type's variable needs no "_co" to be read


class Span(NamedTuple):
    """A stretch of a text: `[start, end)` in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment(Generic[Label]):
    """A piece of a text over which the same spans lie; `labels` are theirs, in order of start."""

    text: str
    labels: tuple[Label, ...]


def cut(text: str, spans: Iterable[tuple[Label, Span]]) -> tuple[Segment[Label], ...]:
    """Cut `text` where any span starts or ends; joined again, the segments are `text`.

    The page has a twin, in widgets/content.js; the same cases hold the two together.

    `spans`: (label, span) pairs in any order; they may overlap, empty ones cut nothing. A label is
    whatever tells its spans from others. Raises ValueError for a span that leaves the text; the
    message names the span.
    """
    opens: defaultdict[int, list[Label]] = defaultdict(list)
    closes: defaultdict[int, list[Label]] = defaultdict(list)
    for label, (start, end) in spans:
        if not 0 <= start <= end <= len(text):
            message = f"{label}: [{start}, {end}) leaves the text, which has {len(text)} code points"
            raise ValueError(message)
        if start < end:
            opens[start].append(label)
            closes[end].append(label)
    segments, here = [], list[Label]()
    for start, end in pairwise(sorted({0, len(text), *opens, *closes})):
        for label in closes[start]:
            here.remove(label)
        here += opens[start]
        segments.append(Segment(text[start:end], tuple(here)))
    return tuple(segments)


def utf16_units(text: str) -> Sequence[int]:
    """By each place in `text`, its end too, how many UTF-16 units stand before it: as JavaScript counts."""
    if max(text, default="") <= LAST_OF_ONE_UNIT:
        return range(len(text) + 1)
    return tuple(accumulate((1 + (letter > LAST_OF_ONE_UNIT) for letter in text), initial=0))
