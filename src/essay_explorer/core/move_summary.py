"""What became of quotes whose text is another than they were made for, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from essay_explorer.anchoring.moves import STATES
from essay_explorer.core.fault import counted, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.anchoring.moves import Move, State

LETTERS_SHOWN = 300  # of a quote


def counts(states: Iterable[State]) -> str:
    """How many there are of each: "3 annotations: 2 exact, 0 moved, 1 changed, 0 lost"."""
    count = Counter(states)
    return f"{counted(count.total(), 'annotation')}: {', '.join(f'{count[state]} {state}' for state in STATES)}"


def description(move: Move) -> str:
    """What became of one, on one line, and what to do where it is lost."""
    quote = shown(move.quote.exact, LETTERS_SHOWN)
    if move.state == "moved":
        said = f"moved: {quote}{f': {move.why}' if move.why else ''}"
    elif move.certain:
        said = f"changed, but not in its words: {move.difference}"
    elif move.state == "changed":
        said = f"changed, {move.score:.0%} alike: {move.difference}"
    else:
        near = f". Nearest: {shown(move.nearest, LETTERS_SHOWN)}" if move.nearest else ""
        what = f"{quote}: " if move.quote.exact else ""
        said = f"lost, and kept as it was: {what}{move.why}{near}. Copy the passage again"
    return " ".join(said.split())
