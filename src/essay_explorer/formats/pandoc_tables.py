"""Tables that pandoc's Markdown draws with lines of signs: pandoc reads them."""

from __future__ import annotations

import re
from bisect import bisect
from importlib import util
from typing import TYPE_CHECKING

from essay_explorer.core.fault import ReadingError
from essay_explorer.formats.lines import FENCE
from essay_explorer.formats.pandoc import html_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EDGE = re.compile(r" {0,3}\+(?:[-=:]+\+)+[ \t]*")  # of a grid
COLUMNS = re.compile(r" {0,3}-{2,}(?:[ \t]+-{2,})+[ \t]*")  # a dash below each letter of a column
WHOLE = re.compile(r" {0,3}-{3,}[ \t]*")
CAPTION = re.compile(r"(?:Table)?:[ \t]+\S")
MOST = 200_000  # letters of all tables: no essay has so many, and pandoc may take minutes for them
PARTING = "\n\n-----\n\n"
RULE = re.compile(r"<hr\s*/?>")
TABLE = re.compile(r"<table\b.*</table>", re.DOTALL)
BODY = re.compile(r"<body\b[^>]*>(.*)</body>", re.DOTALL)


def with_tables(markdown: str) -> str:
    """The Markdown, such tables in HTML; where pandoc is not installed, or reads none, they stay as they are."""
    lines = markdown.split("\n")
    places = list(_places(lines))
    if not places or not util.find_spec("pypandoc"):
        return markdown
    drawn = ["\n".join(lines[start:end]) for start, end in places]
    if sum(map(len, drawn)) > MOST:
        return markdown
    try:
        page = BODY.search(html_of(PARTING.join(drawn).encode(), "markdown-smart", "The file"))
    except ReadingError:
        return markdown
    read = [TABLE.search(part) for part in RULE.split(page[1])] if page else []
    if len(read) != len(drawn):
        return markdown
    for (start, end), table in sorted(zip(places, read, strict=True), key=lambda one: one[0], reverse=True):
        if table:
            lines[start:end] = ["", *filter(str.strip, table[0].split("\n")), ""]
    return "\n".join(lines)


def _places(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each table starts and ends, with its caption."""
    at, fence, above = 0, "", 0  # the first line of those without a blank one above this
    ends = [at for at, line in enumerate(lines) if WHOLE.fullmatch(line)]
    while at < len(lines):
        line = lines[at]
        above = above if line.strip() else at + 1
        if match := FENCE.match(line):
            fence = match[1] if not fence else "" if match[1].startswith(fence) else fence
        start, end = at, at
        if not fence and EDGE.fullmatch(line):
            end = _end_of_grid(lines, at)
        elif not fence and COLUMNS.fullmatch(line):
            start, below = above, bisect(ends, at)
            if not WHOLE.fullmatch(lines[start]):
                end = _end_of_lines(lines, at)
            elif below < len(ends):  # what begins with a whole line ends with one
                end = ends[below] + 1
        if end > at:
            end = above = _end_of_caption(lines, end)
            yield start, end
        at = max(end, at + 1)


def _end_of_grid(lines: Sequence[str], at: int) -> int:
    end = at
    while end < len(lines) and lines[end].lstrip()[:1] in {"|", "+"}:
        end += 1
    while end > at + 1 and not EDGE.fullmatch(lines[end - 1]):
        end -= 1
    return end if end > at + 1 else at


def _end_of_lines(lines: Sequence[str], at: int) -> int:
    """Where the lines end that have no blank one between them."""
    while at < len(lines) and lines[at].strip():
        at += 1
    return at


def _end_of_caption(lines: Sequence[str], end: int) -> int:
    at = end
    while at < len(lines) and not lines[at].strip():
        at += 1
    if at == len(lines) or not CAPTION.match(lines[at]):
        return end
    return _end_of_lines(lines, at)
