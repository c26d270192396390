"""A mark as a room keeps it: in one of two passes, and at sentences of its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from essay_explorer.rooms.sent_mark import SentMark

Seen = Literal["unseen", "shown", "hidden"]


@dataclass(frozen=True, slots=True)
class KeptMark:
    """A mark of a participant in a pass.

    `sentences`: the first and the last that it marks. `ref` names its reason to others, and tells nothing
    of whose it is. `seen`: whether the teacher has shown the reason; `reports`: how many readers find fault with it.
    """

    participant: int
    pass_number: int
    mark: SentMark
    sentences: tuple[int, int]
    ref: str
    seen: Seen = "unseen"
    reports: int = 0
