"""What the hand-out's template sets, as plain JSON values."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from essay_explorer.anchoring.segments import Span, cut
from essay_explorer.core.block import is_from_right
from essay_explorer.core.excerpt import stretch_of
from essay_explorer.core.prose import Prose
from essay_explorer.core.tag import heading_of
from essay_explorer.paper.apostrophes import with_apostrophes
from essay_explorer.paper.blocks import nodes_of
from essay_explorer.paper.lanes import Line, lines_of
from essay_explorer.paper.wording import credit, extract, in_sentences, standing, template_words, to_find, tongue
from essay_explorer.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from essay_explorer.anchoring.segments import Segment
    from essay_explorer.core.essay import Essay
    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag

INK = "#1d1b18"  # of the page; for tags that have no colour
BEGINNING = 46  # letters of a quote in the key


class Gap(NamedTuple):
    """A word that a cloze leaves out; `number` counts from 1."""

    number: int
    span: Span


def sheet(
    reading: Reading,
    tags: Sequence[Tag],
    within: tuple[int, int],
    *,
    gaps: Sequence[Span] | None,
    names: Mapping[str, str],
) -> dict[str, Any]:
    """What stands on the hand-out. `within`: its first and last paragraph.

    `gaps`: the words that are left out; None where lines stand under the passages. `names`: the files of the
    pictures, by their addresses in the essay.
    """
    essay, sentences = reading.essay, reading.essay.sentences()
    found = passages_of(reading, tags, within)
    drawn = {at: found[tag.id] for at, tag in enumerate(tags)} if gaps is None else {}
    lines = lines_of(drawn)
    numbered = [Gap(number, span) for number, span in enumerate(gaps or (), 1)]
    paragraphs = _paragraphs(essay, sentences, drawn, [*lines, *numbered])
    return _head(essay) | {
        "extract": _extract(essay, within),
        "facet": _facet_of(reading, tags),
        "tags": [_tag(tag, found[tag.id], sentences) for tag in tags],
        "lanes": 1 + max((line.lane for line in lines), default=0),
        "tour": _tour(reading, within) if gaps is None else [],
        "blocks": nodes_of(essay, paragraphs, names, stretch_of(essay, within)),
    }


def key(reading: Reading, tags: Sequence[Tag], within: tuple[int, int], gaps: Sequence[Span]) -> dict[str, Any]:
    """What stands in the key: the sentences of each tag's passages, or the words of the gaps."""
    essay, sentences = reading.essay, reading.essay.sentences()
    found = passages_of(reading, tags, within)
    return _head(essay) | {
        "extract": _extract(essay, within),
        "tags": [_tag(tag, found[tag.id], sentences) for tag in tags],
        "gaps": [
            {"word": essay.text[slice(*gap)], "where": in_sentences(_sentences_in(gap, sentences))} for gap in gaps
        ],
    }


def passages_of(reading: Reading, tags: Iterable[Tag], within: tuple[int, int]) -> dict[str, list[Passage]]:
    """The passages of each tag, by its id, of which something stands in these paragraphs."""
    start, end = stretch_of(reading.essay, within)
    here = [passage for passage in reading.passages() if passage.start < end and start < passage.end]
    return {tag.id: [passage for passage in here if tag.id in passage.tags] for tag in tags}


def _extract(essay: Essay, within: tuple[int, int]) -> str:
    """Which paragraphs these are, "" for all."""
    (first, last), count = within, len(essay.paragraphs)
    if last - first + 1 >= count:
        return ""
    return extract(first, last, count)


def _facet_of(reading: Reading, tags: Sequence[Tag]) -> str:
    facets = {heading_of(reading.codebook.facet_of[tag.id]) for tag in tags}
    return facets.pop() if len(facets) == 1 else say("Tags")


def _tour(reading: Reading, within: tuple[int, int]) -> list[dict[str, str]]:
    """The stops of the tour in these paragraphs, in its order, each with the numbers of its sentences."""
    sentences, stretch = reading.essay.sentences(), stretch_of(reading.essay, within)
    places = {passage.id: Span(passage.start, passage.end) for passage in reading.passages()}
    here = [stop for stop in reading.tour if stop.at in places]
    return [
        {
            "title": with_apostrophes(stop.title),
            "text": with_apostrophes(stop.text),
            "where": in_sentences(_sentences_in(places[stop.at], sentences)),
        }
        for stop in here
        if places[stop.at].start < stretch.end and stretch.start < places[stop.at].end
    ]


