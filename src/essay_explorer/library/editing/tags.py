"""Acts on the codebook: tags added, changed, merged, split, moved and removed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from essay_explorer.core.codebook import Codebook, check_aliases
from essay_explorer.core.colours import legible
from essay_explorer.core.fault import ReadingError, refuse, short, shown
from essay_explorer.core.revision import with_tag
from essay_explorer.core.tag import COLOUR, LINES
from essay_explorer.library.editing.act import Act, ChangingAct, Texts, in_quotes, line
from essay_explorer.library.editing.entries import moved, without
from essay_explorer.words import Phrase, say, say_n

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from essay_explorer.core.annotation import Annotation
    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Facet, Tag
    from essay_explorer.words import Sentence

LONGEST_LABEL = 80  # letters: it stands on a chip
LONGEST_CODE = 2
PLACEHOLDER = re.compile(r"[a-z]+-[0-9]+")  # "theme-1": the id of a new reading's first themes, until they have names
CHANGEABLE = {
    "label": Phrase("the name"),
    "definition": Phrase("the definition"),
    "questions": Phrase("the questions"),
    "colour": Phrase("the colour"),
    "code": Phrase("the letter"),
    "line": Phrase("the line"),
    "aliases": Phrase("the names in the text"),
}


@dataclass(frozen=True, slots=True)
class AddTag(Act):
    """A tag more, the last of its facet. Its id is made from its label."""

    label: str
    facet: str = "theme"
    definition: str = ""
    questions: Texts = ()

    def apply(self, reading: Reading) -> Reading:
        """The reading with the tag."""
        book = reading.codebook
        label = _label(self.label, book, self.facet)
        facet = book.facets[0].id if self.facet == "theme" and book.facets and "theme" not in _ids(book) else self.facet
        tag = {"id": id_for(label, book.tags), "label": label, "definition": line(self.definition)}
        return replace(
            reading, codebook=with_tag(book, facet, {**tag, "questions": [line(one) for one in self.questions]})
        )

    def said(self, reading: Reading) -> Sentence:  # noqa: ARG002 - others look at it
        """Its name."""
        return Phrase('Added "{tag}"').filled(tag=short(line(self.label)))


@dataclass(frozen=True, slots=True)
class ChangeTag(ChangingAct):
    """Other values of a tag; `was`: those that somebody saw."""

    NAMES: ClassVar[Mapping[str, Phrase]] = CHANGEABLE
    tag: str

    def apply(self, reading: Reading) -> Reading:
        """The reading with the changed tag, in its codebook and on its passages."""
        book, tag = reading.codebook, tag_of(reading, self.tag)
        changed = replace(tag, **_checked(dict(self.set), tag, book))
        new = self.renamed(reading).get(tag.id, tag.id)
        if "label" in dict(self.set) and "code" not in dict(self.set) and tag.code in _letters(tag.label):
            changed = replace(changed, code="")  # its letter is that of its name
        book = _with_tags(book, book.facet_of[tag.id].id, lambda one: replace(changed, id=new) if one == tag else one)
        check_aliases(book, refuse)
        return _carried(replace(reading, codebook=book), {tag.id: new})

    def renamed(self, reading: Reading) -> dict[str, str]:
        """A placeholder's id goes with it; any other stays, since addresses and other files name it."""
        label = line(str(dict(self.set).get("label", "")))
        if not label or not PLACEHOLDER.fullmatch(self.tag):
            return {}
        new = id_for(label, [tag for tag in reading.codebook.tags if tag != self.tag])
        return {} if new == self.tag else {self.tag: new}

    def seen(self, reading: Reading) -> tuple[Sentence, Mapping[str, str | Texts]]:
        """The tag by its name."""
        tag = tag_of(reading, self.tag)
        return in_quotes(tag.label), {name: getattr(tag, name) for name in CHANGEABLE} | {
            "colour": (tag.colour or ("",))[0]
        }

    def said(self, reading: Reading) -> Sentence:
        """What changed."""
        new = dict(self.set)
        if "label" in new:
            old = short(tag_of(reading, self.tag).label)
            return Phrase('Renamed "{old}" to "{new}"').filled(old=old, new=short(line(str(new["label"]))))
        return ChangingAct.said(self, reading)


