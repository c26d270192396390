"""The paragraphs of somebody's copy of a text, each as an essay has it and as Markdown has it."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.anchoring.segments import Span, cut
from essay_explorer.core.block import CELL, LINE
from essay_explorer.core.marker import written
from essay_explorer.formats.listings import fenced
from essay_explorer.formats.manuscript import Run, markdown_of, tidy
from essay_explorer.formats.rows import row_of, rule_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from essay_explorer.core.block import Block
    from essay_explorer.core.essay import Essay
    from essay_explorer.core.inline import Emphasis


class Paragraph(NamedTuple):
    """A paragraph of a copy.

    `table`: the number of the table of which it is a row, 0 for what is no row; `columns` say how its cells
    are aligned, and `header` whether it names them.
    """

    text: str
    markdown: str
    table: int = 0
    columns: tuple[str, ...] = ()
    header: bool = False


def paragraphs_of(essay: Essay) -> Iterator[Paragraph]:
    """Those of an essay that hold words, with their shape: headings, quotations, lists, tables, code, pictures."""
    emphasis = defaultdict[int, list["Emphasis"]](list)
    for kind, span in essay.emphasis:
        emphasis[essay.paragraph_at(span.start)].append((kind, span))
    written = [block for block in essay.blocks if block.span.start < block.span.end]
    begun: set[int] = set()
    for number, block in enumerate(written, 1):
        text, start = essay.text[slice(*block.span)], block.span.start
        here = [(kind, Span(span.start - start, span.end - start)) for kind, span in emphasis[number]]
        made = _paragraph(block, text, here)
        if made.text.strip():
            yield made._replace(markdown=_placed(made.markdown, block, begun))


def markdown_blocks(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    """The Markdown of an essay, block by block; the rows of a table are one."""
    for table, same in groupby(paragraphs, key=lambda paragraph: paragraph.table):
        rows = list(same)
        if table:
            yield "\n".join(_table(rows))
        else:
            yield from (paragraph.markdown for paragraph in rows)


def _paragraph(block: Block, text: str, emphasis: Sequence[Emphasis]) -> Paragraph:
    if block.kind == "row":
        return _row(block, text, emphasis)
    if block.kind == "code":
        return Paragraph(text.replace(LINE, " "), fenced("\n".join(_lines(block, text))))
    plain = tidy(text).replace("\n", " ")
    if block.kind == "picture" and len(block.pictures) == 1:
        return Paragraph(plain, markdown_of([Run(plain, picture=block.pictures[0].source)]))
    return Paragraph(plain, markdown_of(_runs(text, emphasis)))


def _runs(text: str, emphasis: Iterable[Emphasis]) -> list[Run]:
    looks = {0: "", 1: "", 2: "both"}
    return [
        Run(piece.text, looks[min(len(set(piece.labels)), 2)] or "".join(piece.labels[:1]))
        for piece in cut(text, emphasis)
    ]


def _row(block: Block, text: str, emphasis: Sequence[Emphasis]) -> Paragraph:
    """A row with its cells as they are written between bars."""
    texts, cells, start = text.split(CELL), list[str](), 0
    for cell in texts:
        end = start + len(cell)
        inside = [
            (kind, Span(max(span.start, start) - start, min(span.end, end) - start))
            for kind, span in emphasis
            if span.start < end and span.end > start
        ]
        cells.append(markdown_of(_runs(cell, inside)).replace("\\\n", " ").replace("|", "\\|"))
        start = end + len(CELL)
    table = next(frame.number for frame in reversed(block.frames) if frame.kind == "table")
    return Paragraph(CELL.join(map(tidy, texts)), row_of(cells), table, block.columns, block.header)


def _lines(block: Block, text: str) -> Iterator[str]:
    """The lines of code as they were written."""
    for at, line in enumerate(text.split(LINE)):
        yield from [""] * (block.gaps[at] if block.gaps else 0)
        yield " " * (block.indents[at] if block.indents else 0) + line


def _table(rows: Sequence[Paragraph]) -> Iterator[str]:
    """The lines of a table; one whose head is not there has an empty one, since Markdown knows none without."""
    first, *others = rows
    quoted = re.match(r"(?:> )*", first.markdown)
    sign = quoted[0] if quoted else ""
    if not first.header:
        yield f"{sign}{row_of([''] * len(first.columns))}"
        others = list(rows)
    else:
        yield first.markdown
    yield f"{sign}{rule_of(first.columns)}"
    yield from (row.markdown for row in others)


def _placed(markdown: str, block: Block, begun: set[int]) -> str:
    """The Markdown of a heading, a quotation or an entry of a list; `begun`: the entries that have started."""
    entry = next((frame for frame in reversed(block.frames) if frame.kind == "item"), None)
    marker = f"{written(entry.marker)} " if entry and entry.number not in begun and block.kind != "row" else ""
    begun.update(frame.number for frame in block.frames)
    if block.level:
        marker, markdown = f"{'#' * block.level} ", re.sub("#$", r"\#", markdown.replace("\\\n", " "))
    elif marker and block.kind == "code":
        markdown = markdown.replace("\n", "\n" + " " * len(marker))
    quoted = "> " * sum(frame.kind == "quotation" for frame in block.frames)
    return re.sub("^", quoted, marker + markdown, flags=re.MULTILINE) if quoted else marker + markdown
