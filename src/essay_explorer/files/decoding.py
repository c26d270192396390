"""Text files as letters, whatever wrote them."""

from __future__ import annotations

import codecs
from pathlib import Path

from essay_explorer.core.fault import Fault, refuse


def text_of(folder: Path, file: str, faults: list[Fault]) -> str | None:
    """The file as text, None where there is none; what is not certain about its letters is a fault."""
    path = folder / file
    if not path.is_file():
        faults.extend(_misnamed(folder, file))
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.append(Fault(file, f"cannot be read: {error.strerror}"))
        return None
    return _decoded(content, file, faults)


def exact_text(path: Path) -> str:
    """A file letter by letter, to be written again. Raises ReadingError where it is not in UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        refuse(Fault(path.name, "not UTF-8, so that it cannot be written back. Save it with the encoding UTF-8"))


def _decoded(content: bytes, file: str, faults: list[Fault]) -> str | None:
    advice = "Save the file again with the encoding UTF-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # what Excel calls Unicode text
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            faults.append(Fault(file, f"is in UTF-16 and damaged. {advice}"))
            return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        faults.append(Fault(file, f"is no text file. {advice}, as plain text"))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        where = f"not UTF-8: byte {content[error.start]:#04x} in line {line}"
        text, how = _despite(content)
        faults.append(Fault(file, f"{where}, {how}. {advice}"))
        return text


def _despite(content: bytes) -> tuple[str, str]:
    """Text that is not UTF-8, and how it was read.

    A letter of UTF-8 among its bytes makes it damaged UTF-8: what is broken shows as U+FFFD. Without
    one, it is what programs on Windows wrote before: nothing of it is lost, but it is a guess.
    """
    text = content.decode("utf-8-sig", errors="replace")
    if not any(letter > "\x7f" and letter != "\ufffd" for letter in text):
        try:
            return content.decode("cp1252"), "read as Windows-1252, which may show wrong letters"
        except UnicodeDecodeError:
            pass
    return text, "shown as \ufffd"


def _misnamed(folder: Path, file: str) -> list[Fault]:
    """A fault where a file of the folder is all but named `file`, e.g. "codebook.yaml"."""
    stem = Path(file).stem
    others = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name.casefold().startswith(stem))
    return [Fault(file, f'is missing. Is it "{others[0]}"? Save that as {file}')] if others else []
