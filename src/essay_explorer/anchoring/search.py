"""Where many quotes stand in a text, found in one pass by clues: words in a row that a quote is made of."""

from __future__ import annotations

from array import array
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.anchoring.quotes import blanks_after, blanks_before, occurrences, stands_between
from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

STRETCH = 50_000  # letters of a text that are taken apart at once
ROW = (3, 1)  # three words in a row seldom stand twice; one is better than none


class Parts(NamedTuple):
    """A quote, and what stands before and after it, without white space around."""

    quote: str
    prefix: str
    suffix: str


class Clue(NamedTuple):
    """Words that stand whole in any text where the quote does: in which of its parts, and from which letter on.

    `row` is their hash, which takes a tenth of their memory: where others have it too, the quote does not stand.
    """

    row: int
    size: int
    part: int
    offset: int


def all_occurrences(text: str, quotes: Iterable[tuple[str, str, str]]) -> list[tuple[Span, ...]]:
    """For each (quote, prefix, suffix) what `occurrences` finds.

    The time grows with the text plus the quotes: each is compared only where its rarest clue
    stands. A quote of one or two words with nothing around it has no clue; it is sought through
    the whole text.
    """
    asked = [Parts(quote, prefix.strip(), suffix.strip()) for quote, prefix, suffix in quotes]
    clues = {parts: _clues(parts) for parts in asked}
    places = _places(text, [clue for found in clues.values() for clue in found])
    found = {parts: _compared(text, parts, clues[parts], places) for parts in clues}
    return [found[parts] for parts in asked]


def _clues(parts: Parts) -> list[Clue]:
    """All clues to a quote, each of as many words."""
    whole = [_whole_words(part) for part in parts]
    for size in ROW:
        clues = [
            Clue(hash(tuple(words[at : at + size])), size, part, starts[at])
            for part, (words, starts) in enumerate(whole)
            for at in range(0, len(words) - size + 1, size)
        ]
        if clues:
            return clues
    return []


def _whole_words(part: str) -> tuple[list[str], list[int]]:
    """The words of a part, and where each starts; not those at its ends, which the text may go on with."""
    words, starts = words_of(part)
    first = bool(words) and part.startswith(words[0])
    last = bool(words) and part.endswith(words[-1])
    return words[first : len(words) - last], starts[first:]


def _places(text: str, clues: Iterable[Clue]) -> Mapping[int, Sequence[int]]:
    """Where in `text` the words of those clues stand in a row."""
    sizes = {clue.row: clue.size for clue in clues}
    places = defaultdict[int, "array[int]"](lambda: array("L"))
    for size in set(sizes.values()):
        words, starts = list[str](), list[int]()
        for more, where in _stretches(text):
            words, starts = words + more, starts + where
            rows = zip(*(islice(words, at, None) for at in range(size)), strict=False)
            for start, row in zip(starts, map(hash, rows), strict=False):
                if row in sizes:
                    places[row].append(start)
            rest = max(len(words) - size + 1, 0)
            words, starts = words[rest:], starts[rest:]
    return places


def _stretches(text: str) -> Iterator[tuple[list[str], list[int]]]:
    """The words of `text` and where they start, stretch by stretch: all at once take thirty times its memory."""
    start = 0
    while start < len(text):
        end = text.find(" ", start + STRETCH)
        end = end if end >= 0 else len(text)
        words, starts = words_of(text[start:end])
        yield words, [start + at for at in starts]
        start = end


def _compared(text: str, parts: Parts, clues: Iterable[Clue], places: Mapping[int, Sequence[int]]) -> tuple[Span, ...]:
    """Where the quote stands of all places that the rarest clue points to."""
    quote, prefix, suffix = parts
    if not clues or not quote:
        return occurrences(text, quote, prefix=prefix, suffix=suffix)
    rarest = min(clues, key=lambda clue: len(places[clue.row]))
    starts = {start for place in places[rarest.row] for start in _starts(text, parts, rarest, place)}
    spans = (Span(start, start + len(quote)) for start in sorted(starts) if text.startswith(quote, start))
    return tuple(span for span in spans if stands_between(text, span, prefix, suffix))


def _starts(text: str, parts: Parts, clue: Clue, place: int) -> range:
    """Where the quote may start when the clue stands at `place`."""
    start = place - clue.offset  # of the part with the clue
    if start < 0:
        return range(0)
    if clue.part == 0:
        return range(start, start + 1)
    if clue.part == 1:
        end = start + len(parts.prefix)
        return range(end, blanks_after(text, end) + 1)
    last = start - len(parts.quote)
    return range(max(blanks_before(text, start) - len(parts.quote), 0), last + 1)
