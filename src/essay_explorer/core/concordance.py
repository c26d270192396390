"""A concordance: each place of words in an essay, with what stands before and after it (keyword in context)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from essay_explorer.core.found import Found

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]  # pandas tells no types


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """A place: the words found, and the letters before and after them in their paragraph.

    `start` and `end`: in code points of `Essay.text`. `paragraph` and `sentence`: their numbers from 1. `passages`: the
    ids of those in which the place lies from end to end.
    """

    left: str
    found: str
    right: str
    paragraph: int
    sentence: int
    start: int
    end: int
    passages: tuple[str, ...] = ()


class Concordance(Found[ConcordanceLine]):
    """The places of words in text order, which a notebook shows one under the other."""

    __slots__ = ()

    def __str__(self) -> str:
        width = max((len(line.left) for line in self), default=0)
        return "\n".join(f"{line.left:>{width}}[{line.found}]{line.right}" for line in self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, ARG002, FBT001 - IPython's signature
        printer.text(str(self) or "Not found.")

    def to_frame(self) -> pd.DataFrame:
        """The places as a pandas frame, a column for each of what a line has; `passages` are parted by `;`."""
        import pandas as pd  # noqa: PLC0415 - the places need none, and it takes half a second

        texts = {
            name: pd.array([getattr(line, name) for line in self], "string") for name in ("left", "found", "right")
        }
        numbers = {
            name: pd.array([getattr(line, name) for line in self], "Int64")
            for name in ("paragraph", "sentence", "start", "end")
        }
        passages = {"passages": pd.array([";".join(line.passages) for line in self], "string")}
        return pd.DataFrame(texts | numbers | passages)
