"""Where readings are found on disk."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from essay_explorer.fault import Fault, ReadingError, ReadingWarning, instead_of, summary
from essay_explorer.reading import ESSAY, FILES, Reading

ASKED_FOR = "ESSAY_EXPLORER_READING"  # what `essay-explorer read NAME` was asked for: name or folder
DEFAULT = "her"


def bundled(folder: str) -> Path:
    """The folder "data" or "notebooks": inside the installed package, or in the checkout."""
    package = Path(__file__).parent
    inside = package / folder
    return inside if inside.is_dir() else package.parents[1] / folder


def names() -> list[str]:
    """The names of the readings that come with the project."""
    return sorted(path.parent.name for path in bundled("data").glob(f"*/{ESSAY}"))


def folder_of(name: str | os.PathLike[str] | None = None) -> Path:
    """The folder of a reading.

    `name`: that of a reading in the library, or the path of a folder; None for the one that
    `essay-explorer read` was asked for, else *Her*. Raises ReadingError when there is none.
    """
    wanted = os.fspath(name or os.environ.get(ASKED_FOR) or DEFAULT)
    if wanted in names():
        return bundled("data") / wanted
    path = Path(wanted).expanduser()
    if path.is_dir():
        return path.resolve()
    if path.name in FILES and path.is_file():
        return path.parent.resolve()
    message = f'There is no reading "{wanted}". Give the path of a folder with {ESSAY} in it, or a name. {instead_of(wanted, names())}'
    raise ReadingError(message)


def open_reading(name: str | os.PathLike[str] | None = None) -> Reading:
    """The reading of that name, or in that folder; see `folder_of`.

    Faults of its files are in `Reading.faults`, and a ReadingWarning lists them.
    Raises ReadingError when there is no such reading or its essay has no text.
    """
    folder = folder_of(name)
    faults: list[Fault] = []
    texts = {file: _text(folder / file, faults) for file in FILES if (folder / file).is_file()}
    reading = Reading.from_texts(texts, name=folder.name, faults=faults)
    if reading.faults:
        count = "1 fault" if len(reading.faults) == 1 else f"{len(reading.faults)} faults"
        message = f'The reading "{reading.name}" has {count}:\n{summary(reading.faults)}'
        warnings.warn(message, ReadingWarning, stacklevel=2)
    return reading


def _text(path: Path, faults: list[Fault]) -> str:
    """The file as text; bytes that are not UTF-8 show as U+FFFD and are a fault."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        advice = "Save the file again with the encoding UTF-8"
        faults.append(Fault(path.name, f"not UTF-8: byte {error.object[error.start]:#04x} in line {line}. {advice}"))
        return content.decode("utf-8-sig", errors="replace")
