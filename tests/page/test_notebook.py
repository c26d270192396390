"""The page of a notebook, put together from cells that have run and what the notebook says of itself."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace
from html import escape
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import ipywidgets as w
import nbformat.v4 as nbf
import pytest
from ipywidgets.widgets.widget import _instances

from essay_explorer import ChartPanel, EssayText, Explorer, Lens, Reading, ThemeFilter, open_reading
from essay_explorer.library.finding import folder_of
from essay_explorer.page.assembly import BROKEN, Cell, Page, Served, page_of
from essay_explorer.page.description import CHART, FORM, Description, Shown
from essay_explorer.page.notebook import (
    ERRORS_ALLOWED,
    HIDDEN,
    OURS,
    PLAIN,
    TEXT,
    VOILAS,
    NotebookPage,
    PagePreprocessor,
    Pages,
)
from essay_explorer.page.outputs import VIEW
from essay_explorer.page.snapshot import Snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

READING = open_reading("her")
WINTER = Reading.from_texts({"essay.md": "---\ntitle: Winter\nlanguage: en\n---\n\nSnow fell on the quiet town."})
STATE = re.compile(r'<script type="application/json" id="essay-explorer-state">(.*?)</script>', re.DOTALL)
OPENING = "Few films have annoyed me"
SNOW = "Snow fell on the quiet town."


def view(widget: w.Widget) -> NotebookNode:
    """What a cell puts out that ends with a widget."""
    return nbf.new_output("display_data", data={VIEW: {"model_id": widget.model_id}, "text/plain": repr(widget)})


def said(*widgets: w.Widget, **more: Any) -> Description:
    """What a notebook of these widgets says of itself, after the way through its kernel's output."""
    snapshot = Snapshot.of(widgets)
    lenses = {name: _instances[one] for one, name in snapshot.names.items() if name.startswith("Lens")}
    readings = {
        name: Shown(lens.reading.name, str(folder_of("her")) if lens.reading is READING else "", "charts-1.json")
        for name, lens in lenses.items()
    }
    made = Description(widgets=snapshot, readings=readings, **more)
    return Description.from_json(json.loads(json.dumps(made.to_json())))


def page(*widgets: w.Widget, kernel: str = "auto", beside: bool = True, **more: Any) -> Page:
    """The page of a notebook that shows each of these widgets in a cell of its own."""
    cells = [Cell(number, outputs=[view(widget)]) for number, widget in enumerate(widgets, 1)]
    return page_of(cells, said(*widgets, **more), Served("my-book", beside=beside, kernel=kernel))


def body(made: Page) -> str:
    return made.html[made.html.index("<main") : made.html.index("</main>")]


def models(made: Page) -> dict[str, Any]:
    return json.loads(STATE.search(made.html)[1])


def title(made: Page) -> str:
    return re.search("<title>(.*?)</title>", made.html)[1]


def test_prose_and_outputs_stand_in_the_order_of_the_cells() -> None:
    explorer = Explorer(READING)
    table = nbf.new_output("execute_result", data={"text/html": "<table id=mine></table>"})
    cells = [
        Cell(1, prose="<p>before</p>"),
        Cell(2, outputs=[view(explorer)]),
        Cell(3, prose="<p>after</p>"),
        Cell(4, outputs=[nbf.new_output("stream", text="printed"), table]),
    ]
    text = body(page_of(cells, said(explorer), Served("book")))
    places = [text.index(one) for one in ("before", OPENING, "after", "printed", "<table id=mine>")]
    assert places == sorted(places)


def test_the_text_of_a_reading_is_in_the_html_before_any_script() -> None:
    for widget in (Explorer(WINTER), EssayText(Lens(WINTER)), w.HBox([w.VBox([EssayText(Lens(WINTER))])])):
        assert SNOW in body(page(widget))
    assert OPENING not in page(Explorer(WINTER)).html  # Her never stands in


def test_readings_side_by_side_stand_so_from_the_first_byte() -> None:
    box = w.HBox([Explorer(READING), Explorer(WINTER)], layout=w.Layout(border_top="1px solid red"))
    text = body(page(box))
    assert text.index(OPENING) < text.index(SNOW)
    assert text.count('class="essay-explorer framed"') == 2  # each scrolls in itself
    assert 'class="essay-explorer-view essay-explorer-box HBox"' in text
    assert "border-top: 1px solid red" in text


