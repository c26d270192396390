"""A reply: what somebody says of the sentence that is on the wall, seen by others once the teacher shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from essay_explorer.rooms import fields
from essay_explorer.rooms.refusal import bad
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.rooms.kept_mark import Seen

LONGEST = 280  # letters
VIEWS = ("", "yes", "no")


@dataclass(frozen=True, slots=True)
class Reply:
    """A view on whether a sentence carries a tag, with a because. `id` was made on the phone."""

    id: str
    sentence: int
    tag: str
    view: str
    text: str
    participant: int = 0
    ref: str = ""
    seen: Seen = "unseen"
    reports: int = 0

    @classmethod
    def from_json(cls, given: Mapping[str, Any], *, tags: tuple[str, ...], sentences: range) -> Reply:
        """The reply in an object of JSON. Raises RefusalError."""
        made = cls(
            fields.an_id(given),
            fields.number(given, "sentence", least=sentences.start, most=sentences.stop - 1),
            fields.one_of(given, "tag", ("", *tags), ""),
            fields.one_of(given, "view", VIEWS, ""),
            fields.text(given, "text", most=LONGEST),
        )
        if not made.view and not made.text:
            sentence = Phrase("A reply needs a view or some words.")
            raise bad(sentence)
        return made
