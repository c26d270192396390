"""Prose: plain text with the emphasis and the blocks that lie on it, read from Markdown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.core.block import Block, with_notes
from essay_explorer.core.inline import inline, markdown
from essay_explorer.core.parts import BROKEN, HERE, PARTING, Parts

if TYPE_CHECKING:
    from essay_explorer.core.inline import Emphasis

# A line that starts so many lists and quotations in one another is none; each would look at all of the rest.
DEEP = re.compile(
    r"^ {0,3}(?![ \t]*([-*])[ \t]*(?:\1[ \t]*)*$)(?=(?:[ \t]*+(?:>|(?:[-+*]|\d{1,9}[.)])[ \t])){20})\d*", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Prose:
    """Plain text and what lies on it: `emphasis` holds ("em" or "strong", span) pairs."""

    text: str
    emphasis: tuple[Emphasis, ...] = ()
    blocks: tuple[Block, ...] = ()

    @classmethod
    def from_markdown(cls, source: str) -> Prose:
        """Blocks of `source` parted by a blank line, in NFC, with the line breaks that are meant.

        HTML stays the letters it is.
        """
        parts = Parts()
        markdown().block.parse(DEEP.sub(r"\g<0>\\", _plain(source)), markdown(), {}, parts)
        parts.end()
        text = PARTING.join(parts.texts)
        return cls(text, tuple(parts.emphasis), with_notes(text, parts.blocks))

    @classmethod
    def from_inline(cls, source: str) -> Prose:
        """One line of text with emphasis, such as a title: "1984. A review" is no list."""
        parts = Parts()
        parts.add(Block("paragraph", HERE), inline(BROKEN.sub(" ", _plain(source))))
        return cls("".join(parts.texts), tuple(parts.emphasis))


def _plain(source: str) -> str:
    return re.sub("\r\n?", "\n", unicodedata.normalize("NFC", source)).replace("\0", "\ufffd")
