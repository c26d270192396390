"""Which form of a word goes with a number, as the CLDR has it; test_words.py compares these rules with Babel's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Whole numbers are all that is counted here; "many", which French and Spanish have for millions, is never reached.
_ONE_AND_OTHER: Callable[[int], str] = lambda number: "one" if number == 1 else "other"  # noqa: E731 - a table's entry
_RULES: dict[str, Callable[[int], str]] = {"fr": lambda number: "one" if number in {0, 1} else "other"}
FORMS = ("one", "other")  # what an entry of a catalogue must have


def form(language: str, number: int) -> str:
    """The form of a word that goes with a number: "one" or "other"; a language may have more, by a rule of its own."""
    return _RULES.get(language, _ONE_AND_OTHER)(number)
