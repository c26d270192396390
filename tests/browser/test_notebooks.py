"""The page of a notebook that needs no kernel: `essay-explorer read NOTEBOOK.ipynb`, and what it shows."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from notebooks import prose, write_notebook
from paint import expect_painted
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nbformat import NotebookNode
    from playwright.sync_api import Locator, Page

    from conftest import Reader
    from servers import Server

HER, WINTER = "Explorer(open_reading('her'))", "Explorer(open_reading('winter'))"
IMPORTS = "import ipywidgets as w\nfrom essay_explorer import *\n"
SHOWN = IMPORTS + HER
OPENING, SNOW = "Few films have annoyed me", "Snow fell on the quiet town."
BROKEN = "Something went wrong in the notebook here"
TEXTS = {
    "essay.md": "---\ntitle: Winter\nlanguage: en\n---\n\nSnow fell on the *quiet* town.\n\nThen it thawed.\n",
    "codebook.yml": "facets: [{id: theme, tags: [{id: cold, label: Cold}, {id: thaw, label: Thaw}]}]",
    "annotations.csv": "id,quote,theme\na1,Snow fell,cold\na2,it thawed,thaw\n",
}


@dataclass
class Desk:
    """An author's desk: a notebook that is served while it is rewritten, and a reading of the author's own."""

    server: Server
    notebook: Path
    winter: Path
    reader: Reader
    before: frozenset[int]  # the kernels that pages of other notebooks have left

    def show(self, *cells: NotebookNode | str, width: int = 1280) -> Page:
        """The page of a notebook of these cells, awake, in a browser of its own."""
        write_notebook(self.notebook, *cells)
        return self.visit(width=width)

    def kernels(self) -> set[int]:
        """The kernels that this notebook's pages have cost."""
        return {kernel.pid for kernel in self.server.kernels()} - self.before

    def visit(self, *, width: int = 1280) -> Page:
        """The page of the notebook as it is."""
        page = self.reader.page(viewport={"width": width, "height": 900})
        page.goto(self.server.url, wait_until="commit")
        page.wait_for_selector("html[data-essay-explorer=ready]")
        return page


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path, Path]]:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "winter").mkdir()
    notebook = write_notebook(folder / "desk.ipynb", SHOWN)
    with dashboard(str(notebook), env={"ESSAY_EXPLORER_LIBRARY": str(folder)}) as server:
        yield server, notebook, folder / "winter"


@pytest.fixture
def desk(reader: Reader, served: tuple[Server, Path, Path]) -> Desk:
    for name, text in TEXTS.items():
        (served[2] / name).write_text(text, encoding="utf-8")
    return Desk(*served, reader, frozenset(kernel.pid for kernel in served[0].kernels()))


def says(page: Page | Locator) -> Locator:
    return page.locator(".theme-filter .says")


def choose(page: Page | Locator, tag: str) -> None:
    page.locator(f'.chip[data-tag="{tag}"] .choose').click()


def corner(locator: Locator) -> tuple[float, float]:
    """Where something stands on the page."""
    box = locator.first.bounding_box()
    return box["x"], box["y"]


def paragraph(page: Page | Locator, text: str) -> Locator:
    return page.locator(".essay-text .paragraph", has_text=text)


def test_ten_visits_cost_no_kernel(desk: Desk) -> None:
    page = desk.show(SHOWN)
    assert desk.kernels() == set()
    for _ in range(10):
        choose(page := desk.visit(), "trust")
        expect(says(page)).to_have_text("23 of 67 passages about trust.")
        assert desk.kernels() == set()


def test_prose_stands_where_the_author_put_it_and_the_essays_own_text_once(desk: Desk) -> None:
    page = desk.show(
        prose("# A word before\n\nRead *slowly*."),
        SHOWN,
        prose(OPENING, "essay-explorer-text"),
        prose("A word after"),
        "print('What Python printed')",
    )
    places = [page.get_by_text(text) for text in ("A word before", OPENING, "A word after", "What Python printed")]
    for place in places:
        expect_painted(place, "text", count=1)
    heights = [corner(place)[1] for place in places]
    assert heights == sorted(heights)
    assert page.locator(".essay-explorer-prose em").inner_text() == "slowly"


