"""A block of an essay: what a stretch of its text is, what it stands in, and which pictures it shows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from essay_explorer.anchoring.segments import Span

    Kind = Literal[
        "paragraph", "heading", "quotation", "list item", "verse", "row", "code", "rule", "picture", "note"
    ]  # fmt: skip
    FrameKind = Literal["quotation", "ordered list", "list", "item", "table"]

NOTE = re.compile(r"\[\^?([^\]\s]{1,8})\]")
LINE, CELL = "\n", "\t"  # between the lines of verse and of code, and between the cells of a row
PARTINGS = {"verse": LINE, "code": LINE, "row": CELL}


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds blocks: a quotation, a list, one of its items or a table.

    `number` tells it from the other frames of its essay. `marker`: what stands before an item, "-", "7." or "(b)".
    """

    kind: FrameKind
    number: int
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its address in the text: `alt` says what it shows to those who do not see it."""

    source: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of an essay's text and what it is. A rule has no text, nor has a picture that nobody described.

    `level`: of a heading, from 1. `frames`: what it stands in, from the outermost. `indents`: by how many
    letters each line of verse or code stands further right, () where none does. `gaps`: how many blank lines stand
    above each line of code, () where none does; the text has none of them. `columns`: how each cell of
    a row is aligned, "" where nothing is said. `header`: whether the row names the columns. A quotation and a
    list item are paragraphs that stand right in one.
    """

    kind: Kind
    span: Span
    level: int = 0
    frames: tuple[Frame, ...] = ()
    indents: tuple[int, ...] = ()
    gaps: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    header: bool = False
    pictures: tuple[Picture, ...] = ()


def plain_blocks(text: str, paragraphs: Iterable[Span]) -> tuple[Block, ...]:
    """The blocks of a text that says no more than where its paragraphs and their lines end."""
    return tuple(Block("verse" if LINE in text[slice(*span)] else "paragraph", span) for span in paragraphs)


def with_notes(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, those being notes that start with a mark, "[1]" or "[^1]", that stands in the text before."""
    marks: dict[str, int] = {}
    starts = {block.span.start for block in blocks}
    for mark in NOTE.finditer(text):
        if mark.start() not in starts:
            marks.setdefault(mark[1], mark.start())
    return tuple(replace(block, kind="note") if _is_note(block, text, marks) else block for block in blocks)


def _is_note(block: Block, text: str, marks: Mapping[str, int]) -> bool:
    mark = NOTE.match(text, block.span.start) if marks and block.kind == "paragraph" else None
    return bool(mark and marks.get(mark[1], block.span.start) < block.span.start)


@dataclass(frozen=True, slots=True)
class Group:
    """A frame and what stands in it, in order."""

    frame: Frame
    within: tuple[Group | Block, ...]


def grouped(blocks: Sequence[Block], depth: int = 0) -> Iterator[Group | Block]:
    """The blocks as a tree of their frames."""
    start = 0
    while start < len(blocks):
        frame = blocks[start].frames[depth] if len(blocks[start].frames) > depth else None
        end = start + 1
        while frame and end < len(blocks) and blocks[end].frames[depth : depth + 1] == (frame,):
            end += 1
        yield Group(frame, tuple(grouped(blocks[start:end], depth + 1))) if frame else blocks[start]
        start = end


def heading_ranks(blocks: Iterable[Block]) -> dict[int, int]:
    """How deep each level of heading is among those that there are, from 1: where "##" comes first it has rank 1."""
    levels = sorted({block.level for block in blocks if block.level})
    return {level: rank for rank, level in enumerate(levels, 1)}


def is_from_right(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left, as HTML's `dir="auto"` has it."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"
