"""A reading made of a table of its annotations: the way back from `Reading.to_frame("annotations")`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.quotes import exact_occurrences, unbroken
from essay_explorer.anchoring.segments import Span
from essay_explorer.anchoring.surroundings import shortest_surroundings
from essay_explorer.core import kinds
from essay_explorer.core.annotation import Annotation
from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import instead_of
from essay_explorer.core.reading import Reading
from essay_explorer.core.revision import with_tag
from essay_explorer.measures.frames import COLUMNS, PARTED, tag_columns

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]  # pandas tells no types

BOOK = kinds.Kind("a Codebook", lambda value: value is None or isinstance(value, Codebook))
TEXTS = ("note", "creator", "created")


def reading_from_frame(text: str | Essay, frame: pd.DataFrame, codebook: Codebook | None) -> Reading:
    """`Reading.from_frame`."""
    if not isinstance(text, Essay):
        kinds.check(kinds.TEXT, text=text)
    kinds.check(kinds.FRAME, frame=frame)
    essay = text if isinstance(text, Essay) else Essay.from_markdown(text)
    if "quote" not in frame:
        known = ", ".join(map(str, frame.columns)) or "none"
        message = f"the frame has no column `quote`, which holds the words of each passage. Its columns: {known}"
        raise ArgumentValueError(message)
    kinds.check(BOOK, codebook=codebook)
    book = codebook or _codebook_of(frame)
    columns = tag_columns(book)
    unknown = [name for name in _tag_names(frame) if name not in columns.values()]
    if unknown:
        message = f'column "{unknown[0]}" is no tag of the codebook. {instead_of(unknown[0], columns.values())}'
        raise ArgumentValueError(message)
    rows = frame.to_dict("records")
    entries = tuple(_annotation(essay, columns, row, number) for number, row in enumerate(rows, 1))
    rows_of: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        if rows_of.setdefault(entry.id, number) != number:
            message = (
                f"rows {rows_of[entry.id]} and {number} of the frame have the same id, {entry.id}. Give one another"
            )
            raise ArgumentValueError(message)
    return _without_named(Reading(essay, book, entries))


def _tag_names(frame: pd.DataFrame) -> list[str]:
    """The columns of yes or no, each of which is a tag."""
    return [
        str(name) for name, kind in frame.dtypes.items() if str(kind) in {"bool", "boolean"} and name not in COLUMNS
    ]


def _codebook_of(frame: pd.DataFrame) -> Codebook:
    """A codebook with a theme for each column of yes or no."""
    book = Codebook()
    for name in _tag_names(frame):
        book = with_tag(book, "theme", {"id": name})
    return book


def _annotation(essay: Essay, columns: dict[str, str], row: dict[str, Any], number: int) -> Annotation:
    known = {name: "" if _is_missing(value) else value for name, value in row.items()}
    _check_cells(columns, known, number)
    quote = str(known["quote"])
    prefix, suffix = _surroundings(essay.text, quote, known)
    tags = tuple(_in_order(columns, known))
    note, creator, created = (str(known.get(name, "")) for name in TEXTS)
    return Annotation(str(known.get("passage") or f"a{number}"), quote, prefix, suffix, tags, note, creator, created)


def _check_cells(columns: dict[str, str], row: dict[str, Any], number: int) -> None:
    """Raise ValueError for a cell that says neither yes nor no, and for a place that is no number."""
    said = {"start": row.get("start", "")} | {name: row[name] for name in columns.values() if name in row}
    for name, value in said.items():
        numeric = isinstance(value, int | float) or kinds.WHOLE.fits(value) or kinds.YES_OR_NO.fits(value)
        whole = value == "" or (numeric and value == int(value))
        if not whole or (name != "start" and value not in {"", 0, 1}):
            expected = "a whole number" if name == "start" else "True or False"
            message = f"row {number} of the frame, {name}: expected {expected}, found {value!r:.80}"
            raise ArgumentValueError(message)


def _in_order(columns: dict[str, str], row: dict[str, Any]) -> list[str]:
    """The tags that a row says yes to, in the order of its cell `tags` where it has one."""
    said = {name: at for at, name in enumerate(str(row.get("tags", "")).split(PARTED))}
    carried = (tag for tag, column in columns.items() if row.get(column) not in {"", False, None})
    return sorted(carried, key=lambda tag: said.get(tag, len(said)))


def _is_missing(value: object) -> bool:
    return value is None or str(value) in {"nan", "<NA>", "NaT"}


def _surroundings(text: str, quote: str, row: dict[str, Any]) -> tuple[str, str]:
    """What tells the place of a quote: as the frame has it, or as `start` shows it."""
    if row.get("prefix") or row.get("suffix") or row.get("start", "") == "":
        return str(row.get("prefix", "")), str(row.get("suffix", ""))
    plain, (start, end) = unbroken(text), (int(row["start"]), int(row["start"]) + len(quote))
    places = exact_occurrences(plain, unbroken(quote))
    here = Span(start, end)
    return (shortest_surroundings(plain, here, places) or ("", "")) if here in places else ("", "")


def _without_named(reading: Reading) -> Reading:
    """The reading whose annotations leave out the tags that names in their passages bring."""
    aliased = {tag.id for tag in reading.codebook.tags.values() if tag.aliases}
    bare = replace(reading, annotations=tuple(_less(entry, aliased) for entry in reading.annotations))
    named = {passage.id: aliased.intersection(passage.tags) for passage in bare.passages()}
    return replace(reading, annotations=tuple(_less(one, named.get(one.id, set())) for one in reading.annotations))


def _less(entry: Annotation, tags: set[str]) -> Annotation:
    return replace(entry, tags=tuple(tag for tag in entry.tags if tag not in tags))
