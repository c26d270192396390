"""A reading opened from its folder."""

from __future__ import annotations

import os
import sys
import warnings
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from essay_explorer.core.brief import ArgumentTypeError, ArgumentValueError, kind_of
from essay_explorer.core.fault import ReadingError, ReadingWarning, counted, shown, summary
from essay_explorer.core.provided import provided
from essay_explorer.core.reading import FILES, Reading
from essay_explorer.files.pictures import images_in
from essay_explorer.files.reading_files import stamps_of, texts_in
from essay_explorer.library.finding import folder_of, names, own_names

if TYPE_CHECKING:
    from essay_explorer.files.reading_files import Stamps

OPENED = "essay_explorer.open_reading"  # the event by which sys.addaudithook hears of a reading: folder, fingerprint


def open_reading(name: str | os.PathLike[str] | None = None) -> Reading:
    """The reading of that name, or in that folder; of a file, such as a .docx, the reading that it makes.

    Faults of its files are in `Reading.faults`, and a ReadingWarning lists them. A file is only read: nothing is
    written. Raises ReadingError when there is no such reading, when its essay has no text, and for a file that cannot
    be read.

    >>> from essay_explorer import open_reading
    >>> print(open_reading("her").essay.title)
    The Film That Asks and Won’t Answer
    """
    file = _file_of(name)
    reading: Reading
    if file:
        reading = provided("new_reading", file).reading
    else:
        folder = folder_of(name)
        reading = unchecked(folder)
        sys.audit(OPENED, str(folder), reading.fingerprint)
    if reading.faults:
        count = counted(len(reading.faults), "fault")
        message = f'The reading "{reading.name}" has {count}:\n{summary(reading.faults)}'
        warnings.warn(message, ReadingWarning, stacklevel=2)
    return reading


def _file_of(name: str | os.PathLike[str] | None) -> Path | None:
    """The file of that name, where it is neither a reading's nor the name of one."""
    if not isinstance(name, str | os.PathLike | None):
        message = f"open_reading takes a name, a folder or a file, and this is {kind_of(name)}"
        raise ArgumentTypeError(message)
    if name == "":
        message = "open_reading takes a name, a folder or a file, and this is an empty text. Without any, it opens Her"
        raise ArgumentValueError(message)
    path = Path(name).expanduser() if name else None
    is_file = path is not None and path.suffix != "" and os.path.isfile(path)  # noqa: PTH113 - for names too long
    return path if is_file and path and path.name not in FILES else None


def unchecked(folder: Path) -> Reading:
    """The reading in a folder, its quotes not looked for yet. Raises ReadingError where its essay has no text."""
    return _reading(folder, stamps_of(folder))


def open_quietly(name: str | os.PathLike[str] | None = None) -> Reading:
    """The reading of that name without a warning, for whoever tells its faults in another way."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReadingWarning)
        return open_reading(name)


def reading_with_text(essay: str, file: str, title: str = "") -> Reading:
    """A reading of the library whose essay has that fingerprint, one's own first.

    `file`, `title`: which marks are asked for, and what their essay is called. Raises ReadingError where there is none.
    """
    for name in dict.fromkeys([*own_names(), *names()]):
        try:
            found = unchecked(folder_of(name))
        except (ReadingError, OSError):
            continue
        if found.essay.fingerprint == essay:
            return found
    called = f", {shown(title)}" if title else ""
    message = f"{file}: no reading in your library has the text that it belongs to{called}. Give one of that text"
    raise ReadingError(message)


@lru_cache(maxsize=4)  # a value that nobody changes; a server's kernels share the one it was forked with
def _reading(folder: Path, stamps: Stamps) -> Reading:  # noqa: ARG001 - part of the key
    texts, faults = texts_in(folder)
    reading = Reading.from_texts(texts, name=folder.name, faults=faults)
    images, faults = images_in(folder, reading.essay)
    return replace(reading, images=images, parsing_faults=(*reading.parsing_faults, *faults))
