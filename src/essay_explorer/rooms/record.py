"""The record of a room: tables of its marks, shares and agreement, and of each pupil's work."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

from essay_explorer.core.formulas import shielded
from essay_explorer.files.csv_files import annotations_to_csv
from essay_explorer.files.whole import write_whole
from essay_explorer.rooms.majority import majority
from essay_explorer.rooms.phase import FIRST, SECOND
from essay_explorer.rooms.printing import result_page
from essay_explorer.rooms.tally import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from essay_explorer.rooms.results import Results

    Row = Iterable[object]

BOM = "\ufeff"  # by which a spreadsheet knows UTF-8


def write_record(results: Results, folder: Path) -> list[Path]:
    """Write the tables of a room into a folder, each whole; a table that is there is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in tables_of(results).items():
        write_whole(folder / name, content)
        written.append(folder / name)
    return written


def archive_of(results: Results) -> bytes:
    """The tables as a zip, in a folder of their own."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tables_of(results).items():
            archive.writestr(f"{results.state.name}-{results.state.code}/{name}", content)
    return packed.getvalue()


def tables_of(results: Results) -> dict[str, str]:
    """Each table by the name of its file, and a page to print."""
    return {
        "marks.csv": _table(_marks(results)),
        "shares.csv": _table(_shares(results)),
        "agreement.csv": _table(_agreement(results)),
        "pupils.csv": gradebook_of(results),
        "replies.csv": _table(_replies(results)),
        "annotations.csv": majority_of(results, 0.5),
        "result.html": result_page(results),
    }


def gradebook_of(results: Results) -> str:
    """The table of each pupil's work."""
    return _table(_pupils(results))


def majority_of(results: Results, threshold: float) -> str:
    """The class's majority at a threshold, as annotations.csv."""
    made = majority(results.text, results.tally, threshold=threshold, creator=f"Room {results.state.code}")
    return BOM + annotations_to_csv(made.annotations, made.codebook)


def _table(rows: Iterable[Row]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [shielded("" if cell is None else str(cell)) for cell in row] for row in rows
    )
    return BOM + out.getvalue()


def _marks(results: Results) -> Iterator[Row]:
    yield (
        "pass",
        "reader",
        "name",
        "id",
        "first_sentence",
        "last_sentence",
        "tags",
        "reason",
        "quote",
        "created",
        "changed",
        "handed_in",
    )
    people = {one.id: one for one in results.participants}
    for number in (FIRST, SECOND):
        if number > results.pass_number:
            return
        for who, kept in standing(results.marks, until=number).items():
            one = people[who]
            for mark in sorted(kept, key=lambda mark: mark.sentences):
                sent, at = mark.mark, one.handed_in.get(number) or one.handed_in.get(FIRST)
                words = ";".join(sent.tags), sent.reason, sent.quote.exact
                yield (
                    number,
                    one.number,
                    one.label,
                    sent.id,
                    *mark.sentences,
                    *words,
                    sent.created,
                    sent.changed,
                    at and at.isoformat(),
                )


def _shares(results: Results) -> Iterator[Row]:
    yield "pass", "sentence", "tag", "count", "readers", "share", "text"
    tallies = {FIRST: results.first, results.pass_number: results.tally}
    for number, tally in tallies.items():
        for one in tally.shares():
            share = f"{one.count / one.readers:.3f}"
            yield number, one.sentence, one.tag, one.count, one.readers, share, results.text.sentence(one.sentence)


def _agreement(results: Results) -> Iterator[Row]:
    yield "tag", "label", "words", "alpha", "low", "high", "sentences_with_it", "sentences", "readers"
    for one in results.agreement.tags:
        numbers = (None if value is None else f"{value:.3f}" for value in (one.alpha, one.low, one.high))
        yield one.tag, one.label, str(one), *numbers, one.given, one.sentences, one.readers


def _pupils(results: Results) -> Iterator[Row]:
    """Counts for a gradebook; nothing of them says how good the work is."""
    columns = "reader", "name", "account", "paper", "group"
    yield *columns, "marks", "reasons", "replies", "handed_in", "handed_in_again", "points"
    kept = standing(results.marks, until=results.pass_number)
    for one in results.participants:
        marks = kept.get(one.id, [])
        counts = len(marks), sum(bool(mark.mark.reason) for mark in marks)
        replies = sum(reply.participant == one.id for reply in results.replies)
        handed_in = one.handed_in.get(FIRST), one.handed_in.get(SECOND)
        times = (at and at.isoformat(timespec="seconds") for at in handed_in)
        who = one.number, one.label, one.account, "yes" if one.paper else "", one.group
        yield *who, *counts, replies, *times, ""


def _replies(results: Results) -> Iterator[Row]:
    yield "reader", "sentence", "tag", "view", "text", "seen", "reports"
    numbers = {one.id: one.number for one in results.participants}
    for one in results.replies:
        yield numbers[one.participant], one.sentence, one.tag, one.view, one.text, one.seen, one.reports
