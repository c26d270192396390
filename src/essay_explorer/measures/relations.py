"""The argument: which passages support, oppose or qualify which."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from essay_explorer.fault import counted
from essay_explorer.measures.measure import LETTERS_TITLED, Measure, Row, clipped, listed, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from essay_explorer.annotation import Relation
    from essay_explorer.reading import Passage, Reading

NAMED = 2  # passages that a title can quote
PLURAL = {"supports": "support", "opposes": "oppose", "qualifies": "qualify"}


def argument(reading: Reading) -> Measure:
    """The relations between passages that have a place in the text.

    `start` and `end` are the middles of the two passages, in words from the start of the essay;
    `weight` counts the relations that lead to the same passage as this one.
    """
    words = words_of(reading.essay.text)
    placed = {passage.id: passage for passage in reading.passages()}
    relations = [relation for relation in reading.relations if {relation.source, relation.target} <= placed.keys()]
    leading = Counter(relation.target for relation in relations)

    def middle(passage: Passage) -> float:
        reach = words.touched(passage.start, passage.end)
        return (reach.start + reach.stop) / 2

    rows: list[Row] = []
    for number, relation in enumerate(relations, 1):
        source, target = placed[relation.source], placed[relation.target]
        rows.append({
            "number": number, "from": source.id, "to": target.id, "relation": relation.kind, "start": middle(source),
            "end": middle(target), "paragraph": source.paragraph, "into": target.paragraph,
            "quote": clipped(source.text), "target": clipped(target.text), "weight": leading[target.id],
            "note": relation.note,
        })  # fmt: skip
    lost = len(reading.relations) - len(relations)
    left_out = f" Left out: {counted(lost, 'relation')} of passages without a place in the text." if lost else ""
    return Measure(
        "argument",
        "Argument",
        _leant_on(relations, leading, placed),
        "Each arc leads from a passage to the one that it supports (above, solid), opposes or qualifies (below, dashed "
        f"and dotted); the more arcs lead to a passage, the thicker they are and the larger is its dot.{left_out}",
        (
            ("paragraph", "From paragraph"),
            ("quote", "Passage"),
            ("relation", "does what"),
            ("target", "to this passage"),
            ("into", "In paragraph"),
            ("weight", "Relations that lead there"),
            ("note", "Note"),
        ),
        tuple(rows),
    )


def _leant_on(relations: Sequence[Relation], leading: Counter[str], placed: dict[str, Passage]) -> str:
    """The passage that most relations lead to."""
    if not relations:
        return "No relation between passages is noted yet"
    most = max(leading.values())
    top = [placed[target] for target, number in leading.items() if number == most]
    if len(relations) == 1:
        (one,) = relations
        here, there = placed[one.source].paragraph, placed[one.target].paragraph
        where = "another there" if here == there else f"one in paragraph {there}"
        return f"One relation: a passage in paragraph {here} {one.kind} {where}"
    if most == 1 or len(top) > NAMED:
        return f"{counted(len(relations), 'relation')}, and no passage stands out by what leads to it"
    said = listed(f"“{clipped(passage.text, LETTERS_TITLED)}” (paragraph {passage.paragraph})" for passage in top)
    if len(top) > 1:
        return f"Most leads to {said}: {most} relations each"
    kinds = Counter(relation.kind for relation in relations if relation.target == top[0].id)
    parts = [f"{number} {kind if number == 1 else PLURAL[kind]}" for kind, number in kinds.items()]
    return f"Most leads to {said}: {listed(parts)} it"
