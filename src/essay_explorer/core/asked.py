"""What somebody asks a reading for: words, and paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from essay_explorer.core.brief import ArgumentTypeError, kind_of
from essay_explorer.core.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable


def holding(query: str | re.Pattern[str]) -> Callable[[str], bool]:
    """What tells whether a text holds the words sought, or what a regular expression finds."""
    check_query(query)
    if isinstance(query, re.Pattern):
        return lambda text: bool(query.search(text))
    sought = fold(query)
    return (lambda text: sought in fold(text)) if sought else (lambda _: True)


def check_query(query: object) -> None:
    """Raise TypeError for what is neither words nor a regular expression."""
    if not isinstance(query, str | re.Pattern):
        message = f"query: expected words or a regular expression, and this is {kind_of(query)}"
        raise ArgumentTypeError(message)


def paragraphs_of(within: object, count: int) -> tuple[int, int]:
    """The first and the last paragraph that are meant, of so many; none named means all. Raises TypeError."""
    match within:
        case None | []:
            return 1, count
        case int():
            return within, within
        case (int() as first, int() as last):
            return first, last
    message = (
        "within: expected the number of a paragraph, such as 5, or the first and the last, such as (5, 12), "
        f"and this is {kind_of(within)}"
    )
    raise ArgumentTypeError(message)
