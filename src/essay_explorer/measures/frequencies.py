"""How often words stand in an essay or in its passages, and what they weigh."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.counting import WORD
from essay_explorer.anchoring.function_words import content_word, function_words
from essay_explorer.anchoring.segments import Span
from essay_explorer.core.frequencies import Frequencies, Frequency

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from essay_explorer.core.essay import Essay
    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading


def frequencies_of(
    reading: Reading, facets: Mapping[str, str | Iterable[str]], stop_words: Iterable[str] | None
) -> Frequencies:
    """`Reading.frequencies`."""
    language = reading.essay.language
    stops = function_words(language) if stop_words is None else frozenset(word.lower() for word in stop_words)
    asked: Any = facets
    passages = reading.passages(**asked) if facets else None
    words = list(_words(reading.essay, stops))
    everywhere = Counter(word for _, word in words if word)
    inside = list(_inside(words, passages)) if passages is not None else [word for _, word in words]
    counts = Counter(word for word in inside if word)
    weights = _weights(reading, facets, words, counts)
    made = [
        Frequency(word, count, everywhere[word], 1000 * count / len(inside), weights.get(word))
        for word, count in counts.items()
    ]
    return Frequencies(sorted(made, key=lambda one: (-(one.tf_idf or 0), -one.count, one.word)))


def _words(essay: Essay, stops: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Where each word starts, and what it says; "" for a stop word."""
    for found in WORD.finditer(essay.text):
        yield found.start(), content_word(found[0], essay.language, stops)


def _inside(words: list[tuple[int, str]], passages: Iterable[Passage]) -> Iterator[str]:
    """The words that start in a passage, each once however many passages lie over it."""
    spans = iter(_joined(passages))
    span = next(spans, None)
    for start, word in words:
        while span and span.end <= start:
            span = next(spans, None)
        if span and span.start <= start:
            yield word


def _joined(passages: Iterable[Passage]) -> list[Span]:
    """The stretches that passages, in text order, cover."""
    made: list[Span] = []
    for one in passages:
        if made and one.start <= made[-1].end:
            made[-1] = Span(made[-1].start, max(made[-1].end, one.end))
        else:
            made.append(Span(one.start, one.end))
    return made


def _weights(
    reading: Reading,
    facets: Mapping[str, str | Iterable[str]],
    words: list[tuple[int, str]],
    counts: Counter[str],
) -> dict[str, float]:
    """The tf-idf of each word for the one tag that was asked for, the tags of its facet being the documents.

    The share of the word among the words counted, times the logarithm of how many tags there are for each that has
    the word (C. Manning, P. Raghavan, H. Schütze, Introduction to Information Retrieval, 2008, ch. 6.2).
    """
    asked = [(facet, tag) for facet, tags in facets.items() for tag in reading.codebook.tags_in(facet, tags)]
    if len(asked) != 1:
        return {}
    (facet, _), tags = asked[0], next(one.tags for one in reading.codebook.facets if one.id == asked[0][0])
    having: Counter[str] = Counter()
    for tag in tags:
        asked_for: Any = {facet: tag.id}
        having.update({word for word in _inside(words, reading.passages(**asked_for)) if word})
    return {word: count / counts.total() * log(len(tags) / having[word]) for word, count in counts.items()}
