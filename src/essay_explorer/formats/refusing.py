"""How a file is refused: in one sentence that names it and says what to do."""

from __future__ import annotations

from typing import NoReturn

from essay_explorer.core.fault import ReadingError, shown


def refuse_file(file: str, why: str) -> NoReturn:
    """Raise ReadingError for a file that is no essay."""
    message = f"{shown(file)} {why}."
    raise ReadingError(message)
