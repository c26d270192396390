"""What a teacher gets of a class's hand-ins: a page about it, a sheet for each pupil, tables, and its layer."""

from __future__ import annotations

import csv
import io
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from essay_explorer.core.fault import ReadingWarning
from essay_explorer.core.formulas import shielded
from essay_explorer.core.prose import Prose
from essay_explorer.files.whole import write_whole
from essay_explorer.library.adding import name_for
from essay_explorer.marks.agreement import agreement
from essay_explorer.marks.class_layer import ClassLayer
from essay_explorer.marks.gradebook import BOM, Row, to_canvas, to_moodle
from essay_explorer.marks.placement import placed
from essay_explorer.marks.sheet import Sheet
from essay_explorer.page.document import HERE, ICON
from essay_explorer.page.templates import own, render
from essay_explorer.paper.sheet import sheet_pdf

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from essay_explorer.core.reading import Reading
    from essay_explorer.library.collecting import Collected
    from essay_explorer.marks.class_layer import Share
    from essay_explorer.marks.gradebook import Pupil
    from essay_explorer.marks.hand_in import Clock
    from essay_explorer.marks.mark_file import MarkFile
    from essay_explorer.marks.task import Task

SHEETS = "sheets"
MOST_SPLIT = 5  # sentences to talk about
COLUMNS = ("sentence", "paragraph", "text", "tag", "label", "count", "answers", "share", "class", "reading")


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a class. `missing`: the names of those from whom nothing came in."""

    reading: Reading
    collected: Collected
    layer: ClassLayer
    rows: tuple[Row, ...]
    sheets: tuple[Sheet, ...]
    themes: tuple[str, ...]

    @classmethod
    def of(cls, collected: Collected, reading: Reading, task: Task, *, clock: Clock) -> Results:
        """What the hand-ins make. `task`: what was asked for; it judges nothing, it counts."""
        hand_ins = collected.hand_ins
        reading = with_tags_only(reading, task.tags)
        readings = [placed(one.kept.marks, reading).reading for one in hand_ins]
        layer = ClassLayer.of(readings, reading, only=task.tags)
        sheets = tuple(Sheet.of(one, reading, layer, done=task.done(one.kept.marks)) for one in hand_ins)
        themes = tuple(_agreed(readings, task)) if len(readings) > 1 else ()
        rows = tuple(_row(one, task, clock) for one in hand_ins)
        return cls(reading, collected, layer, rows, sheets, themes)

    def write(self, folder: Path, *, pdf: bool = True) -> tuple[Path, ...]:
        """Write all into a folder; the paths of the files, but for the sheets only that of their folder."""
        (folder / SHEETS).mkdir(parents=True, exist_ok=True)
        title = Prose.from_inline(self.reading.essay.title).text
        missing = tuple(map(_missing_row, self.collected.missing))
        names = list(_file_names(sheet.person for sheet in self.sheets))
        files = {
            "class.html": self._page(title, names),
            "class-layer.json": self.layer.to_marks(self.reading).to_json(),
            "class.csv": shares_to_csv(self.layer.shares),
            "differences.csv": shares_to_csv(self.layer.differences()),
            "gradebook-moodle.csv": to_moodle((*self.rows, *missing)),
            "gradebook-canvas.csv": to_canvas((*self.rows, *missing), title),
        }
        for name, text in files.items():
            write_whole(folder / name, text)
        for name, sheet in zip(names, self.sheets, strict=True):
            write_whole(folder / SHEETS / f"{name}.html", sheet_html(sheet, self.reading.essay.language))
            if pdf:
                write_whole(folder / SHEETS / f"{name}.pdf", _pdf_of(sheet, self.reading.essay.language))
        return (*(folder / name for name in files), folder / SHEETS)

    def _page(self, title: str, names: Sequence[str]) -> str:
        people = [(row, f"{SHEETS}/{name}.html") for row, name in zip(self.rows, names, strict=True)]
        split = self.layer.most_split(MOST_SPLIT)
        head = {"title": title, "language": self.reading.essay.language, "icon": ICON, "style": _style()}
        return str(
            render(
                "class",
                **head,
                summary=self.collected.summary(),
                answers=self.layer.answers,
                people=people,
                missing=[pupil.name for pupil in self.collected.missing],
                said=[one.said() for one in self.collected.said],
                themes=self.themes,
                split=split,
                differences=self.layer.differences(),
            )
        )


def sheet_html(sheet: Sheet, language: str) -> str:
    """The sheet of a pupil as a page that needs nothing else."""
    return str(render("sheet", sheet=sheet, language=language, icon=ICON, style=_style()))


def shares_to_csv(shares: Iterable[Share]) -> str:
    """A table of shares, a row for each sentence and tag, as spreadsheets read it."""
    made = io.StringIO()
    rows = (_cells(share) for share in shares)
    csv.writer(made, lineterminator="\r\n").writerows([shielded(cell) for cell in row] for row in (COLUMNS, *rows))
    return BOM + made.getvalue()


def _cells(share: Share) -> tuple[str, ...]:
    numbers = str(share.count), str(share.answers), f"{share.share:.2f}"
    return (
        *(str(share.sentence), str(share.paragraph), share.text, share.tag.id, share.tag.label),
        *(*numbers, share.kind, "yes" if share.reading else "no"),
    )


def with_tags_only(reading: Reading, tags: Collection[str]) -> Reading:
    """The reading with what it says of these tags alone; without any, as it is."""
    if not tags:
        return reading
    kept = (replace(one, tags=tuple(tag for tag in one.tags if tag in tags)) for one in reading.annotations)
    return replace(reading, annotations=tuple(one for one in kept if one.tags), relations=(), tour=())


def _agreed(readings: Sequence[Reading], task: Task) -> Iterator[str]:
    """How far they agree on each tag that was asked for, or that anybody used."""
    for found in agreement(readings).tags:
        if found.tag in task.tags or (found.given and not task.tags):
            yield str(found)


def _missing_row(pupil: Pupil) -> Row:
    return Row(pupil.name, next(iter(pupil.accounts), ""), 0, 0, "", late=False, done="")


def _row(made: MarkFile, task: Task, clock: Clock) -> Row:
    marks = made.kept.marks
    when = made.handed_in.replace("T", " ")[:16]
    reasons = sum(bool(mark.reason) for mark in marks)
    late = clock.is_late(made, task.due)
    return Row(made.person, made.account, len(marks), reasons, when or "yes", late, task.done(marks))


def _file_names(people: Iterable[str]) -> Iterable[str]:
    """A name for the files of each person; two of one name get two."""
    taken: set[str] = set()
    for person in people:
        stem, number = name_for(person), 1
        while (name := stem if number == 1 else f"{stem}-{number}") in taken:
            number += 1
        taken.add(name)
        yield name


def _pdf_of(sheet: Sheet, language: str) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReadingWarning)  # of thirty sheets each would say what no font has
        return sheet_pdf(sheet, language)


def _style() -> object:
    return own((HERE / "page.css").read_text(encoding="utf-8") + (HERE / "results.css").read_text(encoding="utf-8"))
