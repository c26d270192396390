"""The stretch of a text that is most like a quote which does not stand in it."""

from __future__ import annotations

from array import array
from collections import Counter
from functools import lru_cache
from itertools import islice
from operator import add
from typing import TYPE_CHECKING

from essay_explorer.anchoring.alignment import SIGNS, SIGNS_BEFORE
from essay_explorer.anchoring.likeness import likeness, nearest_spelling
from essay_explorer.anchoring.words import WORD, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WORDS_COMPARED = 50  # of a lost quote; the first ones find its place
VOTES = 1000  # places of these words that are looked at, those of the rarest first
CANDIDATES = 8  # places that share most words with the quote; only they are compared letter by letter
FEW_WORDS = 3  # so many may all be misspelt
LIKE_ENOUGH = 0.5  # a candidate that is less like the quote helps nobody
SPELT_ALIKE = 0.7  # for single words: "prooved" and "proved" are, "zebras" and "perhaps" are not


def nearest(text: str, quote: str) -> str:
    """The stretch of `text` most like `quote`, as many words long; "" when nothing is like it."""
    starts, ends, places = _indexed(text)
    sought = list(WORD.finditer(quote))
    if not starts or not sought:
        return ""
    head, tail = sought[0].start(), len(quote) - sought[-1].end()  # its own punctuation

    def window(first: int) -> str:
        last = max(min(first + len(sought), len(starts)) - 1, 0)
        start, end = starts[max(first, 0)], ends[last]
        before, after = (
            SIGNS_BEFORE.search(text, max(start - head, 0), start),
            SIGNS.match(text, end, end + tail),
        )
        return f"{before and before[0]}{text[start:end]}{after and after[0]}"

    words = [word[0].casefold() for word in sought[:WORDS_COMPARED]]
    shared = _shared(words, places)
    if not shared and len(words) <= FEW_WORDS:
        shared = _shared([nearest_spelling(word, places, alike=SPELT_ALIKE) or word for word in words], places)
    return _likest(quote, [window(first) for first, _ in shared.most_common(CANDIDATES)])


def _shared(words: list[str], places: Mapping[str, Sequence[int]]) -> Counter[int]:
    """By the word at which a window starts, how many of the rarest of `words` it holds in their order."""
    known = [(offset, places[word]) for offset, word in enumerate(words) if word in places]
    known.sort(key=lambda one: len(one[1]))
    return Counter(islice((place - offset for offset, where in known for place in where), VOTES))


@lru_cache(maxsize=1)  # a reading asks once for each lost quote
def _indexed(text: str) -> tuple[array[int], array[int], dict[str, array[int]]]:
    """Where each word of `text` starts and ends, and by folded letters which of the words they are."""
    words, starts = words_of(text)
    folded = {word: word.casefold() for word in set(words)}
    places = {key: array("L") for key in folded.values()}
    for at, word in enumerate(words):
        places[folded[word]].append(at)
    return array("L", starts), array("L", map(add, starts, map(len, words))), places


def _likest(quote: str, candidates: Iterable[str]) -> str:
    """The first of the candidates that are most like the quote; "" when none is like it enough."""
    best, most = "", LIKE_ENOUGH
    letters = quote.casefold()
    for candidate in candidates:
        alike = likeness(letters, candidate.casefold())
        if alike > most:
            best, most = candidate, alike
    return best
