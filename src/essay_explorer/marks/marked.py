"""Which sentences of an essay a reading marks, and with which tags."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import Span
from essay_explorer.core import kinds
from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.fault import ReadingError, instead_of, shown
from essay_explorer.core.prose import Prose
from essay_explorer.core.tag import ROLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from essay_explorer.core.codebook import Codebook
    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag


def check_same_text(readings: Sequence[Reading]) -> None:
    """Raise ReadingError, with both titles, where one of the readings is of another text than the first."""
    first = readings[0].essay
    other = next((reading.essay for reading in readings if reading.essay.text != first.text), None)
    if other:
        one, two = (shown(Prose.from_inline(essay.title).text) for essay in (first, other))
        which = f"{one} and {two}" if one != two else f"two versions of {one}"
        message = f"These are readings of two texts, {which}. Only readings of the same text can be compared"
        raise ReadingError(message)


def tags_asked(books: Iterable[Codebook], facet: str) -> dict[str, Tag]:
    """The tags, by id, of the facets with a role, or else of the facet with that id, in any of the codebooks.

    Where two of them have a tag, it is that of the first. Raises ValueError where none has such a facet.
    """
    kinds.check(kinds.FACET, facet=facet)
    facets = [entry for book in books for entry in book.facets]
    asked = [entry for entry in facets if entry.role == facet] or [entry for entry in facets if entry.id == facet]
    if not asked and facet not in ROLES:
        message = (
            f'facet "{facet}" is in no codebook of these. {instead_of(facet, dict.fromkeys(e.id for e in facets))}'
        )
        raise ArgumentValueError(message)
    tags: dict[str, Tag] = {}
    for tag in (tag for entry in asked for tag in entry.tags):
        tags.setdefault(tag.id, tag)
    return tags


def tags_by_sentence(
    passages: Iterable[Passage], sentences: Sequence[Span], tags: Collection[str]
) -> list[frozenset[str]]:
    """For each sentence the tags, of those asked for, with which a passage marks it.

    A passage marks a sentence when it covers at least half of its letters, or when at least half of its own
    letters lie in it.
    """
    made = [set[str]() for _ in sentences]
    for passage in passages:
        carried = set(passage.tags).intersection(tags)
        for at in sentences_at(Span(passage.start, passage.end), sentences) if carried else ():
            made[at] |= carried
    return list(map(frozenset, made))


def sentences_at(place: Span, sentences: Sequence[Span]) -> Iterator[int]:
    """The sentences that a place marks, by their numbers from 0; they stand in a row."""
    first = bisect_right(sentences, place.start, key=lambda sentence: sentence.end)
    shares: dict[int, int] = {}
    for at in range(first, len(sentences)):
        start, end = sentences[at]
        if start >= place.end:
            break
        shares[at] = min(end, place.end) - max(start, place.start)
    whole = sum(shares.values())
    for at, share in shares.items():
        length = sentences[at].end - sentences[at].start
        if 2 * share >= min(length, whole):
            yield at
