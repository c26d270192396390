"""Tables of Markdown whose rows have more cells than their heads: a parser leaves out what is too much."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from essay_explorer.formats.lines import FENCE, QUOTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BAR = re.compile(r"(?<!\\)\|")
RULE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")  # the line below a head


def with_whole_rows(markdown: str) -> str:
    """The Markdown, what is too much in a row standing in its last cell, bars and all."""
    return "\n".join(_rows(markdown.split("\n"))) if "|" in markdown else markdown


def _rows(lines: Sequence[str]) -> Iterator[str]:
    columns, fence = 0, ""
    for at, line in enumerate(lines):
        inner = QUOTED.sub("", line)
        if match := FENCE.match(inner):
            fence = match[1] if not fence else "" if match[1].startswith(fence) else fence
        if not inner.strip() or fence:
            columns = 0
        elif not columns and at and "|" in inner and RULE.fullmatch(inner):
            columns = len(_bars(inner)) + 1 if len(_bars(inner)) == len(_bars(QUOTED.sub("", lines[at - 1]))) else 0
        bars = _bars(inner)[columns - 1 :] if columns else []
        edges = [len(line) - len(inner) + bar for bar in bars]
        yield "\\".join(line[start:end] for start, end in pairwise([0, *edges, len(line)]))


def _bars(line: str) -> list[int]:
    """Where the bars between the cells of a row stand."""
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    found = [bar.start() for bar in BAR.finditer(line)]
    return [bar for bar in found if bar not in {start, end - 1}]
