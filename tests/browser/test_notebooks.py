"""The page of a notebook that needs no kernel: `essay-explorer read NOTEBOOK.ipynb`, and what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from notebooks import prose, write_notebook
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode
    from playwright.sync_api import Locator, Page

    from conftest import Reader
    from servers import Server

CHECKOUT = Path(__file__).parents[2]
IMPORTS = "import ipywidgets as w\nfrom essay_explorer import *\n"
SHOWN = IMPORTS + "Explorer(open_reading('her'))"
WHOLE = "The whole essay, with nothing marked. Choose a theme to see its passages."
OTHER = {
    "essay.md": "---\ntitle: Winter\nlanguage: en\n---\n\nSnow fell on the *quiet* town.\n\nThen it thawed.\n",
    "codebook.yml": "theme:\n  cold: Cold\n  thaw: Thaw\n",
    "annotations.csv": "id,quote,theme\na1,Snow fell,cold\na2,it thawed,thaw\n",
}


@dataclass
class Desk:
    """An author's desk: a notebook that is served while it is rewritten."""

    server: Server
    notebook: Path
    reader: Reader

    def show(self, *cells: NotebookNode | str, address: str = "", width: int = 1280) -> Page:
        """The page of a notebook of these cells, awake, in a browser of its own."""
        write_notebook(self.notebook, *cells)
        return self.visit(address, width=width)

    def visit(self, address: str = "", *, width: int = 1280) -> Page:
        """The page of the notebook as it is."""
        page = self.reader.page(viewport={"width": width, "height": 900})
        page.goto(self.server.url + address, wait_until="commit")
        page.wait_for_selector("html[data-essay-explorer=ready]")
        return page


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    folder = tmp_path_factory.mktemp("desk")
    for name, text in OTHER.items():
        (folder / "winter" / name).parent.mkdir(exist_ok=True)
        (folder / "winter" / name).write_text(text, encoding="utf-8")
    notebook = write_notebook(folder / "desk.ipynb", SHOWN)
    with dashboard(str(notebook)) as server:
        yield server, notebook


@pytest.fixture
def desk(reader: Reader, served: tuple[Server, Path]) -> Desk:
    return Desk(*served, reader)


def says(page: Page | Locator) -> Locator:
    return page.locator(".theme-filter .says")


def choose(page: Page | Locator, tag: str) -> None:
    page.locator(f'.chip[data-tag="{tag}"] .choose').click()


def tops(page: Page, *texts: str) -> list[float]:
    """How high each text stands on the page."""
    return [page.get_by_text(text).first.bounding_box()["y"] for text in texts]


def test_ten_visits_cost_no_kernel(desk: Desk) -> None:
    desk.show(SHOWN)
    assert desk.server.kernels() == []
    for _ in range(10):
        choose(page := desk.visit(), "trust")
        expect(says(page)).to_have_text("23 of 67 passages about trust.")
        assert desk.server.kernels() == []


def test_prose_stands_where_the_author_put_it_and_the_essays_own_text_once(desk: Desk) -> None:
    page = desk.show(
        prose("# A word before\n\nRead *slowly*."),
        SHOWN,
        prose("Few films have annoyed me", "essay-explorer-text"),
        prose("A word after"),
    )
    before, text, after = tops(page, "A word before", "Few films have annoyed me", "A word after")
    assert before < text < after
