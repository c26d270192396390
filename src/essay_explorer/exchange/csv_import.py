"""Tables that join a reading: another annotations.csv, of a student say, a relations.csv, what others export."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from essay_explorer.core.annotation import (
    Annotation,
    annotations_from_csv,
    relations_from_csv,
)
from essay_explorer.core.fault import Fault, ReadingError, shown, summary
from essay_explorer.core.names import COLUMNS
from essay_explorer.core.table import separator_of
from essay_explorer.exchange.hypothesis_csv import HYPOTHESIS, hypothesis_marks
from essay_explorer.exchange.incoming import Incoming
from essay_explorer.exchange.joining import Joined, join, join_relations, reading_to_join
from essay_explorer.exchange.spreadsheets import is_error, iso_dates, unscrambled
from essay_explorer.exchange.taguette import TAGUETTE, taguette_marks
from essay_explorer.files.csv_files import RELATION_COLUMNS
from essay_explorer.files.limits import check_size
from essay_explorer.formats.any_file import likely_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from essay_explorer.core.fault import Report
    from essay_explorer.core.reading import Reading
    from essay_explorer.exchange.incoming import Origin

NEEDED = RELATION_COLUMNS[:3]
ROW_ID = re.compile(r"\. Kept as row\d+$")  # in a fault: an id that holds only where the file itself is a reading's
DATES_SHOWN = 3


def holds_relations(content: bytes, file: str) -> bool:
    """Whether a file is a relations.csv, whatever it is called."""
    if not file.casefold().endswith(".csv"):
        return False
    try:
        header = _header(likely_text(content[:4096], file)[0])
    except ReadingError:
        return False
    return set(NEEDED) <= set(header) and "quote" not in header


def csv_joined(content: bytes, texts: Mapping[str, str], origin: Origin, report: Report) -> Joined:
    """The files of a reading, `texts`, with the annotations or relations of another table added to them.

    Of a tag or a column that the reading's codebook does not know nothing joins; it is reported.
    """
    file = origin.file
    check_size(content, file)
    text, guess = likely_text(content, file)
    text, scrambled = unscrambled(text)
    faults = [Fault(file, guess)] if guess else []
    if scrambled:
        say = f"letters such as {shown(scrambled)} came from a wrong encoding; they are read as they were meant"
        faults.append(Fault(file, say))
    reading = reading_to_join(texts, file)
    header = _header(text)
    if set(NEEDED) <= set(header) and "quote" not in header:
        return _relations_joined(text, texts, origin, _all(report, faults))
    if set(HYPOTHESIS) <= set(header):
        marks = hypothesis_marks(text, file, _all(report, faults))
        return join(marks, texts, origin, report)
    if header == [*TAGUETTE]:
        return join(taguette_marks(text, origin, _all(report, faults)), texts, origin, report)
    book = reading.codebook

    def found(fault: Fault) -> None:
        faults.append(replace(fault, file=file, message=ROW_ID.sub(". It gets a new one", fault.message)))

    entries = annotations_from_csv(text, book, report=found)
    if not entries:
        raise ReadingError(summary(faults), tuple(faults))
    report = _all(report, faults)
    entries = tuple(_mended(entries, reading, origin, report))
    marks = [_incoming(number, entry) for number, entry in enumerate(entries, 1)]
    return join(marks, texts, origin, report)


def _header(text: str) -> list[str]:
    """The names of a table's columns."""
    known = (*COLUMNS, *NEEDED, *HYPOTHESIS, *TAGUETTE)
    line = re.sub(r"\A\ufeff?(?:\"?sep=.\"?[^\r\n]*(?:\r\n?|\n))?", "", text)[:4096]
    table = csv.reader(io.StringIO(line, newline=""), delimiter=separator_of(text, known))
    try:
        return [name.strip() for name in next(table, [])]
    except csv.Error:  # the reader of the whole file says where
        return []


def _all(report: Report, faults: Sequence[Fault]) -> Report:
    """Report what was found so far; the report for the rest."""
    for fault in faults:
        report(fault)
    return report


def _mended(entries: Sequence[Annotation], reading: Reading, origin: Origin, report: Report) -> Iterator[Annotation]:
    """The annotations without what a spreadsheet did to them: errors for formulas, and dates of another form."""
    known = {one.created[:10] for one in reading.annotations}
    dates, unclear = iso_dates((entry.created for entry in entries), known)
    if unclear:
        some = ", ".join(unclear[:DATES_SHOWN])
        say = f"day and month cannot be told apart in {some}; kept as written. Write 2024-03-05"
        report(Fault(origin.file, say))
    for entry in entries:
        made = replace(entry, created=dates.get(entry.created, entry.created))
        yield _without_error(made, reading, origin, report) if is_error(entry.quote) else made


def _without_error(entry: Annotation, reading: Reading, origin: Origin, report: Report) -> Annotation:
    """The annotation with the quote that the reading has for it in the place of an error."""
    creator = entry.creator or (origin.by.name if origin.by else "")
    known = next((one for one in reading.annotations if one.id == entry.id and one.creator in {creator, ""}), None)
    what = f"a spreadsheet took the quote for a formula and left {shown(entry.quote)}"
    kept = f"; {shown(known.quote)} stays" if known else ". Copy the passage again"
    report(Fault(origin.file, f"{what}{kept}", entry.row, entry.id))
    return replace(entry, quote=known.quote, prefix=known.prefix, suffix=known.suffix) if known else entry


def _incoming(number: int, entry: Annotation) -> Incoming:
    return Incoming(
        number,
        "" if entry.id == f"row{entry.row}" else entry.id,  # an id that was made for the row means nothing elsewhere
        entry.quote,
        entry.prefix,
        entry.suffix,
        tags=entry.tags,
        note=entry.note,
        creator=entry.creator,
        created=entry.created,
        row=entry.row,
    )


def _relations_joined(text: str, texts: Mapping[str, str], origin: Origin, report: Report) -> Joined:
    """The files with the relations of a table; its ids are those of the file that came with it, else the reading's."""
    reading = reading_to_join(texts, origin.file)
    ids = {entry.id: entry.id for entry in reading.annotations}
    by = origin.by.name if origin.by else ""
    for entry in reading.annotations if by else ():
        if entry.creator == by:
            ids |= {entry.id: entry.id, re.sub(r"-\d+$", "", entry.id): entry.id}
    ids |= origin.ids
    faults: list[Fault] = []
    links = relations_from_csv(text, ids, report=lambda fault: faults.append(replace(fault, file=origin.file)))
    if not links:
        raise ReadingError(summary(faults), tuple(faults))
    for fault in faults:
        report(fault)
    ours = ((link.row, replace(link, source=ids[link.source], target=ids[link.target], row=0)) for link in links)
    changed, _ = join_relations(ours, texts, file=origin.file, report=report)
    return Joined(changed)
