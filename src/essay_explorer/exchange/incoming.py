"""Annotations of another program, as it tells them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from essay_explorer.core.fault import Fault, refuse
from essay_explorer.core.table import as_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.anchoring.segments import Span


@dataclass(frozen=True, slots=True)
class Author:
    """Who made the annotations of a file that name nobody. `certain`: said so, and not guessed from its name."""

    name: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that annotations come from.

    `by`: who made those that name nobody. `title`: what it calls its essay. `source`: which of its texts
    is meant. `ids`: those that annotations have in the reading, by those of a file that came with this one.
    """

    file: str
    by: Author | None = None
    title: str = ""
    source: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Incoming:
    """An annotation as another program tells it. `tags` are names.

    `number` is its place in the file, from 1; `name` what the file calls it; `row` its row where the
    file is a table. `position`: a span of the essay's text; `elsewhere`: one of the text that it was
    made for, a web page say, of which the essay is only a part.
    """

    number: int
    name: str
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    position: Span | None = None
    elsewhere: Span | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    creator: str = ""
    created: str = ""
    row: int | None = None

    def fault(self, file: str, message: str) -> Fault:
        """What is not clear about it."""
        return Fault(file, message if self.row else f"annotation {self.number}: {message}", self.row, self.name)


def cell(text: str, *, file: str, number: int) -> str:
    """`text` as a cell of a CSV file can hold it. Raises ReadingError for one that is too long for any."""
    try:
        return as_cell(text)
    except ValueError as error:
        refuse(Fault(file, f"annotation {number}: {error}"))
