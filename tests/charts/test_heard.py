"""What a screen reader hears of a chart."""

from __future__ import annotations

from essay_explorer.charts.heard import heard

TOLD = [
    {"field": "label", "title": "Theme", "type": "nominal"},
    {"field": "share of it", "title": "Share", "type": "quantitative", "format": ".1f"},
]


def test_a_mark_says_what_the_pointer_is_told() -> None:
    made = heard({"mark": "bar", "encoding": {"x": {"field": "at"}, "tooltip": TOLD}})
    assert made["mark"] == {
        "type": "bar",
        "description": {"expr": '"Theme: "+datum.label+"; Share: "+format(datum["share of it"],\'.1f\')'},
    }


def test_a_layer_says_what_the_view_around_it_tells_and_letters_on_it_are_silent() -> None:
    made = heard({"encoding": {"tooltip": TOLD}, "layer": [{"mark": {"type": "rect"}}, {"mark": "text"}]})
    rect, text = (layer["mark"] for layer in made["layer"])
    assert "Theme: " in rect["description"]["expr"]
    assert text == {"type": "text", "aria": False}


def test_what_tells_nothing_says_nothing() -> None:
    assert heard({"mark": "rule"})["mark"] == {"type": "rule", "aria": False}
    assert heard({"mark": {"type": "bar", "aria": False}, "encoding": {"tooltip": TOLD}})["mark"]["aria"] is False
    assert heard({"mark": "area", "encoding": {"tooltip": None}})["mark"]["aria"] is False
