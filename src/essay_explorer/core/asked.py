"""What somebody asks a reading for: words, and paragraphs."""

from __future__ import annotations

import re
from operator import index
from typing import TYPE_CHECKING, Any

from essay_explorer.core import kinds
from essay_explorer.core.brief import ArgumentTypeError, ArgumentValueError, kind_of
from essay_explorer.core.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from essay_explorer.core.codebook import Codebook


def refuse_unnamed(unnamed: tuple[object, ...], codebook: Codebook, by: str) -> None:
    """Raise TypeError for tags whose facet is not named."""
    if unnamed:
        facet = codebook.facet_of.get(str(unnamed[0]))
        advice = f"{by}({facet.id if facet else 'theme'}={unnamed[0]!r})"
        message = f"{by} takes tags by the name of their facet: {advice}"
        raise ArgumentTypeError(message)


def holding(query: str | re.Pattern[str]) -> Callable[[str], bool]:
    """What tells whether a text holds the words sought, or what a regular expression finds."""
    kinds.check(kinds.QUERY, query=query)
    if isinstance(query, re.Pattern):
        return lambda text: bool(query.search(text))
    sought = fold(query)
    return (lambda text: sought in fold(text)) if sought else (lambda _: True)


def paragraphs_of(within: Any, count: int) -> tuple[int, int]:  # noqa: ANN401 - whatever somebody gave
    """The first and the last paragraph that are meant, of so many; none named means all.

    Raises TypeError for what names none, ValueError for those that the essay does not have.
    """
    match within:
        case None | []:
            return 1, count
        case [first, last] if kinds.WHOLE.fits(first) and kinds.WHOLE.fits(last):
            named = index(first), index(last)
        case _ if kinds.WHOLE.fits(within):
            named = index(within), index(within)
        case _:
            message = (
                "within: expected the number of a paragraph, such as 5, or the first and the last, such as (5, 12), "
                f"and this is {kind_of(within)}"
            )
            raise ArgumentTypeError(message)
    if not 1 <= named[0] <= named[1] <= count:
        asked = named[0] if named[0] == named[1] else named
        advice = f"Name one of them, or the first and the last, such as (1, {count})"
        message = f"within {asked}: this essay has paragraphs 1 to {count}. {advice}"
        raise ArgumentValueError(message)
    return named
