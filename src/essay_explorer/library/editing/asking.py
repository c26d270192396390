"""What a page asks for, as JSON: an act, undo or redo; and what becomes of it."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from essay_explorer.core.fault import ReadingError
from essay_explorer.library.editing.acts import act_from
from essay_explorer.words import Phrase, say

if TYPE_CHECKING:
    from essay_explorer.library.editing.desk import Desk, Outcome

WHY = {
    errno.EACCES: Phrase("{file} cannot be written: this program has no right to"),
    errno.EROFS: Phrase("{file} cannot be written: its disk is for reading only"),
    errno.ENOSPC: Phrase("{file} cannot be written: the disk is full"),
}
SERVED = "ESSAY_EXPLORER_SERVED"  # in the environment of a notebook that is served to readers


def is_served() -> bool:
    """Whether this notebook runs for readers of a dashboard, Voila's or ours, who change nothing."""
    return bool(os.environ.get(SERVED)) or os.environ.get("SERVER_SOFTWARE", "").startswith("voila")


def done(desk: Desk, asked: object) -> Outcome:
    """What became of what a page asked for. Raises ReadingError, ValueError and OSError in plain words.

    `{"undo": true}`, `{"redo": true}`, or an `act` with a `name` of its own; `sure` answers its question with yes.
    """
    match asked:
        case {"undo": True}:
            return desk.undo()
        case {"redo": True}:
            return desk.redo()
        case {"act": dict() as act, "name": str() as name, **rest}:
            return desk.do(act_from(act), name=name, sure=rest.get("sure") is True, now=datetime.now(UTC))
    message = say("Nothing was changed: the request holds no act")
    raise ReadingError(message)


def in_words(error: Exception) -> str:
    """What went wrong, in the reader's language and without Python's own words."""
    if isinstance(error, ReadingError):
        return error.said()
    if isinstance(error, OSError) and error.filename and (why := WHY.get(error.errno or 0)):
        return why.said(file=error.filename)
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(error)
