"""Charts that follow the lens, and that it follows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from essay_explorer.charts import bundle
from essay_explorer.widgets.module import module
from essay_explorer.widgets.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.widgets.lens import Lens

HERE = Path(__file__).parent


class ChartPanel(Widget):
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
    """

    page = ("charts", "vega")
    _esm = module("chart_data", "chart_controls", "chart_table", "chart_drawing", "chart_saving", "chart_panel")
    _css = HERE / "chart_panel.css"

    lens = anywidget.WidgetTrait().tag(sync=True)
    own = traitlets.List(traitlets.Dict()).tag(sync=True)
    charts = traitlets.Unicode().tag(sync=True)
    vega = traitlets.Unicode().tag(sync=True)

    def __init__(self, lens: Lens, own: Iterable[Any] = (), *, charts: str = "", vega: str = "") -> None:
        """The reading's charts, or `own` ones made with Altair; `charts.follow` links those to the lens."""
        super().__init__(lens=lens, own=[chart.to_dict() for chart in own], charts=charts, vega=vega)
        self.on_msg(self._answer)

    def _answer(self, _: object, asked: object, __: object) -> None:
        """Send what a notebook's page asks for, when a chart is first shown."""
        if asked == {"asked": "vega"}:
            self.send({"vega": bundle.vega()})
        elif asked == {"asked": "charts"}:
            self.send({"charts": bundle.charts(self.lens.reading)})
