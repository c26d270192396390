"""Paragraphs of rich text that are entries or quotations.

What stands before an entry tells its number, whatever pandoc counts; and pandoc knows no quotation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from essay_explorer.core.marker import FIGURES, is_label, readings
from essay_explorer.formats.set_apart import numbered, quoted

NUMBER = re.compile(r"\W*(?:\w{1,9}[.:])*?([0-9]{1,6}|[a-zA-Z]{1,7})\W*")
BULLET = ""
KINDS = {BULLET: 23, FIGURES: 0, "I": 1, "i": 2, "A": 3, "a": 4}  # of lists, as rich text numbers them
# The words by which programs before Word 97, and WordPad, say how a list is numbered.
OLD = {"pnlvlblt": BULLET, "pndec": FIGURES, "pnucrm": "I", "pnlcrm": "i", "pnucltr": "A", "pnlcltr": "a"}
LEVELS = 9
BODY = 9  # the level of what is no heading
FIRST = 9001  # of our own lists: no program counts that far


@dataclass
class _Paragraph:
    """What is said of the paragraph that is open, and of those that follow it, until something else is."""

    list: int = 0
    level: int = 0
    old: str | None = None  # how a program before Word 97 numbers the list here
    is_heading: bool = False
    is_bare: bool = False  # whether nothing stands before it, whatever list it is in
    own: int = 0  # the list of ours that it stands in
    sides: tuple[int, int] = (0, 0)  # how far its edges stand further in, as in a quotation
    in_table: bool = False
    has_words: bool = False


class Entries:
    """The paragraphs that are entries. `has_lists`: whether the text says how its lists are numbered."""

    def __init__(self, *, has_lists: bool) -> None:
        self._has_lists = has_lists
        self._used = set[str]()  # of KINDS, those for which there has to be a list
        self._marker: list[str] | None = None  # what stands before the entry that has no words yet
        self.was_entry = False  # whether the last words were those of one
        self._last: dict[tuple[int, int], int] = {}  # of each list and level
        self._paragraphs = [_Paragraph()]  # the open one, and that around each open note and box

    def start_apart(self) -> None:
        """A note or a box starts."""
        self._paragraphs.append(_Paragraph())

    def end_apart(self) -> None:
        """A note or a box ends."""
        self._paragraphs.pop()

    def open(self) -> None:
        """The marker of an entry starts."""
        self._marker = []

    def say(self, words: str) -> None:
        """Words of a marker."""
        if self._marker is not None:
            self._marker.append(words)

    def number_as(self, name: str) -> None:
        """A word of the group that says how a list is numbered."""
        self._here.old = OLD.get(name, self._here.old)

    def end_paragraph(self) -> None:
        """A paragraph ends; before an entry of ours that follows, its marker stands."""
        self._here.own, self._here.has_words = 0, False

    def word(self, name: str, number: int) -> bool:
        """A word of a paragraph; whether it is left out, since it is written before the words of the entry."""
        if name == "pard":
            self._paragraphs[-1] = _Paragraph()
        elif name == "outlinelevel":
            self._here.is_heading = number < BODY
        elif name == "ls":
            self._here.list = number
        elif name == "ilvl":
            self._here.level = min(max(number, 0), LEVELS - 1)
        elif name == "intbl":
            self._here.in_table = True
        elif name == "li":
            self._here.sides = number, self._here.sides[1]
        elif name == "ri":
            self._here.sides = self._here.sides[0], number
        return name in {"ls", "ilvl"}

    def start(self) -> bytes:
        """What is written before words: the list that they stand in, and before the first ones a number or a quote."""
        here, number, label = self._here, 0, ""
        begins, here.has_words = not here.has_words, True
        if self._marker is not None:
            label, self._marker = "".join(self._marker).strip(), None
            found = None if here.old == BULLET else NUMBER.fullmatch(label)
            number, kind = self._number(found[1]) if found else (0, BULLET)
            here.is_bare = not label
            if not (here.list and self._has_lists) and not here.is_bare:
                here.own = FIRST + KINDS[kind]
                self._used.add(kind)
        of = here.own or (here.list if self._has_lists else 0)
        self.was_entry = bool(of) and not (here.is_heading or here.is_bare)
        if not self.was_entry:
            is_quoted = begins and min(here.sides) > 0 and not (here.is_heading or here.in_table)
            return quoted().encode() if is_quoted else b""
        written = numbered(number, label if is_label(label) and label.isascii() else None) if number else ""
        return b"\\ls%d\\ilvl%d " % (of, here.level) + written.encode()

    @property
    def _here(self) -> _Paragraph:
        return self._paragraphs[-1]

    def _number(self, label: str) -> tuple[int, str]:
        """The number that a label is, and how it is written; of two that it may be, that which follows the last."""
        place, may_be = (self._here.list, self._here.level), readings(label)
        following = self._last.get(place, 0) + 1
        as_told = (one for one in may_be if one.figures == self._here.old)
        number, figures = next(as_told, next((one for one in may_be if one.number == following), may_be[0]))
        self._last[place] = number
        return number, figures

    def lists(self) -> bytes:
        """The lists that the text does not have itself."""
        if not self._used:
            return b""
        kinds = sorted(KINDS[figures] for figures in self._used)
        level = b"{\\listlevel\\levelnfc%d\\levelstartat1{\\leveltext\\'02\\'00.;}}"
        lists = b"".join(b"{\\list%s\\listid%d}" % (level % kind * LEVELS, FIRST + kind) for kind in kinds)
        names = b"".join(b"{\\listoverride\\listid%d\\ls%d}" % (FIRST + kind, FIRST + kind) for kind in kinds)
        return b"{\\*\\listtable%s}{\\*\\listoverridetable%s}" % (lists, names)
