"""Somebody's own copy of a text: which sealed set belongs to it, and the reading that the two make."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from essay_explorer.anchoring.quotes import Quote, quote_at
from essay_explorer.anchoring.segments import Span
from essay_explorer.core.annotation import ANNOTATIONS, RELATIONS, Annotation
from essay_explorer.core.codebook_entries import FILE as CODEBOOK
from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import counted, shown
from essay_explorer.core.parts import PARTING
from essay_explorer.files.codebook_file import codebook_to_yaml
from essay_explorer.files.csv_files import annotations_to_csv, relations_to_csv
from essay_explorer.files.essay_file import essay_to_markdown
from essay_explorer.formats.manuscript import Manuscript, line_of
from essay_explorer.sealed.paragraphs import Paragraph, markdown_blocks, paragraphs_of
from essay_explorer.sealed.placing import Place, found
from essay_explorer.sealed.wording import Wording, digests_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from essay_explorer.sealed.sealed_set import Sealed

STATES = ("exact", "changed", "lost")


@dataclass(frozen=True, slots=True)
class Attached:
    """A sealed set on a copy of its text.

    `texts`: the files of the reading that they make, by name, for `Reading.from_texts`.
    `exact`: ids; `changed`: (id, the copy's own words); `lost`: (id, why), which no file has.
    `left_out`: the paragraphs before and after the text that are not in it.
    """

    name: str
    texts: dict[str, str]
    exact: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]
    lost: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]

    def __str__(self) -> str:
        count = len(self.exact) + len(self.changed)
        total = counted(count + len(self.lost), "passage")
        lines = [f"{count} of {total} attached: {len(self.exact)} exactly, {len(self.changed)} after a small change."]
        lines += (f"{entry}, changed: {shown(words)}" for entry, words in self.changed)
        lines += (f"{entry}, lost: {reason}" for entry, reason in self.lost)
        return "\n".join(lines)


def recognise(text: str, sets: Iterable[Sealed]) -> Sealed | None:
    """The set whose text stands in `text`, by the runs they share; None when no run of any does.

    Of several it is the one with most runs, of equals the first.
    """
    sets = list(sets)
    owners = defaultdict[bytes, set[int]](set)
    for number, sealed in enumerate(sets):
        for part in sealed.parts:
            for key in part.keys:
                owners[bytes.fromhex(key[:16])].add(number)
    tags = {tag for digest in digests_of(text) if (tag := digest[:8]) in owners}
    shared = Counter(number for tag in tags for number in owners[tag])
    return sets[min(shared, key=lambda number: (-shared[number], number))] if shared else None


def attach(copy: str | Essay, sealed: Sealed, *, trim: bool = False) -> Attached:
    """The reading that a copy of the text makes with a sealed set, and what became of each passage.

    `copy`: plain text, its paragraphs parted by blank lines, or an essay, whose emphasis, headings,
    quotations, lists, tables, code and pictures are kept.
    What stands before and after the text is left out where that is certain; with `trim` also
    whatever stands before the first and after the last paragraph that was recognised.
    """
    paragraphs = list(paragraphs_of(copy if isinstance(copy, Essay) else _essay(copy)))
    text = PARTING.join(paragraph.text for paragraph in paragraphs)
    wording = Wording.of(text)
    places = found(wording, sealed)
    spans = {place.entry.id: _span(text, wording, place) for place in places.places if place.end}
    words = Span(
        places.first if trim or places.certain[0] else 0,
        places.end if trim or places.certain[1] else len(wording.words),
    )
    kept, start, left_out = _kept(paragraphs, wording.spans[slice(*words)])
    own = PARTING.join(paragraph.text for paragraph in kept)
    quotes = {entry: quote_at(own, Span(*(at - start for at in span))) for entry, span in spans.items()}
    texts = {
        ESSAY: _essay_md(sealed, kept),
        CODEBOOK: codebook_to_yaml(sealed.codebook),
        ANNOTATIONS: _annotations_csv(sealed, quotes),
        RELATIONS: _relations_csv(sealed, quotes),
    }
    states = {state: [place for place in places.places if place.state == state] for state in STATES}
    return Attached(
        name=sealed.name,
        texts={file: text for file, text in texts.items() if text},
        exact=tuple(place.entry.id for place in states["exact"]),
        changed=tuple((place.entry.id, quotes[place.entry.id].exact) for place in states["changed"]),
        lost=tuple((place.entry.id, place.reason) for place in states["lost"]),
        left_out=left_out,
    )


def _essay(text: str) -> Essay:
    made = Manuscript.from_text(text)
    return Essay.from_markdown("\n\n".join(filter(None, (made.title, *made.blocks))))


def _kept(paragraphs: Sequence[Paragraph], words: Sequence[Span]) -> tuple[list[Paragraph], int, tuple[str, ...]]:
    """The paragraphs in which the words stand, where the first of them starts, and what is left out."""
    ends = list(accumulate(len(paragraph.text) + len(PARTING) for paragraph in paragraphs))
    if not words:
        return list(paragraphs), 0, ()
    first, last = bisect_right(ends, words[0].start), bisect_right(ends, words[-1].start)
    outside = (*paragraphs[:first], *paragraphs[last + 1 :])
    start = ends[first - 1] if first else 0
    return list(paragraphs[first : last + 1]), start, tuple(paragraph.text for paragraph in outside)


def _span(text: str, wording: Wording, place: Place) -> Span:
    """The place in code points, with as many signs around its words as the passage had."""
    spans = wording.spans
    first, last = spans[place.first], spans[place.end - 1]
    lead = text[spans[place.first - 1].end if place.first else 0 : first.start].rpartition("\n")[2]
    trail = text[last.end : spans[place.end].start if place.end < len(spans) else None].partition("\n")[0]
    start = first.start - min(place.entry.head, len(lead))
    end = last.end + min(place.entry.tail, len(trail))
    if not text[start:end].strip():  # it was a piece of a word, and the copy's word is shorter
        return Span(first.start, last.end)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Span(start, start + len(text[start:end].rstrip()))


def _essay_md(sealed: Sealed, paragraphs: Iterable[Paragraph]) -> str:
    facts = {name: line_of(text) for name, text in sealed.facts}
    return essay_to_markdown(facts, markdown_blocks(paragraphs))


def _annotations_csv(sealed: Sealed, quotes: Mapping[str, Quote]) -> str:
    """The passages that have a place; "" when none has one."""
    placed = [
        Annotation(entry.id, *quotes[entry.id], entry.tags, entry.note, entry.creator, entry.created)
        for entry in sealed.annotations
        if entry.id in quotes
    ]
    return annotations_to_csv(placed, sealed.codebook) if placed else ""


def _relations_csv(sealed: Sealed, quotes: Mapping[str, Quote]) -> str:
    kept = [entry for entry in sealed.relations if entry.source in quotes and entry.target in quotes]
    return relations_to_csv(kept) if kept else ""
