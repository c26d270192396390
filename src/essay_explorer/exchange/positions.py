"""Positions that other programs give beside a quote: in which units they count, and what they tell of equal places."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import Span
from essay_explorer.core.fault import Fault, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from essay_explorer.core.fault import Report
    from essay_explorer.exchange.incoming import Incoming

UNITS = {"utf-16-le": ("UTF-16 code units", 2), "utf-8": ("bytes of UTF-8", 1)}  # and the bytes that one has
LISTED = 3  # wrong positions that are told one by one
CLEARER = 2  # so many times nearer than the next must a place be to the one that is said


def in_code_points(text: str, marks: Sequence[Incoming], *, file: str, report: Report) -> list[Incoming]:
    """The marks, their positions in code points of `text` where they count something else.

    JavaScript counts UTF-16 code units, other languages bytes; the model of Web Annotations wants code
    points. Where most quotes stand at their positions in other units, all of them count so.
    """
    given = [mark for mark in marks if mark.position and mark.quote]
    best, most = "", sum(_is_at(text, mark.position, mark) for mark in given)
    for encoding in UNITS if not text.isascii() else ():
        point_at = _points(text, encoding)
        fitting = sum(_is_at(text, _converted(mark.position, point_at), mark) for mark in given)
        if fitting > most:
            best, most = encoding, fitting
    if not best:
        return list(marks)
    report(Fault(file, f"its positions count {UNITS[best][0]}, not code points; they are read that way"))
    point_at = _points(text, best)
    return [replace(mark, position=_converted(mark.position, point_at) or mark.position) for mark in marks]


def _points(text: str, encoding: str) -> dict[int, int]:
    """The code point at each offset that is counted in other units."""
    size = UNITS[encoding][1]
    widths = {letter: len(letter.encode(encoding, errors="replace")) // size for letter in set(text)}
    return {at: point for point, at in enumerate(accumulate((widths[letter] for letter in text), initial=0))}


def _converted(span: Span | None, point_at: dict[int, int]) -> Span | None:
    if not span or span.start not in point_at or span.end not in point_at:
        return None
    return Span(point_at[span.start], point_at[span.end])


def _is_at(text: str, span: Span | None, mark: Incoming) -> bool:
    return span is not None and text[slice(*span)].strip() == mark.quote


@dataclass(frozen=True)
class Shifts:
    """By how much the positions of a file are off, as far as its quotes show that have one place."""

    said: list[int]
    off: list[int]

    @classmethod
    def of(cls, pairs: Iterable[tuple[Span, Span]]) -> Shifts:
        """`pairs`: where a quote is said to stand, and where it does."""
        known = sorted({(said.start, found.start - said.start) for said, found in pairs})
        return cls([said for said, _ in known], [off for _, off in known])

    def likeliest(self, said: Span, places: Iterable[Span]) -> Span | None:
        """The one of equal places that a position means; None where two are as likely."""
        expected = said.start + self._at(said.start)
        nearest = sorted(places, key=lambda place: abs(place.start - expected))[:2]
        best, second = (abs(place.start - expected) for place in nearest)
        return nearest[0] if best * CLEARER < second else None

    def _at(self, start: int) -> int:
        """By how much the nearest known position is off."""
        at = bisect_left(self.said, start)
        beside = [one for one in (at - 1, at) if 0 <= one < len(self.said)]
        return self.off[min(beside, key=lambda one: abs(self.said[one] - start))] if beside else 0


def report_wrong(text: str, wrong: Sequence[tuple[Incoming, Span | None]], *, file: str, report: Report) -> None:
    """Tell of positions at which their quotes do not stand: (mark, where its quote stands)."""
    for mark, span in wrong[:LISTED]:
        report(mark.fault(file, _disagreement(text, mark, span)))
    if rest := len(wrong) - LISTED if len(wrong) > LISTED else 0:
        report(Fault(file, f"... and {rest} more positions where their quotes are not. The quotes decide"))


def _disagreement(text: str, mark: Incoming, span: Span | None) -> str:
    start, end = mark.position or (0, 0)
    there = f"the text there is {shown(text[start:end])}" if end <= len(text) else "the essay ends before"
    found = f"The quote is at [{span.start}, {span.end}), and decides" if span else "The quote is kept"
    return f"says {shown(mark.quote)} is at [{_digits(start)}, {_digits(end)}), but {there}. {found}"


def _digits(number: int) -> str:
    return str(number) if number < 10**15 else "a huge number"
