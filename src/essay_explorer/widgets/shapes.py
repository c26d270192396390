"""What each paragraph of an essay is, as plain JSON, for the page: `Shape` in types.d.ts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from essay_explorer.core.block import heading_ranks, is_from_right
from essay_explorer.core.marker import FIGURES, counted, is_usual

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.block import Block, Frame
    from essay_explorer.core.essay import Essay

TOP, DEEPEST = 1, 6  # levels of headings on a page: that of its title, and the last
FEWEST_HEADINGS = 3  # of a table of contents

Shape = dict[str, Any]


def shapes_of(essay: Essay, pictures: Mapping[str, str]) -> list[Shape]:
    """The shape of each paragraph, in order; a plain one has none of the names.

    What has no text, such as a rule, stands in `above` of the paragraph behind it, or in `below` of the last.
    `pictures`: what a page shows for the address of each.
    """
    ranks = {level: min(TOP + rank, DEEPEST) for level, rank in heading_ranks(essay.blocks).items()}
    from_right = _from_right(essay)
    shapes: list[Shape] = []
    waiting: list[Shape] = []
    for block in essay.blocks:
        shape = _shape(block, ranks, pictures, from_right)
        if block.span.start == block.span.end:
            waiting.append(shape)
            continue
        shapes.append(shape | ({"above": waiting} if waiting else {}))
        waiting = []
    if shapes and waiting:
        shapes[-1]["below"] = waiting
    return shapes


def contents_of(essay: Essay) -> list[tuple[int, int]]:
    """The number of each heading, and how deep it is from 0; [] where there are too few for a table of contents."""
    ranks = heading_ranks(essay.blocks)
    headings = [
        (essay.paragraph_at(block.span.start), ranks[block.level] - 1)
        for block in essay.blocks
        if block.kind == "heading"
    ]
    return headings if len(headings) >= FEWEST_HEADINGS else []


def _shape(block: Block, ranks: Mapping[int, int], pictures: Mapping[str, str], from_right: set[int]) -> Shape:
    made = {
        "kind": "" if block.kind == "paragraph" else block.kind,
        "level": ranks.get(block.level),
        "indents": list(block.indents),
        "gaps": list(block.gaps),
        "columns": list(block.columns),
        "header": block.header,
        "pictures": [{"source": pictures.get(one.source, ""), "caption": one.caption} for one in block.pictures],
        "frames": [_frame(frame, from_right) for frame in block.frames],
    }
    return {name: value for name, value in made.items() if value}


def _frame(frame: Frame, from_right: set[int]) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": frame.kind, "id": frame.number}
    if marker := counted(frame.marker):
        made["value"] = marker.number
        made |= {"figures": marker.figures} if marker.figures != FIGURES else {}
    if not is_usual(frame.marker):
        made["marker"] = frame.marker
    return made | ({"rtl": True} if frame.number in from_right else {})


def _from_right(essay: Essay) -> set[int]:
    """The frames whose first text is written from right to left."""
    known: dict[int, bool] = {}
    for block in essay.blocks:
        new = [frame.number for frame in block.frames if frame.number not in known]
        if new and block.span.start < block.span.end:
            known |= dict.fromkeys(new, is_from_right(essay.text[slice(*block.span)]))
    return {number for number, right in known.items() if right}
