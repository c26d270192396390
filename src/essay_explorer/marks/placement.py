"""Where a reader's marks belong in an essay that may have changed since, and the reading that they make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from essay_explorer.anchoring.moves import STATES, Move
from essay_explorer.anchoring.reanchoring import reanchor
from essay_explorer.anchoring.search import all_occurrences
from essay_explorer.core.fault import Fault, Known
from essay_explorer.core.move_summary import description
from essay_explorer.core.names import PARAGRAPH
from essay_explorer.core.reading import Reading
from essay_explorer.exchange.naming import IMPORTED, tags_by_name
from essay_explorer.files.codebook_file import with_facets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from essay_explorer.core.annotation import Annotation
    from essay_explorer.core.codebook import Codebook
    from essay_explorer.marks.mark import Mark


@dataclass(frozen=True, slots=True)
class Placed:
    """A reading of the essay with these marks as its annotations, and what became of the quote of each.

    A lost one stays among the annotations with its quote as it was, and is a fault of the reading. `unknown`: names of
    tags that the codebook lacked; they are in its facet "imported" now.
    """

    reading: Reading
    moves: tuple[Move, ...] = ()
    unknown: tuple[str, ...] = ()

    def faults(self, file: str, before: Codebook) -> tuple[Fault, ...]:
        """What is not as it was, as `update` tells it, and which tags were none of the codebook `before`."""
        pairs = list(zip(self.reading.annotations, self.moves, strict=True))
        places = (
            Fault(file, description(move), entry=entry.id)
            for state in STATES[1:]
            for entry, move in pairs
            if move.state == state
        )
        known = Known(before.tags)
        tags = (Fault(file, f'tag "{name}" is not in the codebook. {known.instead_of(name)}') for name in self.unknown)
        return (*places, *tags)


def placed(marks: Iterable[Mark], reading: Reading) -> Placed:
    """A reading of the same essay in which these marks take the place of all annotations."""
    entries = [mark.annotation for mark in marks]
    moves = _moves(entries, reading.essay.text)
    ids, added = tags_by_name((tag for entry in entries for tag in entry.tags), reading.codebook)
    book = with_facets(reading.codebook, [replace(IMPORTED, tags=added)]) if added else reading.codebook
    order = {tag: at for at, tag in enumerate(book.tags)}
    annotations = tuple(
        replace(
            entry,
            id=f"m-{entry.id}" if PARAGRAPH.fullmatch(entry.id) else entry.id,
            quote=move.anchored.exact,
            prefix=move.anchored.prefix,
            suffix=move.anchored.suffix,
            tags=tuple(sorted({ids[tag] for tag in entry.tags}, key=order.__getitem__)),
        )
        for entry, move in zip(entries, moves, strict=True)
    )
    unknown = tuple(name for name in ids if ids[name] in {tag.id for tag in added})
    made = Reading(reading.essay, book, annotations, name=reading.name, images=reading.images)
    return Placed(made, tuple(moves), unknown)


def _moves(entries: Sequence[Annotation], text: str) -> list[Move]:
    """What becomes of each quote; where it has exactly one place, it has not moved."""
    anchors = [entry.anchor for entry in entries]
    places = all_occurrences(text, anchors)
    sought = [anchor for anchor, spans in zip(anchors, places, strict=True) if len(spans) != 1]
    found = iter(reanchor(text, sought) if sought else ())
    return [
        Move(anchor, anchor, "exact", 1.0) if len(spans) == 1 else next(found)
        for anchor, spans in zip(anchors, places, strict=True)
    ]
