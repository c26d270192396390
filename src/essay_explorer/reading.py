"""A reading: an essay with its codebook, annotations and relations, and the passages they make."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import yaml

from essay_explorer.anchoring import Segment, Span, cut, nearest, occurrences
from essay_explorer.annotation import (
    ANNOTATIONS,
    RELATIONS,
    Annotation,
    Relation,
    annotations_from_csv,
    relations_from_csv,
)
from essay_explorer.codebook import FILE as CODEBOOK
from essay_explorer.codebook import Codebook
from essay_explorer.essay import Essay
from essay_explorer.fault import Fault, ReadingError, instead_of, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from essay_explorer.fault import Report

ESSAY = "essay.md"
FILES = (ESSAY, CODEBOOK, ANNOTATIONS, RELATIONS)
QUOTE_MARKS = str.maketrans("‘’‚‛“”„‟«»", "''''\"\"\"\"\"\"")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the essay that carries tags: `[start, end)` in code points of its text.

    `tags`: the annotation's own, then those that names in the passage bring. `paragraph` counts
    from 1 and is the one where the passage starts.
    """

    id: str
    text: str
    start: int
    end: int
    paragraph: int
    tags: tuple[str, ...]
    annotation: Annotation


@dataclass(frozen=True)
class Reading:
    """One person's or one class's interpretation of an essay.

    `parsing_faults`: what of its files could not be read; `faults` has these and the lost quotes.
    """

    essay: Essay
    codebook: Codebook = Codebook()
    annotations: tuple[Annotation, ...] = ()
    relations: tuple[Relation, ...] = ()
    name: str = "reading"
    parsing_faults: tuple[Fault, ...] = ()

    @classmethod
    def from_texts(
        cls, texts: Mapping[str, str], *, name: str = "reading", faults: Iterable[Fault] = ()
    ) -> Reading:
        """The reading in the texts of its files, by file name; only "essay.md" must be there.

        `faults`: those already found on the way to the texts. Raises ReadingError with all faults
        when the essay cannot be read or is empty; otherwise they are kept in `Reading.faults`.
        """
        found = [*faults, *(Fault(file, "this file is empty") for file in FILES if texts.get(file) == "")]
        report = found.append
        essay = _essay(texts.get(ESSAY), report)
        codebook, annotations, relations = Codebook(), (), ()
        if texts.get(CODEBOOK):
            codebook = Codebook.from_yaml(texts[CODEBOOK], report=report)
        if texts.get(ANNOTATIONS):
            annotations = annotations_from_csv(texts[ANNOTATIONS], codebook, report=report)
        if texts.get(RELATIONS):
            ids = {entry.id for entry in annotations}
            relations = relations_from_csv(texts[RELATIONS], ids, report=report)
        if not essay.text:
            message = f'The reading "{name}" cannot be opened:\n{summary(found)}'
            raise ReadingError(message, tuple(found))
        return cls(essay, codebook, annotations, relations, name, tuple(found))

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        """All faults, file by file in the order of FILES, each file's in the order of its rows."""
        lost = [
            Fault(ANNOTATIONS, _lost(self.essay.text, entry, len(places)), entry.row or None, entry.id)
            for entry, places in self._places
            if len(places) != 1
        ]
        return tuple(
            sorted(
                [*self.parsing_faults, *lost],
                key=lambda fault: (FILES.index(fault.file), fault.row or 0),
            )
        )

    @cached_property
    def _places(self) -> tuple[tuple[Annotation, tuple[Span, ...]], ...]:
        """Each annotation with every place where its quote stands."""
        return tuple(
            (entry, occurrences(self.essay.text, entry.quote, prefix=entry.prefix, suffix=entry.suffix))
            for entry in self.annotations
        )

    def passages(
        self,
        *,
        match: str = "any",
        exclude: str | Iterable[str] = (),
        query: str = "",
        **facets: str | Iterable[str],
    ) -> tuple[Passage, ...]:
        """The passages that a lens shows, in text order; without arguments, all.

        `facets`: tag ids by facet, e.g. `theme=["trust", "ending"], move="claim"`. With
        `match="any"` a passage carries at least one tag of each facet named, with "all" every tag.
        `exclude`: tag ids of any facet that it does not carry. `query`: words that it holds as they
        stand, whatever the case, the form of quotation marks and the white space.
        Raises ValueError for a facet, a tag or a match that the codebook does not have.
        """
        if match not in {"any", "all"}:
            message = f'match "{match}": expected "any" or "all"'
            raise ValueError(message)
        wanted = [self._tags_of(facet, ids) for facet, ids in facets.items()]
        unwanted = self._known(_listed(exclude))
        agree = any if match == "any" else all
        sought = fold(query).strip()
        return tuple(
            passage
            for passage in self._all
            if all(agree(tag in passage.tags for tag in tags) for tags in wanted if tags)
            and not unwanted.intersection(passage.tags)
            and sought in fold(passage.text)
        )

    @cached_property
    def _all(self) -> tuple[Passage, ...]:
        text, named = self.essay.text, list(self.codebook.named(self.essay.text))
        passages = []
        for entry, places in self._places:
            if len(places) == 1:
                (span,) = places
                inside = (tag for tag, (a, b) in named if span.start <= a and b <= span.end)
                tags = tuple(dict.fromkeys([*entry.tags, *inside]))
                paragraph = self.essay.paragraph_at(span.start)
                passages.append(Passage(entry.id, text[slice(*span)], *span, paragraph, tags, entry))
        return tuple(sorted(passages, key=lambda passage: (passage.start, passage.end)))

    def segments(self) -> tuple[tuple[Segment, ...], ...]:
        """Each paragraph cut at every edge of a passage or an emphasis.

        Labels: the ids of passages; an emphasis is labelled `*em` or `*strong`.
        """
        spans = [(passage.id, Span(passage.start, passage.end)) for passage in self._all]
        spans += [(f"*{kind}", span) for kind, span in self.essay.emphasis]
        return tuple(
            cut(self.essay.text[slice(*paragraph)], _within(paragraph, spans))
            for paragraph in self.essay.paragraphs
        )

    @cached_property
    def fingerprint(self) -> str:
        """A short hash of everything in the reading: equal readings have equal ones."""
        parts = (self.essay, self.codebook.title, self.codebook.facets, self.annotations, self.relations)
        return hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()

    def _tags_of(self, facet: str, ids: str | Iterable[str]) -> set[str]:
        known = [entry.id for entry in self.codebook.facets]
        if facet not in known:
            message = f'facet "{facet}" is not in the codebook. {instead_of(facet, known)}'
            raise ValueError(message)
        tags = self._known(_listed(ids))
        for tag in tags:
            if self.codebook.facet_of[tag].id != facet:
                message = f'tag "{tag}" belongs to facet "{self.codebook.facet_of[tag].id}", not to "{facet}"'
                raise ValueError(message)
        return tags

    def _known(self, ids: Iterable[str]) -> set[str]:
        ids = set(ids)
        for tag in ids:
            if tag not in self.codebook.tags:
                message = f'tag "{tag}" is not in the codebook. {instead_of(tag, self.codebook.tags)}'
                raise ValueError(message)
        return ids


