"""How annotations from elsewhere join a reading: nothing that it has is lost, and nothing of theirs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.sought import SHORT
from essay_explorer.anchoring.words import folded_letters
from essay_explorer.core.annotation import ANNOTATIONS, KINDS, RELATIONS, Annotation, Relation
from essay_explorer.core.codebook_entries import FILE as CODEBOOK
from essay_explorer.core.fault import Fault, ReadingError, counted, shown, summary
from essay_explorer.core.prose import Prose
from essay_explorer.core.reading import Reading
from essay_explorer.core.tour import TOUR
from essay_explorer.exchange.incoming import cell
from essay_explorer.exchange.matching import candidates, matched
from essay_explorer.exchange.naming import IMPORTED, FreeIds, annotation_id, tags_by_name, unknown_tag
from essay_explorer.exchange.placement import placed
from essay_explorer.files.codebook_file import rewritten, with_facets
from essay_explorer.files.csv_files import annotations_appended, annotations_replaced, relations_appended

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from essay_explorer.anchoring.moves import Move, State
    from essay_explorer.core.codebook import Codebook
    from essay_explorer.core.fault import Report
    from essay_explorer.exchange.incoming import Author, Incoming, Origin

FEW = 3  # quotes that are nowhere may have been lost; more, and none that is here, belong to another essay
LISTED = 3  # of a kind that are told one by one; of more a line has all


@dataclass(frozen=True, slots=True)
class Joined:
    """The reading's files with what joined it.

    `annotations` in the order of the incoming ones, and `states`, what became of the quote of each;
    `replaced`: how many took the place of what the same person said before; `ids`: those that annotations
    have here, by those of their file.
    """

    texts: dict[str, str]
    annotations: tuple[Annotation, ...] = ()
    states: tuple[State, ...] = ()
    replaced: int = 0
    ids: Mapping[str, str] = field(default_factory=dict)


class OtherEssayError(ReadingError):
    """The annotations of a file belong to another essay; `quotes` are theirs."""

    def __init__(self, message: str, faults: tuple[Fault, ...], quotes: tuple[str, ...]) -> None:
        super().__init__(message, faults)
        self.quotes = quotes


def reading_to_join(texts: Mapping[str, str], file: str) -> Reading:
    """The reading in the texts of its files, by file name.

    Raises ReadingError when one of them has faults, since it could not be written anew without a loss.
    """
    reading = Reading.from_texts(_filled(texts))
    if reading.parsing_faults:
        faults = summary(reading.parsing_faults)
        message = f"{file} cannot be added before the faults of the reading are mended:\n{faults}"
        raise ReadingError(message, reading.parsing_faults)
    return reading


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    """The files without tables that have nothing but a header, as a new reading has them."""
    return {
        name: text
        for name, text in texts.items()
        if name not in {ANNOTATIONS, RELATIONS, TOUR} or any(line.strip() for line in text.splitlines()[1:])
    }


def join(marks: Sequence[Incoming], texts: Mapping[str, str], origin: Origin, report: Report) -> Joined:
    """The files of a reading, `texts`, with annotations from elsewhere added to them.

    One that the reading has already is not added again, and what its person says now takes the place of
    what they said before. One whose id is another's gets a new one; tags that the codebook lacks join it
    in the facet "imported". All of this is reported. Raises OtherEssayError for annotations of another essay.
    """
    file = origin.file
    reading = reading_to_join(texts, file)
    marks = [_storable(mark, file) for mark in marks]
    ids, book = _tags(marks, reading.codebook, file, report)
    faults: list[Fault] = []
    moves = placed(reading.essay.text, marks, file=file, report=faults.append)
    _check_essay(moves, reading, origin)
    for fault in faults:
        report(fault)
    entries = [_annotation(mark, move, ids, book) for mark, move in zip(marks, moves, strict=True)]
    entries = [_signed(entry, reading, origin.by) for entry in entries]
    known = candidates(reading.essay.text, reading.annotations)
    theirs = candidates(reading.essay.text, entries, [bool(mark.name) for mark in marks])
    same = matched(theirs, known)
    for number, ours in same.items():
        if ours.place == theirs[number].place:  # then the reading's way of telling it stays
            anchor = {name: getattr(ours.entry, name) for name in ("quote", "prefix", "suffix")}
            entries[number] = replace(entries[number], **anchor)
    same_entries = {number: ours.entry for number, ours in same.items()}
    made, new = _settled(marks, entries, same_entries, [entry.id for entry in reading.annotations])
    _report_renamed(zip(marks, entries, made, strict=True), file, report)
    replacing = {entry.row: entry for entry in made if entry.row and entry not in reading.annotations}
    _report_replaced([entry.id for entry in replacing.values()], file, report)
    changed = dict(texts)
    if replacing:
        changed[ANNOTATIONS] = annotations_replaced(changed[ANNOTATIONS], replacing, book)
    if new:
        changed[ANNOTATIONS] = annotations_appended(changed.get(ANNOTATIONS, ""), new, book)
    if book != reading.codebook:
        changed[CODEBOOK] = rewritten(texts.get(CODEBOOK, ""), book)
    here = {mark.name: entry.id for mark, entry in zip(marks, made, strict=True) if mark.name}
    annotations = tuple(replace(entry, row=0) if entry.row else entry for entry in made)
    return Joined(changed, annotations, tuple(move.state for move in moves), len(replacing), here)


def _storable(mark: Incoming, file: str) -> Incoming:
    """The mark as CSV cells can hold it; its position still is where the quote's first letter stands."""
    texts = ("quote", "prefix", "suffix", "note", "creator", "created")
    cells: dict[str, Any] = {name: cell(getattr(mark, name), file=file, number=mark.number) for name in texts}
    tags = (" ".join(cell(name, file=file, number=mark.number).split()) for name in mark.tags)
    return replace(mark, tags=tuple(dict.fromkeys(filter(None, tags))), **cells)


