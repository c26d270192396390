"""A view as the cell of a notebook: what the page copies, run by Python, shows the same view."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import essay_explorer
from essay_explorer import Lens, open_reading
from essay_explorer.widgets.lens import SHARED
from node import evaluating

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MODULES = [Path(essay_explorer.__file__).parent / "widgets" / f"{name}.js" for name in ("content", "notebook_cell")]
CELL = "([name, state]) => notebook_cell.notebookCell(name, state)"
VIEWS: list[dict[str, Any]] = [
    {},
    {"chosen": ["trust", "ending"], "excluded": ["real"], "match": "all", "show": "only", "at": "a03"},
    {"query": 'so, "what"\n\\ [1,2] \U0001f600 it’s', "within": [2, 7], "chart": "where", "tour": 3},
    {"hidden": ["mine", "reading"], "differ": "reading", "at": "p4"},
]


@pytest.fixture(scope="module")
def evaluate() -> Iterator[Callable[..., Any]]:
    with evaluating(*MODULES) as evaluate:
        yield evaluate


@pytest.mark.parametrize("view", VIEWS)
def test_the_cell_shows_the_same_view(evaluate: Callable[..., Any], view: dict[str, Any]) -> None:
    lens = Lens(open_reading("her"), **view)
    state = {name: getattr(lens, name) for name in SHARED}
    cell = evaluate(CELL, ["her", state])
    *statements, last = cell.splitlines()
    names: dict[str, Any] = {}
    exec("\n".join(statements), names)
    made = eval(last, names)
    assert {name: getattr(made.lens, name) for name in SHARED} == state
    assert made.lens.passages == lens.passages


def test_a_mark_in_focus_stays_with_whoever_made_it(evaluate: Callable[..., Any]) -> None:
    lens = Lens(open_reading("her"), chosen=["trust"], at="d7d982ab-bb66-4228-8eac-068d3fe8fa39")
    cell = evaluate(CELL, ["her", {name: getattr(lens, name) for name in SHARED}])
    assert cell.endswith('Explorer(reading, lens=Lens(reading, chosen=["trust"]))')
