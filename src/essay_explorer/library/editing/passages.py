"""Acts on the annotations: passages marked, changed and taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from essay_explorer.core.annotation import Annotation
from essay_explorer.core.fault import ReadingError, short
from essay_explorer.core.revision import next_id, with_annotation
from essay_explorer.library.editing.act import Act, ChangingAct, Texts, in_quotes, line, listed
from essay_explorer.library.editing.entries import exchanged, found
from essay_explorer.library.editing.tags import tag_of
from essay_explorer.words import Phrase, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from essay_explorer.core.reading import Reading
    from essay_explorer.words import Sentence

SHORT = 50  # letters of a passage that is only named
CHANGEABLE = {
    "tags": Phrase("the tags"),
    "note": Phrase("the note"),
    "creator": Phrase("the author"),
    **dict.fromkeys(("quote", "prefix", "suffix"), Phrase("the words")),
}
ANCHOR = ("quote", "prefix", "suffix")


@dataclass(frozen=True, slots=True)
class AddPassage(Act):
    """A passage more. `prefix` and `suffix` may be longer than is needed to tell its place."""

    quote: str
    tags: Texts = ()
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    creator: str = ""
    created: str = ""

    def apply(self, reading: Reading) -> Reading:
        """The reading with the passage; where these very words are marked already, that one carries these tags too."""
        if not self.quote:
            message = say("Choose the words first")
            raise ReadingError(message)
        entry = Annotation(
            next_id(reading.annotations),
            self.quote,
            self.prefix,
            self.suffix,
            _in_order(self.tags, reading),
            self.note,
            self.creator,
            self.created,
        )
        *others, new = _placed(reading.annotations, entry, reading.essay.text)
        same = next((other for other in others if other.anchor == new.anchor), None)
        if same is None:
            return replace(reading, annotations=(*others, new))
        notes = "\n".join(dict.fromkeys(filter(None, (same.note, new.note))))
        both = replace(same, tags=_in_order((*same.tags, *new.tags), reading), note=notes)
        return replace(reading, annotations=exchanged(others, same, both))

    def said(self, reading: Reading) -> Sentence:
        """Its words, and what they carry."""
        quote, tags = short(self.quote, SHORT), listed([tag_of(reading, tag).label for tag in self.tags])
        if not tags:
            return Phrase('Marked "{quote}"').filled(quote=quote)
        return Phrase('Marked "{quote}" as {tags}').filled(quote=quote, tags=tags)


@dataclass(frozen=True, slots=True)
class ChangePassage(ChangingAct):
    """Other tags, words or another note of a passage; `was`: those that somebody saw."""

    NAMES: ClassVar[Mapping[str, Phrase]] = CHANGEABLE
    passage: str

    def apply(self, reading: Reading) -> Reading:
        """The reading with the changed passage."""
        entry = passage_of(reading, self.passage)
        new = dict(self.set)
        if "tags" in new:
            new["tags"] = _in_order(new["tags"], reading)
        changed = replace(entry, **new)  # type: ignore[arg-type] # checked by their names
        if any(name in new for name in ANCHOR):
            sides = {name: str(new.get(name, "")) for name in ANCHOR[1:]}
            changed = _placed((), replace(changed, **sides), reading.essay.text)[0]  # type: ignore[arg-type]
        return replace(reading, annotations=exchanged(reading.annotations, entry, changed))

    def seen(self, reading: Reading) -> tuple[Sentence, Mapping[str, str | Texts]]:
        """The passage by its words; the same ones, broken into other lines, are no others."""
        entry = passage_of(reading, self.passage)
        now = {name: getattr(entry, name) for name in CHANGEABLE}
        was = str(dict(self.was).get("quote", ""))
        return in_quotes(entry.quote, SHORT), {**now, "quote": was if line(was) == line(entry.quote) else entry.quote}


@dataclass(frozen=True, slots=True)
class RemovePassage(Act):
    """A passage goes, with its relations and the tour's stop at it."""

    passage: str

    def apply(self, reading: Reading) -> Reading:
        """The reading without it."""
        passage_of(reading, self.passage)
        return reading.without(self.passage)

    def said(self, reading: Reading) -> Sentence:
        """Which, and what goes with it."""
        relations = sum(self.passage in {one.source, one.target} for one in reading.relations)
        stops = sum(stop.at == self.passage for stop in reading.tour)
        found = {
            Phrase("{count} relation", "{count} relations"): relations,
            Phrase("{count} stop", "{count} stops"): stops,
        }
        also = listed([phrase.filled(count) for phrase, count in found.items() if count])
        quote = short(passage_of(reading, self.passage).quote, SHORT)
        if not also:
            return Phrase('Removed "{name}"').filled(name=quote)
        return Phrase('Removed "{quote}", with {also}').filled(quote=quote, also=also)


def _placed(entries: tuple[Annotation, ...], entry: Annotation, text: str) -> tuple[Annotation, ...]:
    """`with_annotation`, whose refusal an author understands, who chose the words in a text that was another one."""
    try:
        return with_annotation(entries, entry, text)
    except ReadingError as error:
        told = Phrase("These words do not stand in the text like this.").filled()
        raise ReadingError(str(error), error.faults, told=told) from error


def passage_of(reading: Reading, passage: str) -> Annotation:
    """The annotation of that id. Raises ReadingError where there is none any more."""
    gone = say(
        'The passage "{passage}" is not there any more. Somebody has removed it or changed its id',
        passage=short(passage),
    )
    return found(reading.annotations, lambda entry: entry.id == passage, gone)


def _in_order(tags: Iterable[str], reading: Reading) -> Texts:
    """The tags, which must be in the codebook, each once, facet by facet."""
    order = [facet.id for facet in reading.codebook.facets]
    known = dict.fromkeys(tag_of(reading, tag).id for tag in tags)
    return tuple(sorted(known, key=lambda tag: order.index(reading.codebook.facet_of[tag].id)))
