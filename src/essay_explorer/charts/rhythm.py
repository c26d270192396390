"""The sentences through the essay: how long, and which ask or judge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from essay_explorer import measures
from essay_explorer.charts.linked import FAINT, NOT_WITHIN, altair, opacity
from essay_explorer.charts.look import INK, PAPER, QUIET, SOFT, called, edge, finished, named, paragraphs
from essay_explorer.core.given import of_reading
from essay_explorer.measures import StretchedMeasure
from essay_explorer.words import say

if TYPE_CHECKING:
    import altair as alt

    from essay_explorer.core.essay import Essay
    from essay_explorer.core.reading import Reading
    from essay_explorer.measures.sentences import StretchRhythm

HEIGHT = 260
SIGN: dict[str, Any] = {"baseline": "bottom", "dy": -3, "fontWeight": 700, "fontSize": 13}
DIAMOND: dict[str, Any] = {"shape": "diamond", "filled": True, "size": 52, "yOffset": -9, "color": INK}
ANY = "isValid(shown)"
NOT_HERE = "!isValid(shown) || indexof(shown, datum.passage) < 0"


@of_reading
def rhythm(reading: Reading, *, width: int = 640) -> alt.LayerChart:
    """A bar for each sentence at its place in the essay, as high as it has words; in stretches, for its middle half.

    >>> from essay_explorer import charts, open_reading
    >>> charts.rhythm(open_reading("her")).title.text
    ['Verdicts are short: median 13 words, against 18 elsewhere']
    """
    measure = measures.rhythm(reading)
    if isinstance(measure, StretchedMeasure):
        layers = [paragraphs(reading), _quartiles(measure), *_key()]
        return finished(reading, measure, layers, width=width, height=HEIGHT)
    tallest = 1.1 * max((row.words for row in measure.rows), default=1)
    shown = _bars(reading.essay, tallest, NOT_HERE, 0).transform_flatten(["passages"], ["passage"])
    layers = [paragraphs(reading), _bars(reading.essay, tallest, ANY, FAINT), shown, *_key()]
    chart = finished(reading, measure, layers, width=width, height=HEIGHT)
    return chart.transform_calculate(**called(measure, "kind"))


def _bars(essay: Essay, tallest: float, faint: str, low: float) -> Any:  # noqa: ANN401 - a layer of Altair's
    """The sentences and the signs above them.

    A sentence may lie in several passages, and an expression cannot ask whether any of them is
    shown. So all sentences are drawn faint, and over them each once for each of its passages.
    """
    alt = altair()
    axis = alt.Axis(title=say("Words in the sentence"), tickCount=4, domain=False, ticks=False, grid=True)
    tooltip = [
        alt.Tooltip("quote:N", title=say("Sentence")),
        alt.Tooltip("words:Q", title=say("Words")),
        alt.Tooltip("called:N", title=say("Kind")),
        alt.Tooltip("paragraph:Q", title=say("Paragraph")),
    ]
    fills = {"other": QUIET, "verdict": INK, "question": PAPER}
    fill = alt.Fill("kind:N", legend=None, scale=alt.Scale(domain=list(fills), range=list(fills.values())))
    outline = {"test": "datum.kind == 'question'", "value": INK}
    bars = alt.Chart().mark_rect().encode(
        x="start:Q", x2="end:Q", y2=alt.datum(0), fill=fill, stroke=alt.StrokeValue(PAPER, condition=outline),
        strokeWidth=edge(essay, outline | {"value": 1.2}),
    )  # fmt: skip
    middle = alt.Chart().encode(x="middle:Q")
    asks = middle.transform_filter("datum.kind == 'question'").mark_text(text="?", **SIGN)
    judges = middle.transform_filter("datum.kind == 'verdict'").mark_point(**DIAMOND)
    y = alt.Y("words:Q", axis=axis, scale=alt.Scale(domain=[0, tallest], nice=False))
    return (
        alt.layer(bars, asks, judges)
        .transform_calculate(middle="(datum.start + datum.end) / 2")
        .encode(y=y, opacity=opacity(faint, low=low), tooltip=tooltip)
    )


def _quartiles(measure: StretchedMeasure[StretchRhythm]) -> Any:  # noqa: ANN401 - a layer of Altair's
    """The middle half of each stretch's sentences, their median, and the signs above."""
    alt = altair()
    tallest = 1.1 * max(row.high for row in measure.rows)
    axis = alt.Axis(title=say("Words in a sentence"), tickCount=4, domain=False, ticks=False, grid=True)
    scale = alt.Scale(domain=[0, tallest], nice=False)
    tooltip = [
        alt.Tooltip("paragraphs:N", title=say("Paragraphs")),
        alt.Tooltip("sentences:Q", title=say("Sentences")),
        alt.Tooltip("words:Q", title=say("Median of their words")),
        alt.Tooltip("low:Q", title=say("Lower quartile")),
        alt.Tooltip("high:Q", title=say("Upper quartile")),
        alt.Tooltip("questions:Q", title=say("Questions")),
        alt.Tooltip("verdicts:Q", title=say("Verdicts")),
    ]
    bars = alt.Chart().mark_rect(color=QUIET, stroke=PAPER, strokeWidth=0.8)
    line = alt.Chart().mark_rule(color=INK, strokeWidth=2)
    middle = alt.Chart().encode(x="middle:Q", y=alt.Y("high:Q", axis=axis, scale=scale))
    asks = middle.transform_filter("datum.asks").mark_text(text="?", **SIGN)
    judges = middle.transform_filter("datum.judges").mark_point(**DIAMOND)
    return (
        alt.layer(
            bars.encode(x="start:Q", x2="end:Q", y=alt.Y("low:Q", axis=axis, scale=scale), y2="high:Q"),
            line.encode(x="start:Q", x2="end:Q", y=alt.Y("words:Q", axis=axis, scale=scale)),
            asks,
            judges,
        )
        .transform_calculate(middle="(datum.start + datum.end) / 2")
        .encode(opacity=opacity(NOT_WITHIN), tooltip=tooltip)
    )


def _key() -> list[Any]:
    """What the signs mean, above the bars."""
    alt = altair()
    one = alt.Chart(named([{}], "key")).encode(y=alt.value(-10))
    text = {"align": "left", "baseline": "middle", "color": SOFT}
    return [
        one.mark_text(text=f"?\u2002{say('question')}", **text).encode(x=alt.value(2)),
        one.mark_point(**(DIAMOND | {"yOffset": 0})).encode(x=alt.value(84)),
        one.mark_text(text=say("verdict"), **text).encode(x=alt.value(94)),
    ]
