"""How much of each paragraph stands under each theme; of a long essay, how much of each stretch."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from essay_explorer.measures.coverage import TaggedStretch, covered_words, shares_of_stretches, stretch_columns
from essay_explorer.measures.measure import (
    NAMED,
    Measure,
    StretchedMeasure,
    inside,
    listed,
    nothing_in,
    numbered,
    opening,
    paragraphs_of,
    percent,
    words_of,
)
from essay_explorer.measures.stretches import bar_legend, blurred
from essay_explorer.words import say

if TYPE_CHECKING:
    from essay_explorer.core.reading import Reading

AS_GOOD_AS_MOST = 0.9  # of the most words: such paragraphs share a peak


@dataclass(frozen=True, slots=True)
class TaggedParagraph:
    """How much of a paragraph, from word `start` to `end`, stands under a tag."""

    tag: str
    label: str
    paragraph: int
    start: int
    end: int
    words: int
    percent: float


def flow(reading: Reading) -> Measure[TaggedParagraph] | StretchedMeasure[TaggedStretch]:
    """How much of each paragraph stands under each theme, in percent of its words.

    A row for each theme of each paragraph. A word under two passages of one theme counts once, a
    word under two themes counts for both, so a paragraph may hold more than 100 percent. With too
    many of them, stretch by stretch; `passage` is the first that lies under the theme there.
    """
    title, paragraphs = nothing_in(reading) or _peaks(reading), paragraphs_of(reading.essay)
    themes = reading.codebook.tags_of("theme")
    if blurred(len(themes) * len(paragraphs)):
        return StretchedMeasure(
            "flow",
            say("By paragraph"),
            title,
            say(
                "{legend}, and tells how many percent of its words stand under each theme. Themes overlap, so that a "
                "word may count for several.",
                legend=bar_legend(reading.essay),
            ),
            (stretch_columns()[0], ("label", say("Theme")), *stretch_columns()[1:]),
            tuple(sorted(shares_of_stretches(reading, themes), key=attrgetter("paragraph"))),
        )
    rows = [
        TaggedParagraph(tag.id, tag.label, number, words.start, words.stop, count, percent(count, len(words)))
        for tag, counts in covered_words(reading).items()
        for number, (words, count) in enumerate(zip(paragraphs, counts, strict=True), 1)
    ]
    return Measure(
        "flow",
        say("By paragraph"),
        title,
        say(
            "How much of each paragraph stands under each theme, in percent of its words; a paragraph is as wide as "
            "it is long, so that a theme has most words where its bar is largest, which need not be where it is "
            "tallest. Themes overlap, and together they may pass 100 percent."
        ),
        (
            ("paragraph", say("Paragraph")),
            ("label", say("Theme")),
            ("words", say("Words under it")),
            ("percent", say("Percent")),
        ),
        tuple(sorted(rows, key=attrgetter("paragraph"))),
    )


def _peaks(reading: Reading) -> str:
    """Where the two themes with most words have most of them."""
    covered = {tag: counts for tag, counts in covered_words(reading).items() if any(counts)}
    largest = sorted(covered, key=lambda tag: -sum(covered[tag]))[:2]
    if len(reading.essay.paragraphs) == 1:
        whole = len(words_of(reading.essay.text))
        shares = [f"{inside(tag, reading.essay)} {percent(sum(covered[tag]), whole):.0f}%" for tag in largest]
        return f"In the one paragraph, {listed(shares)} of the words"
    said = [_peak(covered[tag]) for tag in largest]
    names = [inside(tag, reading.essay) for tag in largest]
    parts = [f"{name} {verb} {where}".rstrip() for name, (verb, where) in zip(names, said, strict=True)]
    if len(said) > 1 and said[0][0] == said[1][0] == "peaks":
        parts[1] = f"{names[1]} {said[1][1].replace('paragraphs ', '').replace('paragraph ', '')}"
    return opening(", ".join(parts))


def _peak(counts: list[int]) -> tuple[str, str]:
    """What a theme does, and in which paragraphs."""
    touched = [number for number, words in enumerate(counts, 1) if words]
    enough = AS_GOOD_AS_MOST * max(counts)
    peaks = [number for number in touched if counts[number - 1] >= enough]
    if len(touched) == 1:
        return "stands only", f"in {numbered('paragraph', touched)}"
    if peaks == touched:
        where = numbered("paragraph", touched) if len(touched) <= NAMED else f"{len(touched)} paragraphs"
        return "runs evenly", f"through {where}"
    if len(peaks) <= NAMED:
        return "peaks", f"in {numbered('paragraph', peaks)}"
    return "has no single peak", ""
