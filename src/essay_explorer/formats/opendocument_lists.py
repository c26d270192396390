"""The numbers of the entries of an OpenDocument text: pandoc begins each list anew, and reads no number of an entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LIST, ENTRY = "text:list", "text:list-item"
WHOLE = re.compile("[0-9]{1,6}")


class Entries:
    """The lists that are open. Their entries are counted on the first level alone, where lists go on with others."""

    def __init__(self) -> None:
        self._starts: dict[str, int] = {}  # of a style of lists, its first number
        self._last: dict[str, int] = {}  # of a list that has ended, and of the last one of a style, its last number
        self._declared = ""  # the style that is being declared
        self._open: list[tuple[str, str]] = []  # the name and the style of each open list
        self._number = 0  # of the last entry
        self._says = self._waits = False  # whether the next entry says its number; whether it has no words yet
        self._deeper = ""  # the number that an entry on a deeper level says it has

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """An element starts."""
        level = given.get("text:level", "")
        if name == "text:list-style":
            self._declared = given.get("style:name", "")
        elif name == "text:list-level-style-number" and level == "1":
            self._starts[self._declared] = _whole(given.get("text:start-value", ""), 1)
        elif name == LIST:
            self._start_list(given)
        elif name == ENTRY:
            number = given.get("text:start-value", "")
            if len(self._open) == 1:
                self._waits = True
                self._says |= bool(WHOLE.fullmatch(number))
                self._number = _whole(number, self._number + 1) - 1
            else:
                self._deeper = number if WHOLE.fullmatch(number) else ""

    def _start_list(self, given: Mapping[str, str]) -> None:
        name, style = given.get("xml:id", ""), given.get("text:style-name", "")
        self._open.append((f"#{name}", style))
        if len(self._open) > 1:
            return
        other = given.get("text:continue-list")
        before = self._last.get(f"#{other}") if other else None
        if given.get("text:continue-numbering") == "true" and before is None:
            before = self._last.get(style)
        self._says = before is not None
        self._number = self._starts.get(style, 1) - 1 if before is None else before

    def paragraph(self) -> int | None:
        """The number that the paragraph which starts here says its entry has, if it says one."""
        if len(self._open) == 1 and self._waits:
            says, self._says, self._waits = self._says, False, False
            self._number += 1
            return self._number if says else None
        number, self._deeper = self._deeper, ""
        return int(number) if number else None

    def end_list(self) -> None:
        """A list ends."""
        name, style = self._open.pop()
        if not self._open:
            self._last |= dict.fromkeys((name, style), self._number)


def _whole(number: str, otherwise: int) -> int:
    return int(number) if WHOLE.fullmatch(number) else otherwise
