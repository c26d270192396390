"""Views in the boxes of ipywidgets, in JupyterLab and on the page of a notebook: each has room, and heights are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from lab import lab_in, open_notebook, run
from notebooks import write_notebook
from paint import expect_painted
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator

    from conftest import Reader
    from servers import Server

SETUP = (
    "from ipywidgets import *\nfrom essay_explorer import *\nreading = open_reading('her')\n"
    "lens = Lens(reading, at='a03', tour=1)\nmarks = Marks(lens)\nlow = {'height': '400px'}"
)
VIEWS = {
    "EssayText": "EssayText(lens{})",
    "ThemeFilter": "ThemeFilter(lens{})",
    "PassageCard": "PassageCard(lens{})",
    "ChartPanel": "ChartPanel(lens{})",
    "Tour": "Tour(lens{})",
    "MarkSheet": "MarkSheet(lens, marks{})",
    "Explorer": "Explorer(reading, lens=lens{})",
}
BOXES = {
    "its own layout": "{own}",
    "Box": "Box([{view}], layout=low)",
    "HBox": "HBox([Label('a'), {view}], layout=low)",
    "VBox": "VBox([Label('a'), {view}], layout=low)",
    "Tab": "Tab([{view}, Label('b')], titles=['one', 'two'], layout=low)",
    "Accordion": "Accordion([{view}, Label('b')], titles=['one', 'two'], selected_index=0, layout=low)",
    "AppLayout": "AppLayout(center={view}, height='400px')",
    "GridBox": "GridBox([Label('a'), {view}], layout=low | {{'grid_template_columns': '60px 1fr'}})",
    "GridBox of one column": "GridBox([Label('a'), {view}], layout=low)",
    "TwoByTwoLayout": "TwoByTwoLayout(top_left={view}, height='400px')",
    "GridspecLayout": "grid = GridspecLayout(2, 6, height='400px')\ngrid[:, 1:] = {view}\ngrid",
    "Stack": "Stack([{view}, Label('b')], selected_index=0, layout=low)",
}
ROOTS = ".essay-text, .theme-filter, .passage-card, .chart-panel, .tour-panel, .mark-sheet, .essay-explorer"
# What is wrong with a view in a box: it is narrow, it paints below the box, or words stand beside what can be seen.
FAULT = f"""(output) => {{
  const view = output.querySelector("{ROOTS}"), frame = view.parentElement;
  const scrolled = (one) => one !== output && (/auto|scroll/.test(getComputedStyle(one).overflowY) || scrolled(one.parentElement));
  const painted = scrolled(frame) ? 0 : view.getBoundingClientRect().bottom - output.getBoundingClientRect().top;
  const aside = frame.scrollWidth - frame.clientWidth;
  return [
    frame.clientWidth < Math.min(700, output.clientWidth - 60) && `${{frame.clientWidth}} px wide`,
    painted > 420 && `down to ${{painted}} px`,
    aside > 1 && `${{aside}} px aside`,
  ].filter(Boolean).join(", ");
}}"""


def cells_of(box: str) -> dict[str, str]:
    """A cell for each view, which puts it into such a box of 400 px."""
    own, low = {name: source.format(", layout=low") for name, source in VIEWS.items()}, BOXES[box]
    return {name: low.format(view=source.format(""), own=own[name]) for name, source in VIEWS.items()}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("lab")
    for box in BOXES:
        write_notebook(folder / f"{box}.ipynb", SETUP, *cells_of(box).values())
    rows = [
        "HBox([ThemeFilter(lens, layout={'width': '150px'}), EssayText(lens)])",
        "HBox([EssayText(lens, layout={'width': '50%'}), PassageCard(lens, layout={'width': '50%'})])",
        "HBox([VBox([ThemeFilter(lens), PassageCard(lens)]), EssayText(lens)])",
        "VBox([ThemeFilter(lens), EssayText(lens), PassageCard(lens)], layout={'height': '800px'})",
        "EssayText(lens, layout={'max_height': '300px'})",
    ]
    write_notebook(folder / "rows.ipynb", SETUP, *rows)
    alone = "reading = open_reading('her')\nlens = Lens(reading)\nmarks = Marks(lens)"
    rest = ["Tour(lens)", "MarkSheet(lens, marks)", "EssayText(lens, marks)", "Differ(lens)"]
    bare = "Tour(Lens(Reading(reading.essay, reading.codebook, name='bare')))"
    write_notebook(folder / "alone.ipynb", f"from essay_explorer import *\n{alone}", *rest, bare)
    with lab_in(folder) as server:
        yield server


def shown(cell: Locator) -> Locator:
    """What a cell shows, when its views are drawn."""
    output = cell.locator(".jp-OutputArea-output").first
    output.locator(ROOTS).first.wait_for(state="attached")
    return output


@pytest.mark.timeout(200)
@pytest.mark.parametrize("box", BOXES)
def test_a_box_of_400_px_holds_each_view(reader: Reader, lab: Server, box: str) -> None:
    page = open_notebook(reader.page(viewport={"width": 1440, "height": 1000}), lab, f"{box}.ipynb")
    run(page, 0)
    cells = enumerate(cells_of(box), 1)
    faults = {name: shown(run(page, number)).evaluate(FAULT) for number, name in cells}
    assert {name: fault for name, fault in faults.items() if fault} == {}


def sizes(cell: Locator, axis: str) -> list[int]:
    measure = f"all => all.map((one) => Math.round(one.parentElement.getBoundingClientRect().{axis}))"
    return shown(cell).locator(ROOTS).evaluate_all(measure)


def test_the_layout_of_a_view_comes_before_its_share_of_a_box(reader: Reader, lab: Server) -> None:
    page = open_notebook(reader.page(viewport={"width": 1440, "height": 1000}), lab, "rows.ipynb")
    run(page, 0)
    assert sizes(run(page, 1), "width")[0] == 150
    one, other = sizes(run(page, 2), "width")
    assert abs(one - other) <= 1
    beside, _, text = sizes(run(page, 3), "width")
    assert 0.3 < beside / text < 0.36  # a box of controls takes one part, the text three
    chips, text, card = sizes(run(page, 4), "height")
    assert (chips > 200, text > 250, card >= 60, chips + text + card <= 805) == (True, True, True, True)
    low = shown(run(page, 5))
    assert low.locator(".strip").evaluate("(one) => one.getBoundingClientRect().height < 300")
    low.locator(".essay-text").evaluate("(one) => one.parentElement.scrollTo(0, 1500)")
    where = low.locator(".strip > b")
    page.wait_for_function("(one) => parseFloat(one.style.top) > 20", arg=where.element_handle())


@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_of_a_notebook_keeps_the_heights_of_boxes(reader: Reader, tmp_path: Path, width: int) -> None:
    cells = [source for box in BOXES for source in cells_of(box).values()]
    with dashboard(str(write_notebook(tmp_path / "book.ipynb", SETUP, *cells))) as server:
        page = reader.page(viewport={"width": width, "height": 900})
        page.goto(server.url, wait_until="commit")
        page.wait_for_selector("html[data-essay-explorer=ready]")
        outputs = page.locator("[data-cell]")
        assert outputs.count() == len(cells)
        faults = {source: outputs.nth(number).evaluate(FAULT) for number, source in enumerate(cells)}
        assert {source: fault for source, fault in faults.items() if fault} == {}
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_views_alone_lead_into_what_they_show(reader: Reader, lab: Server) -> None:
    page = open_notebook(reader.page(viewport={"width": 1440, "height": 1000}), lab, "alone.ipynb")
    run(page, 0)
    tour, sheet, text, differ, bare = (run(page, number).locator(".jp-OutputArea-output") for number in range(1, 6))
    expect(bare).to_have_text("This reading has no tour.", use_inner_text=True)
    tour.get_by_role("button", name="Follow the argument, 9 stops").click()
    expect(tour.get_by_role("heading", name="The charge")).to_be_visible()
    expect(tour.locator(".offer")).to_be_hidden()
    tour.get_by_role("button", name="End the tour").click()
    expect(differ).to_have_text("What you mark can be compared with the reading here.", use_inner_text=True)
    expect(sheet.locator(".menu")).to_be_hidden()
    sheet.get_by_role("button", name="Mark", exact=True).click()
    text.locator(".segment").first.click()
    sheet.get_by_role("button", name="Trust").click()
    expect(sheet).to_contain_text("Marked Trust. 1 mark.")
    expect_painted(sheet.locator(".tag").first, "text")
    differ.get_by_role("button", name="Compare with mine").click()
    expect(differ.get_by_role("heading", name="Your marks and the reading’s")).to_be_visible()
    expect(differ.locator(".offer")).to_be_hidden()
