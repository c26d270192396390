"""A mark: an annotation that a reader makes on the page, with a reason in place of a note."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.quotes import Quote
from essay_explorer.core.annotation import Annotation
from essay_explorer.core.fault import CONTROLS, short
from essay_explorer.core.names import AN_ID, ID
from essay_explorer.core.table import as_cell
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.words import Sentence

LONGEST_NAME = 200  # letters of an id, a tag, a person
NEVER = "1970-01-01T00:00:00.000Z"  # when that was made of which nobody knows
TEXTS = ("quote", "prefix", "suffix", "reason", "creator")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d.*", re.DOTALL)


class DamagedMarkError(ValueError):
    """What is wrong with a mark; `sentence` says it on a page."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.in_english())
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reader marked, by its exact quote, with tags and a reason.

    `prefix` and `suffix` stand there only where the quote needs them to tell its place. `created` and
    `changed`: moments, in UTC with milliseconds, "2026-11-26T08:30:00.123Z".
    """

    id: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    tags: tuple[str, ...] = ()
    reason: str = ""
    creator: str = ""
    created: str = NEVER
    changed: str = NEVER

    @classmethod
    def from_json(cls, value: object) -> Mark:
        """The mark that an object of JSON tells, as traits and pages hold it.

        Raises ValueError with what is wrong with it: no quote, no id, a tag that none can be.
        """
        if not isinstance(value, dict):
            raise DamagedMarkError(Phrase("expected a mark, an object with an id and a quote").filled())
        texts = {name: as_cell(_text(value, name)) for name in TEXTS}
        if not texts["quote"]:
            raise DamagedMarkError(Phrase("has no quote").filled())
        tags = value.get("tags") or []
        if not isinstance(tags, list):
            told = Phrase('its tags: expected a list of words; found "{found}"')
            raise DamagedMarkError(told.filled(found=short(str(tags))))
        created = moment(_text(value, "created")) or NEVER
        changed = moment(_text(value, "changed")) or created
        return cls(_word(value.get("id"), "id"), **texts, tags=_words(tags), created=created, changed=changed)

    def to_json(self) -> dict[str, Any]:
        """The mark as traits and pages hold it."""
        return {**asdict(self), "tags": list(self.tags)}

    @property
    def anchor(self) -> Quote:
        """Its quote, and what tells the place of that."""
        return Quote(self.quote, self.prefix, self.suffix)

    @property
    def annotation(self) -> Annotation:
        """The same as an annotation, its reason as the note."""
        created = "" if self.created == NEVER else self.created
        return Annotation(self.id, *self.anchor, self.tags, self.reason, self.creator, created)

    def by(self, person: str) -> Mark:
        """The mark as a person's, if it names nobody."""
        return self if self.creator else replace(self, creator=person)


def moment(text: str) -> str:
    """A moment as marks hold it, in UTC with milliseconds; "" where the text is none.

    A time without a zone is taken as one in UTC.
    """
    try:
        found = datetime.fromisoformat(text.strip()) if MOMENT.match(text.strip()) else None
        if found is None:
            return ""
        found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return ""
    return found.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def line(value: object, most: int) -> str:
    """A text of a file from elsewhere on one line, cut where it is longer than any should be; "" for what is none."""
    return " ".join(CONTROLS.sub(" ", as_cell(value[: 10 * most])).split())[:most] if isinstance(value, str) else ""


def _text(value: Mapping[str, Any], name: str) -> str:
    found = value.get(name, "")
    if not isinstance(found, str):
        told = Phrase('its {name}: expected a text; found "{found}"')
        raise DamagedMarkError(told.filled(name=name, found=short(str(found))))
    return found


def _words(values: list[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_word(value, "tag") for value in values))


def _word(value: object, name: str) -> str:
    """An id of a mark or of a tag."""
    if not isinstance(value, str) or not ID.fullmatch(value) or len(value) > LONGEST_NAME:
        told = Phrase('its {name} "{found}": expected {expected}')
        raise DamagedMarkError(told.filled(name=name, found=short(str(value)), expected=AN_ID))
    return value
