"""How long it takes from a file that was saved to the page, open in a browser, that shows it."""

from __future__ import annotations

import shutil
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import apps
from essay_explorer.library.finding import folder_of
from servers import dashboard

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from bench import Bench

PATIENCE = 20_000  # ms


def measure(bench: Bench, rounds: int) -> None:
    """Save the essay with another title, and wait until the page has it."""
    folder = bench.folder / "edited"
    shutil.copytree(folder_of(apps.READING), folder)
    with dashboard(str(folder)) as server, ExitStack() as stack:
        reader = bench.reader(apps.PAGE, server, stack)
        reader.go()
        reader.arrive()
        reader.page.wait_for_selector("html[data-news]", state="attached")
        for number in range(rounds + 1):
            took = _edit(folder, f"Title {number}", reader.page)
            if number:
                bench.results.add("edited", {"took": took})
            bench.say(f"edited: {took:.0f} ms")


def _edit(folder: Path, title: str, page: Page) -> float:
    essay = folder / "essay.md"
    lines = essay.read_text(encoding="utf-8").split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("title:"))
    lines[at] = f"title: {title}"
    start = time.monotonic()
    essay.write_text("\n".join(lines), encoding="utf-8")
    page.wait_for_function("title => document.querySelector('h1')?.textContent === title", arg=title, timeout=PATIENCE)
    return 1000 * (time.monotonic() - start)
