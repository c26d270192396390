"""Tables of a Word document with as many columns as their rows have: pandoc leaves out cells beyond those announced."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from essay_explorer.formats.word_names import Renamed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.formats.rewriting import Way

TABLE, ROW, CELL = "w:tbl", "w:tr", "w:tc"
EMPTY, COLUMN = "<w:tc><w:p/></w:tc>", '<w:gridCol w:w="1000"/>'
MOST, MOST_CELLS = 63, 100_000  # columns, as in Word itself; cells of a table whose rows are filled


@dataclass
class _Table:
    """A table that is open. `rows`: where in its buffer each ends, and how many columns it has.

    `tall`: the columns in which a cell reaches down from above.
    """

    rows: list[tuple[int, int]] = field(default_factory=list)
    here: int = 0  # columns of the row so far
    span: int = 1  # columns of the cell
    before: int = 0  # columns that the row leaves free in front
    joined: bool = False  # whether the cell belongs to one above or below
    tall: set[int] = field(default_factory=set)


class Tables(Renamed):
    """A part whose tables announce the columns that they have, and whose rows have all their cells."""

    def __init__(self) -> None:
        super().__init__()
        self._tables: list[_Table] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> Way:
        """What becomes of an element; the columns of tables are counted."""
        if name == TABLE:
            self._tables.append(_Table())
            self.buffers.append([])
        if not self._tables:
            return "write"
        table, number = self._tables[-1], _number(attributes)
        if name == ROW:
            table.here = table.before = 0
        elif name == CELL:
            table.span, table.joined = 1, False
        elif name == "w:gridSpan":
            table.span = number
        elif name == "w:gridBefore":
            table.before = number
        elif name == "w:vMerge" and self.open[-2:] == [CELL, "w:tcPr"]:
            return self._joined(table, attributes)
        return "skip" if name == "w:tblGrid" else "write"

    def _joined(self, table: _Table, attributes: Mapping[str, str]) -> Way:
        """A cell that reaches down, or that one from above reaches into; where there is none above, it stands alone."""
        goes_on = attributes.get("w:val") != "restart"
        if goes_on and table.here not in table.tall:
            return "skip"
        table.joined = True
        return "write"

    def end(self, name: str) -> None:
        """What to do after an element: at the end of a table its rows are filled."""
        if not self._tables:
            return
        table = self._tables[-1]
        if name == "w:trPr" and table.before:
            self.put(EMPTY * table.before)
            table.here, table.before = table.before, 0
        elif name == CELL:
            (table.tall.add if table.joined else table.tall.discard)(table.here)
            table.here += table.span
        elif name == ROW:
            table.rows.append((len(self.buffers[-1]) - 1, min(table.here, MOST)))
        elif name == TABLE:
            self._tables.pop()
            (begin, *rest), widest = self.buffers.pop(), max((columns for _, columns in table.rows), default=0)
            for end, columns in table.rows if widest * len(table.rows) <= MOST_CELLS else ():
                rest[end - 1] = EMPTY * (widest - columns) + rest[end - 1]
            self.buffers[-1] += [begin, f"<w:tblGrid>{COLUMN * widest}</w:tblGrid>", *rest]


def _number(attributes: Mapping[str, str]) -> int:
    value = attributes.get("w:val", "")
    return min(int(value), MOST) if value.isascii() and value.isdigit() else 1
