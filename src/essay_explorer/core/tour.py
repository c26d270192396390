"""A tour: stops through an essay in an order, each a passage with a heading and a remark."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from essay_explorer.core import kinds, meant
from essay_explorer.core.annotation import ANNOTATIONS, no_annotation
from essay_explorer.core.fault import Fault, Known, refuse, short
from essay_explorer.core.table import rows_in
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.core.fault import Report

TOUR = "tour.csv"
COLUMNS = ("at", "title", "text")


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of a tour: the id of the annotation at which one stops, a heading, and a remark, which may be absent.

    >>> from essay_explorer import open_reading
    >>> open_reading("her").tour[0].at
    'a05'
    """

    at: str
    title: str
    text: str = ""
    row: int = field(default=0, compare=False, repr=False)

    def __post_init__(self) -> None:
        kinds.check_fields(self)
        meant.check_id(at=self.at)


def tour_from_csv(source: str, ids: Iterable[str], *, report: Report = refuse) -> tuple[Stop, ...]:
    """The stops in a CSV text, in its order; one that leads nowhere or comes again is reported and left out.

    `ids`: those of the annotations that exist. A stop without a title is reported and keeps its place.
    """
    known = Known(ids)
    made: dict[str, Stop] = {}
    for row, cells in rows_in(source, TOUR, needed=COLUMNS[:2], known=COLUMNS, report=report):
        at = cells.get("at", "")
        if at not in known:
            near = known.nearest(at)
            nowhere = Phrase('"{id}" is not the id of an annotation in {file}. Write the id of the passage to stop at')
            told = no_annotation(at, near) if near else nowhere.filled(id=short(at), file=ANNOTATIONS)
            report(Fault.of(TOUR, told, row))
            continue
        stop = Stop(at, cells.get("title", ""), cells.get("text", ""), row)
        if stop.at in made:
            twice = Phrase("row {row} stops at this passage already. Put both remarks into one row")
            report(Fault.of(TOUR, twice.filled(row=str(made[stop.at].row)), row, stop.at))
            continue
        if not stop.title:
            told = Phrase("this stop has no title. Write a few words into that column").filled()
            report(Fault.of(TOUR, told, row, stop.at))
        made[stop.at] = stop
    return tuple(made.values())
