"""Where the selections of a REFI-QDA project lie in their text, whatever units their program counts."""

from __future__ import annotations

from itertools import accumulate, product
from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LAST_OF_ONE_UNIT = "\uffff"  # letters beyond it are two units of UTF-16


def plain(content: str) -> str:
    """The text as a reading counts it: without a byte order mark, its lines ended by one letter."""
    return content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def spans_of(content: str, said: Sequence[tuple[int, int]]) -> list[Span | None]:
    """Where each (start, end) of a source, `content`, lies in its plain text; None for what leaves it.

    The standard wants code points, but some programs count UTF-16 code units, two letters for a line's end,
    or the byte order mark. Those units are taken in which most selections start and end with a word.
    """
    text = plain(content)
    units = product(
        *(
            (False, True) if one else (False,)
            for one in (content.startswith("\ufeff"), "\r\n" in content, max(text, default="") > LAST_OF_ONE_UNIT)
        )
    )
    best, most = list[Span | None](), -1
    for mark, line_ends, utf_16 in units:
        points = _points(text, mark=mark, line_ends=line_ends, utf_16=utf_16)
        spans = [_span(points, *ends) for ends in said]
        fitting = sum(_is_of_words(text, span) for span in spans if span)
        if fitting > most:
            best, most = spans, fitting
    return best


def _points(text: str, *, mark: bool, line_ends: bool, utf_16: bool) -> Mapping[int, int]:
    widths = (1 + (line_ends and letter == "\n") + (utf_16 and letter > LAST_OF_ONE_UNIT) for letter in text)
    return {at: point for point, at in enumerate(accumulate(widths, initial=int(mark)))}


def _span(points: Mapping[int, int], start: int, end: int) -> Span | None:
    first, last = points.get(start), points.get(end)
    return Span(first, last) if first is not None and last is not None and first < last else None


def _is_of_words(text: str, span: Span) -> bool:
    """Whether it cuts no word, and starts and ends with none of the white space around it."""
    start, end = span
    cuts = any(text[at - 1 : at].isalnum() and text[at : at + 1].isalnum() for at in (start, end))
    return not cuts and text[start:end] == text[start:end].strip()
