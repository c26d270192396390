"""The commands that show a reading: the dashboard and JupyterLab."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from essay_explorer.cli.arguments import Name
from essay_explorer.library.finding import ASKED_FOR, bundled, folder_of

PACKAGE = Path(__file__).parents[1]
app = typer.Typer()


@app.command()
def read(
    reading: Name = None,
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The first port to try.")] = 8866,
    ip: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 for a whole network.")] = "127.0.0.1",
    pool: Annotated[int, typer.Option(min=0, help="Kernels kept warm for the next readers.")] = 2,
    idle: Annotated[int, typer.Option(min=1, help="Seconds until a kernel without a reader ends.")] = 120,
    browser: Annotated[bool, typer.Option(help="Open it in a browser.")] = False,
    embed: Annotated[list[str] | None, typer.Option(help="An origin that may show the page in a frame.")] = None,
) -> None:
    """Serve the dashboard of a reading."""
    from essay_explorer.server.dashboard import serve  # Voila is slow to import; `check` needs none of it

    serve(reading, port=port, ip=ip, pool=pool, idle=idle, open_browser=browser, embed=embed or [])


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(context: typer.Context) -> None:
    """Open JupyterLab on the students' notebook: lab [READING] [OPTIONS OF JUPYTERLAB]."""
    options = list(context.args)
    named = bool(options) and not options[0].startswith("-")
    os.environ[ASKED_FOR] = str(folder_of(options.pop(0) if named else None))
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    notebook = bundled("notebooks") / "explore.ipynb"
    if notebook.parent.is_relative_to(PACKAGE):  # installed: work on a copy of one's own
        own = Path.cwd() / notebook.name
        if not own.exists():
            shutil.copyfile(notebook, own)
        notebook = own
    # Nothing is fetched from the network, neither news nor updates nor extensions.
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        filter(None, [str(PACKAGE / "lab"), os.environ.get("JUPYTER_CONFIG_PATH")])
    )
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # as in most containers
    command = [sys.executable, "-m", "jupyterlab", str(notebook), *root, *options]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell
