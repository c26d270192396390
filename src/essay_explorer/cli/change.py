"""The commands that change a reading, or say what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essay_explorer.cli.terminal import say, say_first
from essay_explorer.core.fault import Fault, ReadingError, counted
from essay_explorer.files.decoding import exact_text
from essay_explorer.library.adding import folder_to_change
from essay_explorer.library.finding import folder_of
from essay_explorer.library.opening import open_quietly
from essay_explorer.library.summaries import growth, holdings

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer()


@app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Annotations from elsewhere: .jsonld, .json, .csv or .qdc.")
    ],
    *,
    into: Annotated[str, typer.Option(metavar="READING", help="The reading, one of your own, that they join.")],
) -> None:
    """Add what others say: Web Annotations, an export of Hypothesis, an annotations.csv, a REFI-QDA codebook."""
    from essay_explorer.core.reading import FILES, Reading
    from essay_explorer.exchange import KEPT, imported
    from essay_explorer.files.whole import write_whole
    from essay_explorer.formats.any_file import content_of

    folder = folder_to_change(into)
    texts = {name: exact_text(folder / name) for name in (*FILES, KEPT) if (folder / name).is_file()}
    found: list[Fault] = []
    made = imported(content_of(file), texts, file=file.name, report=found.append)
    added = growth(Reading.from_texts(texts), Reading.from_texts(made))
    for name, text in made.items():
        if texts.get(name) != text:
            write_whole(folder / name, text)
    say(*found)
    start = f"Added to {folder}: {added}" if added else f"Nothing new: all of it is in {folder}"
    say(f"{start} ({holdings(folder)})")


@app.command()
def update(path: Annotated[str, typer.Argument(metavar="READING", help="A reading's folder or name.")]) -> None:
    """Re-anchor the annotations after the essay was edited: exact, moved, changed or lost."""
    from essay_explorer.library.updating import update as update_folder

    say(*update_folder(folder_to_change(path)))


@app.command()
def check(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A reading's folder or name.")],
    *,
    every: Annotated[bool, typer.Option("--all", help="Tell every fault, however many there are.")] = False,
) -> None:
    """Tell the faults of a reading; the exit code is 1 when there are any."""
    folder = folder_of(path)
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


def _say_faults(faults: Sequence[Fault], *, every: bool) -> None:
    if every:
        say(*faults)
    else:
        say_first(faults, others="All of them: add --all")
