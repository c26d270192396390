"""Annotations and relations: what somebody says of a passage, and of two passages together."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.fault import Fault, instead_of, refuse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from essay_explorer.codebook import Codebook
    from essay_explorer.fault import Report

ANNOTATIONS = "annotations.csv"
RELATIONS = "relations.csv"
COLUMNS = ("id", "quote", "prefix", "suffix", "note", "creator", "created")  # and one for each facet
KINDS = ("supports", "opposes", "qualifies")


@dataclass(frozen=True, slots=True)
class Annotation:
    """One passage, named by its exact quote, with its tags, note and creator.

    `prefix` and `suffix` tell which place is meant where the quote stands more than once.
    `tags` are ids, facet by facet in the order of the columns. `row` counts as a spreadsheet does.
    """

    id: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    creator: str = ""
    created: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Relation:
    """One annotation supports, opposes or qualifies another; both are named by id."""

    source: str
    kind: str
    target: str
    note: str = ""
    row: int = 0


def annotations_from_csv(
    source: str, codebook: Codebook, *, report: Report = refuse
) -> tuple[Annotation, ...]:
    """The annotations in a CSV text, in its order.

    A column named after a facet of `codebook` may hold ids of its tags, parted by `;`.
    Faults go to `report`; a row with a fault keeps whatever of it is sound.
    """
    facets = [facet.id for facet in codebook.facets]
    rows = list(_rows(source, ANNOTATIONS, needed=("quote",), known=(*COLUMNS, *facets), report=report))
    if rows and not any(facet in rows[0][1] for facet in facets):
        report(Fault(ANNOTATIONS, f"no column for tags. Name one after a facet: {', '.join(facets)}", row=1))
    seen: dict[str, int] = {}
    made = []
    for row, cells in rows:
        entry = cells.get("id") or f"row{row}"
        if entry in seen:
            report(Fault(ANNOTATIONS, f"row {seen[entry]} has this id too; give one another", row, entry))
            entry = f"{entry}-{row}"  # kept under an id of its own, so that nothing is lost
        seen[entry] = row
        tags = tuple(_tags(cells, codebook, row, entry, report))
        rest = {name: cells.get(name, "") for name in COLUMNS[1:]}
        made.append(Annotation(entry, tags=tags, row=row, **rest))
    return tuple(made)


def relations_from_csv(
    source: str, ids: Collection[str], *, report: Report = refuse
) -> tuple[Relation, ...]:
    """The relations in a CSV text, in its order; one that leads nowhere is reported and left out.

    `ids`: those of the annotations that exist.
    """
    needed = ("from", "relation", "to")
    made = []
    for row, cells in _rows(source, RELATIONS, needed=needed, known=(*needed, "note"), report=report):
        ends, kind = (cells.get("from", ""), cells.get("to", "")), cells.get("relation", "")
        missing = [end for end in ends if end not in ids]
        for end in missing:
            report(Fault(RELATIONS, f'"{end}" is no annotation\'s id in {ANNOTATIONS}', row))
        if kind not in KINDS:
            report(Fault(RELATIONS, f'relation "{kind}": expected one of {", ".join(KINDS)}', row))
        elif not missing:
            made.append(Relation(ends[0], kind, ends[1], cells.get("note", ""), row))
    return tuple(made)


def _rows(
    source: str, file: str, *, needed: Collection[str], known: Collection[str], report: Report
) -> Iterator[tuple[int, dict[str, str]]]:
    """(row, cells by column) for each row that is not blank; the header's faults are reported."""
    text = unicodedata.normalize("NFC", source.removeprefix("\ufeff"))
    table = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(table, [])]
        for name in needed:
            if name not in header:
                report(Fault(file, f'no column "{name}"; found: {", ".join(header) or "nothing"}', row=1))
        for name in header:
            if name and name not in known:
                report(Fault(file, f'column "{name}" is not known. {instead_of(name, known)}', row=1))
        if all(name in header for name in needed):
            for row, cells in enumerate(table, 2):
                if any(cell.strip() for cell in cells):
                    yield row, _named(cells, header, row, file, report)
    except csv.Error as error:
        report(Fault(file, f"not readable as CSV: {error}. Nothing after this was read", table.line_num))


def _named(
    cells: list[str], header: list[str], row: int, file: str, report: Report
) -> dict[str, str]:
    if len(cells) > len(header):
        hint = "A cell with a comma in it needs quotation marks around it"
        report(Fault(file, f"{len(cells)} cells under {len(header)} columns. {hint}", row))
    return {name: cell.strip() for name, cell in zip(header, cells, strict=False)}


def _tags(
    cells: Mapping[str, str], codebook: Codebook, row: int, entry: str, report: Report
) -> Iterator[str]:
    for facet in codebook.facets:
        known = [tag.id for tag in facet.tags]
        names = [name.strip() for name in cells.get(facet.id, "").split(";")]
        for name in dict.fromkeys(filter(None, names)):
            if name in known:
                yield name
            else:
                advice = f'tag "{name}" is not in facet "{facet.id}". {instead_of(name, known)}'
                report(Fault(ANNOTATIONS, advice, row, entry))