def _essay(source: str | None, report: Report) -> Essay:
    """The essay; one without text when it cannot be read, and then `report` knows why."""
    try:
        essay = Essay.from_markdown(source or "")
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
        report(Fault(ESSAY, f"the front matter between the --- lines is not readable as YAML: {reason}"))
        return Essay("")
    if source is None:
        report(Fault(ESSAY, "is missing. The text of the essay belongs in a file of this name"))
    elif source and not essay.text:
        report(Fault(ESSAY, "holds no text. Write the essay below the front matter"))
    return essay


def _within(paragraph: Span, spans: Iterable[tuple[str, Span]]) -> Iterator[tuple[str, Span]]:
    """What of the spans lies in the paragraph, counted from its start."""
    first, last = paragraph
    for label, (start, end) in spans:
        if start < last and first < end:
            yield label, Span(max(start, first) - first, min(end, last) - first)


def _listed(ids: str | Iterable[str]) -> Iterable[str]:
    return [ids] if isinstance(ids, str) else ids


def fold(text: str) -> str:
    """`text` for finding words: lower case, one kind of quotation mark, single spaces.

    Letter by letter, as the page folds it (`lens.js`): neither looks at a letter's neighbours.
    """
    lowered = "".join(letter.lower() for letter in text).replace("ς", "σ")
    return " ".join(lowered.translate(QUOTE_MARKS).split())


def _lost(text: str, entry: Annotation, places: int) -> str:
    if not entry.quote:
        return "no quote. Copy the passage from essay.md into this cell"
    if places:
        return f'quote stands {places} times in {ESSAY}: "{entry.quote:.80}". Add what stands before it as prefix, or after it as suffix'
    if occurrences(text, entry.quote):
        return f'quote stands in {ESSAY}, but not between this prefix and suffix: "{entry.quote:.80}"'
    near = nearest(text, entry.quote)
    candidate = f' Nearest: "{near}".' if near else ""
    return f'quote not found in {ESSAY}: "{entry.quote}".{candidate} Copy the passage again'
