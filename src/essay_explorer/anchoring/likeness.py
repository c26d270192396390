"""How like two texts are, and what of them is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rapidfuzz.distance import Opcodes


def likeness(one: str, other: str) -> float:
    """How much of both is the same letters in the same order, from 0 to 1."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, other)


def equal_runs(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """(start in `one`, start in `other`, length) of each run of equal words, where most are in the same order."""
    from rapidfuzz.distance import Indel

    for block in Indel.editops(one, other).as_matching_blocks():
        if block.size:
            yield block.a, block.b, block.size


def changes(old: str, new: str) -> Opcodes:
    """What makes the new text of the old one, in the order of both: pieces that are equal, inserted or deleted."""
    from rapidfuzz.distance import Indel

    return Indel.opcodes(old, new)


def nearest_spelling(word: str, known: Iterable[str], *, alike: float) -> str:
    """The first of the known words that are most like the word; "" when none is at least so much `alike`."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    found = process.extractOne(word, list(known), scorer=Indel.normalized_similarity, score_cutoff=alike)
    return found[0] if found else ""
