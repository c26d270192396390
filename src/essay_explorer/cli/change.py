"""The commands that change a reading, or say what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essay_explorer.cli.terminal import say, say_first
from essay_explorer.core.fault import Fault, ReadingError, counted
from essay_explorer.library.adding import folder_to_change
from essay_explorer.library.finding import folder_of
from essay_explorer.library.opening import open_quietly
from essay_explorer.library.summaries import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer()


@app.command("import")
def import_file(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Annotations from elsewhere: .jsonld, .json, .csv, .qdc, .qdpx."),
    ],
    *,
    into: Annotated[str, typer.Option(metavar="READING", help="The reading of your own to add them to.")],
    by: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="Who made the annotations that name nobody; otherwise a .csv file's name says who."
        ),
    ] = "",
    source: Annotated[str, typer.Option(metavar="NAME", help="Of several texts in a .qdpx: the one to take.")] = "",
) -> None:
    """Add other people's annotations: annotations.csv, Web Annotations, Hypothesis, Taguette, REFI-QDA."""
    from essay_explorer.library.importing import import_annotations

    made = import_annotations(*files, into=into, by=by, source=source)
    say(*filter(None, (made.counts,)), *made.faults)
    parts = [f"Added to {made.folder}: {made.added}"] if made.added else []
    parts += [f"{counted(made.replaced, 'annotation')} replaced"] if made.replaced else []
    start = ", ".join(parts) or f"Nothing new: all of it is in {made.folder}"
    say(f"{start} ({summary(made.reading)})")


@app.command()
def update(
    path: Annotated[str, typer.Argument(metavar="READING", help="A reading's folder or name.")],
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="The revised essay, in any format that `open` reads.")
    ] = None,
) -> None:
    """Find each annotation's place again after the essay was edited: exact, moved, changed or lost."""
    from essay_explorer.library.updating import update as update_folder

    say(*update_folder(folder_to_change(path), file))


@app.command()
def check(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A reading's folder or name.")],
    *,
    every: Annotated[bool, typer.Option("--all", help="List every fault, however many there are.")] = False,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Settle what is certain: quotation marks, capitals, white space, a label in place of an id."
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --fix: write it without asking.")] = False,
) -> None:
    """List the faults of a reading; the exit code is 1 if there are any."""
    folder = folder_of(path)
    if fix:
        _fix(folder_to_change(path), yes=yes)
    try:
        reading = open_quietly(folder)
    except ReadingError as error:
        _say_faults(error.faults, every=every)
        say(f"The reading in {folder} cannot be opened.")
        raise typer.Exit(1) from None
    _say_faults(reading.faults, every=every)
    found = ", ".join(
        (
            counted(len(reading.essay.paragraphs), "paragraph"),
            counted(len(reading.annotations), "annotation"),
            counted(len(reading.relations), "relation"),
        )
    )
    if reading.faults:
        say(f"{counted(len(reading.faults), 'fault')} in {folder} ({found})")
        raise typer.Exit(1)
    say(f"No faults in {folder}: {found}")


def _fix(folder: Path, *, yes: bool) -> None:
    """Show what can be settled for certain, and write it where that is agreed to."""
    from essay_explorer.library.fixing import fix

    def agreed(diff: str) -> bool:
        say(*diff.splitlines())
        return yes or typer.confirm("Write this?", default=False)

    say("Written." if fix(folder, agreed) else "Nothing was written.")


def _say_faults(faults: Sequence[Fault], *, every: bool) -> None:
    if every:
        say(*faults)
    else:
        say_first(faults, others="To see all of them, add --all")
