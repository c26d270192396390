"""N-grams of a text, one word or two neighbours written as one: by them its places are looked up."""

from __future__ import annotations

from array import array
from collections import defaultdict
from itertools import count, islice
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from essay_explorer.anchoring.words import Words

    Places = Mapping[str, Sequence[int]]  # by n-gram: which words of a text start it

MISSPELT = range(3, 40)  # letters of a word that may be


def ngrams(words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """(n-gram, which word) for each word and for each two neighbours, which an edit may have joined or parted."""
    for sized in _sized(words):
        yield from sized


def _sized(words: Sequence[str]) -> tuple[Iterable[tuple[str, int]], Iterable[tuple[str, int]]]:
    return zip(words, count()), zip(map(add, words, islice(words, 1, None)), count())


def places_of(sought: Iterable[Sequence[str]], words: Words) -> Places:
    """Where each n-gram of the stretches sought stands; a word that stands nowhere lends the places of its like."""
    stretches = list(sought)
    wanted = {word for stretch in stretches for word in stretch}
    wanted.update(pair for stretch in stretches for pair in map(add, stretch, islice(stretch, 1, None)))
    found = defaultdict[str, "array[int]"](lambda: array("L"))  # side by side in memory: to read them is quicker
    for sized in _sized(words.folded):
        for ngram, at in sized:
            if ngram in wanted:
                found[ngram].append(at)
    missing_words = {word for stretch in stretches for word in stretch} - found.keys()
    lent = _spelt_alike(missing_words, set(words.folded))
    for at, word in enumerate(words.folded if lent else ()):
        for missing in lent.get(word, ()):
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
