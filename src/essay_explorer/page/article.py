"""The blocks of an essay in the HTML that is sent first: what the template essay.html.j2 is made of."""

from __future__ import annotations

from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Any

from essay_explorer.widgets.content import emphasised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Node = dict[str, Any]


def nodes_of(paragraphs: Iterable[Mapping[str, Any]], *, before: int = 0) -> list[Node]:
    """The paragraphs of a content in their frames: each node is a frame with `within`, or a block.

    `before`: how many come before them in the whole text, whose numbers they have.
    """
    return list(_framed(list(_leaves(paragraphs, before + 1))))


def _leaves(paragraphs: Iterable[Mapping[str, Any]], first: int) -> Iterator[Node]:
    for number, paragraph in enumerate(paragraphs, first):
        shape = paragraph.get("shape", {})
        yield from (_leaf(bare) for bare in shape.get("above", ()))
        pieces = [
            {"runs": runs, "indent": indent or 0, "gap": gap or 0, "align": align or ""}
            for runs, indent, gap, align in zip_longest(
                emphasised(paragraph), *(shape.get(name, ()) for name in ("indents", "gaps", "columns"))
            )
        ]
        yield {**_leaf(shape), "number": number, "pieces": pieces}
        yield from (_leaf(bare) for bare in shape.get("below", ()))


def _leaf(shape: Mapping[str, Any]) -> Node:
    absent = {"kind": "", "level": 2, "header": False, "pictures": [], "frames": []}
    return {**absent, **shape, "number": 0, "pieces": []}


def _framed(leaves: Sequence[Node], depth: int = 0) -> Iterator[Node]:
    """The blocks as a tree of their frames, as block.js builds it."""

    def frame_of(leaf: Node) -> Mapping[str, Any]:
        frames = leaf["frames"]
        return frames[depth] if len(frames) > depth else {"id": 0, "kind": ""}

    for number, group in groupby(leaves, key=lambda leaf: frame_of(leaf)["id"]):
        within = list(group)
        if number:
            yield {"frame": frame_of(within[0]), "within": list(_framed(within, depth + 1))}
        else:
            yield from within
