"""The argument: which passages support, oppose or qualify which, and of very many where they lead."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.core.given import of_reading
from essay_explorer.measures.findings import listed
from essay_explorer.measures.measure import LETTERS_TITLED, Measure, StretchedMeasure, clipped, in_words, words_of
from essay_explorer.measures.stretches import InStretch, bar_legend, stretches_of
from essay_explorer.words import say, say_n

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from essay_explorer.core.annotation import Relation
    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading

NAMED = 2  # passages that a title can quote
MOST_ARCS = 300  # that cross each other and can still be followed
KINDS = ("supports", "opposes", "qualifies")


def _how_arcs() -> str:
    return say(
        "Each arc leads from a passage to the one that it supports (above), opposes (below, dashed) or qualifies "
        "(below, dotted). The more arcs lead to a passage, the larger its dot."
    )


def _how_bars(legend: str) -> str:
    return say(
        "{legend} and shows how many relations lead to a passage there: above those that support it, below those "
        "that oppose it (full) or qualify it (hollow).",
        legend=legend,
    )


def _left_out(lost: int) -> str:
    return say_n(
        "Left out: {count} relation of passages without a place in the text.",
        "Left out: {count} relations of passages without a place in the text.",
        lost,
    )


def _columns() -> tuple[tuple[str, str], ...]:
    return (
        ("quote", say("From")),
        ("paragraph", say("From paragraph")),
        ("relation", say("Relation")),
        ("target", say("To")),
        ("into", say("To paragraph")),
        ("weight", say("Links to it")),
        ("note", say("Note")),
    )


def _stretched_columns() -> tuple[tuple[str, str], ...]:
    return (
        ("paragraphs", say("Into paragraphs")),
        ("relation", say("Relation")),
        ("count", say("Links")),
        ("quote", say("Most lead to")),
        ("weight", say("Links to it")),
    )


def _values() -> dict[str, dict[str, str]]:
    return in_words("relation", {"supports": say("supports"), "opposes": say("opposes"), "qualifies": say("qualifies")})


@dataclass(frozen=True, slots=True)
class Arc:
    """A relation between two passages.

    `from_` and `to` are their ids, `start` and `end` the middles of them, in words from the start
    of the essay, `paragraph` and `into` their paragraphs, `quote` and `target` their words.
    `weight` counts the relations that lead to the same passage as this one.
    """

    number: int
    from_: str
    to: str
    relation: str
    start: float
    end: float
    paragraph: int
    into: int
    quote: str
    target: str
    weight: int
    note: str


@dataclass(frozen=True, slots=True)
class LedTo(InStretch):
    """How many relations of a kind lead into a stretch; most of them, `weight`, to `passage`."""

    relation: str
    count: int
    passage: str
    quote: str
    weight: int


@of_reading
def argument(reading: Reading) -> Measure[Arc] | StretchedMeasure[LedTo]:
    """The relations between passages that have a place in the text.

    With too many of them, a row for each kind that leads into a stretch.
    """
    placed = {passage.id: passage for passage in reading.passages()}
    relations = [relation for relation in reading.relations if {relation.source, relation.target} <= placed.keys()]
    leading = Counter(relation.target for relation in relations)
    title = _leant_on(relations, leading, placed)
    lost = len(reading.relations) - len(relations)
    left_out = f" {_left_out(lost)}" if lost else ""
    if len(relations) > MOST_ARCS:
        rows = tuple(_into_stretches(reading, relations, leading, placed))
        how = f"{_how_bars(bar_legend(reading.essay))}{left_out}"
        return StretchedMeasure("argument", say("Argument"), title, how, _stretched_columns(), rows, _values())
    arcs = tuple(_arcs(reading, relations, leading, placed))
    return Measure("argument", say("Argument"), title, f"{_how_arcs()}{left_out}", _columns(), arcs, _values())


def _arcs(
    reading: Reading, relations: Sequence[Relation], leading: Counter[str], placed: dict[str, Passage]
) -> Iterator[Arc]:
    words = words_of(reading.essay.text)

    def middle(passage: Passage) -> float:
        reach = words.touched(passage.start, passage.end)
        return (reach.start + reach.stop) / 2

    for number, relation in enumerate(relations, 1):
        source, target = placed[relation.source], placed[relation.target]
        yield Arc(
            number=number,
            from_=source.id,
            to=target.id,
            relation=relation.kind,
            start=middle(source),
            end=middle(target),
            paragraph=source.paragraph,
            into=target.paragraph,
            quote=clipped(source.text),
            target=clipped(target.text),
            weight=leading[target.id],
            note=relation.note,
        )


def _into_stretches(
    reading: Reading, relations: Sequence[Relation], leading: Counter[str], placed: dict[str, Passage]
) -> Iterator[LedTo]:
    stretches = stretches_of(reading.essay)
    firsts = [stretch.first for stretch in stretches]
    into: defaultdict[tuple[int, str], list[Passage]] = defaultdict(list)
    for relation in relations:
        target = placed[relation.target]
        into[bisect_right(firsts, target.paragraph) - 1, relation.kind].append(target)
    for at, stretch in enumerate(stretches):
        for kind in KINDS:
            if targets := into[at, kind]:
                most = max(targets, key=lambda passage: (leading[passage.id], -passage.start))
                yield LedTo(*stretch.place(), kind, len(targets), most.id, clipped(most.text), leading[most.id])


def _only(kind: str, here: int, there: int) -> str:
    """The one relation of a reading, between passages in these paragraphs."""
    within, across = {
        "supports": (
            say("One relation: a passage in paragraph {here} supports another there", here=here),
            say(
                "One relation: a passage in paragraph {here} supports one in paragraph {there}", here=here, there=there
            ),
        ),
        "opposes": (
            say("One relation: a passage in paragraph {here} opposes another there", here=here),
            say("One relation: a passage in paragraph {here} opposes one in paragraph {there}", here=here, there=there),
        ),
        "qualifies": (
            say("One relation: a passage in paragraph {here} qualifies another there", here=here),
            say(
                "One relation: a passage in paragraph {here} qualifies one in paragraph {there}",
                here=here,
                there=there,
            ),
        ),
    }[kind]
    return within if here == there else across


def _so_many(kind: str, count: int) -> str:
    """How many relations of a kind lead to a passage, before an "it"."""
    return {
        "supports": say_n("{count} supports", "{count} support", count),
        "opposes": say_n("{count} opposes", "{count} oppose", count),
        "qualifies": say_n("{count} qualifies", "{count} qualify", count),
    }[kind]


def _leant_on(relations: Sequence[Relation], leading: Counter[str], placed: dict[str, Passage]) -> str:
    """The passage that most relations lead to."""
    if not relations:
        return say("No relation between passages is noted yet")
    most = max(leading.values())
    top = [placed[target] for target, number in leading.items() if number == most]
    if len(relations) == 1:
        (one,) = relations
        return _only(one.kind, placed[one.source].paragraph, placed[one.target].paragraph)
    if most == 1 or len(top) > NAMED:
        return say_n(
            "{count} relation, and no passage stands out by what leads to it",
            "{count} relations, and no passage stands out by what leads to it",
            len(relations),
        )
    passages = listed(
        say("“{quote}” (paragraph {number})", quote=clipped(passage.text, LETTERS_TITLED), number=passage.paragraph)
        for passage in top
    )
    if len(top) > 1:
        return say("Most relations lead to {passages}: {most} to each", passages=passages, most=most)
    kinds = Counter(relation.kind for relation in relations if relation.target == top[0].id)
    counts = listed(_so_many(kind, number) for kind, number in kinds.items())
    return say("Most relations lead to {passages}: {counts} it", passages=passages, counts=counts)
