"""A reading's folder after its essay was edited: its annotations moved to where they belong now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.anchoring.reanchoring import reanchor
from essay_explorer.core.annotation import ANNOTATIONS
from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.essay import Essay
from essay_explorer.files.decoding import exact_text
from essay_explorer.files.whole import write_whole
from essay_explorer.library.finding import KEPT
from essay_explorer.library.opening import open_quietly
from essay_explorer.library.report import report, updated_csv

if TYPE_CHECKING:
    from pathlib import Path


def update(folder: Path) -> tuple[str, ...]:
    """Re-anchor the annotations of the reading in a folder; what became of them, in lines of text.

    The essay as it was at the last update, or when it joined the library, is kept, and tells what
    stood around each passage; the old annotations.csv is kept beside it. Raises ReadingError where
    a file cannot be read as UTF-8, and writes nothing then.
    """
    reading = open_quietly(folder)  # lost quotes are what this is for
    if not reading.annotations:
        return ("This reading has no annotations.",)
    source = exact_text(folder / ANNOTATIONS)
    kept = folder / KEPT
    before = (
        Essay.from_markdown(exact_text(kept / ESSAY), report=lambda _: None).text if (kept / ESSAY).is_file() else None
    )
    moves = reanchor(reading.essay.text, (entry.anchor for entry in reading.annotations), before=before)
    updated = updated_csv(source, moves)
    kept.mkdir(exist_ok=True)
    if updated != source:
        write_whole(kept / ANNOTATIONS, source)
        write_whole(folder / ANNOTATIONS, updated)
    if all(move.state != "lost" for move in moves):  # else the old text may still help to find them
        write_whole(kept / ESSAY, exact_text(folder / ESSAY))
    return report(reading.annotations, moves)
