"""The lock of a reading's folder: of two commands that change it, one waits for the other."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from essay_explorer.core.fault import ReadingError
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "lock"
PATIENCE = 60  # seconds: an update of the longest readings takes a quarter of that


@contextmanager
def locked(folder: Path, *, patience: float | None = None) -> Iterator[None]:
    """Hold the lock that lies in a folder, which must be there.

    The system frees it when its holder ends, whatever ended it. `patience`: seconds to wait, a minute
    by default; then a ReadingError is raised. Raises OSError where no file can be written.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only for whoever changes a reading

    try:
        with FileLock(folder / FILE, timeout=PATIENCE if patience is None else patience):
            yield
    except Timeout:
        busy = Phrase("Another command is changing the reading in {folder}. Run this again when it has ended")
        told = busy.filled(folder=str(folder.parent))
        raise ReadingError(told.in_english(), told=told) from None
