"""What becomes of annotations from elsewhere that join a reading of one's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from essay_explorer.anchoring.quotes import Quote
from essay_explorer.anchoring.search import all_occurrences
from essay_explorer.core import kinds
from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.fault import ReadingError, shown
from essay_explorer.core.move_summary import counts
from essay_explorer.core.prose import Prose
from essay_explorer.core.reading import Reading
from essay_explorer.exchange import Joined, Origin, OtherEssayError, holds_relations, joined
from essay_explorer.files.limits import bytes_of
from essay_explorer.files.reading_files import changing
from essay_explorer.library.adding import folder_to_change
from essay_explorer.library.authors import authors_of
from essay_explorer.library.finding import folder_of, names, own_names
from essay_explorer.library.opening import open_quietly
from essay_explorer.library.summaries import additions

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from essay_explorer.anchoring.moves import State
    from essay_explorer.core.fault import Fault
    from essay_explorer.exchange import Author


@dataclass(frozen=True, slots=True)
class Imported:
    """A reading that annotations have joined.

    `added`: what it has more of than before, e.g. "2 annotations, 1 tag"; "" for nothing.
    `replaced`: how many annotations took the place of what the same person said before.
    `states`: of the quotes of the files, whether they are "exact", "moved", "changed" or "lost" here.
    `faults`: what of the files was not clear, or has no place here.
    """

    folder: Path
    reading: Reading
    added: str
    replaced: int = 0
    states: tuple[State, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def counts(self) -> str:
        """How many quotes are exact, moved, changed and lost; "" where all are exact."""
        return "" if set(self.states) <= {"exact"} else counts(self.states)


def import_annotations(*files: str | os.PathLike[str], into: str, by: str = "", source: str = "") -> Imported:
    r"""Add what files say to a reading of one's own, all of it or nothing.

    `files`: Web Annotations (.jsonld, .json), exports of Hypothesis (.json, .csv), an annotations.csv and
    its relations.csv, REFI-QDA (.qdc, .qdpx). `into`: the reading's name or its folder. `by`: who made
    the annotations that name nobody; else the names of tables say so, as those of a class's files do.
    `source`: which of the texts of a .qdpx is meant. What the same person said before of a passage is
    replaced; nothing else that the reading has is changed. Raises ReadingError for a file that cannot be
    read or does not belong to this reading.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from essay_explorer import Essay, Reading, import_annotations
    >>> saved = Reading(Essay("Trust is chosen.")).with_tag("theme", id="trust").save("imported-example")
    >>> with TemporaryDirectory() as folder:
    ...     rows = Path(folder, "annotations.csv")
    ...     _ = rows.write_text("id,quote,theme\nx1,Trust is chosen,trust\n", encoding="utf-8")
    ...     added = import_annotations(rows, into="imported-example", by="Ada")
    """
    for file in files:
        kinds.check(kinds.PATH, file=file)
    kinds.check(kinds.PATH, into=into)
    kinds.check(kinds.TEXT, by=by, source=source)
    folder = folder_to_change(into)
    contents = {Path(file): bytes_of(Path(file)) for file in files}
    faults: list[Fault] = []
    with changing(folder) as changed:
        before = changed.texts()
        authors = authors_of(list(contents), by=by, not_names=(folder.name, _title(before)))
        origins = [Origin(file.name, author, source=source) for file, author in zip(contents, authors, strict=True)]
        made = _all_joined(list(zip(contents.values(), origins, strict=True)), before, faults)
        after = made[-1].texts if made else before
        reading = Reading.from_texts(after, name=folder.name)
        changed.replace(after)
    added = additions(Reading.from_texts(before), reading) if after != before else ""
    replaced = sum(one.replaced for one in made)
    states = tuple(state for one in made for state in one.states)
    return Imported(folder, reading, added, replaced, states, tuple(faults))


def _title(texts: Mapping[str, str]) -> str:
    return Prose.from_inline(Reading.from_texts({ESSAY: texts.get(ESSAY, "")}).essay.title).text


def _all_joined(files: Sequence[tuple[bytes, Origin]], before: Mapping[str, str], faults: list[Fault]) -> list[Joined]:
    """What each file makes of the files of the reading, one after another; relations come last, their ids known."""
    made: list[Joined] = []
    ids: dict[Author | None, dict[str, str]] = {}
    texts = before
    for content, origin in sorted(files, key=lambda one: holds_relations(one[0], one[1].file)):
        known = ids.get(origin.by) or (next(iter(ids.values())) if len(ids) == 1 else {})
        try:
            made.append(joined(content, texts, replace(origin, ids=known), report=faults.append))
        except OtherEssayError as error:
            raise _named(error) from error
        ids.setdefault(origin.by, {}).update(made[-1].ids)
        texts = made[-1].texts
    return made


def _named(error: OtherEssayError) -> ReadingError:
    """The same error, with the essay of the library in which most of the quotes are."""
    for name in dict.fromkeys([*own_names(), *names()]):
        try:
            essay = open_quietly(folder_of(name)).essay
        except (ReadingError, OSError):
            continue
        if 2 * _standing(essay.text, error.quotes) > len(error.quotes):
            title = shown(Prose.from_inline(essay.title).text)
            message = f"{error}. They are in {title}: use --into {name}"
            return ReadingError(message, error.faults)
    return error


def _standing(text: str, quotes: Iterable[str]) -> int:
    """How many of the quotes stand in the text."""
    return sum(map(bool, all_occurrences(text, map(Quote, quotes))))
