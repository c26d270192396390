"""HTML representations: what a notebook shows of a reading, an essay, a codebook or a passage.

Tables with captions and headers, short however long the essay is, with all content escaped. They
make sense without their style, which code hosts take away, and need no script.
"""

from __future__ import annotations

from collections import Counter
from functools import singledispatch
from html import escape
from typing import TYPE_CHECKING

from essay_explorer.anchoring.segments import Span, cut
from essay_explorer.core.codebook import COLOUR, LINES, Codebook
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import counted
from essay_explorer.core.passage import Passage
from essay_explorer.core.prose import EMPHASES, Prose
from essay_explorer.core.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from essay_explorer.core.codebook import Facet, Tag

PARAGRAPHS = 3  # so many of an essay are shown
LETTERS = 280  # so many of each
TAGS = 60  # so many of a facet
FAULTS = 3
WEIGHTS = {"thick": "3px", "thin": "1px"}  # of a tag's line, as on the page
# The root's name stands twice to weigh more than JupyterLab's own rules for tables.
STYLE = """\
<style>
.essay-explorer-glance {
  color-scheme: light dark;
  max-width: 46em;
  padding: 0.8em 1em;
  border: 1px solid light-dark(#e2dbd0, #33323a);
  background: light-dark(#fdfbf7, #16161a);
  color: light-dark(#1d1b18, #e8e4dc);
}
body[data-jp-theme-light="true"] .essay-explorer-glance { color-scheme: light; }
body[data-jp-theme-light="false"] .essay-explorer-glance { color-scheme: dark; }
.essay-explorer-glance.essay-explorer-glance :is(p, table, ul) { margin: 0 0 0.8em; }
.essay-explorer-glance.essay-explorer-glance > :last-child { margin: 0; }
.essay-explorer-glance.essay-explorer-glance table {
  width: 100%;
  table-layout: auto;
  border-collapse: collapse;
  color: inherit;
  font-size: inherit;
}
.essay-explorer-glance.essay-explorer-glance tbody tr { background: none; }
.essay-explorer-glance.essay-explorer-glance :is(caption, th, td) {
  padding: 0.25em 1em 0.25em 0;
  color: inherit;
  line-height: 1.6;
  text-align: start;
  vertical-align: baseline;
  white-space: normal;
}
.essay-explorer-glance.essay-explorer-glance :is(th, td) {
  border: 0;
  border-top: 1px solid light-dark(#e2dbd0, #33323a);
}
.essay-explorer-glance.essay-explorer-glance caption { color: light-dark(#645e57, #a8a298); }
.essay-explorer-glance.essay-explorer-glance th { font-weight: 600; }
.essay-explorer-glance.essay-explorer-glance :is(p, caption, td, code) { overflow-wrap: anywhere; }
.essay-explorer-glance .tag { text-underline-offset: 0.24em; }
</style>"""


@singledispatch
def html_of(value: object) -> str:
    """What a notebook shows of a reading, an essay, a codebook or a passage."""
    message = f"{type(value).__name__}: expected a Reading, an Essay, a Codebook or a Passage"
    raise TypeError(message)


@html_of.register
def _(reading: Reading) -> str:
    """What the essay is, how often each tag is given, and the first paragraphs."""
    by_hand = Counter(tag for entry in reading.annotations for tag in entry.tags)
    counts = f"{counted(len(reading.annotations), 'annotation')}, {counted(len(reading.relations), 'relation')}"
    tags = _table(
        "Tags, and how many annotations were given each",
        ("Facet", "Tags"),
        (_row(escape(facet.label), _given(facet, by_hand)) for facet in reading.codebook.facets),
    )
    parts = [f"<p>Reading “{escape(reading.name)}”: {counts}.</p>", *_faults(reading)]
    return _framed(*_head(reading.essay), *parts, tags, _opening(reading.essay))


@html_of.register
def _(essay: Essay) -> str:
    """Title, credit and length, and the first paragraphs."""
    return _framed(*_head(essay), _opening(essay))


@html_of.register
def _(codebook: Codebook) -> str:
    """Every tag with its definition, facet by facet."""
    facets = "".join(f"<tbody>\n{''.join(_defined(facet))}</tbody>\n" for facet in codebook.facets)
    caption = f"{_inline(codebook.title) or 'Codebook'}: {counted(len(codebook.tags), 'tag')}"
    return _framed(f"<table>\n<caption>{caption}</caption>\n{_header(('Tag', 'Id', 'Definition'))}{facets}</table>")


@html_of.register
def _(passage: Passage) -> str:
    """Its words, its tags and its note."""
    told = {
        "Words": f'<q dir="auto">{escape(passage.text)}</q>',
        "Tags": escape(", ".join(passage.tags)),
        "Note": escape(passage.annotation.note),
        "By": escape(passage.annotation.creator),
    }
    rows = (_row(name, html) for name, html in told.items() if html)
    return _framed(_table(f"Passage {escape(passage.id)} in paragraph {passage.paragraph}", (), rows))


def _framed(*parts: str) -> str:
    return "\n".join(['<div class="essay-explorer-glance" lang="en">', *parts, STYLE, "</div>"])


