"""Annotations and relations: what somebody says of a passage, and of two passages together."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from essay_explorer.anchoring.quotes import Quote
from essay_explorer.core.fault import Fault, instead_of, nearest_name, refuse, shown
from essay_explorer.core.formulas import unshielded
from essay_explorer.core.names import AN_ID, COLUMNS, ID, PARAGRAPH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from essay_explorer.core.codebook import Codebook
    from essay_explorer.core.fault import Report

ANNOTATIONS = "annotations.csv"
RELATIONS = "relations.csv"
KINDS = ("supports", "opposes", "qualifies")
MOST_LINES = 200_000  # of a table; each may be a fault, which takes a thousand bytes
SEPARATORS = ",;\t"
NAMED_SEPARATOR = re.compile(r'(?i)"?sep=([,;\t])"?[,;\t]*(?:\r\n?|\n)')  # Excel's own line above a header


@dataclass(frozen=True, slots=True)
class Annotation:
    """One passage, named by its exact quote, with its tags, note and creator.

    `id` is one word. `prefix` and `suffix` tell which place is meant where the quote stands more
    than once. `tags` are ids, facet by facet in the order of the columns. `row` counts as a
    spreadsheet does.
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

    @property
    def anchor(self) -> Quote:
        """Its quote, and what tells the place of that."""
        return Quote(self.quote, self.prefix, self.suffix)

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id):
            message = f"id {shown(self.id)}: expected {AN_ID}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Relation:
    """One annotation supports, opposes or qualifies another; both are named by id."""

    source: str
    kind: str
    target: str
    note: str = ""
    row: int = 0


def annotations_from_csv(source: str, codebook: Codebook, *, report: Report = refuse) -> tuple[Annotation, ...]:
    """The annotations in a CSV text, in its order.

    A column named after a facet of `codebook` may hold ids of its tags, parted by `;`.
    Faults go to `report`; a row with a fault keeps whatever of it is sound.
    """
    facets = [facet.id for facet in codebook.facets]
    rows = list(_rows(source, ANNOTATIONS, needed=("quote",), known=(*COLUMNS, *facets), report=report))
    if rows and facets and not any(facet in rows[0][1] for facet in facets):
        report(Fault(ANNOTATIONS, f"no column for tags. Name one after a facet: {', '.join(facets)}", row=1))
    given = {cells.get("id", "") for _, cells in rows}
    rows_of: dict[str, int] = {}
    made = []
    for row, cells in rows:
        entry = _id(cells.get("id", ""), row, rows_of, report)
        while entry in rows_of or (entry != cells.get("id") and entry in given):
            entry = f"{entry}-{row}"  # kept under an id of its own, so that nothing is lost
        rows_of[entry] = row
        tags = tuple(_tags(cells, codebook, row, entry, report))
        rest = {name: cells.get(name, "") for name in COLUMNS[1:]}
        made.append(Annotation(entry, tags=tags, row=row, **rest))
    return tuple(made)


def _id(entry: str, row: int, rows_of: Mapping[str, int], report: Report) -> str:
    """The id that a row gives, or one that is made for it; its faults are reported."""
    if not entry:
        return f"row{row}"
    if not ID.fullmatch(entry):
        report(Fault(ANNOTATIONS, f"id {shown(entry)}: expected {AN_ID}. Kept as row{row}", row))
        return f"row{row}"
    if entry in rows_of:
        report(Fault(ANNOTATIONS, f"row {rows_of[entry]} has this id too; give one another", row, entry))
    elif PARAGRAPH.fullmatch(entry):
        advice = f'Take another, such as "a{entry[1:]}"'
        report(Fault(ANNOTATIONS, f"this id means paragraph {entry[1:]} in an address. {advice}", row, entry))
    return entry


def relations_from_csv(source: str, ids: Iterable[str], *, report: Report = refuse) -> tuple[Relation, ...]:
    """The relations in a CSV text, in its order; one that leads nowhere is reported and left out.

    `ids`: those of the annotations that exist.
    """
    needed = ("from", "relation", "to")
    known = dict.fromkeys(ids)
    made = []
    for row, cells in _rows(source, RELATIONS, needed=needed, known=(*needed, "note"), report=report):
        ends, kind = (cells.get("from", ""), cells.get("to", "")), cells.get("relation", "")
        missing = [end for end in ends if end not in known]
        for end in missing:
            near = nearest_name(end, known)
            guess = f'. Did you mean "{near}"?' if near else ""
            report(Fault(RELATIONS, f"{shown(end)} is no annotation's id in {ANNOTATIONS}{guess}", row))
        if kind not in KINDS:
            report(Fault(RELATIONS, f"relation {shown(kind)} is not known. {instead_of(kind, KINDS)}", row))
        elif not missing:
            made.append(Relation(ends[0], kind, ends[1], cells.get("note", ""), row))
    return tuple(made)


