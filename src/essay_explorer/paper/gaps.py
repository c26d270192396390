"""The gaps of a cloze: which words of a text are left out, and why just these."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from math import log
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.anchoring.counting import WORD
from essay_explorer.anchoring.function_words import function_words
from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.words import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from essay_explorer.core.essay import Essay
    from essay_explorer.core.passage import Passage

APART = 5  # words from one gap to the next, at least: what stands between lets a reader guess
LETTERS = 4  # of a word that is left out, at least; shorter ones are mostly grammar
SYLLABLES = 2  # the same in Korean
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
HANGUL = re.compile("[\uac00-\ud7a3]+")
NO_WORD = re.compile(r"[\d'’_]")
UNTOUCHED = frozenset({"heading", "code"})  # blocks without gaps


class Word(NamedTuple):
    """A word that may be left out; `at` counts all words. `times`: how often two characters are together."""

    at: int
    letters: str
    span: Span
    times: int = 0

    @property
    def rank(self) -> tuple[int, int, int]:
        """What decides between words that mark a tag equally well."""
        return self.times, len(self.letters), -self.at


class Stretch(NamedTuple):
    """What has one gap: a passage with its tags, or a sentence."""

    span: Span
    tags: tuple[str, ...]


def gaps_of(essay: Essay, passages: Sequence[Passage], tags: Iterable[str], within: Span) -> tuple[Span, ...]:
    """The words to leave out of what lies in `within`, in text order.

    Each passage has one gap, if no other passage gave it one: of its words of four letters or more, function
    words apart, the one that marks its tags best, which is the one that their passages have more often than
    chance would give it to them, by Dunning's log-likelihood (1993, Computational Linguistics 19:1); of equal
    ones the longest, then the first. No word is left out twice, and five words lie between two gaps. In Chinese
    and Japanese two characters are a word, the more likely the more often they are together. Without passages
    each sentence has a gap.
    """
    words = _words(essay)
    wanted = set(tags)
    stretches = [Stretch(Span(one.start, one.end), tuple(wanted.intersection(one.tags))) for one in passages]
    weights = {tag: _weights(words, [one.span for one in stretches if tag in one.tags]) for tag in sorted(wanted)}
    gaps: dict[str, Word] = {}
    for span, its_tags in stretches or [Stretch(sentence, ()) for sentence in essay.sentences()]:
        if any(span.start <= gap.span.start and gap.span.end <= span.end for gap in gaps.values()):
            continue
        free = [
            word
            for word in _inside(words, span)
            if word.letters not in gaps
            and within.start <= word.span.start
            and word.span.end <= within.end
            and all(abs(word.at - gap.at) > APART for gap in gaps.values())
        ]
        if free:
            best = max(free, key=lambda word: (_best(word, its_tags, weights), *word.rank))
            gaps[best.letters] = best
    return tuple(sorted(word.span for word in gaps.values()))


def _best(word: Word, tags: Iterable[str], weights: dict[str, dict[str, float]]) -> float:
    return max((weights[tag][word.letters] for tag in tags), default=0.0)


def _words(essay: Essay) -> list[Word]:
    """The words that may be left out, in text order."""
    untouched = [block.span for block in essay.blocks if block.kind in UNTOUCHED or block.header]
    grammar = function_words(essay.language)
    words = [
        word
        for word in _long_words(essay.text)
        if grammar.isdisjoint(word.letters if HAN.match(word.letters) else [word.letters])
        and not any(start <= word.span.start < end for start, end in untouched)
    ]
    times = Counter(word.letters for word in words if HAN.match(word.letters))
    return [word._replace(times=times[word.letters]) for word in words]


def _long_words(text: str) -> Iterator[Word]:
    last = None
    for at, match in enumerate(WORD.finditer(text)):
        word = match[0]
        if HAN.fullmatch(word):
            if last and last.end() == match.start():
                yield Word(at, text[last.start() : match.end()], Span(last.start(), match.end()))
            last = match
            continue
        last = None
        least = SYLLABLES if HANGUL.fullmatch(word) else LETTERS
        if len(word) >= least and not NO_WORD.search(word):
            yield Word(at, folded(word), Span(*match.span()))


def _inside(words: Sequence[Word], span: Span) -> list[Word]:
    """The words that stand whole in the span."""
    first = bisect_left(words, span.start, key=lambda word: word.span.start)
    last = bisect_left(words, span.end + 1, key=lambda word: word.span.end)
    return list(words[first:last])


def _weights(words: Sequence[Word], spans: Iterable[Span]) -> dict[str, float]:
    """How much oftener than chance each word stands in the spans."""
    inside = Counter(word.letters for word in {word for span in spans for word in _inside(words, span)})
    everywhere = Counter(word.letters for word in words)
    share = inside.total() / max(1, len(words))
    return {word: _likelihood(inside[word], count, share) for word, count in everywhere.items()}


def _likelihood(inside: int, everywhere: int, share: float) -> float:
    """Dunning's G², 0 for a word that is not there oftener than its share; rounded, so that equal ones are equal."""
    if inside <= everywhere * share:
        return 0.0
    outside = everywhere - inside
    rest = outside * log(outside / (everywhere * (1 - share))) if outside else 0.0
    return round(2 * (inside * log(inside / (everywhere * share)) + rest), 6)