@pytest.mark.parametrize("kind", [w.Tab, w.Stack, w.Accordion])
def test_of_several_children_the_chosen_one_stands_there(kind: type[w.Box]) -> None:
    choice = kind([EssayText(Lens(READING)), EssayText(Lens(WINTER))], titles=["<One>", "Two"], selected_index=1)
    text = body(page(choice))
    assert SNOW in text
    assert OPENING not in text
    if kind is not w.Stack:
        assert "&lt;One&gt;" in text
    if kind is not w.Tab:  # of tabs one is always chosen
        assert SNOW not in body(page(kind([EssayText(Lens(WINTER))], selected_index=None)))


def test_an_explorer_that_stands_alone_is_the_page() -> None:
    assert models(page(Explorer(READING)))["Explorer"]["state"]["frame"] == "page"
    assert "framed" not in body(page(Explorer(READING)))
    for beside in (w.HTML("a"), ThemeFilter(Lens(READING))):
        assert models(page(Explorer(READING), beside))["Explorer"]["state"]["frame"] == "notebook"


def test_what_no_output_shows_is_left_away() -> None:
    shown, hidden = EssayText(Lens(WINTER)), Explorer(READING)
    cells = [Cell(1, outputs=[view(shown)])]
    made = page_of(cells, said(hidden, shown), Served("book"))
    assert {model["kind"] for model in models(made).values()} == {"Lens", "EssayText"}
    assert "ChartPanel: (() =>" not in made.html
    assert "Few films" not in made.html


def test_views_of_one_lens_share_it() -> None:
    lens = Lens(READING)
    made = models(page(ThemeFilter(lens), EssayText(lens), ChartPanel(lens)))
    assert [name for name in made if name.startswith("Lens")] == ["Lens"]


def test_a_notebook_of_views_needs_no_kernel() -> None:
    lens = Lens(READING)
    made = page(w.Tab([w.HBox([ThemeFilter(lens), EssayText(lens)]), w.HTML("a")]), w.Label("b"))
    assert not made.kernel
    assert "kernel: (() =>" not in made.html


@pytest.mark.parametrize("how", ["observed", "drawn", "working"])
def test_python_with_something_to_do_needs_one(how: str) -> None:
    text = EssayText(Lens(READING))
    widgets = [w.HBox([text, w.IntSlider()]) if how == "drawn" else text]
    if how == "observed":
        text.lens.observe(print, "chosen")
    more = {"working": how == "working"}
    assert page(*widgets, **more).kernel
    assert "kernel: (() =>" in page(*widgets, **more).html
    assert not page(*widgets, kernel="never", **more).kernel
    assert page(EssayText(Lens(READING)), kernel="always").kernel


def test_who_listens_to_what_is_not_shown_needs_none() -> None:
    unseen, shown = Lens(READING), EssayText(Lens(WINTER))
    unseen.observe(print, "chosen")
    assert not page_of([Cell(1, outputs=[view(shown)])], said(unseen, shown), Served("book")).kernel


def test_links_in_the_browser_stay_where_the_page_draws_both_ends() -> None:
    tabs = w.Tab([w.Label("a")]), w.Tab([w.Label("b")])
    slider = w.IntSlider()
    inside = w.jslink((tabs[0], "selected_index"), (tabs[1], "selected_index"))
    outside = w.jsdlink((slider, "value"), (tabs[0], "selected_index"))
    cells = [Cell(1, outputs=[view(tabs[0]), view(tabs[1]), view(slider)])]
    made = models(page_of(cells, said(*tabs, slider, inside, outside), Served("book")))
    links = [model["state"] for model in made.values() if model["kind"] in {"Link", "DirectionalLink"}]
    assert links == [{"source": ["anywidget:Tab", "selected_index"], "target": ["anywidget:Tab2", "selected_index"]}]


def test_a_chart_of_a_cell_is_a_model_of_the_page() -> None:
    chart = nbf.new_output("display_data", data={CHART: {"mark": "bar"}, "text/plain": "alt.Chart(...)"})
    made = page_of([Cell(1, outputs=[chart, chart])], said(), Served("book", beside=True))
    charts = [model["state"] for model in models(made).values()]
    assert [chart["spec"] for chart in charts] == [{"mark": "bar"}] * 2
    assert all(chart["vega"].startswith("essay-explorer/vega") for chart in charts)
    assert body(made).count("data-model=") == 2
    assert "VegaChart: (() =>" in made.html
    assert "alt.Chart" not in made.html


def test_parts_are_beside_the_page_or_in_it() -> None:
    beside = page(Explorer(READING))
    panel = models(beside)["ChartPanel"]["state"]
    assert panel["charts"] == "essay-explorer/charts-1.json"
    assert models(beside)["Lens"]["state"]["file"] == "essay-explorer/her.html"
    inside = page(Explorer(READING), beside=False)
    place = models(inside)["ChartPanel"]["state"]["charts"].removeprefix("#")
    assert f'id="{place}">' in inside.html
    assert models(inside)["Lens"]["state"]["file"] == ""


