"""The commands for homework: a page to hand out, and what comes back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essay_explorer.cli.arguments import Lang, Name, check_end
from essay_explorer.cli.terminal import plain, say, say_first
from essay_explorer.core.fault import Fault, refuse
from essay_explorer.library.opening import open_reading
from essay_explorer.words import settle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.core.codebook import Codebook
    from essay_explorer.library.collecting import Collected
    from essay_explorer.marks.task import Task

MOST_ASKED = 100
Due = Annotated[str, typer.Option(metavar="DATE", help="Until when: 2026-12-09, or with a time, 2026-12-09 18:00.")]
Marks = Annotated[int, typer.Option(min=0, max=MOST_ASKED, help="How many marks are asked for.")]
Reasons = Annotated[int, typer.Option(min=0, max=MOST_ASKED, help="How many of them with a reason.")]
app = typer.Typer()


@app.command()
def assign(
    reading: Name = None,
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The .html file to write, for Moodle, Canvas or a mail.")],
    due: Due = "",
    marks: Marks = 6,
    reasons: Annotated[
        int | None, typer.Option(min=0, max=MOST_ASKED, help="How many of them with a reason; by default 3, or each.")
    ] = None,
    tags: Annotated[str, typer.Option(metavar="TAG,TAG", help="The tags to use; by default all themes.")] = "",
    blind: Annotated[bool, typer.Option("--blind", help="Without the reading's own annotations in the file.")] = False,
    round_: Annotated[
        int, typer.Option("--pass", min=1, max=9, help="Which pass it is: in the second, pupils revise their marks.")
    ] = 1,
    lang: Lang = None,
) -> None:
    """Write a page for homework: pupils mark the text, say why, and hand in a file; no server is needed."""
    from essay_explorer.page.homework import write_assignment

    settle(lang)
    check_end(to, ".html", ".htm")
    opened = open_reading(reading)
    task = _task(due, marks, min(3, marks or 3) if reasons is None else reasons)
    task = replace(task, tags=_known(tags, opened.codebook), blind=blind, round=round_)
    write_assignment(opened, task, to)
    say(f"Wrote {to}. Give it to your class. What they hand in: essay-explorer collect FILES --into {opened.name}")


@app.command()
def collect(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="What pupils handed in, the .zip of Moodle or Canvas, or a folder."),
    ],
    *,
    into: Annotated[str, typer.Option(metavar="READING", help="The reading that they marked.")],
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the results go; by default READING-class.")
    ] = None,
    names: Annotated[
        Path | None,
        typer.Option(
            "--class", metavar="FILE", help="Who is in the class: a name a line, or a table of Moodle or Canvas."
        ),
    ] = None,
    due: Due = "",
    marks: Marks = 0,
    reasons: Reasons = 0,
    pdf: Annotated[bool, typer.Option(help="A sheet for each pupil as PDF too.")] = True,
    lang: Lang = None,
) -> None:
    """Take in what a class handed in: who is in, what the class sees, where it differs, a sheet for each pupil."""
    from essay_explorer.files.decoding import certain_text
    from essay_explorer.files.limits import bytes_of
    from essay_explorer.library.collecting import collect as collected_in
    from essay_explorer.marks.gradebook import pupils_in
    from essay_explorer.marks.hand_in import Clock
    from essay_explorer.page.results import Results

    settle(lang)
    opened = open_reading(into)
    folder = to or Path(f"{opened.name}-class")
    if folder.exists() and not folder.is_dir():
        refuse(Fault(str(folder), "is a file; expected a folder for the results. Name another with --to"))
    task, clock = _task(due, marks, reasons), Clock(datetime.now(UTC))
    pupils = pupils_in(certain_text(bytes_of(names), names.name, advice="Save the table as CSV")) if names else ()
    made = collected_in(files, opened, folder, clock=clock, due=task.due, pupils=pupils)
    say_first(made.said, others=f"All of them are in {folder / 'class.html'}")
    Results.of(made, opened, _asked(task, made), clock=clock).write(folder, pdf=pdf)
    say(f"{made}")
    say(f"The class, and a sheet for each pupil: {folder / 'class.html'}")
    if not made.hand_ins:
        raise typer.Exit(1)


def _task(due: str, marks: int, reasons: int) -> Task:
    from essay_explorer.marks.task import Task, due_from

    if 0 < marks < reasons:
        message = f"{reasons} reasons for {marks} marks: each mark has one. Ask for fewer, or for more with --marks"
        raise typer.BadParameter(message, param_hint="--reasons")
    try:
        return Task(marks, reasons, due=due_from(due, None) if due else "")
    except ValueError as error:
        raise typer.BadParameter(plain(str(error)), param_hint="--due") from None


def _asked(task: Task, made: Collected) -> Task:
    """What was asked for: as the teacher says now, else as most of the files say."""
    given = Counter(one.task for one in made.hand_ins)
    most = given.most_common(1)[0][0] if given else task
    return replace(most, marks=task.marks or most.marks, reasons=task.reasons or most.reasons, due=task.due or most.due)


def _known(tags: str, book: Codebook) -> tuple[str, ...]:
    """The ids of tags parted by commas."""
    named: Iterable[str] = filter(None, (tag.strip() for tag in tags.split(",")))
    try:
        return tuple(dict.fromkeys(book.known_tags(list(named))))
    except ValueError as error:
        raise typer.BadParameter(plain(str(error)), param_hint="--tags") from None
