"""A text that is said later than where it stands, in the language that is spoken then."""

from __future__ import annotations

from dataclasses import dataclass, field
from string import Formatter
from typing import TYPE_CHECKING

from essay_explorer.words.catalogue import ENGLISH, Catalogue
from essay_explorer.words.saying import language, say, say_n, speaking

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text in English with {holes}; `other`: the same of any number but one, where it counts."""

    one: str
    other: str = ""

    def said(self, count: int = 1, /, **values: object) -> str:
        """It in the reader's language, in the form that goes with `count`."""
        if self.other:
            return say_n(self.one, self.other, count, **values)
        return say(self.one, count=count, **values)

    def filled(self, count: int = 1, /, **values: str | Sentence) -> Sentence:
        """It with what stands in its holes."""
        return Sentence(self, count, values)

    def forms(self) -> Mapping[str, str]:
        """By form the texts in the reader's language, for a script that knows the number."""
        catalogue = Catalogue.of(language())
        return catalogue.forms(self.one, self.other) if self.other else {"other": catalogue.text(self.one)}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A phrase with what stands in its holes: it can be kept, and said later in whatever language is spoken then.

    `count`: the number with which its form goes.
    """

    phrase: Phrase
    count: int = 1
    values: Mapping[str, str | Sentence] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: object) -> Sentence:
        """What `asdict` made of one, and a file has kept. Raises ValueError for what is none."""
        match data:
            case {
                "phrase": {"one": str() as one, "other": str() as other},
                "count": int() as count,
                "values": dict() as values,
            }:
                made = {
                    str(name): value if isinstance(value, str) else cls.from_json(value)
                    for name, value in values.items()
                }
                _check_holes(f"{one}{other}", {"count", *made})
                return cls(Phrase(one, other), count, made)
        message = f"not a sentence: {data!r:.80}"
        raise ValueError(message)

    def in_english(self) -> str:
        """It as a terminal and Python say it, whatever language is spoken."""
        with speaking(ENGLISH):
            return self.said()

    def said(self) -> str:
        """It in the reader's language."""
        values = {name: value if isinstance(value, str) else value.said() for name, value in self.values.items()}
        return self.phrase.said(self.count, **values)


def _check_holes(text: str, names: set[str]) -> None:
    """Raise ValueError for a hole that nothing is there for, or that asks for more than a value as it is."""
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None and (name not in names or form or conversion):
            message = f"a hole that nothing fits: {name}"
            raise ValueError(message)
