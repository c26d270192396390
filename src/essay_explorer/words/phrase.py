"""A text that is said later than where it stands, in the language that is spoken then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.words.catalogue import Catalogue
from essay_explorer.words.saying import language, say, say_n

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

    def forms(self) -> Mapping[str, str]:
        """By form the texts in the reader's language, for a script that knows the number."""
        catalogue = Catalogue.of(language())
        return catalogue.forms(self.one, self.other) if self.other else {"other": catalogue.text(self.one)}