def test_two_readings_have_parts_of_their_own() -> None:
    made = page(w.HBox([Explorer(READING), Explorer(WINTER)]), beside=False)
    panels = [model["state"]["charts"] for model in models(made).values() if model["kind"] == "ChartPanel"]
    assert len(set(panels)) == 2


def test_the_title_is_the_essays_or_the_first_heading_or_the_name() -> None:
    heading = Cell(9, prose='<h1 id="a">A &amp; <em>B</em><a class="anchor-link" href="#a">¶</a></h1><h1>C</h1>')
    explorer = Explorer(READING)
    assert title(page(explorer)) == escape(str(READING.essay.title))
    assert title(page_of([heading], said(), Served("my-book"))) == "A &amp; B"
    assert title(page_of([Cell(1, prose="<p>a</p>")], said(), Served("my-book"))) == "my book"
    both = w.HBox([Explorer(READING), Explorer(WINTER)])
    assert title(page_of([Cell(1, outputs=[view(both)]), heading], said(both), Served("my-book"))) == "A &amp; B"


def test_faults_of_a_readings_files_are_not_for_readers() -> None:
    faulty = Reading.from_texts({"essay.md": "Snow fell.", "annotations.csv": "id,quote,theme\na1,Rain fell,\n"})
    assert faulty.faults
    made = page(Explorer(faulty))
    assert "Rain fell" not in made.html
    assert models(made)["Lens"]["state"]["content"]["faults"] == []


def test_what_goes_wrong_is_said_plainly_and_logged_with_its_cell(caplog: pytest.LogCaptureFixture) -> None:
    explorer = Explorer(READING)
    wrong = nbf.new_output("error", ename="KeyError", evalue="secret", traceback=["Traceback: secret"])
    cells = [
        Cell(1, prose="<p>before</p>"),
        Cell(2, outputs=[view(explorer)]),
        Cell(
            4, outputs=[nbf.new_output("stream", text="halfway"), wrong, nbf.new_output("stream", text="never printed")]
        ),
        Cell(5, prose="<p>after</p>"),
    ]
    with caplog.at_level(logging.ERROR):
        made = page_of(cells, said(explorer, error="KeyError: 'x'"), Served("book"))
    assert caplog.messages == ["book.ipynb, cell 4: KeyError: 'x'"]
    for there in ("before", OPENING, "halfway", BROKEN.one):
        assert there in body(made)
    for not_there in ("secret", "Traceback", "never printed", "after</p>"):
        assert not_there not in made.html
    assert made.ours


def test_a_page_is_current_until_a_file_of_it_changes(tmp_path: Path) -> None:
    folder, data = tmp_path / "winter", tmp_path / "data.csv"
    folder.mkdir()
    (folder / "essay.md").write_text("Snow fell.", encoding="utf-8")
    data.write_text("1", encoding="utf-8")
    made = page(EssayText(Lens(WINTER)), folders=[str(folder)], files=[str(data)])
    assert made.is_current
    data.write_text("12", encoding="utf-8")
    assert not made.is_current
    made = page(EssayText(Lens(WINTER)), folders=[str(folder)], files=[str(data)])
    (folder / "codebook.yml").write_text("theme:\n  cold: Cold\n", encoding="utf-8")
    assert not made.is_current


def test_a_page_that_went_wrong_still_waits_for_the_files_of_the_one_before(tmp_path: Path) -> None:
    wrong = [Cell(1, outputs=[nbf.new_output("error", ename="ReadingError")])]
    before = replace(Page(), folders={str(tmp_path): None})
    made = page_of(wrong, said(error="ReadingError: no text"), Served("book"), before)
    assert list(made.folders) == [str(tmp_path)]
    assert list(page_of([], said(), Served("book"), before).folders) == []


# What the template does with it


def book(*sources: str) -> NotebookNode:
    return nbf.new_notebook(cells=[nbf.new_code_cell(source) for source in sources])


def starter(path: str) -> Any:
    """What starts a kernel, as Voila hands it to the template."""
    return SimpleNamespace(
        func=SimpleNamespace(__self__=SimpleNamespace(notebook_path=path, exporter=SimpleNamespace()))
    )


