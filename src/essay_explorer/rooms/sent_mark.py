"""A mark as a phone sends it, and as a room keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.quotes import Quote
from essay_explorer.rooms import fields
from essay_explorer.rooms.refusal import bad

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_QUOTE = Quote("")
LONGEST_QUOTE = 5_000  # letters
LONGEST_SIDE = 500
LONGEST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class SentMark:
    """A mark, or a tombstone in the place of one that was removed.

    `id` was made on the phone; of two with one id the later `changed` counts, and a tombstone where both are of
    one moment. Both times are the phone's.
    """

    id: str
    changed: str
    removed: bool = False
    quote: Quote = NO_QUOTE
    tags: tuple[str, ...] = ()
    reason: str = ""
    created: str = ""

    @classmethod
    def from_json(cls, given: Mapping[str, Any], tags: tuple[str, ...]) -> SentMark:
        """The mark in an object of JSON, with none but these tags. Raises RefusalError."""
        mark, changed = fields.an_id(given), fields.a_time(given, "changed")
        if fields.yes_or_no(given, "removed", default=False):
            return cls(mark, changed, removed=True)
        exact = given.get("quote")
        if not isinstance(exact, str) or not exact.strip() or len(exact) > LONGEST_QUOTE:
            sentence = f"`quote`: expected words of the text, at most {LONGEST_QUOTE:,} letters."
            raise bad(sentence)
        sides = (fields.text(given, name, most=LONGEST_SIDE) for name in ("prefix", "suffix"))
        chosen = fields.words(given, "tags", tags)
        if not chosen:
            sentence = "`tags`: expected one at least."
            raise bad(sentence)
        reason = fields.text(given, "reason", most=LONGEST_REASON)
        return cls(
            mark,
            changed,
            quote=Quote(exact, *sides),
            tags=chosen,
            reason=reason,
            created=fields.a_time(given, "created"),
        )

    def replaces(self, changed: str, *, removed: bool) -> bool:
        """Whether this one counts, and not the one with its id that was changed then."""
        return (self.changed, self.removed) > (changed, removed)

    def to_json(self) -> dict[str, Any]:
        """The mark as it travels."""
        if self.removed:
            return {"id": self.id, "removed": True, "changed": self.changed}
        exact, prefix, suffix = self.quote
        quote = {"quote": exact, "prefix": prefix, "suffix": suffix}
        times = {"created": self.created, "changed": self.changed}
        return {"id": self.id, **quote, "tags": list(self.tags), "reason": self.reason, "creator": "", **times}