def test_formulas_are_drawn_in_prose_and_in_what_cells_put_out(desk: Desk) -> None:
    wide = " + ".join(f"x_{{{number}}}" for number in range(60))
    page = desk.show(
        prose(f"Trust costs \\$5, code `$y$`, and $p(t) = \\frac{{1}}{{2}}$ in a line.\n\n$${wide}$$"),
        SHOWN,
        "from IPython.display import Markdown, Math\ndisplay(Markdown('*So* $a < b$'))\nMath(r'\\sqrt{2}')",
        width=390,
    )
    said = page.locator(".essay-explorer-prose").first
    expect(said.locator("p").first).to_contain_text("Trust costs $5, code $y$, and")
    expect(page.locator(".essay-explorer-prose math")).to_have_count(4)
    expect_painted(page.locator("math mfrac"), "text", count=1)
    assert page.locator("math[display=block] mi").first.evaluate("(one) => one.getBoundingClientRect().left >= 0")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("math mo", has_text="<").count() == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_charts_and_controls_begin_where_the_text_does_and_take_the_room_they_need(desk: Desk, width: int) -> None:
    bars = "import altair as alt, pandas as pd\nalt.Chart(pd.DataFrame(dict(a=[1, 2]))).mark_bar().encode(x='a:O')"
    charts = [f"{bars}.properties(width={wide})" for wide in (120, 900)]
    page = desk.show(
        SHOWN,
        prose("Before"),
        charts[0],
        f"{IMPORTS}w.VBox([w.Label('n'), w.Text(layout=w.Layout(width='600px'))])",
        charts[1],
        width=width,
    )
    left = corner(page.get_by_text("Before", exact=True))[0]
    narrow, wide = page.locator(".vega-embed svg").all()
    for one in (narrow, page.get_by_text("n", exact=True)):
        expect_painted(one)
        assert left <= corner(one)[0] < left + 20
    expect_painted(wide)
    assert page.evaluate("document.documentElement.scrollWidth") == width  # what is wider scrolls in its own place
    if width > 1000:
        assert corner(wide)[0] < left
        assert wide.bounding_box()["x"] + wide.bounding_box()["width"] <= width


def test_two_readings_stand_side_by_side_and_know_nothing_of_each_other(desk: Desk) -> None:
    page = desk.show(f"{IMPORTS}w.HBox([{HER}, {WINTER}])")
    her, winter = page.locator(".essay-explorer").all()
    for one, text in ((her, OPENING), (winter, SNOW)):
        expect_painted(paragraph(one, text), "text", count=1)
    (left, top), (right, same) = corner(her), corner(winter)
    assert (left + 400 < right, top) == (True, same)
    choose(winter, "cold")
    expect(says(winter)).to_have_text("1 of 2 passages about cold.")
    choose(her, "trust")
    expect(says(her)).to_have_text("23 of 67 passages about trust.")
    expect(says(winter)).to_have_text("1 of 2 passages about cold.")
    again = desk.reader.page()
    again.goto(page.url, wait_until="commit")  # both are in the address
    expect(says(again)).to_have_text(["23 of 67 passages about trust.", "1 of 2 passages about cold."])


def test_on_a_phone_readings_stand_one_above_the_other(desk: Desk) -> None:
    page = desk.show(f"{IMPORTS}w.HBox([{HER}, {WINTER}])", width=390)
    (left, top), (same, below) = map(corner, page.locator(".essay-explorer").all())
    assert (left, top + 200 < below) == (same, True)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_tabs_show_one_at_a_time_by_mouse_and_keys(desk: Desk) -> None:
    page = desk.show(f"{IMPORTS}w.Tab([{HER}, {WINTER}, w.HTML('<b>Ask me</b>')], titles=['Her', 'Winter', 'More'])")
    expect_painted(page.get_by_role("tab"), "text", count=3)
    expect_painted(paragraph(page, OPENING), "text", count=1)
    assert not paragraph(page, SNOW).is_visible()
    page.get_by_role("tab", name="Winter").click()
    expect_painted(paragraph(page, SNOW), "text", count=1)
    assert not paragraph(page, OPENING).is_visible()
    page.keyboard.press("ArrowRight")
    expect_painted(page.get_by_text("Ask me"), "text")
    page.keyboard.press("Home")
    expect_painted(paragraph(page, OPENING), "text", count=1)


def test_an_accordion_opens_one_at_a_time(desk: Desk) -> None:
    page = desk.show(
        f"{IMPORTS}her, winter = Lens(open_reading('her')), Lens(open_reading('winter'))\n"
        "w.Accordion([EssayText(her), EssayText(winter)], titles=['Her', 'Winter'])"
    )
    assert not paragraph(page, OPENING).is_visible()
    for name, there, not_there in (("Her", OPENING, SNOW), ("Winter", SNOW, OPENING)):
        page.get_by_text(name, exact=True).first.click()
        expect_painted(paragraph(page, there), "text", count=1)
        expect(paragraph(page, not_there)).not_to_be_visible()


