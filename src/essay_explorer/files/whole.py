"""Files are written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file beside its place and move it there; one that is there is replaced. Text is UTF-8.

    Raises OSError that names `path`.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        advice = "" if path.parent.is_dir() else ". Name a file in a folder that is there"
        raise OSError(error.errno, f"cannot be written: {error.strerror}{advice}", str(path)) from error
    finally:
        with suppress(OSError):  # it is there no more where all went well
            beside.unlink()
