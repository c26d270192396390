"""The words of a text, in scripts with spaces between them and in those without."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from essay_explorer.anchoring.segments import Span

# Letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana and Han.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
PUNCTUATION = r"!-/:-@\[-`{-~\xa1\xab\xb7\xbb\xbf\u2010-\u2027\u2030-\u205e\u3000-\u303f\uff01-\uff0f"
WORD = re.compile(rf"[{SPACELESS}]|[^\s{PUNCTUATION}{SPACELESS}]+")
PIECES = re.compile(f"({WORD.pattern})")
# Soft hyphen, marks of direction, joiners: they change how a word looks or breaks, not which word it is.
UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF])
WORDS_KNOWN = 65_536  # a novel has fewer different ones
FEW = 500  # words, as a quote has: each is looked up at once


def words_of(text: str) -> tuple[list[str], list[int]]:
    """The words of `text`, and where each starts."""
    pieces = PIECES.split(text)  # each second one is a word
    starts = list(accumulate(map(len, pieces), initial=0))
    return pieces[1::2], starts[1:-1:2]


@lru_cache(maxsize=WORDS_KNOWN)
def folded(word: str) -> str:
    """The letters by which a word is compared: whatever its case, without those that cannot be seen."""
    return word.casefold().translate(UNSEEN)


def folded_words(text: str) -> list[str]:
    """The words of `text`, folded, in text order."""
    return list(map(folded, WORD.findall(text)))


def folded_letters(text: str) -> str:
    """The folded letters of `text`, without white space and punctuation."""
    return "".join(WORD.findall(text)).casefold().translate(UNSEEN)


def _folded_once(words: list[str]) -> list[str]:
    """All words, folded; equal ones are one string, which a dictionary finds without comparing letters."""
    if len(words) < FEW:
        return list(map(folded, words))
    own = dict[str, str]()
    known = {word: own.setdefault(folded(word), folded(word)) for word in set(words)}
    return list(map(known.__getitem__, words))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: their folded letters, and where each stands in it."""

    text: str
    folded: list[str]
    starts: array[int]
    ends: array[int]

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of `text` in its order."""
        pieces = PIECES.split(text)
        edges = array("L", accumulate(map(len, pieces), initial=0))
        return cls(text, _folded_once(pieces[1::2]), edges[1:-1:2], edges[2::2])

    def within(self, span: Span) -> Words:
        """Those of a span that starts and ends with whole words or between two."""
        first, last = self.touched(span)
        starts, ends = ([edge - span.start for edge in edges[first:last]] for edges in (self.starts, self.ends))
        return Words(self.text[slice(*span)], self.folded[first:last], array("L", starts), array("L", ends))

    def touched(self, span: Span) -> tuple[int, int]:
        """The first of the words that the span touches, and the one after the last."""
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)

    def span(self, first: int, last: int) -> Span:
        """From the start of the word `first` to the end of the one before `last`."""
        return Span(self.starts[first], self.ends[last - 1])
