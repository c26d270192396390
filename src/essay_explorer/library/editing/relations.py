"""Acts on the relations between passages: drawn, changed and taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from essay_explorer.core.annotation import KINDS, Relation
from essay_explorer.core.fault import ReadingError, instead_of, short, shown
from essay_explorer.library.editing.act import Act, ChangingAct
from essay_explorer.library.editing.entries import exchanged, found, without
from essay_explorer.library.editing.passages import SHORT, passage_of
from essay_explorer.words import Phrase, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.reading import Reading
    from essay_explorer.words import Sentence

CHANGEABLE = {"kind": Phrase("the verb"), "note": Phrase("the note")}
SENTENCES = {
    "supports": Phrase('"{one}" supports "{other}"'),
    "opposes": Phrase('"{one}" opposes "{other}"'),
    "qualifies": Phrase('"{one}" qualifies "{other}"'),
}


@dataclass(frozen=True, slots=True)
class AddRelation(Act):
    """One passage supports, opposes or qualifies another."""

    source: str
    kind: str
    target: str
    note: str = ""

    def apply(self, reading: Reading) -> Reading:
        """The reading with the relation."""
        passage_of(reading, self.source), passage_of(reading, self.target)
        if self.source == self.target:
            message = say("A passage has no relation to itself. Choose another one")
            raise ReadingError(message)
        new = Relation(self.source, _kind(self.kind), self.target, self.note)
        if any((one.source, one.kind, one.target) == (new.source, new.kind, new.target) for one in reading.relations):
            message = say("This relation is there already")
            raise ReadingError(message)
        return replace(reading, relations=(*reading.relations, new))

    def said(self, reading: Reading) -> Sentence:
        """What it says."""
        return _sentence(reading, self.source, self.kind, self.target)


@dataclass(frozen=True, slots=True)
class ChangeRelation(ChangingAct):
    """Another verb or note of a relation; `was`: those that somebody saw."""

    NAMES: ClassVar[Mapping[str, Phrase]] = CHANGEABLE
    source: str
    kind: str
    target: str

    def apply(self, reading: Reading) -> Reading:
        """The reading with the changed relation."""
        relation = _relation(reading, self.source, self.kind, self.target)
        new = {name: _kind(str(value)) if name == "kind" else str(value) for name, value in self.set}
        changed = replace(relation, **new)  # type: ignore[arg-type] # checked by their names
        return replace(reading, relations=exchanged(reading.relations, relation, changed))

    def seen(self, reading: Reading) -> tuple[Sentence, Mapping[str, str]]:
        """The relation by what it says."""
        relation = _relation(reading, self.source, self.kind, self.target)
        return _sentence(reading, self.source, self.kind, self.target), {"kind": relation.kind, "note": relation.note}


@dataclass(frozen=True, slots=True)
class RemoveRelation(Act):
    """A relation goes; its passages stay."""

    source: str
    kind: str
    target: str

    def apply(self, reading: Reading) -> Reading:
        """The reading without it."""
        relation = _relation(reading, self.source, self.kind, self.target)
        return replace(reading, relations=without(reading.relations, relation))

    def said(self, reading: Reading) -> Sentence:
        """Between what."""
        return Phrase("Removed: {relation}").filled(relation=_sentence(reading, self.source, self.kind, self.target))


def _sentence(reading: Reading, source: str, kind: str, target: str) -> Sentence:
    one, other = (short(passage_of(reading, end).quote, SHORT) for end in (source, target))
    return SENTENCES[kind].filled(one=one, other=other)


def _kind(kind: str) -> str:
    if kind not in KINDS:
        message = f"{shown(kind)} is no verb between passages. {instead_of(kind, KINDS)}"
        raise ReadingError(message)
    return kind


def _relation(reading: Reading, *parts: str) -> Relation:
    gone = say("This relation is not there any more. Somebody has changed or removed it")
    return found(reading.relations, lambda one: (one.source, one.kind, one.target) == parts, gone)
