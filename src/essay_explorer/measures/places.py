"""Where the themes run: passage by passage, paragraph by paragraph, and stretch by stretch of a long essay."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from essay_explorer.measures.measure import (
    Measure,
    StretchedMeasure,
    clipped,
    inside,
    listed,
    nothing_in,
    numbered,
    opening,
    paragraphs_of,
    percent,
    words_of,
)
from essay_explorer.measures.stretches import InStretch, bar_legend, blurred, stretches_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag

AS_GOOD_AS_MOST = 0.9  # of the most words: such paragraphs share a peak
IN_STRETCHES = (
    ("paragraphs", "Paragraphs"),
    ("passages", "Passages"),
    ("words", "Words under it"),
    ("percent", "Percent"),
)
NAMED = 3  # more equals than these are counted, not named


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


@dataclass(frozen=True, slots=True)
class TaggedStretch(InStretch):
    """How much of a stretch stands under a tag; `passage` is the first of its passages."""

    tag: str
    label: str
    passages: int
    words: int
    percent: float
    passage: str | None


def dispersion(reading: Reading) -> Measure[TaggedPassage] | StretchedMeasure[TaggedStretch]:
    """Where each tag's passages stand, counted in words from the start of the essay.

    A row for each tag of each passage; it reaches from `start` to `end`, half-open. A word that a
    passage only touches belongs to it. With too many of them, a row for each tag of each stretch
    that has any, and `passage` is the first of them.
    """
    title, passages = nothing_in(reading) or _spread(reading), reading.passages()
    if blurred(sum(len(passage.tags) for passage in passages)):
        shares = [row for row in _shares(reading, reading.codebook.tags.values()) if row.passages]
        most = max((row.percent for row in shares), default=0)
        return StretchedMeasure(
            "dispersion",
            "Where",
            title,
            f"{bar_legend(reading.essay)}, in the lane of each tag that stands there: the more of its words "
            f"are under the tag, the thicker it is, up to {most:g} percent. The numbers below are paragraphs.",
            (("label", "Tag"), *IN_STRETCHES),
            tuple(shares),
        )
    words = words_of(reading.essay.text)
    rows: list[TaggedPassage] = []
    for tag in reading.codebook.tags.values():
        for passage in passages:
            if tag.id in passage.tags:
                reach = words.touched(passage.start, passage.end)
                place = passage.paragraph, reach.start, reach.stop, len(reach)
                rows.append(TaggedPassage(tag.id, tag.label, passage.id, *place, clipped(passage.text)))
    return Measure(
        "dispersion",
        "Where",
        title,
        "Each bar is a passage, at its place in the essay from first word to last, in the lane of each tag "
        "that it carries; the numbers below are paragraphs.",
        (
            ("label", "Tag"),
            ("paragraph", "Paragraph"),
            ("start", "Words before it"),
            ("words", "Words"),
            ("quote", "Passage"),
        ),
        tuple(rows),
    )


def _spread(reading: Reading) -> str:
    """Which theme runs through most paragraphs, and which through fewest."""
    covered = _covered(reading)
    essay = reading.essay
    places = {
        tag: [number for number, words in enumerate(counts, 1) if words]
        for tag, counts in covered.items()
        if any(counts)
    }
    count = len(essay.paragraphs)
    if count == 1:
        return f"{_names(reading, places)} {_stand(places, 'stands', 'stand')} in the one paragraph"
    ranked = sorted(places, key=lambda tag: -len(places[tag]))
    most = [tag for tag in ranked if len(places[tag]) == len(places[ranked[0]])]
    fewest = [tag for tag in ranked if len(places[tag]) == len(places[ranked[-1]])]
    numbers = places[most[0]]
    if len(set(map(tuple, places.values()))) == len(numbers) == 1:
        return f"{_names(reading, most)} {_stand(most, 'stands', 'stand')} only in paragraph {numbers[0]}"
    if most == fewest and len(most) > 1:
        return f"{_names(reading, most)} each stand in {_of_paragraphs(len(numbers), count)}"
    title = f"{_names(reading, most)} {_stand(most, 'runs', 'each run')} through {_of_paragraphs(len(numbers), count)}"
    if most == fewest:
        return title
    if len(fewest) == 1 and len(places[fewest[0]]) <= NAMED:
        return f"{title}; {inside(fewest[0], essay)} only through {numbered('paragraph', places[fewest[0]])}"
    few = len(places[fewest[0]])
    return f"{title}; {_names(reading, fewest, starts=False)} only through {few}"


def _of_paragraphs(number: int, count: int) -> str:
    return f"all {count} paragraphs" if number == count else f"{number} of {count} paragraphs"


def _stand(tags: Iterable[Tag], one: str, more: str) -> str:
    return one if len(list(tags)) == 1 else more


def _names(reading: Reading, tags: Iterable[Tag], *, starts: bool = True) -> str:
    tags = list(tags)
    names = [inside(tag, reading.essay) for tag in tags]
    text = listed(names) if len(tags) <= NAMED else f"{len(tags)} themes"
    return opening(text) if starts else text


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
            "Flow",
            title,
            f"{bar_legend(reading.essay)}, and tells how many percent of its words stand under each theme. Themes "
            "overlap, so that a word may count for several.",
            (IN_STRETCHES[0], ("label", "Theme"), *IN_STRETCHES[1:]),
            tuple(sorted(_shares(reading, themes), key=attrgetter("paragraph"))),
        )
    rows = [
        TaggedParagraph(tag.id, tag.label, number, words.start, words.stop, count, percent(count, len(words)))
        for tag, counts in _covered(reading).items()
        for number, (words, count) in enumerate(zip(paragraphs, counts, strict=True), 1)
    ]
    return Measure(
        "flow",
        "Flow",
        title,
        "How much of each paragraph stands under each theme, in percent of its words; a paragraph is as wide as "
        "it is long, so that a theme has most words where its bar is largest, which need not be where it is tallest. "
        "Themes overlap, and together they may pass 100 percent.",
        (
            ("paragraph", "Paragraph"),
            ("label", "Theme"),
            ("words", "Words under it"),
            ("percent", "Percent"),
        ),
        tuple(sorted(rows, key=attrgetter("paragraph"))),
    )


def _shares(reading: Reading, tags: Iterable[Tag]) -> Iterator[TaggedStretch]:
    """How many words of each stretch stand under each tag, each word once."""
    words, stretches, under = words_of(reading.essay.text), stretches_of(reading.essay), _under(reading)
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


def _covered(reading: Reading) -> Mapping[Tag, list[int]]:
    """By theme, how many words of each paragraph stand under it."""
    paragraphs, under = paragraphs_of(reading.essay), _under(reading)
    return {
        tag: [len(under[tag.id].intersection(paragraph)) for paragraph in paragraphs]
        for tag in reading.codebook.tags_of("theme")
    }


def _under(reading: Reading) -> defaultdict[str, set[int]]:
    """By tag, the words that stand under it."""
    words = words_of(reading.essay.text)
    under: defaultdict[str, set[int]] = defaultdict(set)
    for passage in reading.passages():
        for tag in passage.tags:
            under[tag].update(words.touched(passage.start, passage.end))
    return under


def _peaks(reading: Reading) -> str:
    """Where the two themes with most words have most of them."""
    covered = {tag: counts for tag, counts in _covered(reading).items() if any(counts)}
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
