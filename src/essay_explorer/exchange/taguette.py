"""Highlights as Taguette exports them in a table: a row for each tag of each, without places and authors."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from essay_explorer.core.fault import Fault, ReadingError, counted, refuse, shown
from essay_explorer.core.table import separator_of
from essay_explorer.exchange.incoming import Incoming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from essay_explorer.core.fault import Report
    from essay_explorer.exchange.incoming import Origin

TAGUETTE = ("id", "document", "tag", "content")  # columns, and no others

Row = dict[str, str]


def taguette_marks(text: str, origin: Origin, report: Report) -> list[Incoming]:
    """The highlights of one document: that which `origin.source` names, where there are several."""
    rows = _rows(text, origin.file)
    document = _document(list(dict.fromkeys(row["document"] for row in rows)), origin, report)
    tags: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row["document"] == document and row["content"]:
            tags.setdefault((row["id"], row["content"]), []).extend(filter(None, (row["tag"],)))
    return [
        Incoming(number, f"highlight-{name}", quote, tags=tuple(dict.fromkeys(given)))
        for number, ((name, quote), given) in enumerate(tags.items(), 1)
    ]


def _rows(text: str, file: str) -> list[Row]:
    table = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator_of(text, TAGUETTE))
    try:
        _, *rows = table
    except csv.Error as error:
        message = f"{file}: line {table.line_num}: not readable as CSV from here on. Export it again"
        raise ReadingError(message) from error
    return [dict(zip(TAGUETTE, map(str.strip, row), strict=True)) for row in rows if len(row) == len(TAGUETTE)]


def _document(documents: Sequence[str], origin: Origin, report: Report) -> str:
    """The document that is meant."""
    if len(documents) == 1 and not origin.source:
        return documents[0]
    if origin.source not in documents:
        some = f"holds {counted(len(documents), 'document')}: {', '.join(map(shown, documents))}"
        refuse(Fault(origin.file, f"{some}. Say which one to take: --source NAME"))
    if others := [shown(one) for one in documents if one != origin.source]:
        report(Fault(origin.file, f"reads {shown(origin.source)} and leaves out {', '.join(others)}"))
    return origin.source
