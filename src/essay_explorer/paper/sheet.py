"""The sheet of one who handed in, as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from essay_explorer.core.block import is_from_right
from essay_explorer.paper.typesetting import typeset
from essay_explorer.paper.wording import spoken, tongue
from essay_explorer.words import say

if TYPE_CHECKING:
    from essay_explorer.marks.sheet import Line, Sheet

TEMPLATE = Path(__file__).with_name("sheet.typ")


def sheet_pdf(sheet: Sheet, language: str, paper: str = "a4") -> bytes:
    """The sheet set on "a4" or "us-letter". `language`: the essay's.

    As of a hand-out, letters that no font of the machine has are boxes, and a ReadingWarning says so.
    """
    content = {
        "head": {"text": sheet.person, "title": {"text": sheet.title}, "finding": sheet.finding},
        "lines": [_texts(line) for line in sheet.lines],
        "others": [_texts(line) for line in sheet.others],
        "lost": [{"text": quote, "rtl": is_from_right(quote)} for quote in sheet.lost],
        "paper": paper,
        "language": tongue(language).language,
        "words": _words(sheet),
    }
    return typeset(content, (), template=TEMPLATE)


def _words(sheet: Sheet) -> dict[str, Any]:
    """What the template puts in place by itself."""
    return spoken() | {
        "name": say("{person}: {title}", person=sheet.person, title=sheet.title),
        "foot": say("{person}, {here} of {all}"),
        "marks": say("Your marks on {title}: {done}.", title="{title}", done=sheet.done),
        "mine": say("What you marked"),
        "nothing": say("Nothing."),
        "theirs": say("What others marked"),
        "lost": say("No longer in the text"),
    }


def _texts(line: Line) -> dict[str, Any]:
    """A line of the sheet, each text of it in the direction of its own letters."""
    return {
        "place": line.place,
        "quote": {"text": line.quote, "rtl": is_from_right(line.quote)},
        "reason": {"text": line.reason, "rtl": is_from_right(line.reason)},
        "tags": [{"label": tag} for tag in line.tags],
        "others": [{"text": other} for other in line.others],
    }
