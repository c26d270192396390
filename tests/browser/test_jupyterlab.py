"""The widgets in JupyterLab on a real server: alone, together, twice, and asked from Python."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import nbformat
import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from lab import ON_LOOPBACK, lab_in, open_notebook, run
from paint import expect_painted
from servers import free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

    from conftest import Reader
    from servers import Server

CELLS = [
    "from essay_explorer import EssayText, Explorer, Lens, PassageCard, ThemeFilter, open_reading\n"
    "reading = open_reading('her')\nexplorer = Explorer(reading)\nexplorer",
    "explorer",
    "lens = Lens(reading)\nThemeFilter(lens)",
    "EssayText(lens)",
    "PassageCard(lens)",
    "seen = []\nexplorer.lens.observe(lambda change: seen.append(change['new']), names='chosen')",
    "print('shown', len(explorer.lens.passages), seen, explorer.lens.at)",
    "explorer.lens.choose('mirror')\nexplorer.lens.exclude('trust')\nexplorer.lens.show = 'only'",
    "explorer.lens.choose('mirrow')",
    "from essay_explorer import Reading\n"
    "rows = 'id,quote,theme\\nx1,I do not believe you,trust\\n'\n"
    "book = 'facets: [{id: theme, tags: [{id: trust, label: Trust}]}]'\n"
    "texts = {'essay.md': 'Two words. I do not believe you.', 'codebook.yml': book, 'annotations.csv': rows}\n"
    "explorer.reading = Reading.from_texts(texts)\n"
    "print('shown', len(explorer.lens.passages))",
    "import altair as alt\nfrom essay_explorer import ChartPanel, charts\n"
    "mine = alt.Chart(reading.to_frame('annotations')).mark_bar().encode(x='words', y='passage')\n"
    "ChartPanel(explorer.lens, [charts.follow(mine)])",
    "from essay_explorer import ChartPanel\nfrom ipywidgets import AppLayout, HBox, Layout\nHBox([ThemeFilter(lens), ChartPanel(lens)])",
    "HBox([EssayText(lens, layout=Layout(height='400px')), PassageCard(lens)])",
    "AppLayout(left_sidebar=ThemeFilter(lens), center=EssayText(lens), footer=ChartPanel(lens),"
    " pane_heights=['0px', '500px', '300px'])",
    "HBox([explorer, explorer])",
    "Lens('her')",
    "from essay_explorer import Room\n"
    "room = Room.open(reading, tags=['trust'], ip='127.0.0.1', store='rooms.sqlite')\nroom",
    "print([mark.creator for mark in room.marks], len(room.to_frame()))\nroom.close()",
    "mine = alt.Chart(reading.to_frame('annotations')).mark_bar()\n"
    "ChartPanel(lens, [mine.encode(x='nothing:Q', y='words:Q'), mine.encode(x='words:Q', y='count()')])",
    "ChartPanel(lens, mine.transform_calculate(double='twice(datum.words)').encode(x='double:Q'))",
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("lab")
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(book, folder / "book.ipynb")
    with lab_in(folder) as server:
        yield server


@pytest.fixture
def notebook(reader: Reader, lab: Server) -> Page:
    page = reader.page(viewport={"width": 1440, "height": 1000})
    return open_notebook(page, lab, "book.ipynb")


def says(view: Locator) -> Locator:
    return view.locator(".theme-filter .says")


def test_two_views_of_one_lens_and_python_see_the_same(notebook: Page) -> None:
    first, second = run(notebook, 0), run(notebook, 1)
    run(notebook, 5)
    first.locator('.chip[data-tag="trust"] .choose').click()
    expect(says(first)).to_have_text("23 of 67 passages about trust.")
    expect(says(second)).to_have_text("23 of 67 passages about trust.")
    second.locator("mark.on").first.click()
    expect(first.locator(".passage-card blockquote")).to_have_text(
        "how anyone ever learns to trust another mind with it"
    )
    expect(run(notebook, 6).locator(".jp-OutputArea-output")).to_have_text("shown 23 [['trust']] a03\n")
    run(notebook, 7)
    expect(says(first)).to_have_text("3 of 67 passages about the critic on himself, without trust.")
    assert second.locator(".essay-text").get_attribute("data-show") == "only"


def test_the_widgets_work_alone_on_one_lens(notebook: Page) -> None:
    run(notebook, 0)
    chips, text, card = run(notebook, 2), run(notebook, 3), run(notebook, 4)
    chips.locator('.chip[data-tag="ending"] .choose').click()
    expect_painted(text.locator("mark.on:not(.gap) .line.on"), "underline")
    text.locator("mark.on").first.click()
    expect(card.locator("blockquote")).to_have_text(
        "What wears on me is the discovery, slow to arrive, that asking is all he means to do."
    )


def test_jupyterlab_takes_no_key_away(notebook: Page) -> None:
    cell = run(notebook, 0)
    cell.get_by_role("searchbox").click()
    notebook.keyboard.type("bad bax")  # a, b, d and x are JupyterLab's for cells
    assert cell.get_by_role("searchbox").input_value() == "bad bax"
    assert notebook.locator(".jp-Notebook .jp-CodeCell").count() == len(CELLS)
    notebook.keyboard.press("Escape")
    assert cell.get_by_role("searchbox").input_value() == ""


def test_jupyterlab_keeps_its_own_keys(notebook: Page) -> None:
    cell = run(notebook, 0)
    cell.get_by_role("searchbox").click()
    with notebook.expect_response(
        lambda answer: answer.request.method == "PUT" and "/api/contents/" in answer.url
    ) as saved:
        notebook.keyboard.press("Control+s")
    assert saved.value.ok


def test_a_jump_in_the_text_leaves_the_notebook_where_it_is(notebook: Page) -> None:
    cell = run(notebook, 0)
    box = cell.locator(".essay-explorer")
    box.scroll_into_view_if_needed()
    tops = "(one) => Math.round(one.getBoundingClientRect().top)"
    before = box.evaluate(tops)
    cell.locator(".strip").evaluate(
        "(one) => { const { left, bottom } = one.getBoundingClientRect();"
        " one.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: left, clientY: bottom - 5 })); }"
    )
    notebook.wait_for_function("(one) => one.scrollTop > 500", arg=box.element_handle())
    assert box.evaluate(tops) == before


def test_a_wrong_tag_is_named_with_the_right_ones(notebook: Page) -> None:
    run(notebook, 0)
    wrong = run(notebook, 8)
    expect(wrong.locator(".jp-OutputArea")).to_contain_text(
        'tag "mirrow" is not in the codebook. Did you mean "mirror"?'
    )


def test_the_explorer_is_a_box_that_scrolls_in_itself(notebook: Page) -> None:
    cell = run(notebook, 0)
    box = cell.locator(".essay-explorer")
    assert box.evaluate("e => e.scrollHeight > 2 * e.clientHeight && e.clientHeight < 800")
    cell.locator('mark[data-ids~="a67"]').first.dispatch_event("click")  # wherever its lines break
    expect(cell.locator('mark[data-ids~="a67"]').first).to_be_in_viewport()
    assert box.evaluate("e => e.scrollTop") > 1000


def test_charts_follow_the_lens_and_python_opens_them(notebook: Page) -> None:
    cell = run(notebook, 0)
    cell.get_by_role("button", name="Charts", exact=True).click()
    expect(cell.locator(".chart-panel[data-drawn=dispersion] .picture svg")).to_be_visible(timeout=60_000)
    expect_painted(cell.locator(".picture [aria-roledescription=bar]"), "shape")
    cell.locator(".picture [aria-roledescription=bar]").first.click()
    expect(says(cell)).to_have_text("23 of 67 passages about trust.")


def test_an_own_chart_is_linked_to_the_lens(notebook: Page) -> None:
    explorer = run(notebook, 0)
    panel = run(notebook, 10).locator(".chart-panel")
    expect(panel.locator(".picture svg")).to_be_visible(timeout=60_000)
    expect_painted(panel.locator(".picture [aria-roledescription=bar]"), "shape")
    explorer.locator('.chip[data-tag="mirror"] .choose').click()
    shown = "all => all.filter((one) => Number(one.getAttribute('opacity') ?? 1) > 0.5).length"
    bars = panel.locator(".picture [aria-roledescription=bar]")
    notebook.wait_for_function(
        "[...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].at(10).querySelectorAll('.picture [aria-roledescription=bar][opacity=\"0.18\"]').length > 50"
    )
    assert bars.evaluate_all(shown) == 5


def test_an_own_chart_that_shows_nothing_says_why(notebook: Page) -> None:
    for number in (0, 2, 10):
        run(notebook, number)
    blank = run(notebook, 18).locator(".chart-panel")
    blank.scroll_into_view_if_needed()  # what is out of sight waits
    expect(blank.locator(".wait")).to_contain_text("no row has the fields that the chart names", timeout=60_000)
    blank.get_by_role("button", name="Chart 2").click()
    expect(blank.locator(".picture [aria-roledescription=bar]").first).to_be_visible(timeout=60_000)
    expect(blank.locator(".wait")).to_be_empty()
    wrong = run(notebook, 19).locator(".chart-panel .wait")
    wrong.locator("xpath=..").scroll_into_view_if_needed()
    expect(wrong).to_have_text("This chart could not be drawn: Unrecognized function: twice", timeout=60_000)


def test_another_reading_redraws_every_view_and_python_counts_the_same(notebook: Page) -> None:
    cell = run(notebook, 0)
    cell.locator('.chip[data-tag="trust"] .choose').click()
    cell.locator("mark.on").first.click()
    cell.get_by_role("button", name="Charts", exact=True).click()
    expect(cell.locator(".chart-panel[data-drawn=dispersion] .picture svg")).to_be_visible(timeout=60_000)
    expect(run(notebook, 9).locator(".jp-OutputArea-output")).to_have_text("shown 1\n")
    expect(says(cell)).to_have_text("1 of 1 passage about trust.")
    expect(cell.locator("article")).to_have_text("1Two words. I do not believe you.")
    expect_painted(cell.locator("mark.on .line.on"), "underline", count=1)
    expect(cell.locator(".passage-card h2")).to_have_text("Passage")  # a03 is no passage of it
    expect(cell.locator(".chip")).to_have_count(1)
    cell.locator(".chart-panel").scroll_into_view_if_needed()  # what is out of sight waits
    expect(cell.locator(".picture [aria-roledescription=bar]")).to_have_count(1, timeout=60_000)
    assert "NaN" not in cell.inner_text()


def test_the_text_takes_comforts_and_is_presented_out_of_its_box(notebook: Page) -> None:
    cell = run(notebook, 0)
    size = "(one) => parseFloat(getComputedStyle(one).fontSize)"
    first = cell.locator(".essay-text .paragraph").first
    before = first.evaluate(size)
    looks = cell.get_by_role("button", name="How the text looks")
    looks.click()
    cell.get_by_role("button", name="Larger text").click()
    assert first.evaluate(size) == pytest.approx(1.2 * before, rel=0.01)
    cell.get_by_role("button", name="Present", exact=True).click()
    expect(cell.locator(".wall .reached")).to_contain_text("Paragraph 1 of")
    expect_painted(cell.locator(".wall .reached"), "text")
    assert first.evaluate(size) >= 40
    notebook.keyboard.press("PageDown")
    expect(cell.locator(".wall")).to_be_visible()
    notebook.keyboard.press("Escape")
    expect(cell.locator(".wall")).to_be_hidden()
    expect_painted(cell.locator(".theme-filter h2").first, "text")
    assert first.evaluate(size) == pytest.approx(1.2 * before, rel=0.01)


def size_of(view: Locator) -> tuple[int, int]:
    """The width and the height of what holds a view."""
    box = view.locator("xpath=..").bounding_box()
    assert box
    return round(box["width"]), round(box["height"])


def test_a_text_alone_scrolls_in_a_box_of_its_own(notebook: Page) -> None:
    run(notebook, 0)
    run(notebook, 2)
    text = run(notebook, 3).locator(".essay-text")
    assert size_of(text)[1] == 736
    assert text.locator("xpath=..").evaluate("(one) => one.scrollHeight > 3000 && one.scrollWidth <= one.clientWidth")


def test_views_share_the_boxes_of_ipywidgets(notebook: Page) -> None:
    run(notebook, 0)
    run(notebook, 2)
    beside = run(notebook, 11)
    assert size_of(beside.locator(".theme-filter"))[0] >= 220
    assert size_of(beside.locator(".chart-panel"))[0] >= 640
    low = run(notebook, 12)
    assert size_of(low.locator(".essay-text"))[1] == 400
    assert low.locator(".strip").evaluate("(one) => one.getBoundingClientRect().height < 400")
    laid = run(notebook, 13)
    assert size_of(laid.locator(".essay-text"))[1] == 500
    assert size_of(laid.locator(".theme-filter"))[1] == 500
    twice = run(notebook, 14).locator(".essay-explorer")
    assert min(size_of(twice.nth(0))[0], size_of(twice.nth(1))[0]) >= 480


def test_what_is_wrong_in_a_cell_is_told_in_two_lines(notebook: Page) -> None:
    run(notebook, 0)
    said = run(notebook, 15).locator(".jp-OutputArea-output").inner_text().strip()
    sentence = 'ArgumentTypeError: Lens shows a Reading, and this is a str. Open it first: Lens(open_reading("her"))'
    assert said == f"{sentence}\nLine 1 of this cell: Lens('her')"


def test_axe_finds_nothing_in_the_explorer(notebook: Page) -> None:
    cell = run(notebook, 0)
    cell.locator('.chip[data-tag="trust"] .choose').click()
    cell.locator("mark.on").first.click()
    expect_accessible(notebook, ".essay-explorer")


def test_the_command_lab_opens_the_notebooks_without_news(reader: Reader) -> None:
    port = free_port()
    command = [sys.executable, "-m", "essay_explorer", "lab", f"--port={port}", *ON_LOOPBACK]
    with serving(command, f"http://127.0.0.1:{port}/") as server:
        page = reader.page()
        page.goto(server.url)  # leads to the notebook
        page.wait_for_selector(".jp-Notebook .jp-MarkdownCell")
        assert f"127.0.0.1:{port}/lab/tree/explore.ipynb" in server.printed()
        expect(page.locator(".jp-Notebook")).to_contain_text("Explore the essay")
        page.goto(f"{server.url}lab/tree/read.ipynb?reset")
        expect(page.locator(".jp-Notebook")).to_contain_text("The text")
        expect(page.locator(".jp-showHiddenCellsButton")).to_be_visible()  # the text is folded away
        expect(page.locator(".jp-RenderedMarkdown", has_text="Few films have annoyed me")).to_be_hidden()
        assert page.get_by_text("notified about official Jupyter news").count() == 0


def test_a_cell_leads_a_room_and_python_has_what_is_in_it(notebook: Page) -> None:
    run(notebook, 0)
    cell = run(notebook, 16)
    page = cell.frame_locator("iframe")
    page.get_by_role("button", name="Add a paper reader").click()
    expect(page.get_by_role("button", name="Paper 1")).to_be_visible()
    page.get_by_role("button", name="3 Mark").click()
    page.get_by_label("What a sheet says").fill("P1: 2T")
    page.get_by_label("What a sheet says").press("Enter")
    expect(page.locator(".says")).to_contain_text("Kept: P1")
    expect(run(notebook, 17).locator(".jp-OutputArea-output")).to_have_text("['Paper 1'] 1\n")
