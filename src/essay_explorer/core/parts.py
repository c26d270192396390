"""The parts of a Markdown text as its parser finds them, one after the other: texts, emphasis and blocks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import Span
from essay_explorer.core.block import CELL, LINE, Block, Frame
from essay_explorer.core.inline import Inline, inline
from essay_explorer.core.marker import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from essay_explorer.core.block import FrameKind, Kind
    from essay_explorer.core.inline import Emphasis

PARTING = "\n\n"  # between two blocks of a text
BROKEN = re.compile(r"(?<!\s)\s*\n\s*")
FRAMES: dict[str, FrameKind] = {
    "blockquote": "quotation",
    "ordered_list": "ordered list",
    "bullet_list": "list",
    "list_item": "item",
    "table": "table",
}
KINDS: dict[str, Kind] = {"quotation": "quotation", "item": "list item"}  # of a paragraph, by what it stands right in
LISTS = {"ordered list", "list"}
NOTHING = Inline("", [], [], other=False)
HERE = Span(0, 0)  # of a block whose place is not known yet
TAB = 4  # letters, as in CommonMark


class Parts(list["Token"]):
    """Where the parser puts its tokens: one block for each that holds text, and for each rule.

    A token is read when the next one comes, and not kept: all of them take a hundred times the text.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.emphasis: list[Emphasis] = []
        self.blocks: list[Block] = []
        self._start = 0
        self._frames: tuple[Frame, ...] = ()
        self._begins_entry = False  # whether the next block is the first of an entry
        self._opened = 0  # frames so far
        self._lasts: list[tuple[str, int] | None] = []  # of each open list, its last number as written and as shown
        self._level = 0  # of the heading that is open
        self._row: list[Inline] | None = None  # the cells of the row that is open
        self._columns: list[str] = []  # how each cell of it is aligned
        self._header = False

    def append(self, token: Token) -> None:
        """Take the next token."""
        self.end()
        super().append(token)

    def end(self) -> None:
        """Read the last token."""
        if self:
            self._read(self.pop())

    def add(self, block: Block, said: Inline) -> None:
        """Add a block here, if it holds text or a picture or is a rule; `block` tells its kind and how it looks."""
        self._begins_entry = False
        text, emphasis = _composed(said.text, said.emphasis)
        span, pictures = Span(self._start, self._start + len(text)), tuple(said.pictures)
        if text or pictures or block.kind == "rule":
            self.blocks.append(replace(block, span=span, frames=self._frames, pictures=pictures))
        if text:
            self.texts.append(text)
            self.emphasis += ((look, Span(span.start + start, span.start + end)) for look, (start, end) in emphasis)
            self._start += len(text) + len(PARTING)

    def _read(self, token: Token) -> None:
        name, _, edge = token.type.rpartition("_")
        if name in FRAMES and edge == "open":
            self._open(FRAMES[name], token)
        elif name in FRAMES:
            self._close(FRAMES[name])
        elif token.type == "heading_open":
            self._level = int(token.tag[1:])
        elif name == "tr":
            self._end_row() if edge == "close" else self._start_row()
        elif name in {"th", "td"} and edge == "open":
            self._header = name == "th"
            self._columns.append(str(token.attrs.get("style", "")).rpartition(":")[2])
        elif token.type == "inline":
            self._say(token.content)
        elif token.type in {"fence", "code_block"}:
            text = BROKEN.sub(LINE, token.content).strip()
            block = Block("code", HERE, indents=_indents(token.content, text), gaps=_gaps(token.content))
            self.add(block, Inline(text, [], [], other=True))
        elif token.type == "hr":
            self.add(Block("rule", HERE), NOTHING)

    def _open(self, kind: FrameKind, token: Token) -> None:
        marker = ""
        if kind in LISTS:
            self._lasts.append(None)
        elif kind == "item":
            marker = self._number(token.info) + token.markup if token.info else token.markup
        self._opened += 1
        self._frames += (Frame(kind, self._opened, marker),)
        self._begins_entry = kind == "item"

    def _number(self, written: str) -> str:
        """The number of an item as it is written; where that is the one before it again, one more: "1. 1. 1."."""
        last = self._lasts[-1]
        shown = int(written) if last is None or written != last[0] else last[1] + 1
        self._lasts[-1] = (written, shown)
        return str(shown)

    def _close(self, kind: FrameKind) -> None:
        self._frames, self._begins_entry = self._frames[:-1], False
        if kind in LISTS:
            self._lasts.pop()

    def _label(self, label: str) -> None:
        """Begin an entry that has a label, or none: one with a label and a sign beside it stand in two lists."""
        *others, list_, item = self._frames
        if label:
            list_ = replace(list_, kind="ordered list", number=-abs(list_.number))
            item = replace(item, marker=label)
        elif list_.number < 0:
            list_ = replace(list_, kind="list", number=-list_.number)
        self._frames = (*others, list_, item)

    def _say(self, source: str) -> None:
        if self._begins_entry:
            label, source = read(source)
            self._label(label)
        said = inline(source)
        if self._row is not None:
            self._row.append(said)
        elif self._level:
            self.add(Block("heading", HERE, level=self._level), said)
            self._level = 0
        elif said.pictures and not said.other:
            self.add(Block("picture", HERE), said)
        elif LINE in said.text and said.text.count(LINE) == source.count(LINE):
            self.add(Block("verse", HERE, indents=_indents(source, said.text)), said)
        else:
            kind = KINDS.get(self._frames[-1].kind, "paragraph") if self._frames else "paragraph"
            self.add(Block(kind, HERE), said)

    def _start_row(self) -> None:
        self._row, self._columns = [], []

    def _end_row(self) -> None:
        """The cells that were read are a block, parted by tabs, if one of them holds text."""
        cells, self._row = self._row or [], None
        said = Inline("", [], [], other=True)
        for at, (text, emphasis, pictures, _) in enumerate(cells):
            before = said.text + (CELL if at else "")
            moved = [(kind, Span(len(before) + start, len(before) + end)) for kind, (start, end) in emphasis]
            more = text.replace(CELL, " ")
            said = Inline(before + more, said.emphasis + moved, said.pictures + pictures, other=True)
        if not said.text.strip():
            said = NOTHING._replace(pictures=said.pictures)
        if said.text or said.pictures:
            self.add(Block("row", HERE, columns=tuple(self._columns), header=self._header), said)


