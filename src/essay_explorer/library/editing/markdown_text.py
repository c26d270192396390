"""An essay's Markdown with one paragraph worded anew: nothing else in it changes by a letter."""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import TYPE_CHECKING

from essay_explorer.anchoring.likeness import changes
from essay_explorer.core.essay import FILE, Essay
from essay_explorer.core.fault import ReadingError
from essay_explorer.core.front_matter import FrontMatter
from essay_explorer.core.inline import markdown
from essay_explorer.core.parts import PARTING, Parts
from essay_explorer.words import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

LINE_END = re.compile(r"\r\n|\r|\n")
SPECIAL = re.compile(r"[\\`*_\[\]<>&#|~]|^(?=[-+=]|\d+[.)])", re.MULTILINE)
LINE = "\n"
LONGEST = 60_000  # letters of a paragraph; the time to compare grows with their square


class _Placed(Parts):
    """Parts that know in which lines each of their texts stands."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[int, int]] = []
        self._seen = (0, 0)

    def _read(self, token: Token) -> None:
        if token.map:
            self._seen = (token.map[0], token.map[1])
        before = len(self.texts)
        super()._read(token)
        self.lines += [self._seen] * (len(self.texts) - before)


def corrected(essay: Essay, paragraph: int, text: str) -> str:
    """The source of an essay in which a paragraph, by its number from 1, says `text`; "" takes it away.

    `text` is plain: signs that Markdown would obey stay signs, a blank line begins another paragraph, and emphasis
    stays where its words do. Raises ReadingError where that cannot be written in place.
    """
    start, end = essay.paragraphs[paragraph - 1]
    new = _plain(text)
    wanted = _wanted(essay.text, start, end, new)
    if not wanted:
        raise ReadingError(say("This is all the text there is. An essay needs some"))
    first, last = _place(essay.source, paragraph)
    for candidate in _candidates(essay.source[first:last], essay.text[start:end], new):
        source = essay.source[:first] + candidate + essay.source[last:]
        if not candidate:
            rest = essay.source[last:].lstrip()
            source = f"{essay.source[:first].rstrip()}\n{f'{LINE}{rest}' if rest else ''}"
        made = Essay.from_markdown(source, report=lambda _: None)
        if made.text == wanted and made.title == essay.title:
            return source
    message = say("This place cannot be corrected here: its markup is in the way. Change it in {file}", file=FILE)
    raise ReadingError(message)


def _plain(text: str) -> str:
    """Lines without white space at their ends, paragraphs parted by one blank line."""
    lines = (" ".join(line.split()) if "\t" not in line else line.strip() for line in text.split("\n"))
    return re.sub("\n{3,}", PARTING, "\n".join(lines)).strip()


def _wanted(text: str, start: int, end: int, new: str) -> str:
    if new:
        return text[:start] + new + text[end:]
    return PARTING.join(filter(None, (text[:start].removesuffix(PARTING), text[end:].removeprefix(PARTING))))


def _place(source: str, paragraph: int) -> tuple[int, int]:
    """Where the lines of a paragraph start and end in the source, without the line break at their end."""
    plain = LINE_END.sub("\n", source.removeprefix("\ufeff"))
    body = FrontMatter.from_markdown(unicodedata.normalize("NFC", plain), FILE, lambda _: None).body
    parts = _Placed()
    markdown().block.parse(body, markdown(), {}, parts)
    parts.end()
    above = plain.count("\n") - body.count("\n")
    starts = [0, *(found.end() for found in LINE_END.finditer(source)), len(source)]
    first, last = (starts[min(above + line, len(starts) - 1)] for line in parts.lines[paragraph - 1])
    return first, first + len(source[first:last].rstrip())


def _candidates(source: str, old: str, new: str) -> Iterator[str]:
    """Ways to write what is new into the source of a paragraph, the most careful first."""
    if not new:
        yield ""
        return
    if max(len(source), len(new)) <= LONGEST:
        for escaped, hard in product((False, True), (False, True)):
            yield _aligned(source, old, new, escaped=escaped, hard=hard)
    margin = re.match(r"[ \t>]*(?:#{1,6} |[-*+] |\d+[.)] )?", source)
    for hard in (False, True):
        yield (margin[0] if margin else "") + _written(new, escaped=True, hard=hard)


def _aligned(source: str, old: str, new: str, *, escaped: bool, hard: bool) -> str:
    """The source in which the letters that are new stand where the old ones did."""
    source = unicodedata.normalize("NFC", source)
    starts, ends = _letters(source, old)
    pieces, at = [], 0
    for code in changes(old, new):
        if code.tag == "equal":
            continue
        if code.src_start < code.src_end:
            start, end = starts[code.src_start], ends[code.src_end - 1]
        else:
            start = end = ends[code.src_start - 1] if code.src_start else starts[0]
        start = max(start, at)
        new_letters = new[code.dest_start : code.dest_end]
        pieces += [source[at:start], _written(new_letters, escaped=escaped, hard=hard)]
        at = max(end, start)
    return "".join(pieces) + source[at:]


def _letters(source: str, old: str) -> tuple[list[int], list[int]]:
    """Where each letter of the old text starts and ends in its source."""
    blank = str.maketrans("\n\t", "  ")
    starts, ends = [0] * len(old), [0] * len(old)
    for code in changes(old.translate(blank), source.translate(blank)):
        if code.tag == "equal":
            for by, at in enumerate(range(code.src_start, code.src_end)):
                starts[at] = code.dest_start + by
                ends[at] = starts[at] + 1
        elif code.tag == "delete":
            for at in range(code.src_start, code.src_end):
                starts[at] = ends[at] = code.dest_end
    return starts, ends


def _written(text: str, *, escaped: bool, hard: bool) -> str:
    """Plain text as Markdown; `hard`: with a backslash where a line of verse ends."""
    if escaped:
        text = SPECIAL.sub(r"\\\g<0>", text)
    return re.sub(r"(?<!\n)\n(?!\n)", "\\\\\n", text) if hard else text
