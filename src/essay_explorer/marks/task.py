"""A task for readers: how many marks with how many reasons, about what, until when."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.fault import shown
from essay_explorer.marks.mark import LONGEST_NAME, line, moment
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import tzinfo

    from essay_explorer.marks.mark import Mark

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOST = 1000  # of whatever a task counts
MARKS, MARKS_OF = (
    Phrase("{count} mark", "{count} marks"),
    Phrase("{number} of {count} mark", "{number} of {count} marks"),
)
REASONS = Phrase("{count} reason", "{count} reasons")
REASONS_OF = Phrase("{number} of {count} reason", "{number} of {count} reasons")


@dataclass(frozen=True, slots=True)
class Task:
    """What readers are asked for; 0, nothing or "" where it is left to them.

    `tags`: ids; without any, all themes. `due`: a day, or a moment in UTC. `title`: that of the essay. `blind`: whether
    nothing of the reading's own annotations is to be seen. `round`: which pass of the class it is, from 1.
    """

    marks: int = 0
    reasons: int = 0
    tags: tuple[str, ...] = ()
    due: str = ""
    title: str = ""
    blind: bool = False
    round: int = 1

    @classmethod
    def from_json(cls, value: object) -> Task:
        """The task that a file tells; what is none is left out."""
        facts = value if isinstance(value, dict) else {}
        tags = facts.get("tags")
        known = [tag for tag in tags if isinstance(tag, str)][:MOST] if isinstance(tags, list) else []
        due = line(facts.get("due"), LONGEST_NAME)
        return cls(
            number_in(facts, "marks"),
            number_in(facts, "reasons"),
            tuple(line(tag, LONGEST_NAME) for tag in known),
            due if DAY.fullmatch(due) and _is_day(due) else moment(due),
            line(facts.get("title"), LONGEST_NAME),
            facts.get("blind") is True,
            number_in(facts, "pass", least=1),
        )

    def to_json(self) -> dict[str, Any]:
        """The task as the page has it."""
        facts = asdict(self)
        facts["pass"] = facts.pop("round")
        return facts | {"tags": list(self.tags)}

    def done(self, marks: Iterable[Mark]) -> str:
        """How far somebody has come: "5 of 6 marks, 2 of 3 reasons"; with more, or without a number, what there is.

        Where the task names tags, only marks with one of them count.
        """
        counting = [mark for mark in marks if not self.tags or not set(self.tags).isdisjoint(mark.tags)]
        reasons = sum(bool(mark.reason) for mark in counting)
        asked = (len(counting), self.marks, MARKS, MARKS_OF), (reasons, self.reasons, REASONS, REASONS_OF)
        return ", ".join(
            of.said(wanted, number=number) if 0 < wanted >= number else all_.said(number)
            for number, wanted, all_, of in asked
        )


def due_from(text: str, zone: tzinfo | None) -> str:
    """The day or the moment that somebody in a time zone means; None is the machine's own zone.

    Raises ValueError for what is neither.
    """
    text = text.strip()
    if DAY.fullmatch(text) and _is_day(text):
        return text
    try:
        when = datetime.fromisoformat(text)
        when = when if when.tzinfo else when.replace(tzinfo=zone) if zone else when.astimezone()
    except (ValueError, OverflowError):
        when = None
    if not when or not (made := moment(when.isoformat())):
        message = f"{shown(text)} is no day; expected one such as 2026-12-09, or with a time, 2026-12-09 18:00"
        raise ArgumentValueError(message)
    return made


def number_in(facts: Mapping[str, Any], name: str, *, least: int = 0) -> int:
    """A number of a file from elsewhere; the least where it is none, or none that anybody would ask for."""
    value = facts.get(name)
    return value if type(value) is int and least <= value <= MOST else least


def end_of(due: str, zone: tzinfo | None) -> str:
    """The first moment that is late, in UTC; "" where nothing is due. A day ends in the given time zone."""
    if not DAY.fullmatch(due):
        return moment(due)
    next_day = datetime.combine(date.fromisoformat(due) + timedelta(days=1), time(), zone)
    return moment(next_day.astimezone(UTC).isoformat())


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
