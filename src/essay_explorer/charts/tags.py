"""Charts with a lane for each tag: where its passages stand, and how much it weighs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from essay_explorer import measures
from essay_explorer.charts.linked import LEGIBLE, NOT_CHOSEN, NOT_WITHIN, altair, opacity
from essay_explorer.charts.look import PAPER, STEP, by_family, colour, edge, finished, lane, lanes, paragraphs, pixels
from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.given import of_reading
from essay_explorer.measures import StretchedMeasure
from essay_explorer.words import say

if TYPE_CHECKING:
    import altair as alt

    from essay_explorer.core.essay import Essay
    from essay_explorer.core.reading import Reading
    from essay_explorer.measures.coverage import TaggedStretch

BAR = {"height": 10, "yOffset": 6, "cornerRadius": 1.5}
LEAST = 1.5  # pixels of a bar, however short its passage is
NARROW = 320  # pixels: there a label and both numbers would meet
THICK, THIN = 14, 1.5  # pixels of a bar in stretches: where most is, and where little


@of_reading
def dispersion(reading: Reading, *, width: int = 640) -> alt.LayerChart:
    """A bar for each passage at its place in the essay, in the lane of each tag that it carries.

    In stretches, a bar for each that has any, as thick as much of it is covered.

    >>> from essay_explorer import charts, open_reading
    >>> charts.dispersion(open_reading("her")).title.text[0]
    'Trust runs through 8 of 10 paragraphs; performance and craft, and'
    """
    alt, measure = altair(), measures.dispersion(reading)
    entries, headings = by_family(reading)
    domain = [tag for tag, _ in entries]
    bars = (_shares(measure) if isinstance(measure, StretchedMeasure) else _passages(reading.essay)).encode(
        x="start:Q", y=lane(domain), color=colour(reading.codebook.tags.values())
    )
    touch = [_touch(domain)] if isinstance(measure, StretchedMeasure) else []
    layers = [paragraphs(reading), lanes(entries, headings), bars, *touch]
    return finished(reading, measure, layers, width=width, height=alt.Step(STEP))


def _passages(essay: Essay) -> alt.Chart:
    """Each as wide as it is long, and wide enough to be seen."""
    alt = altair()
    tooltip = [
        alt.Tooltip("label:N", title=say("Tag")),
        alt.Tooltip("paragraph:Q", title=say("Paragraph")),
        alt.Tooltip("words:Q", title=say("Words")),
        alt.Tooltip("quote:N", title=say("Passage")),
    ]
    return (  # type: ignore[no-any-return]
        alt.Chart()
        .transform_calculate(till=f"max(datum.end,datum.start+{pixels(LEAST, essay)})")
        .mark_bar(**BAR, stroke=PAPER)
        .encode(x2="till:Q", opacity=opacity(), tooltip=tooltip, strokeWidth=edge(essay))
    )


def _shares(measure: StretchedMeasure[TaggedStretch]) -> alt.Chart:
    alt = altair()
    most = max((row.percent for row in measure.rows), default=0) or 1
    return (  # type: ignore[no-any-return]
        alt.Chart()
        .transform_calculate(thick=f"max({THIN}, {THICK} * datum.percent / {most})")
        .mark_bar(yOffset=BAR["yOffset"], aria=False)
        .encode(
            x2="end:Q",
            size=alt.Size("thick:Q", scale=None, legend=None),
            opacity=opacity(f"({NOT_CHOSEN}) || ({NOT_WITHIN})"),
        )
    )


def _touch(domain: list[str]) -> alt.Chart:
    """The whole height of a lane, for a finger on a thin bar."""
    alt = altair()
    tooltip = [
        alt.Tooltip("label:N", title=say("Tag")),
        alt.Tooltip("paragraphs:N", title=say("Paragraphs")),
        alt.Tooltip("percent:Q", title=say("Percent of their words")),
        alt.Tooltip("passages:Q", title=say("Passages")),
    ]
    return alt.Chart().mark_rect(opacity=0.001).encode(x="start:Q", x2="end:Q", y=lane(domain), tooltip=tooltip)  # type: ignore[no-any-return]


@of_reading
def weight(reading: Reading, by: Literal["codebook", "size"] = "codebook", *, width: int = 640) -> alt.LayerChart:
    """A bar for each tag as long as the words under it, in the codebook's order or by size.

    >>> from essay_explorer import charts, open_reading
    >>> charts.weight(open_reading("her"), by="size", width=400).width
    400
    """
    if by not in {"codebook", "size"}:
        message = f'by "{by}": expected "codebook" or "size"'
        raise ArgumentValueError(message)
    alt, measure = altair(), measures.weight(reading)
    ranked = sorted(measure.rows, key=lambda row: (-row.words, -row.passages))
    entries, headings = by_family(reading, [row.tag for row in ranked] if by == "size" else None)
    domain = [tag for tag, _ in entries]
    tooltip = [
        alt.Tooltip("label:N", title=say("Tag")),
        alt.Tooltip("passages:Q", title=say("Passages")),
        alt.Tooltip("words:Q", title=say("Words")),
        alt.Tooltip("percent:Q", title=say("Percent of the essay")),
    ]
    base = alt.Chart().encode(y=lane(domain), opacity=opacity(NOT_CHOSEN), tooltip=tooltip)
    most = max((row.words for row in measure.rows), default=0)
    bars = base.mark_bar(**BAR).encode(
        x=alt.X("words:Q", axis=None, stack=None, scale=alt.Scale(domain=[0, most or 1], nice=False)),
        color=colour(reading.codebook.tags.values()),
    )
    one, more, words, none = map(json.dumps, (say("passage"), say("passages"), say("words"), say("no passage")))
    words = f"(width < {NARROW} ? '' : ', ' + datum.words + ' ' + {words})"
    said = f"datum.passages + ' ' + (datum.passages == 1 ? {one} : {more}) + {words}"
    said = f"datum.passages ? {said} : {none}"
    counts = (
        base.transform_calculate(said=said)
        .mark_text(align="right", baseline="middle", dy=-6, fontSize=11)
        .encode(x=alt.value("width"), text="said:N", opacity=opacity(NOT_CHOSEN, low=LEGIBLE))
    )
    return finished(
        reading, measure, [lanes(entries, headings), bars, counts], width=width, height=alt.Step(STEP), drag=False
    )
