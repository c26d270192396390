"""Tables of a class for the gradebook of a platform: counts, and an empty column for the teacher's own points.

Nothing here judges quality. Moodle takes a grading worksheet back (mod/assign/feedback/offline): it looks for the
columns Identifier, Grade, Last modified (grade) and Feedback comments. Canvas takes a gradebook back: Student, ID, the
SIS columns, Section, then a column for each assignment; which of those that it does not know to leave out, it asks.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.core.formulas import shielded, unshielded
from essay_explorer.core.table import separator_of

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = ("full name", "student", "name", "student name", "pupil")  # what lists of a class call a person
FIRST, LAST = ("first name", "firstname", "given name"), ("surname", "last name", "lastname", "family name")
NUMBERS = {"moodle": ("identifier",), "canvas": ("id",)}
BOM = "\ufeff"
MOST_PEOPLE = 5_000


@dataclass(frozen=True, slots=True)
class Pupil:
    """Somebody of a class, as a list tells them. `accounts`: what platforms call them, such as "moodle 4711"."""

    name: str
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """What a gradebook says of a person; `handed_in` is "" for one who is missing."""

    name: str
    account: str
    marks: int
    reasons: int
    handed_in: str
    late: bool
    done: str


def pupils_in(text: str) -> tuple[Pupil, ...]:
    """The pupils of a class's list: a table of Moodle or Canvas, any with a column of names, or a name a line."""
    text = text.removeprefix(BOM)
    separator = separator_of(text.casefold(), [*NAMES, *FIRST])
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))[: MOST_PEOPLE + 1]
    header = [name.strip().casefold() for name in rows[0]] if rows else []
    if not any(name in header for name in (*NAMES, *FIRST)):
        return tuple(Pupil(name) for line in text.splitlines() if (name := " ".join(line.strip(" ;,\t").split())))
    made = (_pupil(dict(zip(header, map(unshielded, row), strict=False)), header) for row in rows[1:])
    return tuple(
        pupil for pupil in made if pupil.name and pupil.name.casefold() not in {"points possible", "test student"}
    )


def _pupil(cells: dict[str, str], header: list[str]) -> Pupil:
    name = next((cells.get(one, "") for one in NAMES if one in header), "")
    if not name:
        name = " ".join(next((cells.get(one, "") for one in names if one in header), "") for names in (FIRST, LAST))
    last, comma, first = name.partition(",")  # Canvas sorts by the family name
    name = f"{first} {last}" if comma else name
    platform = "moodle" if "identifier" in header else "canvas" if "sis login id" in header else ""
    number = next((cells.get(one, "") for one in NUMBERS.get(platform, ()) if one in header), "")
    digits = "".join(filter(str.isdigit, number))
    return Pupil(" ".join(name.split()), (f"{platform} {digits}",) if digits else ())


def to_moodle(rows: Iterable[Row]) -> str:
    """A grading worksheet: the teacher writes into Grade; the counts stand among the comments too."""
    header = ("Identifier", "Full name", "Grade", "Last modified (grade)", "Feedback comments")
    return _table(
        (*header, "Marks", "Reasons", "Handed in", "Late"),
        (
            (_number(row, "moodle", "Participant "), row.name, "", "", row.done if row.handed_in else "", *_counts(row))
            for row in rows
        ),
    )


def to_canvas(rows: Iterable[Row], title: str) -> str:
    """A gradebook: the teacher writes into the column that is named after the task."""
    header = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", title)
    return _table(
        (*header, "Marks", "Reasons", "Handed in", "Late"),
        ((row.name, _number(row, "canvas"), "", "", "", "", *_counts(row)) for row in rows),
    )


def _counts(row: Row) -> tuple[str, ...]:
    if not row.handed_in:
        return "", "", "", ""
    return str(row.marks), str(row.reasons), row.handed_in, "yes" if row.late else ""


def _number(row: Row, platform: str, before: str = "") -> str:
    kind, _, number = row.account.partition(" ")
    return f"{before}{number}" if kind == platform and number.isdigit() else ""


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerows([shielded(cell) for cell in row] for row in (header, *rows))
    return BOM + made.getvalue()
