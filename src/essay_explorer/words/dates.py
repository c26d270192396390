"""Days as people of a language write them, as the CLDR has it; test_words.py compares this with Babel's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.words.saying import say

if TYPE_CHECKING:
    from datetime import date


def day(when: date) -> str:
    """A day in full: "27 November 2026", or "27. November 2026" in German."""
    months = say("January February March April May June July August September October November December").split()
    return say("{day} {month} {year}", day=when.day, month=months[when.month - 1], year=when.year)
