"""An excerpt: some paragraphs of a reading, one after the other, as a reading of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from essay_explorer.anchoring.quotes import quote_at
from essay_explorer.anchoring.segments import Span
from essay_explorer.core.brief import ArgumentValueError

if TYPE_CHECKING:
    from essay_explorer.core.annotation import Annotation
    from essay_explorer.core.essay import Essay
    from essay_explorer.core.reading import Reading

NAMED = re.compile(r"(\d{1,9})(?:\s*[-–—]\s*(\d{1,9}))?")


def paragraphs_named(words: str) -> tuple[int, int] | None:
    """The first and the last of "5-12"; "7" is both, and nothing is all of them. Raises ValueError for the rest."""
    if not words.strip():
        return None
    if not (named := NAMED.fullmatch(words.strip())):
        message = f'paragraphs "{words}": expected the first and the last, such as 5-12, or one, such as 7'
        raise ArgumentValueError(message)
    return int(named[1]), int(named[2] or named[1])


def stretch_of(essay: Essay, within: tuple[int, int]) -> Span:
    """From the start of the first of these paragraphs to the end of the last; their numbers count from 1.

    Raises ValueError where the essay has not so many.
    """
    (first, last), count = within, len(essay.paragraphs)
    if within == (1, count):
        return Span(0, len(essay.text))  # also where there is no text
    if not 1 <= first <= last <= count:
        named = first if first == last else f"{first}-{last}"
        message = f"paragraphs {named}: expected the first and the last, from 1 to {count}, such as 1-{count}"
        raise ArgumentValueError(message)
    return Span(essay.paragraphs[first - 1].start, essay.paragraphs[last - 1].end)


def excerpt(reading: Reading, within: tuple[int, int]) -> Reading:
    """The reading of these paragraphs alone, from the first to the last: its text, and what stands whole in it.

    Passages get the surroundings that they need there; relations and stops of the tour stay where all that they name
    does. Raises ValueError where the essay has not so many paragraphs.
    """
    stretch = stretch_of(reading.essay, within)
    essay = replace(_cut(reading.essay, stretch), before=(within[0] - 1, _sentences_before(reading.essay, stretch)))
    places = {passage.id: Span(passage.start, passage.end) for passage in reading.passages()}
    kept = {name: _moved(span, stretch) for name, span in places.items() if _is_within(span, stretch)}
    annotations = (_placed(entry, essay, kept[entry.id]) for entry in reading.annotations if entry.id in kept)
    return replace(
        reading,
        essay=essay,
        annotations=tuple(annotations),
        relations=tuple(one for one in reading.relations if one.source in kept and one.target in kept),
        tour=tuple(stop for stop in reading.tour if stop.at in kept),
        parsing_faults=(),
    )


def _sentences_before(essay: Essay, stretch: Span) -> int:
    """How many sentences end before a stretch."""
    return sum(sentence.end <= stretch.start for sentence in essay.sentences())


def _cut(essay: Essay, stretch: Span) -> Essay:
    blocks = (
        replace(block, span=_moved(block.span, stretch)) for block in essay.blocks if _is_within(block.span, stretch)
    )
    emphasis = ((look, _moved(span, stretch)) for look, span in essay.emphasis if _is_within(span, stretch))
    text = essay.text[slice(*stretch)]
    return replace(essay, text=text, emphasis=tuple(emphasis), blocks=tuple(blocks), source="")


def _placed(entry: Annotation, essay: Essay, span: Span) -> Annotation:
    exact, prefix, suffix = quote_at(essay.text, span)
    return replace(entry, quote=exact, prefix=prefix, suffix=suffix)


def _is_within(span: Span, stretch: Span) -> bool:
    return stretch.start <= span.start and span.end <= stretch.end


def _moved(span: Span, stretch: Span) -> Span:
    return Span(span.start - stretch.start, span.end - stretch.start)
