r"""What stands before an entry of a list: a sign, or its label: a figure, letters, a Roman figure, several of these.

Markdown has markers for signs and for plain figures alone. An entry that begins with another label whose last
stop or bracket is escaped, `- (a\) First` or `- 2\.1 First`, has this for its marker; one that Markdown does not
escape is written by its number, `- 一&#12289; First`. Nobody writes so otherwise, and other programs show the label.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NUMERALS = "〇零一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟貳參陸일이삼사오육칠팔구십백천"
LETTERS = r"[ivxlcdm]{1,15}|[IVXLCDM]{1,15}|[a-z]{1,2}|[A-Z]{1,2}|[^\W\d_]"
COUNTER = rf"(?:[^\W\d_]?\d{{1,6}}[a-z]?|[{NUMERALS}]{{1,9}}|{LETTERS})"
PARTS = rf"{COUNTER}(?:[.:-]{COUNTER}){{0,8}}"
WIDE = "、．。）：］】〕〉》」』"  # stops and brackets of Chinese, Japanese and Korean, which nothing escapes
CLOSED = re.compile(rf"[(\[（［【〔〈《「『]?{PARTS}\.?[.):\]{WIDE}]")  # a label whose last sign is a stop or a bracket
OPEN = re.compile(rf"{PARTS}\.{COUNTER}")  # one that has stops within
PLAIN = re.compile(r"(?:0|[1-9][0-9]{0,8})[.)]")  # what Markdown itself has for a marker
ESCAPED = re.compile(
    rf"(\S{{0,80}}?)(?:\\([.):\]])|&#({'|'.join(str(ord(sign)) for sign in WIDE)});)(\w{{0,16}})[ \t]+"
)
ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
FIGURES = "1"
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
AROUND = "()[].:"


class Counted(NamedTuple):
    """The number of an entry and how it is written: `figures` is "1", "a", "A", "i" or "I", as HTML has it."""

    number: int
    figures: str


def counted(marker: str) -> Counted | None:
    """What a marker says: 7 of "7.", 2 of "(b)"; None of one that does not count, or in several parts."""
    return next(iter(readings(marker.strip(AROUND))), None)


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


def is_label(words: str) -> bool:
    """Whether words can be the marker of an entry."""
    return bool(CLOSED.fullmatch(words) or OPEN.fullmatch(words))


def written(marker: str) -> str:
    """A marker as Markdown has it."""
    if not is_label(marker) or PLAIN.fullmatch(marker):
        return marker
    at = len(marker) - 1 if CLOSED.fullmatch(marker) else marker.rindex(".")
    sign = f"&#{ord(marker[at])};" if marker[at] in WIDE else f"\\{marker[at]}"
    return f"- {marker[:at]}{sign}{marker[at + 1 :]}"


def read(source: str) -> tuple[str, str]:
    """The label that stands before the words of an entry, "" where there is none, and the words."""
    found = ESCAPED.match(source)
    label = f"{found[1]}{found[2] or chr(int(found[3]))}{found[4]}" if found else ""
    if not found or written(label) != f"- {found[0].rstrip()}":
        return "", source
    return label, source[found.end() :]


def is_usual(marker: str) -> bool:
    """Whether a browser shows such a marker by itself: a sign, or what counts with a full stop behind it."""
    counts = any(one.figures != FIGURES or str(one.number) == marker[:-1] for one in readings(marker[:-1]))
    return not is_label(marker) or (marker[-1] == "." and counts)


def _roman(label: str) -> int:
    values = [VALUES[letter] for letter in label]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
