"""Quotes in which a program wrote HTML where letters were meant: "Fish &amp; <i>chips</i>"."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from essay_explorer.exchange.incoming import Incoming

MARKUP = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);|</?[a-z][^<>]*>", re.IGNORECASE)
BREAK, TAG = (re.compile(tag, re.IGNORECASE) for tag in (r"<(?:br|/p|/div|/li)\b[^<>]*>", r"</?[a-z][^<>]*>"))
TIMES = 2  # that a text may have been escaped


def as_letters(text: str, mark: Incoming) -> Incoming:
    """The mark with the letters that its HTML stands for; what `text` says to the letter stays as it is."""
    quote, prefix, suffix = (
        _letters(part) if MARKUP.search(part) and part not in text else part
        for part in (mark.quote, mark.prefix, mark.suffix)
    )
    return replace(mark, quote=quote, prefix=prefix, suffix=suffix)


def without_markup(source: str) -> str:
    """The words of a text that is HTML, a line for each of its paragraphs."""
    lines = html.unescape(TAG.sub("", BREAK.sub("\n", source))).split("\n")
    return "\n".join(filter(None, map(str.strip, lines)))


def _letters(source: str) -> str:
    for _ in range(TIMES):
        source = html.unescape(TAG.sub("", BREAK.sub(" ", source)))
    return source