def _head(essay: Essay) -> dict[str, Any]:
    title = with_apostrophes(Prose.from_inline(essay.title).text)
    own = tongue(essay.language)
    before, _, behind = say("After {work}").partition("{work}")
    after = [{"text": before}, *_runs(essay.after), {"text": behind}] if essay.after else []
    author = credit(essay.author, retells=bool(essay.after))
    return {
        "title": _runs(essay.title),
        "name": title,
        "running": _beginning(title),
        "subtitle": _runs(essay.subtitle),
        "credit": [
            runs for runs in (after, [{"text": author}], [{"text": essay.license}]) if any(run["text"] for run in runs)
        ],
        "author": essay.author,
        "language": own.language,
        "region": own.region,
        "quotes": own.known,  # how a language sets its quotation marks is not guessed
        "rtl": is_from_right(essay.text),
        "words": template_words(title),
    }


def _runs(source: str) -> list[dict[str, Any]]:
    """Inline Markdown as runs of text and the emphasis on them."""
    prose = Prose.from_inline(source)
    return [_run(segment) for segment in cut(with_apostrophes(prose.text), prose.emphasis)]


def _run(segment: Segment[object]) -> dict[str, Any]:
    return {"text": segment.text, "em": "em" in segment.labels, "strong": "strong" in segment.labels}


def _tag(tag: Tag, passages: Sequence[Passage], sentences: Sequence[Span]) -> dict[str, Any]:
    places = [
        (_sentences_in(Span(passage.start, passage.end), sentences), _beginning(with_apostrophes(passage.text)))
        for passage in passages
    ]
    return {
        "code": tag.code,
        "label": with_apostrophes(tag.label),
        "definition": with_apostrophes(tag.definition),
        "colour": tag.colour[0] if tag.colour else INK,
        "line": tag.line,
        "found": [{"sentences": numbers, "quote": quote} for numbers, quote in places],
        "where": standing(", ".join(dict.fromkeys(numbers for numbers, _ in places))),
        "to_find": to_find(len(places)),
    }


def _sentences_in(span: Span, sentences: Sequence[Span]) -> str:
    """The numbers of the sentences that the span touches: "3" or "3–4"."""
    first = 1 + bisect_right(sentences, span.start, key=attrgetter("end"))
    last = bisect_left(sentences, span.end, key=attrgetter("start"))
    return f"{first}–{last}" if last > first else str(first)


def _beginning(text: str) -> str:
    if len(text) <= BEGINNING:
        return text
    return (text[:BEGINNING].rpartition(" ")[0] or text[:BEGINNING]).rstrip(" ,;:.–—-") + " …"


def _paragraphs(
    essay: Essay,
    sentences: Sequence[Span],
    passages: Mapping[int, Sequence[Passage]],
    drawn: Sequence[Line | Gap],
) -> list[list[dict[str, Any]]]:
    """The runs of each paragraph, with the numbers, the lines, the codes and the gaps that belong to them."""
    numbers = {span.start: number for number, span in enumerate(sentences, 1)}
    starts = [(passage.start, tag) for tag, group in passages.items() for passage in group]
    codes = {start: [tag for _, tag in group] for start, group in groupby(sorted(set(starts)), key=itemgetter(0))}
    spans: list[tuple[int | str | Line | Gap | None, Span]] = [
        *enumerate(essay.paragraphs),
        *((None, span) for span in sentences),
        *((None, Span(passage.start, passage.end)) for group in passages.values() for passage in group),
        *essay.emphasis,
        *((one, one.span) for one in drawn),
    ]
    as_it_is = [block.span for block in essay.blocks if block.kind == "code"]
    paragraphs: list[list[dict[str, Any]]] = [[] for _ in essay.paragraphs]
    start = 0
    for segment in cut(with_apostrophes(essay.text, except_in=as_it_is), spans):
        run = _run(segment) | {
            "number": numbers.get(start),
            "codes": codes.get(start, []),
            "lines": [[label.lane, label.tag] for label in segment.labels if isinstance(label, Line)],
            "gap": None,
        }
        for gap in (label for label in segment.labels if isinstance(label, Gap)):
            run |= {"text": "", "gap": gap.number if gap.span.start == start else None}
        for paragraph in (label for label in segment.labels if isinstance(label, int)):
            paragraphs[paragraph].append(run)
        start += len(segment.text)
    return paragraphs
