"""How much of each paragraph stands under each theme; of a long essay, how much of each stretch."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from essay_explorer.core.given import of_reading
from essay_explorer.measures.coverage import TaggedStretch, covered_words, shares_of_stretches, stretch_columns
from essay_explorer.measures.findings import listed, said
from essay_explorer.measures.measure import (
    NAMED,
    Measure,
    StretchedMeasure,
    inside,
    nothing_in,
    opening,
    paragraphs_of,
    percent,
    words_of,
)
from essay_explorer.measures.stretches import bar_legend, blurred
from essay_explorer.words import number, say

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


@of_reading
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
                "{legend} and shows what share of its words stands under each theme. Themes overlap, so a word "
                "may count for several.",
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
            "A bar’s height is the share of a paragraph’s words under a theme, its width the paragraph’s length. "
            "Themes overlap: together they may pass 100 percent."
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
    names = [inside(tag, reading.essay) for tag in largest]
    if len(reading.essay.paragraphs) == 1:
        whole = len(words_of(reading.essay.text))
        shares = [number(percent(sum(covered[tag]), whole), 0) for tag in largest]
        parts = [said("share", tag=name, percent=share) for name, share in zip(names, shares, strict=True)]
        return said("shares", shares=listed(parts))
    found = [_peak(covered[tag]) for tag in largest]
    parts = [said(key, 1 if key == "only in" else len(at), tag=name, tags=name, numbers=listed(at), number=at[0])
             for name, (key, at) in zip(names, found, strict=True)]  # fmt: skip
    if [key for key, _ in found] == ["peaks", "peaks"]:
        return opening(said("and peaks", len(found[1][1]), finding=parts[0], tag=names[1], numbers=listed(found[1][1])))
    return opening(", ".join(parts))


def _peak(counts: list[int]) -> tuple[str, list[int]]:
    """What a theme does, as the key of a phrase, and in which paragraphs."""
    touched = [at for at, words in enumerate(counts, 1) if words]
    enough = AS_GOOD_AS_MOST * max(counts)
    peaks = [at for at in touched if counts[at - 1] >= enough]
    if len(touched) == 1:
        return "only in", touched
    if peaks == touched:
        return "evenly in" if len(touched) <= NAMED else "evenly", touched
    return "peaks" if len(peaks) <= NAMED else "no peak", peaks
