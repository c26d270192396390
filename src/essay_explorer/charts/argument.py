"""The relations between passages, as arcs over the length of the essay."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from essay_explorer import measures
from essay_explorer.charts.linked import NOT_WITHIN, altair, opacity
from essay_explorer.charts.look import INK, PAPER, SOFT, called, finished, named, paragraphs
from essay_explorer.charts.values import values_of
from essay_explorer.core.given import of_reading
from essay_explorer.measures import StretchedMeasure
from essay_explorer.measures.measure import LETTERS_TITLED, clipped
from essay_explorer.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    import altair as alt

    from essay_explorer.core.reading import Reading
    from essay_explorer.measures import Measure
    from essay_explorer.measures.relations import Arc, LedTo

HEIGHT = 340
STROKES = {"supports": [1, 0], "opposes": [7, 4], "qualifies": [1.5, 3.5]}
FAINT = "isValid(shown) && indexof(shown, datum.from) < 0 && indexof(shown, datum.to) < 0"


@of_reading
def argument(reading: Reading, *, width: int = 640) -> alt.LayerChart:
    """Arcs from passage to passage: supports above, opposes and qualifies below; of very many, where they lead.

    >>> from essay_explorer import charts, open_reading
    >>> " ".join(charts.argument(open_reading("her")).title.text)[:28]
    'Most relations lead to “What'
    """
    measure = measures.argument(reading)
    layers = _leading(measure) if isinstance(measure, StretchedMeasure) else _arcs(measure)
    chart = finished(reading, measure, [paragraphs(reading), *layers], width=width, height=HEIGHT)
    return chart.transform_calculate(**called(measure, "relation"))


def _leading(measure: StretchedMeasure[LedTo]) -> list[Any]:
    """A bar for each kind of relation that leads into a stretch."""
    alt = altair()
    counts: Counter[tuple[int, bool]] = Counter()
    for row in measure.rows:
        counts[row.start, row.relation == "supports"] += row.count
    up, down = (max((counts[at] for at in counts if at[1] is above), default=1) for above in (True, False))
    axis = alt.Axis(
        title=say("Links to passages there"), tickCount=6, tickMinStep=1, labelExpr="abs(datum.value)",
        domain=False, ticks=False, grid=True,
    )  # fmt: skip
    y = alt.Y("base:Q", axis=axis, scale=alt.Scale(domain=[-1.15 * down, 1.15 * up], nice=False))
    tooltip = [
        alt.Tooltip("paragraphs:N", title=say("Into paragraphs")),
        alt.Tooltip("called:N", title=say("Relation")),
        alt.Tooltip("count:Q", title=say("Links")),
        alt.Tooltip("quote:N", title=say("Most lead to")),
    ]
    qualifies = "datum.relation == 'qualifies'"
    bars = (
        alt.Chart()
        .transform_calculate(side="datum.relation == 'supports' ? 1 : -1")
        .transform_stack(stack="count", groupby=["start", "side"], as_=["low", "high"],
                         sort=[alt.SortField("relation")])
        .transform_calculate(base="datum.side * datum.low", top="datum.side * datum.high")
        .mark_rect(strokeWidth=0.8)
        .encode(
            x="start:Q", x2="end:Q", y=y, y2="top:Q",
            fill=alt.FillValue(SOFT, condition={"test": qualifies, "value": PAPER}),
            stroke=alt.StrokeValue(PAPER, condition={"test": qualifies, "value": SOFT}),
            opacity=opacity(NOT_WITHIN), tooltip=tooltip,
        )
    )  # fmt: skip
    zero = alt.Chart(named([{}], "zero")).mark_rule(color=INK).encode(y=alt.YDatum(0, axis=axis))
    sides = [{"text": say("supports"), "y": 8}, {"text": say("opposes (full), qualifies (hollow)"), "y": HEIGHT - 8}]
    words = alt.Chart(named(sides, "sides")).mark_text(align="left", color=SOFT, fontSize=11)
    return [bars, zero, words.encode(x=alt.value(4), y=alt.Y("y:Q", scale=None, axis=None), text="text:N")]


def _arcs(measure: Measure[Arc]) -> list[Any]:
    """The arcs, the passages at their ends, and a word for either side."""
    alt = altair()
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1, 1], nice=False))
    most = max(2, *(row.weight for row in measure.rows), 0)
    furthest = max((abs(row.end - row.start) for row in measure.rows), default=0) or 1
    sides = [{"y": 0.97, "text": say("supports")}, {"y": -0.97, "text": say("opposes (dashed), qualifies (dotted)")}]
    words = alt.Chart(named(sides, "sides")).mark_text(align="left", color=SOFT, fontSize=11)
    said = words.encode(x=alt.value(4), y=y, text="text:N")
    return [_bows(y, most, furthest), _dots(measure.rows, most), said]


def _bows(y: alt.Y, most: int, furthest: float) -> Any:  # noqa: ANN401 - a chart
    """The arcs as bows, the thicker the more lead to their passage, up to `most`; the `furthest` is the tallest."""
    alt = altair()
    tooltip = [
        alt.Tooltip("quote:N", title=say("From")),
        alt.Tooltip("called:N", title=say("Relation")),
        alt.Tooltip("target:N", title=say("To")),
        alt.Tooltip("weight:Q", title=say("Links to it")),
    ]
    lines = alt.Chart().mark_line(color=INK, strokeCap="round", interpolate="natural")
    lines = lines.encode(
        strokeWidth=alt.StrokeWidth("weight:Q", legend=None, scale=alt.Scale(domain=[1, most], range=[1, 3.2])),
        strokeDash=alt.StrokeDash(
            "relation:N", legend=None, scale=alt.Scale(domain=list(STROKES), range=list(STROKES.values()))
        ),
        opacity=opacity(FAINT, full=0.72, low=0.13),
    )
    touch = alt.Chart().mark_line(strokeWidth=9, opacity=0.001)
    return (
        alt.layer(lines, touch)
        .transform_calculate(
            t="sequence(0, 25)",
            tall="(datum.relation == 'supports' ? 1 : -1)"
            f" * (0.1 + 0.8 * pow(abs(datum.end - datum.start) / {furthest}, 0.6))",
        )
        .transform_flatten(["t"])
        .transform_calculate(
            x="(datum.start + datum.end) / 2 + (datum.start - datum.end) / 2 * cos(PI * datum.t / 24)",
            y="datum.tall * sin(PI * datum.t / 24)",
        )
        .encode(x="x:Q", y=y, detail="number:N", order="t:Q", tooltip=tooltip)
    )


def _dots(arcs: Iterable[Arc], most: int) -> Any:  # noqa: ANN401 - a chart
    """The passages at the ends of arcs, the larger the more lead to them."""
    alt = altair()
    dots = alt.Chart(named(values_of(_ends(arcs)), "ends"))
    return dots.mark_circle(color=INK, stroke=PAPER, strokeWidth=1, opacity=1).encode(
        x="x:Q", y=alt.YDatum(0, axis=None), opacity=opacity(),
        size=alt.Size("weight:Q", legend=None, scale=alt.Scale(domain=[0, most], range=[14, 190])),
        tooltip=[alt.Tooltip("quote:N", title=say("Passage")), alt.Tooltip("weight:Q", title=say("Links to it"))],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _End:
    """A passage at an end of arcs, and how many lead to it."""

    passage: str
    x: float
    quote: str
    paragraph: int
    weight: int


def _ends(arcs: Iterable[Arc]) -> list[_End]:
    """The passages at the ends of the arcs; those that most lead to come last and lie on top."""
    ends: dict[str, _End] = {}
    for arc in arcs:
        source = _End(arc.from_, arc.start, clipped(arc.quote, LETTERS_TITLED), arc.paragraph, 0)
        ends.setdefault(arc.from_, source)
        target = _End(arc.to, arc.end, clipped(arc.target, LETTERS_TITLED), arc.into, arc.weight)
        ends[arc.to] = target
    return sorted(ends.values(), key=attrgetter("weight"))
