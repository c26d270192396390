"""Which themes meet, and which moves make them."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from essay_explorer import measures
from essay_explorer.charts.linked import LEGIBLE, altair, opacity
from essay_explorer.charts.look import INK, PAPER, SOFT, colour, finished, index_of, label, named, words
from essay_explorer.measures.tags import ABOUT_CHANCE, FEW

if TYPE_CHECKING:
    import altair as alt

    from essay_explorer.core.reading import Reading

STEP = 30  # pixels of a row
# Above so many times as often as chance, how dark: the ink, then the paper, stays readable on it.
SHADES = ((2.5, 0.8), (1.75, 0.3), (ABOUT_CHANCE, 0.16))
PALE = 0.06
LETTERS = 17  # of a label's line
GAP = " moves"  # no tag's id starts with a space
FAINT = "length(chosen) && indexof(chosen, datum.tags[0]) < 0 && indexof(chosen, datum.tags[1]) < 0"


def together(reading: Reading, *, width: int = 640) -> alt.LayerChart:
    """A square for each pair of themes, and below for each theme and move."""
    alt = altair()
    columns, more = reading.codebook.tags_of("theme"), reading.codebook.tags_of("move")
    rows = [tag.id for tag in columns] + ([GAP, *(tag.id for tag in more)] if more else [])
    labels = [textwrap.wrap(label(tag), LETTERS) or [""] for tag in columns]
    labels += [[""], *(textwrap.wrap(label(tag), LETTERS) or [""] for tag in more)] if more else []
    said = ", ".join(f"[{', '.join(map(words, lines))}]" for lines in labels)
    long = [row for row, lines in zip(rows, labels, strict=True) if len(lines) > 1]
    axis = alt.Axis(
        title=None, domain=False, ticks=False, labelPadding=8, labelColor=INK, labelFontSize=11.5,
        labelLineHeight=13, labelBaseline={"condition": {"test": f"{index_of(long, 'datum.value')} >= 0",
        "value": "bottom"}, "value": "middle"},
        labelExpr=f"[{said}][{index_of(rows, 'datum.value')}]",
    )  # fmt: skip
    x = alt.X("one:N", axis=None, sort=None, scale=alt.Scale(domain=[tag.id for tag in columns], padding=0.08))
    y = alt.Y("other:N", axis=axis, sort=None, scale=alt.Scale(domain=rows, padding=0.08))
    shade = " : ".join(f"datum.lift > {lift} ? {dark}" for lift, dark in SHADES)
    shade = f"datum.count < {FEW} ? {PALE} : {shade} : {PALE}"
    cells = alt.Chart()
    less = f"datum.chance >= {FEW} && datum.lift < {1 / ABOUT_CHANCE:.3f}"
    tooltip = [
        alt.Tooltip("first:N", title="One"),
        alt.Tooltip("second:N", title="Other"),
        alt.Tooltip("count:Q", title="Passages with both"),
        alt.Tooltip("often:N", title="How often"),
        alt.Tooltip("chance:Q", title="Expected"),
    ]
    squares = cells.mark_rect(cornerRadius=3, fill=INK, strokeWidth=1.2, strokeDash=[3, 2.5]).encode(
        fillOpacity=alt.FillOpacity("shade:Q", scale=None, legend=None),
        stroke=alt.StrokeValue(None, condition={"test": less, "value": SOFT}),
        opacity=opacity(FAINT),
    )
    numbers = cells.mark_text(fontSize=11.5).encode(
        text=alt.Text("count:Q"),
        color=alt.ColorValue(
            INK,
            condition=[
                {"test": FAINT, "value": INK},
                {"test": f"datum.shade == {SHADES[0][1]}", "value": PAPER},
                {"test": "!datum.count", "value": SOFT},
            ],
        ),
        opacity=opacity(FAINT, low=LEGIBLE),
    )
    grid = (
        alt.layer(squares, numbers)
        .transform_calculate(first="datum.one", second="datum.other")
        .transform_calculate(one="datum.tags[0]", other="datum.tags[1]", shade=shade)
        .encode(x=x, y=y, tooltip=tooltip)
    )
    heads = [{"one": tag.id, "other": row, "tag": tag.id, "text": tag.code or tag.label[:2]} for tag in columns
             for row in ((tag.id, GAP) if more else (tag.id,))]  # fmt: skip
    codes = (
        alt.Chart(named(heads, "codes"))
        .mark_text(fontWeight=700, fontSize=12.5)
        .encode(x=x, y=y, text="text:N", color=colour(columns))
    )
    layers = [grid, codes]
    height = alt.Step(STEP) if rows else STEP
    return finished(reading, measures.together(reading), layers, width=width, height=height, drag=False)
