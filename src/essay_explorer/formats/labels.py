"""The labels of the entries of lists within lists: "2.", "(iv)", "2.1", as word processors count them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar

from essay_explorer.formats.figures import figures_of

PLACE = re.compile("%([1-9])")
WHOLE = re.compile("[0-9]{1,6}")
Otherwise = TypeVar("Otherwise")


def whole(number: str, otherwise: Otherwise) -> int | Otherwise:
    """A number as a file writes it; `otherwise` where it is none."""
    return int(number) if WHOLE.fullmatch(number) else otherwise


@dataclass(frozen=True, slots=True)
class Level:
    """How entries on a level are labelled: `pattern` has %1 for the number on the first level, and so on.

    `style`: how its number is written, as figures.py has it; None where that is no number that is known.
    `plain`: whether the numbers of other levels are plain figures in its labels; `restarts`: whether it begins anew
    behind an entry on a level above.
    """

    style: str | None = ""
    pattern: str = ""
    start: int = 1
    plain: bool = False
    restarts: bool = True


class Levels:
    """The numbers of the last entries on each level of a list; `known`: how each is labelled."""

    def __init__(self) -> None:
        self.known: dict[int, Level] = {}
        self._last: dict[int, int] = {}

    def restart(self, level: int, number: int) -> None:
        """Go on with a number on a level."""
        self._last[level] = number - 1

    def count(self, level: int, number: int | None = None) -> tuple[int, str] | None:
        """The number and the label of the next entry, which may say the number; None where no such label is known."""
        known = self.known.get(level)
        if not known:
            return None
        if number is None:
            number = self._last.get(level, known.start - 1) + 1
        self._last[level] = number
        for deeper in [one for one in self._last if one > level]:
            if self.known.get(deeper, known).restarts:
                del self._last[deeper]
        places = [int(place) - 1 for place in PLACE.findall(known.pattern)]
        if any(self.known.get(place, known).style is None for place in places) or known.style is None:
            return None
        label = PLACE.sub(lambda place: self._figures(int(place[1]) - 1, plain=known.plain), known.pattern)
        return number, " ".join(label.split())

    def _figures(self, level: int, *, plain: bool) -> str:
        known = self.known.get(level, Level())
        number = self._last.get(level, known.start)
        return figures_of(number, "" if plain else known.style or "")
