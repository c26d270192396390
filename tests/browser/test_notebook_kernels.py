"""A notebook with Python behind it: the page before its kernel, with it, and after it has gone."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from notebooks import write_notebook
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

    from conftest import Reader
    from servers import Server

IMPORTS = "import ipywidgets as w\nfrom essay_explorer import *\n"
# What Python hears stands in a label; what it says comes from buttons and sliders, which only Jupyter can draw.
BOOK = f"""{IMPORTS}
lens = Lens(open_reading('her'))
heard = w.Label('Python has heard nothing')
def hear(change):
    heard.value = 'Python has heard ' + (' '.join(change['new']) or 'nothing')
lens.observe(hear, 'chosen')
button = w.Button(description='Choose mirror in Python')
button.on_click(lambda _: lens.choose('mirror'))
first = w.IntSlider(description='First', min=1, max=15, value=1)
first.observe(lambda change: setattr(lens, 'within', [change['new'], 15]), 'value')
w.VBox([w.HBox([first, button, EssayText(lens)]), heard, ThemeFilter(lens)])"""
# A small model of an author's own, and a tab: neither is known to kernel.js by name.
STARS = f"""{IMPORTS}
import traitlets
from essay_explorer.widgets.widget import Widget
class Stars(Widget):
    shared = ('given',)
    _esm = '''
    function render({{ model, el }}) {{
      const button = document.createElement("button");
      const draw = () => (button.textContent = `${{model.get("given")}} stars`);
      button.addEventListener("click", () => {{ model.set("given", model.get("given") + 1); model.save_changes(); }});
      model.on("change:given", draw);
      draw();
      el.replaceChildren(button);
    }}
    export default {{ render }};
    '''
    given = traitlets.Int(0).tag(sync=True)
stars, tab = Stars(), w.Tab([w.Label('first panel'), w.Label('second panel')], titles=['One', 'Two'])
heard = w.Label('-')
def hear(_):
    heard.value = f'{{stars.given}} stars and tab {{tab.selected_index}} in Python'
stars.observe(hear, 'given'); tab.observe(hear, 'selected_index')
w.VBox([EssayText(Lens(open_reading('her'))), stars, tab, heard])"""


@contextmanager
def serving_book(folder: Path, *cells: str, options: tuple[str, ...] = (), port: int | None = None) -> Iterator[Server]:
    notebook = write_notebook(folder / "book.ipynb", *cells)
    with dashboard(str(notebook), *options, port=port) as server:
        yield server


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving_book(tmp_path_factory.mktemp("book"), BOOK, options=("--pool", "1")) as server:
        yield server


def linked(page: Page) -> None:
    page.wait_for_selector("html[data-kernel=linked]", state="attached")


def visit(reader: Reader, server: Server, address: str = "") -> Page:
    page = reader.page()
    page.goto(server.url + address, wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    return page


def choose(page: Page, tag: str) -> None:
    page.locator(f'.chip[data-tag="{tag}"] .choose').click()


def says(page: Page) -> Locator:
    return page.locator(".theme-filter .says")


def test_reader_and_python_tell_each_other(reader: Reader, served: Server) -> None:
    page = visit(reader, served)
    linked(page)
    choose(page, "trust")
    expect(page.get_by_text("Python has heard trust", exact=True)).to_be_visible()
    page.get_by_role("button", name="Choose mirror in Python").click()
    expect(says(page)).to_have_text("26 of 67 passages about trust or the critic in the mirror.")