@dataclass(frozen=True, slots=True)
class MergeTags(Act):
    """A tag becomes part of another of its facet, which its passages carry from then on."""

    tag: str
    into: str

    def apply(self, reading: Reading) -> Reading:
        """The reading without the tag. What it asks and its aliases go to the other one."""
        book, tag, into = reading.codebook, tag_of(reading, self.tag), tag_of(reading, self.into)
        facet = book.facet_of[tag.id]
        if tag == into or facet != book.facet_of[into.id]:
            message = say(
                '"{tag}" can be merged into another tag of "{facet}" only',
                tag=short(tag.label),
                facet=short(facet.label),
            )
            raise ReadingError(message)
        questions = tuple(dict.fromkeys([*into.questions, *tag.questions]))
        aliases = tuple(dict.fromkeys([*into.aliases, *tag.aliases]))
        both = replace(into, questions=questions, aliases=aliases, definition=into.definition or tag.definition)
        tags = [both if one == into else one for one in facet.tags if one != tag]
        return _carried(replace(reading, codebook=_with(book, facet, tags)), {tag.id: into.id})

    def said(self, reading: Reading) -> Sentence:
        """Which into which."""
        tag, into = (short(tag_of(reading, one).label) for one in (self.tag, self.into))
        return Phrase('Merged "{tag}" into "{into}"').filled(tag=tag, into=into)


@dataclass(frozen=True, slots=True)
class SplitTag(Act):
    """Some of a tag's passages carry a new one in its place, which stands behind it."""

    tag: str
    label: str
    passages: Texts
    definition: str = ""

    def apply(self, reading: Reading) -> Reading:
        """The reading with both."""
        book, tag = reading.codebook, tag_of(reading, self.tag)
        facet = book.facet_of[tag.id]
        label = _label(self.label, book, facet.id)
        carrying = {entry.id for entry in reading.annotations if tag.id in entry.tags}
        if not self.passages:
            raise ReadingError(say("Choose the passages that move"))
        if other := next((one for one in self.passages if one not in carrying), ""):
            message = say('{passage} does not carry "{tag}"', passage=short(other), tag=short(tag.label))
            raise ReadingError(message)
        new = id_for(label, book.tags)
        made = with_tag(book, facet.id, {"id": new, "label": label, "definition": line(self.definition)})
        at = [one.id for one in facet.tags].index(tag.id) + 1
        tags = [*facet.tags[:at], made.tags[new], *facet.tags[at:]]
        return _carried(replace(reading, codebook=_with(book, facet, tags)), {tag.id: new}, only=self.passages)

    def said(self, reading: Reading) -> Sentence:
        """What came of it."""
        split = Phrase(
            'Split "{new}" off "{tag}", with {count} passage', 'Split "{new}" off "{tag}", with {count} passages'
        )
        tag = short(tag_of(reading, self.tag).label)
        return split.filled(len(self.passages), new=short(line(self.label)), tag=tag)


@dataclass(frozen=True, slots=True)
class MoveTag(Act):
    """A tag stands before another of its facet, or last where `before` is ""."""

    tag: str
    before: str = ""

    def apply(self, reading: Reading) -> Reading:
        """The reading with its tags in the new order; each keeps its colour, letter and line."""
        tag = tag_of(reading, self.tag)
        facet = reading.codebook.facet_of[tag.id]
        book = _with(reading.codebook, facet, moved(facet.tags, tag, lambda one: one.id == self.before))
        return _carried(replace(reading, codebook=book), {})

    def said(self, reading: Reading) -> Sentence:
        """Which."""
        return Phrase('Moved "{tag}"').filled(tag=short(tag_of(reading, self.tag).label))


@dataclass(frozen=True, slots=True)
class RemoveTag(Act):
    """A tag goes, and its passages carry it no longer."""

    tag: str

    def apply(self, reading: Reading) -> Reading:
        """The reading without the tag; all its passages stay."""
        tag = tag_of(reading, self.tag)
        facet = reading.codebook.facet_of[tag.id]
        book = _with(reading.codebook, facet, without(facet.tags, tag))
        return _carried(replace(reading, codebook=book), {tag.id: ""})

    def doubt(self, reading: Reading) -> str:
        """How many passages it stands on."""
        tag = tag_of(reading, self.tag)
        carrying = [entry for entry in reading.annotations if tag.id in entry.tags]
        alone = sum(len(entry.tags) == 1 for entry in carrying)
        if not carrying:
            return ""
        named, count = short(tag.label), len(carrying)
        if not alone:
            return say_n(
                '"{tag}" stands on {count} passage. Remove it?',
                '"{tag}" stands on {count} passages. Remove it?',
                count,
                tag=named,
            )
        return say_n(
            '"{tag}" stands on {count} passage; {alone} of them would carry nothing then, and stay. Remove it?',
            '"{tag}" stands on {count} passages; {alone} of them would carry nothing then, and stay. Remove it?',
            count,
            tag=named,
            alone=alone,
        )

    def said(self, reading: Reading) -> Sentence:
        """Which."""
        return Phrase('Removed "{name}"').filled(name=short(tag_of(reading, self.tag).label))


