"""The command that opens the editor of a reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essay_explorer.cli.arguments import Lang
from essay_explorer.cli.terminal import say
from essay_explorer.core.reading import FILES
from essay_explorer.library.adding import folder_to_change
from essay_explorer.words import settle

if TYPE_CHECKING:
    from essay_explorer.library.new_reading import NewReading

app = typer.Typer()


@app.command()
def edit(
    reading: Annotated[
        str,
        typer.Argument(
            metavar="READING",
            help="A reading of your own by its name or folder, or an essay to make one of: a .docx, say.",
        ),
    ],
    *,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Use this port only; by default the first free one from 8866.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open it in a browser.")] = False,
    lang: Lang = None,
) -> None:
    """Edit a reading on its page: themes, passages, relations, the tour and the text, without touching its files.

    Only this machine can open it, and only by the address that is printed.
    """
    from essay_explorer.server import editing
    from essay_explorer.server.running import Door

    settle(lang)
    folder = _made_of(Path(reading)) if _is_essay(Path(reading)) else folder_to_change(reading)
    editing.serve(folder, Door(port=port, open_browser=browser))


def _is_essay(path: Path) -> bool:
    return path.name not in FILES and path.is_file()


def _made_of(file: Path) -> Path:
    """The folder of a new reading of an essay, with no theme in it yet."""
    from essay_explorer.library.adding import add
    from essay_explorer.library.new_reading import opened
    from essay_explorer.library.starter import without_examples

    made: NewReading = opened(file)
    folder = add(made.reading.name, without_examples(made.texts), made.reading.images)
    say(*made.sentences, f'The reading "{folder.name}" is in {folder}')
    return folder
