"""Runs of words that a sealed text and a copy share, and which of them belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

DRIFT = 16  # words that may be put in or left out between two runs, and they still belong together
NEAR = 300  # words: the longest part; a run further away says nothing of a place


class Pair(NamedTuple):
    """A run of the sealed text and the same run of the copy, by the numbers of their first words."""

    there: int
    here: int


def blocks_of(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """The pairs in blocks that run through text and copy alike; `pairs` in the copy's order."""
    blocks: list[list[Pair]] = []
    latest: dict[int, list[Pair]] = {}  # by how far copy and text are apart, in steps of DRIFT
    for pair in pairs:
        step = (pair.here - pair.there) // DRIFT
        open_ = (latest.get(step + side) for side in (-1, 0, 1))
        fitting = [
            block
            for block in open_
            if block and 0 < pair.there - block[-1].there <= NEAR and 0 < pair.here - block[-1].here <= NEAR
        ]
        block = max(fitting, key=len, default=[])
        if not block:
            blocks.append(block)
        block.append(pair)
        latest[step] = block
    return blocks


def chosen(blocks: list[list[Pair]]) -> tuple[dict[int, int], set[int]]:
    """The copy's run for each run of the text, long blocks first; and those runs that two blocks claim alike."""
    theirs: dict[int, tuple[int, int]] = {}  # the other's number and the length of the block
    ours: dict[int, tuple[int, int]] = {}
    doubtful: set[int] = set()
    for block in sorted(blocks, key=len, reverse=True):
        size = len(block)
        for there, here in block:
            if there not in theirs and here not in ours:
                theirs[there], ours[here] = (here, size), (there, size)
            elif theirs.get(there, (0, 0))[1] == size or ours.get(here, (0, 0))[1] == size:
                doubtful |= {there, ours.get(here, (there, 0))[0]}
    return {there: here for there, (here, _) in theirs.items() if there not in doubtful}, doubtful
