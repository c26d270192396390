"""The sheet of one who handed in, as PDF."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from essay_explorer.core.block import is_from_right
from essay_explorer.paper.typesetting import typeset
from essay_explorer.paper.wording import tongue

if TYPE_CHECKING:
    from essay_explorer.marks.sheet import Sheet

TEMPLATE = Path(__file__).with_name("sheet.typ")


def sheet_pdf(sheet: Sheet, language: str, paper: str = "a4") -> bytes:
    """The sheet set on "a4" or "us-letter". `language`: the essay's.

    As of a hand-out, letters that no font of the machine has are boxes, and a ReadingWarning says so.
    """
    content = {
        "head": {"text": sheet.person, "title": {"text": sheet.title}, "done": sheet.done, "finding": sheet.finding},
        "lines": [_texts(asdict(line)) for line in sheet.lines],
        "others": [_texts(asdict(line)) for line in sheet.others],
        "lost": [{"text": quote, "rtl": is_from_right(quote)} for quote in sheet.lost],
        "paper": paper,
        "language": tongue(language).language,
    }
    return typeset(content, (), template=TEMPLATE)


def _texts(line: dict[str, Any]) -> dict[str, Any]:
    """A line of the sheet, each text of it in the direction of its own letters."""
    return line | {
        "quote": {"text": line["quote"], "rtl": is_from_right(line["quote"])},
        "reason": {"text": line["reason"], "rtl": is_from_right(line["reason"])},
        "tags": [{"label": tag} for tag in line["tags"]],
        "others": [{"text": other} for other in line["others"]],
    }
