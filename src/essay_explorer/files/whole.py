"""Files are written whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from essay_explorer.core.brief import BriefError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WRITING = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A place beside a file for a new one, which is moved to it when it was written without an error.

    Where `path` is a link, the file that it leads to is replaced. Raises OSError that names `path`, also for a file
    that may only be read.
    """
    target = place_of(path)
    new = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        yield new
        move(new, target)
    except OSError as error:
        refuse_to_write(path, error)
    finally:
        with suppress(OSError):  # it is there no more where all went well
            new.unlink()


def write_whole(path: Path, content: str | bytes, *, check: Callable[[], object] = lambda: None) -> None:
    """Write a file beside its place and move it there; one that is there is replaced. Text is UTF-8.

    The new file has the mode of the old one. `check` is called when it lies ready, and may refuse. Raises as `beside`.
    """
    with beside(path) as new:
        write_file(new, content, like=path)
        check()


def place_of(path: Path) -> Path:
    """The file to replace where something is to be written to `path`. Raises OSError where it may only be read."""
    target = Path(os.path.realpath(path))
    if target.is_file() and not (target.stat().st_mode & WRITING and os.access(target, os.W_OK)):
        why = "cannot be written: it may only be read. Allow writing, or name another file"
        raise PermissionError(13, why, str(path))
    return target


def write_file(path: Path, content: str | bytes, *, like: Path) -> None:
    """Write a file that is not there yet, to the disk itself, with the mode and the owner of another, if that is there.

    Raises OSError.
    """
    with path.open("xb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileNotFoundError):
        status = like.stat()
        path.chmod(stat.S_IMODE(status.st_mode))
        if hasattr(os, "chown") and (status.st_uid, status.st_gid) != (path.stat().st_uid, path.stat().st_gid):
            with suppress(PermissionError):  # only root gives files away
                os.chown(path, status.st_uid, status.st_gid)


def move(one: Path, other: Path) -> None:
    """Move a file to another's place, and the move to the disk. Raises OSError."""
    one.replace(other)
    sync(other.parent)


def sync(folder: Path) -> None:
    """Make sure that a new name in a folder is on the disk; Windows cannot and need not."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class WritingError(BriefError, OSError):
    """A file cannot be written; `filename` and `strerror` say which and why."""

    def __str__(self) -> str:
        return f"{self.filename}: {self.strerror}"


def refuse_to_write(path: Path, error: OSError) -> NoReturn:
    """Raise an OSError that says of `path` what `error` says of another file."""
    advice = "" if path.parent.is_dir() else ". Name a file in a folder that is there"
    raise WritingError(error.errno, f"cannot be written: {error.strerror}{advice}", str(path)) from error
