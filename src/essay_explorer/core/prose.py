"""Prose: plain text with emphasis on it, read from Markdown."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import Span

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

PARTING = "\n\n"  # between two paragraphs of a text
MARKS = "\n*_`[]<&\\"
MOST_MARKS = 8000  # of a paragraph; each takes its parser a thousand bytes
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&#?\w{1,40};")
EMPHASES = {"em_open": "em", "strong_open": "strong"}


@dataclass(frozen=True, slots=True)
class Prose:
    """Plain text and the emphasis on it: `emphasis` holds ("em" or "strong", span) pairs."""

    text: str
    emphasis: tuple[tuple[str, Span], ...] = ()

    @classmethod
    def from_markdown(cls, source: str) -> Prose:
        """Paragraphs of `source` parted by a blank line, in NFC. HTML stays the letters it is."""
        blocks = _Blocks()
        _markdown().block.parse(_plain(source), _markdown(), {}, blocks)
        return blocks.prose()

    @classmethod
    def from_inline(cls, source: str) -> Prose:
        """One line of text with emphasis, such as a title: "1984. A review" is no list."""
        blocks = _Blocks()
        blocks.add(*_inline(_plain(source)))
        return blocks.prose()


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    deep = {"html": False, "maxNesting": 60}  # what lies deeper is dropped; the preset stops at ten lists
    return MarkdownIt("commonmark", deep).disable("reference")


def _plain(source: str) -> str:
    return re.sub("\r\n?", "\n", unicodedata.normalize("NFC", source)).replace("\0", "\ufffd")


class _Blocks(list["Token"]):
    """Where the parser puts its tokens: one paragraph for each that holds text, be it of a heading, an item or code.

    A token is read when the next one comes, and not kept: all of them take a hundred times the text.
    """

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._emphasis: list[tuple[str, Span]] = []
        self._start = 0

    def append(self, token: Token) -> None:
        self._read()
        super().append(token)

    def prose(self) -> Prose:
        """What was read."""
        self._read()
        return Prose(PARTING.join(self._paragraphs), tuple(self._emphasis))

    def add(self, text: str, marks: list[tuple[str, Span]]) -> None:
        """Add a paragraph, if it holds text."""
        if text:
            text, marks = _composed(text, marks)
            self._paragraphs.append(text)
            start = self._start
            self._emphasis += ((kind, Span(start + a, start + b)) for kind, (a, b) in marks)
            self._start += len(text) + len(PARTING)

    def _read(self) -> None:
        block = self.pop() if self else None
        if block and block.type == "inline":
            self.add(*_inline(block.content))
        elif block and block.type in {"fence", "code_block"}:
            self.add(re.sub(r"\s*\n\s*", " ", block.content).rstrip(), [])


def _composed(text: str, marks: list[tuple[str, Span]]) -> tuple[str, list[tuple[str, Span]]]:
    """A paragraph in NFC: markup, or `&#769;`, may have parted a letter from its accent until now."""
    if unicodedata.is_normalized("NFC", text):
        return text, marks
    composed = unicodedata.normalize("NFC", text)

    def moved(offset: int) -> int:
        return min(len(unicodedata.normalize("NFC", text[:offset])), len(composed))

    spans = ((kind, Span(moved(start), moved(end))) for kind, (start, end) in marks)
    return composed, [(kind, span) for kind, span in spans if span.start < span.end]


def _inline(source: str) -> tuple[str, list[tuple[str, Span]]]:
    """The plain text of a paragraph, and its emphasis in order of end."""
    if sum(map(source.count, MARKS)) > MOST_MARKS:
        return _bare(source), []
    text = ""
    opened: list[int] = []
    emphasis: list[tuple[str, Span]] = []
    for token in _markdown().inline.parse(source, _markdown(), {}, []):
        if token.type in EMPHASES:
            opened.append(len(text))
        elif token.type in {"em_close", "strong_close"}:
            emphasis.append((token.type.removesuffix("_close"), Span(opened.pop(), len(text))))
        elif token.type in {"softbreak", "hardbreak"}:
            text += " "
        else:
            text += token.content  # an image's content is its description, a link's text stands apart
    return text, emphasis


def _bare(source: str) -> str:
    """A paragraph of hardly more than marks, which stay as they are."""
    return re.sub(r"\s*\n\s*", " ", ESCAPED.sub(lambda sign: sign[1] or html.unescape(sign[0]), source))
