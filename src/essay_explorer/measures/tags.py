"""How much each tag weighs, and which of them meet."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from essay_explorer.core.given import of_reading
from essay_explorer.measures.findings import listed, said
from essay_explorer.measures.measure import (
    Measure,
    in_words,
    inside,
    nothing_in,
    opening,
    percent,
    themes,
    words_of,
)
from essay_explorer.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.core.reading import Reading

FEW = 3  # passages: what fewer of them share is no finding
ABOUT_CHANCE = 1.2  # up to here, and down to its inverse, "about what chance predicts"
HALF = (0.45, 0.55)


@dataclass(frozen=True, slots=True)
class TagWeight:
    """How much a tag weighs."""

    tag: str
    label: str
    facet: str
    passages: int
    words: int
    percent: float


@dataclass(frozen=True, slots=True)
class TagPair:
    """How often two tags meet. `grid`: "themes" or "moves", what a theme is paired with; `tags`: their ids."""

    grid: str
    tags: tuple[str, str]
    one: str
    other: str
    count: int
    chance: float
    lift: float | None
    often: str
    pair: str


@of_reading
def weight(reading: Reading) -> Measure[TagWeight]:
    """How many passages carry each tag, and how many words stand under it, each word once.

    A row for each tag of each facet, in the codebook's order; zeros for a tag that nobody uses.
    """
    words, everywhere = words_of(reading.essay.text), reading.passages()
    rows: list[TagWeight] = []
    for facet in reading.codebook.facets:
        for tag in facet.tags:
            passages = [passage for passage in everywhere if tag.id in passage.tags]
            under = {word for passage in passages for word in words.touched(passage.start, passage.end)}
            share = percent(len(under), len(words))
            rows.append(TagWeight(tag.id, tag.label, facet.label, len(passages), len(under), share))
    return Measure(
        "weight",
        say("How much"),
        nothing_in(reading) or _heaviest(reading, rows),
        say("Each bar is as long as the number of words under its tag; a word under two passages counts once."),
        (
            ("label", say("Tag")),
            ("facet", say("Family")),
            ("passages", say("Passages")),
            ("words", say("Words")),
            ("percent", say("Percent of the essay")),
        ),
        tuple(rows),
    )


def _heaviest(reading: Reading, rows: Iterable[TagWeight]) -> str:
    every = reading.codebook.tags_of("theme")
    row_of = {row.tag: row for row in rows}
    words = {tag: row_of[tag.id].words for tag in every}
    used = [tag for tag in every if row_of[tag.id].passages]
    unused = [tag for tag in every if tag not in used]
    most = [tag for tag in used if words[tag] == max(words.values())]
    row, tags = row_of[most[0].id], themes(most, reading.essay)
    share = said("words and percent", row.words, percent=number(row.percent, 0))
    if len(most) == 1:
        finding = said("weighs most", tag=tags, passages=said("passages", row.passages), words=share)
    elif most == used and not unused:
        return opening(said("weigh the same", tags=tags, words=share))
    else:
        finding = said("weigh most", tags=tags, words=share)
    if unused:
        finding = said("unused", finding=finding, tags=themes(unused, reading.essay))
    return opening(finding)


@of_reading
def together(reading: Reading) -> Measure[TagPair]:
    """How often two themes, and a theme and a move, meet on one passage, against chance.

    `lift` = n * both / (one * other), n being all passages of the reading: 1 where the two meet as
    often as if they knew nothing of each other; None where a tag has no passage. It is the
    "interest" of Brin, Motwani, Ullman and Tsur, Dynamic itemset counting (SIGMOD 1997). `chance`
    = one * other / n is the count that would make it 1.
    Each pair of themes stands once.
    """
    themes, moves = reading.codebook.tags_of("theme"), reading.codebook.tags_of("move")
    pairs = [("themes", one, other) for one, other in combinations(themes, 2)]
    pairs += [("moves", one, other) for one, other in product(themes, moves)]
    carried = [set(passage.tags) for passage in reading.passages()]
    rows = []
    for grid, one, other in pairs:
        has_one, has_other = (sum(tag.id in tags for tags in carried) for tag in (one, other))
        both = sum({one.id, other.id} <= tags for tags in carried)
        lift = round(len(carried) * both / (has_one * has_other), 2) if has_one and has_other else None
        chance = round(has_one * has_other / len(carried), 1) if carried else 0.0
        labels = one.label, other.label
        rows.append(
            TagPair(grid, (one.id, other.id), *labels, both, chance, lift, often(both, lift), " + ".join(labels))
        )
    return Measure(
        "together",
        say("Pairs"),
        nothing_in(reading) or _closest(reading, rows),
        say(
            "Each number counts the passages that carry both tags. A darker square means more of them than chance "
            "predicts, a dashed edge fewer; below three it stays pale."
        ),
        (("pair", say("Pair")), ("count", say("Shared passages")), ("chance", say("Expected")), ("lift", say("Ratio")),
         ("often", say("In words")), ("grid", say("Themes with"))),
        tuple(rows),
        in_words("grid", {"themes": say("themes"), "moves": say("moves")}),
    )  # fmt: skip


def often(both: int, lift: float | None) -> str:
    """A lift in words: "3 times what chance predicts"."""
    if lift is None:
        return said("not used")
    if not both:
        return said("never")
    if 1 / ABOUT_CHANCE <= lift <= ABOUT_CHANCE:
        return said("about chance")
    if HALF[0] <= lift <= HALF[1]:
        return said("half of chance")
    return said("times chance", times=number(lift))


def _closest(reading: Reading, rows: Iterable[TagPair]) -> str:
    """The two themes that meet most above chance, of those that meet on a few passages at least."""
    tags = reading.codebook.tags
    pairs = [row for row in rows if row.grid == "themes" and row.count >= FEW]
    best = max((row.lift or 0.0 for row in pairs), default=0.0)
    if best <= ABOUT_CHANCE:
        return said("none above chance")
    top = [row for row in pairs if row.lift == best]
    if len(top) > 1:
        return said("several pairs", len(top), often=top[0].often)
    both = listed(inside(tags[tag], reading.essay) for tag in top[0].tags)
    return opening(said("closest", top[0].count, tags=both, often=top[0].often))
