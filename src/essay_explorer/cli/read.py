"""The commands that show a reading: the dashboard and JupyterLab."""

from __future__ import annotations

import os
import re
import shutil
import sys
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from essay_explorer.cli.arguments import Lang
from essay_explorer.library.finding import ASKED_FOR, DEFAULT, bundled, folder_of
from essay_explorer.words import settle

PACKAGE = Path(__file__).parents[1]
PATH_OPTION = re.compile(r"-.*(dir|file|path|config)")
app = typer.Typer()
Readings = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="READING...", help="Names or folders of readings, or a notebook; by default the review of Her."
    ),
]


class LogLevel(StrEnum):
    """What the server tells on standard error."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Kernel(StrEnum):
    """Whether each reader of a notebook gets a kernel."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@app.command()
def read(
    readings: Readings = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Serve all readings of the library.")] = False,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Use this port only; by default the first free one from 8866.")
    ] = None,
    ip: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 lets the whole network in.")] = "127.0.0.1",
    host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A host name that the server answers to.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="PREFIX", help="What every address begins with, such as /essays/.")
    ] = None,
    embed: Annotated[
        list[str] | None,
        typer.Option(help="A site that may show the page in a frame, such as https://moodle.example.edu."),
    ] = None,
    blind: Annotated[
        bool,
        typer.Option("--blind", help="Without the readings' own annotations, until a reader has marked something."),
    ] = False,
    browser: Annotated[bool, typer.Option(help="Open it in a browser.")] = False,
    lang: Lang = None,
    log_level: Annotated[
        LogLevel, typer.Option(help="How much the server writes to standard error.")
    ] = LogLevel.WARNING,
    pool: Annotated[int, typer.Option(min=0, help="For a notebook: kernels kept ready for the next readers.")] = 2,
    idle: Annotated[
        int, typer.Option(min=1, help="For a notebook: seconds until a kernel without a reader ends.")
    ] = 120,
    kernel: Annotated[
        Kernel, typer.Option(help="For a notebook: whether each reader gets a kernel; auto finds out by running it.")
    ] = Kernel.AUTO,
) -> None:
    """Serve readings, each at its own address, with a shelf that lists them; or a notebook."""
    from essay_explorer.server import isolation, logs
    from essay_explorer.server.running import Door, prefix_of

    named = readings or []
    notebooks = [name for name in named if name.endswith(".ipynb")]
    if notebooks and (len(named) > 1 or everything):
        message = f"{notebooks[0]} is a notebook, and a notebook is served alone. Leave out the others"
        raise typer.BadParameter(message)
    if notebooks and blind:
        message = f"{notebooks[0]} is a notebook, which shows what its cells say. Name a reading, or leave out --blind"
        raise typer.BadParameter(message)
    if everything and named:
        message = f"--all serves the whole library. Leave out {', '.join(named)}, or leave out --all"
        raise typer.BadParameter(message)
    logs.set_up(log_level)
    settle(lang)
    door = Door(ip, port, prefix_of(base_url), tuple(host or ()), tuple(embed or ()), open_browser=browser)
    if notebooks:
        notebook = Path(notebooks[0]).absolute()
        isolation.step_aside()
        from essay_explorer.server import notebooks as dashboard

        dashboard.serve(notebook, door, pool=pool, idle=idle, kernel=kernel)
    else:
        from essay_explorer.rooms import starting
        from essay_explorer.server import readings as served

        # Behind a proxy nobody reaches a second port, on which rooms would be.
        beside = partial(starting.beside, door=door, blind=blind) if door.prefix == "/" else None
        served.serve(None if everything else named or [None], door, blind=blind, beside=beside)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """Open JupyterLab on the students' notebook of a reading: lab [READING] [OPTIONS OF JUPYTERLAB]."""
    from essay_explorer.server import isolation

    options = [_absolute(option) for option in context.args]
    named = bool(options) and not options[0].startswith("-")
    folder = folder_of(options.pop(0) if named else None)
    os.environ[ASKED_FOR] = str(folder)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    notebook = bundled("notebooks") / "explore.ipynb"
    if folder != bundled("data") / DEFAULT:
        from essay_explorer.library.notebooks import write_students_notebook

        notebook = Path.cwd() / f"{folder.name}.ipynb"
        if not notebook.exists():
            write_students_notebook(str(folder), notebook)
    elif notebook.parent.is_relative_to(PACKAGE):  # installed: work on a copy of one's own
        own = Path.cwd() / notebook.name
        if not own.exists():
            shutil.copyfile(notebook, own)
        notebook = own
    # Nothing is fetched from the network, neither news nor updates nor extensions.
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        filter(None, [str(PACKAGE / "lab"), os.environ.get("JUPYTER_CONFIG_PATH")])
    )
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # as in most containers
    # The address that is printed leads to the notebook, as the browser does that opens by itself.
    placed = any(PATH_OPTION.match(option) for option in options)  # then its place may be another
    opened = [] if placed else [f"--LabApp.default_url=/lab/tree/{quote(notebook.name)}"]
    command = [sys.executable, "-P", "-m", "jupyterlab", str(notebook), *root, *opened, *options]
    isolation.step_aside()
    os.environ.pop(isolation.SAFE_PATH, None)  # a student's notebook may import what lies beside it
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell


def _absolute(option: str) -> str:
    """An option of JupyterLab that names a file or a folder, wherever it is read: --notebook-dir=. and its like."""
    name, equals, value = option.partition("=")
    return f"{name}={Path(value).absolute()}" if equals and PATH_OPTION.fullmatch(name) else option
