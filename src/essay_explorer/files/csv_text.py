"""A CSV file as it is written: what is not changed in it stays letter by letter."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING

from essay_explorer.core.formulas import shielded, unshielded
from essay_explorer.core.table import NAMED_SEPARATOR, separator_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    Row = tuple[list[str], str]  # cells as they are written, and the end of the line

ABOVE = re.compile(rf"\ufeff?(?:{NAMED_SEPARATOR.pattern.removeprefix('(?i)')})?", re.IGNORECASE)
LINE_END = re.compile(r"\r\n?|\n")


class CsvText:
    """A table whose cells can be changed, and whose other cells and rows stay, also what cannot be read.

    `known`: names of columns, by which its separator is told. A column is named by the first cell
    of the header that has its name.
    """

    def __init__(self, source: str, known: Collection[str]) -> None:
        start = above.end() if (above := ABOVE.match(source)) else 0
        self._above = source[:start]
        self._separator = separator_of(unicodedata.normalize("NFC", source), known)
        self._rows = list(_rows(source[start:], self._separator)) or [([], "\n")]
        self.header = [_value(cell) for cell in self._rows[0][0]]

    def __str__(self) -> str:
        return self._above + "".join(self._separator.join(cells) + end for cells, end in self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def cell(self, row: int, name: str) -> str:
        """What a cell says, as the reader of annotations takes it; the header is row 0."""
        cells, _ = self._rows[row]
        at = self.header.index(name) if name in self.header else len(cells)
        return _value(cells[at]) if at < len(cells) else ""

    def put(self, row: int, name: str, value: str) -> None:
        """Write a value; a cell that says it already stays as it is written."""
        cells, _ = self._rows[row]
        at = self.header.index(name)
        cells += [""] * (at + 1 - len(cells) if value else 0)
        if at < len(cells) and _value(cells[at]) != value.strip():
            cells[at] = _written(value, self._separator, quoted=cells[at].startswith('"'))

    def add_column(self, name: str, *, after: str) -> None:
        """Add an empty column after another, which must be there, or first where that is ""."""
        at = self.header.index(after) + 1 if after else 0
        self.header.insert(at, name)
        for row, (cells, _) in enumerate(self._rows):
            if at <= len(cells) and (cells or not row):
                cells.insert(at, "" if row else _written(name, self._separator))

    def rename(self, name: str, new: str) -> None:
        """Give the column of that name another one."""
        at = self.header.index(name)
        self.header[at] = new
        self._rows[0][0][at] = _written(new, self._separator)

    def append(self, values: Mapping[str, str]) -> None:
        """Add a row at the end, and a column for each value that has none."""
        for name in (name for name, value in values.items() if value and name not in self.header):
            self.add_column(name, after=next(filter(None, reversed(self.header)), ""))
        found = LINE_END.search(self._rows[0][1])
        line_end = found[0] if found else "\n"
        last, end = self._rows[-1]
        if not end.endswith(("\r", "\n")):
            self._rows[-1] = last, end + line_end
        self._rows.append(([_written(values.get(name, ""), self._separator) for name in self.header], line_end))

    def arrange(self, order: Sequence[int]) -> None:
        """Put rows in this order, by their numbers; what is not named stays behind the row that it stands behind."""
        behind: dict[int, list[Row]] = {0: []}
        named, last = set(order), 0
        for at, row in enumerate(self._rows):
            last = at if at in named else last
            behind.setdefault(last, []).append(row)
        self._rows = [row for at in (0, *order) for row in behind.pop(at, ())]
        line_end = found[0] if (found := LINE_END.search(self._rows[0][1])) else "\n"
        open_ended = [(cells, end if end.endswith(("\r", "\n")) else end + line_end) for cells, end in self._rows[:-1]]
        self._rows = [*open_ended, *self._rows[-1:]]

    def remove(self, rows: Collection[int]) -> None:
        """Take rows away, by their numbers; those of the others are other ones from then on."""
        self._rows = [row for at, row in enumerate(self._rows) if at not in rows]


def _rows(text: str, separator: str) -> Iterator[Row]:
    """Each row; one that is not readable has no cells, and is all end."""
    lines = list(io.StringIO(text, newline=""))
    table = csv.reader(lines, strict=True, delimiter=separator)
    cell = re.compile(rf'"(?:[^"]|"")*"|[^{separator}\r\n]*')
    start = 0
    while start < len(lines):
        try:
            count = len(next(table, []))
        except csv.Error:
            count = 0
        raw = "".join(lines[start : table.line_num])
        start = table.line_num
        cells, at = list[str](), 0
        while len(cells) < count and (found := cell.match(raw, at)):
            cells.append(found[0])
            at = found.end() + 1
        yield cells, raw[at - 1 :] if cells else raw


def _value(cell: str) -> str:
    if cell.startswith('"'):
        cell = cell[1:-1].replace('""', '"')
    return unshielded(unicodedata.normalize("NFC", re.sub("\r\n?", "\n", cell)).strip())


def _written(value: str, separator: str, *, quoted: bool = False) -> str:
    value = shielded(value)
    if quoted or re.search(rf'["\r\n{separator}]', value):
        return '"' + value.replace('"', '""') + '"'
    return value
