"""Charts of a reading: pure functions, from a reading to an Altair chart.

Every chart is one view, its `width` may be "container", and it carries the parameters that
`linked.parameters` describes; its data are named "rows". Altair is imported with the first chart.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from essay_explorer import measures
from essay_explorer.charts.argument import argument
from essay_explorer.charts.flow import flow
from essay_explorer.charts.heard import heard
from essay_explorer.charts.linked import altair, follow
from essay_explorer.charts.look import SOURCE, how_to_read, source_of
from essay_explorer.charts.rhythm import rhythm
from essay_explorer.charts.tags import dispersion, weight
from essay_explorer.charts.together import together
from essay_explorer.charts.values import values_of
from essay_explorer.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from essay_explorer.core.reading import Reading

__all__ = ["CHARTS", "argument", "dispersion", "flow", "follow", "rhythm", "specs", "together", "weight"]


def __dir__() -> list[str]:
    """What somebody who types the name and a dot can use."""
    return sorted([*__all__, *(name for name in globals() if name.startswith("__"))])


CHARTS: Mapping[str, Callable[..., Any]] = {
    "dispersion": dispersion,
    "flow": flow,
    "weight": weight,
    "together": together,
    "argument": argument,
    "rhythm": rhythm,
}
MOST_ROWS = 5_000  # of a chart on a page; a codebook of hundreds of tags may have more
# The same rows drawn in another way.
MORE: Mapping[str, tuple[str, Callable[[], str], Callable[..., Any]]] = {
    "flow": ("flow-stacked", lambda: say("Stacked"), partial(flow, stacked=True)),
    "weight": ("weight-by-size", lambda: say("By size"), partial(weight, by="size")),
}


def specs(reading: Reading) -> list[dict[str, Any]]:
    """All charts for a page, as plain JSON values, the same for equal readings.

    `spec` is Vega-Lite as wide as its container, without what the entry has already: its title, `how` to read it and
    its `source`, which belong around it, and its rows, which belong into `spec["data"]["values"]`. It is empty where
    the rows are too many. `more` holds the same rows drawn in another way: (name, label, spec) each, e.g.
    "flow-stacked".

    >>> from essay_explorer import charts, open_reading
    >>> [entry["label"] for entry in charts.specs(open_reading("her"))]
    ['Where', 'By paragraph', 'How much', 'Pairs', 'Argument', 'Rhythm']
    """
    with altair().theme.enable("none"):
        return [_entry(reading, name) for name in CHARTS]


def _entry(reading: Reading, name: str) -> dict[str, Any]:
    measure = getattr(measures, name)(reading)
    if len(measure.rows) > MOST_ROWS:
        return _undrawn(measure, reading)
    more = [
        {"name": other, "label": label(), "spec": _spec(draw(reading))}
        for other, label, draw in ([MORE[name]] if name in MORE else [])
    ]
    return {
        "name": name,
        "label": measure.label,
        "title": measure.title,
        "summary": measure.summary,
        "how": how_to_read(measure),
        "source": source_of(reading.essay),
        "columns": [list(column) for column in measure.columns],
        "rows": values_of(measure.rows),
        "spec": _spec(CHARTS[name](reading)),
        "more": more,
    } | ({"values": measure.values} if measure.values else {})


def _undrawn(measure: measures.Measure[object], reading: Reading) -> dict[str, Any]:
    """The entry of a chart that would take a page minutes: its finding stands, its picture and table do not."""
    tables = say(
        "{count} rows are too many to draw on a page. From Python, reading.to_frame() gives the numbers as tables.",
        count=f"{len(measure.rows):,}",
    )
    return {
        "name": measure.name,
        "label": measure.label,
        "title": measure.title,
        "summary": tables,
        "how": how_to_read(measure),
        "source": source_of(reading.essay),
        "columns": [],
        "rows": [],
        "spec": {},
        "more": [],
    }


def _spec(chart: Any) -> dict[str, Any]:  # noqa: ANN401 - an Altair chart
    spec: dict[str, Any] = chart.properties(width="container").to_dict()
    del spec["title"], spec["config"]["title"]
    spec["layer"] = [heard(layer) for layer in spec["layer"] if layer.get("data", {}).get("name") != SOURCE]
    return spec | {"data": {"name": "rows"}, "autosize": {"type": "fit-x", "contains": "padding"}}
