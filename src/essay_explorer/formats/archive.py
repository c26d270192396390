"""Archives: the parts of a packed file that hold its text, and no more than a text can hold."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from essay_explorer.core.fault import ReadingError
from essay_explorer.formats.refusing import refuse_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_UNPACKED = 64 * 1024 * 1024  # bytes of text in a packed file
ALWAYS_UNPACKED = 4 * 1024 * 1024
PACKED = 100  # times: no program packs an essay tighter, but an archive made to fill a machine is
MOST_PARTS = 5000
TEXT_PARTS = re.compile(r"(?:^|/)mimetype$|\.(?:xml|rels|xhtml|html?|opf|ncx|css)$", re.IGNORECASE)
# What a broken archive makes the library raise.
BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError)
BROKEN_PART = (ValueError, KeyError, IndexError, OverflowError)
ENTITIES = "defines abbreviations of its own, which no essay needs. Save it as .txt"
UNPACKS = "unpacks to more than an essay can hold. Save its text alone, as .txt"


@contextmanager
def unpacking(file: str) -> Iterator[None]:
    """Whatever a broken archive raises is one sentence."""
    try:
        yield
    except BROKEN_ARCHIVE:
        refuse_file(file, "is broken or locked. Open it in its own program and save it again")
    except BROKEN_PART as error:
        if isinstance(error, ReadingError):
            raise
        refuse_file(file, "is broken. Open it in its own program and save it again")


def text_parts(content: bytes, file: str, wanted: re.Pattern[str] = TEXT_PARTS) -> dict[str, bytes]:
    """The parts of an archive that hold text, by name: no picture, and no more than a text can hold."""
    room = min(MOST_UNPACKED, max(PACKED * len(content), ALWAYS_UNPACKED))
    if content.count(b"PK\1\2") > MOST_PARTS:
        refuse_file(file, f"is an archive of more than {MOST_PARTS} parts, which no essay is")
    found: dict[str, bytes] = {}
    with unpacking(file), zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [part for part in archive.infolist() if wanted.search(part.filename)]
        if sum(part.file_size for part in parts) > room:
            refuse_file(file, UNPACKS)
        for part in parts:
            with archive.open(part) as packed:
                data = packed.read(room + 1)
            room -= len(data)
            if room < 0:
                refuse_file(file, UNPACKS)
            if b"<!ENTITY" in data:
                refuse_file(file, ENTITIES)
            found[slashed(part.filename)] = data
    return found


def slashed(name: str) -> str:
    """The name of a part; some programs on Windows part folders as Windows does."""
    return name.replace("\\", "/")


def packed(parts: Mapping[str, bytes]) -> bytes:
    """An archive of these parts, not compressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


class Parts:
    """The parts of an archive, one at a time."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))

    def names(self) -> list[str]:
        """Those of all parts."""
        return self._archive.namelist()

    def part(self, name: str, most: int) -> bytes | None:
        """A part, one byte more than `most` at most; None where it is not there or broken."""
        try:
            with self._archive.open(name) as part:
                return part.read(most + 1)
        except (*BROKEN_ARCHIVE, *BROKEN_PART):
            return None
