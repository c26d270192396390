"""The command line: read, lab, check, notebook."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from pathlib import Path
from typing import Annotated

import typer

from essay_explorer.fault import ReadingError, ReadingWarning
from essay_explorer.library import ASKED_FOR, bundled, folder_of, open_reading

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
Name = Annotated[str | None, typer.Argument(metavar="READING", help="A reading's name or its folder; by default the review of Her.")]


def main() -> None:
    """Run the command line; what is wrong with the input is said in plain words."""
    try:
        app()
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
    browser: Annotated[bool, typer.Option(help="Open it in a browser.")] = False,
    embed: Annotated[list[str] | None, typer.Option(help="An origin that may show the page in a frame.")] = None,
) -> None:
    """Serve the dashboard of a reading."""
    from essay_explorer.page.dashboard import serve  # Voila is slow to import; `check` needs none of it

    serve(reading, port=port, ip=ip, pool=pool, open_browser=browser, embed=embed or [])


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context, reading: Name = None) -> None:
    """Open JupyterLab on the students' notebook; other options go to JupyterLab."""
    os.environ[ASKED_FOR] = str(folder_of(reading))
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    notebook = bundled("notebooks") / "explore.ipynb"
    if notebook.parent.is_relative_to(Path(__file__).parent):  # installed: work on a copy of one's own
        own = Path.cwd() / notebook.name
        if not own.exists():
            shutil.copyfile(notebook, own)
        notebook = own
    quiet = ["--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.extension_manager=readonly"]
    command = [sys.executable, "-m", "jupyterlab", str(notebook), *quiet, *context.args]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell


@app.command()
def check(path: Annotated[str, typer.Argument(metavar="PATH", help="A reading's folder or name.")]) -> None:
    """List every fault of a reading; the exit code is 1 when there are any."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReadingWarning)  # they are printed below, all of them
        try:
            reading = open_reading(path)
        except ReadingError as error:
            for fault in error.faults:
                print(fault)
            raise
    for fault in reading.faults:
        print(fault)
    found = f"{len(reading.annotations)} annotations, {len(reading.relations)} relations"
    if reading.faults:
        print(f"{len(reading.faults)} faults in {folder_of(path)} ({found})")
        raise typer.Exit(1)
    print(f"No faults in {folder_of(path)}: {len(reading.essay.paragraphs)} paragraphs, {found}")
