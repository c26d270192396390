"""Prose: plain text with emphasis on it, read from Markdown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from essay_explorer.anchoring import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

PARTING = "\n\n"  # between two paragraphs of a text
EMPHASES = {"em_open": "em", "strong_open": "strong"}


@dataclass(frozen=True, slots=True)
class Prose:
    """Plain text and the emphasis on it: `emphasis` holds ("em" or "strong", span) pairs."""

    text: str
    emphasis: tuple[tuple[str, Span], ...] = ()

    @classmethod
    def from_markdown(cls, source: str) -> Prose:
        """Paragraphs of `source` parted by a blank line, in NFC. HTML stays the letters it is."""
        return _prose(_markdown().parse(unicodedata.normalize("NFC", source)))

    @classmethod
    def from_inline(cls, source: str) -> Prose:
        """One line of text with emphasis, such as a title: "1984. A review" is no list."""
        return _prose(_markdown().parseInline(unicodedata.normalize("NFC", source)))


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    deep = {"html": False, "maxNesting": 60}  # what lies deeper is dropped; the preset stops at ten lists
    return MarkdownIt("commonmark", deep).disable("reference")


def _prose(blocks: Sequence[Token]) -> Prose:
    """One paragraph for each block that holds text: paragraph, heading, item, quotation, code."""
    paragraphs: list[str] = []
    emphasis: list[tuple[str, Span]] = []
    start = 0
    for block in blocks:
        if block.type not in {"inline", "fence", "code_block"}:
            continue
        text, marks = _inline(block.children or ()) if block.type == "inline" else (block.content, [])
        text = re.sub(r"\s*\n\s*", " ", text).rstrip() if block.type != "inline" else text
        if text:
            text, marks = _composed(text, marks)
            paragraphs.append(text)
            emphasis += ((kind, Span(start + a, start + b)) for kind, (a, b) in marks)
            start += len(text) + len(PARTING)
    return Prose(PARTING.join(paragraphs), tuple(emphasis))


def _composed(text: str, marks: list[tuple[str, Span]]) -> tuple[str, list[tuple[str, Span]]]:
    """A paragraph in NFC: markup, or `&#769;`, may have parted a letter from its accent until now."""
    if unicodedata.is_normalized("NFC", text):
        return text, marks
    composed = unicodedata.normalize("NFC", text)

    def moved(offset: int) -> int:
        return min(len(unicodedata.normalize("NFC", text[:offset])), len(composed))

    spans = ((kind, Span(moved(start), moved(end))) for kind, (start, end) in marks)
    return composed, [(kind, span) for kind, span in spans if span.start < span.end]


def _inline(tokens: Sequence[Token]) -> tuple[str, list[tuple[str, Span]]]:
    """The plain text of a run of inline tokens, and its emphasis in order of end."""
    text = ""
    opened: list[int] = []
    emphasis: list[tuple[str, Span]] = []
    for token in tokens:
        if token.type in EMPHASES:
            opened.append(len(text))
        elif token.type in {"em_close", "strong_close"}:
            emphasis.append((token.type.removesuffix("_close"), Span(opened.pop(), len(text))))
        elif token.type in {"softbreak", "hardbreak"}:
            text += " "
        else:
            text += token.content  # an image's content is its description, a link's text stands apart
    return text, emphasis
