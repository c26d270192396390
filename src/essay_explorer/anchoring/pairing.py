"""The words of a text by their letters, and which words of an old text stand where in a new one."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.words import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

# Soft hyphen, marks of direction, joiners: they change how a word looks or breaks, not which word it is.
UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF])
RUN = 4  # words in a row that stand once in both texts say which place is which
WORDS_KNOWN = 8192  # most of a text are among so many
MISSPELT = range(3, 40)  # letters of a word that may be


@lru_cache(maxsize=WORDS_KNOWN)
def folded(word: str) -> str:
    """The letters by which a word is compared: whatever its case, without those that cannot be seen."""
    return word.casefold().translate(UNSEEN)


def keys_of(text: str) -> list[str]:
    """The words of `text`, folded, in text order."""
    return list(map(folded, WORD.findall(text)))


def clues(keys: Sequence[str]) -> Iterator[tuple[str, int]]:
    """(clue, which word) for each word and for each two neighbours written as one."""
    yield from ((key, at) for at, key in enumerate(keys))
    yield from ((one + other, at) for at, (one, other) in enumerate(pairwise(keys)))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: their folded letters, and where each stands in it."""

    text: str
    keys: list[str]
    starts: array[int]
    ends: array[int]

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of `text` in its order."""
        keys, starts, ends = [], array("L"), array("L")
        for match in WORD.finditer(text):
            keys.append(folded(match[0]))
            starts.append(match.start())
            ends.append(match.end())
        return cls(text, keys, starts, ends)

    def touched(self, span: Span) -> tuple[int, int]:
        """The first of the words that the span touches, and the one after the last."""
        return bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)

    def span(self, first: int, last: int) -> Span:
        """From the start of the word `first` to the end of the one before `last`."""
        return Span(self.starts[first], self.ends[last - 1])

    def places(self, wanted: AbstractSet[str]) -> dict[str, list[int]]:
        """Where each of the wanted clues stands; one that stands nowhere lends its places from what is spelt alike."""
        found = defaultdict[str, list[int]](list)
        for clue, at in clues(self.keys):
            if clue in wanted:
                found[clue].append(at)
        lent = _spelt_alike(wanted - found.keys(), set(self.keys))
        for at, key in enumerate(self.keys if lent else ()):
            for missing in lent.get(key, ()):
                found[missing].append(at)
        return dict(found)


def _spelt_alike(missing: AbstractSet[str], vocabulary: AbstractSet[str]) -> dict[str, set[str]]:
    """For words of the vocabulary the missing ones that one slip parts from them: a letter more, less or wrong.

    Two words are one slip apart when leaving out a letter makes them equal, as in SymSpell (Garbe 2012).
    """
    by_slip = defaultdict[str, list[str]](list)
    for word in missing:
        if len(word) in MISSPELT:
            for slip in _slips(word):
                by_slip[slip].append(word)
    alike = defaultdict[str, set[str]](set)
    for word in vocabulary if by_slip else ():
        if len(word) in MISSPELT:
            for slip in _slips(word):
                for other in by_slip.get(slip, ()):
                    alike[word].add(other)
    return alike


def _slips(word: str) -> set[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def paired(old: Sequence[str], new: Sequence[str]) -> tuple[array[int], array[int]]:
    """For each old word the new one that it became, and for each new word the old one that it was; -1 for none.

    Runs of words that stand once in both texts are pairs wherever they stand, so that a paragraph
    that was moved is found; their neighbours are, as far as they are equal (Heckel 1978,
    "A technique for isolating differences between files", CACM 21). Linear in both texts.
    """
    to_new, to_old = array("l", [-1]) * len(old), array("l", [-1]) * len(new)
    once = _once(new)
    for run, at in _once(old).items():
        there = once.get(run, -1)
        if at >= 0 and there >= 0:
            for step in range(RUN):
                if to_new[at + step] < 0 and to_old[there + step] < 0 and old[at + step] == new[there + step]:
                    to_new[at + step], to_old[there + step] = there + step, at + step
    for edges in (False, True):
        _spread(old, new, (to_new, to_old), step=1, edge=edges)
        _spread(old, new, (to_new, to_old), step=-1, edge=edges)
    return to_new, to_old


def _once(keys: Sequence[str]) -> dict[int, int]:
    """Where each run of words starts; -1 for one that comes again. By hash: a million tuples are large."""
    seen: dict[int, int] = {}
    for at, run in enumerate(zip(*(keys[step:] for step in range(RUN)), strict=False)):
        key = hash(run)
        seen[key] = -1 if key in seen else at
    return seen


def _spread(
    old: Sequence[str], new: Sequence[str], pairs: tuple[array[int], array[int]], *, step: int, edge: bool
) -> None:
    """Pair equal words beside pairs; at the `edge`, the two starts, or the two ends, are a pair too."""
    to_new, to_old = pairs
    nowhere = -2 * len(new) - 2
    there = nowhere if not edge else -1 if step > 0 else len(new)
    for at in range(len(old)) if step > 0 else range(len(old) - 1, -1, -1):
        following = there + step
        if to_new[at] >= 0:
            there = to_new[at]
        elif 0 <= following < len(new) and to_old[following] < 0 and old[at] == new[following]:
            to_new[at], to_old[following] = following, at
            there = following
        else:
            there = nowhere


def kept_order(to_new: Sequence[int]) -> bytearray:
    """For each old word, 1 when it is among the most that still stand in their old order; a moved one is not."""
    tops, last = list[int](), list[int]()  # the smallest new place that ends a row of each length, and whose it is
    before = array("l", [-1]) * len(to_new)
    for at, there in enumerate(to_new):
        if there >= 0:
            length = bisect_left(tops, there)
            before[at] = last[length - 1] if length else -1
            tops[length : length + 1], last[length : length + 1] = [there], [at]
    kept = bytearray(len(to_new))
    at = last[-1] if last else -1
    while at >= 0:
        kept[at] = 1
        at = before[at]
    return kept
