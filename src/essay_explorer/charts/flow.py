"""How much of each paragraph stands under each theme."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from essay_explorer import measures
from essay_explorer.charts.linked import LEGIBLE, NOT_CHOSEN, altair, opacity
from essay_explorer.charts.look import PAPER, colour, finished, index_of, label, named, paragraphs, words
from essay_explorer.charts.values import values_of
from essay_explorer.core.given import of_reading
from essay_explorer.measures import StretchedMeasure
from essay_explorer.words import places, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    import altair as alt

    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag
    from essay_explorer.measures import Measure
    from essay_explorer.measures.coverage import TaggedStretch
    from essay_explorer.measures.flow import TaggedParagraph

    Flow = Measure[TaggedParagraph] | StretchedMeasure[TaggedStretch]

LANE = 52  # pixels of a theme's lane
ROOM = 0.46  # of it for the bars; above them stands the label
STACK = 300
SHOULDER = 0.14  # of a paragraph's width, on either side, leads over to its neighbour
WIDE = 190  # pixels of a label in the key


@of_reading
def flow(reading: Reading, *, stacked: bool = False, width: int = 640) -> alt.LayerChart:
    """The themes paragraph by paragraph, or in stretches: a lane each, or as areas on top of each other.

    >>> from essay_explorer import charts, open_reading
    >>> charts.flow(open_reading("her"), stacked=True).title.text
    ['Trust peaks in paragraphs 4 and 5, the ending critique in 7 and 8']
    """
    return _stacked(reading, width) if stacked else _in_lanes(reading, width)


def _index(tags: Iterable[Tag]) -> str:
    return index_of((tag.id for tag in tags), "datum.tag")


def _tooltip(measure: Flow) -> list[Any]:
    alt = altair()
    stretched = isinstance(measure, StretchedMeasure)
    where = "paragraphs:N" if stretched else "paragraph:Q"
    return [
        alt.Tooltip("label:N", title=say("Theme")),
        alt.Tooltip(where, title=say("Paragraphs") if stretched else say("Paragraph")),
        alt.Tooltip("percent:Q", title=say("Percent of their words") if stretched else say("Percent of its words")),
        alt.Tooltip("words:Q", title=say("Words")),
    ]


def _in_lanes(reading: Reading, width: int) -> alt.LayerChart:
    alt, tags, measure = altair(), reading.codebook.tags_of("theme"), measures.flow(reading)
    scale = alt.Scale(domain=[0, max(len(tags), 1)], reverse=True, nice=False)
    y = partial(alt.Y, type="quantitative", axis=None, scale=scale)
    tallest = max((row.percent for row in measure.rows), default=0)
    full = (tallest or 100) if isinstance(measure, StretchedMeasure) else 100
    bars = (
        alt.Chart()
        .transform_calculate(base=f"{_index(tags)} + 0.97")
        .transform_calculate(top=f"datum.base - {ROOM} * datum.percent / {full}")
        .mark_rect()
        .encode(x="start:Q", x2="end:Q", y=y("top"), y2="base:Q", color=colour(tags), opacity=opacity(NOT_CHOSEN),
                tooltip=_tooltip(measure))
    )  # fmt: skip
    heads = [{"tag": tag.id, "text": label(tag), "at": at + 0.16, "base": at + 0.97} for at, tag in enumerate(tags)]
    head = alt.Chart(named(heads, "lanes"))
    names = head.mark_text(align="left", baseline="middle", fontSize=11.5, limit={"expr": "width"}).encode(
        x=alt.value(0), y=y("at"), text="text:N", opacity=opacity(NOT_CHOSEN, low=LEGIBLE)
    )
    lines = head.mark_rule().encode(y=y("base"))
    peaks = alt.Chart(named(values_of(_peaks(measure)), "peaks")).transform_calculate(
        at=f"{_index(tags)} + 0.95 - {ROOM} * datum.percent / {full}", middle="(datum.start + datum.end) / 2"
    )
    numbers = peaks.mark_text(baseline="bottom", fontSize=10).encode(
        x="middle:Q", y=y("at"), text="said:N", opacity=opacity(NOT_CHOSEN, low=LEGIBLE)
    )
    layers = [paragraphs(reading), lines, bars, names, numbers]
    return finished(reading, measure, layers, width=width, height=max(len(tags), 1) * LANE)


@dataclass(frozen=True, slots=True)
class _Peak:
    """Where most of a theme is: its paragraph with most words under it, or its tallest stretch."""

    tag: str
    start: int
    end: int
    percent: float
    said: str


def _peaks(measure: Flow) -> list[_Peak]:
    """One for each theme that has any."""
    by_share = isinstance(measure, StretchedMeasure)
    most: dict[str, TaggedParagraph | TaggedStretch] = {}
    for row in measure.rows:
        best = most.get(row.tag)
        if row.words and (not best or (row.percent > best.percent if by_share else row.words > best.words)):
            most[row.tag] = row
    digits = 1 if by_share else 0
    return [
        _Peak(row.tag, row.start, row.end, row.percent, say("{percent}%", percent=places(row.percent, digits)))
        for row in most.values()
    ]


def _stacked(reading: Reading, width: int) -> alt.LayerChart:
    """Each area is flat over most of a paragraph, at its true height, and slopes over to the next."""
    alt, tags, measure = altair(), reading.codebook.tags_of("theme"), measures.flow(reading)
    total = max((row.end for row in measure.rows), default=1)
    reach = f"{SHOULDER} * (datum.end - datum.start)"
    ends = f"[datum.start ? datum.start + {reach} : 0, datum.end < {total} ? datum.end - {reach} : datum.end]"
    stretched = isinstance(measure, StretchedMeasure)
    of_stretch = say("Percent of the stretch’s words, added up")
    title = of_stretch if stretched else say("Percent of the paragraph’s words, added up")
    axis = alt.Axis(title=title, tickCount=4, domain=False, ticks=False, grid=True)
    y = alt.Y("percent:Q", stack="zero", axis=axis)
    names = ", ".join(words(label(tag)) for tag in tags)
    key = {
        "orient": "bottom", "labelExpr": f"[{names}][{index_of((tag.id for tag in tags), 'datum.value')}]",
        "columns": {"expr": f"max(1, floor(width / {WIDE}))"}, "symbolOpacity": 1,
    }  # fmt: skip
    areas = (
        alt.Chart()
        .transform_calculate(at=ends, lane=_index(tags))
        .transform_flatten(["at"])
        .mark_area(interpolate="monotone", tooltip=None)
        .encode(x="at:Q", y=y, color=colour(tags, **key), opacity=opacity(NOT_CHOSEN, full=0.92), order="lane:O")
    )
    touch = (
        alt.Chart()
        .transform_calculate(lane=_index(tags))
        .transform_stack(stack="percent", as_=["low", "high"], groupby=["start"], sort=[alt.SortField("lane")])
        .mark_rect(opacity=0.001)
        .encode(x="start:Q", x2="end:Q", y="low:Q", y2="high:Q", tooltip=_tooltip(measure))
    )
    codes = (
        alt.Chart(named(values_of(_codes(tags, measure)), "codes"))
        .mark_text(fontWeight=600, fontSize=11, color=PAPER)
        .encode(x="x:Q", y="y:Q", text="text:N", opacity=opacity(NOT_CHOSEN, low=0))
    )
    layers = [paragraphs(reading), areas, codes, touch]
    return finished(reading, measure, layers, width=width, height=STACK)


@dataclass(frozen=True, slots=True)
class _Code:
    """The code of a theme, and where it is written."""

    tag: str
    text: str
    x: float
    y: float


def _codes(tags: Iterable[Tag], measure: Flow) -> list[_Code]:
    """The code of each theme, in the middle of its area over the paragraph with most words under it."""
    tags = list(tags)
    peaks = {peak.tag: peak for peak in _peaks(measure)}
    percents = {(row.tag, row.start): row.percent for row in measure.rows}
    codes = []
    for at, tag in enumerate(tags):
        if peak := peaks.get(tag.id):
            below = sum(percents[other.id, peak.start] for other in tags[:at])
            codes.append(_Code(tag.id, tag.code, (peak.start + peak.end) / 2, below + peak.percent / 2))
    return codes
