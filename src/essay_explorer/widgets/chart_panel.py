"""Charts that follow the lens, and that it follows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from essay_explorer.charts import bundle
from essay_explorer.core.brief import ArgumentTypeError, ArgumentValueError, kind_of
from essay_explorer.widgets.module import module
from essay_explorer.widgets.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.widgets.lens import Lens

HERE = Path(__file__).parent


class ChartPanel(View):
    """Charts that follow the lens, and that it follows: one at a time, each with its table.

    ======  ===========================================================  ============
    trait   value                                                        written by
    ======  ===========================================================  ============
    lens    the Lens it looks at                                         Python, once
    own     charts of one's own as Vega-Lite; [] for the reading's       Python, once
    charts  where the page finds the reading's charts: an address, "#"   Python, once
            and the id of an element, or "" to ask the kernel
    vega    where it finds Vega, likewise                                Python, once
    ======  ===========================================================  ============

    >>> import altair as alt
    >>> from essay_explorer import ChartPanel, Lens, charts, open_reading
    >>> lens = Lens(open_reading("her"))
    >>> bars = alt.Chart(lens.reading.to_frame("tags")).mark_bar().encode(x="count()", y="tag")
    >>> panel = ChartPanel(lens, charts.follow(bars))
    """

    page = ("charts", "vega")
    _esm = module(
        *("chart_counts", "chart_findings", "chart_layers"),
        *("chart_data", "chart_controls", "chart_table", "chart_drawing", "chart_saving", "chart_panel"),
    )
    _css = HERE / "chart_panel.css"

    own = traitlets.List(traitlets.Dict()).tag(sync=True)
    charts = traitlets.Unicode().tag(sync=True)
    vega = traitlets.Unicode().tag(sync=True)

    def __init__(self, lens: Lens, own: Any = (), **traits: Any) -> None:  # noqa: ANN401 - any of the traits
        """The reading's charts, or `own` made with Altair, one or several; `charts.follow` links those to the lens."""
        super().__init__(lens, own=[_spec(chart) for chart in _charts(own)], **traits)
        self.on_msg(self._answer)

    def _answer(self, _: object, asked: object, __: object) -> None:
        """Send what a notebook's page asks for, when a chart is first shown."""
        if asked == {"asked": "vega"}:
            self.send({"vega": bundle.vega()})
        elif asked == {"asked": "charts"}:
            self.send({"charts": bundle.charts(self.lens.reading)})


def _charts(own: Any) -> Iterable[Any]:  # noqa: ANN401 - what somebody gave
    """The charts that somebody gave, one or several."""
    return own if isinstance(own, list | tuple) else [own]


def _is_chart(own: object) -> bool:
    """Whether something is a chart of Altair's, which who has none need not import."""
    return type(own).__module__.partition(".")[0] == "altair" and hasattr(own, "to_dict")


def _spec(chart: Any) -> Any:  # noqa: ANN401 - as above
    """A chart as Vega-Lite. Raises TypeError for what is none."""
    if not _is_chart(chart):
        advice = "Draw one, such as alt.Chart(frame).mark_bar().encode(x=..., y=...)"
        message = f"ChartPanel shows charts made with Altair, and this is {kind_of(chart)}. {advice}"
        raise ArgumentTypeError(message)
    try:
        return chart.to_dict()
    except Exception as error:
        message = f"ChartPanel cannot draw this chart: {' '.join(str(error).split())}"
        raise ArgumentValueError(message) from error
