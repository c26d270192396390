"""The class's majority as a reading: to each sentence the tags that enough of those who handed in gave it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from essay_explorer.anchoring.quotes import quote_at
from essay_explorer.core.annotation import Annotation
from essay_explorer.marks.agreement import FEW

if TYPE_CHECKING:
    from essay_explorer.core.reading import Reading
    from essay_explorer.rooms.room_text import RoomText
    from essay_explorer.rooms.tally import Share, Tally

HALF = 0.5


def majority(text: RoomText, tally: Tally, *, threshold: float = HALF, creator: str = "") -> Reading:
    """The whole reading, in which each sentence carries the tags that at least this part of the readers gave it.

    `threshold`: above 0, at most 1. Each annotation's note says how many they were, where they were more than a few.
    """
    if not 0 < threshold <= 1:
        message = f"threshold {threshold}: expected a number above 0, at most 1"
        raise ValueError(message)
    enough: defaultdict[int, list[Share]] = defaultdict(list)
    for share in tally.shares():
        if share.count >= threshold * share.readers:
            enough[share.sentence].append(share)
    made = tuple(_annotation(text, number, shares, creator) for number, shares in sorted(enough.items()))
    return replace(text.whole, annotations=made, relations=(), tour=(), parsing_faults=())


def _annotation(text: RoomText, number: int, shares: list[Share], creator: str) -> Annotation:
    order = {tag: at for at, tag in enumerate(text.tags)}
    shares = sorted(shares, key=lambda share: order[share.tag])
    told = (f"{text.tags[share.tag].label}: {_of(share)}" for share in shares)
    quote = quote_at(text.whole.essay.text, text.place_of(number))
    return Annotation(f"s{number}", *quote, tuple(share.tag for share in shares), "; ".join(told), creator)


def _of(share: Share) -> str:
    return f"few of {share.readers}" if share.count < FEW else f"{share.count} of {share.readers}"
