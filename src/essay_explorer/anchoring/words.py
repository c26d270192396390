"""The words of a text, in scripts with spaces between them and in those without."""

from __future__ import annotations

import re
from itertools import accumulate

# Letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana and Han.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
PUNCTUATION = r"!-/:-@\[-`{-~\xa1\xab\xb7\xbb\xbf\u2010-\u2027\u2030-\u205e\u3000-\u303f\uff01-\uff0f"
WORD = re.compile(rf"[{SPACELESS}]|[^\s{PUNCTUATION}{SPACELESS}]+")
PIECES = re.compile(f"({WORD.pattern})")


def words_of(text: str) -> tuple[list[str], list[int]]:
    """The words of `text`, and where each starts."""
    pieces = PIECES.split(text)  # each second one is a word
    starts = list(accumulate(map(len, pieces), initial=0))
    return pieces[1::2], starts[1:-1:2]
