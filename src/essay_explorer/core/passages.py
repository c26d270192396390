"""Passages that were asked for together: a tuple of them, which a notebook shows as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, Self, SupportsIndex, overload

from essay_explorer.core import kinds
from essay_explorer.core.brief import NoSuchPlaceError
from essay_explorer.core.passage import Passage
from essay_explorer.core.provided import Representable

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd  # type: ignore[import-untyped]  # pandas tells no types

    class Framed(Protocol):
        """What has passages in a table."""

        def to_frame(self, table: str) -> pd.DataFrame:
            """The table of that name."""


class Passages(tuple[Passage, ...], Representable):  # noqa: SLOT001 - a tuple can have no slots for its reading
    """Passages of a reading, in the order in which they were asked for; a slice of them is one too.

    >>> from essay_explorer import open_reading
    >>> found = open_reading("her").passages(theme="trust", move="question")
    >>> print(found[:1])
    a03, paragraph 1: how anyone ever learns to trust another mind with it [trust, questions, question]
    >>> found.to_frame()[["passage", "paragraph", "trust"]].head(1).values.tolist()
    [['a03', 1, True]]
    """

    _reading: Framed

    def __new__(cls, passages: Iterable[Passage], reading: Framed) -> Self:
        """Some passages of a reading."""
        made = super().__new__(cls, passages)
        made._reading = reading
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self), self._reading

    @overload
    def __getitem__(self, at: SupportsIndex) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> Passages: ...
    def __getitem__(self, at: SupportsIndex | slice) -> Passage | Passages:
        kinds.check(kinds.PLACE, place=at)
        try:
            found = super().__getitem__(at)
        except IndexError as error:
            message = f"place {at}: there are {len(self)} here, and the first is 0"
            raise NoSuchPlaceError(message) from error
        return found if isinstance(found, Passage) else Passages(found, self._reading)

    def __str__(self) -> str:
        return "\n".join(map(str, self))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, ARG002, FBT001 - IPython's signature
        printer.text(str(self) or "No passage.")

    def to_frame(self) -> pd.DataFrame:
        """These passages as a pandas frame: their rows of `Reading.to_frame("annotations")`, numbered from 0."""
        frame = self._reading.to_frame("annotations").set_index("passage", drop=False)
        return frame.loc[[passage.id for passage in self]].reset_index(drop=True)
