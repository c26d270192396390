"""Readings of one's own: added, renamed, removed."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import unicodedata
from contextlib import contextmanager
from itertools import count, islice
from typing import TYPE_CHECKING

from essay_explorer.core.fault import ReadingError, instead_of, shown
from essay_explorer.files.reading_files import changing, write_new
from essay_explorer.files.whole import WritingError, sync
from essay_explorer.library.finding import bundled, folder_of, name_key, names, own_library, own_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from essay_explorer.core.image import Image

RECYCLED = "_recycled"  # no reading's name starts so
NAME = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
LONGEST_NAME = 60  # letters: the recycle folder adds a date and a number, and a file system allows 255 bytes
DEVICES = re.compile(r"con|prn|aux|nul|conin|conout|(?:com|lpt)[0-9]")  # Windows keeps these names for itself


def folder_to_change(name: str) -> Path:
    """The folder of a reading, as `folder_of` finds it, to write into.

    Raises ReadingError for the name of one that comes with the project; its path may be given.
    """
    folder = folder_of(name)
    if name in names() and folder == bundled("data") / name:
        advice = "Make one of your own with: essay-explorer open FILE"
        message = f'"{name}" comes with the project and stays as it is. {advice}. {_own_ones()}'
        raise ReadingError(message)
    return folder


def name_for(title: str) -> str:
    """A name for a reading, made from a title or a file's name."""
    letters = unicodedata.normalize("NFC", title).lower()
    kept = "".join(letter if letter.isalnum() else " " for letter in letters)
    name = "-".join(kept.split())[:LONGEST_NAME].strip("-")
    return f"essay-{name}" if DEVICES.fullmatch(name) else name or "essay"


def add(name: str, texts: Mapping[str, str], images: Iterable[Image] = (), *, exactly: bool = False) -> Path:
    """Write a reading of one's own, whole or not at all; the folder that holds it.

    `texts`: its files by name; `images`: those of its essay. Where the name is taken, the folder's name
    ends in "-2", "-3" ..., or, if it is `exactly` this one that is wanted, a ReadingError is raised, as it is for
    a name that not every file system can hold.
    """
    _check_name(name)
    library = own_library()
    library.mkdir(parents=True, exist_ok=True)
    beside = library / f".new-{secrets.token_hex(8)}"
    try:
        write_new(beside, texts, images)
        return _moved(beside, library, name, most=1 if exactly else None)
    except OSError as error:
        raise WritingError(error.errno, f"cannot be written: {error.strerror}", str(library / name)) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)  # it is there no more where all went well


def rename(old: str, new: str) -> Path:
    """Give a reading of one's own another name; its new folder."""
    folder = _own_folder(old)
    _check_name(new)
    target = folder.with_name(new)
    if name_key(new) in _taken() - {name_key(folder.name)} or (target.exists() and not target.samefile(folder)):
        raise _is_taken(new)
    with _still(folder):
        return folder.rename(target)


def remove(name: str, *, today: date) -> Path:
    """Move a reading of one's own to the recycle folder of the library; where it is now."""
    folder = _own_folder(name)
    recycled = own_library() / RECYCLED
    recycled.mkdir(exist_ok=True)
    with _still(folder):
        return _moved(folder, recycled, f"{today.isoformat()}-{folder.name}")


@contextmanager
def _still(folder: Path) -> Iterator[None]:
    """Wait until no command changes the reading any more, and let none begin.

    Windows moves no folder with a file that somebody holds, so that there the lock is free again.
    """
    with changing(folder):
        if os.name == "posix":
            yield
    if os.name != "posix":
        yield


def _moved(folder: Path, into: Path, name: str, *, most: int | None = None) -> Path:
    """The folder under that name, or the next that is free; with `most`, of the first so many."""
    taken = _taken() | {name_key(path.name) for path in into.iterdir()}
    for number in islice(count(1), most):
        free = name if number == 1 else f"{name}-{number}"
        if name_key(free) in taken:
            continue
        try:
            moved = folder.rename(into / free)
        except OSError:
            if not (into / free).exists():
                raise
        else:
            sync(into)
            return moved
    raise _is_taken(name)


def _taken() -> set[str]:
    """What no new reading may be called: the names that exist, whatever the case."""
    return {name_key(name) for name in [*names(), *own_names()]}


def _is_taken(name: str) -> ReadingError:
    return ReadingError(f'The name "{name}" is taken. Take another, or remove that reading first')


def _check_name(name: str) -> None:
    if NAME.fullmatch(name) and len(name) <= LONGEST_NAME and not DEVICES.fullmatch(name_key(name)):
        return
    expected = (
        f"expected letters, digits and hyphens, at most {LONGEST_NAME}, and not a name that Windows keeps for itself"
    )
    message = f'A reading cannot be called {shown(name)}: {expected}. For example "{name_for(name)}"'
    raise ReadingError(message)


def _own_ones() -> str:
    return f"Your own readings: {', '.join(own_names()) or 'none'}"


def _own_folder(name: str) -> Path:
    own = {name_key(one): one for one in own_names()}
    if name_key(name) in own:
        return own_library() / own[name_key(name)]
    if name in names():
        message = f'"{name}" comes with the project and stays as it is. {_own_ones()}'
        raise ReadingError(message)
    message = f'You have no reading of your own named "{name}". {instead_of(name, own_names())}'
    raise ReadingError(message)
