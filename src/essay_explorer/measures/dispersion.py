"""Where the passages of each tag stand: one by one, and stretch by stretch of a long essay."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.core.given import of_reading
from essay_explorer.measures.coverage import TaggedStretch, shares_of_stretches, stretch_columns
from essay_explorer.measures.findings import listed, said
from essay_explorer.measures.measure import (
    NAMED,
    Measure,
    StretchedMeasure,
    clipped,
    nothing_in,
    opening,
    paragraphs_of,
    themes,
    words_of,
)
from essay_explorer.measures.stretches import bar_legend, blurred
from essay_explorer.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag


@dataclass(frozen=True, slots=True)
class TaggedPassage:
    """A tag of a passage, and where that stands."""

    tag: str
    label: str
    passage: str
    paragraph: int
    start: int
    end: int
    words: int
    quote: str


@of_reading
def dispersion(reading: Reading) -> Measure[TaggedPassage] | StretchedMeasure[TaggedStretch]:
    """Where each tag's passages stand, counted in words from the start of the essay.

    A row for each tag of each passage; it reaches from `start` to `end`, half-open. A word that a
    passage only touches belongs to it. With too many of them, a row for each tag of each stretch
    that has any, and `passage` is the first of them.
    """
    title = nothing_in(reading) or _spread(reading)
    if blurred(sum(len(passage.tags) for passage in reading.passages())):
        return _in_stretches(reading, title)
    return Measure(
        "dispersion",
        say("Where"),
        title,
        say(
            "Each bar is a passage, at its place in the essay, in the row of each tag that it carries. The numbers "
            "below are paragraphs."
        ),
        (
            ("label", say("Tag")),
            ("paragraph", say("Paragraph")),
            ("start", say("Words before it")),
            ("words", say("Words")),
            ("quote", say("Passage")),
        ),
        tuple(_tagged_passages(reading)),
    )


def finding(reading: Reading) -> str:
    """What "Where" says of a reading, without its rows; "" where no theme is marked yet."""
    return "" if nothing_in(reading) else _spread(reading)


def _in_stretches(reading: Reading, title: str) -> StretchedMeasure[TaggedStretch]:
    shares = [row for row in shares_of_stretches(reading, reading.codebook.tags.values()) if row.passages]
    most = max((row.percent for row in shares), default=0)
    return StretchedMeasure(
        "dispersion",
        say("Where"),
        title,
        say(
            "{legend}, in the row of each tag that stands there. The more of its words are under the tag, the "
            "thicker it is, up to {most} percent. The numbers below are paragraphs.",
            legend=bar_legend(reading.essay),
            most=number(most),
        ),
        (("label", say("Tag")), *stretch_columns()),
        tuple(shares),
    )


def _tagged_passages(reading: Reading) -> Iterator[TaggedPassage]:
    words, passages = words_of(reading.essay.text), reading.passages()
    for tag in reading.codebook.tags.values():
        for passage in passages:
            if tag.id in passage.tags:
                reach = words.touched(passage.start, passage.end)
                place = passage.paragraph, reach.start, reach.stop, len(reach)
                yield TaggedPassage(tag.id, tag.label, passage.id, *place, clipped(passage.text))


def _spread(reading: Reading) -> str:
    """Which theme runs through most paragraphs, and which through fewest."""
    essay, places = reading.essay, _places(reading)
    count = len(essay.paragraphs)
    if count == 1:
        return opening(said("in the one", len(places), tags=themes(places, essay)))
    ranked = sorted(places, key=lambda tag: -len(places[tag]))
    most = [tag for tag in ranked if len(places[tag]) == len(places[ranked[0]])]
    fewest = [tag for tag in ranked if len(places[tag]) == len(places[ranked[-1]])]
    numbers, tags = places[most[0]], themes(most, essay)
    if len(set(map(tuple, places.values()))) == len(numbers) == 1:
        return opening(said("only in", len(most), tags=tags, number=numbers[0]))
    where = said("all of" if len(numbers) == count else "some of", count, number=len(numbers))
    if most == fewest and len(most) > 1:
        return opening(said("each in", tags=tags, where=where))
    finding = opening(said("runs through", len(most), tags=tags, where=where))
    if most == fewest:
        return finding
    few, tags = places[fewest[0]], themes(fewest, essay)
    if len(fewest) == 1 and len(few) <= NAMED:
        return said("one only through", len(few), finding=finding, tags=tags, numbers=listed(few))
    return said("more only through", finding=finding, tags=tags, number=len(few))


def _places(reading: Reading) -> dict[Tag, list[int]]:
    """The numbers of the paragraphs in which words stand under a theme, by those themes that have any."""
    words, paragraphs = words_of(reading.essay.text), paragraphs_of(reading.essay)
    starts = [paragraph.start for paragraph in paragraphs]
    places: defaultdict[str, set[int]] = defaultdict(set)
    for passage in reading.passages():
        reach = words.touched(passage.start, passage.end)
        last = bisect_right(starts, reach.stop - 1) if reach else 0
        numbers = [number for number in range(bisect_right(starts, reach.start), last + 1) if paragraphs[number - 1]]
        for tag in passage.tags:
            places[tag].update(numbers)
    return {tag: sorted(places[tag.id]) for tag in reading.codebook.tags_of("theme") if places[tag.id]}
