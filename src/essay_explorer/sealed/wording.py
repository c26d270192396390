"""The words of a text, whatever its type: the same for every copy of it, letter for letter.

Gone are case, white space, punctuation, soft hyphens and other signs that cannot be seen; forms of
one letter are one (NFKC). An apostrophe or a hyphen inside a word joins it, so "don’t" is `dont`
and "near-future" is `nearfuture`, also where a line breaks behind the hyphen; a dash parts words.
Scripts without spaces give one word a letter. `open_copy.js` does the same: change both or none,
and with them the version of sealed annotations.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from array import array
from collections import deque
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.words import SPACELESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RUN = 20  # words in a row that nobody guesses
WORDS_KNOWN = 8192  # most of a text are among so many
APOSTROPHES = "'`´‘’‛′＇ʹʻʼʽ"  # the last four are letters to Unicode
HYPHENS = "-‐‑－"  # join, also across the end of a line
DASHES = "‒–−"  # join where no space stands beside them: "sci–fi"; the longer ones always part  # noqa: RUF003
SOFT_HYPHEN = "\u00ad"
UNSEEN = re.compile("[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # marks that change no letter, besides \p{Cf}
SPACELESS_LETTER = re.compile(f"[{SPACELESS}]")
# Over the kinds of signs: a word is one letter of a script without spaces, or letters with what joins them.
WORD = re.compile(r"s[mih]*|a[amih]*(?:(?:['–]|(?:-|(?<=h))(?: *\n)? *)[ih]*a[amih]*)*")


@dataclass(frozen=True)
class Wording:
    """The words of a text in order, and the span of each in it."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> Wording:
        """The words of `text`, in time proportional to its length."""
        spans = tuple(Span(*match.span()) for match in _matches(text))
        return cls(tuple(fold(text[start:end]) for start, end in spans), spans)

    def run(self, first: int, count: int) -> bytes:
        """`count` words from number `first` on, with a space between two, in UTF-8."""
        line, ends = self._line
        return line[ends[first] : ends[first + count] - 1]

    def repeated(self, first: int, count: int) -> bool:
        """Whether these words stand elsewhere in the text too."""
        line, run = b" " + self._line[0] + b" ", b" " + self.run(first, count) + b" "
        return line.find(run, line.find(run) + 1) >= 0

    @cached_property
    def _line(self) -> tuple[bytes, array[int]]:
        """All words, and where each starts; the last number is where one more would."""
        starts = array("L", accumulate((len(word.encode()) + 1 for word in self.words), initial=0))
        return " ".join(self.words).encode(), starts

    def digests(self) -> Iterator[bytes]:
        """SHA-256 of each run of 20 words, from the first word on."""
        return _digests(self.words)


def digests_of(text: str) -> Iterator[bytes]:
    """The digests of the wording of `text`, without keeping it."""
    return _digests(fold(text[slice(*match.span())]) for match in _matches(text))


def _digests(words: Iterable[str]) -> Iterator[bytes]:
    run = deque[str](maxlen=RUN)
    for word in words:
        run.append(word)
        if len(run) == RUN:
            yield hashlib.sha256(f"essay-explorer run\0{' '.join(run)}".encode()).digest()


def _matches(text: str) -> Iterator[re.Match[str]]:
    return WORD.finditer(text.translate({ord(sign): _kind(sign) for sign in set(text)}))


def _kind(sign: str) -> str:
    """What a sign is to words; one letter for each kind, so that offsets stay."""
    for kind, signs in (("'", APOSTROPHES), ("-", HYPHENS), ("–", DASHES), ("h", SOFT_HYPHEN), ("\n", "\n")):
        if sign in signs:
            return kind
    category = unicodedata.category(sign)
    if category == "Cf" or UNSEEN.match(sign):
        return "i"
    if category[0] in "LN":
        return "s" if SPACELESS_LETTER.match(sign) else "a"
    return "m" if category[0] == "M" else " " if sign in " \t\r" else "."


@lru_cache(maxsize=WORDS_KNOWN)
def fold(word: str) -> str:
    """A word as it counts: its letters, marks and digits in NFKC, all small."""
    bare = "".join(sign for sign in word if _kind(sign) in "asm")
    # Capitals first: they make one of ß and ss, and of the three sigmas. A small letter never looks at its neighbours.
    capital = unicodedata.normalize("NFKC", bare).upper().replace("Σ", "σ")
    return unicodedata.normalize("NFKC", capital.lower())