def run(pages: Pages, notebook: NotebookNode, path: str, widget: w.Widget | None) -> NotebookPage:
    """Let the template run a notebook of one cell that shows a widget; None: its kernel ends there."""
    notebook, _ = PagePreprocessor(enabled=True).preprocess(notebook, {"metadata": {"name": "book"}})
    made = NotebookPage(pages, Served("book"))
    assert made.template(notebook, starter(path)) == OURS
    for cell in notebook.cells:
        if HIDDEN in cell.metadata.tags and widget and "describe" in cell.source:
            cell.outputs = [nbf.new_output("display_data", data={FORM: said(widget).to_json()})]
        elif HIDDEN not in cell.metadata.tags:
            cell = nbf.new_code_cell() if widget is None else cell  # noqa: PLW2901 - as Voila does it
            cell.outputs = [view(widget)] if widget else []
        made.take(cell, "")
    made.made()
    return made


def test_a_notebook_describes_itself_once() -> None:
    pages, notebook = Pages(), book("import essay_explorer")
    made = run(pages, notebook, "a.ipynb", EssayText(Lens(WINTER)))
    assert made.kept.ours
    again = book("import essay_explorer")
    next_one = NotebookPage(pages, Served("book"))
    assert next_one.template(again, starter("a.ipynb")) == OURS
    assert next_one.kept is made.kept
    assert [cell.source for cell in again.cells if "describe()" in cell.source] == []
    assert all(ERRORS_ALLOWED in cell.metadata.tags for cell in again.cells)


def test_the_same_cells_elsewhere_are_another_page() -> None:
    pages = Pages()
    run(pages, book("import essay_explorer"), "anna/a.ipynb", EssayText(Lens(WINTER)))
    assert pages.of(book("import essay_explorer"), "anna/a.ipynb")
    assert pages.of(book("import essay_explorer"), "ben/a.ipynb") is None
    assert pages.of(book("import essay_explorer  # changed"), "anna/a.ipynb") is None


def test_of_many_notebooks_the_last_are_kept() -> None:
    pages, notebook = Pages(), book("import essay_explorer")
    for number in range(20):
        pages.keep(Page(ours=True), notebook, f"{number}.ipynb")
    assert pages.of(notebook, "3.ipynb") is None
    assert pages.of(notebook, "4.ipynb").ours


def test_a_notebook_that_shows_nothing_of_ours_is_voilas() -> None:
    pages = Pages()
    assert pages.of(book("import ipywidgets"), "a.ipynb") is PLAIN
    assert NotebookPage(pages, Served("book")).template(book("import ipywidgets"), starter("a.ipynb")) == VOILAS
    run(pages, book("import essay_explorer; 1"), "b.ipynb", w.Label("a"))
    named = NotebookPage(pages, Served("book"))
    assert named.template(book("import essay_explorer; 1"), starter("b.ipynb")) == VOILAS


def test_a_kernel_that_ends_is_reported_with_the_cell_where_it_did(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        made = run(Pages(), book("import essay_explorer"), "a.ipynb", None)
    assert caplog.messages == ["book.ipynb, cell 1: its kernel has ended"]
    assert BROKEN.one in made.kept.html
    assert made.kept.ours
    assert not made.kept.is_current  # the next reader's kernel may get further


def test_a_kernel_that_ends_takes_no_page_from_one_that_got_further() -> None:
    pages = Pages()
    good = run(pages, book("import essay_explorer"), "a.ipynb", EssayText(Lens(WINTER))).kept
    late = NotebookPage(Pages(), Served("book"))  # begun when there was no page
    late.template(
        PagePreprocessor().preprocess(book("import essay_explorer"), {"metadata": {"name": "book"}})[0],
        starter("a.ipynb"),
    )
    late._pages = pages
    assert late.made() is good
    assert pages.before("a.ipynb") is good


def test_the_essays_own_text_is_not_shown_twice() -> None:
    made = NotebookPage(Pages(), Served("book"))
    notebook = nbf.new_notebook(
        cells=[nbf.new_code_cell("import essay_explorer"), nbf.new_markdown_cell("Snow", metadata={"tags": [TEXT]})]
    )
    made.template(PagePreprocessor().preprocess(notebook, {"metadata": {"name": "book"}})[0], starter("a.ipynb"))
    for cell in notebook.cells:
        made.take(cell, "<p>Snow</p>" if cell.cell_type == "markdown" else "")
    assert "Snow" not in made.made().html


@pytest.mark.parametrize(
    "asks",
    [
        '<link rel="stylesheet" href="https://cdn.example/fonts.css" type="text/css" />',
        '<script src="//cdn.example/a.js"></script>',
        '<script async src="http://cdn.example/a.js"></script>',
    ],
)
def test_voilas_own_page_asks_no_other_host(asks: str) -> None:
    kept = '<link rel="stylesheet" href="voila/a.css"><script src="/voila/a.js"></script>'
    assert NotebookPage(Pages(), Served("book")).without_links_elsewhere(f"{kept}{asks}{kept}") == kept * 2
