"""What the notebooks of the documentation run with: charts without a network, and stock widgets as text and views."""

from html import escape

import altair
from IPython import get_ipython
from ipywidgets import Box, Output, Widget

altair.renderers.enable("svg")


def text_of(widget: Widget) -> str:
    """A widget as a page shows it on which none runs: a box by what is in it, a control by its name and its choices."""
    if isinstance(widget, Box):
        across = type(widget).__name__ in {"HBox", "Box"}
        inner = "".join(f"<div>{text_of(child)}</div>" for child in widget.children)
        return f'<div class="widgets{" across" if across else ""}">{inner}</div>'
    if isinstance(widget, Output):
        printed = "".join(one.get("text", "") for one in widget.outputs)
        shown = "".join(one.get("data", {}).get("text/html", "") for one in widget.outputs)
        return f"<pre>{escape(printed)}</pre>{shown}" if printed else shown
    bundle = widget._repr_mimebundle_() or ({},)  # noqa: SLF001 - IPython's name for it
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    if "text/html" in data:
        return data["text/html"]
    name, choices = getattr(widget, "description", ""), getattr(widget, "_options_labels", ())
    said = ", ".join(map(str, choices)) or getattr(widget, "placeholder", "") or str(getattr(widget, "value", ""))
    return f'<p class="control"><b>{escape(name or type(widget).__name__)}</b> {escape(said)}</p>'


get_ipython().display_formatter.formatters["text/html"].for_type(Widget, text_of)
