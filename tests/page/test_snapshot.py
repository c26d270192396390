"""The widgets of a notebook as plain JSON: names, references, layouts, and whether Python listens."""

from __future__ import annotations

import json

import anywidget
import ipywidgets
import pytest
import traitlets

from essay_explorer import Explorer, Lens, open_reading
from essay_explorer.page.snapshot import LIVE, Snapshot, references
from essay_explorer.widgets.lens import SHARED
from essay_explorer.widgets.widget import Widget

READING = open_reading("her")


class Stars(Widget):
    """A small model of an author's own."""

    shared = ("given",)
    _esm = "export default { render({ el }) { el.textContent = 'stars'; } };"
    given = traitlets.Int(0).tag(sync=True)


class Importing(Widget):
    """A module that cannot stand in a page's script."""

    _esm = "import confetti from './confetti.js';\nexport default { render() { confetti(); } };"


def test_models_have_names_of_their_own_and_children_come_first() -> None:
    made = Snapshot.of([Explorer(READING), Explorer(READING)])
    kinds = {"Lens", "ThemeFilter", "EssayText", "PassageCard", "ChartPanel", "Tour", "Differ", "Marks", "MarkSheet"}
    kinds |= {"Explorer"}
    names = list(made.models)
    assert set(names) == kinds | {f"{kind}2" for kind in kinds}
    assert [names[at] for at in (0, 9, 10, 19)] == ["Lens", "Explorer", "Lens2", "Explorer2"]
    assert made.models["Explorer2"]["state"]["lens"] == "anywidget:Lens2"
    assert set(made.modules) == kinds
    json.dumps(made.models)


def test_two_views_of_one_lens_name_the_same_model() -> None:
    lens = Lens(READING)
    made = Snapshot.of([ipywidgets.HBox([Explorer(READING, lens=lens), Explorer(READING, lens=lens)])])
    assert [name for name in made.models if name.startswith("Lens")] == ["Lens"]
    assert made.models["HBox"]["state"]["children"] == ["anywidget:Explorer", "anywidget:Explorer2"]


def test_only_what_holds_widgets_refers_to_them() -> None:
    label = ipywidgets.Label("anywidget:Lens")
    made = Snapshot.of([ipywidgets.HBox([label]), Explorer(READING, charts=False)]).models
    assert made["Label"]["refers"] == []
    assert made["HBox"]["refers"] == ["children"]
    assert list(references(made["HBox"])) == ["Label"]
    assert set(made["Explorer"]["refers"]) == {"lens", "filter", "text", "card", "tour", "differ", "marks", "sheet"}
    assert list(references(made["Label"])) == []


def test_what_the_author_set_of_a_layout_is_css() -> None:
    box = ipywidgets.AppLayout(left_sidebar=ipywidgets.Label("a"), layout=ipywidgets.Layout(max_width="40em"))
    layout = Snapshot.of([box]).models["GridBox"]["layout"]
    assert layout["max-width"] == "40em"
    assert "grid-template-areas" in layout
    assert None not in layout.values()


@pytest.mark.parametrize(
    ("widget", "kind"),
    [
        (ipywidgets.HBox(), "HBox"),
        (ipywidgets.Tab(), "Tab"),
        (type("Own", (ipywidgets.VBox,), {})(), "VBox"),
        (ipywidgets.HTML("<b>a</b>"), "HTML"),
        (ipywidgets.IntSlider(), LIVE),
        (ipywidgets.Output(), LIVE),
        (anywidget.AnyWidget(), LIVE),  # who knows what it imports
        (Stars(), "Stars"),
        (Importing(), LIVE),
    ],
)
def test_what_draws_a_widget(widget: ipywidgets.Widget, kind: str) -> None:
    (model,) = Snapshot.of([widget]).models.values()
    assert model["kind"] == kind


def test_what_is_shared_with_a_kernel_is_what_a_reader_changes() -> None:
    made = Snapshot.of([Lens(READING), ipywidgets.Tab([Stars()])]).models
    assert made["Lens"]["shared"] == list(SHARED)
    assert made["Tab"]["shared"] == ["selected_index"]
    assert made["Stars"]["shared"] == ["given"]


def test_nobody_listens_to_widgets_as_they_come() -> None:
    assert Snapshot.of([Explorer(READING), ipywidgets.Tab([ipywidgets.HTML("a")])]).watched == []
    layout = ipywidgets.AppLayout(header=ipywidgets.HTML("a"), center=ipywidgets.TwoByTwoLayout())
    assert Snapshot.of([layout]).watched == []  # it listens to itself


def test_whoever_listens_needs_a_kernel() -> None:
    observed, linked, told, tab = Lens(READING), Lens(READING), Explorer(READING), ipywidgets.Tab([ipywidgets.HBox()])
    observed.observe(lambda _: None, "chosen")
    traitlets.link((linked, "query"), (ipywidgets.Text(), "value"))
    told.on_msg(lambda *_: None)
    tab.observe(lambda _: None, "selected_index")
    for widget in (observed, linked, told, tab):
        assert Snapshot.of([widget]).watched, widget


def test_a_widget_tells_of_its_traits_those_that_are_asked_for() -> None:
    explorer, sent = Explorer(READING), []
    explorer.send = sent.append
    explorer._handle_custom_msg({"asked": "state", "names": ["lens", "frame", "_esm", "nothing"]}, [])
    assert sent == [
        {"state": {"lens": f"anywidget:{explorer.lens.model_id}", "frame": "notebook", "_esm": str(explorer._esm)}}
    ]
