"""Where a quote stands in a text, and how spans cut a text into segments.

Spans are half-open, `[start, end)`, in Unicode code points of the text. They stay in Python:
JavaScript counts differently after an emoji, so the browser gets ready segments.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from itertools import accumulate, islice, pairwise
from operator import add
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# Letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana and Han.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
PUNCTUATION = r"!-/:-@\[-`{-~\xa1\xab\xb7\xbb\xbf\u2010-\u2027\u2030-\u205e\u3000-\u303f\uff01-\uff0f"
WORD = re.compile(rf"[{SPACELESS}]|[^\s{PUNCTUATION}{SPACELESS}]+")
MARKS, MARKS_BEFORE = re.compile(r"[^\w\s]*"), re.compile(r"[^\w\s]*\Z")
PIECES = re.compile(f"({WORD.pattern})")
WORDS_COMPARED = 50  # of a lost quote; the first ones find its place
VOTES = 1000  # places of these words that are looked at, those of the rarest first
CANDIDATES = 8  # places that share most words with the quote; only they are compared letter by letter
LETTERS_COMPARED = 200  # difflib takes the square of these
FEW_WORDS = 3  # so many may all be misspelt
LIKE_ENOUGH = 0.5  # a candidate with no difflib ratio above this helps nobody
SPELT_ALIKE = 0.7  # for single words: "prooved" and "proved" are, "zebras" and "perhaps" are not


class Span(NamedTuple):
    """A stretch of a text: `[start, end)` in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text over which the same spans lie; `labels` are theirs, in order of start."""

    text: str
    labels: tuple[str, ...]


def occurrences(text: str, quote: str, *, prefix: str = "", suffix: str = "") -> tuple[Span, ...]:
    """Every place where `quote` stands in `text`, in text order.

    With a `prefix` or a `suffix` only the places that it stands right before or right after;
    white space between them and the quote does not count, since spreadsheets trim it.
    """
    prefix, suffix = prefix.strip(), suffix.strip()
    return tuple(span for span in _finds(text, quote) if stands_between(text, span, prefix, suffix))


def _finds(text: str, quote: str) -> Iterator[Span]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield Span(start, start + len(quote))
        start = text.find(quote, start + 1)


def stands_between(text: str, span: Span, prefix: str, suffix: str) -> bool:
    """Whether `prefix` stands right before the span and `suffix` right after it; both without white space around."""
    return (not prefix or text.endswith(prefix, 0, blanks_before(text, span.start))) and (
        not suffix or text.startswith(suffix, blanks_after(text, span.end))
    )


def blanks_before(text: str, at: int) -> int:
    """Where the white space starts that ends at `at`."""
    while at and text[at - 1].isspace():
        at -= 1
    return at


def blanks_after(text: str, at: int) -> int:
    """Where the white space ends that starts at `at`."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def words_of(text: str) -> tuple[list[str], list[int]]:
    """The words of `text`, and where each starts."""
    pieces = PIECES.split(text)  # each second one is a word
    starts = list(accumulate(map(len, pieces), initial=0))
    return pieces[1::2], starts[1:-1:2]


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
            MARKS_BEFORE.search(text, max(start - head, 0), start),
            MARKS.match(text, end, end + tail),
        )
        return f"{before and before[0]}{text[start:end]}{after and after[0]}"

    keys = [word[0].casefold() for word in sought[:WORDS_COMPARED]]
    shared = _shared(keys, places)
    if not shared and len(keys) <= FEW_WORDS:
        shared = _shared([_spelt_like(key, places) for key in keys], places)
    return _likest(quote, [window(first) for first, _ in shared.most_common(CANDIDATES)])


def _shared(keys: list[str], places: Mapping[str, Sequence[int]]) -> Counter[int]:
    """By the word at which a window starts, how many of the rarest of `keys` it holds in their order."""
    known = [(offset, places[key]) for offset, key in enumerate(keys) if key in places]
    known.sort(key=lambda one: len(one[1]))
    return Counter(islice((place - offset for offset, where in known for place in where), VOTES))


def _spelt_like(key: str, places: Iterable[str]) -> str:
    alike = [word for word in places if word[0] == key[0] or word[-1] == key[-1]]
    return next(iter(get_close_matches(key, alike, n=1, cutoff=SPELT_ALIKE)), key)


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
    letters = SequenceMatcher(None, b=quote[:LETTERS_COMPARED].casefold(), autojunk=False)  # prepared once
    for candidate in candidates:
        letters.set_seq1(candidate[:LETTERS_COMPARED].casefold())
        if letters.quick_ratio() > most and (ratio := letters.ratio()) > most:  # which is never above the quick one
            best, most = candidate, ratio
    return best


def cut(text: str, spans: Iterable[tuple[str, Span]]) -> tuple[Segment, ...]:
    """Cut `text` where any span starts or ends; joined again, the segments are `text`.

    `spans`: (label, span) pairs in any order; they may overlap, empty ones cut nothing.
    Raises ValueError for a span that leaves the text; the message names the span.
    """
    opens: defaultdict[int, list[str]] = defaultdict(list)
    closes: defaultdict[int, list[str]] = defaultdict(list)
    for label, (start, end) in spans:
        if not 0 <= start <= end <= len(text):
            message = f"{label}: [{start}, {end}) leaves the text, which has {len(text)} code points"
            raise ValueError(message)
        if start < end:
            opens[start].append(label)
            closes[end].append(label)
    segments, here = [], list[str]()
    for start, end in pairwise(sorted({0, len(text), *opens, *closes})):
        for label in closes[start]:
            here.remove(label)
        here += opens[start]
        segments.append(Segment(text[start:end], tuple(here)))
    return tuple(segments)
