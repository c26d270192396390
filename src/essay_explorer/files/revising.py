"""The files of a reading made to say another one: what does not change in them stays letter by letter."""

from __future__ import annotations

import re
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import yaml

from essay_explorer.core.annotation import ANNOTATIONS, RELATIONS
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.codebook_entries import FILE as CODEBOOK
from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.fault import Fault, ReadingError, refuse
from essay_explorer.core.names import COLUMNS
from essay_explorer.core.plain_yaml import plain_yaml
from essay_explorer.core.reading import Reading
from essay_explorer.core.tour import COLUMNS as TOUR_COLUMNS
from essay_explorer.core.tour import TOUR
from essay_explorer.files.codebook_file import codebook_to_yaml, plain_tag
from essay_explorer.files.codebook_text import CodebookText, UnusualError
from essay_explorer.files.csv_files import (
    NOTHING,
    RELATION_COLUMNS,
    annotations_to_csv,
    relation_cells,
    relations_to_csv,
    tour_to_csv,
)
from essay_explorer.files.csv_text import CsvText
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from essay_explorer.core.annotation import Annotation
    from essay_explorer.core.tour import Stop

BOM = "\ufeff"  # Excel takes a CSV without it for another encoding
FOREIGN = Phrase("is written in a way that cannot be changed here. Change it in its file")
PARTS = {CODEBOOK: "codebook", ANNOTATIONS: "annotations", RELATIONS: "relations", TOUR: "tour"}
SAID = ("label", "definition", "questions", "aliases")
CUES = ("code", "colour", "line")  # a tag has them by itself too, and they hang on its label and on the other tags
ROUNDS = (SAID, CUES, CUES)
MADE_UP = re.compile(r"row[0-9]+(?:-[0-9]+)*")  # the id of an annotation whose row has none


def revised(
    texts: Mapping[str, str], before: Reading, after: Reading, *, renamed: Mapping[str, str] | None = None
) -> dict[str, str | None]:
    """The files that change, by name, where a reading that said `before` is to say `after`.

    A table in which nothing is left goes: None stands in its place.

    `texts`: its files by name, letter by letter. What changes of an annotation, a relation or a stop keeps the row that
    it has; new ones have none. `renamed`: new ids of tags by their old ones. Raises ReadingError where faults of a file
    stand in the way.
    """
    made: dict[str, str] = {}
    books = before.codebook, after.codebook
    if after.essay.source != before.essay.source:
        made[ESSAY] = (BOM if texts[ESSAY].startswith(BOM) else "") + after.essay.source
    if after.codebook != before.codebook:
        made[CODEBOOK] = _codebook(texts.get(CODEBOOK, ""), after.codebook, renamed or {})
    if after.annotations != before.annotations:
        made[ANNOTATIONS] = _annotations(texts.get(ANNOTATIONS, ""), before.annotations, after.annotations, *books)
    if after.relations != before.relations:
        made[RELATIONS] = _relations(texts.get(RELATIONS, ""), before, after)
    if after.tour != before.tour:
        made[TOUR] = _tour(texts.get(TOUR, ""), before.tour, after.tour)
    kept = {name: text for name, text in {**texts, **made}.items() if name not in made or _holds_rows(name, text)}
    _check(kept, before, after)
    return {name: kept.get(name) for name, text in made.items() if text != texts.get(name)}


def _holds_rows(name: str, text: str) -> bool:
    """Whether a table has anything below its header; any other file does."""
    return name in {ESSAY, CODEBOOK} or bool(text.strip(NOTHING).partition("\n")[2].strip("\r\n;,\t "))


def _check(texts: Mapping[str, str], before: Reading, after: Reading) -> None:
    """Raise ReadingError unless the files say what they are to say."""
    again = Reading.from_texts(texts, name=after.name, essay=after.essay)
    for file, part in PARTS.items():
        if _named(getattr(again, part)) != _named(getattr(after, part)):
            faults = [fault for fault in before.parsing_faults if fault.file == file] or [
                Fault.of(file, FOREIGN.filled())
            ]
            told = Phrase("Nothing was changed: {problem}").filled(problem=faults[0].said())
            message = f"Nothing was changed: {faults[0]}"
            raise ReadingError(message, tuple(faults), told=told)


def _named(part: Any) -> Any:  # noqa: ANN401 - a codebook or a tuple
    """A part of a reading, to be compared: ids that nobody gave are those of rows, which move."""
    if not isinstance(part, tuple):
        return part
    return [replace(one, id="-") if MADE_UP.fullmatch(getattr(one, "id", "")) else one for one in part]


# --- The codebook


def _codebook(source: str, book: Codebook, renamed: Mapping[str, str]) -> str:
    faults: list[Fault] = []
    old = Codebook.from_yaml(source, report=faults.append)
    if not old.facets:
        return _begun(source, book, faults)
    try:
        text = _rearranged(CodebookText(source), old, book, renamed)
    except (UnusualError, yaml.YAMLError):
        text = ""
    if text and _says(text, book):
        return text
    if faults:
        refuse(faults[0])
    return codebook_to_yaml(book)


