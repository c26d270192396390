"""The blocks of an essay as the hand-out's template sets them: a tree of frames, and runs of text in its leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from essay_explorer.core.block import PARTINGS, Group, grouped, heading_ranks, is_from_right

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from essay_explorer.anchoring.segments import Span
    from essay_explorer.core.block import Block
    from essay_explorer.core.essay import Essay
    from essay_explorer.core.image import Image

SET = {  # the kinds of images that Typst sets, and how their files are called
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}

Runs = list[dict[str, Any]]


def names_of(images: Iterable[Image]) -> dict[str, str]:
    """The files in which the template finds the pictures, by their addresses in the essay."""
    return {image.source: f"{at}.{SET[image.kind]}" for at, image in enumerate(images) if image.kind in SET}


def nodes_of(essay: Essay, paragraphs: Sequence[Runs], names: Mapping[str, str], stretch: Span) -> list[dict[str, Any]]:
    """The blocks of a stretch of the essay, with the runs of each paragraph in them; a frame has `within`."""
    runs = {span.start: said for span, said in zip(essay.paragraphs, paragraphs, strict=True)}
    ranks = heading_ranks(essay.blocks)

    def leaf(block: Block) -> dict[str, Any]:
        text = essay.text[slice(*block.span)]
        shown = [names.get(picture.source, "") for picture in block.pictures]
        return {
            "kind": block.kind,
            "rtl": is_from_right(text) and block.kind != "code",
            "level": ranks.get(block.level, 0),
            "pieces": _pieces(runs[block.span.start], PARTINGS.get(block.kind, "")) if text else [],
            "indents": block.indents,
            "gaps": block.gaps,
            "columns": block.columns,
            "header": block.header,
            "pictures": [
                {"file": file, "alt": picture.alt, "caption": picture.caption}
                for file, picture in zip(shown, block.pictures, strict=True)
            ],
        }

    def node(one: Group | Block) -> dict[str, Any]:
        if not isinstance(one, Group):
            return leaf(one)
        within = [node(inner) for inner in one.within]
        return {
            "frame": one.frame.kind,
            "marker": one.frame.marker,
            "rtl": next((inner["rtl"] for inner in within if inner.get("pieces") or "frame" in inner), False),
            "within": within,
        }

    here = [block for block in essay.blocks if stretch.start <= block.span.start and block.span.end <= stretch.end]
    return [node(one) for one in grouped(here)]


def _pieces(runs: Runs, parting: str) -> list[Runs]:
    """The runs line by line, or cell by cell; what belongs to the start of a run stays with its first piece."""
    pieces: list[Runs] = [[]]
    for run in runs:
        first, *others = run["text"].split(parting) if parting else [run["text"]]
        pieces[-1].append(run | {"text": first})
        pieces += [[run | {"text": text, "number": None, "codes": []}] for text in others]
    return [[run for run in piece if run["text"] or run["number"] or run["gap"] or run["codes"]] for piece in pieces]
