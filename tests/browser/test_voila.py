"""Notebooks with our widgets in other hosts: Voila typed by hand, under our template and its own, and in JupyterLab."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

import essay_explorer
from notebooks import prose, write_notebook
from paint import expect_painted
from servers import free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import FrameLocator, Locator, Page

    from conftest import Reader
    from servers import Server

SHOWN = "from essay_explorer import *\nimport ipywidgets as w\nExplorer(open_reading('her'))"
OBSERVED = """from essay_explorer import *
import ipywidgets as w
lens, heard = Lens(open_reading('her')), w.Label('Python has heard nothing')
lens.observe(lambda change: setattr(heard, 'value', 'Python has heard ' + ' '.join(change['new'])), 'chosen')
w.VBox([heard, ThemeFilter(lens), EssayText(lens)])"""
OPENING = "Few films have annoyed me"
QUIET = {"JUPYTER_CONFIG_PATH": str(Path(essay_explorer.__file__).parent / "lab"), "JUPYTER_PREFER_ENV_PATH": "1"}
ON_LOOPBACK = ["--no-browser", "--allow-root", "--IdentityProvider.token=", "--ServerApp.ip=127.0.0.1"]


@contextmanager
def voila(reader: Reader, notebook: Path, *options: str) -> Iterator[Server]:
    """Voila as one types it by hand; the reader leaves before it ends."""
    port = free_port()
    command = [sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    with serving([*command, *options], f"http://127.0.0.1:{port}/", cwd=notebook.parent) as server:
        yield server
        for context in reader.browser.contexts:
            context.close()


def first_paragraph(page: Page | FrameLocator) -> Locator:
    return page.locator(".essay-text .paragraph", has_text=OPENING)


def trust(page: Page | FrameLocator) -> None:
    """Choose trust, and see that it is chosen."""
    page.locator('.chip[data-tag="trust"] .choose').click()
    expect(page.locator(".theme-filter .says")).to_have_text("23 of 67 passages about trust.")


def test_a_notebook_of_our_template_needs_no_kernel_after_its_first_run(reader: Reader, tmp_path: Path) -> None:
    with voila(reader, write_notebook(tmp_path / "book.ipynb", prose("# A word before"), SHOWN)) as server:
        for _ in range(2):
            page = reader.page()
            page.goto(server.url, wait_until="commit")
            expect_painted(first_paragraph(page), "text", count=1)
            expect_painted(page.get_by_text("A word before"), "text")
            trust(page)
            for _ in range(100):
                if not server.kernels():
                    break
                page.wait_for_timeout(100)  # nothing in a page tells that a process has ended
            assert server.kernels() == []
        assert "Traceback" not in server.printed()


def test_python_behind_a_notebook_hears_its_reader(reader: Reader, tmp_path: Path) -> None:
    with voila(reader, write_notebook(tmp_path / "book.ipynb", OBSERVED)) as server:
        for _ in range(2):
            page = reader.page()
            page.goto(server.url, wait_until="commit")
            trust(page)
            expect_painted(page.get_by_text("Python has heard trust", exact=True), "text")


def test_our_template_leaves_an_unrelated_notebook_to_voila(reader: Reader, tmp_path: Path) -> None:
    cells = prose("# A sum"), "import ipywidgets as w\nw.IntSlider(description='Times', value=7)"
    with voila(
        reader, write_notebook(tmp_path / "book.ipynb", *cells, voila={}), "--template=essay-explorer"
    ) as server:
        page = reader.page()
        page.goto(server.url)
        expect(page.locator(".widget-slider .widget-readout")).to_have_text("7")
        expect_painted(page.locator(".widget-slider .widget-readout"), "text")
        expect_painted(page.get_by_role("heading", name="A sum"), "text")
        assert "Few films" not in page.content()


def test_voilas_own_template_shows_our_widgets(reader: Reader, tmp_path: Path) -> None:
    cells = prose("# A word before"), SHOWN
    with voila(reader, write_notebook(tmp_path / "book.ipynb", *cells, voila={}), "--template=lab") as server:
        page = reader.page()
        page.goto(server.url)
        expect_painted(first_paragraph(page), "text", count=1)
        trust(page)
        assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
        assert "Traceback" not in page.content()
        # Voila's own template asks a CDN for icons, which our template takes out of it.
        assert {urlparse(url).hostname for url in reader.strangers} <= {"cdn.jsdelivr.net"}
        reader.strangers.clear()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("lab")
    write_notebook(folder / "book.ipynb", prose("# A word before"), SHOWN)
    write_notebook(folder / "anyones.ipynb", prose("# A word before"), SHOWN, voila={})  # says nothing of a template
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", f"--port={port}", f"--ServerApp.root_dir={folder}", *ON_LOOPBACK]
    with serving(command, f"http://127.0.0.1:{port}/", env=QUIET) as server:
        yield server


def test_the_address_of_jupyterlabs_button_shows_the_same_page(reader: Reader, lab: Server) -> None:
    for _ in range(2):  # the second visitor's page is kept
        page = reader.page()
        page.goto(f"{lab.url}voila/render/book.ipynb")
        expect_painted(page.get_by_text("A word before"), "text")
        expect_painted(first_paragraph(page), "text", count=1)
        trust(page)
    for context in reader.browser.contexts:
        context.close()


@pytest.mark.parametrize("notebook", ["book.ipynb", "anyones.ipynb"])
def test_jupyterlabs_button_shows_the_page_beside_the_notebook(reader: Reader, lab: Server, notebook: str) -> None:
    """Voila's own template would ask another host, which is noted for the reader."""
    page = reader.page(viewport={"width": 1440, "height": 1000})
    page.goto(f"{lab.url}lab/tree/{notebook}?reset")
    page.get_by_text("| Idle").wait_for()
    page.get_by_title("Render with Voilà").click()
    page.get_by_role("button", name="Render anyway").click()  # no cell of it has run in this JupyterLab yet
    shown = page.frame_locator("iframe")
    expect_painted(shown.get_by_text("A word before"), "text")
    expect_painted(first_paragraph(shown), "text", count=1)
    trust(shown)
    for context in reader.browser.contexts:
        context.close()
