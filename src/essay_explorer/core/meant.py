"""Values of the right kind that cannot be meant: each ends in a sentence, where it was given."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.fault import instead_of, shown
from essay_explorer.core.names import AN_ID, ID

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY = re.compile(r"\d{4}-\d\d-\d\d.*", re.DOTALL)


def check_id(**ids: str) -> None:
    """Raise ValueError for the first of these, by name, that is no id."""
    for name, value in ids.items():
        if not ID.fullmatch(value):
            message = f"{name} {shown(value)}: expected {AN_ID.in_english()}"
            raise ArgumentValueError(message)


def check_one_of(known: Iterable[str], /, **values: str) -> None:
    """Raise ValueError for the first of these, by name, that is none of the known ones."""
    known = tuple(known)
    for name, value in values.items():
        if value not in known:
            message = f"{name} {shown(value)} is not known. {instead_of(value, [one for one in known if one])}"
            raise ArgumentValueError(message)


def check_filled(**lists: Iterable[str]) -> None:
    """Raise ValueError for the first of these lists, by name, that has a blank text in it."""
    for name, texts in lists.items():
        if not all(text.strip() for text in texts):
            message = f"{name}: expected texts, and one of them is blank. Leave it out"
            raise ArgumentValueError(message)


def check_once(what: str, ids: Iterable[str]) -> None:
    """Raise ValueError for the first of these ids that is used twice. `what`: of what they are."""
    seen = set[str]()
    for one in ids:
        if one in seen:
            message = f"id {shown(one)} is used for two {what}. Give one of them another"
            raise ArgumentValueError(message)
        seen.add(one)


def check_moment(**texts: str) -> None:
    """Raise ValueError for the first of these, by name, that is neither a day nor a moment; "" is none given."""
    for name, text in texts.items():
        if text and not is_moment(text):
            example = '"2026-11-26" or "2026-11-26T08:30:00Z"'
            message = f"{name} {shown(text)}: expected a day or a moment, such as {example}"
            raise ArgumentValueError(message)


def is_moment(text: str) -> bool:
    """Whether a text is a day or a moment in ISO 8601's form."""
    try:
        return bool(DAY.match(text.strip()) and datetime.fromisoformat(text.strip()))
    except ValueError:
        return False
