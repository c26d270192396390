"""A measure: the numbers behind a chart, and what they say in words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from essay_explorer.anchoring.counting import WORD
from essay_explorer.measures.findings import listed, said
from essay_explorer.words import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from essay_explorer.core.essay import Essay
    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag

Row = TypeVar("Row", covariant=True)  # noqa: PLC0105 - a type's variable needs no "_co" to be read
NAMED = 3  # more equals than these are counted, not named
LETTERS_TITLED = 48  # of a passage that a title speaks of
LETTERS_QUOTED = 60  # of a passage or a sentence in a row


@dataclass(frozen=True)
class Measure(Generic[Row]):
    """The numbers behind a chart, and what they say in words.

    `title` tells the finding, `summary` what the chart shows and how to read it. `columns`:
    (field, heading) of the table with the same numbers; `values` has by field what a reader is told in place of some of
    its values. `rows` are frozen dataclasses of plain
    values; fields beyond the columns link a mark to the text: `tag`, `tags`, `passage`,
    `passages`, `paragraph`, and `from_` and `to`, the passages of a relation.
    """

    name: str
    label: str
    title: str
    summary: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


class StretchedMeasure(Measure[Row]):
    """A measure whose rows are stretches of paragraphs, `paragraph` to `last`: there is too much for a bar each."""


class Words:
    """The words of a text, by Unicode's rules, and which of them a stretch touches."""

    def __init__(self, text: str) -> None:
        spans = [word.span() for word in WORD.finditer(text)]
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def __len__(self) -> int:
        return len(self._starts)

    def touched(self, start: int, end: int) -> range:
        """The numbers, from 0, of the words that `[start, end)` touches; half a word is a word."""
        first = bisect_right(self._ends, start)
        return range(first, max(first, bisect_left(self._starts, end)) if start < end else first)


@lru_cache(maxsize=2)  # each measure of a reading asks for them
def words_of(text: str) -> Words:
    """The words of `text`."""
    return Words(text)


def paragraphs_of(essay: Essay) -> tuple[range, ...]:
    """The words of each paragraph."""
    words = words_of(essay.text)
    return tuple(words.touched(*paragraph) for paragraph in essay.paragraphs)


def in_words(field: str, names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The `values` of a measure: what a reader is told in place of a field's, where that is something else."""
    return {field: other} if (other := {value: name for value, name in names.items() if value != name}) else {}


def nothing_in(reading: Reading) -> str:
    """Why there is nothing to say about the themes of a reading; "" when there is."""
    themes = reading.codebook.tags_of("theme")
    if not themes:
        return said("no themes")
    if not reading.passages():
        return said("no passages")
    ids = {tag.id for tag in themes}
    if not any(ids.intersection(passage.tags) for passage in reading.passages()):
        return said("no theme used")
    return ""


def percent(part: int, whole: int) -> float:
    """`part` in a hundred of `whole`, to one decimal; 0 of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0


def clipped(text: str, most: int = LETTERS_QUOTED) -> str:
    """`text` on one line, or its first words and an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def opening(text: str) -> str:
    """`text` as the start of a sentence."""
    return text[:1].upper() + text[1:]


def inside(tag: Tag, essay: Essay) -> str:
    """A tag's label as it stands inside a sentence: "the ending critique", but "Theodore" and "AI".

    Only in English does a capital tell a name: a label keeps it where it holds another one, has
    aliases, or is a word that the essay writes with a capital inside its sentences, and never without.
    In a sentence of another language it stands as it is written.
    """
    if not language().startswith("en"):
        return tag.label
    label, low = tag.label, tag.label[:1].lower() + tag.label[1:]
    first = re.escape(label.split(" ", maxsplit=1)[0])
    if not re.match(r"en\b", essay.language or "en") or tag.aliases or low != label.lower():
        return label
    names_only = re.search(rf"(?<=[\w,;] ){first}\b", essay.text) and not re.search(rf"\b{first.lower()}\b", essay.text)
    return label if names_only and " " not in label else low


def themes(tags: Iterable[Tag], essay: Essay) -> str:
    """Tags as they stand together inside a sentence: their labels, or how many they are."""
    tags = list(tags)
    return listed(inside(tag, essay) for tag in tags) if len(tags) <= NAMED else said("themes", len(tags))
