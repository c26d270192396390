"""Annotations, relations and a tour as the CSV files of a reading."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from essay_explorer.core.fault import instead_of
from essay_explorer.core.formulas import shielded
from essay_explorer.core.names import COLUMNS
from essay_explorer.core.tour import COLUMNS as TOUR_COLUMNS
from essay_explorer.files.csv_text import CsvText

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from essay_explorer.core.annotation import Annotation, Relation
    from essay_explorer.core.codebook import Codebook
    from essay_explorer.core.tour import Stop

OPTIONAL = ("prefix", "suffix", "creator", "created")  # columns that stand there only when a row fills them
RELATION_COLUMNS = ("from", "relation", "to", "note")
LINE_BREAK = re.compile("\r\n?")
NOTHING = "\ufeff \t\r\n"  # of this an empty file is made


def annotations_to_csv(annotations: Iterable[Annotation], codebook: Codebook, *, every: bool = False) -> str:
    """The text of annotations.csv: `annotations_from_csv` reads the same annotations from it.

    A facet has a column when an annotation carries one of its tags, the first facet always.
    `every`: with all columns, for somebody to fill in. Raises ValueError for a tag that is not in
    the codebook.
    """
    rows = [_cells(entry, codebook) for entry in annotations]
    filled = {name for row in rows for name, cell in row.items() if cell or every} | {
        facet.id for facet in codebook.facets if every
    }
    facets = [facet.id for at, facet in enumerate(codebook.facets) if at == 0 or facet.id in filled]
    head, tail = COLUMNS[: COLUMNS.index("note")], COLUMNS[COLUMNS.index("note") :]
    columns = [name for name in (*head, *facets, *tail) if name not in OPTIONAL or name in filled]
    return _written(columns, ([row.get(name, "") for name in columns] for row in rows))


def annotations_appended(source: str, annotations: Iterable[Annotation], codebook: Codebook) -> str:
    """The text of an annotations.csv, `source`, with annotations added at its end; nothing else is changed.

    A column is added where one of them needs it, and for the first facet where none has one.
    """
    if not source.strip(NOTHING):
        return annotations_to_csv(annotations, codebook)
    facets = [facet.id for facet in codebook.facets]
    table = CsvText(source, (*COLUMNS, *facets))
    for entry in annotations:
        table.append(_cells(entry, codebook))
    if facets and not any(facet in table.header for facet in facets):
        table.add_column(facets[0], after="quote")
    return str(table)


def annotations_replaced(source: str, annotations: Mapping[int, Annotation], codebook: Codebook) -> str:
    """The text of an annotations.csv, `source`, with annotations in the place of others, by their rows.

    Rows count as a spreadsheet does. Every other cell stays letter by letter.
    """
    table = CsvText(source, (*COLUMNS, *(facet.id for facet in codebook.facets)))
    for row, entry in annotations.items():
        cells = _cells(entry, codebook)
        columns = dict.fromkeys([*COLUMNS, *(facet.id for facet in codebook.facets)], "")
        for name, value in (columns | dict(cells)).items():
            if value and name not in table.header:
                table.add_column(name, after=next(filter(None, reversed(table.header)), ""))
            if name in table.header:
                table.put(row - 1, name, value)
    return str(table)


def relations_to_csv(relations: Iterable[Relation]) -> str:
    """The text of relations.csv, in the order of `relations`."""
    return _written(RELATION_COLUMNS, (relation_cells(entry).values() for entry in relations))


def tour_to_csv(tour: Iterable[Stop]) -> str:
    """The text of tour.csv, in the order of the stops."""
    return _written(TOUR_COLUMNS, ((stop.at, stop.title, stop.text) for stop in tour))


def relations_appended(source: str, relations: Iterable[Relation]) -> str:
    """The text of a relations.csv, `source`, with relations added at its end; nothing else is changed."""
    if not source.strip(NOTHING):
        return relations_to_csv(relations)
    table = CsvText(source, RELATION_COLUMNS)
    for entry in relations:
        table.append(relation_cells(entry))
    return str(table)


def relation_cells(entry: Relation) -> Mapping[str, str]:
    """The cells of a relation's row, by column."""
    cells = (entry.source, entry.kind, entry.target, entry.note)
    return dict(zip(RELATION_COLUMNS, cells, strict=True))


def _cells(entry: Annotation, codebook: Codebook) -> Mapping[str, str]:
    cells: dict[str, str] = {name: getattr(entry, name) for name in COLUMNS}
    for tag in entry.tags:
        if tag not in codebook.tags:
            message = f'{entry.id}: tag "{tag}" is not in the codebook. {instead_of(tag, codebook.tags)}'
            raise ValueError(message)
        facet = codebook.facet_of[tag].id
        cells[facet] = f"{cells[facet]};{tag}" if facet in cells else tag
    return cells


def _written(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    file = io.StringIO()
    table = csv.writer(file, lineterminator="\n")
    table.writerows([shielded(LINE_BREAK.sub("\n", cell)) for cell in row] for row in (header, *rows))
    return file.getvalue()