def _table(caption: str, header: Iterable[str], rows: Iterable[str]) -> str:
    return f"<table>\n<caption>{caption}</caption>\n{_header(header)}<tbody>\n{''.join(rows)}</tbody>\n</table>"


def _header(names: Iterable[str]) -> str:
    cells = "".join(f'<th scope="col">{name}</th>' for name in names)
    return f"<thead><tr>{cells}</tr></thead>\n" if cells else ""


def _row(head: str, *cells: str) -> str:
    return f'<tr><th scope="row">{head}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>\n'


def _head(essay: Essay) -> Iterator[str]:
    subtitle = essay.subtitle and f"<br>{_inline(essay.subtitle)}"
    yield f'<p lang="{escape(essay.language)}" dir="auto"><strong>{_inline(essay.title)}</strong>{subtitle}</p>'
    author = essay.author and f"{'Text by' if essay.after else 'By'} {escape(essay.author)}"
    credit = " · ".join(filter(None, (essay.after and f"After {_inline(essay.after)}", author, escape(essay.license))))
    if credit:
        yield f"<p>{credit}</p>"


def _opening(essay: Essay) -> str:
    """The first paragraphs as a table, its caption the length of the whole."""
    length = f"{counted(len(essay.paragraphs), 'paragraph')}, {essay.words:,} words"
    first = essay.paragraphs[:PARAGRAPHS]
    more = f"; how the first {len(first)} begin" if len(essay.paragraphs) > len(first) else ""
    rows = (_row(str(number), _beginning(essay, span)) for number, span in enumerate(first, 1))
    return _table(f"{length}{more}", ("Paragraph", "Text"), rows)


def _beginning(essay: Essay, paragraph: Span) -> str:
    text = essay.text[paragraph.start : min(paragraph.end, paragraph.start + LETTERS)]
    cut_off = len(text) < paragraph.end - paragraph.start
    if cut_off:
        text = text.rsplit(None, 1)[0]
    emphasis = (
        (kind, Span(max(start - paragraph.start, 0), min(end - paragraph.start, len(text))))
        for kind, (start, end) in essay.emphasis
        if start < paragraph.start + len(text) and end > paragraph.start
    )
    html = _emphasised(Prose(text, tuple(emphasis))) + ("…" if cut_off else "")
    return f'<span lang="{escape(essay.language)}" dir="auto">{html}</span>'


def _inline(markdown: str) -> str:
    return _emphasised(Prose.from_inline(markdown))


def _emphasised(prose: Prose) -> str:
    html = ""
    for run in cut(prose.text, prose.emphasis):
        kinds = [kind for kind in run.labels if kind in EMPHASES.values()]
        html += "".join(f"<{kind}>" for kind in kinds) + escape(run.text)
        html += "".join(f"</{kind}>" for kind in reversed(kinds))
    return html


def _faults(reading: Reading) -> Iterator[str]:
    if reading.faults:
        shown = "".join(f"<li>{escape(str(fault))}</li>" for fault in reading.faults[:FAULTS])
        rest = len(reading.faults) - FAULTS
        more = f"<li>and {rest} more: <code>reading.faults</code></li>" if rest > 0 else ""
        yield f"<p>{counted(len(reading.faults), 'fault')}:</p>\n<ul>{shown}{more}</ul>"


def _given(facet: Facet, by_hand: Counter[str]) -> str:
    """The tags of a facet with their counts; to count names too, the whole text would have to be searched."""
    tags = [_tag(tag) + ("" if tag.aliases else f" {by_hand[tag.id]}") for tag in facet.tags[:TAGS]]
    by_name = " (found by their names)" if any(tag.aliases for tag in facet.tags) else ""
    return ", ".join([*tags, *_rest(facet)]) + by_name


def _rest(facet: Facet) -> list[str]:
    rest = len(facet.tags) - TAGS
    return [f"and {rest} more"] if rest > 0 else []


def _tag(tag: Tag) -> str:
    """A tag's label under its code and above its line: two cues besides the colour."""
    code = tag.code and f"<b>{escape(tag.code)}</b>\N{NO-BREAK SPACE}"
    return f'<span class="tag">{code}<span{_underline(tag)}>{escape(tag.label)}</span></span>'


def _underline(tag: Tag) -> str:
    style, _, weight = tag.line.partition("-")
    if tag.line not in LINES or not tag.colour or not all(map(COLOUR.fullmatch, tag.colour)):
        return ""
    colour = f"light-dark({', '.join(tag.colour)})"
    return f' style="text-decoration: underline {style} {WEIGHTS.get(weight, "2px")} {colour}"'


def _defined(facet: Facet) -> Iterator[str]:
    told = facet.definition and f": {escape(facet.definition)}"
    yield f'<tr><th scope="rowgroup" colspan="3">{escape(facet.label)}{told}</th></tr>\n'
    for tag in facet.tags[:TAGS]:
        names = tag.aliases and f"{' ' if tag.definition else ''}By name: {escape(', '.join(tag.aliases))}"
        yield _row(_tag(tag), f"<code>{escape(tag.id)}</code>", f"{escape(tag.definition)}{names or ''}")
    yield from (f'<tr><td colspan="3">{rest}</td></tr>\n' for rest in _rest(facet))
