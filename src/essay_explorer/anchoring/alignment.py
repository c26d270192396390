"""The stretches of a text that are most like a quote, found by the n-grams that they share and word by word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from essay_explorer.anchoring.likeness import equal_runs
from essay_explorer.anchoring.ngrams import MOST, pairs
from essay_explorer.anchoring.segments import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from essay_explorer.anchoring.ngrams import Places
    from essay_explorer.anchoring.words import Words

LONG = 1000  # words; the time grows with the square of them, so a longer quote is taken to be as long as it was
VOTES = MOST  # places of the rarest n-grams that are looked at
VOTES_OF_MOST = 120  # the same, where many of them agree; a place as good as the first shares as many
MANY = 16  # n-grams that agree
CANDIDATES = 6  # places that most of them point to
FEW_VOTES = 1 / 8  # of those for the first place: one far from it with fewer has hardly a word of the quote
SIGNS, SIGNS_BEFORE = re.compile(r"[^\w\s]*"), re.compile(r"[^\w\s]*\Z")


def likely_stretches(
    words: Words, places: Places, head: list[str], quote: list[str], tail: list[str]
) -> Iterator[Span]:
    """The stretches like `quote` between `head` and `tail`, all folded words: the six that share most n-grams.

    Spans here count words.
    """
    around = [*head, *quote, *tail]
    slack = 3 + len(quote) // 4
    for start in _likely_starts(around, places, slack):
        left, right = max(start - slack, 0), min(start + len(around) + slack, len(words.folded))
        window = words.folded[left:right] if len(around) <= LONG else []
        runs = [(there + left, here, size) for there, here, size in equal_runs(window, around)]
        first = start + len(head)
        for one, other in ((first, first + len(quote)), *_edges(runs, len(head), len(head) + len(quote))):
            yield Span(max(one, left), min(other, right))


def _likely_starts(around: list[str], places: Places, slack: int) -> list[int]:
    """The words at which `around` may start, by how many of its rarest n-grams say so."""
    rows = (map(places.get, ngrams) for ngrams in (around, pairs(around)))
    known = sorted(((there, at) for row in rows for at, there in enumerate(row) if there), key=lambda one: len(one[0]))
    ranked = _votes(known, VOTES_OF_MOST)
    if not ranked or ranked[0][1] < MANY:
        ranked = _votes(known, VOTES)
    taken: dict[int, int] = {}
    for start, said in ranked:
        if len(taken) < CANDIDATES and all(abs(start - other) > slack for other in taken):
            taken[start] = said
    first, most = ranked[0] if ranked else (0, 0)
    return [start for start, said in taken.items() if said >= most * FEW_VOTES or abs(start - first) <= len(around)]


def _votes(known: Sequence[tuple[Sequence[int], int]], most: int) -> list[tuple[int, int]]:
    """The starts that so many places of the rarest n-grams speak for, and how many; those with most votes first."""
    heard = bisect_right(list(accumulate(len(there) for there, _ in known)), most)
    starts = Counter([place - at for there, at in known[:heard] for place in there])
    return starts.most_common()[: 8 * CANDIDATES]  # to sort is quicker than to seek the first


def _edges(runs: list[tuple[int, int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """(first, last) word of the text for the words [start, end) of which `runs` are found in it.

    Words at an edge that were not found stand for as many of the text, or for all up to what is
    found beyond it. Tried twice: with all that was found, and with the longest run alone, in case
    the others are only alike by chance.
    """
    went = {here + step: there + step for there, here, size in runs for step in range(size)}
    inside = [here for here in sorted(went) if start <= here < end]
    if not inside:
        return
    unbroken = [list(run) for _, run in groupby(inside, key=lambda here: went[here] - here)]
    for found in (inside, max(unbroken, key=len)):
        first, last = found[0], found[-1]
        left = went[start - 1] + 1 if first > start and start - 1 in went else went[first] - (first - start)
        right = went[end] if last < end - 1 and end in went else went[last] + end - last
        yield left, right


def with_punctuation(words: Words, stretch: Span, quote: str) -> Span:
    """The span of a stretch of words, with the signs around it where `quote` has some at its own edges."""
    text, (start, end) = words.text, words.span(*stretch)
    head, tail = SIGNS.match(quote), SIGNS_BEFORE.search(quote)
    before = SIGNS_BEFORE.search(text, max(start - (head.end() if head else 0), 0), start)
    after = SIGNS.match(text, end, end + (len(tail[0]) if tail else 0))
    return Span(before.start() if before else start, after.end() if after else end)
