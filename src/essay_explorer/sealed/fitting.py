"""The stretch of some words that is most like others, and by how many edits it differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


def fitted(wanted: Sequence[str], given: Sequence[str], expected: Span) -> tuple[int, Span]:
    """The stretch of `given` most like `wanted`, and by how many edits it differs.

    It is `expected` unless another needs fewer edits; of others with as few the longest, so that a word
    that was changed at an end is taken along. After Sellers 1980, J. Algorithms 1.
    """
    start, end = expected
    as_expected = _edits(wanted, given[start:end], [(at, start) for at in range(max(end - start, 0) + 1)])[-1][0]
    row = _edits(wanted, given, [(0, at) for at in range(len(given) + 1)])
    best = min(range(len(row)), key=lambda at: (row[at][0], row[at][1] - at))
    return (as_expected, expected) if as_expected <= row[best][0] else (row[best][0], Span(row[best][1], best))


def _edits(wanted: Sequence[str], given: Sequence[str], row: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each end in `given`: the edits that make it of `wanted`, and the start that needs fewest of them."""
    for sign in wanted:
        above, row = row, [(row[0][0] + 1, row[0][1])]
        for at, other in enumerate(given):
            same = (above[at][0] + (sign != other), above[at][1])
            row.append(min(same, (above[at + 1][0] + 1, above[at + 1][1]), (row[at][0] + 1, row[at][1])))
    return row
