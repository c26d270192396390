"""Annotations as Hypothesis's client exports them in a table.

It has neither ids nor what stands around a quote, and does not say what a reply answers; the client's
export as JSON does.
"""

from __future__ import annotations

import csv
import io
from itertools import chain, repeat
from typing import TYPE_CHECKING

from essay_explorer.core.fault import Fault, ReadingError, refuse
from essay_explorer.core.table import NAMED_SEPARATOR, separator_of
from essay_explorer.exchange.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from essay_explorer.core.fault import Report

HYPOTHESIS = ("Created at", "Author", "Quote", "Comment", "Tags")  # columns; there are more


def hypothesis_marks(text: str, file: str, report: Report) -> list[Incoming]:
    """The annotations of the table. Of pages, addresses and groups nothing is read."""
    marks = [mark for row, cells in _rows(text, file) if (mark := _mark(row, cells, file, report))]
    if not marks:
        refuse(Fault(file, "holds no annotations of Hypothesis below its header"))
    return marks


def _rows(text: str, file: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """(row, cells by column) of each row, the header being row 1."""
    text = text.removeprefix("\ufeff")
    above = NAMED_SEPARATOR.match(text)
    lines = io.StringIO(text[above.end() :] if above else text, newline="")
    table = csv.reader(lines, delimiter=separator_of(text, HYPOTHESIS))
    try:
        header = [name.strip() for name in next(table, [])]
        for row, cells in enumerate(table, 2):
            yield row, dict(zip(header, chain(map(str.strip, cells), repeat("")), strict=False))
    except csv.Error as error:
        message = f"{file}: line {table.line_num}: not readable as CSV from here on. Export it again"
        raise ReadingError(message) from error


def _mark(row: int, cells: Mapping[str, str], file: str, report: Report) -> Incoming | None:
    quote, note = cells["Quote"], cells["Comment"]
    tags = tuple(filter(None, (tag.strip() for tag in cells["Tags"].split(","))))
    kind = next((cell for name, cell in cells.items() if name.endswith("Type")), "")
    if not quote and not note and not tags:
        return None
    if kind == "Reply":
        say = "a reply, and the table does not say to what; kept without a quote. Hypothesis's JSON export says it"
        report(Fault(file, say, row))
    day, _, clock = cells["Created at"].partition(" ")
    created = f"{day}T{clock}" if clock else day
    return Incoming(row - 1, "", quote, tags=tags, note=note, creator=cells["Author"], created=created, row=row)
