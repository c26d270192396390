"""What links a chart to the lens: the parameters that a page drives, and marks that go faint."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from essay_explorer.core.brief import ArgumentTypeError

if TYPE_CHECKING:
    import altair as alt

FAINT = 0.18
LEGIBLE = 0.68  # letters that go faint keep 4.5:1 (WCAG 2.2, 1.4.3)
PARAMETERS: dict[str, object] = {"chosen": [], "shown": None, "within": [], "dark": False}
# Fields that a chart's data does not have change nothing.
NOT_CHOSEN = "length(chosen) && isValid(datum.tag) && indexof(chosen, datum.tag) < 0"
NOT_SHOWN = "isValid(shown) && isValid(datum.passage) && indexof(shown, datum.passage) < 0"
NOT_WITHIN = "length(within) && (datum.last < within[0] || datum.paragraph > within[1])"  # of a stretch
IS_FAINT = f"({NOT_CHOSEN}) || ({NOT_SHOWN})"


def altair() -> Any:  # noqa: ANN401 - the module
    """Altair, imported without the grammar of international addresses.

    jsonschema, which checks charts, imports `rfc3987_syntax` where that is installed, and that
    builds a grammar for over a second. No chart has such an address to check, and jsonschema does
    without. A jsonschema that is loaded already stays as it is.
    """
    grammar = "rfc3987_syntax"
    if grammar in sys.modules or "jsonschema" in sys.modules:
        return import_module("altair")
    sys.modules[grammar] = None  # type: ignore[assignment]  # Python's way to say: cannot be imported
    try:
        return import_module("altair")
    finally:
        del sys.modules[grammar]


def parameters() -> list[alt.Parameter]:
    """What the page tells a chart, by these names.

    `chosen`: ids of the tags chosen, empty for none; `shown`: ids of the passages shown, null for
    all; `within`: first and last paragraph, empty for all; `dark`: whether the page is dark.
    """
    alt = altair()
    return [alt.param(name=name, value=value) for name, value in PARAMETERS.items()]


def opacity(faint: str = IS_FAINT, *, full: float = 1, low: float = FAINT) -> alt.OpacityValue:
    """An opacity: `low` where the Vega expression `faint` holds, else `full`."""
    return altair().OpacityValue(full, condition={"test": faint, "value": low})  # type: ignore[no-any-return]


def follow(chart: Any) -> Any:  # noqa: ANN401 - the kind of chart that comes goes back
    """A chart of your own, linked to the lens by a field `tag` or `passage` of its data.

    Marks whose tag is not chosen, or whose passage is not shown, go faint; an opacity that the
    chart sets itself stays. Raises TypeError for a chart of several views.

    >>> import altair as alt
    >>> from essay_explorer import charts, open_reading
    >>> frame = open_reading("her").to_frame("tags")
    >>> mine = alt.Chart(frame).mark_bar().encode(x="count()", y="tag")
    >>> [parameter.name for parameter in charts.follow(mine).params][:2]
    ['chosen', 'shown']
    """
    return _faded(chart).add_params(*parameters())


def _faded(chart: Any) -> Any:  # noqa: ANN401 - as above
    alt = altair()
    if isinstance(chart, alt.LayerChart):
        copy = chart.copy()
        copy.layer = [_faded(layer) for layer in chart.layer]
        return copy
    if not isinstance(chart, alt.Chart):
        message = f"expected a chart of one view or of layers, found {type(chart).__name__}. Link its parts one by one"
        raise ArgumentTypeError(message)
    encoding = chart.encoding
    has_its_own = encoding is not alt.Undefined and encoding.opacity is not alt.Undefined
    return chart if has_its_own else chart.encode(opacity=opacity())
