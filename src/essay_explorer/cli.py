"""The command line: read, lab, check, notebook."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from essay_explorer.fault import ReadingError, ReadingWarning, counted
from essay_explorer.library import ASKED_FOR, bundled, folder_of, open_reading

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
Name = Annotated[
    str | None,
    typer.Argument(metavar="READING", help="A reading's name or its folder; by default the review of Her."),
]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; what is wrong with the input is said in plain words."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # an essay has letters that not every terminal knows
            stream.reconfigure(errors="backslashreplace")
    try:
        app(arguments)
    except (ReadingError, OSError) as error:
        print(f"essay-explorer: {error}", file=sys.stderr)
        sys.exit(1)


@app.command()
def read(
    reading: Name = None,
    *,
    port: Annotated[int, typer.Option(help="The first port to try.")] = 8866,
    ip: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for a whole network.")] = "127.0.0.1",
    pool: Annotated[int, typer.Option(min=0, help="Kernels kept warm for the next readers.")] = 2,
    idle: Annotated[int, typer.Option(min=1, help="Seconds until a kernel without a reader ends.")] = 120,
    browser: Annotated[bool, typer.Option(help="Open it in a browser.")] = False,
    embed: Annotated[list[str] | None, typer.Option(help="An origin that may show the page in a frame.")] = None,
) -> None:
    """Serve the dashboard of a reading."""
    from essay_explorer.page.dashboard import serve  # Voila is slow to import; `check` needs none of it

    serve(reading, port=port, ip=ip, pool=pool, idle=idle, open_browser=browser, embed=embed or [])


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """Open JupyterLab on the students' notebook: lab [READING] [OPTIONS OF JUPYTERLAB]."""
    options = list(context.args)
    named = bool(options) and not options[0].startswith("-")
    os.environ[ASKED_FOR] = str(folder_of(options.pop(0) if named else None))
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    notebook = bundled("notebooks") / "explore.ipynb"
    if notebook.parent.is_relative_to(Path(__file__).parent):  # installed: work on a copy of one's own
        own = Path.cwd() / notebook.name
        if not own.exists():
            shutil.copyfile(notebook, own)
        notebook = own
    # Nothing is fetched from the network, neither news nor updates nor extensions.
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        filter(None, [str(Path(__file__).parent / "lab"), os.environ.get("JUPYTER_CONFIG_PATH")])
    )
    command = [sys.executable, "-m", "jupyterlab", str(notebook), *options]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell


@app.command()
def notebook(
    reading: Name = None,
    *,
    to: Annotated[Path, typer.Option(metavar="FILE", help="The file to write; one that is there is replaced.")],
) -> None:
    """Write a notebook with a reading's explorer and, folded away below it, its text."""
    from essay_explorer.notebooks import write

    write(reading, to)


@app.command()
def check(path: Annotated[str, typer.Argument(metavar="PATH", help="A reading's folder or name.")]) -> None:
    """List every fault of a reading; the exit code is 1 when there are any."""
    folder = folder_of(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReadingWarning)  # they are printed below, all of them
        try:
            reading = open_reading(folder)
        except ReadingError as error:
            for fault in error.faults:
                print(fault)
            print(f"The reading in {folder} cannot be opened.")
            raise typer.Exit(1) from None
    for fault in reading.faults:
        print(fault)
    found = ", ".join(
        (
            counted(len(reading.essay.paragraphs), "paragraph"),
            counted(len(reading.annotations), "annotation"),
            counted(len(reading.relations), "relation"),
        )
    )
    if reading.faults:
        print(f"{counted(len(reading.faults), 'fault')} in {folder} ({found})")
        raise typer.Exit(1)
    print(f"No faults in {folder}: {found}")
