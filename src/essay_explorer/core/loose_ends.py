"""What leads nowhere in a reading that somebody has put together: files are asked for that as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.core.annotation import ANNOTATIONS, RELATIONS, no_annotation
from essay_explorer.core.fault import Fault, Known, short
from essay_explorer.core.tour import TOUR
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from essay_explorer.core.annotation import Annotation, Relation
    from essay_explorer.core.tour import Stop

TWICE = Phrase("another annotation has this id too; give one another")
UNKNOWN = Phrase('tag "{tag}" is not in the codebook. {advice}')


def loose_ends(
    annotations: Sequence[Annotation], tags: Iterable[str], relations: Iterable[Relation], tour: Iterable[Stop]
) -> Iterator[Fault]:
    """Ids that two annotations have, tags that are not among those, relations and stops at no annotation."""
    yield from _in_annotations(annotations, Known(tags))
    known = Known(entry.id for entry in annotations)
    for relation in relations:
        for end in (relation.source, relation.target):
            if end not in known:
                yield Fault.of(RELATIONS, no_annotation(end, known.nearest(end)), relation.row or None)
    for stop in tour:
        if stop.at not in known:
            yield Fault.of(TOUR, no_annotation(stop.at, known.nearest(stop.at)), stop.row or None)


def _in_annotations(annotations: Iterable[Annotation], tags: Known) -> Iterator[Fault]:
    seen = set[str]()
    for entry in annotations:
        if entry.id in seen:
            yield Fault.of(ANNOTATIONS, TWICE.filled(), entry.row or None, entry.id)
        seen.add(entry.id)
        for tag in entry.tags:
            if tag not in tags:
                told = UNKNOWN.filled(tag=short(tag), advice=tags.advice(tag))
                yield Fault.of(ANNOTATIONS, told, entry.row or None, entry.id)
