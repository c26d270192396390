"""A reading as plain JSON, for the page: `Content` in types.d.ts."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.segments import Span, cut, utf16_units
from essay_explorer.core.block import PARTINGS
from essay_explorer.core.prose import Prose
from essay_explorer.core.tag import heading_of
from essay_explorer.measures import finding
from essay_explorer.widgets.shapes import contents_of, shapes_of
from essay_explorer.words import ENGLISH
from essay_explorer.words import language as spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from essay_explorer.core.essay import Essay
    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Facet, Tag

LONG = 5  # minutes: a text that takes so long has a table of contents


def content_of(reading: Reading) -> dict[str, Any]:
    """The reading as plain JSON. Spans lie in one paragraph each, in UTF-16 units, as JavaScript counts."""
    essay, minutes = reading.essay, reading.essay.minutes
    passages = reading.passages()
    there = {passage.id for passage in passages}  # a stop whose quote is lost leads nowhere
    counts = Counter(tag for passage in passages for tag in passage.tags)  # a passage carries a tag once
    return {
        "name": reading.name,
        "fingerprint": reading.fingerprint,
        "essay": essay.fingerprint,
        "language": essay.language,
        "title": runs(essay.title),
        "subtitle": runs(essay.subtitle),
        "after": runs(essay.after),
        "about": runs(essay.about),
        "finding": finding(reading),
        "author": essay.author,
        "subject": essay.subject,
        "license": essay.license,
        "url": essay.url,
        "minutes": minutes,
        "facets": [_facet(facet, counts, essay.language) for facet in reading.codebook.facets],
        **({"before": essay.before[0]} if essay.before[0] else {}),
        "contents": contents_of(essay) if minutes >= LONG else [],
        "paragraphs": _paragraphs(reading),
        "passages": [
            {
                "id": passage.id,
                "paragraph": passage.paragraph,
                "tags": list(passage.tags),
                "note": passage.annotation.note,
                "creator": passage.annotation.creator,
            }
            for passage in passages
        ],
        "relations": [
            {"from": relation.source, "kind": relation.kind, "to": relation.target, "note": relation.note}
            for relation in reading.relations
        ],
        "tour": [{"at": stop.at, "title": stop.title, "text": stop.text} for stop in reading.tour if stop.at in there],
        "faults": [fault.said() for fault in reading.faults],
    }


def runs(markdown: str) -> list[dict[str, Any]]:
    """Inline Markdown as runs of text, some of them emphasised."""
    prose = Prose.from_inline(markdown)
    return [_run(segment.text, segment.labels) for segment in cut(prose.text, prose.emphasis)]


def emphasised(paragraph: Mapping[str, Any]) -> list[list[dict[str, Any]]]:
    """The lines or cells of a paragraph of the content, one where it has none, for HTML that Python writes.

    Each is runs of text, some of them emphasised.
    """
    text, kind = paragraph["text"], paragraph.get("shape", {}).get("kind", "")
    places = {unit: place for place, unit in enumerate(utf16_units(text))}
    spans = [(look, Span(places[start], places[end])) for look, start, end in paragraph.get("emphasis", ())]
    edges = [0, *(place + 1 for place, letter in enumerate(text) if letter == PARTINGS.get(kind)), len(text)]
    pieces: list[list[dict[str, Any]]] = [[] for _ in edges[1:]]
    for segment in cut(text, [*spans, *((at, Span(*edge)) for at, edge in enumerate(pairwise(edges)))]):
        looks = [look for look in segment.labels if isinstance(look, str)]
        piece = next(look for look in segment.labels if isinstance(look, int))
        pieces[piece].append(_run(segment.text, looks))
    return pieces


def _run(text: str, emphases: Iterable[str]) -> dict[str, Any]:
    return {"text": text, "em": list(emphases)} if emphases else {"text": text}


def _paragraphs(reading: Reading) -> list[dict[str, Any]]:
    """The text of each paragraph, and what lies on it; what there is nothing of is left out."""
    essay = reading.essay
    passages = ((passage.id, Span(passage.start, passage.end)) for passage in reading.passages())
    marked, stressed = _by_paragraph(essay, passages), _by_paragraph(essay, essay.emphasis)
    begun = list(_sentences(essay))
    shapes = shapes_of(essay, {image.source: image.address for image in reading.images})
    made = []
    for number, (start, end) in enumerate(essay.paragraphs, 1):
        text = essay.text[start:end]
        units = utf16_units(text)
        entry: dict[str, Any] = {
            "text": text,
            "emphasis": [(kind, units[first], units[last]) for kind, (first, last) in stressed[number]],
            "passages": [(name, units[first], units[last]) for name, (first, last) in marked[number]],
            "shape": shapes[number - 1],
        }
        first, starts = begun[number - 1]
        if starts:
            entry["sentences"] = {"first": first, "starts": [units[at - start] for at in starts]}
        made.append({name: value for name, value in entry.items() if value or name == "text"})
    return made


def _sentences(essay: Essay) -> Iterator[tuple[int, list[int]]]:
    """For each paragraph the number of its first sentence, and where its sentences start."""
    starts, at = [sentence.start for sentence in essay.sentences()], 0
    for paragraph in essay.paragraphs:
        end = bisect_left(starts, paragraph.end, lo=at)
        yield essay.before[1] + at + 1, starts[at:end]
        at = end


def _by_paragraph(essay: Essay, spans: Iterable[tuple[str, Span]]) -> defaultdict[int, list[tuple[str, Span]]]:
    """By the number of each paragraph what of the spans lies in it, counted from its start."""
    here: defaultdict[int, list[tuple[str, Span]]] = defaultdict(list)
    for label, span in spans:
        for number in range(essay.paragraph_at(span.start), essay.paragraph_at(span.end) + 1):
            paragraph = essay.paragraphs[number - 1]
            start, end = max(span.start, paragraph.start), min(span.end, paragraph.end)
            if start < end:
                here[number].append((label, Span(start - paragraph.start, end - paragraph.start)))
    return here


def _facet(facet: Facet, counts: Mapping[str, int], language: str) -> dict[str, Any]:
    named = any(tag.aliases for tag in facet.tags)
    english = (language or ENGLISH).startswith(ENGLISH) and spoken() == ENGLISH
    lowered = english and not named  # "about the ending critique"; names keep theirs
    return {
        "id": facet.id,
        "label": heading_of(facet),
        "definition": facet.definition,
        "role": facet.role,
        "tags": [_tag(tag, counts.get(tag.id, 0), lowered=lowered) for tag in facet.tags],
    }


def _tag(tag: Tag, count: int, *, lowered: bool) -> dict[str, Any]:
    return {
        "id": tag.id,
        "label": tag.label,
        "phrase": tag.label[:1].lower() + tag.label[1:] if lowered else tag.label,
        "definition": tag.definition,
        "code": tag.code,
        "colour": tag.colour and list(tag.colour),
        "line": tag.line,
        "questions": list(tag.questions),
        "count": count,
    }
