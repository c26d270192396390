"""Which words of an old text stand where in a new one."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

RUN = 4  # words in a row that stand once in both texts say which place is which


def paired(old: Sequence[str], new: Sequence[str]) -> tuple[array[int], array[int]]:
    """For each old word the new one that it became, and for each new word the old one that it was; -1 for none.

    Runs of words that stand once in both texts are pairs wherever they stand, so that a paragraph
    that was moved is found; their neighbours are, as far as they are equal (Heckel 1978,
    "A technique for isolating differences between files", CACM 21). Linear in both texts.
    """
    to_new, to_old = array("l", [-1]) * len(old), array("l", [-1]) * len(new)
    once = _once(new)
    for run, at in _once(old).items():
        there = once.get(run, -1)
        if at >= 0 and there >= 0:
            for step in range(RUN):
                if to_new[at + step] < 0 and to_old[there + step] < 0 and old[at + step] == new[there + step]:
                    to_new[at + step], to_old[there + step] = there + step, at + step
    for edges in (False, True):
        _spread(old, new, (to_new, to_old), step=1, edge=edges)
        _spread(old, new, (to_new, to_old), step=-1, edge=edges)
    return to_new, to_old


def _once(words: Sequence[str]) -> dict[int, int]:
    """Where each run of words starts; -1 for one that comes again. By hash: a million tuples are large."""
    seen: dict[int, int] = {}
    for at, run in enumerate(zip(*(words[step:] for step in range(RUN)), strict=False)):
        key = hash(run)
        seen[key] = -1 if key in seen else at
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
