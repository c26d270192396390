"""A passage, and the text of an essay cut where passages, emphasis and sentences start and end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from essay_explorer.anchoring.segments import Span, cut
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.provided import Representable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from essay_explorer.anchoring.segments import Segment
    from essay_explorer.core.annotation import Annotation
    from essay_explorer.core.essay import Essay

    Label: TypeAlias = "Passage | str | int"  # a passage, a kind of emphasis, the number of a sentence


@dataclass(frozen=True, slots=True)
class Passage(Representable):
    """A stretch of the essay that carries tags: `[start, end)` in code points of its text.

    `tags`: the annotation's own, then those that names in the passage bring. `paragraph` counts
    from 1 and is the one where the passage starts. `codebook`: what the tags mean.

    >>> from essay_explorer import open_reading
    >>> passage = open_reading("her")["a03"]
    >>> passage.paragraph, passage.tags_of("theme")
    (1, ('trust', 'questions'))
    """

    id: str
    text: str
    start: int
    end: int
    paragraph: int
    tags: tuple[str, ...]
    annotation: Annotation
    codebook: Codebook = field(default=Codebook(), compare=False, repr=False)

    @property
    def note(self) -> str:
        """What its annotator says of it.

        >>> from essay_explorer import open_reading
        >>> open_reading("her")["a06"].note.split(".")[0]
        'An image for the charge: to ask is to lay out, to answer is to pick up'
        """
        return self.annotation.note

    def tags_of(self, facet: str) -> tuple[str, ...]:
        """Its tags of a facet. Raises ValueError for a facet that the codebook does not have.

        >>> from essay_explorer import open_reading
        >>> open_reading("her")["a03"].tags_of("theme")
        ('trust', 'questions')
        """
        known = self.codebook.tags_in(facet, ())
        facets = self.codebook.facet_of
        return known + tuple(tag for tag in self.tags if tag in facets and facets[tag].id == facet)

    def __str__(self) -> str:
        return f"{self.id}, paragraph {self.paragraph}: {self.text} [{', '.join(self.tags)}]"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, ARG002, FBT001 - IPython's signature
        """What a notebook shows, also in a tuple of passages."""
        printer.text(str(self))


@dataclass(frozen=True, slots=True)
class EssaySegment:
    """A piece of a paragraph over which the same lies.

    `passages`: their ids, in order of start. `emphasis`: "em" or "strong" or both.
    `sentence`: its number from 1 in the essay; None where sentences were not asked for.
    """

    text: str
    passages: tuple[str, ...] = ()
    emphasis: tuple[str, ...] = ()
    sentence: int | None = None


def segments_of(
    essay: Essay, passages: Iterable[Passage], *, sentences: bool = False
) -> tuple[tuple[EssaySegment, ...], ...]:
    """Each paragraph cut at every edge of a passage or an emphasis, and where a sentence starts if asked."""
    spans: list[tuple[Label, Span]] = [(passage, Span(passage.start, passage.end)) for passage in passages]
    spans += essay.emphasis
    spans += _sentences(essay) if sentences else ()
    here: defaultdict[int, list[tuple[Label, Span]]] = defaultdict(list)
    for label, span in spans:
        for number in range(essay.paragraph_at(span.start), essay.paragraph_at(span.end) + 1):
            here[number].append((label, _within(essay.paragraphs[number - 1], span)))
    return tuple(
        tuple(map(_segment, cut(essay.text[slice(*paragraph)], here[number])))
        for number, paragraph in enumerate(essay.paragraphs, 1)
    )


def _segment(segment: Segment[Label]) -> EssaySegment:
    labels = segment.labels
    return EssaySegment(
        segment.text,
        tuple(label.id for label in labels if isinstance(label, Passage)),
        tuple(dict.fromkeys(label for label in labels if isinstance(label, str))),
        next((label for label in labels if isinstance(label, int)), None),
    )


def _sentences(essay: Essay) -> Iterator[tuple[int, Span]]:
    """The number of each sentence, and its span with the white space behind it."""
    starts = [sentence.start for sentence in essay.sentences()]
    for number, (start, end) in enumerate(pairwise([*starts, len(essay.text)]), 1):
        paragraph = essay.paragraphs[essay.paragraph_at(start) - 1]
        yield number, Span(start, min(end, paragraph.end))


def _within(paragraph: Span, span: Span) -> Span:
    """What of the span lies in the paragraph, counted from its start."""
    start = max(span.start, paragraph.start)
    return Span(start - paragraph.start, max(start, min(span.end, paragraph.end)) - paragraph.start)
