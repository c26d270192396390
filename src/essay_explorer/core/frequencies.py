"""Words by how often they stand in an essay, or in the passages of a theme, and how much they tell of that theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from essay_explorer.core.found import Found

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]  # pandas tells no types

LISTED = 20  # words that are printed; the frame has all


@dataclass(frozen=True, slots=True)
class Frequency:
    """A word, in lower case.

    `count`: how often it stands in the passages asked for, or in the essay. `in_essay`: in all of it. `per_thousand`:
    the count in a thousand words of the passages, function words among them. `tf_idf`: how much the word tells of the
    tag that was asked for beside the others of its facet; None where more than one tag was, or none.
    """

    word: str
    count: int
    in_essay: int
    per_thousand: float
    tf_idf: float | None = None


class Frequencies(Found[Frequency]):
    """Words, those that are most frequent first; with a tag, those that tell most of it first."""

    __slots__ = ()

    def __str__(self) -> str:
        rest = [f"and {len(self) - LISTED} more"] if len(self) > LISTED else []
        return "\n".join([f"{one.count:>5}  {one.word}" for one in self[:LISTED]] + rest)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, ARG002, FBT001 - IPython's signature
        printer.text(str(self) or "No words.")

    @property
    def is_weighted(self) -> bool:
        """Whether they tell how much each word says of a tag."""
        return any(one.tf_idf is not None for one in self)

    def to_frame(self) -> pd.DataFrame:
        """The words as a pandas frame: word, count, in_essay, per_thousand, tf_idf."""
        import pandas as pd  # noqa: PLC0415 - the words need none, and it takes half a second

        columns = {
            "word": "string",
            "count": "Int64",
            "in_essay": "Int64",
            "per_thousand": "Float64",
            "tf_idf": "Float64",
        }
        return pd.DataFrame(
            {name: pd.array([getattr(one, name) for one in self], dtype=kind) for name, kind in columns.items()}
        )