def _rows(
    source: str, file: str, *, needed: Collection[str], known: Collection[str], report: Report
) -> Iterator[tuple[int, dict[str, str]]]:
    """(row, cells by column) for each row that is not blank; the header's faults are reported."""
    if max(source.count("\n"), source.count("\r")) > MOST_LINES:
        report(Fault(file, f"has more than {MOST_LINES:,} lines and is not read. Take it in parts"))
        return
    text = unicodedata.normalize("NFC", source.removeprefix("\ufeff"))
    rows = _parsed(text, file, separator_of(text, known), report)
    header = [unshielded(name.strip()) for name in next(rows, (1, []))[1] or ()]
    if not _check_header(header, file, needed=needed, known=known, report=report):
        return
    empty = True
    for row, cells in rows:
        if cells is None:
            empty = False
        elif any(cell.strip() for cell in cells):
            empty = False
            yield row, _named(cells, header, row, file, report)
    if empty:
        report(Fault(file, "holds nothing below its header. Write one entry in each row", row=1))


def separator_of(source: str, known: Collection[str]) -> str:
    """What parts the cells of a table: a comma, a semicolon or a tab.

    Excel's line `sep=;` says so, else it is the one that finds most of the `known` names in the
    header; the tags in a cell below have semicolons of their own and do not count.
    """
    text = source.removeprefix("\ufeff")
    if named := NAMED_SEPARATOR.match(text):
        return named[1]
    header = re.split("[\r\n]", text, maxsplit=1)[0]

    def found(separator: str) -> int:
        return sum(name.strip(' "') in known for name in header.split(separator))

    return max(SEPARATORS, key=found)


def _parsed(text: str, file: str, separator: str, report: Report) -> Iterator[tuple[int, list[str] | None]]:
    """(row, cells) of each row, the header being row 1; of one that is broken None, and it is reported."""
    lines = io.StringIO(text, newline=None)
    above = 1 if NAMED_SEPARATOR.match(text) else 0  # spreadsheets do not show this line
    if above:
        lines.readline()
    table = csv.reader(lines, strict=True, delimiter=separator)
    row = 0
    while True:
        row, line = row + 1, table.line_num + 1 + above
        try:
            cells = next(table, None)
            if cells is None:
                return
        except csv.Error as error:
            last = table.line_num + above
            where = f"line {line}" if line == last else f"lines {line} to {last}"
            report(Fault(file, f"{where} not readable as CSV and left out: {_finding(error)}", row))
            cells = None
        yield row, cells


def _finding(error: csv.Error) -> str:
    """Why a row is not readable, in our words: Python's differ from release to release."""
    findings = {
        "field limit": f"a cell has more than {csv.field_size_limit():,} letters",
        "expected after": "a cell goes on after its closing quotation mark",
        "end of data": "a quotation mark opens a cell and none closes it",
    }
    found = next((ours for theirs, ours in findings.items() if theirs in str(error)), "its quotation marks do not pair")
    return f"{found}. Write a quotation mark inside a cell twice, and close each cell that one opens"


def _check_header(
    header: list[str], file: str, *, needed: Collection[str], known: Collection[str], report: Report
) -> bool:
    """Whether all columns are there that the rows need; what is wrong with them is reported."""
    missing = [name for name in needed if name not in header]
    for name in missing:
        report(Fault(file, f'no column "{name}"; found: {", ".join(filter(None, header)) or "nothing"}', row=1))
    for name, count in Counter(filter(None, header)).items():
        if name not in known:
            report(Fault(file, f"column {shown(name)} is not known. {instead_of(name, known)}", row=1))
        elif count > 1:
            report(Fault(file, f'column "{name}" stands {count} times; only the first is read', row=1))
    return not missing


def _named(cells: list[str], header: list[str], row: int, file: str, report: Report) -> dict[str, str]:
    """The cells by column; cells that no column names are reported."""
    named: dict[str, str] = {}
    nameless = []
    for name, cell in zip_longest(header, (unshielded(cell.strip()) for cell in cells), fillvalue=""):
        if name:
            named.setdefault(name, cell)
        elif cell:
            nameless.append(cell)
    if nameless:
        advice = "Name the column, or put quotation marks around a cell that has a comma or a semicolon in it"
        report(Fault(file, f"no column has a name for {shown(', '.join(nameless))}. {advice}", row))
    return named


def _tags(cells: Mapping[str, str], codebook: Codebook, row: int, entry: str, report: Report) -> Iterator[str]:
    for facet in codebook.facets:
        known = [tag.id for tag in facet.tags]
        names = [name.strip() for name in cells.get(facet.id, "").split(";")]
        for name in dict.fromkeys(filter(None, names)):
            if name in known:
                yield name
            else:
                advice = f'tag {shown(name)} is not in facet "{facet.id}". {instead_of(name, known)}'
                report(Fault(ANNOTATIONS, advice, row, entry))
