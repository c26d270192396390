"""What to say of annotations whose quotes do not stand in exactly one place of the essay."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from essay_explorer.anchoring.nearest import nearest
from essay_explorer.anchoring.quotes import Quote
from essay_explorer.anchoring.search import all_occurrences
from essay_explorer.core.annotation import ANNOTATIONS
from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.fault import Fault, shown
from essay_explorer.core.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from essay_explorer.anchoring.segments import Span
    from essay_explorer.core.annotation import Annotation

PLACES_SHOWN = 3  # of a quote that stands in many
MOST_GUESSES = 1_000  # of what a lost quote may be; where more are lost, it is another text
LETTERS_AROUND = 24  # so many before and after show which place it is


def faults_of(text: str, lost: Sequence[tuple[Annotation, tuple[Span, ...]]]) -> Iterator[Fault]:
    """A fault for each annotation, given with the places of its quote: none, or more than one."""
    elsewhere = all_occurrences(text, (Quote("" if places else entry.quote) for entry, places in lost))
    for number, ((entry, places), others) in enumerate(zip(lost, elsewhere, strict=True)):
        said = _explained(text, entry, places, others, guess=number < MOST_GUESSES)
        yield Fault(ANNOTATIONS, said, entry.row or None, entry.id)


def _explained(
    text: str, entry: Annotation, places: tuple[Span, ...], elsewhere: tuple[Span, ...], *, guess: bool
) -> str:
    """Why an annotation has no place in the text, or more than one, and what to do.

    `elsewhere`: where the quote stands whatever is around it. `guess`: whether to say what is most like it.
    """
    if not entry.quote:
        return f"no quote. Copy the passage from {ESSAY} into this cell"
    advice = "Copy what stands before it into prefix, or after it into suffix"
    if places:
        return f"quote occurs {len(places)} times in {ESSAY}: {_in_brackets(text, places)}. {advice}"
    if elsewhere:
        found = f"quote is in {ESSAY}, but not between this prefix and suffix"
        return f"{found}: {_in_brackets(text, elsewhere)}. {advice}"
    near = nearest(text, entry.quote) if guess else ""
    candidate = f" Nearest: {shown(near, len(near))}." if near else ""
    if near and _as_it_looks(near) == _as_it_looks(entry.quote):
        candidate += " They differ only in white space, quotation marks, capitals or signs that cannot be seen."
    return f"quote not found in {ESSAY}: {shown(entry.quote, len(entry.quote))}.{candidate} Copy the passage again"


def _as_it_looks(text: str) -> str:
    return fold("".join(letter for letter in text if unicodedata.category(letter) != "Cf"))


def _in_brackets(text: str, places: tuple[Span, ...]) -> str:
    """The first places of a quote, the quote in brackets between the letters around it."""
    first = [
        shown(
            f"{text[max(start - LETTERS_AROUND, 0) : start]}[{text[start:end]}]{text[end : end + LETTERS_AROUND]}",
            end - start + 2 * LETTERS_AROUND + 2,
        )
        for start, end in places[:PLACES_SHOWN]
    ]
    rest = len(places) - len(first)
    return ", ".join(first) + (f" and {rest} more" if rest else "")