def _tags(marks: Iterable[Incoming], book: Codebook, file: str, report: Report) -> tuple[dict[str, str], Codebook]:
    """The tag of each name, and the codebook with those that it lacked."""
    ids, added = tags_by_name((name for mark in marks for name in mark.tags), book)
    names = {tag: name for name, tag in reversed(ids.items())}
    for tag in added:
        report(unknown_tag(names[tag.id], tag.id, book, file))
    return ids, with_facets(book, [replace(IMPORTED, tags=added)]) if added or not book.facets else book


def _check_essay(moves: Sequence[Move], reading: Reading, origin: Origin) -> None:
    """Raise OtherEssayError where there are several quotes, and hardly one of them is in this essay."""
    asked = [move for move in moves if move.quote.exact]
    here = [move for move in asked if move.state != "lost"]
    telling = any(len(folded_letters(move.quote.exact)) >= SHORT for move in here)
    if len(asked) < FEW or telling or 2 * len(here) > len(asked):
        return
    ours = shown(Prose.from_inline(reading.essay.title).text)
    its = f". It is a file of {shown(origin.title)}" if origin.title not in {"", reading.essay.title} else ""
    count = f"only {len(here)}" if here else "none"
    fault = Fault(origin.file, f"{count} of its {len(asked)} quotes can be found in {ours}{its}. Nothing was written")
    raise OtherEssayError(str(fault), (fault,), tuple(move.quote.exact for move in asked))


def _annotation(mark: Incoming, move: Move, ids: Mapping[str, str], book: Codebook) -> Annotation:
    """The annotation that a mark makes whose quote belongs where `move` says."""
    carried = dict.fromkeys(ids[name] for name in mark.tags)
    tags = sorted(carried, key=lambda tag: book.facets.index(book.facet_of[tag]))
    entry = annotation_id(mark.name, mark.number)
    return Annotation(entry, *move.anchored, tuple(tags), mark.note, mark.creator, mark.created)


def _signed(entry: Annotation, reading: Reading, by: Author | None) -> Annotation:
    """The annotation as its author's, if it names nobody; one that came with a copy of the reading's file stays its.

    That is one with the id and all words of the reading's own. Where the author is certain it has a note
    too: two people may well mark the same sentence, but they do not say the same of it.
    """
    if not by or entry.creator:
        return entry
    own = replace(entry, row=0) in {replace(one, row=0) for one in reading.annotations if one.id == entry.id}
    return entry if own and (entry.note or not by.certain) else replace(entry, creator=by.name)


def _settled(
    marks: Sequence[Incoming], entries: Sequence[Annotation], same: Mapping[int, Annotation], taken: Iterable[str]
) -> tuple[list[Annotation], list[Annotation]]:
    """The annotations as the reading has them now, with the row of one that it had, and those that are new in it."""
    free = FreeIds(taken)
    made, new = list[Annotation](), list[Annotation]()
    twice: dict[Annotation, Annotation] = {}
    for number, (mark, entry) in enumerate(zip(marks, entries, strict=True)):
        if number in same:
            made.append(_replaced(same[number], entry))
        elif mark.name and entry in twice:
            made.append(twice[entry])
        else:
            made.append(replace(entry, id=free.one(entry.id)))
            twice[entry] = made[-1]
            new.append(made[-1])
    return made, new


def _replaced(old: Annotation, new: Annotation) -> Annotation:
    """What a person says now in the place of what they said; the id and, if there is no other, the date stay."""
    said = replace(new, id=old.id, row=old.row, created=old.created)
    return old if said == old else replace(said, created=new.created or old.created)


def _report_replaced(ids: Sequence[str], file: str, report: Report) -> None:
    if ids:
        report(Fault(file, f"{counted(len(ids), 'annotation')} of the same person replaced: {', '.join(ids)}"))


def _report_renamed(named: Iterable[tuple[Incoming, Annotation, Annotation]], file: str, report: Report) -> None:
    """Tell which ids were taken, of new annotations: (mark, as its file has it, as the reading has it)."""
    renamed = [
        (mark, wanted.id, made.id)
        for mark, wanted, made in named
        if mark.name and not made.row and made.id != wanted.id
    ]
    if len(renamed) > LISTED:
        pairs = ", ".join(f"{wanted} is {made}" for _, wanted, made in renamed)
        report(Fault(file, f"{len(renamed)} ids belong to other annotations already. Here {pairs}"))
        return
    for mark, wanted, made in renamed:
        fault = mark.fault(file, f'"{wanted}" is the id of another annotation. Kept as "{made}"')
        report(replace(fault, entry=made))


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
