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
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

PARTING = "\n\n"  # between two paragraphs of a text
MARKS = "\n*_`[]<&\\"
MOST_MARKS = 8000  # that are parsed at once; each takes a thousand bytes
LINE = re.compile(r"[^\n]*\n|[^\n]+")
# A line break is meant where a backslash, or two spaces, stand before it.
LINE_END = re.compile(r"(?<!\\)((?:\\\\)*+)(?:\\|(?<! ) {2,})\n[ \t]*|(?<![ \t])[ \t]*\n[ \t]*")
BROKEN = re.compile(r"(?<!\s)\s*\n\s*")
# A line that starts so many lists and quotations in one another is none; each would look at all of the rest.
DEEP = re.compile(
    r"^ {0,3}(?![ \t]*([-*])[ \t]*(?:\1[ \t]*)*$)(?=(?:[ \t]*+(?:>|(?:[-+*]|\d{1,9}[.)])[ \t])){20})\d*", re.MULTILINE
)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&#?\w{1,40};")
BREAK = "\0"  # while signs are read; no text has it
EMPHASES = {"em_open": "em", "strong_open": "strong"}


@dataclass(frozen=True, slots=True)
class Prose:
    """Plain text and the emphasis on it: `emphasis` holds ("em" or "strong", span) pairs."""

    text: str
    emphasis: tuple[tuple[str, Span], ...] = ()

    @classmethod
    def from_markdown(cls, source: str) -> Prose:
        """Paragraphs of `source` parted by a blank line, in NFC, with the line breaks that are meant.

        HTML stays the letters it is.
        """
        blocks = _Blocks()
        _markdown().block.parse(DEEP.sub(r"\g<0>\\", _plain(source)), _markdown(), {}, blocks)
        return blocks.prose()

    @classmethod
    def from_inline(cls, source: str) -> Prose:
        """One line of text with emphasis, such as a title: "1984. A review" is no list."""
        blocks = _Blocks()
        blocks.add(*_inline(BROKEN.sub(" ", _plain(source))))
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
            self.add(BROKEN.sub("\n", block.content).strip(), [])


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
    """The plain text of a paragraph, a line break where one is meant, and its emphasis in order of end."""
    text = ""
    emphasis: list[tuple[str, Span]] = []
    for lines in _stretches(source):
        more, marks = (_bare(lines), []) if _marks(lines) > MOST_MARKS else _parsed(lines)
        if not marks and (not text or text[-1] == "\n"):
            more = more.lstrip("\n")
        emphasis += ((kind, Span(len(text) + start, len(text) + end)) for kind, (start, end) in marks)
        text += more
    return text, emphasis


def _marks(source: str) -> int:
    return sum(map(source.count, MARKS))


def _stretches(source: str) -> Iterator[str]:
    """The whole, or as many lines of it at a time as are parsed at once: a stanza may be a book long."""
    if _marks(source) <= MOST_MARKS:
        yield source
        return
    held, marks = "", 0
    for line in LINE.findall(source):
        more = _marks(line)
        if held and marks + more > MOST_MARKS:
            yield held
            held, marks = "", 0
        held, marks = held + (line if held else line.lstrip(" \t")), marks + more
    yield held


def _parsed(source: str) -> tuple[str, list[tuple[str, Span]]]:
    text = ""
    opened: list[int] = []
    emphasis: list[tuple[str, Span]] = []
    for token in _markdown().inline.parse(source, _markdown(), {}, []):
        if token.type in EMPHASES:
            opened.append(len(text))
        elif token.type in {"em_close", "strong_close"}:
            emphasis.append((token.type.removesuffix("_close"), Span(opened.pop(), len(text))))
        elif token.type == "hardbreak":
            text += "\n" if text and text[-1] != "\n" and not text.isspace() else ""
        elif token.type == "softbreak":
            text += " "
        else:  # an image's content is its description, a link's text stands apart
            text += token.content.replace("\n", " ")
    return text, emphasis


def _bare(source: str) -> str:
    """A stretch of hardly more than marks, which stay as they are."""
    broken = LINE_END.sub(lambda end: " " if end[1] is None else end[1] + BREAK, source)
    plain = ESCAPED.sub(lambda sign: sign[1] or html.unescape(sign[0]), broken)
    return re.sub(f"{BREAK}+", "\n", plain.replace("\n", " "))
