"""What a database says when it cannot be had, in plain words and without a password."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from essay_explorer.core.fault import ReadingError

if TYPE_CHECKING:
    from collections.abc import Iterator

DRIVER = "PostgreSQL needs its driver: pip install 'essay-explorer[postgresql]'"
ANOTHER = "Name another place with --store"
KNOWN = (  # what it says, what that means, what to do
    (
        "password authentication failed|no password supplied",
        "the password or the user is not the right one",
        "Write both into the URL, or the password into ~/.pgpass",
    ),
    (r"role .* does not exist", "there is no such user", "Make one on the server with createuser"),
    (r"database .* does not exist", "there is no such database", "Make one on the server with createdb"),
    (
        "failed to resolve host|could not translate host name|Name or service not known",
        "there is no such host",
        "Look at its name, and whether this machine is in its network",
    ),
    (
        "Connection refused|No such file or directory|timeout expired|connection timeout",
        "no PostgreSQL answers there",
        "Start it, or look at host and port",
    ),
    ("no pg_hba.conf entry", "the server lets nobody in from here", "Add this machine to its pg_hba.conf"),
    ("file is not a database", "it is a file of another kind", ANOTHER),
    ("database is locked", "another program is writing into it", "Wait until that has ended"),
    ("disk is full|disk I/O error|No space left", "the disk takes no more", "Make room on it"),
    (
        "readonly database|unable to open database file",
        "the file or its folder takes no changes",
        "Let it be written to",
    ),
    ("database disk image is malformed", "the file is damaged", "Go back to the last `store export`"),
)


@contextmanager
def in_words(shown: str) -> Iterator[None]:
    """Whatever goes wrong with a database in the block is a ReadingError that says what to do."""
    try:
        yield
    except (ModuleNotFoundError, NoSuchModuleError):
        raise ReadingError(DRIVER) from None
    except DBAPIError as error:
        message = f"The rooms in {shown} cannot be opened: {_words(str(error.orig))}"
        raise ReadingError(message) from error


def reason_of(error: Exception) -> str:
    """Why a store that was opened does not answer, without a word of what was to be written."""
    return _known(str(getattr(error, "orig", ""))) or type(error).__name__


def _known(said: str) -> str:
    found = (f"{meaning}. {advice}" for pattern, meaning, advice in KNOWN if re.search(pattern, said))
    return next(found, "")


def _words(said: str) -> str:
    return _known(said) or f"{said.strip().partition(chr(10))[0].rstrip('.')}. {ANOTHER}"
