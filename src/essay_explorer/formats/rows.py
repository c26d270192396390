"""The rows of tables: one that holds data stays a row of Markdown; one that only lays out a page is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from essay_explorer.formats.listings import FENCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from essay_explorer.formats.litter import Block

RULES = {"left": ":--", "center": ":-:", "right": "--:"}
MOST_BLOCKS = 4  # of a cell of data; a cell with more holds a page
MOST_WORDS = 120  # the same
WIDEST = 30  # columns or rows that a cell takes
MARKER = re.compile(r"\A\s*(?:[-] |\d+\. |#{1,6} |(?:> )+)")
SPAN = re.compile(r"[0-9]{1,4}")
QUOTED = re.compile(r"(?:> )*")
HEAD = re.compile(r"[ >]*\|.*\n[ >]*\|(?:---\|)+\Z")  # of a table: its first row, and the line below that makes it one
TABLED = re.compile(r"[ >]*\|.*\|(?:\n[ >]*\|.*\|)*\Z")  # rows, with their head or without
BAR = re.compile(r"(?<!\\)\|")
ROW = re.compile(r"[ >]*\|[^\n]*\|\Z")


class Rows:
    """Where the cells of the rows that are open start among the blocks of a page."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._tables: list[list[int]] = []
        self._ends: list[tuple[int, int]] = []  # of each open table: where its last row ends, and its columns
        self._heads = 0  # cells of the open row that name a column
        self._spans: list[_Spans] = []  # of each open table

    def start_table(self) -> None:
        """A table starts, perhaps in the cell of another."""
        self._tables.append([])
        self._ends.append((-1, 0))
        self._spans.append(_Spans())

    def end_table(self) -> None:
        """A table ends, and its last row."""
        self.end_row()
        if self._tables:
            self._tables.pop()
            self._ends.pop()
            self._spans.pop()

    def start_cell(self, given: Mapping[str, str], *, head: bool) -> None:
        """A cell starts, and the one before it ends; `head`: whether it names a column.

        Where it lies over several columns or rows, its words stand in the first.
        """
        if self._tables:
            cells, spans = self._tables[-1], self._spans[-1]
            cells += [len(self._blocks)] * (spans.taken(len(cells)) + 1)
            self._heads += head * spans.take(len(cells) - 1, given)

    def end_row(self) -> None:
        """Join the cells of a row of data."""
        starts = self._tables[-1] if self._tables else []
        if starts:
            starts += [len(self._blocks)] * self._spans[-1].end_row(len(starts))
        cells = [self._blocks[start:end] for start, end in zip(starts, [*starts[1:], None], strict=False)]
        named, self._heads = bool(cells) and self._heads == len(cells), 0
        filled = [cell for cell in cells if cell]
        first = starts[0] if starts else 0
        starts.clear()
        goes_on = bool(self._ends) and self._ends[-1] == (first, len(cells))
        is_data = all(_is_data(cell, goes_on=goes_on) for cell in filled)
        if not is_data or len(filled) < (1 if goes_on else 2):  # one cell alone is a paragraph
            return
        lines = [row_of(map(_line, cells))]
        if not goes_on:
            line = rule_of([""] * len(cells))
            lines = [*lines, line] if named else [row_of([""] * len(cells)), line, *lines]
        quoted = QUOTED.match(filled[0][0].text)
        text = "\n".join(f"{quoted[0] if quoted else ''}{line}" for line in lines)
        self._blocks[first:] = [filled[0][0]._replace(text=text)]
        self._ends[-1] = (first + 1, len(cells))


class _Spans:
    """The columns of a table that are taken by cells wider than one, or higher."""

    def __init__(self) -> None:
        self._wide = 0  # columns beyond its first that the open cell takes
        self._rows: dict[int, int] = {}  # of a column, how many rows the last cell in it takes from now on

    def take(self, column: int, given: Mapping[str, str]) -> int:
        """A cell starts in a column; how many it takes."""
        wide, high = (_number(given.get(name, "")) for name in ("colspan", "rowspan"))
        self._rows |= dict.fromkeys(range(column, column + wide), high)
        self._wide = wide - 1
        return wide

    def taken(self, column: int) -> int:
        """How many columns from this on have no cell of their own."""
        taken, self._wide = self._wide, 0
        while self._rows.get(column + taken, 0):
            taken += 1
        return taken

    def end_row(self, columns: int) -> int:
        """A row ends after so many columns; how many more it has."""
        taken = self.taken(columns)
        self._rows = {column: rows - 1 for column, rows in self._rows.items() if rows > 1}
        return taken


def _number(span: str) -> int:
    """How many columns or rows a cell takes."""
    return min(max(int(span), 1), WIDEST) if SPAN.fullmatch(span) else 1


def with_tables(blocks: Iterable[str]) -> Iterator[str]:
    """Markdown blocks, the rows that follow the first of their table being one with it."""
    table = ""
    for block in blocks:
        if table and ROW.match(block):
            table += f"\n{block}"
            continue
        if table:
            yield table
        head = HEAD.match(block) or HEAD.match(block.rpartition("\n")[0])
        table = block if head else ""
        if not head:
            yield block
    if table:
        yield table


def _is_data(cell: list[Block], *, goes_on: bool) -> bool:
    """Whether a cell holds no page; where the table of data `goes_on`, it may hold a small table."""
    others = [block for block in cell if not (goes_on and TABLED.match(block.text))]
    whole = all("\n|" not in block.text and FENCE not in block.text for block in others)  # no table or code of its own
    return whole and len(others) <= MOST_BLOCKS and sum(block.words for block in cell) <= MOST_WORDS


def row_of(cells: Iterable[str]) -> str:
    """A row of Markdown."""
    return f"| {' | '.join(cells)} |"


def rule_of(columns: Sequence[str]) -> str:
    """The line below a table's first row, which says how its columns are aligned, "" where nothing is said."""
    return f"|{'|'.join(RULES.get(column, '---') for column in columns)}|"


def _line(cell: list[Block]) -> str:
    words = (_words(block.text) for block in cell)
    return " ".join(filter(None, words)).replace("|", "\\|")


def _words(text: str) -> str:
    """The words of a block, or of the cells of one that is a table's."""
    if not TABLED.match(text):
        return MARKER.sub("", text).replace("\\\n", " ").replace("\n", " ")
    lines = (line for line in text.split("\n") if line.strip(" >|-:"))
    return " ".join(cell.strip() for line in lines for cell in BAR.split(line.lstrip("> ")) if cell.strip()).replace(
        "\\|", "|"
    )
