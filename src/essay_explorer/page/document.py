"""The page as HTML: the essay in the first bytes, then the widgets that take it over."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import anywidget

from essay_explorer.charts import vega
from essay_explorer.core.fault import counted
from essay_explorer.core.prose import Prose
from essay_explorer.library.finding import folder_of, originals_of
from essay_explorer.library.opening import open_reading, stamps_of
from essay_explorer.widgets import Explorer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from essay_explorer.core.reading import Reading

HERE = Path(__file__).parent
STYLE = HERE / "page.css"
PARTS = "essay-explorer"  # the folder, beside the page, of what it loads later
REFERENCE = "anywidget:"
STATES = 'const states = JSON.parse(document.getElementById("essay-explorer-state").textContent);'
STILL = 60  # paragraphs that stand in the HTML itself; those of a longer essay come with its script
COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)[ \t]*\n", re.MULTILINE)
NOT_OURS = {"layout", "tabbable", "tooltip"}  # what ipywidgets adds to every widget and no view reads
ICON = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' stroke-width='2'>"
    "<path stroke='%230067B1' d='M1 4h14'/><path stroke='%23C0500C' stroke-dasharray='3 2' d='M1 8h14'/>"
    "<path stroke='%23B51E3C' d='M1 12h9'/></svg>"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the page finds what it does not need at first: an address, or "#" and the id of an element in it.

    `file`: the whole page as one file; `copy`: the page that opens somebody's own copy of the text that
    the essay retells. "" where there is none.
    """

    charts: str
    vega: str
    file: str = ""
    copy: str = ""

    @classmethod
    def beside(cls, reading: Reading) -> Parts:
        """Files in the folder PARTS beside the page."""
        names = [vega.charts_name(reading), vega.module_name(), f"{reading.name}.html"]
        names += (f"{name}.html" for name in originals_of(reading.name))
        return cls(*(f"{PARTS}/{quote(name)}" for name in names))


INSIDE = Parts("#essay-explorer-charts", "#essay-explorer-vega")


@lru_cache(maxsize=8)
def _opening(folder: Path, stamps: tuple[tuple[str, int, int], ...], *, inside: bool) -> str:  # noqa: ARG001 - the key
    reading = open_reading(folder)
    return _with_parts(reading) if inside else opening(reading, Parts.beside(reading))


def opening_of(name: str | None = None, *, inside: bool = False) -> str:
    """`opening` for a reading of the library, made anew when one of its files has changed.

    `inside`: with all parts in it, for a server that knows nothing of them.
    """
    folder = folder_of(name)
    return _opening(folder, stamps_of(folder), inside=inside)


def by_hand(_: object = None) -> str:
    """The page for a Voila that somebody started by hand: the filter `essay_page` of its template."""
    return opening_of(inside=True)


def whole(reading: Reading, *, charts: bool = True, faults: bool = True) -> str:
    """The page as one file, with everything in it; without `charts` it is an eighth as large.

    `faults`: whether the faults of the reading's files show, which are for its owner.
    """
    made = _with_parts(reading, faults=faults) if charts else opening(reading, faults=faults)
    return f"{made}</body>\n</html>\n"


def _with_parts(reading: Reading, *, faults: bool = True) -> str:
    """`opening`, and behind it what its charts need, as text that no browser reads before it is asked for."""
    parts = {INSIDE.charts: vega.charts(reading), INSIDE.vega: vega.module()}
    scripts = (f'<script type="text/plain" id="{place[1:]}">{_inert(text)}</script>' for place, text in parts.items())
    return "\n".join([opening(reading, INSIDE, faults=faults), *scripts, ""])


def _inert(script: str) -> str:
    """JavaScript or JSON that no HTML parser takes for the end of its element; it means what it meant."""
    return re.sub(r"<(?=/script|!--|script)", r"\\u003c", script, flags=re.IGNORECASE)


def opening(reading: Reading, parts: Parts | None = None, *, faults: bool = True) -> str:
    """The page up to and with its script, `<body>` still open: whoever serves it may go on.

    Everything of the reading enters as text: escaped in the HTML, and as JSON without "<" in it.
    `parts`: None for a page without charts. `faults`: whether those of the reading's files show.
    """
    explorer = Explorer(reading, frame="page", charts=parts is not None)
    if parts:
        explorer.lens.file = parts.file
        explorer.charts.charts, explorer.charts.vega = parts.charts, parts.vega
    if parts and parts.copy:
        explorer.lens.content = {**explorer.lens.content, "copy": parts.copy}
    if not faults:
        explorer.lens.content = {**explorer.lens.content, "faults": []}
    main = f'<main id="essay-explorer-page">{_still(explorer.lens.content)}</main>'
    return document(explorer, main, script("kernel"), STATES, "await start(states);")


def script(name: str) -> dict[str, str]:
    """A module of the page's own, by its name."""
    return {name: (HERE / f"{name}.js").read_text(encoding="utf-8")}


