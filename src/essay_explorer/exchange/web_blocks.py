"""The blocks of an essay in JSON-LD, so that a program that has its text knows what each stretch of it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from essay_explorer.core.block import Block
    from essay_explorer.core.essay import Essay

BLOCKS = "dcterms:hasPart"  # under which a collection carries them


def blocks_of(essay: Essay) -> list[dict[str, Any]]:
    """Each block by its place in the text, in code points; [] where they say no more than the text does.

    A heading tells its level, an item of a list what stands before it, a picture its address.
    """
    return [] if essay.is_plain else list(map(_item, essay.blocks))


def _item(block: Block) -> dict[str, Any]:
    return {
        "type": "TextPositionSelector",
        "start": block.span.start,
        "end": block.span.end,
        "dcterms:type": f"heading {block.level}" if block.level else block.kind,
        **dict(_details(block)),
    }


def _details(block: Block) -> Iterator[tuple[str, Any]]:
    if marker := next((frame.marker for frame in reversed(block.frames) if frame.marker), ""):
        yield "skos:notation", marker
    if block.pictures:
        yield "dcterms:references", [picture.source for picture in block.pictures]
