"""The markup of a web page as tokens, with what takes more than one tag to understand already understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.formats.flat_lists import FLAT, with_lists
from essay_explorer.formats.formulas import with_formulas
from essay_explorer.formats.listings import with_listings
from essay_explorer.formats.numbering import with_starts
from essay_explorer.formats.rubies import with_rubies
from essay_explorer.formats.tags import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from essay_explorer.formats.tags import Token


def tokens_of(source: str) -> Iterator[Token]:
    """The tokens of a page in its order."""
    made = with_listings(with_formulas(with_rubies(tokens(source))))
    return with_starts(with_lists(made) if FLAT.search(source) else made)
