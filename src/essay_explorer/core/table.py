"""A table of a reading's folder: rows of cells under named columns, as spreadsheets write them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.fault import Fault, Known, short
from essay_explorer.core.formulas import unshielded
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from essay_explorer.core.fault import Report
    from essay_explorer.words import Sentence

MOST_LINES = 200_000  # of a table; each may be a fault, which takes a thousand bytes
MOST_COLUMNS = 1000  # the same: a reading with a hundred facets has 110
LONGEST_CELL = csv.field_size_limit() - 1  # what Python's reader of CSV takes, and an apostrophe before it
PAIRED = Phrase("Write a quotation mark inside a cell twice, and close each cell that one opens").filled()
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
SEPARATORS = ",;\t"
NAMED_SEPARATOR = re.compile(r'(?i)"?sep=([,;\t])"?[,;\t]*(?:\r\n?|\n)')  # Excel's own line above a header


def rows_in(
    source: str, file: str, *, needed: Collection[str], known: Collection[str], report: Report
) -> Iterator[tuple[int, dict[str, str]]]:
    """(row, cells by column) for each row that is not blank; the header's faults are reported."""
    if max(source.count("\n"), source.count("\r")) > MOST_LINES:
        told = Phrase("has more than {most} lines and is not read. Split it into parts")
        report(Fault.of(file, told.filled(most=f"{MOST_LINES:,}")))
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
        told = Phrase("holds nothing below its header. Write one entry in each row")
        report(Fault.of(file, told.filled(), row=1))


def as_cell(text: str) -> str:
    """`text` as a cell of a table keeps it, whose letters come back: in NFC, without white space at its ends.

    Raises ValueError for one that is too long for any cell.
    """
    text = UNSTORABLE.sub("\ufffd", re.sub("\r\n?", "\n", unicodedata.normalize("NFC", text))).strip()
    if len(text) > LONGEST_CELL:
        message = f"one of {len(text):,} letters; a cell of a CSV file holds at most {LONGEST_CELL:,}. Shorten it"
        raise ArgumentValueError(message)
    return text


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
            told = Phrase("line {line} not readable as CSV and left out: {finding}. {advice}")
            several = Phrase("lines {line} to {last} not readable as CSV and left out: {finding}. {advice}")
            found = (told if line == last else several).filled(
                line=str(line), last=str(last), finding=_finding(error), advice=PAIRED
            )
            report(Fault.of(file, found, row))
            cells = None
        yield row, cells


def _finding(error: csv.Error) -> Sentence:
    """Why a row is not readable, in our words: Python's differ from release to release."""
    findings = {
        "field limit": Phrase("a cell has more than {most} letters"),
        "expected after": Phrase("a cell goes on after its closing quotation mark"),
        "end of data": Phrase("a quotation mark opens a cell and none closes it"),
    }
    unknown = Phrase("its quotation marks do not pair")
    found = next((ours for theirs, ours in findings.items() if theirs in str(error)), unknown)
    return found.filled(most=f"{csv.field_size_limit():,}")


def _check_header(
    header: list[str], file: str, *, needed: Collection[str], known: Collection[str], report: Report
) -> bool:
    """Whether all columns are there that the rows need; what is wrong with them is reported."""
    if len(header) > MOST_COLUMNS:
        many = Phrase("has more than {most} columns and is not read. Take those away that are not needed")
        report(Fault.of(file, many.filled(most=f"{MOST_COLUMNS:,}")))
        return False
    missing = [name for name in needed if name not in header]
    for name in missing:
        found = ", ".join(filter(None, header))
        told = Phrase('no column "{name}"; found: {found}').filled(name=name, found=found or Phrase("nothing").filled())
        report(Fault.of(file, told, row=1))
    for name, count in Counter(filter(None, header)).items():
        if name not in known:
            unknown = Phrase('column "{name}" is not known. {advice}')
            report(Fault.of(file, unknown.filled(name=short(name), advice=Known(known).advice(name)), row=1))
        elif count > 1:
            twice = Phrase('column "{name}" occurs {number} times; only the first is read')
            report(Fault.of(file, twice.filled(name=name, number=str(count)), row=1))
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
        told = Phrase(
            'no column has a name for "{cells}". '
            "Name the column, or put quotation marks around a cell that has a comma or a semicolon in it"
        )
        report(Fault.of(file, told.filled(cells=short(", ".join(nameless))), row))
    return named
