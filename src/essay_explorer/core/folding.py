"""Text as it is compared when somebody seeks words in it."""

from __future__ import annotations

import re
import unicodedata

WHITE_SPACE = re.compile(  # what JavaScript's \s means, which is not quite what Python's does
    r"[\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
)
QUOTE_MARKS = str.maketrans("‘’‚‛“”„‟«»", '\'\'\'\'""""""')
# Unicode's Default_Ignorable_Code_Point: soft hyphens, joiners, marks of direction, variants of a letter.
UNSEEN = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
LIGATURES = "\u0132\u0133\ufb00-\ufb06\ufb13-\ufb17\ufb4f\ufbea-\ufbfb\ufc00-\ufdc7\ufdf0-\ufdfb\ufef5-\ufefc"
TO_CHANGE = re.compile(f"[{UNSEEN}{LIGATURES}]")


def fold(text: str) -> str:
    """`text` for finding words: composed, in lower case, with one kind of quotation mark and single spaces.

    Ligatures are opened, and signs that nobody sees left out. As the page folds it letter by letter
    (`content.js`): of all letters, only the sigma looks at its neighbours when Python makes it a small one.
    """
    plain = TO_CHANGE.sub(_opened, unicodedata.normalize("NFC", text))
    lowered = plain.lower().replace("ς", "σ")
    return WHITE_SPACE.sub(" ", lowered.translate(QUOTE_MARKS)).strip(" ")


def _opened(found: re.Match[str]) -> str:
    """The letters of a ligature; "" for what is not seen."""
    opened = unicodedata.normalize("NFKC", found[0])
    return opened if opened != found[0] else ""
