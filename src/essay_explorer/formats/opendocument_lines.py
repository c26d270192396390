"""Paragraphs of an OpenDocument text that are rules, or preformatted lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from essay_explorer.formats.set_apart import SetApart

RULES = {"Horizontal_20_Line", "Horizontal Line"}  # names of styles
PREFORMATTED = {"Preformatted_20_Text", "Preformatted Text", "Source_20_Code", "Source Code"}
BLANKS = {"text:s": " ", "text:tab": "\t", "text:line-break": "\n"}
MOST_BLANKS = 1000
BOLD = re.compile("bold|[6-9]00")
NOT_PLAIN = re.compile("<(?:text:(?:note|a)|draw:|table:)")


class Lines:
    """The paragraphs that are open, each with its markup where it is a preformatted line."""

    def __init__(self) -> None:
        self._looks = {"Emphasis": "em", "Strong_20_Emphasis": "strong"}  # of styles of words
        self._style = ""  # that is being declared
        self._open: list[list[str] | None] = []
        self._ends: list[str] = []  # of each open stretch of words in a line

    def declare(self, name: str, given: Mapping[str, str]) -> None:
        """A style of words may say that they are emphasised."""
        if name == "style:style":
            self._style = given.get("style:name", "")
        elif given.get("fo:font-style") in {"italic", "oblique"}:
            self._looks[self._style] = "em"
        elif BOLD.fullmatch(given.get("fo:font-weight", "")):
            self._looks[self._style] = "strong"

    def start(self, styles: Iterable[str]) -> None:
        """A paragraph starts."""
        self._open.append([] if PREFORMATTED.intersection(styles) else None)

    def take(self, name: str, given: Mapping[str, str]) -> None:
        """An element starts in a paragraph."""
        line = self._open[-1] if self._open else None
        if line is None:
            return
        if name in BLANKS:
            many = given.get("text:c", "1")
            line.append(BLANKS[name] * (min(int(many), MOST_BLANKS) if re.fullmatch("[0-9]{1,9}", many) else 1))
        elif name == "text:span":
            look = self._looks.get(given.get("text:style-name", ""), "")
            line += [f"<{look}>"] if look else []
            self._ends.append(f"</{look}>" if look else "")

    def end_span(self) -> None:
        """A stretch of words in a paragraph ends."""
        if self._open and self._open[-1] is not None and self._ends:
            self._open[-1].append(self._ends.pop())

    def say(self, text: str) -> None:
        """Words of a paragraph."""
        if self._open and self._open[-1] is not None:
            self._open[-1].append(escape(text))

    def end(self, styles: Iterable[str], words: str, written: Sequence[str], set_apart: SetApart) -> Sequence[str]:
        """A paragraph ends; what is written of it."""
        line, is_rule = self._open.pop(), not words.strip() and RULES.intersection(styles)
        if (line is None and not is_rule) or NOT_PLAIN.search("".join(written)):
            return written
        return [f"<text:p>{set_apart.rule() if line is None else set_apart.line(''.join(line))}</text:p>"]
