"""What a file may be at most, whatever it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.core.fault import Fault, refuse
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from pathlib import Path

    from essay_explorer.words import Sentence

LARGEST = 64 * 1024**2  # bytes: thirty novels, or a hundred thousand annotations
PARTED = Phrase("Split it into parts").filled()
OF_MARKS, MOST_MARKS = 16 * 1024**2, 10_000  # bytes and marks of one reader, who makes a thousand in a long novel


def bytes_of(path: Path, file: str = "", *, most: int = LARGEST) -> bytes:
    """The bytes of a file, never more of them than it may have.

    `file`: what the fault calls it. Raises ReadingError where it cannot be read, or is too large.
    """
    name = file or str(path)
    try:
        with path.open("rb") as opened:
            content = opened.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or Phrase("there is no such file").filled()
        refuse(Fault.of(name, Phrase("cannot be read: {reason}").filled(reason=reason)))
    check_size(content, name, most=most)
    return content


def check_size(content: bytes, file: str, *, most: int = LARGEST, advice: str | Sentence = PARTED) -> None:
    """Raise ReadingError for a file that is larger than any may be."""
    if len(content) > most:
        told = Phrase("is larger than {most} MB, the largest that is read. {advice}")
        refuse(Fault.of(file, told.filled(most=str(most // 1024**2), advice=advice)))
