"""Acts on the relations between passages: drawn, changed and taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from essay_explorer.core.annotation import KINDS, Relation
from essay_explorer.core.fault import ReadingError, instead_of, shown
from essay_explorer.library.editing.act import Act, ChangingAct
from essay_explorer.library.editing.entries import exchanged, found, without
from essay_explorer.library.editing.passages import SHORT, passage_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.reading import Reading

CHANGEABLE = {"kind": "verb", "note": "note"}


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
            message = "A passage has no relation to itself. Choose another one"
            raise ReadingError(message)
        new = Relation(self.source, _kind(self.kind), self.target, self.note)
        if any((one.source, one.kind, one.target) == (new.source, new.kind, new.target) for one in reading.relations):
            message = "This relation is there already"
            raise ReadingError(message)
        return replace(reading, relations=(*reading.relations, new))

    def said(self, reading: Reading) -> str:
        """What it says."""
        ends = [shown(passage_of(reading, end).quote, SHORT) for end in (self.source, self.target)]
        return f"{ends[0]} {self.kind} {ends[1]}"


@dataclass(frozen=True, slots=True)
class ChangeRelation(ChangingAct):
    """Another verb or note of a relation; `was`: those that somebody saw."""

    NAMES: ClassVar[Mapping[str, str]] = CHANGEABLE
    source: str
    kind: str
    target: str

    def apply(self, reading: Reading) -> Reading:
        """The reading with the changed relation."""
        relation = _relation(reading, self.source, self.kind, self.target)
        new = {name: _kind(str(value)) if name == "kind" else str(value) for name, value in self.set}
        changed = replace(relation, **new)  # type: ignore[arg-type] # checked by their names
        return replace(reading, relations=exchanged(reading.relations, relation, changed))

    def seen(self, reading: Reading) -> tuple[str, Mapping[str, str]]:
        """The relation by what it says."""
        relation = _relation(reading, self.source, self.kind, self.target)
        ends = [shown(passage_of(reading, end).quote, SHORT) for end in (self.source, self.target)]
        return f"{ends[0]} {self.kind} {ends[1]}", {"kind": relation.kind, "note": relation.note}


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

    def said(self, reading: Reading) -> str:
        """Between what."""
        ends = [shown(passage_of(reading, end).quote, SHORT) for end in (self.source, self.target)]
        return f"Removed: {ends[0]} {self.kind} {ends[1]}"


def _kind(kind: str) -> str:
    if kind not in KINDS:
        message = f"{shown(kind)} is no verb between passages. {instead_of(kind, KINDS)}"
        raise ReadingError(message)
    return kind


def _relation(reading: Reading, *parts: str) -> Relation:
    gone = "This relation is not there any more. Somebody has changed or removed it"
    return found(reading.relations, lambda one: (one.source, one.kind, one.target) == parts, gone)
