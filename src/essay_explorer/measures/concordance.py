"""The places of words in an essay, with what stands around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import Span
from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.concordance import Concordance, ConcordanceLine
from essay_explorer.core.folding import folded_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from essay_explorer.core.reading import Reading

BREAKS = re.compile(r"\s+")


def concordance_of(reading: Reading, query: str | re.Pattern[str], width: int) -> Concordance:
    """`Reading.concordance`."""
    if width < 0:
        message = f"width {width}: expected the letters on each side, 0 or more"
        raise ArgumentValueError(message)
    return Concordance(_lines(reading, query, width))


def _lines(reading: Reading, query: str | re.Pattern[str], width: int) -> Iterator[ConcordanceLine]:
    essay = reading.essay
    sentences = essay.sentences()
    number, passages = 0, reading.passages()
    for at, paragraph in enumerate(essay.paragraphs, 1):
        text = essay.text[slice(*paragraph)]
        for start, end in _places(text, query):
            place = Span(paragraph.start + start, paragraph.start + end)
            while number < len(sentences) and sentences[number].start <= place.start:
                number += 1
            around = tuple(one.id for one in passages if one.start <= place.start and place.end <= one.end)
            left, found, right = text[max(0, start - width) : start], text[start:end], text[end : end + width]
            texts = _on_a_line(left), _on_a_line(found), _on_a_line(right)
            yield ConcordanceLine(*texts, at, number, *place, around)


def _places(text: str, query: str | re.Pattern[str]) -> Iterator[Span]:
    if isinstance(query, re.Pattern):
        return (Span(*found.span()) for found in query.finditer(text) if found[0])
    return folded_places(text, query)


def _on_a_line(text: str) -> str:
    """Letters with a space for each break of a line or a cell."""
    return BREAKS.sub(" ", text)
