"""Faults of a reading's files that have one certain remedy: mended, and shown as a diff before that."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

from essay_explorer.anchoring.reanchoring import reanchor
from essay_explorer.anchoring.search import all_occurrences
from essay_explorer.core.annotation import ANNOTATIONS, KINDS, RELATIONS
from essay_explorer.core.fault import ReadingError
from essay_explorer.core.names import COLUMNS
from essay_explorer.core.reading import FILES, Reading
from essay_explorer.core.tour import COLUMNS as TOUR_COLUMNS
from essay_explorer.core.tour import TOUR
from essay_explorer.files.csv_files import RELATION_COLUMNS
from essay_explorer.files.csv_text import CsvText
from essay_explorer.files.reading_files import changing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from essay_explorer.core.codebook import Codebook

    Remedy = Callable[[str], str]  # of a cell; what it says where nothing is to be mended

ANCHOR = ("quote", "prefix", "suffix")


def fix(folder: Path, agreed: Callable[[str], bool]) -> bool:
    """Mend what is certain in the files of the reading in a folder; whether that was done.

    `agreed`: is shown the diff of what is to change, and says yes or no; it is not asked where there is nothing. What
    was changed while it was asked stays as it is, and a ReadingError says so.
    """
    with changing(folder) as files:
        texts = files.texts(FILES)
    made = fixed(texts)
    if not made or not agreed(diff(texts, made)):
        return False
    with changing(folder) as files:
        if files.texts(FILES) != texts:
            message = f"The files in {folder} were changed meanwhile. Nothing was written; run this again"
            raise ReadingError(message)
        files.replace(made)
    return True


def fixed(texts: Mapping[str, str]) -> dict[str, str]:
    """The files that change where all that is certain is mended, by name.

    Certain is: a name of a column, a tag, a verb or a passage that differs from one that is known by capitals and white
    space alone, a tag's label in the place of its id, and a quote that differs from the one place that is like it by
    quotation marks, hyphens, capitals and white space.
    """
    made = dict(texts)
    book = Reading.from_texts(texts).codebook
    if ANNOTATIONS in made:
        made[ANNOTATIONS] = _mended(made[ANNOTATIONS], (*COLUMNS, *_remedies(book)), _remedies(book))
        made[ANNOTATIONS] = _with_quotes(made)
    ids = [entry.id for entry in Reading.from_texts(made).annotations]
    if RELATIONS in made:
        ends: dict[str, Remedy] = {"from": _one_of(ids), "relation": _one_of(KINDS), "to": _one_of(ids)}
        made[RELATIONS] = _mended(made[RELATIONS], RELATION_COLUMNS, ends)
    if TOUR in made:
        made[TOUR] = _mended(made[TOUR], TOUR_COLUMNS, {"at": _one_of(ids)})
    return {file: text for file, text in made.items() if text != texts[file]}


def diff(texts: Mapping[str, str], made: Mapping[str, str]) -> str:
    """What changes, line by line."""
    lines: list[str] = []
    for file, text in made.items():
        lines += unified_diff(texts[file].splitlines(), text.splitlines(), file, file, n=0, lineterm="")
    return "\n".join(lines)


def _remedies(book: Codebook) -> dict[str, Remedy]:
    """How cells of tags are mended, by the facets that name their columns."""
    return {facet.id: _tags([(tag.id, tag.label) for tag in facet.tags]) for facet in book.facets}


def _tags(known: Collection[tuple[str, str]]) -> Remedy:
    ids = {tag for tag, _ in known}
    by_id, by_label = _folded(ids), _folded(label for _, label in known)
    of_label = {label: tag for tag, label in known}

    def name(said: str) -> str:
        key = _key(said)
        return said if said in ids else by_id.get(key) or of_label.get(by_label.get(key, ""), said)

    def cell(said: str) -> str:
        names = [one.strip() for one in said.split(";")]
        mended = [name(one) for one in names]
        return said if mended == names else ";".join(mended)

    return cell


def _one_of(known: Iterable[str]) -> Remedy:
    names = set(known)
    folded = _folded(names)
    return lambda said: said if said in names else folded.get(_key(said), said)


def _folded(names: Iterable[str]) -> dict[str, str]:
    """The names by what capitals and white space leave of them; those that are alike then are left out."""
    made: dict[str, str] = {}
    alike = set()
    for name in names:
        alike |= {_key(name)} & set(made)
        made[_key(name)] = name
    return {key: name for key, name in made.items() if key not in alike}


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _mended(source: str, columns: Collection[str], remedies: Mapping[str, Remedy]) -> str:
    """A table with the names of its columns, and cells of some of them, mended."""
    table = CsvText(source, columns)
    column = _one_of(columns)
    for name in [one for one in table.header if one and column(one) not in table.header]:
        table.rename(name, column(name))
    for name, remedy in remedies.items():
        for row in range(1, len(table)) if name in table.header else ():
            said = table.cell(row, name)
            if said and (mended := remedy(said)) != said:
                table.put(row, name, mended)
    return str(table)


def _with_quotes(texts: Mapping[str, str]) -> str:
    """The table of annotations in which quotes have the letters of the text, where there is but one place for each."""
    reading = Reading.from_texts(texts)
    text, source = reading.essay.text, texts[ANNOTATIONS]
    lost = [
        entry
        for entry, places in zip(
            reading.annotations, all_occurrences(text, (one.anchor for one in reading.annotations)), strict=True
        )
        if not places and entry.row
    ]
    table = CsvText(source, (*COLUMNS, *(facet.id for facet in reading.codebook.facets)))
    for entry, move in zip(lost, reanchor(text, (one.anchor for one in lost)), strict=True):
        if move.certain:
            for name, value in _filled(zip(ANCHOR, move.anchored, strict=True), table):
                table.put(entry.row - 1, name, value)
    return str(table)


def _filled(cells: Iterable[tuple[str, str]], table: CsvText) -> Iterator[tuple[str, str]]:
    """The cells, with a column for each that has something to say."""
    beside = "quote"
    for name, value in cells:
        if value and name not in table.header:
            table.add_column(name, after=beside)
        if name in table.header:
            beside = name
            yield name, value
