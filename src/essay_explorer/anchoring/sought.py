"""What is sought: a quote with all that is known of it, from itself or from the text that it was made for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.anchoring.ngrams import places_of
from essay_explorer.anchoring.quotes import Quote, between_sides
from essay_explorer.anchoring.search import exact_places, whole_pairs
from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.words import Words, folded_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.anchoring.ngrams import Places

SHORT = 20  # letters of a quote that says little by itself
WORDS_AROUND = 8  # on each side, that help to find it


@dataclass(frozen=True, slots=True)
class Sought:
    """What is known of a quote: its words and those around it, and which words of the old text it was."""

    quote: Quote
    inner: Words
    head: list[str]
    tail: list[str]
    old: Span | None = None
    inside: int = 0  # letters between the start of the first of these and the quote
    alone: bool = True  # whether the quote stood once in the old text

    @property
    def words(self) -> list[str]:
        """Those of the quote, folded."""
        return self.inner.folded

    @property
    def short(self) -> bool:
        """Whether it says little by itself."""
        return sum(map(len, self.words)) < SHORT


def from_quote(quote: Quote) -> Sought:
    """What a quote says of itself."""
    head, tail = folded_words(quote.prefix)[-WORDS_AROUND:], folded_words(quote.suffix)[:WORDS_AROUND]
    return Sought(quote, Words.of(quote.exact), head, tail)


def from_text(sought: Sought, old: Words, places: Places) -> Sought:
    """What the old text adds; nothing, if the quote does not have one place in it."""
    before = exact_places(old, places, sought.inner, looked_up=True)
    meant = between_sides(old.text, before, sought.quote)
    first, last = old.touched(meant[0]) if len(meant) == 1 else (0, 0)
    if first >= last:
        return sought
    head, tail = old.folded[max(first - WORDS_AROUND, 0) : first], old.folded[last : last + WORDS_AROUND]
    inside = meant[0].start - old.starts[first]
    return Sought(sought.quote, sought.inner, head, tail, Span(first, last), inside, len(before) == 1)


def places_in(words: Words, near: Iterable[Sought], exact: Iterable[Sought]) -> Places:
    """Where n-grams stand: of quotes sought with what is like them, and of those sought letter by letter."""
    stretches = [[*sought.head, *sought.words, *sought.tail] for sought in near]
    exactly = set[str]()
    for sought in exact:
        found = whole_pairs(sought.inner)
        exactly.update(found)
        if not found:
            stretches.append(sought.words)
    return places_of(stretches, words, exactly=exactly)