def test_an_app_layout_keeps_its_places(desk: Desk) -> None:
    page = desk.show(
        f"{IMPORTS}lens = Lens(open_reading('winter'))\n"
        "w.AppLayout(header=w.HTML('<b>Header</b>'), left_sidebar=ThemeFilter(lens), center=EssayText(lens),"
        " footer=w.Label('Footer'), pane_widths=['320px', '1fr', 0])"
    )
    header, chips, text, footer = (
        page.get_by_text("Header"),
        page.locator(".theme-filter"),
        paragraph(page, SNOW),
        page.get_by_text("Footer"),
    )
    for one in (header, chips, text, footer):
        expect_painted(one)
    assert corner(header)[1] < corner(chips)[1] < corner(footer)[1]
    assert corner(text)[1] < corner(footer)[1]
    assert corner(chips)[0] + 300 < corner(text)[0]
    choose(page, "cold")
    expect_painted(page.locator(".essay-text mark.on .line.on"), "underline")
    assert desk.kernels() == set()


def test_a_single_view_stands_alone_and_never_for_another_reading(desk: Desk) -> None:
    page = desk.show(f"{IMPORTS}EssayText(Lens(open_reading('winter')))")
    expect_painted(paragraph(page, SNOW), "text", count=1)
    assert page.locator(".theme-filter, .passage-card").count() == 0
    assert page.title() == "Winter"
    assert "Few films" not in page.content()


def test_a_notebook_that_shows_nothing_of_ours_is_voilas_own(desk: Desk) -> None:
    write_notebook(desk.notebook, prose("# A sum"), "import ipywidgets as w\nw.IntSlider(description='Times', value=7)")
    page = desk.reader.page()
    page.goto(desk.server.url)
    expect_painted(page.locator(".widget-slider .widget-readout"), "text")
    expect(page.locator(".widget-slider .widget-readout")).to_have_text("7")
    expect_painted(page.get_by_role("heading", name="A sum"), "text")
    assert page.locator("[data-essay-explorer], .essay-text").count() == 0
    assert "Few films" not in page.content()
    assert page.evaluate("document.body.dataset.jpThemeLight") == "true"  # Voila's lab template


def test_an_edited_notebook_shows_the_reading_that_it_opens_now(desk: Desk) -> None:
    expect_painted(paragraph(desk.show(SHOWN), OPENING), "text", count=1)
    page = desk.show(IMPORTS + WINTER)
    expect_painted(paragraph(page, SNOW), "text", count=1)
    assert "Few films" not in page.content()


def test_the_page_is_made_anew_when_a_file_that_the_notebook_reads_has_changed(desk: Desk) -> None:
    words = desk.notebook.with_name("words.txt")
    words.write_text("Words of a file", encoding="utf-8")
    page = desk.show(f"{IMPORTS}print(open('words.txt').read())\n{WINTER}")
    expect_painted(page.get_by_text("Words of a file"), "text")
    words.write_text("Other words of it", encoding="utf-8")
    expect_painted(desk.visit().get_by_text("Other words of it"), "text")
    (desk.winter / "essay.md").write_text(TEXTS["essay.md"].replace("quiet", "silent"), encoding="utf-8")
    page = desk.visit()
    expect_painted(paragraph(page, "Snow fell on the silent town."), "text", count=1)
    expect_painted(page.get_by_text("Other words of it"), "text")


def test_a_broken_cell_is_a_plain_sentence_and_a_line_in_the_log(desk: Desk) -> None:
    page = desk.show(prose("A word before"), SHOWN, "{}['a secret']", prose("A word after"))
    expect_painted(page.get_by_text("A word before"), "text")
    expect_painted(page.get_by_text(BROKEN), "text")
    for not_there in ("Traceback", "KeyError", "a secret", "A word after"):
        assert not_there not in page.content()
    assert "desk.ipynb, cell 3: KeyError: 'a secret'" in desk.server.printed()
    assert "Traceback" not in desk.server.printed()
    expect_painted(paragraph(desk.show(SHOWN), OPENING), "text", count=1)


def test_charts_of_cells_and_of_views_are_drawn_without_a_kernel(desk: Desk) -> None:
    page = desk.show(
        f"{IMPORTS}import altair as alt\nreading = open_reading('her')\nChartPanel(Lens(reading))",
        "alt.Chart(reading.to_frame('annotations')).mark_bar().encode(x='words', y='passage')",
    )
    expect_painted(page.locator(".chart-panel svg [aria-roledescription=bar]").first, "shape")
    expect_painted(page.locator(".essay-explorer-notebook > .essay-explorer-view svg path").first, "shape")
    assert desk.kernels() == set()


def test_a_notebook_of_an_own_reading_shows_it(desk: Desk) -> None:
    command = [sys.executable, "-m", "essay_explorer", "notebook", "winter", "--to", str(desk.notebook)]
    env = {**os.environ, "ESSAY_EXPLORER_LIBRARY": str(desk.winter.parent)}
    subprocess.run(command, check=True, capture_output=True, env=env)
    page = desk.visit()
    expect_painted(paragraph(page, SNOW), "text", count=1)
    assert page.get_by_text("Then it thawed.").count() == 1  # the notebook's own copy of the text is not shown
    assert "Few films" not in page.content()
    assert desk.kernels() == set()
