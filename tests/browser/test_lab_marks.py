"""Marks in JupyterLab: kept in a file beside the notebook, whatever becomes of its kernel and of other notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from essay_explorer.marks.mark_file import MarkFile
from lab import lab_in, open_notebook, run
from notebooks import write_notebook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from conftest import Reader
    from servers import Server

SHOW = "from essay_explorer import Explorer, open_reading\nexplorer = Explorer(open_reading('her'))\nexplorer"
TELL = "print(len(explorer.marks.annotations), len(explorer.marks.reading().passages()), explorer.marks.file)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one", "other"):
        write_notebook(tmp_path / f"{name}.ipynb", SHOW, TELL)
    return tmp_path


@pytest.fixture
def lab(folder: Path) -> Iterator[Server]:
    with lab_in(folder) as server:
        yield server


def mark(cell: Locator, number: int) -> None:
    """Mark the stretch of the text of that number with a theme."""
    if cell.get_by_role("button", name="Mark", exact=True).get_attribute("aria-pressed") != "true":
        cell.get_by_role("button", name="Mark", exact=True).click()
    cell.locator(".essay-text .segment").nth(number).click()
    cell.page.keyboard.press("t")
    expect(cell.get_by_text("Saved in her.marks.json")).to_be_visible()


def told(page: Page) -> str:
    return run(page, 1).locator(".jp-OutputArea-output").inner_text().strip()


def kept(folder: Path) -> int:
    path = folder / "her.marks.json"
    return len(MarkFile.from_json(path.read_bytes(), path.name).kept.marks) if path.exists() else 0


RESTART = """async () => {
  const headers = { "X-XSRFToken": document.cookie.match(/_xsrf=([^;]+)/)[1] };
  const kernels = await (await fetch("/api/kernels")).json();
  const answers = await Promise.all(kernels.map(({ id }) => fetch(`/api/kernels/${id}/restart`, { method: "POST", headers })));
  return answers.map(({ status }) => status);
}"""


def restart(page: Page) -> None:
    """Restart the one kernel that there is."""
    assert page.evaluate(RESTART) == [200]
    page.get_by_text("| Idle").wait_for()


def test_marks_outlive_the_kernel_and_notebooks_do_not_undo_each_other(
    reader: Reader, lab: Server, folder: Path
) -> None:
    one = open_notebook(reader.page(viewport={"width": 1440, "height": 1000}), lab, "one.ipynb")
    mark(run(one, 0), 2)
    assert told(one) == "1 1 her.marks.json"
    assert kept(folder) == 1
    restart(one)
    run(one, 0)
    assert told(one) == "1 1 her.marks.json"

    other = open_notebook(reader.page(viewport={"width": 1440, "height": 1000}), lab, "other.ipynb")
    cell = run(other, 0)
    assert told(other) == "1 1 her.marks.json"  # in a browser that knows nothing of it
    mark(cell, 6)
    assert told(other) == "2 2 her.marks.json"
    mark(one.locator(".jp-Notebook .jp-CodeCell").first, 10)
    assert told(one) == "3 3 her.marks.json"
    assert kept(folder) == 3
