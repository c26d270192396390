"""Another annotations.csv that joins a reading: that of a class, say, where each student filled in their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from essay_explorer.core.annotation import annotations_from_csv
from essay_explorer.core.fault import Fault, ReadingError, summary
from essay_explorer.exchange.incoming import Incoming
from essay_explorer.exchange.joining import join, reading_to_join
from essay_explorer.files.limits import check_size
from essay_explorer.formats.any_file import likely_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.annotation import Annotation
    from essay_explorer.core.fault import Report
    from essay_explorer.exchange.incoming import Origin
    from essay_explorer.exchange.joining import Joined


def csv_joined(content: bytes, texts: Mapping[str, str], origin: Origin, report: Report) -> Joined:
    """The files of a reading, `texts`, with the annotations of another table added to them.

    Of a tag or a column that the reading's codebook does not know nothing joins; it is reported.
    """
    file = origin.file
    check_size(content, file)
    text, guess = likely_text(content, file)
    book = reading_to_join(texts, file).codebook
    faults = [Fault(file, guess)] if guess else []
    entries = annotations_from_csv(text, book, report=lambda fault: faults.append(replace(fault, file=file)))
    if not entries:
        raise ReadingError(summary(faults), tuple(faults))
    for fault in faults:
        report(fault)
    marks = [_incoming(number, entry) for number, entry in enumerate(entries, 1)]
    return join(marks, texts, origin, report)


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
