"""A place where a quote may belong now, and what speaks against taking it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from essay_explorer.anchoring.segments import Span
    from essay_explorer.anchoring.sought import Sought

LIKE_ENOUGH = 0.6  # a quote below this likeness is lost
LIKE_ENOUGH_ALONE = 0.7  # the same where nothing is known of what stood around it
SAFE_ELSEWHERE = 0.8  # likeness that needs nothing familiar around it, when the old text vouches for the place
FAMILIAR = 0.5  # likeness of what stands around a place to what stood around the quote
INTACT = 0.8  # the same, for a quote that did not move
MARGIN, MARGIN_OF_SHORT = 0.08, 0.16  # to the second best; the latter for a short quote that is all there is


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote may belong now; `context` is None when nothing is known of what stood around it."""

    span: Span
    likeness: float
    context: float | None
    own: bool = False  # whether these words stood in the old place

    @property
    def score(self) -> float:
        """How much speaks for it, from 0 to 1."""
        return self.likeness if self.context is None else (self.likeness + self.context) / 2


def are_apart(one: Span, other: Span, exact: list[Span]) -> bool:
    """Whether two places are not the same with other edges; those where a quote stands as it is may overlap."""
    return one.end <= other.start or other.end <= one.start or (one != other and one in exact and other in exact)


def too_unlike(alike: float) -> str:
    """Why words that are only so much alike are not taken."""
    return f"the nearest words are only {alike:.0%} alike"


def against(sought: Sought, best: Place, rival: Place) -> str:
    """Why the best place is not taken; "" when it is."""
    if best.likeness < (LIKE_ENOUGH_ALONE if best.context is None else LIKE_ENOUGH):
        return too_unlike(best.likeness)
    vouched = sought.old and sought.alone and not sought.short and best.likeness >= SAFE_ELSEWHERE
    if best.context is not None and best.context < FAMILIAR and not vouched:
        return "the words around the nearest ones are not those that were around it"
    same = best.likeness == 1 > rival.likeness and (best.context is None or best.context >= INTACT)
    if not same and best.score - rival.score < (MARGIN_OF_SHORT if sought.short and best.context is None else MARGIN):
        return "another place is as good"
    return ""
