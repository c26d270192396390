"""What `update` says and writes once it is known where each annotation belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.anchoring.moves import STATES
from essay_explorer.core.annotation import ANNOTATIONS
from essay_explorer.core.fault import Fault
from essay_explorer.core.move_summary import counts, description
from essay_explorer.core.names import COLUMNS
from essay_explorer.files.csv_text import CsvText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.anchoring.moves import Move
    from essay_explorer.core.annotation import Annotation

ANCHOR = ("quote", "prefix", "suffix")


def report(annotations: Iterable[Annotation], moves: Iterable[Move]) -> tuple[str, ...]:
    """How many annotations are exact, moved, changed and lost, and one line for each that is not exact."""
    pairs = tuple(zip(annotations, moves, strict=True))
    lines = (
        str(Fault(ANNOTATIONS, description(move), entry.row or None, entry.id))
        for state in STATES[1:]
        for entry, move in pairs
        if move.state == state
    )
    return counts(move.state for _, move in pairs), *lines


def updated_csv(source: str, moves: Iterable[Move]) -> str:
    """`source`, a CSV text, with new quotes, prefixes and suffixes where `moves` changed them.

    Every other cell and row stays letter by letter, also what cannot be read. A column for
    prefixes or suffixes is added beside the quotes when one is needed and not there.
    """
    changes = {tuple(move.quote): move.anchored for move in moves if move.quote != move.anchored}
    table = CsvText(source, COLUMNS)
    if not changes or "quote" not in table.header:
        return source
    anchors = [tuple(table.cell(row, name) for name in ANCHOR) for row in range(len(table))]
    beside = "quote"
    for at, name in enumerate(ANCHOR):
        if name not in table.header and any(new[at] for new in changes.values()):
            table.add_column(name, after=beside)
            beside = name
    for row, anchor in enumerate(anchors):
        if row and anchor in changes:
            for name, value in zip(ANCHOR, changes[anchor], strict=True):
                if name in table.header:
                    table.put(row, name, value)
    return str(table)
