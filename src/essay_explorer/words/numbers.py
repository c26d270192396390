"""Numbers as people of a language write them, as the CLDR has it; test_words.py compares this with Babel's."""

from __future__ import annotations

from essay_explorer.words.saying import language

COMMA = {"de", "es", "fr"}  # between a number and its tenths


def number(value: float, digits: int = 1) -> str:
    """A number with as many decimal places as it needs, and no more than `digits`: "1.3", or "1,3" in German."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if language() in COMMA else text
