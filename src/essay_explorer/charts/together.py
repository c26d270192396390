"""Which themes meet, and which moves make them."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from essay_explorer import measures
from essay_explorer.charts.linked import LEGIBLE, altair, opacity
from essay_explorer.charts.look import INK, PAPER, SOFT, colour, finished, index_of, label, named, words
from essay_explorer.core.given import of_reading
from essay_explorer.measures.tags import ABOUT_CHANCE, FEW
from essay_explorer.words import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import altair as alt

    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag

STEP = 30  # pixels of a row
# Above so many times as often as chance, how dark: the ink, then the paper, stays readable on it.
SHADES = ((2.5, 0.8), (1.75, 0.3), (ABOUT_CHANCE, 0.16))
PALE = 0.06
LETTERS = 17  # of a label's line
GAP = " moves"  # no tag's id starts with a space
FAINT = "length(chosen) && indexof(chosen, datum.tags[0]) < 0 && indexof(chosen, datum.tags[1]) < 0"


def _tooltip() -> tuple[tuple[str, str], ...]:
    return (
        ("first:N", say("One")),
        ("second:N", say("Other")),
        ("count:Q", say("Shared passages")),
        ("often:N", say("In words")),
        ("chance:Q", say("Expected")),
    )


@of_reading
def together(reading: Reading, *, width: int = 640) -> alt.LayerChart:
    """A square for each pair of themes, and below for each theme and move.

    >>> from essay_explorer import charts, open_reading
    >>> " ".join(charts.together(open_reading("her")).title.text)
    'The ending critique and the film’s questions share 6 passages, 2.2 times what chance predicts'
    """
    alt = altair()
    columns, more = reading.codebook.tags_of("theme"), reading.codebook.tags_of("move")
    rows: dict[str, Tag | None] = {tag.id: tag for tag in columns}
    rows |= {GAP: None, **{tag.id: tag for tag in more}} if more else {}
    x = alt.X("one:N", axis=None, sort=None, scale=alt.Scale(domain=[tag.id for tag in columns], padding=0.08))
    y = alt.Y("other:N", axis=_axis(rows), sort=None, scale=alt.Scale(domain=list(rows), padding=0.08))
    layers = [_grid(x, y), _codes(x, y, columns, gap=bool(more))]
    height = alt.Step(STEP) if rows else STEP
    return finished(reading, measures.together(reading), layers, width=width, height=height, drag=False)


def _axis(rows: Mapping[str, Tag | None]) -> Any:  # noqa: ANN401 - an axis of Altair
    """The labels of the rows, in lines; that of a row without a tag is empty."""
    alt = altair()
    labels = [(textwrap.wrap(label(tag), LETTERS) if tag else []) or [""] for tag in rows.values()]
    said = ", ".join(f"[{', '.join(map(words, lines))}]" for lines in labels)
    long = [row for row, lines in zip(rows, labels, strict=True) if len(lines) > 1]
    return alt.Axis(
        title=None, domain=False, ticks=False, labelPadding=8, labelColor=INK, labelFontSize=11.5,
        labelLineHeight=13, labelBaseline={"condition": {"test": f"{index_of(long, 'datum.value')} >= 0",
        "value": "bottom"}, "value": "middle"},
        labelExpr=f"[{said}][{index_of(list(rows), 'datum.value')}]",
    )  # fmt: skip


def _grid(x: alt.X, y: alt.Y) -> Any:  # noqa: ANN401 - a chart
    """The squares, the darker the more often a pair meets, with its count."""
    alt = altair()
    shade = " : ".join(f"datum.lift > {lift} ? {dark}" for lift, dark in SHADES)
    shade = f"datum.count < {FEW} ? {PALE} : {shade} : {PALE}"
    less = f"datum.chance >= {FEW} && datum.lift < {1 / ABOUT_CHANCE:.3f}"
    on_dark = {"test": f"datum.shade == {SHADES[0][1]}", "value": PAPER}
    number = alt.ColorValue(
        INK, condition=[{"test": FAINT, "value": INK}, on_dark, {"test": "!datum.count", "value": SOFT}]
    )
    cells = alt.Chart()
    squares = cells.mark_rect(cornerRadius=3, fill=INK, strokeWidth=1.2, strokeDash=[3, 2.5]).encode(
        fillOpacity=alt.FillOpacity("shade:Q", scale=None, legend=None),
        stroke=alt.StrokeValue(None, condition={"test": less, "value": SOFT}),
        opacity=opacity(FAINT),
    )
    numbers = cells.mark_text(fontSize=11.5).encode(
        text=alt.Text("count:Q"), color=number, opacity=opacity(FAINT, low=LEGIBLE)
    )
    return (
        alt.layer(squares, numbers)
        .transform_calculate(first="datum.one", second="datum.other")
        .transform_calculate(one="datum.tags[0]", other="datum.tags[1]", shade=shade)
        .encode(x=x, y=y, tooltip=[alt.Tooltip(field, title=title) for field, title in _tooltip()])
    )


def _codes(x: alt.X, y: alt.Y, columns: Iterable[Tag], *, gap: bool) -> Any:  # noqa: ANN401 - a chart
    """The code of each theme at the head of its column, and again in the gap above the moves."""
    alt, columns = altair(), list(columns)
    heads = [
        {"one": tag.id, "other": row, "tag": tag.id, "text": tag.code or tag.label[:2]}
        for tag in columns
        for row in ((tag.id, GAP) if gap else (tag.id,))
    ]
    bare = alt.Chart(named(heads, "codes")).mark_text(fontWeight=700, fontSize=12.5)
    return bare.encode(x=x, y=y, text="text:N", color=colour(columns))
