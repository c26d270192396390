"""Which words of an old text stand where in a new one."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RUN = 4  # words in a row that stand once in both texts say which place is which


def paired(old: Sequence[str], new: Sequence[str]) -> tuple[array[int], array[int]]:
    """For each old word the new one that it became, and for each new word the old one that it was; -1 for none.

    Runs of words that stand once in both texts are pairs wherever they stand, so that a paragraph
    that was moved is found; their neighbours are, as far as they are equal (Heckel 1978,
    "A technique for isolating differences between files", CACM 21). Linear in both texts.
    """
    to_new, to_old = array("l", [-1]) * len(old), array("l", [-1]) * len(new)
    before = (-1, -1)  # the last run, in both texts
    for here in _once_in_both(old, new):
        at, there = here
        goes_on, before = before == (at - 1, there - 1), here
        for step in (RUN - 1,) if goes_on else range(RUN):  # the words before it were those of the last one
            if to_new[at + step] < 0 and to_old[there + step] < 0 and old[at + step] == new[there + step]:
                to_new[at + step], to_old[there + step] = there + step, at + step
    for edges in (False, True):
        _spread(old, new, (to_new, to_old), step=1, edge=edges)
        _spread(old, new, (to_new, to_old), step=-1, edge=edges)
    return to_new, to_old


def _once_in_both(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each run of words starts in both texts that stands once in each, in the order of the old one."""
    there = _once(new)
    for run, at in _once(old).items():
        if run in there:
            yield at, there[run]


def _once(words: Sequence[str]) -> dict[int, int]:
    """Where each run of words starts that comes once. By hash: a million tuples are large."""
    runs = list(map(hash, zip(*(words[step:] for step in range(RUN)), strict=False)))
    seen = dict(zip(runs, count()))
    if len(seen) < len(runs):
        for run, times in Counter(runs).items():
            if times > 1:
                del seen[run]
    return seen


def _spread(
    old: Sequence[str], new: Sequence[str], pairs: tuple[array[int], array[int]], *, step: int, edge: bool
) -> None:
    """Pair equal words beside pairs; at the `edge`, the two starts, or the two ends, are a pair too."""
    to_new, to_old = pairs
    nowhere = -2 * len(new) - 2
    there = nowhere if not edge else -1 if step > 0 else len(new)
    for at in range(len(old)) if step > 0 else range(len(old) - 1, -1, -1):
        following = there + step
        if to_new[at] >= 0:
            there = to_new[at]
        elif 0 <= following < len(new) and to_old[following] < 0 and old[at] == new[following]:
            to_new[at], to_old[following] = following, at
            there = following
        else:
            there = nowhere


def kept_order(to_new: Sequence[int]) -> bytearray:
    """For each old word, 1 when it is among the most that still stand in their old order; a moved one is not."""
    tops, last = list[int](), list[int]()  # the smallest new place that ends a row of each length, and whose it is
    before = array("l", [-1]) * len(to_new)
    for at, there in enumerate(to_new):
        if there < 0:
            continue
        if not tops or there > tops[-1]:  # as most do
            before[at] = last[-1] if last else -1
            tops.append(there)
            last.append(at)
        else:
            length = bisect_left(tops, there)
            before[at] = last[length - 1] if length else -1
            tops[length], last[length] = there, at
    kept = bytearray(len(to_new))
    at = last[-1] if last else -1
    while at >= 0:
        kept[at] = 1
        at = before[at]
    return kept
