"""How much of an essay stands under each tag: of its paragraphs, and of the stretches of a long one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.measures.measure import paragraphs_of, percent, words_of
from essay_explorer.measures.stretches import InStretch, stretches_of
from essay_explorer.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag


def stretch_columns() -> tuple[tuple[str, str], ...]:
    """The columns of a table of stretches."""
    return (
        ("paragraphs", say("Paragraphs")),
        ("passages", say("Passages")),
        ("words", say("Words under it")),
        ("percent", say("Percent")),
    )


@dataclass(frozen=True, slots=True)
class TaggedStretch(InStretch):
    """How much of a stretch stands under a tag; `passage` is the first of its passages."""

    tag: str
    label: str
    passages: int
    words: int
    percent: float
    passage: str | None


def shares_of_stretches(reading: Reading, tags: Iterable[Tag]) -> Iterator[TaggedStretch]:
    """How many words of each stretch stand under each tag, each word once."""
    words, stretches, under = words_of(reading.essay.text), stretches_of(reading.essay), words_under(reading)
    starts, passages = [stretch.words.start for stretch in stretches], reading.passages()
    for tag in tags:
        here: defaultdict[int, list[Passage]] = defaultdict(list)
        for passage in passages:
            if tag.id in passage.tags:
                reach = words.touched(passage.start, passage.end)
                for at in range(bisect_right(starts, reach.start) - 1, bisect_left(starts, reach.stop)):
                    here[at].append(passage)
        for at, stretch in enumerate(stretches):
            covered = len(under[tag.id].intersection(stretch.words))
            share = percent(covered, len(stretch.words))
            first = here[at][0].id if here[at] else None
            yield TaggedStretch(*stretch.place(), tag.id, tag.label, len(here[at]), covered, share, first)


def covered_words(reading: Reading) -> Mapping[Tag, list[int]]:
    """By theme, how many words of each paragraph stand under it."""
    paragraphs, under = paragraphs_of(reading.essay), words_under(reading)
    return {
        tag: [len(under[tag.id].intersection(paragraph)) for paragraph in paragraphs]
        for tag in reading.codebook.tags_of("theme")
    }


def words_under(reading: Reading) -> defaultdict[str, set[int]]:
    """By tag, the words that stand under it."""
    words = words_of(reading.essay.text)
    under: defaultdict[str, set[int]] = defaultdict(set)
    for passage in reading.passages():
        for tag in passage.tags:
            under[tag].update(words.touched(passage.start, passage.end))
    return under
