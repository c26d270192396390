"""Views as ipywidgets: what they take, what they refuse in a sentence, and what stands for them where none runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import altair as alt
import pytest
from IPython.core.interactiveshell import InteractiveShell
from ipywidgets import Layout

import essay_explorer
from essay_explorer import (
    ChartPanel,
    Differ,
    Essay,
    EssayText,
    Explorer,
    Lens,
    Marks,
    MarkSheet,
    PassageCard,
    Reading,
    ThemeFilter,
    Tour,
    open_reading,
)
from essay_explorer.page.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from essay_explorer.widgets.widget import Widget

HER = open_reading("her")
OTHER = Reading(Essay("Other *words*.", title="Other", author="Ada <b>Writer</b>"))
LENS = Lens(HER)
LESS = HER.without("a01")
VIEWS = [ThemeFilter, EssayText, PassageCard, ChartPanel, Tour, Differ]
CHART = alt.Chart(HER.to_frame("tags")).mark_bar().encode(x="count()", y="tag")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_takes_the_layout_of_every_ipywidget(view: type[EssayText]) -> None:
    made = view(LENS, layout=Layout(height="400px"), tooltip="A tip")
    assert (made.layout.height, made.tooltip, made.lens) == ("400px", "A tip", LENS)


def test_what_is_made_of_views_takes_it_too() -> None:
    marks = Marks(LENS)
    assert Explorer(HER, layout={"height": "30rem"}).layout.height == "30rem"
    assert MarkSheet(LENS, marks, layout={"width": "50%"}).layout.width == "50%"


WRONG = [
    (
        lambda: Lens("her"),
        TypeError,
        r'Lens shows a Reading, and this is a str. Open it first: Lens\(open_reading\("her"',
    ),
    (lambda: Explorer("her"), TypeError, "Explorer shows a Reading, and this is a str"),
    (
        lambda: EssayText(Explorer(HER)),
        TypeError,
        r"this is an Explorer. Give it the lens of that view: EssayText\(view.l",
    ),
    (
        lambda: ThemeFilter(HER),
        TypeError,
        r"this is a Reading. Make one for the reading: ThemeFilter\(Lens\(reading\)\)",
    ),
    (lambda: PassageCard(None), TypeError, "PassageCard looks at a Lens, and this is None"),
    (lambda: Marks(HER), TypeError, "Marks looks at a Lens, and this is a Reading"),
    (lambda: setattr(LENS, "choosen", ["trust"]), AttributeError, 'Lens has no "choosen". Did you mean "chosen"?'),
    (lambda: EssayText(LENS, layuot=1), TypeError, 'EssayText takes no "layuot". Did you mean "layout"?'),
    (lambda: Explorer(OTHER, lens=LENS), ValueError, "Explorer shows “reading”, and its lens looks at “her”"),
    (lambda: Explorer(LESS, lens=LENS), ValueError, "“her”, and its lens looks at another reading of that name"),
    (lambda: Explorer(HER, lens=EssayText(LENS)), TypeError, r"Explorer\(reading, lens=view.lens\)"),
    (lambda: Explorer(HER, lens=HER), TypeError, r"Explorer\(reading, lens=Lens\(reading\)\)"),
    (lambda: EssayText(LENS, Marks(Lens(HER))), ValueError, "EssayText and its Marks look at two lenses"),
    (lambda: MarkSheet(LENS, None), TypeError, "MarkSheet works on Marks, and this is None"),
    (lambda: ChartPanel(LENS, HER.to_frame("tags")), TypeError, "made with Altair, and this is a DataFrame"),
    (lambda: ChartPanel(LENS, ["x"]), TypeError, "made with Altair, and this is a str"),
]


@pytest.mark.parametrize(("made", "kind", "words"), WRONG)
def test_a_wrong_argument_is_told_in_a_sentence(made, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        made()


def test_a_panel_takes_one_chart_or_several() -> None:
    assert ChartPanel(LENS, CHART).own == ChartPanel(LENS, [CHART]).own == ChartPanel(LENS, (CHART,)).own
    assert len(ChartPanel(LENS, [CHART, CHART]).own) == 2
    assert ChartPanel(LENS).own == []


CELL = "from essay_explorer import *\nlens = Lens(open_reading('her'))\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("lens.choose('mirrow')", 'tag "mirrow" is not in the codebook. Did you mean "mirror"?'),
        ("lens.match = 'both'", "The 'match' trait of a Lens instance expected any of ['any', 'all']"),
        ("lens.reading['zzz']", 'no annotation has the id "zzz"'),
        ("lens.reading.passages(theme='trus')", 'tag "trus" is not in the codebook. Did you mean "trust"?'),
        ("open_reading('hre')", "hre"),
        ("Explorer('her')", "Explorer shows a Reading, and this is a str"),
    ],
)
def test_a_notebook_shows_the_sentence_and_the_line(
    line: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = InteractiveShell()
    monkeypatch.setitem(shell.user_ns, "__name__", "__main__")
    shell.run_cell(CELL + line)
    shown = capsys.readouterr().out.strip().splitlines()
    assert said in shown[0]
    assert shown[-1] == f"Line 3 of this cell: {line}"
    assert len(shown) < 12


def test_tab_completion_knows_every_public_name() -> None:
    assert set(essay_explorer.__all__) <= set(dir(essay_explorer))
    assert "__version__" in dir(essay_explorer)


def test_beside_the_widget_stands_the_essay() -> None:
    bundle = Explorer(HER)._repr_mimebundle_()[0]
    assert set(bundle) == {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}
    assert bundle["text/plain"] == (
        "Explorer of “The Film That Asks and Won’t Answer”. After “Her Review” by Matt Jacobson, therec-room.com. "
        "Run this cell to explore it."
    )
    assert "Explorer: run this cell to explore it." in bundle["text/html"]
    for paragraph in HER.essay.text.split("\n\n"):
        assert paragraph.rsplit("*", 1)[-1][-40:] in bundle["text/html"]
    assert "trust" not in ThemeFilter(Lens(OTHER))._repr_mimebundle_()[0]["text/html"]


def test_what_stands_beside_a_widget_is_text() -> None:
    bundle = EssayText(Lens(OTHER))._repr_mimebundle_()[0]
    assert "Ada &lt;b&gt;Writer&lt;/b&gt;" in bundle["text/html"]
    assert "object at 0x" not in repr(Explorer(OTHER)) + repr(Lens(OTHER)) + bundle["text/plain"]


def test_a_readers_page_gets_no_second_copy_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESSAY_EXPLORER_SERVED", "1")
    assert "text/html" not in EssayText(LENS)._repr_mimebundle_()[0]


def test_a_lens_says_what_it_looks_at() -> None:
    lens = Lens(HER, chosen=["trust"], show="only")
    assert repr(lens) == "Lens of “The Film That Asks and Won’t Answer”. chosen=['trust'], show='only'"


def test_what_somebody_makes_of_a_view_may_have_attributes_of_its_own() -> None:
    class Desk(EssayText):
        pass

    desk = Desk(LENS)
    desk.owner = "Ada"
    assert desk.owner == "Ada"


@pytest.mark.parametrize(
    "view",
    [LENS, Explorer(HER), MarkSheet(LENS, Marks(LENS)), *(view(LENS) for view in VIEWS)],
    ids=lambda view: type(view).__name__,
)
def test_no_measure_that_a_host_is_sent_is_small_where_its_root_is(view: Widget) -> None:
    assert re.findall(r"(?<!max\()\b[\d.]+rem\b", view.get_state("_css")["_css"]) == []
    assert "calc(0.95 * max(1rem, 16px))" in LENS.get_state()["_css"]


def test_a_page_of_ours_takes_its_measures_from_its_readers_letters_and_undoes_no_host() -> None:
    style = Snapshot.of([LENS]).styles["Lens"]
    assert "0.95rem" in style
    assert "max(1rem" not in style
    assert "classic notebook" not in style


@pytest.mark.parametrize("make", [*VIEWS, Marks, lambda lens: Explorer(HER, lens=lens)])
def test_a_lens_that_was_closed_is_told_as_closed(make: Callable[[Lens], Widget]) -> None:
    lens = Lens(HER)
    view = EssayText(lens)
    lens.close()
    with pytest.raises(ValueError, match=r"^Lens: this one was closed, as .* Make a new one: Lens\(reading\)$"):
        make(lens)
    assert repr(view).startswith("EssayText of")


def test_marks_that_were_closed_are_told_as_closed() -> None:
    lens = Lens(HER)
    marks = Marks(lens)
    marks.close()
    with pytest.raises(ValueError, match=r"^Marks: this one was closed, .* Make a new one: Marks\(lens\)$"):
        MarkSheet(lens, marks)
