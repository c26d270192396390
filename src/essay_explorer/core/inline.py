"""Inline Markdown: the plain text of a paragraph, the emphasis on it and the pictures in it."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from essay_explorer.anchoring.segments import Span
from essay_explorer.core.block import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MARKS = "\n*_`[]<&\\"
MOST_MARKS = 8000  # that are parsed at once; each takes a thousand bytes
LINE = re.compile(r"[^\n]*\n|[^\n]+")
# A line break is meant where a backslash, or two spaces, stand before it.
LINE_END = re.compile(r"(?<!\\)((?:\\\\)*+)(?:\\|(?<! ) {2,})\n[ \t]*|(?<![ \t])[ \t]*\n[ \t]*")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&#?\w{1,40};")
BREAK = "\0"  # while signs are read; no text has it
EMPHASES = {"em_open": "em", "strong_open": "strong"}

Emphasis = tuple[str, Span]  # "em" or "strong", and where it lies


class Inline(NamedTuple):
    """What a paragraph says; `other` is whether it says anything besides what its pictures show."""

    text: str
    emphasis: list[Emphasis]
    pictures: list[Picture]
    other: bool


@cache
def markdown() -> MarkdownIt:
    """The parser of Markdown: CommonMark without HTML and link references, with tables."""
    from markdown_it import MarkdownIt

    deep = {"html": False, "maxNesting": 60}  # what lies deeper is dropped; the preset stops at ten lists
    return MarkdownIt("commonmark", deep).disable("reference").enable("table")


def inline(source: str) -> Inline:
    """The plain text of a paragraph, a line break where one is meant, and its emphasis in order of end."""
    text, other = "", False
    emphasis: list[Emphasis] = []
    pictures: list[Picture] = []
    for lines in _stretches(source):
        more, marks, shown, besides = (
            Inline(_bare(lines), [], [], other=True) if _marks(lines) > MOST_MARKS else _parsed(lines)
        )
        if not marks and (not text or text[-1] == "\n"):
            more = more.lstrip("\n")
        emphasis += ((kind, Span(len(text) + start, len(text) + end)) for kind, (start, end) in marks)
        pictures += shown
        text, other = text + more, other or besides
    return Inline(text, emphasis, pictures, other)


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


def _parsed(source: str) -> Inline:
    if not _marks(source) and "!" not in source:
        return Inline(source, [], [], other=bool(source.strip()))
    text, other = "", False
    opened: list[int] = []
    emphasis: list[Emphasis] = []
    pictures: list[Picture] = []
    for token in markdown().inline.parse(source, markdown(), {}, []):
        if token.type in EMPHASES:
            opened.append(len(text))
        elif token.type in {"em_close", "strong_close"}:
            emphasis.append((token.type.removesuffix("_close"), Span(opened.pop(), len(text))))
        elif token.type == "hardbreak":
            text += "\n" if text and text[-1] != "\n" and not text.isspace() else ""
        elif token.type == "softbreak":
            text += " "
        elif token.type == "image":
            pictures.append(_picture(token))
            text += pictures[-1].alt
        else:  # a link's text stands apart
            text += token.content.replace("\n", " ")
            other = other or bool(token.content.strip())
    return Inline(text, emphasis, pictures, other)


def _picture(token: Token) -> Picture:
    source, caption = (str(token.attrs.get(name, "")) for name in ("src", "title"))
    return Picture(unquote(source), _unescaped(token.content).replace("\n", " "), " ".join(caption.split()))


def _unescaped(source: str) -> str:
    return ESCAPED.sub(lambda sign: sign[1] or html.unescape(sign[0]), source)


def _bare(source: str) -> str:
    """A stretch of hardly more than marks, which stay as they are."""
    broken = LINE_END.sub(lambda end: " " if end[1] is None else end[1] + BREAK, source)
    plain = _unescaped(broken)
    return re.sub(f"{BREAK}+", "\n", plain.replace("\n", " "))
