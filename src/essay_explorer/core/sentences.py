"""Sentences of a paragraph: by sentencex, which knows languages, and by plain signs where it is not installed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A sign that ends a sentence, what closes after it, and white space; or a sign of a script that needs none.
END = re.compile(r"(?:(?<=[.!?…])[\"'”’»)\]]*\s+(?=(?:[\"'“‘«(\[]\s*)*[^\W\d_a-zà-ÿ])|(?<=[。！？])[”’」』]*)")
LOOKED_BACK = 12  # letters: as long as what is shortened may be
# No sentence ends here.
SHORT = re.compile(
    r"(?:^|[\s(])(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Prof|St|vs|cf|No|e\.g|i\.e|z\.B|p\.ej)\.$"
)  # no sentence ends here


def sentences_in(text: str, language: str) -> Iterator[Span]:
    """The sentences of a paragraph in text order, without white space at their ends; all else of it is white space."""
    end = 0
    for sentence in _pieces(text, language):
        start = text.index(sentence, end)
        end = start + len(sentence)
        if inner := sentence.strip():
            left = start + sentence.index(inner)
            yield Span(left, left + len(inner))


def _pieces(text: str, language: str) -> Iterable[str]:
    try:
        import sentencex  # type: ignore[import-untyped]  # compiled; only those who ask for sentences need it
    except ImportError:
        return plain_pieces(text)
    pieces: Iterable[str] = sentencex.segment(language.split("-", maxsplit=1)[0] or "en", text)
    return pieces


def plain_pieces(text: str) -> Iterator[str]:
    """Pieces of a text that end where a sentence seems to; joined again, they are the text."""
    start = 0
    for found in END.finditer(text):
        if found.end() > start and not SHORT.search(text[: found.start()], max(0, found.start() - LOOKED_BACK)):
            yield text[start : found.end()]
            start = found.end()
    if start < len(text):
        yield text[start:]
