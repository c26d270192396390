"""How annotations from elsewhere join a reading: nothing that it has is changed, nothing of theirs is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from essay_explorer.core.annotation import ANNOTATIONS, KINDS, RELATIONS, Annotation, Relation
from essay_explorer.core.codebook import FILE as CODEBOOK
from essay_explorer.core.fault import Fault, ReadingError, shown, summary
from essay_explorer.core.reading import Reading
from essay_explorer.exchange.incoming import (
    IMPORTED,
    FreeIds,
    Incoming,
    annotation_id,
    cell,
    places,
    tags_by_name,
    unknown_tag,
)
from essay_explorer.files.codebook_file import rewritten, with_facets
from essay_explorer.files.csv_files import annotations_appended, relations_appended

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from essay_explorer.anchoring.quotes import Quote
    from essay_explorer.core.codebook import Codebook
    from essay_explorer.core.fault import Report


ANY = "any"  # stands for the id where two annotations are compared without theirs


@dataclass(frozen=True, slots=True)
class Joined:
    """The reading's files with what joined it; `annotations` in the order of the incoming ones."""

    texts: dict[str, str]
    annotations: tuple[Annotation, ...]


def reading_to_join(texts: Mapping[str, str], file: str) -> Reading:
    """The reading in the texts of its files, by file name.

    Raises ReadingError when one of them has faults, since it could not be written anew without a loss.
    """
    reading = Reading.from_texts(_filled(texts))
    if reading.parsing_faults:
        faults = summary(reading.parsing_faults)
        message = f"{file} cannot join this reading before its own faults are mended:\n{faults}"
        raise ReadingError(message, reading.parsing_faults)
    return reading


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    """The files without tables that have nothing but a header, as a new reading has them."""
    return {
        name: text
        for name, text in texts.items()
        if name not in {ANNOTATIONS, RELATIONS} or any(line.strip() for line in text.splitlines()[1:])
    }


def join(marks: Sequence[Incoming], texts: Mapping[str, str], *, file: str, report: Report) -> Joined:
    """The files of a reading, `texts`, with annotations from elsewhere added to them.

    One that the reading has already is not added again. One whose id is taken, by another, gets a
    new one; tags that the codebook lacks join it in the facet "imported"; both are reported.
    """
    reading = reading_to_join(texts, file)
    marks = [_storable(mark, file) for mark in marks]
    ids, added = tags_by_name((name for mark in marks for name in mark.tags), reading.codebook)
    names = {tag: name for name, tag in reversed(ids.items())}
    for tag in added:
        report(unknown_tag(names[tag.id], tag.id, reading.codebook, file))
    book = reading.codebook
    if added or not book.facets:
        book = with_facets(book, [replace(IMPORTED, tags=added)])
    known = {replace(entry, id=ANY, row=0): entry.id for entry in reading.annotations}
    free = FreeIds(entry.id for entry in reading.annotations)
    made, new = [], []
    for mark, named in zip(marks, places(reading.essay.text, marks, file=file, report=report), strict=True):
        entry = _annotation(mark, named, ids, book)
        wanted, content = entry.id, replace(entry, id=ANY)
        if content not in known or (mark.name and _stem(known[content]) != _stem(wanted)):
            known[content] = free.one(wanted)
            new.append(replace(entry, id=known[content]))
            if mark.name and known[content] != wanted:
                say = (
                    f'annotation {mark.number}: "{wanted}" is the id of another annotation. Kept as "{known[content]}"'
                )
                report(Fault(file, say, entry=known[content]))
        made.append(replace(entry, id=known[content]))
    changed = dict(texts)
    if new:
        changed[ANNOTATIONS] = annotations_appended(texts.get(ANNOTATIONS, ""), new, book)
    if book != reading.codebook:
        changed[CODEBOOK] = rewritten(texts.get(CODEBOOK, ""), book)
    return Joined(changed, tuple(made))


def _storable(mark: Incoming, file: str) -> Incoming:
    """The mark as CSV cells can hold it; its position still is where the quote's first letter stands."""
    texts = ("quote", "prefix", "suffix", "note", "creator", "created")
    cells: dict[str, Any] = {name: cell(getattr(mark, name), file=file, number=mark.number) for name in texts}
    tags = (" ".join(cell(name, file=file, number=mark.number).split()) for name in mark.tags)
    return replace(mark, tags=tuple(dict.fromkeys(filter(None, tags))), **cells)


def _stem(entry: str) -> str:
    return re.sub(r"-\d+$", "", entry)


def _annotation(mark: Incoming, named: Quote, ids: Mapping[str, str], book: Codebook) -> Annotation:
    """The annotation that a mark makes whose place is named by a quote, a prefix and a suffix."""
    carried = dict.fromkeys(ids[name] for name in mark.tags)
    tags = sorted(carried, key=lambda tag: book.facets.index(book.facet_of[tag]))
    return Annotation(annotation_id(mark), *named, tuple(tags), mark.note, mark.creator, mark.created)


def join_relations(
    links: Iterable[tuple[int, Relation]], texts: Mapping[str, str], *, file: str, report: Report
) -> tuple[dict[str, str], set[int]]:
    """The files with relations added, and the numbers of those that could be.

    `links`: (number in the file, relation between ids of annotations).
    """
    links = list(links)
    if not links:
        return dict(texts), set()
    reading = Reading.from_texts(_filled(texts))
    known = {entry.id for entry in reading.annotations}
    there = {replace(entry, row=0) for entry in reading.relations}
    new, done = dict[Relation, None](), set()
    for number, link in links:
        note = cell(link.note, file=file, number=number)
        if {link.source, link.target} <= known and link.kind in KINDS:
            done.add(number)
            new[replace(link, note=note)] = None
        else:
            ends = f"{shown(link.source)} {link.kind} {shown(link.target)}"
            report(Fault(file, f"annotation {number}: {ends}: both must be annotations of this reading"))
    changed = dict(texts)
    if added := [link for link in new if link not in there]:
        changed[RELATIONS] = relations_appended(texts.get(RELATIONS, ""), added)
    return changed, done
