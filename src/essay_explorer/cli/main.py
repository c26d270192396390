"""The command line: what is typed, what is printed, and the exit code."""

from __future__ import annotations

import sys
import warnings
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from essay_explorer.cli import change, class_room, edit, homework, hub, library, read, serve, store, write
from essay_explorer.cli.terminal import say
from essay_explorer.core.fault import ReadingError, ReadingWarning

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
for group in (read, edit, write, change, class_room, serve, homework, library):
    app.add_typer(group.app)
app.add_typer(store.app, name="store")
app.add_typer(hub.app, name="hub")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; what is wrong with the input is said in plain words."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # an essay has letters that not every terminal knows
            stream.reconfigure(errors="backslashreplace")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("default", ReadingWarning)
            warnings.showwarning = _show_warning
            app(arguments)
    except ReadingError as error:
        _end(str(error))
    except OSError as error:
        _end(f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error))


def _end(message: str) -> NoReturn:
    say(f"essay-explorer: {message}", error=True)
    sys.exit(1)


def _show_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: object, **__: object
) -> None:
    """Say what is wrong with a reading in plain words; a warning of the program's own names its line."""
    own = "essay-explorer" if issubclass(category, ReadingWarning) else f"{filename}:{lineno}: {category.__name__}"
    say(f"{own}: {message}", error=True)


def _say_version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if asked:
        from essay_explorer import __version__

        say(f"essay-explorer {__version__}")
        raise typer.Exit


@app.callback()
def everything(
    *,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Show the version and exit.")
    ] = False,
) -> None:
    """Read an essay beside widgets that filter its passages by theme."""
