"""What can be wrong with a reading, told so that its author can mend it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from essay_explorer.anchoring.likeness import nearest_spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Report = Callable[["Fault"], object]

SHOWN_IN_FULL = 10  # an error message prints this many faults and counts the rest
NAMES_SHOWN = 30  # of the names that are right; the others are counted
NAMES_COMPARED = 5000  # with a wrong one: each of a thousand faults asks
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


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
        return CONTROLS.sub("\ufffd", f"{where}{f' ({self.entry})' if self.entry else ''}: {self.message}")


def summary(faults: Iterable[Fault]) -> str:
    """The faults as lines of text: the first ten in full, the others counted."""
    lines = [str(fault) for fault in faults]
    rest = len(lines) - SHOWN_IN_FULL
    shown = lines[:SHOWN_IN_FULL] + ([f"... and {rest} more."] if rest > 0 else [])
    return "\n".join(shown)


def instead_of(name: str, known: Iterable[str]) -> str:
    """Advice for a name that is not known: the nearest one that is, and all of them."""
    names = list(known)
    near = nearest_name(name, names)
    guess = f'Did you mean "{near}"? ' if near else ""
    rest = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    return f"{guess}Known: {', '.join(names[:NAMES_SHOWN]) or 'none'}{rest}."


def nearest_name(name: str, known: Iterable[str], *, alike: float = 0.6) -> str:
    """The name among `known` that is most like `name`, whatever the case; "" when none is like it.

    `alike`: as in `nearest_spelling`.
    """
    folded = {one.casefold(): one for one in list(known)[:NAMES_COMPARED]}
    near = nearest_spelling(name.casefold(), folded, alike=alike)
    return folded[near] if near else ""


def shown(text: str, most: int = 80) -> str:
    """`text` in quotation marks, on one line, of at most `most` letters."""
    line = CONTROLS.sub("\ufffd", " ".join(text.split()))
    return f'"{line}"' if len(line) <= most else f'"{line[: most - 1].rstrip()}…"'


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 fault", "2 faults"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


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
