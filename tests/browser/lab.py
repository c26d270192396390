"""JupyterLab on a real server, and a cell that is run in it."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

import essay_explorer
from servers import free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

    from servers import Server

QUIET = {"JUPYTER_CONFIG_PATH": str(Path(essay_explorer.__file__).parent / "lab"), "JUPYTER_PREFER_ENV_PATH": "1"}
ON_LOOPBACK = [
    "--no-browser",
    "--allow-root",
    "--IdentityProvider.token=",
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.port_retries=0",
]


@contextmanager
def lab_in(folder: Path) -> Iterator[Server]:
    """JupyterLab with the notebooks of a folder."""
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", f"--port={port}", f"--ServerApp.root_dir={folder}", *ON_LOOPBACK]
    with serving(command, f"http://127.0.0.1:{port}/", env=QUIET) as server:
        yield server


def open_notebook(page: Page, lab: Server, name: str) -> Page:
    """Open a notebook, and wait for its kernel."""
    page.goto(f"{lab.url}lab/tree/{name}?reset")
    page.get_by_text("| Idle").wait_for()
    return page


def run(page: Page, number: int) -> Locator:
    """Run the cell of that number, from 0, and give it back when it has run."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(number)
    cell.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt").first).to_have_text(re.compile(r"\[\d+\]:"), timeout=60_000)
    return cell
