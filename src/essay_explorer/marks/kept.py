"""Marks as they are kept: those that are there, those that were removed, and how two keepers agree again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from essay_explorer.marks.mark import Mark


@dataclass(frozen=True, slots=True)
class Kept:
    """Marks in the order in which they were made, and the removed ones: their ids, each with the moment.

    A removed one is remembered, so that whoever still has the mark does not bring it back.
    """

    marks: tuple[Mark, ...] = ()
    removed: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, marks: Iterable[Mark], removed: Mapping[str, str] | None = None) -> Kept:
        """These marks without those that were removed since; of two with one id, the one that was changed later."""
        gone = dict(removed or {})
        latest: dict[str, Mark] = {}
        for mark in marks:
            other = latest.get(mark.id)
            if other is None or _later(mark) > _later(other):
                latest[mark.id] = mark
        there = {name: mark for name, mark in latest.items() if name not in gone or mark.changed > gone[name]}
        ordered = sorted(there.values(), key=lambda mark: (mark.created, mark.id))
        return cls(tuple(ordered), tuple(sorted((name, when) for name, when in gone.items() if name not in there)))


def merged(*several: Kept) -> Kept:
    """What several keepers have, together: by id what was changed last; a removal wins a tie.

    Whatever the order of the keepers, the result is the same.
    """
    removed: dict[str, str] = {}
    for one in several:
        for name, when in one.removed:
            removed[name] = max(when, removed.get(name, ""))
    return Kept.of((mark for one in several for mark in one.marks), removed)


def _later(mark: Mark) -> tuple[str, str]:
    return mark.changed, repr(mark)
