"""Numbers as people of a language write them, as the CLDR has it; test_words.py compares this with Babel's."""

from __future__ import annotations

from essay_explorer.words.saying import language

MINUS = "\N{MINUS SIGN}"
COMMA = {"de", "es", "fr"}  # between a number and its tenths


def number(value: float, digits: int = 1) -> str:
    """A number with as many decimal places as it needs, and no more than `digits`: "1.3", or "1,3" in German."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return _written(text)


def places(value: float, digits: int = 2) -> str:
    """A number with just so many decimal places: "1.30", or "1,30" in German."""
    return _written(f"{round(value, digits) + 0.0:.{digits}f}")  # + 0.0: no minus before a zero


def _written(text: str) -> str:
    text = text.replace("-", MINUS)
    return text.replace(".", ",") if language() in COMMA else text
