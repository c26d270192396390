"""Text as it is compared when somebody seeks words in it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

WHITE_SPACE = re.compile(  # what JavaScript's \s means, which is not quite what Python's does
    r"[\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
)
# The quotation marks and hyphens that a keyboard has, for those that a typesetter has.
TYPED = str.maketrans("‘’‚‛“”„‟«»\u2010\u2011", '\'\'\'\'""""""--')
# Unicode's Default_Ignorable_Code_Point: soft hyphens, joiners, marks of direction, variants of a letter.
UNSEEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
LIGATURES = "\u0132\u0133\ufb00-\ufb06\ufb13-\ufb17\ufb4f\ufbea-\ufbfb\ufc00-\ufdc7\ufdf0-\ufdfb\ufef5-\ufefc"
TO_CHANGE = re.compile(f"[{UNSEEN}{LIGATURES}]")


def fold(text: str) -> str:
    """`text` for finding words: composed, lower case, one kind of quotation mark and of hyphen, single spaces.

    Ligatures are opened, and signs that nobody sees left out. As the page folds it letter by letter
    (`finding.js`): of all letters, only the sigma looks at its neighbours when Python makes it a small one.
    """
    plain = TO_CHANGE.sub(_opened, unicodedata.normalize("NFC", text))
    lowered = plain.lower().replace("ς", "σ")
    return WHITE_SPACE.sub(" ", lowered.translate(TYPED)).strip(" ")


def folded_places(text: str, query: str) -> Iterator[Span]:
    """Where the words sought stand in a paragraph, one place after the other; none for a query without letters."""
    sought = fold(query)
    if not sought or sought not in fold(text):
        return
    letters = [(seen, at) for at, letter in enumerate(text) for seen in _plain(letter)]
    kept = [
        one for one, before in zip(letters, [(" ", 0), *letters], strict=False) if (one[0], before[0]) != (" ", " ")
    ]
    folded = "".join(seen for seen, _ in kept)
    start = folded.find(sought)
    while start >= 0:
        yield Span(kept[start][1], kept[start + len(sought) - 1][1] + 1)
        start = folded.find(sought, start + len(sought))


def _plain(letter: str) -> str:
    """One letter folded: none where it is not seen, several where it is a ligature."""
    return " " if WHITE_SPACE.match(letter) else fold(letter)


def _opened(found: re.Match[str]) -> str:
    """The letters of a ligature; "" for what is not seen."""
    opened = unicodedata.normalize("NFKC", found[0])
    return opened if opened != found[0] else ""
