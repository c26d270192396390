"""The words of one language, by the English that stands in the source."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from essay_explorer.words.plurals import form
from essay_explorer.words.pseudo import pseudo

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
ENGLISH = "en"
PSEUDO = ("en-XA", "ar-XB")  # no languages: they show what stands in no catalogue, and what breaks from right to left


@cache
def known() -> tuple[str, ...]:
    """The languages that there are catalogues of, English first."""
    return (ENGLISH, *sorted(path.stem for path in HERE.glob("*.json")))


def as_bytes(language: str) -> bytes:
    """What changes when the words of a language do."""
    path = HERE / f"{language}.json"
    return language.encode() + (path.read_bytes() if path.exists() else b"")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of a language.

    `entries`: by the English text its translation, or by the English of many the forms that go with numbers.
    """

    language: str
    entries: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    @cache
    def of(cls, language: str) -> Catalogue:
        """The catalogue of one of the `known` languages, or of PSEUDO; English needs none."""
        path = HERE / f"{language}.json"
        known_here = language in known() and language != ENGLISH
        return cls(language, json.loads(path.read_text(encoding="utf-8")) if known_here else {})

    def text(self, english: str) -> str:
        """What says the same; English where it is missing."""
        if self.language in PSEUDO:
            return pseudo(english)
        found = self.entries.get(english, english)
        return found if isinstance(found, str) else english

    def forms(self, one: str, other: str) -> Mapping[str, str]:
        """By form what says the same of a number of things; English where it is missing."""
        if self.language in PSEUDO:
            return {"one": pseudo(one), "other": pseudo(other)}
        found = self.entries.get(other)
        return {"one": one, "other": other} if found is None or isinstance(found, str) else found

    def counted(self, one: str, other: str, number: int) -> str:
        """The one of `forms` that goes with a number."""
        forms = self.forms(one, other)
        return forms.get(form(self.language, number)) or forms["other"]
