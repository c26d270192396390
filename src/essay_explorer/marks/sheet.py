"""A sheet for one who handed in: their marks beside the class's and the teacher's."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from essay_explorer.core.prose import Prose
from essay_explorer.marks.comparison import compare
from essay_explorer.marks.placement import placed
from essay_explorer.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from essay_explorer.anchoring.segments import Span
    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading
    from essay_explorer.marks.class_layer import ClassLayer, Share
    from essay_explorer.marks.mark_file import MarkFile

MOST_OTHERS = 5  # sentences that the class marked and this person did not


@dataclass(frozen=True, slots=True)
class Line:
    """A mark on a sheet. `where`: the numbers of its sentences; `others`: what the class and the reading see there."""

    where: str
    quote: str
    tags: tuple[str, ...] = ()
    reason: str = ""
    others: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where it is, in words."""
        if self.where.isdigit():
            return say("Sentence {number}", number=self.where)
        return say("Sentences {numbers}", numbers=self.where)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a person gets back. `lost`: quotes that are no longer in the text; `others`: what the class saw besides."""

    title: str
    person: str
    done: str
    finding: str
    lines: tuple[Line, ...] = ()
    others: tuple[Line, ...] = ()
    lost: tuple[str, ...] = ()

    @classmethod
    def of(cls, made: MarkFile, reading: Reading, layer: ClassLayer, *, done: str) -> Sheet:
        """The sheet of a hand-in. `reading` has the teacher's annotations; `done`: how much of the task is done."""
        mine = placed(made.kept.marks, reading).reading
        sentences = reading.essay.sentences()
        passages = mine.passages()
        marked = {at for passage in passages for at in _sentences_of(passage, sentences)}
        there = {passage.id for passage in passages}
        return cls(
            Prose.from_inline(reading.essay.title).text,
            made.person,
            done,
            str(compare(mine, reading, names=(say("you"), say("the teacher")))),
            tuple(_line(passage, mine, sentences, layer) for passage in passages),
            tuple(_besides(layer, marked)),
            tuple(entry.quote for entry in mine.annotations if entry.id not in there),
        )


def _line(passage: Passage, mine: Reading, sentences: Sequence[Span], layer: ClassLayer) -> Line:
    numbers = _sentences_of(passage, sentences)
    tags = tuple(mine.codebook.tags[tag].label for tag in passage.annotation.tags)
    where = str(numbers[0] + 1) if len(numbers) == 1 else f"{numbers[0] + 1}–{numbers[-1] + 1}"
    return Line(where, passage.text, tags, passage.annotation.note, tuple(_seen(layer, numbers)))


def _seen(layer: ClassLayer, numbers: Sequence[int]) -> Iterator[str]:
    """What the class and the teacher see in these sentences, in words."""
    here = [share for share in layer.shares if share.sentence - 1 in numbers]
    for number, shares in groupby((share for share in here if share.count), key=attrgetter("sentence")):
        yield _in_the_class(shares, 0 if len(numbers) == 1 else number)
    if own := dict.fromkeys(share.tag.label for share in here if share.reading):
        yield say("The teacher: {tags}", tags=", ".join(own))


def _in_the_class(shares: Iterable[Share], number: int = 0) -> str:
    """What the class sees in a sentence; its `number` is told where there are others beside it."""
    found = ", ".join(f"{one.tag.label} {one.number}" for one in shares)
    if number:
        return say("Sentence {number} in the class: {shares}", number=number, shares=found)
    return say("In the class: {shares}", shares=found)


def _besides(layer: ClassLayer, marked: set[int]) -> list[Line]:
    """The sentences that most of the class marked and this person did not."""
    there = [share for share in layer.shares if share.sentence - 1 not in marked and share.kind in {"agreed", "split"}]
    first = sorted(there, key=lambda share: (-share.share, share.sentence))[:MOST_OTHERS]
    return [
        Line(str(one.sentence), one.text, (one.tag.label,), "", (_in_the_class([one]),))
        for one in sorted(first, key=lambda share: share.sentence)
    ]


def _sentences_of(passage: Passage, sentences: Sequence[Span]) -> list[int]:
    """The numbers, from 0, of the sentences that a passage touches."""
    first = bisect_right(sentences, passage.start, key=attrgetter("end"))
    last = bisect_left(sentences, passage.end, key=attrgetter("start"))
    return list(range(first, max(last, first + 1)))
