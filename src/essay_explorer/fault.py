"""What can be wrong with a reading, told so that its author can mend it."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Report = Callable[["Fault"], object]

SHOWN_IN_FULL = 10  # an error message prints this many faults and counts the rest


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a reading's files: where it is, what is wrong, what to do.

    `row` counts as a spreadsheet does, the header being row 1; None where a row means nothing.
    `entry` is the id of the annotation, relation or tag, if it has one.
    """

    file: str
    message: str
    row: int | None = None
    entry: str = ""

    def __str__(self) -> str:
        where = self.file if self.row is None else f"{self.file}, row {self.row}"
        return f"{where}{f' ({self.entry})' if self.entry else ''}: {self.message}"


def summary(faults: Iterable[Fault]) -> str:
    """The faults as lines of text: the first ten in full, the others counted."""
    lines = [str(fault) for fault in faults]
    rest = len(lines) - SHOWN_IN_FULL
    shown = lines[:SHOWN_IN_FULL] + ([f"... and {rest} more."] if rest > 0 else [])
    return "\n".join(shown)


def instead_of(name: str, known: Iterable[str]) -> str:
    """Advice for a name that is not known: the nearest one that is, and all of them."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    guess = f'Did you mean "{near[0]}"? ' if near else ""
    return f"{guess}Known: {', '.join(names) or 'none'}."


class ReadingError(ValueError):
    """A reading cannot be opened at all: no such reading, or no text in it. `faults` says why."""

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


def refuse(fault: Fault) -> NoReturn:
    """What a parser does with a fault unless its caller collects them: raise it at once."""
    raise ReadingError(str(fault), (fault,))


class ReadingWarning(UserWarning):
    """A reading opened, and some of its parts have faults: `Reading.faults` has them all."""
