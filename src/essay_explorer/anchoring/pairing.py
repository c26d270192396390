"""Which words of an old text stand where in a new one."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import chain, compress, count, islice, repeat
from operator import eq, ne
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
    for stretch in _stretches(old, new):
        _pair(old, new, (to_new, to_old), *stretch)
    for edges in (False, True):
        _spread(old, new, (to_new, to_old), step=1, edge=edges)
        _spread(old, new, (to_new, to_old), step=-1, edge=edges)
    return to_new, to_old


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """The stretches of both texts over which runs of words that stand once in each go on side by side."""
    first, there, size = 0, 0, 0
    for at, place in chain(_once_in_both(old, new), ((-1, -1),)):
        if at == first + size and place == there + size:
            size += 1
            continue
        if size:
            yield slice(first, first + size + RUN - 1), slice(there, there + size + RUN - 1)
        first, there, size = at, place, 1


def _pair(
    old: Sequence[str], new: Sequence[str], pairs: tuple[array[int], array[int]], were: slice, are: slice
) -> None:
    """Pair the words of two stretches, but those that are paired already, and those of another run's hash."""
    to_new, to_old = pairs
    ones, others = range(were.start, were.stop), range(are.start, are.stop)
    if to_new[were].count(-1) == to_old[are].count(-1) == len(ones) and old[were] == new[are]:
        to_new[were], to_old[are] = array("l", others), array("l", ones)
        return
    for one, other in zip(ones, others, strict=True):
        if to_new[one] < 0 and to_old[other] < 0 and old[one] == new[other]:
            to_new[one], to_old[other] = other, one


def _once_in_both(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each run of words starts in both texts that stands once in each, in the order of the old one."""
    there = list(map(_once(new).get, _runs(old), repeat(-1)))
    ordered = sorted(there)  # hardly any work where the order is kept
    twice = set(compress(ordered, map(eq, ordered, islice(ordered, 1, None))))
    return ((at, place) for at, place in enumerate(there) if place >= 0 and place not in twice)


def _once(words: Sequence[str]) -> dict[int, int]:
    """Where each run of words starts that comes once."""
    runs = _runs(words)
    seen: dict[int, int] = {}
    firsts = map(seen.setdefault, runs, count())
    for run in set(compress(runs, map(ne, firsts, count()))):
        del seen[run]
    return seen


def _runs(words: Sequence[str]) -> list[int]:
    """Each run of words, by hash: a million tuples are large."""
    return list(map(hash, zip(*(words[step:] for step in range(RUN)), strict=False)))


def _spread(
    old: Sequence[str], new: Sequence[str], pairs: tuple[array[int], array[int]], *, step: int, edge: bool
) -> None:
    """Pair equal words beside pairs; at the `edge`, the two starts, or the two ends, are a pair too."""
    to_new, to_old = pairs
    alone = [at for at, there in enumerate(to_new) if there < 0][::step]
    begins = chain((True,), map(ne, islice(alone, 1, None), map(step.__add__, alone)))
    for first in compress(alone, begins):  # the word beside it is none of those alone
        at, beside = first, first - step
        if 0 <= beside < len(old):
            there = to_new[beside] + step
        elif edge:
            there = 0 if step > 0 else len(new) - 1
        else:
            continue
        while 0 <= at < len(old) and 0 <= there < len(new) and to_new[at] < 0 and to_old[there] < 0:
            if old[at] != new[there]:
                break
            to_new[at], to_old[there] = there, at
            at, there = at + step, there + step


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
