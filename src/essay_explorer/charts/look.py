"""How charts look: inks and colours of both schemes, paragraphs along the x axis, lanes with their labels."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING, Any

from essay_explorer.charts.linked import LEGIBLE, NOT_CHOSEN, altair, opacity, parameters
from essay_explorer.charts.values import values_of
from essay_explorer.core.prose import Prose
from essay_explorer.measures.measure import paragraphs_of, words_of
from essay_explorer.measures.stretches import stretches_of
from essay_explorer.words import number, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import altair as alt

    from essay_explorer.core.essay import Essay
    from essay_explorer.core.reading import Reading
    from essay_explorer.core.tag import Tag
    from essay_explorer.measures import Measure

# Light and dark, as the page has them; `quiet` is for bars that only give the measure.
INKS = {
    "ink": ("#1d1b18", "#e8e4dc"), "soft": ("#645e57", "#a8a298"), "rule": ("#e2dbd0", "#33323a"),
    "paper": ("#fdfbf7", "#16161a"), "quiet": ("#cfc7bb", "#4b4a55"),
}  # fmt: skip
INK, SOFT, RULE, PAPER, QUIET = ({"expr": ink} for ink in INKS)
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
LETTER = 9.5  # pixels of a title's letter, in a wide face
SMALL = 5.6  # and of a letter in its subtitle, or in the line below the chart
BELOW = {True: 48, False: 14}  # pixels from the chart to that line: with an axis between them, and without
SOURCE = "source"  # the name of its data
GAPPED = 4  # pixels of a bar that has a gap beside it
STEP = 30  # pixels of a lane: its label, and its bar below
MOUSE = "[pointerdown[event.pointerType === 'mouse'], window:pointerup] > window:pointermove!"  # touch scrolls


def either(pair: tuple[str, str]) -> str:
    """The expression for a colour that follows the scheme of the page."""
    light, dark = (json.dumps(colour) for colour in pair)
    return f"dark ? {dark} : {light}"


def named(values: Iterable[object], name: str = "rows") -> alt.InlineData:
    """Data of a chart under a name, so that Altair leaves them where they are."""
    return altair().InlineData(values=list(values), name=name)  # type: ignore[no-any-return]


def colour(tags: Iterable[Tag], **legend: Any) -> alt.Color:  # noqa: ANN401 - what Altair's legend takes
    """Tags in the colours of the codebook; in the ink of the page where it gives none."""
    alt, tags = altair(), list(tags)
    scale = alt.Scale(
        domain=[tag.id for tag in tags], range=[{"expr": either(tag.colour)} if tag.colour else SOFT for tag in tags]
    )
    return alt.Color("tag:N", scale=scale, legend=alt.Legend(**legend) if legend else None)  # type: ignore[no-any-return]


def index_of(names: Iterable[str], value: str) -> str:
    """The expression for the place of a value among names. No name stands in it as it is; see `words`."""
    return f"indexof({json.dumps([f' {name}' for name in names])}, ' ' + {value})"


def words(text: str) -> str:
    """The expression for a text that somebody wrote.

    Vega takes a literal "constructor", "toString" and the like for an operator, and draws nothing.
    """
    return f"slice({json.dumps(f' {text}')}, 1)"


def edge(essay: Essay, *other: dict[str, object]) -> alt.StrokeWidthValue:
    """The width of the gap between bars along the essay; a narrow bar would be nothing but gap."""
    narrow = {"test": f"datum.words<{pixels(GAPPED, essay)}", "value": 0}
    return altair().StrokeWidthValue(0.8, condition=[*other, narrow])  # type: ignore[no-any-return]


def pixels(count: float, essay: Essay) -> str:
    """The expression for how many words of the essay a chart along it has on so many pixels."""
    return f"{count * max(len(words_of(essay.text)), 1):g}/width"


def label(tag: Tag) -> str:
    """A tag's code, if it has one, and its label."""
    return f"{tag.code}\u2002{tag.label}" if tag.code else tag.label


def paragraphs(reading: Reading) -> alt.Chart:
    """The paragraphs as bands behind the marks, numbered below; those in `within` stand out.

    With very many paragraphs a stretch of them shares a band, named by the first.
    """
    alt, stretches = altair(), stretches_of(reading.essay)
    step = stretches[0].last if stretches else 1
    bands = [
        {"paragraph": one.first, "last": one.last, "start": one.words.start, "end": one.words.stop} for one in stretches
    ]
    middles = [(one.words.start + one.words.stop) / 2 for one in stretches]
    numbers = [one.first for one in stretches]
    axis = {
        "values": middles, "labelExpr": f"{numbers}[indexof({middles}, datum.value)]", "title": say("Paragraph"),
        "tickCount": len(bands),  # else Vega drops every other value
        "ticks": False, "domain": False, "grid": False, "labelOverlap": "greedy", "labelSeparation": 4,
        "labelBound": 4, "labelPadding": 5, "titlePadding": 4,
    }  # fmt: skip
    scale = alt.Scale(domain=[0, max(len(words_of(reading.essay.text)), 1)], nice=False, zero=False)
    x = alt.X("start:Q", axis=alt.Axis(**axis), scale=scale)
    here = "length(within) && datum.paragraph <= within[1] && datum.last >= within[0]"
    shade = [{"test": here, "value": 0.13}, {"test": f"floor((datum.paragraph - 1) / {step}) % 2", "value": 0.045}]
    drag = alt.selection_interval(name="drag", encodings=["x"], on=MOUSE, zoom=False, translate=False)
    return (  # type: ignore[no-any-return]
        alt.Chart(named(bands, "paragraphs"))
        .mark_rect(color=INK)
        .encode(x=x, x2="end:Q", opacity=alt.OpacityValue(0, condition=shade))
        .add_params(drag)
    )