def tag_of(reading: Reading, tag: str) -> Tag:
    """The tag of that id. Raises ReadingError where there is none any more."""
    found = reading.codebook.tags.get(tag)
    if found is None:
        message = say('The tag "{tag}" is not there any more. Somebody has renamed or removed it', tag=short(tag))
        raise ReadingError(message)
    return found


def id_for(label: str, taken: Collection[str]) -> str:
    """An id made of a label: its words in small letters, with a number where another tag has that."""
    letters = "".join(one if one.isalnum() else " " for one in unicodedata.normalize("NFC", label).lower())
    stem = "-".join(letters.split())[:40].strip("-") or "tag"
    return next(
        name for name in (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))) if name not in taken
    )


def _ids(book: Codebook) -> list[str]:
    return [facet.id for facet in book.facets]


def _letters(label: str) -> list[str]:
    return [letter for letter in label.upper() if letter.isalnum()]


def _label(text: str, book: Codebook, facet: str, *, own: str = "") -> str:
    """A label as it may be. Raises ReadingError for none, a long one, and that of another tag of the facet."""
    label = line(text)
    if not label:
        message = say("Give it a name first")
        raise ReadingError(message)
    if len(label) > LONGEST_LABEL:
        message = say(
            "A name has at most {most} letters; this one has {letters}", most=LONGEST_LABEL, letters=len(label)
        )
        raise ReadingError(message)
    others = (tag for one in book.facets if one.id == facet for tag in one.tags if tag.id != own)
    if label.casefold() in {tag.label.casefold() for tag in others}:
        message = say('There is a "{name}" already. Take another name, or change that one', name=short(label))
        raise ReadingError(message)
    return label


def _checked(new: dict[str, str | Texts], tag: Tag, book: Codebook) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in new.items():
        if name in {"questions", "aliases"}:
            made[name] = tuple(line(one) for one in ([value] if isinstance(value, str) else value))
        elif not isinstance(value, str):
            message = f"{name}: expected one text"
            raise ReadingError(message)
        else:
            made[name] = _CHECKS[name](value, tag, book)
    return made


def _code(value: str, tag: Tag, book: Codebook) -> str:
    code = line(value)
    if len(code) > LONGEST_CODE:
        message = say('The letter "{letter}" is too long: a letter or two stand in the margin', letter=short(code))
        raise ReadingError(message)
    other = next((one for one in book.facet_of[tag.id].tags if one != tag and code and one.code == code), None)
    if other:
        message = say('"{tag}" has the letter "{letter}". Take another', tag=short(other.label), letter=short(code))
        raise ReadingError(message)
    return code


def _colour(value: str, *_: object) -> tuple[str, str] | None:
    pair = value.split()
    if not pair:
        return None
    if len(pair) > 2 or not all(COLOUR.fullmatch(one) for one in pair):  # noqa: PLR2004 - light and dark
        message = f"The colour {shown(value)}: expected one such as #0067B1, or one for light and one for dark pages"
        raise ReadingError(message)
    return legible(pair[0]) if len(pair) == 1 else (pair[0], pair[1])


def _line(value: str, *_: object) -> str:
    if value and value not in LINES:
        message = f"The line {shown(value)} is not known. Known: {', '.join(LINES)}"
        raise ReadingError(message)
    return value


_CHECKS: dict[str, Callable[[str, Tag, Codebook], object]] = {
    "label": lambda value, tag, book: _label(value, book, book.facet_of[tag.id].id, own=tag.id),
    "definition": lambda value, *_: line(value),
    "code": _code,
    "colour": _colour,
    "line": _line,
}


def _with(book: Codebook, facet: Facet, tags: Sequence[Tag]) -> Codebook:
    return replace(
        book, facets=tuple(replace(one, tags=tuple(tags)) if one.id == facet.id else one for one in book.facets)
    )


def _with_tags(book: Codebook, facet: str, change: Callable[[Tag], Tag]) -> Codebook:
    made = next(one for one in book.facets if one.id == facet)
    return _with(book, made, [change(tag) for tag in made.tags])


def _carried(reading: Reading, new: Mapping[str, str], *, only: Collection[str] | None = None) -> Reading:
    """The reading, its annotations carrying other tags: the new ones by the old, "" for none."""
    order = {tag: at for at, tag in enumerate(reading.codebook.tags)}

    def changed(entry: Annotation) -> Annotation:
        if only is not None and entry.id not in only:
            return entry
        tags = dict.fromkeys(new.get(tag, tag) for tag in entry.tags)
        return replace(entry, tags=tuple(tag for tag in tags if tag in order))

    return replace(reading, annotations=tuple(map(changed, reading.annotations)))