def document(
    explorer: Explorer, main: str, own: Mapping[str, str], *then: str, data: Mapping[str, object] | None = None
) -> str:
    """A page up to and with its script: `main`, then the data by the ids of their elements, then what wakes it.

    `own`: modules beside those of the widgets. `then`: lines of JavaScript that run when all is there.
    The widgets of `explorer` are closed.
    """
    essay = explorer.lens.reading.essay
    models, styles, modules = _embedded(explorer)
    for widget in list(_with_children(explorer)):  # in a notebook, nobody else should see them
        widget.layout.close()
        widget.close()
    functions = ",\n".join(f"{name}: {_as_function(text)}" for name, text in {**modules, **own}.items())
    elements = "\n".join(
        f'<script type="application/json" id="{name}">{_json(value)}</script>'
        for name, value in {"essay-explorer-state": models, **(data or {})}.items()
    )
    title = escape(Prose.from_inline(essay.title).text)
    about = escape(Prose.from_inline(essay.about or essay.subtitle).text)
    lines = "\n".join(then)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<title>{title}</title>
<meta name="description" content="{about}">
<meta property="og:title" content="{title}">
<meta property="og:description" content="{about}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="{ICON}">
<style>
{_bare(STYLE.read_text(encoding="utf-8"))}
{_bare(styles)}
</style>
</head>
<body>
{main}
{elements}
<script type="module" async>
const modules = {{
{_bare(functions)}
}};
{_bare((HERE / "host.js").read_text(encoding="utf-8"))}
{lines}
</script>
"""


def _bare(source: str) -> str:
    """JavaScript or CSS without the comments that have their lines to themselves, an eighth of it."""
    return COMMENT.sub("", source)


def _as_function(module: str) -> str:
    """A module as a function that gives its default export; modules import nothing, so it can stand anywhere."""
    body, defaults = re.subn(r"^export default ", "return ", module, flags=re.MULTILINE)
    if defaults != 1 or "</script" in module:
        message = "a module has one default export, and no end of a script in it"
        raise ValueError(message)
    return f"() => {{\n{re.sub(r'^export ', '', body, flags=re.MULTILINE)}}}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _embedded(
    root: anywidget.AnyWidget,
) -> tuple[dict[str, dict[str, Any]], str, dict[str, str]]:
    """The states of a widget and of those that it refers to, their style sheets and their modules.

    Models go by the name of their class, e.g. "EssayText", and refer to each other by it, so that
    equal readings make equal pages. The root comes last.
    """
    widgets = {type(widget).__name__: widget for widget in _with_children(root)}
    names = {f"{REFERENCE}{widget.model_id}": f"{REFERENCE}{name}" for name, widget in widgets.items()}
    models = {name: _state(widget, names) for name, widget in widgets.items()}
    styles = "\n".join(str(widget._css) for widget in widgets.values())  # noqa: SLF001 - anywidget's own name
    modules = {name: str(widget._esm) for name, widget in widgets.items()}  # noqa: SLF001
    return models, styles, modules


def _with_children(widget: anywidget.AnyWidget) -> Iterator[anywidget.AnyWidget]:
    for value in widget.trait_values(sync=True).values():
        if isinstance(value, anywidget.AnyWidget):
            yield from _with_children(value)
    yield widget


def _state(widget: anywidget.AnyWidget, names: Mapping[str, str]) -> dict[str, Any]:
    state = widget.get_state()
    return {
        key: names.get(value, value) if isinstance(value, str) else value
        for key, value in state.items()
        if not key.startswith("_") and key not in NOT_OURS
    }


def _still(content: Mapping[str, Any]) -> str:
    """The essay as essay_text.js draws it at rest: the reader reads on while the page wakes up."""
    author = content["author"] and escape(f"By {content['author']}")
    credit = f"<span>After {_runs(content['after'])}</span>" if content["after"] else author
    counts = counted(len(content["passages"]), "passage"), counted(content["minutes"], "minute")
    facts = filter(None, (credit, *counts))
    subtitle = f'<p class="subtitle">{_runs(content["subtitle"])}</p>' if content["subtitle"] else ""
    paragraphs = "\n".join(
        f'<p class="paragraph"><a class="number" href="#at=p{number}" aria-label="Paragraph {number}">{number}</a>'
        f"{_runs(segments)}</p>"
        for number, segments in enumerate(content["paragraphs"][:STILL], 1)
    )
    return f"""<div class="essay-explorer"><div class="grid"><div class="place filter"></div><div class="place text">
<div class="essay-text"><div class="head"><h1>{_runs(content["title"])}</h1>{subtitle}
<p class="credit">{" · ".join(facts)}</p>
<details class="about"><summary>About this text</summary><p>{_runs(content["about"])}</p></details></div>
<p class="legend"></p>
<article lang="{escape(content["language"])}" dir="auto">
{paragraphs}
</article></div></div><div class="place card"></div></div></div>"""


def _runs(segments: list[dict[str, Any]]) -> str:
    return "".join(_run(segment["text"], segment.get("em", ())) for segment in segments)


def _run(text: str, emphases: tuple[str, ...]) -> str:
    inner = escape(text)
    for kind in emphases:
        inner = f"<{kind}>{inner}</{kind}>"
    return inner
