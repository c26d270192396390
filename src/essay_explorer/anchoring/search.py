"""Where many quotes stand in a text, found in one pass by words in a row that a quote is made of."""

from __future__ import annotations

from array import array
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.anchoring.ngrams import pairs
from essay_explorer.anchoring.quotes import Quote, exact_occurrences, unbroken
from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.surroundings import blanks_after, blanks_before, is_between
from essay_explorer.anchoring.words import Words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from essay_explorer.anchoring.ngrams import Places

STRETCH = 50_000  # letters of a text that are taken apart at once
SIZES = (3, 1)  # three words in a row seldom stand twice; one is better than none


class Ngram(NamedTuple):
    """Words in a row that stand whole in any text where a quote does, and from which letter of which part on.

    `words` is their hash, which takes a tenth of their memory: where others have it too, the quote does not stand.
    """

    words: int
    size: int
    part: int
    offset: int


def all_occurrences(text: str, quotes: Iterable[Quote]) -> list[tuple[Span, ...]]:
    """For each quote what `occurrences` finds.

    The time grows with the text plus the quotes: each is compared only where its rarest n-gram
    stands. A quote of one or two words with nothing around it has none; it is sought through the
    whole text.
    """
    text = unbroken(text)
    unbroken_quotes = (Quote(*map(unbroken, quote)) for quote in quotes)
    asked = [Quote(quote.exact, quote.prefix.strip(), quote.suffix.strip()) for quote in unbroken_quotes]
    parts = {quote: _ngrams(quote) for quote in asked}
    places = _places(text, [ngram for found in parts.values() for ngram in found])
    found = {quote: _compared(text, quote, parts[quote], places) for quote in parts}
    return [found[quote] for quote in asked]


def _ngrams(quote: Quote) -> list[Ngram]:
    """All n-grams of the quote and its surroundings, each of as many words."""
    whole = [_whole_words(part) for part in quote]
    for size in SIZES:
        found = [
            Ngram(hash(tuple(words[at : at + size])), size, part, starts[at])
            for part, (words, starts) in enumerate(whole)
            for at in range(0, len(words) - size + 1, size)
        ]
        if found:
            return found
    return []


def _whole_words(part: str) -> tuple[list[str], list[int]]:
    """The words of a part, and where each starts; not those at its ends, which the text may go on with."""
    words, starts = words_of(part)
    first = bool(words) and part.startswith(words[0])
    last = bool(words) and part.endswith(words[-1])
    return words[first : len(words) - last], starts[first:]


def _places(text: str, wanted: Iterable[Ngram]) -> Mapping[int, Sequence[int]]:
    """Where in `text` the words of those n-grams stand in a row."""
    sizes = {ngram.words: ngram.size for ngram in wanted}
    places = defaultdict[int, "array[int]"](lambda: array("L"))
    open_ = {size: (list[str](), list[int]()) for size in set(sizes.values())}  # words that no n-gram starts with yet
    for more, where in _stretches(text) if sizes else ():
        for size, (words, starts) in open_.items():
            words.extend(more)
            starts.extend(where)
            rows = zip(*(islice(words, at, None) for at in range(size)), strict=False)
            hashes = zip(starts, map(hash, rows), strict=False)
            for start, row in [one for one in hashes if one[1] in sizes]:
                places[row].append(start)
            rest = max(len(words) - size + 1, 0)
            del words[:rest], starts[:rest]
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


def _compared(text: str, quote: Quote, found: Iterable[Ngram], places: Mapping[int, Sequence[int]]) -> tuple[Span, ...]:
    """Where the quote stands of all places that its rarest n-gram points to."""
    exact, prefix, suffix = quote
    if not found or not exact:
        return exact_occurrences(text, exact, prefix=prefix, suffix=suffix)
    rarest = min(found, key=lambda ngram: len(places[ngram.words]))
    starts = {start for place in places[rarest.words] for start in _starts(text, quote, rarest, place)}
    spans = (Span(start, start + len(exact)) for start in sorted(starts) if text.startswith(exact, start))
    return tuple(span for span in spans if is_between(text, span, prefix, suffix))


def _starts(text: str, quote: Quote, ngram: Ngram, place: int) -> range:
    """Where the quote may start when the n-gram stands at `place`."""
    start = place - ngram.offset  # of the part that it is in
    if start < 0:
        return range(0)
    if ngram.part == 0:
        return range(start, start + 1)
    if ngram.part == 1:
        end = start + len(quote.prefix)
        return range(end, blanks_after(text, end) + 1)
    last = start - len(quote.exact)
    return range(max(blanks_before(text, start) - len(quote.exact), 0), last + 1)


def whole_pairs(inner: Words) -> list[str]:
    """The pairs of words that stand wherever a quote does."""
    return list(pairs(inner.folded[slice(*_whole(inner))]))


def _whole(inner: Words) -> tuple[int, int]:
    """Which words of a quote are whole ones of any text that it stands in: the first and the last may be parts."""
    first = 1 if inner.starts and not inner.starts[0] else 0
    last = len(inner.starts) - 1 if inner.starts and inner.ends[-1] == len(inner.text) else len(inner.starts)
    return first, last


def exact_places(words: Words, places: Places, inner: Words, *, looked_up: bool = False) -> list[Span]:
    """Every place where a quote stands letter by letter in a text whose n-grams are looked up already.

    `inner`: the quote in words. `looked_up`: whether its pairs, or its one whole word, are among those n-grams; then
    one that is nowhere says that the quote is.
    """
    quote, starts = inner.text, inner.starts
    first, last = _whole(inner)
    whole = inner.folded[first:last]
    for size, ngrams in ((2, pairs(whole)), (1, whole)):
        found = list(map(places.get, ngrams))
        if looked_up and None in found and size == min(len(whole), 2):
            return []
        known = [(len(there), at, there) for at, there in enumerate(found, first) if there]
        if known:
            _, at, rarest = min(known)
            begins = sorted({words.starts[there] - starts[at] for there in rarest})
            return [Span(at, at + len(quote)) for at in begins if at >= 0 and words.text.startswith(quote, at)]
    return list(exact_occurrences(words.text, quote))
