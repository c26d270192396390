"""Where a quote stands in a text, and how spans cut a text into segments.

Spans are half-open, `[start, end)`, in Unicode code points of the text. They stay in Python:
JavaScript counts differently after an emoji, so the browser gets ready segments.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WORD = re.compile(r"\S+")
NOT_A_LETTER = re.compile(r"\W+")
CANDIDATES = 8  # windows that share most words with the quote; only they are compared letter by letter
LIKE_ENOUGH = 0.5  # a candidate below this difflib ratio helps nobody


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
    words = list(WORD.finditer(text))
    size = min(len(words), len(quote.split())) or 1
    windows = [
        text[first.start() : last.end()]
        for first, last in zip(words, words[size - 1 :], strict=False)
    ]
    shared = _shared_words([_key(word[0]) for word in words], quote, size)
    best = heapq.nlargest(CANDIDATES, range(len(windows)), key=shared.__getitem__)
    if not best or not shared[best[0]]:  # no word in common: compare the letters of all of them
        best = list(range(len(windows)))
    ratio, found = max(
        ((SequenceMatcher(None, quote, windows[at]).ratio(), windows[at]) for at in best),
        default=(0.0, ""),
    )
    return found if ratio >= LIKE_ENOUGH else ""


def _key(word: str) -> str:
    return NOT_A_LETTER.sub("", word).casefold()


def _shared_words(words: list[str], quote: str, size: int) -> list[int]:
    """How many words of `quote` each window of `size` words holds."""
    wanted = Counter(_key(word) for word in quote.split())
    window: Counter[str] = Counter()
    shared, counts = 0, []
    for at, word in enumerate(words):
        window[word] += 1
        shared += window[word] <= wanted[word]
        if at >= size:
            gone = words[at - size]
            shared -= window[gone] <= wanted[gone]
            window[gone] -= 1
        if at >= size - 1:
            counts.append(shared)
    return counts


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
