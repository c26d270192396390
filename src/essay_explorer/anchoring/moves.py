"""What became of a quote whose text has changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

from essay_explorer.anchoring.words import folded_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from essay_explorer.anchoring.quotes import Quote

State = Literal["exact", "moved", "changed", "lost"]
STATES: tuple[State, ...] = ("exact", "moved", "changed", "lost")
TOKEN = re.compile(r"\w+|\s+|.")
LONG = 2000  # tokens; the time to compare them grows with their square


@dataclass(frozen=True, slots=True)
class Move:
    """A quote as it was, and `anchored` as it belongs to the new text; a lost one stays as it was.

    `state`: "exact" (same words, same place), "moved" (same words, elsewhere), "changed" or "lost".
    `score` of its place and `second`, that of the next best if it comes near, from 0 to 1: half the likeness of the
    words and half that of what stands around them, as far as it is known. `why`: what is against
    the best place of a lost one, which is `nearest`, or how the surroundings of a moved one differ from its own.
    """

    quote: Quote
    anchored: Quote
    state: State
    score: float = 0.0
    second: float = 0.0
    why: str = ""
    nearest: str = ""

    @property
    def certain(self) -> bool:
        """Whether nothing but white space, punctuation and capitals of the quote has changed."""
        return self.state != "lost" and folded_letters(self.quote.exact) == folded_letters(self.anchored.exact)

    @property
    def difference(self) -> str:
        """The new quote with what has changed in brackets: `not [prooved → proved]`; "" when nothing has."""
        return _difference(self.quote.exact, self.anchored.exact) if self.state == "changed" else ""


def _difference(old: str, new: str) -> str:
    one, other = TOKEN.findall(old), TOKEN.findall(new)
    if len(one) > LONG:
        return f"[{old} → {new}]"
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    start = one[:head]
    one, other, end = one[head : len(one) - tail], other[head : len(other) - tail], other[len(other) - tail :]
    if set(one).isdisjoint(other):
        return "".join((*start, f"[{''.join(one)} → {''.join(other)}]", *end))
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        was, now = "".join(one[a:b]), "".join(other[c:d])
        parts.append(now if kind == "equal" else f"[{was} → {now}]")
    return "".join((*start, *parts, *end))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many tokens are the same from the start on."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
