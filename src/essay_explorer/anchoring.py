"""Where a quote stands in a text, and how spans cut a text into segments.

Spans are half-open, `[start, end)`, in Unicode code points of the text. They stay in Python:
JavaScript counts differently after an emoji, so the browser gets ready segments.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# Letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana and Han.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
PUNCTUATION = r"!-/:-@\[-`{-~\xa1\xab\xb7\xbb\xbf\u2010-\u2027\u2030-\u205e\u3000-\u303f\uff01-\uff0f"
WORD = re.compile(rf"[{SPACELESS}]|[^\s{PUNCTUATION}{SPACELESS}]+")
MARKS, MARKS_BEFORE = re.compile(r"[^\w\s]*"), re.compile(r"[^\w\s]*\Z")
WORDS_COMPARED = 50  # of a lost quote; the first ones find its place
CANDIDATES = 8  # places that share most words with the quote; only they are compared letter by letter
LETTERS_COMPARED = 200  # difflib takes the square of these
FEW_WORDS = 3  # so many may all be misspelt
LIKE_ENOUGH = 0.5  # a candidate below this difflib ratio helps nobody
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
    return tuple(
        span
        for span in _finds(text, quote)
        if _follows(text, span.start, prefix.strip()) and _precedes(text, span.end, suffix.strip())
    )


def _finds(text: str, quote: str) -> Iterator[Span]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield Span(start, start + len(quote))
        start = text.find(quote, start + 1)


def _follows(text: str, start: int, prefix: str) -> bool:
    while start and text[start - 1].isspace() and prefix:
        start -= 1
    return text.endswith(prefix, 0, start)


def _precedes(text: str, end: int, suffix: str) -> bool:
    while end < len(text) and text[end].isspace() and suffix:
        end += 1
    return text.startswith(suffix, end)


def nearest(text: str, quote: str) -> str:
    """The stretch of `text` most like `quote`, as many words long; "" when nothing is like it."""
    words, places = _indexed(text)
    sought = list(WORD.finditer(quote))
    if not words or not sought:
        return ""
    head, tail = sought[0].start(), len(quote) - sought[-1].end()  # its own punctuation

    def window(first: int) -> str:
        last = max(min(first + len(sought), len(words)) - 1, 0)
        start, end = words[max(first, 0)].start, words[last].end
        before, after = (
            MARKS_BEFORE.search(text, max(start - head, 0), start),
            MARKS.match(text, end, end + tail),
        )
        return f"{before and before[0]}{text[start:end]}{after and after[0]}"

    keys = [word[0].casefold() for word in sought[:WORDS_COMPARED]]
    shared = _shared(keys, places)
    if not shared and len(keys) <= FEW_WORDS:
        shared = _shared([_spelt_like(key, places) for key in keys], places)
    candidates = [window(first) for first, _ in shared.most_common(CANDIDATES)]
    best = max(candidates, key=lambda candidate: _likeness(quote, candidate), default="")
    return best if _likeness(quote, best) >= LIKE_ENOUGH else ""


def _shared(keys: list[str], places: Mapping[str, list[int]]) -> Counter[int]:
    """By the word at which a window starts, how many of `keys` it holds in their order."""
    return Counter(place - offset for offset, key in enumerate(keys) for place in places.get(key, ()))


def _spelt_like(key: str, places: Iterable[str]) -> str:
    alike = [word for word in places if word[0] == key[0] or word[-1] == key[-1]]
    return next(iter(get_close_matches(key, alike, n=1, cutoff=SPELT_ALIKE)), key)


@lru_cache(maxsize=2)  # a reading asks once for each lost quote
def _indexed(text: str) -> tuple[list[Span], dict[str, list[int]]]:
    """The words of `text`, and by their folded letters which of them they are."""
    words, places = [], defaultdict[str, list[int]](list)
    for at, word in enumerate(WORD.finditer(text)):
        words.append(Span(*word.span()))
        places[word[0].casefold()].append(at)
    return words, dict(places)


def _likeness(quote: str, candidate: str) -> float:
    one, other = quote[:LETTERS_COMPARED].casefold(), candidate[:LETTERS_COMPARED].casefold()
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


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
