"""Who made the annotations of a file that name nobody, as its name says."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from essay_explorer.exchange import Author
from essay_explorer.library.finding import name_key

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

# What a file holds is no part of a name; nor is what Moodle and browsers add to the name of a hand-in.
KINDS = r"annotations?|relations?|marks|tags|codings?|export(?:ed)?|hand-?in|hypothesis|reading"
NO_NAME = re.compile(rf"^(?:{KINDS})(?=[\W_]|$)|(?<=[\W_])(?:{KINDS})$|\s*\(\d+\)$", re.IGNORECASE)
MOODLE = re.compile(r"_\d+_assignsubmission_.*")
BETWEEN = " _-.,"
TABLE = ".csv"


def authors_of(files: Sequence[Path], *, by: str, not_names: Collection[str]) -> list[Author | None]:
    """Whose each file is: `by`, or by its name; None where that says nothing.

    `not_names`: words that name the reading and no person. Only tables are called after people. Of several
    files, of a class say, a name is certain, and where the files are all called alike it is that of their folder.
    """
    if by.strip():
        return [Author(_plain(by))] * len(files)
    several = len({_name(file.stem, not_names) or str(file.parent) for file in files}) > 1
    found = [_name(file.stem, not_names) if file.suffix.casefold() == TABLE else "" for file in files]
    folders = [_name(file.absolute().parent.name, not_names) for file in files]
    if len(set(folders)) > 1 and any(file.suffix.casefold() == TABLE for file in files):
        found = [name or folder for name, folder in zip(found, folders, strict=True)]
    return [Author(name, certain=several) if name else None for name in found]


def _name(stem: str, not_names: Collection[str]) -> str:
    name, before = _plain(MOODLE.sub("", stem)), None
    while name != before:
        before, name = name, NO_NAME.sub("", name).strip(BETWEEN)
    name = " ".join(name.replace("_", " ").split())
    known = {name_key(one) for one in not_names}
    return name if any(letter.isalpha() for letter in name) and name_key(name) not in known else ""


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())
