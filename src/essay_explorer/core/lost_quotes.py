"""What to say of annotations whose quotes do not stand in exactly one place of the essay."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.anchoring.nearest import nearest
from essay_explorer.anchoring.quotes import Quote, occurrences
from essay_explorer.anchoring.search import all_occurrences
from essay_explorer.core.annotation import ANNOTATIONS
from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.fault import Fault, and_more, short, shown
from essay_explorer.core.folding import fold
from essay_explorer.words import Phrase, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from essay_explorer.anchoring.segments import Span
    from essay_explorer.core.annotation import Annotation

PLACES_SHOWN = 3  # of a quote that stands in many
MOST_GUESSES = 1_000  # of what a lost quote may be; where more are lost, it is another text
LETTERS_AROUND = 24  # so many before and after show which place it is


class Advice(NamedTuple):
    """What the text is called where somebody gave a quote of it, and what to do there where it has no place."""

    essay: str
    give: str | Sentence
    tell: str | Sentence
    guess: bool = True  # what is most like a quote that is nowhere


IN_FILES = Advice(
    ESSAY,
    Phrase("Copy the passage from {file} into this cell").filled(file=ESSAY),
    Phrase("Copy the words before it into prefix, or those after it into suffix").filled(),
)
WITHOUT_GUESS = IN_FILES._replace(guess=False)
IN_PYTHON = Advice(
    "the essay",
    "Give words as they are in the essay",
    "Give what comes right before it as prefix=, or right after it as suffix=",
)


def faults_of(text: str, lost: Sequence[tuple[Annotation, tuple[Span, ...]]]) -> Iterator[Fault]:
    """A fault for each annotation, given with the places of its quote: none, or more than one."""
    elsewhere = all_occurrences(text, (Quote("" if places else entry.quote) for entry, places in lost))
    for number, ((entry, places), others) in enumerate(zip(lost, elsewhere, strict=True)):
        said = _explained(text, entry.quote, places, others, IN_FILES if number < MOST_GUESSES else WITHOUT_GUESS)
        yield Fault.of(ANNOTATIONS, said, entry.row or None, entry.id)


def why_lost(text: str, quote: Quote, places: tuple[Span, ...]) -> str:
    """What to tell somebody who gave a quote in Python; its `places` in the text are none, or more than one."""
    said = _explained(text, quote.exact, places, occurrences(text, quote.exact), IN_PYTHON).in_english()
    return said[0].upper() + said[1:]


def _explained(
    text: str, quote: str, places: tuple[Span, ...], elsewhere: tuple[Span, ...], advice: Advice
) -> Sentence:
    """Why a quote has no place in the text, or more than one, and what to do.

    `elsewhere`: where it stands whatever is around it.
    """
    if not quote:
        return Phrase("no quote. {advice}").filled(advice=advice.give)
    if places:
        found = Phrase("quote occurs {number} times in {essay}: {places}. {advice}")
        where = _in_brackets(text, places)
        return found.filled(number=str(len(places)), essay=advice.essay, places=where, advice=advice.tell)
    if elsewhere:
        found = Phrase("quote is in {essay}, but not between this prefix and suffix: {places}. {advice}")
        return found.filled(essay=advice.essay, places=_in_brackets(text, elsewhere), advice=advice.tell)
    near = nearest(text, quote) if advice.guess else ""
    values = {"essay": advice.essay, "quote": short(quote, len(quote)), "near": short(near, len(near))}
    if not near:
        return Phrase('quote not found in {essay}: "{quote}". Copy the passage again').filled(**values)
    if _as_it_looks(near) == _as_it_looks(quote):
        return Phrase(
            'quote not found in {essay}: "{quote}". Nearest: "{near}". They differ only in white space, '
            "quotation marks, capitals or signs that cannot be seen. Copy the passage again"
        ).filled(**values)
    return Phrase('quote not found in {essay}: "{quote}". Nearest: "{near}". Copy the passage again').filled(**values)


def _as_it_looks(text: str) -> str:
    return fold("".join(letter for letter in text if unicodedata.category(letter) != "Cf"))


def _in_brackets(text: str, places: tuple[Span, ...]) -> str | Sentence:
    """The first places of a quote, the quote in brackets between the letters around it."""
    first = [
        shown(
            f"{text[max(start - LETTERS_AROUND, 0) : start]}[{text[start:end]}]{text[end : end + LETTERS_AROUND]}",
            end - start + 2 * LETTERS_AROUND + 2,
        )
        for start, end in places[:PLACES_SHOWN]
    ]
    return and_more(", ".join(first), len(places) - len(first))
