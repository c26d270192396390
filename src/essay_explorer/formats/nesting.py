"""What a block of a page stands in: quotations, and entries of lists with their numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from essay_explorer.formats.listings import FENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTS = {"ul", "ol", "menu"}
HOLDERS = LISTS | {"blockquote"}
DEEPEST_QUOTE, DEEPEST = 5, 9  # quotations in one another, and these and lists
DIGITS = 6  # of the number of a list's entry


class Nesting:
    """The quotations and the lists that are open, and the entry that starts."""

    def __init__(self) -> None:
        self._holders: list[str] = []  # the lists and quotations that are open
        self._numbers: list[int] = []  # the last number of each open list, -1 in one without numbers
        self._indents: list[int] = []  # of each open list, how far right its entry stands that is open
        self._marker = ""  # of the entry whose first block comes next
        self._marked = 0  # how many lists were open where the marker was set

    @property
    def starts_entry(self) -> bool:
        """Whether the next block is the first of an entry."""
        return bool(self._marker)

    @property
    def quotations(self) -> int:
        """How many quotations stand around a block, as far as they are written."""
        return min(self._holders[:DEEPEST].count("blockquote"), DEEPEST_QUOTE)

    def open(self, name: str, given: Mapping[str, str]) -> None:
        """One of HOLDERS starts."""
        self._holders.append(name)
        if name in LISTS:
            self._numbers.append(_first_number(given) if name == "ol" else -1)
            self._indents.append(0)

    def close(self, name: str) -> None:
        """The innermost of HOLDERS, which is `name`, ends."""
        self._holders.pop()
        if name in LISTS:
            self.end_entry()
            self._numbers.pop()
            self._indents.pop()

    def start_entry(self, given: Mapping[str, str], *, note: str = "", of_notes: bool = False) -> None:
        """An entry starts; `note`: the number of the note that it is, `of_notes`: all of its list are notes."""
        self._marked = len(self._indents)
        if not self._numbers or self._numbers[-1] < 0:
            self._marker = "- "
            return
        value = given.get("value", "")
        self._numbers[-1] = int(value) if value.isdecimal() and len(value) <= DIGITS else self._numbers[-1] + 1
        number = note or str(self._numbers[-1])
        self._marker = f"[{number}] " if note or of_notes else f"{number}. "

    def end_entry(self) -> None:
        """An entry or a list has ended; where there were no words in it, its marker is not another block's."""
        if self._marked >= len(self._indents):
            self._marker = ""

    def drop_marker(self) -> None:
        """The next block starts no entry, though it is the first in one."""
        self._marker = ""

    def block(self, text: str) -> str:
        """The Markdown of a block where it stands; what follows in an entry stands as far right as its first words."""
        marker, self._marker = self._marker, ""
        listed = bool(self._indents and marker and not marker.startswith("["))  # an entry may stand in no list
        if listed:
            self._indents[-1] = 0
            if text.startswith(FENCE):  # its lines belong to the entry only where they stand so far right
                text = text.replace("\n", "\n" + " " * len(marker))
        before = self._before()
        shaped = re.sub("^", before, marker + text, flags=re.MULTILINE) if before else marker + text
        if listed:
            self._indents[-1] = len(marker)
        return shaped

    def _before(self) -> str:
        """What stands before each line of a block."""
        depth, lists = 0, iter(self._indents)
        signs = []
        for name in self._holders[:DEEPEST]:
            if name == "blockquote":
                depth += 1
                signs.append("> " if depth <= DEEPEST_QUOTE else "")
            else:
                signs.append(" " * next(lists))
        return "".join(signs)


def _first_number(given: Mapping[str, str]) -> int:
    """The number before the first of a list."""
    start = given.get("start", "")
    return int(start) - 1 if start.isdecimal() and len(start) <= DIGITS else 0
