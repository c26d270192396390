"""The entries of lists in rich text: what stands before one tells its number, whatever pandoc counts."""

from __future__ import annotations

import re

from essay_explorer.core.marker import FIGURES, readings
from essay_explorer.formats.set_apart import numbered

NUMBER = re.compile(r"\W*(?:\w{1,9}[.:])*?([0-9]{1,6}|[a-zA-Z]{1,7})\W*")
BULLET = ""
KINDS = {BULLET: 23, FIGURES: 0, "I": 1, "i": 2, "A": 3, "a": 4}  # of lists, as rich text numbers them
# The words by which programs before Word 97, and WordPad, say how a list is numbered.
OLD = {"pnlvlblt": BULLET, "pndec": FIGURES, "pnucrm": "I", "pnlcrm": "i", "pnucltr": "A", "pnlcltr": "a"}
LEVELS = 9
FIRST = 9001  # of our own lists: no program counts that far


class Entries:
    """The paragraphs that are entries. `has_lists`: whether the text says how its lists are numbered."""

    def __init__(self, *, has_lists: bool) -> None:
        self._has_lists = has_lists
        self._used = set[str]()  # of KINDS, those for which there has to be a list
        self._marker: list[str] | None = None  # what stands before the entry that has no words yet
        self._old: str | None = None  # how such a program numbers the list here
        self._list = self._level = 0
        self._last: dict[tuple[int, int], int] = {}  # of each list and level

    def open(self) -> None:
        """The marker of an entry starts."""
        self._marker = []

    def say(self, words: str) -> None:
        """Words of a marker."""
        if self._marker is not None:
            self._marker.append(words)

    def number_as(self, name: str) -> None:
        """A word of the group that says how a list is numbered."""
        self._old = OLD.get(name, self._old)

    def word(self, name: str, number: int) -> bool:
        """A word about lists; whether it is left out."""
        if name == "pard":
            self._list, self._level, self._old = 0, 0, None
        elif name == "ls":
            self._list = number
            return not self._list or not self._has_lists
        elif name == "ilvl":
            self._level = min(max(number, 0), LEVELS - 1)
            return not self._has_lists
        return False

    def start(self) -> bytes:
        """What is written before the first words of an entry, b"" where none starts."""
        if self._marker is None:
            return b""
        marker, self._marker = "".join(self._marker), None
        found = None if self._old == BULLET else NUMBER.fullmatch(marker)
        number, figures = self._number(found[1]) if found else (0, BULLET)
        before = b"" if self._list and self._has_lists else self._own_list(figures)
        return before + (numbered(number).encode() if number else b"")

    def _number(self, label: str) -> tuple[int, str]:
        """The number that a label is, and how it is written; of two that it may be, that which follows the last."""
        place, may_be = (self._list, self._level), readings(label)
        following = self._last.get(place, 0) + 1
        as_told = (one for one in may_be if one.figures == self._old)
        number, figures = next(as_told, next((one for one in may_be if one.number == following), may_be[0]))
        self._last[place] = number
        return number, figures

    def _own_list(self, figures: str) -> bytes:
        self._used.add(figures)
        return b"\\ls%d\\ilvl%d " % (FIRST + KINDS[figures], self._level)

    def lists(self) -> bytes:
        """The lists that the text does not have itself."""
        if not self._used:
            return b""
        kinds = sorted(KINDS[figures] for figures in self._used)
        level = b"{\\listlevel\\levelnfc%d\\levelstartat1{\\leveltext\\'02\\'00.;}}"
        lists = b"".join(b"{\\list%s\\listid%d}" % (level % kind * LEVELS, FIRST + kind) for kind in kinds)
        names = b"".join(b"{\\listoverride\\listid%d\\ls%d}" % (FIRST + kind, FIRST + kind) for kind in kinds)
        return b"{\\*\\listtable%s}{\\*\\listoverridetable%s}" % (lists, names)