def _begun(source: str, book: Codebook, faults: Sequence[Fault]) -> str:
    """The first codebook, below whatever comments were there."""
    try:
        empty = plain_yaml(source) is None
    except yaml.YAMLError:
        empty = False
    if not empty:
        refuse(faults[0])
    above = f"{source.rstrip()}\n" if source.strip(NOTHING) else ""
    return above + codebook_to_yaml(book)


def _rearranged(text: CodebookText, old: Codebook, book: Codebook, renamed: Mapping[str, str]) -> str:
    """The text with the tags of the book in their order, saying of each what the book says."""
    for was, now in renamed.items():
        text.put(old.facet_of[was].id, was, "id", now)
    known = {renamed.get(tag, tag) for tag in old.tags}
    for facet in book.facets:
        text.arrange(facet.id, [tag.id for tag in facet.tags], known)
    for names in ROUNDS:
        said = Codebook.from_yaml(str(text), report=lambda _: None)
        if said == book:
            break
        _pin(text, said, book, names)
    return str(text)


def _pin(text: CodebookText, said: Codebook, book: Codebook, names: Iterable[str]) -> None:
    """Write what the tags of the book have otherwise than is said, be it written or theirs by themselves."""
    for facet in book.facets:
        for tag in facet.tags:
            here = said.tags.get(tag.id)
            plain = plain_tag(tag)
            for name in names:
                if here is None or getattr(here, name) != getattr(tag, name):
                    text.put(facet.id, tag.id, name, plain.get(name, ""))


def _says(source: str, book: Codebook) -> bool:
    return Codebook.from_yaml(source, report=lambda _: None) == book


# --- The tables


def _annotations(
    source: str, before: Sequence[Annotation], after: Sequence[Annotation], old: Codebook, new: Codebook
) -> str:
    if not source.strip(NOTHING):
        return BOM + annotations_to_csv(after, new, every=True)
    facets = [facet.id for facet in new.facets]
    table = CsvText(source, (*COLUMNS, *facets))
    columns = (*COLUMNS[:4], *facets, *COLUMNS[4:])
    was = {entry.row: _annotation_cells(entry, old) for entry in before}

    def cells(entry: Annotation) -> dict[str, str]:
        now, row = _annotation_cells(entry, new), entry.row
        if row not in was:
            return now
        changed = {name: now.get(name, "") for name in columns if now.get(name, "") != was[row].get(name, "")}
        unknown = {name: _unknown(table.cell(row - 1, name), old) for name in changed if name in facets}
        return {name: ";".join(filter(None, [cell, *unknown.get(name, ())])) for name, cell in changed.items()}

    return _rows_revised(table, before, after, cells, columns)


def _annotation_cells(entry: Annotation, book: Codebook) -> dict[str, str]:
    made = {name: getattr(entry, name) for name in COLUMNS}
    if MADE_UP.fullmatch(entry.id):
        made["id"] = ""
    for tag in entry.tags:
        facet = book.facet_of[tag].id
        made[facet] = f"{made[facet]};{tag}" if facet in made else tag
    return made


def _unknown(cell: str, book: Codebook) -> list[str]:
    """The names in a cell that are no tags: somebody will want to see what they were."""
    names = (name.strip() for name in cell.split(";"))
    return [name for name in dict.fromkeys(names) if name and name not in book.tags]


def _relations(source: str, before: Reading, after: Reading) -> str:
    if not source.strip(NOTHING):
        return BOM + relations_to_csv(after.relations)
    table = CsvText(source, RELATION_COLUMNS)
    return _rows_revised(table, before.relations, after.relations, relation_cells, RELATION_COLUMNS)


def _tour(source: str, before: Sequence[Stop], after: Sequence[Stop]) -> str:
    if not source.strip(NOTHING):
        return BOM + tour_to_csv(after)
    table = CsvText(source, TOUR_COLUMNS)
    return _rows_revised(
        table,
        before,
        after,
        lambda stop: dict(zip(TOUR_COLUMNS, attrgetter(*TOUR_COLUMNS)(stop), strict=True)),
        TOUR_COLUMNS,
    )


def _rows_revised(
    table: CsvText,
    before: Sequence[Any],
    after: Sequence[Any],
    cells: Callable[[Any], Mapping[str, str]],
    columns: Iterable[str],
) -> str:
    """The table with the rows of `after`, in their order, in place of those of `before`."""
    columns = tuple(columns)
    rows = {entry.row for entry in before}
    order = []
    for entry in after:
        values = cells(entry)
        for name in (name for name in columns if values.get(name) and name not in table.header):
            table.add_column(name, after=_column_before(name, columns, table.header))
        if entry.row in rows:
            for name in (name for name in values if name in table.header):
                table.put(entry.row - 1, name, values[name])
            order.append(entry.row - 1)
        else:
            table.append(values)
            order.append(len(table) - 1)
    gone = {row - 1 for row in rows} - set(order)
    stays = {row: at for at, row in enumerate(row for row in range(len(table)) if row not in gone)}
    table.remove(gone)
    if order != sorted(order):
        table.arrange([stays[row] for row in order])
    return str(table)


def _column_before(name: str, columns: Sequence[str], header: Sequence[str]) -> str:
    """The column that is there and behind which one belongs that is not; "" where it comes first."""
    before = columns[: columns.index(name)]
    return next((one for one in reversed(before) if one in header), "")
