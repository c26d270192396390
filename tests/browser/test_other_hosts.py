"""The widgets where they are not at home: in marimo, Notebook 7 and the classic notebook, on real servers."""

from __future__ import annotations

import re
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from lab import ON_LOOPBACK
from paint import expect_painted
from servers import free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator

    from conftest import Reader
    from servers import Server

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SLOW = 60_000  # ms: a kernel starts
# "Idle" stands there with "No Kernel" beside it too: a cell that is run then is answered with "Select Kernel".
KERNEL_OF_7 = ":is(.jp-Toolbar-kernelName, .jp-KernelName):has-text('Python 3')"
BOOK = """
import marimo

app = marimo.App(width="full")


@app.cell
def _():
    import marimo as mo
    from essay_explorer import EssayText, Explorer, Lens, ThemeFilter, open_reading
    return EssayText, Explorer, Lens, ThemeFilter, mo, open_reading


@app.cell
def _(Explorer, mo, open_reading):
    explorer = mo.ui.anywidget(Explorer(open_reading("her")))
    explorer
    return (explorer,)


@app.cell
def _(explorer, mo):
    mo.md(f"Chosen: {', '.join(explorer.value['seen'].get('chosen', []))}; passages: {len(explorer.lens.passages)}.")
    return


@app.cell
def _(EssayText, Lens, ThemeFilter, mo, open_reading):
    lens = Lens(open_reading("her"))
    mo.hstack([mo.ui.anywidget(ThemeFilter(lens)), mo.ui.anywidget(EssayText(lens))])
    return
"""


@pytest.fixture(scope="module")
def marimo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    pytest.importorskip("marimo")
    book = tmp_path_factory.mktemp("marimo") / "book.py"
    book.write_text(BOOK, encoding="utf-8")
    port = free_port()
    options = ["--headless", "--no-token", "--host=127.0.0.1", f"--port={port}"]
    command = [sys.executable, "-m", "marimo", "-q", "run", str(book), *options]
    with serving(command, f"http://127.0.0.1:{port}/", env={"MARIMO_SKIP_UPDATE_CHECK": "1"}) as server:
        yield server


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server with both Notebook 7 and the classic one, which stands below /nbclassic."""
    pytest.importorskip("notebook")
    pytest.importorskip("nbclassic")
    folder = tmp_path_factory.mktemp("notebooks")
    shutil.copy(NOTEBOOKS / "explore.ipynb", folder)
    port = free_port()
    command = [sys.executable, "-m", "notebook", f"--port={port}", f"--ServerApp.root_dir={folder}", *ON_LOOPBACK]
    with serving(command, f"http://127.0.0.1:{port}/") as server:
        yield server


def works(view: Locator) -> None:
    """A theme is chosen and its passages are underlined; one of them is opened and its card stands there."""
    expect(view.locator("mark.on").first).to_be_hidden()
    chip = view.locator('.chip[data-tag="trust"]')
    chip.locator(".choose").click()
    expect(view.locator(".theme-filter .says")).to_have_text("23 of 67 passages about trust.")
    expect_painted(view.locator("mark.on:not(.gap) .line.on"), "underline")
    expect_painted(chip, "text")
    view.locator("mark.on").first.click()
    card = view.locator(".passage-card blockquote")
    expect(card).to_have_text("how anyone ever learns to trust another mind with it")
    expect_painted(card, "text")


def run(cell: Locator, area: str, prompt: str) -> None:
    """Run a cell. A press is lost as long as the host has not loaded its shortcuts, of which nothing on the page tells."""
    for _ in range(15):
        cell.locator(area).first.click(timeout=SLOW)
        cell.page.keyboard.press("Control+Enter")
        with suppress(AssertionError):
            expect(cell.locator(prompt).first).not_to_have_text(re.compile(r"\[ \]"), timeout=2_000)
            break
    expect(cell.locator(prompt).first).to_have_text(re.compile(r"\[\d+\]"), timeout=SLOW)


def test_marimo_draws_the_explorer_and_hears_what_is_chosen(reader: Reader, marimo: Server) -> None:
    page = reader.page(viewport={"width": 1440, "height": 1000})
    page.goto(marimo.url)
    explorer = page.locator(".essay-explorer")
    explorer.wait_for(timeout=SLOW)
    expect(page.get_by_text("Chosen: ; passages: 67.")).to_be_visible(timeout=SLOW)
    works(explorer)
    expect(page.get_by_text("Chosen: trust; passages: 23.")).to_be_visible(timeout=SLOW)


def test_marimo_draws_views_alone(reader: Reader, marimo: Server) -> None:
    page = reader.page(viewport={"width": 1440, "height": 1000}, color_scheme="dark")
    page.goto(marimo.url)
    chips, text = page.locator("marimo-anywidget").nth(1), page.locator("marimo-anywidget").nth(2)
    chips.locator(".chip").first.wait_for(timeout=SLOW)
    chips.locator('.chip[data-tag="ending"] .choose').click()
    expect_painted(text.locator("mark.on:not(.gap) .line.on"), "underline")
    paper = "(one) => getComputedStyle(one).getPropertyValue('color')"
    assert text.locator(".essay-text").evaluate(paper) == "rgb(29, 27, 24)"  # marimo is light here, whatever the system


@pytest.mark.parametrize(
    ("path", "cells", "prompt", "idle"),
    [
        ("notebooks/explore.ipynb", ".jp-Notebook .jp-CodeCell", ".jp-InputPrompt", KERNEL_OF_7),
        ("nbclassic/notebooks/explore.ipynb", "#notebook .code_cell", ".input_prompt", ".kernel_idle_icon"),
    ],
    ids=["notebook 7", "nbclassic"],
)
def test_the_first_cells_of_the_students_notebook_run(
    reader: Reader, jupyter: Server, path: str, cells: str, prompt: str, idle: str
) -> None:
    page = reader.page(viewport={"width": 1440, "height": 1000})
    page.goto(jupyter.url + path)
    page.wait_for_selector(idle, timeout=SLOW, state="attached")
    reader.errors.clear()  # Notebook 7 has one of its own as it starts, before any cell of ours
    code = page.locator(cells)
    for number, area in enumerate(["text=Explorer(reading)", "text=passages(theme"]):
        run(code.nth(number), area, prompt)
    expect(code.nth(1)).to_contain_text("Paragraph")
    explorer = code.nth(0).locator(".essay-explorer")
    works(explorer)
    looks = "(one) => { const style = getComputedStyle(one); return [style.color, style.fontWeight, style.padding]; }"
    assert explorer.locator(".chip.chosen .label").first.evaluate(looks) == ["rgb(29, 27, 24)", "400", "0px"]
    assert explorer.locator("mark").first.evaluate("(one) => getComputedStyle(one).paddingLeft") == "0px"
    style = "([one, name]) => getComputedStyle(one)[name]"
    for part, name, value in [
        (".passage-card summary", "display", "list-item"),
        (".theme-filter .switch", "display", "flex"),
        (".passage-card blockquote", "paddingLeft", "0px"),
        # The classic notebook has a root of 10 px, by which letters and breaks of a layout would be too small.
        (".theme-filter .rows", "fontSize", "16px"),
        (".essay-text article", "fontSize", "16px"),
    ]:
        one = explorer.locator(part).first.element_handle()
        assert page.evaluate(style, [one, name]) == value, f"{name} of {part}"
    page.set_viewport_size({"width": 820, "height": 1000})
    frame = explorer.bounding_box()["width"]
    page.wait_for_function(
        "(width) => document.querySelector('.essay-text article').offsetWidth > 0.7 * width", arg=frame
    )  # one column