def _indents(source: str, text: str) -> tuple[int, ...]:
    """How much further right than the leftmost each line of a text stands in its source; () where none does."""
    lines = [line.expandtabs(TAB) for line in source.split("\n") if line.strip()]
    indents = [len(line) - len(line.lstrip()) for line in lines]
    if len(lines) != text.count(LINE) + 1 or len(set(indents)) == 1:
        return ()
    return tuple(indent - min(indents) for indent in indents)


def _gaps(source: str) -> tuple[int, ...]:
    """How many blank lines stand above each line that has letters, from the first of these on; () where none does."""
    gaps, blank = [], 0
    for line in source.strip().split("\n"):
        if line.strip():
            gaps.append(blank)
        blank = 0 if line.strip() else blank + 1
    return tuple(gaps) if any(gaps) else ()


def _composed(text: str, marks: Sequence[Emphasis]) -> tuple[str, Sequence[Emphasis]]:
    """A paragraph in NFC: markup, or `&#769;`, may have parted a letter from its accent until now."""
    if unicodedata.is_normalized("NFC", text):
        return text, marks
    composed = unicodedata.normalize("NFC", text)

    def moved(offset: int) -> int:
        return min(len(unicodedata.normalize("NFC", text[:offset])), len(composed))

    spans = ((kind, Span(moved(start), moved(end))) for kind, (start, end) in marks)
    return composed, [(kind, span) for kind, span in spans if span.start < span.end]
