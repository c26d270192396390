"""The rows of tables: of one that holds data, each becomes one paragraph; one that only lays out a page is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from essay_explorer.formats.litter import Block

MOST_BLOCKS = 4  # of a cell of data; a cell with more holds a page
MOST_WORDS = 120  # the same
BETWEEN = " | "
MARKER = re.compile(r"\A(?:[-] |\d+\. |#{1,6} |(?:> )+)")


class Rows:
    """Where the cells of the rows that are open start among the blocks of a page."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._tables: list[list[int]] = []

    def start_table(self) -> None:
        """A table starts, perhaps in the cell of another."""
        self._tables.append([])

    def end_table(self) -> bool:
        """A table ends; whether its last row was joined."""
        joined = self.end_row()
        if self._tables:
            self._tables.pop()
        return joined

    def start_cell(self) -> None:
        """A cell starts, and the one before it ends."""
        if self._tables:
            self._tables[-1].append(len(self._blocks))

    def end_row(self) -> bool:
        """Join the cells of a row of data; whether there were several."""
        starts = self._tables[-1] if self._tables else []
        if len(starts) < 2:  # noqa: PLR2004 - one cell is a paragraph
            starts.clear()
            return False
        cells = [self._blocks[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
        first = starts[0]
        starts.clear()
        filled = [cell for cell in cells if cell]
        if len(filled) < 2 or not all(map(_is_data, filled)):  # noqa: PLR2004
            return False
        self._blocks[first:] = [filled[0][0]._replace(text=BETWEEN.join(map(_line, filled)))]
        return True


def _is_data(cell: list[Block]) -> bool:
    return len(cell) <= MOST_BLOCKS and sum(block.words for block in cell) <= MOST_WORDS


def _line(cell: list[Block]) -> str:
    return " ".join(MARKER.sub("", block.text).replace("\\\n", " ").replace("\n", " ") for block in cell)
