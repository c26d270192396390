"""The fields of what a phone sends, each taken within its bounds or refused in a sentence."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from essay_explorer.rooms.refusal import bad

if TYPE_CHECKING:
    from collections.abc import Mapping

    Fields = Mapping[str, Any]

AN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
A_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def text(given: Fields, name: str, *, most: int, default: str = "") -> str:
    """A text of at most so many letters, in NFC, without signs that nobody sees."""
    value = given.get(name, default)
    if not isinstance(value, str):
        sentence = f"`{name}`: expected a text."
        raise bad(sentence)
    if len(value) > most:
        sentence = f"`{name}` has {len(value):,} letters; there is room for {most:,}."
        raise bad(sentence)
    return unicodedata.normalize("NFC", UNSEEN.sub("", value)).strip()


def line(given: Fields, name: str, *, most: int) -> str:
    """A text on one line."""
    return " ".join(text(given, name, most=most).split())


def an_id(given: Fields, name: str = "id") -> str:
    """An id that a phone has made: a UUID, say."""
    value = given.get(name)
    if not isinstance(value, str) or not AN_ID.fullmatch(value):
        sentence = f"`{name}`: expected 8 to 64 letters, digits and hyphens."
        raise bad(sentence)
    return value


def a_time(given: Fields, name: str) -> str:
    """A moment by a phone's clock, in UTC: "2026-11-26T08:30:00.123Z". Such texts sort as their moments do."""
    value = given.get(name)
    if not isinstance(value, str) or not A_TIME.fullmatch(value):
        sentence = f'`{name}`: expected a time such as "2026-11-26T08:30:00.123Z".'
        raise bad(sentence)
    return value


def number(given: Fields, name: str, default: int | None = None, *, least: int = 0, most: int = 10_000) -> int:
    """A whole number within bounds."""
    value = given.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        sentence = f"`{name}`: expected a number from {least} to {most}."
        raise bad(sentence)
    return value


def yes_or_no(given: Fields, name: str, *, default: bool | None = None) -> bool:
    """True or false."""
    value = given.get(name, default)
    if not isinstance(value, bool):
        sentence = f"`{name}`: expected true or false."
        raise bad(sentence)
    return value


def words(given: Fields, name: str, known: Mapping[str, object] | frozenset[str] | tuple[str, ...]) -> tuple[str, ...]:
    """A list of known words, each once."""
    value = given.get(name)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        sentence = f"`{name}`: expected a list of words."
        raise bad(sentence)
    strange = next((one for one in value if one not in known), None)
    if strange is not None:
        sentence = f"`{name}`: this room does not know {strange[:40]!r}. It has {', '.join(known) or 'none'}."
        raise bad(sentence)
    return tuple(dict.fromkeys(value))


def one_of(given: Fields, name: str, known: tuple[str, ...], default: str | None = None) -> str:
    """One of some words."""
    value = given.get(name, default)
    if value not in known:
        sentence = f"`{name}`: expected one of {', '.join(known)}."
        raise bad(sentence)
    return str(value)


def items(given: Fields, name: str, *, most: int) -> list[Fields]:
    """A list of objects, at most so many."""
    value = given.get(name)
    if not isinstance(value, list) or len(value) > most or not all(isinstance(one, dict) for one in value):
        sentence = f"`{name}`: expected a list of at most {most}."
        raise bad(sentence)
    return value
