"""What a file may be at most, whatever it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.core.fault import Fault, refuse

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 64 * 1024**2  # bytes: thirty novels, or a hundred thousand annotations


def bytes_of(path: Path, file: str = "") -> bytes:
    """The bytes of a file, never more of them than a file may have.

    `file`: what the fault calls it. Raises ReadingError where it cannot be read, or is too large.
    """
    name = file or str(path)
    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        refuse(Fault(name, f"cannot be read: {getattr(error, 'strerror', None) or 'there is no such file'}"))
    check_size(content, name)
    return content


def check_size(content: bytes, file: str) -> None:
    """Raise ReadingError for a file that is larger than any may be."""
    if len(content) > LARGEST:
        size = f"is larger than {LARGEST // 1024**2} MB"
        refuse(Fault(file, f"{size}, the most that a file may have here. Take it in parts"))