def lanes(entries: Sequence[tuple[str, str]], headings: Iterable[str] = ()) -> alt.Chart:
    """(tag, label) pairs as labels above their lanes; those in `headings` head a family."""
    alt, headings = altair(), list(headings)
    rows = [{"tag": tag, "text": text} | ({"head": True} if tag in headings else {}) for tag, text in entries]
    own, text = alt.Chart().transform_filter("!datum.head"), {"align": "left", "baseline": "middle"}
    names = own.mark_text(**text, dy=-6, limit={"expr": "width"}, fontSize=11.5)
    heads = alt.Chart().transform_filter("datum.head").mark_text(**text, dy=4, fontWeight=600, fontSize=12.5)
    return alt.layer(  # type: ignore[no-any-return]
        own.mark_rule(yOffset=6),
        names.encode(x=alt.value(0), text="text:N", opacity=opacity(NOT_CHOSEN, low=LEGIBLE)),
        heads.encode(x=alt.value(0), text="text:N"),
        data=named(rows, "lanes"),
    ).encode(y=lane(tag for tag, _ in entries))


def lane(domain: Iterable[str]) -> alt.Y:
    """The lane of a tag."""
    alt = altair()
    return alt.Y("tag:N", axis=None, sort=None, scale=alt.Scale(domain=list(domain), padding=0))  # type: ignore[no-any-return]


def by_family(reading: Reading, order: Sequence[str] | None = None) -> tuple[list[tuple[str, str]], list[str]]:
    """The lanes of all tags, facet by facet, a heading above each; and the headings.

    `order`: ids of tags in the order that they shall have; else the codebook's. A heading's id
    starts with a space, as no tag's does.
    """
    entries: list[tuple[str, str]] = []
    for facet in reading.codebook.facets:
        tags = sorted(facet.tags, key=lambda tag: order.index(tag.id)) if order else facet.tags
        entries += [(f" {facet.id}", facet.label), *((tag.id, label(tag)) for tag in tags)] if tags else []
    return entries, [tag for tag, _ in entries if tag.startswith(" ")]


def finished(  # noqa: PLR0913 - what all charts share
    reading: Reading, measure: Measure[object], layers: Sequence[Any], *, width: int, height: object, drag: bool = True
) -> alt.LayerChart:
    """The layers as one chart with title, description, parameters and look.

    `drag`: whether x is a position in the essay; then "usermeta" has each paragraph's first word
    and the one after its last, as x counts them.
    """
    alt = altair()
    spans = [[span.start, span.stop] for span in paragraphs_of(reading.essay)]
    title = textwrap.wrap(measure.title, max(24, int(width / LETTER))) or [""]
    subtitle = textwrap.wrap(how_to_read(measure), max(36, int(width / SMALL)))
    layers = [*layers, _source(reading.essay, width, BELOW[drag])]
    more = {"usermeta": {"drag": "words", "paragraphs": spans}} if drag else {}
    return (  # type: ignore[no-any-return]
        alt.layer(*layers, data=named(values_of(measure.rows)))
        .properties(
            width=width, height=height, title=alt.Title(title, subtitle=subtitle), description=measure.summary, **more
        )
        .add_params(*parameters(), *(alt.param(name=ink, expr=either(pair)) for ink, pair in INKS.items()))
        .configure(**CONFIG, **_numbers())
    )


def called(measure: Measure[object], field: str) -> dict[str, str]:
    """The calculation of what a reader is told in place of a field's values, as the field "called"."""
    names = json.dumps(measure.values.get(field, {}), separators=(",", ":"))
    return {"called": f"{names}[datum.{field}]||datum.{field}"}


def how_to_read(measure: Measure[object]) -> str:
    """The first sentence of what a chart says of itself."""
    return re.split(r"(?<=[.:;])\s", measure.summary, maxsplit=1)[0].rstrip(":;.")


def source_of(essay: Essay) -> str:
    """Where the numbers of a chart come from, for the line below it."""
    parts = (Prose.from_inline(essay.title).text, essay.credit, essay.license)
    return say("Source: {work}", work=" · ".join(filter(None, parts)))


def _source(essay: Essay, width: int, below: int) -> alt.Chart:
    alt = altair()
    lines = textwrap.wrap(source_of(essay), max(36, int(width / SMALL)))
    line = alt.Chart(named([{"text": lines}], SOURCE)).mark_text(
        align="left", baseline="top", color=SOFT, fontSize=10.5
    )
    return line.encode(x=alt.value(0), y=alt.YValue(alt.ExprRef(f"height + {below}")), text="text:N")  # type: ignore[no-any-return]


def _numbers() -> dict[str, Any]:
    """How numbers are written in the language that is spoken, where that is not as in English."""
    point = number(0.5).strip("05")
    locale = {"decimal": point, "thousands": "\u202f", "grouping": [3], "currency": ["", ""]}
    return {"locale": {"number": locale}} if point != "." else {}


CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": FONT,
    "padding": 4,
    "view": {"stroke": None},
    "title": {
        "anchor": "start", "color": INK, "fontSize": 15, "fontWeight": 600, "lineHeight": 20, "offset": 14,
        "subtitleColor": SOFT, "subtitleFontSize": 11.5, "subtitleLineHeight": 15, "subtitlePadding": 5,
    },
    "text": {"color": INK, "fontSize": 11},
    "axis": {
        "labelColor": SOFT, "titleColor": SOFT, "gridColor": RULE, "domainColor": RULE,
        "tickColor": RULE, "labelFontSize": 11, "titleFontSize": 11, "titleFontWeight": "normal",
    },
    "legend": {"labelColor": INK, "labelFontSize": 11.5, "symbolType": "square", "title": None},
    "rule": {"color": RULE},
}  # fmt: skip
