"""What `update` says and writes once it is known where each annotation belongs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from essay_explorer.anchoring.moves import STATES
from essay_explorer.core.annotation import ANNOTATIONS
from essay_explorer.core.fault import Fault, counted, shown
from essay_explorer.core.names import COLUMNS
from essay_explorer.files.csv_text import CsvText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.anchoring.moves import Move
    from essay_explorer.core.annotation import Annotation

ANCHOR = ("quote", "prefix", "suffix")
LETTERS_SHOWN = 300  # of a quote


def report(annotations: Iterable[Annotation], moves: Iterable[Move]) -> tuple[str, ...]:
    """How many annotations are exact, moved, changed and lost, and one line for each that is not exact."""
    moves = tuple(moves)
    pairs = tuple(zip(annotations, moves, strict=True))
    count = Counter(move.state for move in moves)
    first = f"{counted(len(moves), 'annotation')}: {', '.join(f'{count[state]} {state}' for state in STATES)}"
    return first, *(_line(entry, move) for state in STATES[1:] for entry, move in pairs if move.state == state)


def _line(entry: Annotation, move: Move) -> str:
    quote = shown(entry.quote, LETTERS_SHOWN)
    if move.state == "moved":
        message = f"moved: {quote}"
    elif move.certain:
        message = f"changed, but not in its words: {move.difference}"
    elif move.state == "changed":
        message = f"changed, {move.score:.0%} alike: {move.difference}"
    else:
        near = f". Nearest: {shown(move.nearest, LETTERS_SHOWN)}" if move.nearest else ""
        message = f"lost, and kept as it was: {quote}: {move.why}{near}. Copy the passage again"
    return str(Fault(ANNOTATIONS, " ".join(message.split()), entry.row or None, entry.id))


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
