"""How the entries of a list are numbered: with figures, with letters, backwards, or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.core.marker import PLAIN, is_label, readings, written
from essay_explorer.formats.figures import STYLES, figures_of
from essay_explorer.formats.manuscript import Run, line_of, markdown_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from essay_explorer.formats.tags import Token

LISTS = {"ul", "ol", "menu"}
WHOLE = re.compile(r"\s*([+-]?[0-9]{1,6})\s*", re.ASCII)
LABEL, PATTERN = "data-label-of-entry", "data-labels-of-entries"  # what a page of our own says of a list
TEXT = re.compile(r"""\blist-style(?:-type)?\s*:[^;]{0,80}?(?:"([^"]{0,80})"|'([^']{0,80})')""", re.IGNORECASE)
# What a style sheet writes before each entry: letters, a counter by its name and in such figures, letters.
COUNTER = re.compile(
    r"""content\s*:\s*(?:["']([^"'%]*)["']\s*)?counter\(\s*([\w-]+)\s*(?:,\s*([a-z-]+)\s*)?\)\s*(?:["']([^"'%]*)["'])?"""
)
STYLE = re.compile(rf"\blist-style(?:-type)?\s*:[^;]*?(?<![\w-])(none|{'|'.join(STYLES)})(?![\w-])", re.IGNORECASE)
CHINESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")  # figures behind which browsers set a mark of their own
TYPES = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>]++)""")


@dataclass(slots=True)
class Numbering:
    """The number of a list's last entry, and how numbers are written; `step` is 0 where there are none.

    `pattern`: what a label is, with a % for its number. `told`: the label that the last entry says it has.
    """

    number: int
    step: int
    style: str = ""
    pattern: str = "%."
    told: str | None = None
    zero: str = ""  # before a number that would be read as the next one

    @classmethod
    def of(cls, name: str, given: Mapping[str, str]) -> Numbering:
        """That of a list that starts."""
        declared = STYLE.search(given.get("style", ""))
        style = declared[1].lower() if declared else TYPES.get(given.get("type", ""), "")
        if name != "ol" or style == "none":
            return cls(0, 0)
        step = -1 if "reversed" in given else 1
        start = WHOLE.fullmatch(given.get("start", ""))
        pattern = _label_in(given) or given.get(PATTERN, "%、" if CHINESE.match(figures_of(1, style)) else "%.")
        return cls((int(start[1]) if start else 1) - step, step, style, pattern)

    @property
    def counts(self) -> bool:
        """Whether its entries have numbers."""
        return self.step != 0

    def count(self, given: Mapping[str, str]) -> None:
        """The next entry starts; it may say which number it has, or which label."""
        value = WHOLE.fullmatch(given.get("value", ""))
        self.number = int(value[1]) if value and self.counts else self.number + self.step
        self.told, self.zero = given.get(LABEL, _label_in(given) or None), ""

    def part_from(self, before: Numbering) -> None:
        """Stand right below another list: the number of its last entry again would be read as the next one."""
        if self.marker == before.marker:
            self.zero = "0"

    @property
    def marker(self) -> str:
        """What Markdown writes before the entry."""
        return f"{self.zero}{self._shown} " if PLAIN.fullmatch(self._shown) else "- "

    @property
    def label(self) -> str:
        """What stands before its words where Markdown has no marker for that: letters, brackets, one below zero."""
        shown = self._shown
        if not shown or PLAIN.fullmatch(shown):
            return ""
        return f"{written(shown)[2:] if is_label(shown) else markdown_of([Run(shown)])} "

    @property
    def _shown(self) -> str:
        """What stands before the entry, "" for a sign; a number has a stop."""
        shown = self.told
        if shown is None:
            shown = self.pattern.replace("%", figures_of(self.number, self.style)) if self.counts else ""
        return f"{shown}." if readings(shown) else shown


def labels_by(counter: re.Match[str]) -> dict[str, str]:
    """What a list says whose entries have the labels of a style sheet's counter."""
    pattern = f"{counter[1] or ''}%{counter[4] or ''}".strip()
    return {"style": f"list-style-type:{counter[3] or 'decimal'}", PATTERN: pattern}


def _label_in(given: Mapping[str, str]) -> str:
    """The label that a style says in letters; "" for none, and for a sign."""
    shown = TEXT.search(given.get("style", ""))
    text = line_of(shown[1] or shown[2] or "") if shown else ""
    return text if is_label(text) else ""


def with_starts(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens of a page; a list that is numbered backwards says where it starts, which only its end tells."""
    held: list[Token] = []
    lists: list[tuple[int, int]] = []  # of each open one while tokens are held: which token it is, and its entries
    for token in tokens:
        if not lists and not (token.name == "ol" and token.mark == "<" and _is_backwards(token)):
            yield token
            continue
        held.append(token)
        if token.mark == "<" and token.name in LISTS and not token.rest.endswith("/"):
            lists.append((len(held) - 1, 0))
        elif token.mark == "<" and token.name == "li":
            lists[-1] = lists[-1][0], lists[-1][1] + 1
        elif token.mark == "/" and token.name in LISTS:
            _start(held, *lists.pop())
        if not lists:
            yield from held
            held = []
    for one in lists:
        _start(held, *one)
    yield from held


def _is_backwards(token: Token) -> bool:
    return not token.rest.endswith("/") and "reversed" in VALUE.sub(" ", token.rest.lower()).split()


def _start(held: list[Token], at: int, entries: int) -> None:
    token = held[at]
    if token.name == "ol" and _is_backwards(token):
        held[at] = token._replace(
            rest=f' start="{entries}" reversed="reversed"{token.rest}'
        )  # its own start comes last
