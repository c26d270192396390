"""Where readings are found on disk."""

from __future__ import annotations

import codecs
import os
import warnings
from pathlib import Path

from essay_explorer.essay import FILE as ESSAY
from essay_explorer.fault import Fault, ReadingError, ReadingWarning, counted, instead_of, summary
from essay_explorer.reading import FILES, Reading

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
    path = Path(os.path.expanduser(wanted))  # noqa: PTH111 - Path.expanduser raises for "~nobody"
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        return path.resolve()
    if path.name in FILES and path.is_file():
        return path.parent.resolve()
    advice = f"Give the path of a folder with {ESSAY} in it, or a name. {instead_of(wanted, names())}"
    message = f'There is no reading "{wanted}". {advice}'
    raise ReadingError(message)


def open_reading(name: str | os.PathLike[str] | None = None) -> Reading:
    """The reading of that name, or in that folder; see `folder_of`.

    Faults of its files are in `Reading.faults`, and a ReadingWarning lists them.
    Raises ReadingError when there is no such reading or its essay has no text.
    """
    folder = folder_of(name)
    faults: list[Fault] = []
    texts = {file: _text(folder, file, faults) for file in FILES}
    found = {file: text for file, text in texts.items() if text is not None}
    reading = Reading.from_texts(found, name=folder.name, faults=faults)
    if reading.faults:
        count = counted(len(reading.faults), "fault")
        message = f'The reading "{reading.name}" has {count}:\n{summary(reading.faults)}'
        warnings.warn(message, ReadingWarning, stacklevel=2)
    return reading


def _text(folder: Path, file: str, faults: list[Fault]) -> str | None:
    """The file as text, None where there is none; bytes that are not UTF-8 show as U+FFFD and are a fault."""
    path = folder / file
    if not path.is_file():
        faults.extend(_misnamed(folder, file))
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.append(Fault(file, f"cannot be read: {error.strerror}"))
        return None
    advice = "Save the file again with the encoding UTF-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # what Excel calls Unicode text
        faults.append(Fault(file, f"is in UTF-16. {advice}"))
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        faults.append(Fault(file, f"is no text file. {advice}, as plain text"))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.append(
            Fault(file, f"not UTF-8: byte {content[error.start]:#04x} in line {line}, shown as \ufffd. {advice}")
        )
        return content.decode("utf-8-sig", errors="replace")


def _misnamed(folder: Path, file: str) -> list[Fault]:
    """A fault where a file of the folder is all but named `file`, e.g. "codebook.yaml"."""
    stem = Path(file).stem
    others = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name.casefold().startswith(stem))
    return [Fault(file, f'is missing. Is it "{others[0]}"? Save that as {file}')] if others else []
