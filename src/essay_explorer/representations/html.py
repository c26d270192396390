"""HTML representations: what a notebook shows of a reading, an essay, a codebook or passages.

Tables with captions and headers, short however long the essay is, with all content escaped. They
make sense without their style, which code hosts take away, and need no script.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, singledispatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.segments import Span, cut
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.concordance import Concordance
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import counted
from essay_explorer.core.frequencies import Frequencies
from essay_explorer.core.inline import EMPHASES
from essay_explorer.core.passage import Passage
from essay_explorer.core.passages import Passages
from essay_explorer.core.prose import Prose
from essay_explorer.core.reading import Reading
from essay_explorer.templating import environment

if TYPE_CHECKING:
    from essay_explorer.core.tag import Tag

HERE = Path(__file__).parent
MOST = {
    "paragraphs": 3,
    "tags": 60,
    "faults": 3,
    "passages": 60,
    "places": 60,
    "words": 20,
    "letters": 200_000,
}  # that are shown: of an essay, of a facet ...
LETTERS = 280  # so many of a paragraph
WEIGHTS = {"thick": "3px", "thin": "1px"}  # of a tag's line, as on the page

Runs = list[tuple[str, list[str]]]  # pieces of a text, and the kinds of emphasis on each


@singledispatch
def html_of(value: object) -> str:
    """What a notebook shows of a reading, an essay, a codebook or passages."""
    message = f"{type(value).__name__}: expected a Reading, an Essay, a Codebook, a Passage or Passages"
    raise TypeError(message)


@html_of.register
def _(reading: Reading) -> str:
    """What the essay is, how often each tag is given, and the first paragraphs.

    Names are not counted: for them the whole text would have to be searched.
    """
    given = Counter(tag for entry in reading.annotations for tag in entry.tags)
    return _render("reading", reading=reading, given=given)


@html_of.register
def _(essay: Essay) -> str:
    """Title, credit and length, and the first paragraphs."""
    return _render("essay", essay=essay)


@html_of.register
def _(codebook: Codebook) -> str:
    """Every tag with its definition, facet by facet."""
    return _render("codebook", codebook=codebook)


@html_of.register
def _(passage: Passage) -> str:
    """Its words, its tags and its note."""
    return _render("passage", passage=passage)


@html_of.register
def _(passages: Passages) -> str:
    """A row for each: where it is, its words, its tags and its note."""
    return _render("passages", passages=passages[: MOST["passages"]], rest=len(passages[MOST["passages"] :]))


@html_of.register
def _(concordance: Concordance) -> str:
    """A row for each place, the words found one below the other."""
    return _render("concordance", lines=concordance[: MOST["places"]], rest=len(concordance[MOST["places"] :]))


@html_of.register
def _(frequencies: Frequencies) -> str:
    """A row for each of the first words."""
    words, rest = frequencies[: MOST["words"]], len(frequencies[MOST["words"] :])
    return _render("frequencies", words=words, rest=rest, weighted=frequencies.is_weighted)


def html_of_view(reading: Reading, name: str, *, with_text: bool) -> str:
    """What stands for a view where no widgets run: whose text it is, what to do, and the text if that is asked for.

    `name`: of the view. A book is shown by its first paragraphs.
    """
    essay = reading.essay
    shown = [one for one in essay.blocks if one.span.end <= MOST["letters"]] if with_text else []
    rest = len(essay.paragraphs) - sum(one.span.start < one.span.end for one in shown) if with_text else 0
    return _render("view", essay=essay, view=name, blocks=shown, rest=rest, with_text=with_text)


def _render(name: str, **values: Any) -> str:  # noqa: ANN401 - what the template shows
    templates = environment(
        HERE / "templates", counted=counted, inline=_inline, beginning=_beginning, whole=_whole, line=_line
    )
    return templates.get_template(f"{name}.html.j2").render(values, style=_style(), most=MOST)


@cache
def _style() -> str:
    return (HERE / "representation.css").read_text(encoding="utf-8")


def _inline(markdown: str) -> Runs:
    return _runs(Prose.from_inline(markdown))


def _runs(prose: Prose) -> Runs:
    known = EMPHASES.values()
    return [(run.text, [kind for kind in run.labels if kind in known]) for run in cut(prose.text, prose.emphasis)]


def _whole(paragraph: Span, essay: Essay) -> Runs:
    """A paragraph with its emphasis."""
    start, end = paragraph
    within = (
        (kind, Span(max(one.start, start) - start, min(one.end, end) - start))
        for kind, one in essay.emphasis
        if one.start < end and one.end > start
    )
    return _runs(Prose(essay.text[start:end], tuple(within)))


def _beginning(paragraph: Span, essay: Essay) -> Runs:
    """The first words of a paragraph, with an ellipsis where there are more."""
    text = essay.text[paragraph.start : min(paragraph.end, paragraph.start + LETTERS)]
    cut_off = len(text) < paragraph.end - paragraph.start
    if cut_off:
        text = text.rsplit(None, 1)[0]
    shown = Span(paragraph.start, paragraph.start + len(text))
    return _whole(shown, essay) + ([("…", [])] if cut_off else [])


def _line(tag: Tag) -> str:
    """The style of a tag's line under its label; "" where it has none, or one that is no line or no colour."""
    style, _, weight = tag.line.partition("-")
    if not tag.line or not tag.colour:
        return ""
    return f"text-decoration: underline {style} {WEIGHTS.get(weight, '2px')} light-dark({', '.join(tag.colour)})"
