"""What stands before the entries and the headings of an OpenDocument text: pandoc tells no more than a part of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.formats.figures import style_of
from essay_explorer.formats.labels import Level, Levels, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

LIST, ENTRY, HEADING = "text:list", "text:list-item", "text:h"
STYLES = {"text:list-style", "text:outline-style"}
DEEPEST = 10
# How OpenDocument says that a list counts, and how HTML does.
FORMATS = {"1": "", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}


@dataclass
class _List:
    """A list that is open: its own name, the style that it counts by, and its last number on each level."""

    name: str
    style: str
    levels: Levels
    waits: bool = False  # whether its open entry has no words yet
    says: int | None = None  # the number that this entry says it has


class Entries:
    """The lists that are open, and what their styles say."""

    def __init__(self) -> None:
        self._styles: dict[str, dict[int, Level]] = defaultdict(dict)
        self._declared = ""  # the style that is being declared
        self._open: list[_List] = []
        self._ended: dict[str, Levels] = {}  # of a list that has ended, and of the last one of a style
        self._headings = Levels()
        self._heading = 0  # the level of the heading that starts

    def declare(self, name: str, given: Mapping[str, str]) -> None:
        """An element of a style starts."""
        if name in STYLES:
            self._declared = given.get("style:name", "") if name == "text:list-style" else HEADING
        elif name in {"text:list-level-style-number", "text:outline-level-style"}:
            level = whole(given.get("text:level", ""), 1)
            shown = whole(given.get("text:display-levels", ""), 1)
            places = ".".join(f"%{at}" for at in range(max(level - shown, 0) + 1, level + 1))
            figures = given.get("style:num-format", "")
            before, behind = given.get("style:num-prefix", ""), given.get("style:num-suffix", "")
            pattern = f"{before}{places}{behind}" if figures else ""
            start = whole(given.get("text:start-value", ""), 1)
            self._styles[self._declared][level - 1] = Level(
                FORMATS.get(figures or "1", style_of(figures)), pattern, start
            )
        elif name.startswith("text:list-level-style-"):  # a sign
            self._styles[self._declared].pop(whole(given.get("text:level", ""), 1) - 1, None)

    def start(self, name: str, given: Mapping[str, str]) -> None:
        """An element starts."""
        self.declare(name, given)
        if name == LIST:
            self._start_list(given)
        elif name == ENTRY and self._open:
            number = given.get("text:start-value", "")
            self._open[-1].waits, self._open[-1].says = True, whole(number, None)
        elif name == HEADING:
            is_counted = given.get("text:is-list-header") != "true"
            self._heading = whole(given.get("text:outline-level", ""), 1) if is_counted else 0

    def _start_list(self, given: Mapping[str, str]) -> None:
        name, style = f"#{given.get('xml:id', '')}", given.get("text:style-name", "")
        if self._open:
            above = self._open[-1]
            self._open.append(_List(name, style or above.style, above.levels))
            return
        before = self._ended.get(f"#{given['text:continue-list']}") if "text:continue-list" in given else None
        if given.get("text:continue-numbering") == "true" and before is None:
            before = self._ended.get(style)
        self._open.append(_List(name, style, before or Levels()))

    def paragraph(self) -> tuple[int, str] | None:
        """The number and the label of the paragraph that starts here; None where it has none that is known."""
        heading, self._heading = self._heading, 0
        here = self._open[-1] if self._open else None
        if here and here.waits and len(self._open) <= DEEPEST:
            here.waits = False
            if here.style not in self._styles:  # LibreOffice shows a sign
                return 1, ""
            here.levels.known = self._styles[here.style]
            return here.levels.count(len(self._open) - 1, here.says)
        if heading and not here and self._styles[HEADING]:
            self._headings.known = self._styles[HEADING]
            return self._headings.count(heading - 1)
        return None

    def end_list(self) -> None:
        """A list ends."""
        here = self._open.pop()
        if not self._open:
            self._ended |= dict.fromkeys((here.name, here.style), here.levels)
