"""A reading that was made in Python, written into one's own library."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import cut
from essay_explorer.core.annotation import ANNOTATIONS, RELATIONS
from essay_explorer.core.codebook_entries import FILE as CODEBOOK
from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import ReadingError, ReadingWarning, summary
from essay_explorer.core.front_matter import TEXTS
from essay_explorer.core.reading import Reading
from essay_explorer.core.tour import TOUR
from essay_explorer.files.codebook_file import codebook_to_yaml
from essay_explorer.files.csv_files import annotations_to_csv, relations_to_csv, tour_to_csv
from essay_explorer.files.essay_file import essay_to_markdown
from essay_explorer.formats.manuscript import Run, markdown_of
from essay_explorer.library.adding import add
from essay_explorer.library.opening import open_quietly
from essay_explorer.library.starter import BOM

if TYPE_CHECKING:
    from pathlib import Path

    from essay_explorer.anchoring.segments import Span

PARTS = {"codebook": CODEBOOK, "annotations": ANNOTATIONS, "relations": RELATIONS, "tour": TOUR}


def save(reading: Reading, name: str) -> Path:
    """Write a reading into one's own library; the folder that holds it. What is opened from it equals the reading.

    A ReadingWarning lists what could not be read where it came from, and so is not in the copy. Raises
    ReadingError for a name that is taken or that no folder can have, and for what no file can hold.
    """
    folder = add(name, texts_of(reading), reading.images, exactly=True)
    again = {(fault.file, fault.entry, fault.message) for fault in open_quietly(folder).parsing_faults}
    gone = [one for one in reading.parsing_faults if (one.file, one.entry, one.message) not in again]
    if gone:
        message = f'"{name}" is saved. Not in it is what could not be read:\n{summary(gone)}'
        warnings.warn(message, ReadingWarning, stacklevel=3)
    return folder


def texts_of(reading: Reading) -> dict[str, str]:
    """The files of a reading by name, from which the same reading can be read.

    Raises ReadingError where there are none.
    """
    texts = {ESSAY: _markdown(reading.essay)}
    if reading.codebook.facets:
        texts[CODEBOOK] = codebook_to_yaml(reading.codebook)
    if reading.annotations:
        texts[ANNOTATIONS] = BOM + annotations_to_csv(reading.annotations, reading.codebook)
    if reading.relations:
        texts[RELATIONS] = BOM + relations_to_csv(reading.relations)
    if reading.tour:
        texts[TOUR] = BOM + tour_to_csv(reading.tour)
    made = Reading.from_texts(texts)
    for part, file in PARTS.items():
        if getattr(made, part) != getattr(reading, part):
            message = f"The {part} of this reading cannot be written: read again from {file}, they would be others"
            raise ReadingError(message)
    return texts


def _markdown(essay: Essay) -> str:
    """The Markdown that the essay was read from, or some that says the same."""
    for source in (essay.source, _written(essay)):
        if Essay.from_markdown(source, report=lambda _: None) == essay:
            return source
    advice = "Make it with Essay.from_markdown, and it can be saved"
    message = f"This essay has what its Markdown would not say again: spaces in a row, say, or headings. {advice}"
    raise ReadingError(message)


def _written(essay: Essay) -> str:
    facts = {name: getattr(essay, name) for name in TEXTS}
    front = f"keywords: {json.dumps(essay.keywords, ensure_ascii=False)}\n" if essay.keywords else ""
    paragraphs = (markdown_of(_runs(essay, paragraph)) for paragraph in essay.paragraphs)
    return essay_to_markdown(facts, paragraphs, front=front)


def _runs(essay: Essay, paragraph: Span) -> list[Run]:
    """A paragraph, cut where its emphasis starts and ends."""
    start, end = paragraph
    inside = [(look, span) for look, span in essay.emphasis if start <= span.start and span.end <= end]
    spans = [(look, span._replace(start=span.start - start, end=span.end - start)) for look, span in inside]
    segments = cut(essay.text[start:end], spans)
    kinds = [set(segment.labels) for segment in segments]
    return [
        Run(segment.text, "both" if len(kind) > 1 else next(iter(kind), ""))
        for segment, kind in zip(segments, kinds, strict=True)
    ]
