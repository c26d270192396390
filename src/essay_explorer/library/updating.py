"""A reading's folder after its essay was edited: its annotations moved to where they belong now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.anchoring.reanchoring import reanchor
from essay_explorer.core.annotation import ANNOTATIONS
from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.essay import Essay
from essay_explorer.files.reading_files import KEPT_ANNOTATIONS, KEPT_ESSAY, changing
from essay_explorer.library.opening import open_quietly
from essay_explorer.library.report import report, updated_csv

if TYPE_CHECKING:
    from pathlib import Path


def update(folder: Path) -> tuple[str, ...]:
    """Re-anchor the annotations of the reading in a folder; what became of them, in lines of text.

    The essay as it was at the last update, or when it joined the library, is kept, and tells what
    stood around each passage; the old annotations.csv is kept beside it. Raises ReadingError where
    a file that changes cannot be read as UTF-8; then nothing is written.
    """
    if not open_quietly(folder).annotations:
        return ("This reading has no annotations.",)
    with changing(folder) as files:
        essay, source, kept = (files.text(name) or "" for name in (ESSAY, ANNOTATIONS, KEPT_ESSAY))
        reading = open_quietly(folder)  # lost quotes are what this is for
        before = Essay.from_markdown(kept, report=lambda _: None).text if kept else None
        moves = reanchor(reading.essay.text, (entry.anchor for entry in reading.annotations), before=before)
        updated = updated_csv(source, moves)
        texts = {ANNOTATIONS: updated, KEPT_ANNOTATIONS: source} if updated != source else {}
        if all(move.state != "lost" for move in moves):  # else the old text may still help to find them
            texts[KEPT_ESSAY] = essay
        files.replace(texts)
    return report(reading.annotations, moves)
