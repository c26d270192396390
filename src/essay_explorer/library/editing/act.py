"""An act of editing: a frozen value that says what is to change, comes as JSON, and is applied to a reading."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, Self

from essay_explorer.core.fault import ReadingError, instead_of, short, shown
from essay_explorer.core.table import UNSTORABLE
from essay_explorer.words import Phrase, Sentence, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from essay_explorer.core.reading import Reading

Texts = tuple[str, ...]
Changes = tuple[tuple[str, str | Texts], ...]  # new values by their names
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
OF_THE_ESSAY = frozenset({"quote", "prefix", "suffix"})
LONGEST = 100_000  # letters of one text of an act
MOST = 10_000  # texts in a list


@dataclass(frozen=True, slots=True)
class Act:
    """What is to change in a reading. Each kind says how it is applied, and what it does in words."""

    NAMES: ClassVar[Mapping[str, Phrase]] = {}  # what `set` and `was` may name, and how it is called in a sentence

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The act of this kind with these values. Raises ReadingError for what no such act has."""
        known = {one.name: one for one in fields(cls)}
        if wrong := [str(name) for name in data if name not in known]:
            message = f"{shown(wrong[0])} is no part of this act. {instead_of(wrong[0], known)}"
            raise ReadingError(message)
        missing = [name for name, one in known.items() if name not in data and one.default is MISSING]
        if missing:
            message = f"This act says no {missing[0]}"
            raise ReadingError(message)
        return cls(**{name: cls._value(name, str(known[name].type), value) for name, value in data.items()})

    @classmethod
    def _value(cls, name: str, kind: str, value: object) -> Any:  # noqa: ANN401 - of any field
        match value:
            case str() if kind == "str":
                return clean(value, name)
            case bool() if kind == "bool":
                return value
            case int() if kind == "int" and not isinstance(value, bool):
                return value
            case list() if kind == "Texts":
                return _texts(value, name)
            case dict() if kind == "Changes":
                return tuple((str(one), cls._change(str(one), new)) for one, new in value.items())
        message = f"{name}: expected {EXPECTED[kind]}, found {shown(str(value))}"
        raise ReadingError(message)

    @classmethod
    def _change(cls, name: str, value: object) -> str | Texts:
        if name not in cls.NAMES:
            message = f"{shown(name)} cannot be changed here. {instead_of(name, cls.NAMES)}"
            raise ReadingError(message)
        if isinstance(value, str):
            return clean(value, name)
        if isinstance(value, list):
            return _texts(value, name)
        message = f"{name}: expected a text or a list of texts, found {shown(str(value))}"
        raise ReadingError(message)

    def apply(self, reading: Reading) -> Reading:
        """The reading with what changes. Raises ReadingError or ValueError, in plain words, for what cannot be."""
        raise NotImplementedError

    def said(self, reading: Reading) -> Sentence:
        """What this does to a reading, as a sentence of one who has done it: "Renamed Trust to Faith"."""
        raise NotImplementedError

    def clash(self, reading: Reading) -> str:  # noqa: ARG002 - for some kinds
        """What of it was changed elsewhere since somebody saw it, as a question; "" where nothing was."""
        return ""

    def doubt(self, reading: Reading) -> str:  # noqa: ARG002 - for some kinds
        """What else it would do, as a question to be asked first; "" where there is nothing to ask."""
        return ""

    def renamed(self, reading: Reading) -> dict[str, str]:  # noqa: ARG002 - for some kinds
        """The new ids of tags that have others afterwards, by the old ones."""
        return {}


@dataclass(frozen=True, slots=True)
class ChangingAct(Act):
    """Other values of something that is there; `was`: those that somebody saw."""

    set: Changes = field(kw_only=True)
    was: Changes = field(default=(), kw_only=True)

    def seen(self, reading: Reading) -> tuple[Sentence, Mapping[str, str | Texts]]:
        """What is changed, as a sentence names it, and what it has now by the names of NAMES."""
        raise NotImplementedError

    def clash(self, reading: Reading) -> str:
        """Whether somebody else changed the same."""
        subject, now = self.seen(reading)
        return clash_of(self.was, now, self.NAMES, subject)

    def said(self, reading: Reading) -> Sentence:
        """What changed."""
        changed = dict.fromkeys(self.NAMES[name] for name, _ in self.set)
        what = listed([one.filled() for one in changed])
        return Phrase("Changed {what} of {subject}").filled(what=what, subject=self.seen(reading)[0])


EXPECTED = {
    "str": "a text",
    "bool": "true or false",
    "int": "a number",
    "Texts": "a list of texts",
    "Changes": "values by their names",
}


def line(text: str) -> str:
    """A text on one line: what a label, a heading or a definition is."""
    return " ".join(text.split())


def in_quotes(text: str, most: int = 80) -> Sentence:
    """`short` between the quotation marks of the language."""
    return Phrase('"{quote}"').filled(quote=short(text, most))


def listed(parts: Sequence[str | Sentence]) -> str | Sentence:
    """Parts of a sentence one after the other: "a and b"; "" where there are none."""
    made, *rest = parts or [""]
    for part in rest:
        made = Phrase("{first} and {last}").filled(first=made, last=part)
    return made


def clash_of(was: Changes, now: Mapping[str, str | Texts], names: Mapping[str, Phrase], subject: Sentence) -> str:
    """A question where what somebody saw, `was`, is not how it is now; "" where it is."""
    for name, value in was:
        if value != now[name]:
            here = now[name]
            here = here if isinstance(here, str) else ", ".join(here)
            asked = say(
                '{what} of {subject} was changed elsewhere meanwhile, to "{now}". Write yours over it?',
                what=names[name].said(),
                subject=subject.said(),
                now=short(here),
            )
            return asked[0].upper() + asked[1:]
    return ""


def clean(text: str, name: str = "") -> str:
    """A text as an act takes it: in NFC, without control signs, and without white space at its ends.

    `name`: of what it is. Words of the essay keep the signs that the essay has.
    """
    if len(text) > LONGEST:
        message = say(
            "A text of {letters} letters is too long here; at most {most}",
            letters=f"{len(text):,}",
            most=f"{LONGEST:,}",
        )
        raise ReadingError(message)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return (UNSTORABLE if name in OF_THE_ESSAY else CONTROLS).sub(" ", text).strip()


def _texts(values: Iterable[object], name: str) -> Texts:
    values = list(values)
    if len(values) > MOST or not all(isinstance(one, str) for one in values):
        message = f"{name}: expected a list of at most {MOST:,} texts"
        raise ReadingError(message)
    return tuple(filter(None, (clean(str(one)) for one in values)))
