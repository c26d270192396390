"""The letters of a file compared with the letters of what was made of it."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NOTE = "\0"  # in the words of a paragraph, where a note is marked
NO_LETTER = re.compile(r"[\W_]+")
REACH = 200_000  # letters further on, in which a paragraph is looked for first


def missing_from(made: Iterable[str], paragraphs: Iterable[str]) -> Iterator[str]:
    """The paragraphs whose letters do not stand in a row in what was `made`."""
    letters = "".join(_letters(html.unescape(block.replace("\\&", "&amp;"))) for block in made)
    at = 0
    for paragraph in paragraphs:
        for part in paragraph.split(NOTE):
            sought = _letters(part)
            found = letters.find(sought, at, at + len(sought) + REACH)
            if found >= 0:
                at = found + len(sought)
            elif sought not in letters:  # notes come last, and Word keeps them apart
                yield part


def _letters(text: str) -> str:
    return NO_LETTER.sub("", unicodedata.normalize("NFKC", text))
