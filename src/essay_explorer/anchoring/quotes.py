"""A quote, and where it stands in a text, alone or with what stands around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.surroundings import is_between, shortest_surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


LINE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


class Quote(NamedTuple):
    """A stretch of a text as it stands there, and what stands before and after it where that tells its place.

    The names are those of the Web Annotation's TextQuoteSelector.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""


def unbroken(text: str) -> str:
    """`text`, as long as it is, with a space for each line break within a paragraph and each tab between two cells.

    So a quote stands where it did before a poem's lines were kept, and where a spreadsheet lost them.
    """
    text = text.replace("\t", " ") if "\t" in text else text
    return LINE_BREAK.sub(" ", text) if "\n" in text else text


def occurrences(text: str, quote: str, *, prefix: str = "", suffix: str = "") -> tuple[Span, ...]:
    """Every place where `quote` stands in `text`, in text order; a line break or a tab counts as a space.

    With a `prefix` or a `suffix` only the places that it stands right before or right after;
    white space between them and the quote does not count, since spreadsheets trim it.
    """
    return exact_occurrences(*map(unbroken, (text, quote)), prefix=unbroken(prefix), suffix=unbroken(suffix))


def exact_occurrences(text: str, quote: str, *, prefix: str = "", suffix: str = "") -> tuple[Span, ...]:
    """The same, letter by letter."""
    prefix, suffix = prefix.strip(), suffix.strip()
    return tuple(span for span in _finds(text, quote) if is_between(text, span, prefix, suffix))


def between_sides(text: str, spans: list[Span], quote: Quote) -> list[Span]:
    """Those of the spans that stand, letter by letter, between the prefix and the suffix of the quote."""
    prefix, suffix = quote.prefix.strip(), quote.suffix.strip()
    return [span for span in spans if is_between(text, span, prefix, suffix)]


def quote_at(text: str, span: Span, places: Iterable[Span] | None = None) -> Quote:
    """What stands at the span, with the shortest surroundings by which it is found only there.

    `places`: all where the same stands, if they are known already. In a text that says the same over
    and over there may be none that tell; then it has no surroundings, and is found in many places.
    """
    exact = text[slice(*span)]
    sides = shortest_surroundings(text, span, occurrences(text, exact) if places is None else places)
    return Quote(exact, *(sides or ()))


def _finds(text: str, quote: str) -> Iterator[Span]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield Span(start, start + len(quote))
        start = text.find(quote, start + 1)
