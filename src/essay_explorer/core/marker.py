r"""What stands before an entry of a list: a sign, a figure, a letter or a Roman figure.

Markdown has no marker for letters. An entry that begins with one and an escaped stop, `- a\. First`,
has this as its marker: nobody writes so otherwise, and other programs show the letter as well.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LETTERS = re.compile(r"([a-z]{1,2}|[A-Z]{1,2}|[ivxlcdm]{1,15}|[IVXLCDM]{1,15})\\([.)])[ \t]+")
ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
FIGURES = "1"
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


class Counted(NamedTuple):
    """The number of an entry and how it is written: `figures` is "1", "a", "A", "i" or "I", as HTML has it."""

    number: int
    figures: str


def counted(marker: str) -> Counted | None:
    """What a marker says: 7 of "7.", 2 of "b)"; None of one that does not count."""
    return next(iter(readings(marker[:-1])), None)


def readings(label: str) -> tuple[Counted, ...]:
    """What a figure, letters or a Roman figure may count, the likeliest first: "v" is the 22nd letter, or 5."""
    if label.isdecimal():
        return (Counted(int(label), FIGURES),)
    if not label.isascii() or not label.isalpha():
        return ()
    small, number = label.lower(), 0
    for letter in small:
        number = 26 * number + ord(letter) - ord("a") + 1
    as_letters = Counted(number, "a" if label == small else "A")
    if not ROMAN.fullmatch(small):
        return (as_letters,)
    as_roman = Counted(_roman(small), "i" if label == small else "I")
    return (as_roman, as_letters) if small == "i" or len(small) > 1 else (as_letters, as_roman)


def written(marker: str) -> str:
    """A marker as Markdown has it."""
    return f"- {marker[:-1]}\\{marker[-1]}" if marker[:-1].isalpha() else marker


def _roman(label: str) -> int:
    values = [VALUES[letter] for letter in label]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
