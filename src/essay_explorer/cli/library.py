"""The commands on the library: make, list, rename and remove readings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essay_explorer.cli.arguments import OwnName
from essay_explorer.cli.terminal import say
from essay_explorer.core.fault import ReadingError
from essay_explorer.library.finding import folder_of, names, names_without_essay, own_library, own_names, unopened_names
from essay_explorer.library.summaries import describe, summary

if TYPE_CHECKING:
    from essay_explorer.core.reading import Reading

app = typer.Typer()


@app.command("open")
def open_file(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="An essay: .txt, .md, .html, .docx, .odt, .epub or .rtf. "
            "Or a reading: its folder, a .zip of the folder, or its .html export.",
        ),
    ],
    *,
    name: Annotated[str | None, typer.Option(help="What to call the reading; by default the file's name.")] = None,
    sealed: Annotated[
        Path | None, typer.Option("--with", metavar="SEALED", help="The sealed annotations of this text.")
    ] = None,
    clean: Annotated[bool, typer.Option("--clean", help="Leave out a web page's menus and notices.")] = False,
) -> None:
    """Make a reading of your own from an essay, or from your copy of a text that has sealed annotations."""
    from essay_explorer.library.adding import add
    from essay_explorer.library.new_reading import opened

    sets = None
    if sealed:
        from essay_explorer.files.limits import bytes_of
        from essay_explorer.sealed.sealed_set import Sealed

        sets = (Sealed.from_json(bytes_of(sealed), file=sealed.name),)
    made = opened(file, clean=clean, sets=sets)
    wanted = name or made.reading.name
    folder = add(wanted, made.texts, made.reading.images)
    say(*made.sentences)
    _say_what_is_new(made.reading, folder, wanted)


@app.command()
def new(title: Annotated[str, typer.Argument(metavar="NAME", help="Its title or name.")]) -> None:
    """Make an empty reading of your own, to write or paste an essay into."""
    from essay_explorer.library.adding import add
    from essay_explorer.library.new_reading import empty_reading

    if not title.strip():
        message = 'Give the reading a title. For example: essay-explorer new "On trust"'
        raise ReadingError(message)
    made = empty_reading(title)
    _say_what_is_new(made.reading, add(made.reading.name, made.texts), made.reading.name)


def _say_what_is_new(reading: Reading, folder: Path, wanted: str) -> None:
    """Say what a new reading holds, and what to do with it. `wanted`: the name that it was to have."""
    taken = f' (the name "{wanted}" was taken, so it is called {folder.name})' if folder.name != wanted else ""
    say(f'The reading "{folder.name}" is in {folder}{taken}: {summary(reading)}')
    say(f"Read it: essay-explorer read {folder.name}")
    say("Name its themes in codebook.yml, and mark its passages in annotations.csv")
    say(f"Check them: essay-explorer check {folder.name}")


@app.command("list")
def list_readings() -> None:
    """List the readings that come with the project and your own."""
    for name in (name for name in names() if name not in own_names()):
        say(f"{name}  {describe(folder_of(name))}")
    for name in unopened_names():
        say(f"{name}  open your own copy of it first: essay-explorer open COPY")
    for name in sorted([*own_names(), *names_without_essay()]):
        say(f"{name}  {describe(own_library() / name)} (your own)")


@app.command()
def rename(old: OwnName, new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")]) -> None:
    """Give a reading of your own another name."""
    from essay_explorer.library import adding

    say(f'"{old}" is now "{new}", in {adding.rename(old, new)}')


@app.command()
def remove(name: OwnName) -> None:
    """Move a reading of your own to the recycle folder of your library."""
    from datetime import datetime

    from essay_explorer.library import adding

    kept = adding.remove(name, today=datetime.now().astimezone().date())
    say(f'Removed "{name}" from your library; it is kept in {kept}')
