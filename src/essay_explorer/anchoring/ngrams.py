"""N-grams of a text, one word or two neighbours written as one: by them its places are looked up."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from itertools import islice
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from essay_explorer.anchoring.words import Words

    Places = Mapping[str, Sequence[int]]  # by n-gram: which words of a text start it

MOST = 500  # places by which a word still says where a stretch may be
MISSPELT = range(3, 40)  # letters of a word that may be


def pairs(words: Sequence[str]) -> Iterable[str]:
    """Each word with the next, which an edit may have joined or parted."""
    return map(add, words, islice(words, 1, None))


def places_of(sought: Iterable[Sequence[str]], words: Words, *, exactly: Iterable[str] = ()) -> Places:
    """Where each n-gram of the stretches sought stands; a word that stands nowhere lends the places of its like.

    A word that stands in more than MOST places, which say too little, is here with none.
    `exactly`: pairs of words that are sought besides; nothing stands in for one that is nowhere.
    """
    stretches = list(sought)
    single = {word for stretch in stretches for word in stretch}
    asked = single.union(*map(pairs, stretches))
    times = Counter(words.folded if asked else ())
    common = {word for word in asked & times.keys() if times[word] > MOST}
    wanted = (asked - common).union(exactly)
    found = defaultdict[str, "array[int]"](lambda: array("L"))  # side by side in memory: to read them is quicker
    for ngrams in (words.folded, pairs(words.folded)) if asked else (pairs(words.folded),):
        for at, ngram in enumerate(ngrams):
            if ngram in wanted:
                found[ngram].append(at)
    lent = _spelt_alike(single - found.keys() - common, times.keys())
    for at, word in enumerate(words.folded if lent else ()):
        if word in lent:
            for other in lent[word]:
                found[other].append(at)
    return {**dict.fromkeys(common, ()), **found}


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
