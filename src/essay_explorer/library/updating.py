"""A reading's folder after its essay was edited: its annotations moved to where they belong now."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from essay_explorer.anchoring.reanchoring import reanchor
from essay_explorer.core.annotation import ANNOTATIONS
from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import Fault, refuse
from essay_explorer.core.front_matter import FrontMatter
from essay_explorer.files.limits import bytes_of
from essay_explorer.files.pictures import bytes_in, images_in
from essay_explorer.files.reading_files import KEPT_ANNOTATIONS, KEPT_ESSAY, changing
from essay_explorer.formats.any_file import manuscript_of
from essay_explorer.library.opening import unchecked
from essay_explorer.library.report import report, updated_csv

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from essay_explorer.anchoring.moves import Move
    from essay_explorer.formats.manuscript import Manuscript

OTHER_PICTURE = "another picture of this name is in the folder, and stays. Rename one of them."


@contextmanager
def _without_collector() -> Iterator[None]:
    """Python's collector would look again and again at a million words, none of which is garbage."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_without_collector()
def update(folder: Path, revised: Path | None = None) -> tuple[str, ...]:
    """Re-anchor the annotations of the reading in a folder; what became of them, in lines of text.

    `revised`: a file of any kind that `open` reads, whose text takes the place of the essay's; title,
    author and the other facts stay. The essay as it was at the last update, or when it joined the library,
    is kept, and tells what stood around each passage; the old annotations.csv is kept beside it. Raises
    ReadingError where a file that changes cannot be read as UTF-8, and for a revised text with none of the
    quotes in it; then nothing was written.
    """
    if not revised and not unchecked(folder).annotations:
        return ("This reading has no annotations.",)
    new = _revised(revised) if revised else None
    with changing(folder) as files:
        essay, source, kept = (files.text(name) or "" for name in (ESSAY, ANNOTATIONS, KEPT_ESSAY))
        reading = unchecked(folder)  # lost quotes are what this is for
        entries = reading.annotations
        after = _with_body(essay, new) if new else essay
        known = kept or (essay if new else "")
        text = _text(after) if new else reading.essay.text
        before = reading.essay.text if known == essay else _text(known) if known else None
        moves = reanchor(text, (entry.anchor for entry in entries), before=before)
        if revised:
            _check_is_the_same(moves, revised)
        updated = updated_csv(source, moves)
        texts = {ANNOTATIONS: updated, KEPT_ANNOTATIONS: source} if updated != source else {}
        lost = any(move.state == "lost" for move in moves)  # then the old text may still help to find them
        texts |= {ESSAY: after} if after != essay else {}
        texts |= {KEPT_ESSAY: known if lost else after} if known or not lost else {}
        others = files.add(new.images) if new else []
        files.replace(texts)
    notices = [*new.notices, *(f"{name}: {OTHER_PICTURE}" for name in others)] if new else []
    return (*notices, *(report(entries, moves) if entries else ("The essay is updated. It has no annotations.",)))


def _revised(path: Path) -> Manuscript:
    """What a file holds, with the pictures that are in it or stand beside it."""
    made = manuscript_of(bytes_of(path), path.name, beside=partial(bytes_in, path.parent))
    text = made.essay("x")
    if made.images or "![" not in text:
        return made
    images, faults = images_in(path.parent, Essay.from_markdown(text, report=lambda _: None))
    return replace(made, images=images, notices=(*made.notices, *(f"{fault}." for fault in faults)))


def _check_is_the_same(moves: Sequence[Move], revised: Path) -> None:
    """Raise ReadingError where none of the quotes is left."""
    if moves and all(move.state == "lost" for move in moves):
        quotes = "its one quote is not" if len(moves) == 1 else f"none of its {len(moves)} quotes is"
        advice = "Nothing was written. To make a reading of its own: essay-explorer open"
        refuse(
            Fault(revised.name, f"is not a version of this reading's essay: {quotes} in it. {advice} {revised.name}")
        )


def _text(source: str) -> str:
    return Essay.from_markdown(source, report=lambda _: None).text


def _with_body(source: str, revised: Manuscript) -> str:
    """The text of essay.md with its front matter, and below it what the revised manuscript says."""
    old, new = (FrontMatter.from_markdown(text, ESSAY, lambda _: None).body for text in (source, revised.essay("x")))
    return f"{source.removesuffix(old)}{new}"
