"""Charts with a lane for each tag: where its passages stand, and how much it weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from essay_explorer import measures
from essay_explorer.charts.linked import LEGIBLE, NOT_CHOSEN, altair, opacity
from essay_explorer.charts.look import PAPER, STEP, by_family, colour, edge, finished, lane, lanes, paragraphs

if TYPE_CHECKING:
    import altair as alt

    from essay_explorer.reading import Reading

BAR = {"height": 10, "yOffset": 6, "cornerRadius": 1.5}


def dispersion(reading: Reading, *, width: int = 640) -> alt.LayerChart:
    """A bar for each passage at its place in the essay, in the lane of each tag that it carries."""
    alt = altair()
    entries, headings = by_family(reading)
    domain = [tag for tag, _ in entries]
    tooltip = [
        alt.Tooltip("label:N", title="Tag"),
        alt.Tooltip("paragraph:Q", title="Paragraph"),
        alt.Tooltip("words:Q", title="Words"),
        alt.Tooltip("quote:N", title="Passage"),
    ]
    bars = (
        alt.Chart()
        .mark_bar(**BAR, stroke=PAPER)
        .encode(
            x="start:Q", x2="end:Q", y=lane(domain), color=colour(reading.codebook.tags.values()),
            opacity=opacity(), tooltip=tooltip, strokeWidth=edge(),
        )
    )  # fmt: skip
    layers = [paragraphs(reading), lanes(entries, headings), bars]
    return finished(reading, measures.dispersion(reading), layers, width=width, height=alt.Step(STEP))


def weight(reading: Reading, by: Literal["codebook", "size"] = "codebook", *, width: int = 640) -> alt.LayerChart:
    """A bar for each tag as long as the words under it, in the codebook's order or by size."""
    if by not in {"codebook", "size"}:
        message = f'by "{by}": expected "codebook" or "size"'
        raise ValueError(message)
    alt, measure = altair(), measures.weight(reading)
    ranked = sorted(measure.rows, key=lambda row: (-int(str(row["words"])), -int(str(row["passages"]))))
    entries, headings = by_family(reading, [str(row["tag"]) for row in ranked] if by == "size" else None)
    domain = [tag for tag, _ in entries]
    tooltip = [
        alt.Tooltip("label:N", title="Tag"),
        alt.Tooltip("passages:Q", title="Passages"),
        alt.Tooltip("words:Q", title="Words"),
        alt.Tooltip("percent:Q", title="Percent of the essay"),
    ]
    base = alt.Chart().encode(y=lane(domain), opacity=opacity(NOT_CHOSEN), tooltip=tooltip)
    most = max((int(str(row["words"])) for row in measure.rows), default=0)
    bars = base.mark_bar(**BAR).encode(
        x=alt.X("words:Q", axis=None, scale=alt.Scale(domain=[0, most or 1], nice=False)),
        color=colour(reading.codebook.tags.values()),
    )
    said = "datum.passages + (datum.passages == 1 ? ' passage, ' : ' passages, ') + datum.words + ' words'"
    said = f"datum.passages ? {said} : 'no passage'"
    counts = (
        base.transform_calculate(said=said)
        .mark_text(align="right", baseline="middle", dy=-6, fontSize=11)
        .encode(x=alt.value("width"), text="said:N", opacity=opacity(NOT_CHOSEN, low=LEGIBLE))
    )
    return finished(
        reading, measure, [lanes(entries, headings), bars, counts], width=width, height=alt.Step(STEP), drag=False
    )
