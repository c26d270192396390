"""The commands for who runs a hub."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from essay_explorer.cli.terminal import say
from essay_explorer.core.fault import ReadingError

app = typer.Typer(no_args_is_help=True)
RECIPES = Path(__file__).parents[1] / "hub" / "recipes"


class Recipe(StrEnum):
    """A kind of hub."""

    LITTLEST = "littlest"
    KUBERNETES = "kubernetes"
    PLATFORM = "platform"

    @property
    def files(self) -> list[Path]:
        """The files of its recipe."""
        folder = RECIPES / self.value
        return sorted(folder.iterdir()) if folder.is_dir() else [folder.with_suffix(".py")]


@app.callback()
def hub() -> None:
    """Serve rooms and readings on a JupyterHub."""


@app.command()
def init(
    kind: Annotated[
        Recipe,
        typer.Argument(help="The Littlest JupyterHub, zero-to-jupyterhub, or sign-in by a learning platform."),
    ] = Recipe.LITTLEST,
    *,
    to: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write the files into this folder; else they are shown.")
    ] = None,
) -> None:
    """Show or write the config with which a hub serves rooms and readings."""
    from essay_explorer.files.whole import write_whole

    if to is None:
        for file in kind.files:
            say(f"# {file.name}", file.read_text("utf-8"))
        return
    for file in kind.files:
        if (to / file.name).exists():
            message = f"{to / file.name} is there already. Name another folder with --to"
            raise ReadingError(message)
    to.mkdir(parents=True, exist_ok=True)
    for file in kind.files:
        write_whole(to / file.name, file.read_text("utf-8"))
        say(f"Wrote {to / file.name}")
