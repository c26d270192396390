"""Text as it is compared when somebody seeks words in it."""

from __future__ import annotations

import re

WHITE_SPACE = re.compile(  # what JavaScript's \s means, which is not quite what Python's does
    r"[\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+"
)
QUOTE_MARKS = str.maketrans("‘’‚‛“”„‟«»", '\'\'\'\'""""""')


def fold(text: str) -> str:
    """`text` for finding words: lower case, one kind of quotation mark, single spaces.

    As the page folds it letter by letter (`lens.js`): of all letters, only the sigma looks at its
    neighbours when Python makes it a small one.
    """
    lowered = text.lower().replace("ς", "σ")
    return WHITE_SPACE.sub(" ", lowered.translate(QUOTE_MARKS)).strip(" ")
