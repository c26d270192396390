"""The page as HTML: the essay in the first bytes, then the widgets that take it over."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from essay_explorer.charts import bundle
from essay_explorer.core.prose import Prose
from essay_explorer.library.finding import originals_of
from essay_explorer.page.article import nodes_of
from essay_explorer.page.chips import open_facets
from essay_explorer.page.elements import data_elements, place, text_elements
from essay_explorer.page.module import as_function
from essay_explorer.page.snapshot import Snapshot
from essay_explorer.page.templates import own, render
from essay_explorer.widgets import Explorer
from essay_explorer.widgets.module import module
from essay_explorer.words import say_n, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from markupsafe import Markup

    from essay_explorer.core.essay import Essay
    from essay_explorer.core.reading import Reading

HERE = Path(__file__).parent
STYLE = HERE / "page.css"
SAYING = module()  # what all modules begin with
PARTS = "essay-explorer"  # the folder, beside the page, of what it loads later
STATE = "essay-explorer-state"  # the id of the element that holds the models
STATES = f'const states = JSON.parse(document.getElementById("{STATE}").textContent);'
START = "const models = await start(states);"
FOLLOW = f'modules.news().follow(models, "{PARTS}");'
OFFER = f'modules.starting().offer(document.querySelector(".essay-explorer .tools"), "{PARTS}/class");'
BEFORE = ("remembered", "pressed")  # scripts that run before the first word is drawn
AFTER = "waken"  # the script that runs the others after that
STILL = 60  # paragraphs that stand in the HTML itself; those of a longer essay come with its script
COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)[ \t]*\n", re.MULTILINE)
FOR_PEOPLE = re.compile(
    r"^[ \t]+|/\*\* @(?:type|param) (?:[^*]|\*(?!/))*\*/ ?|(?<=[{}]) /\*(?:[^*\n]|\*(?!/))*\*/$"
    r"|(?<=[;,{}()\[\]:?&|>]) // [^\n]*$|;(?= \}$)",
    re.MULTILINE,
)
EMPTY = re.compile(r"\n{2,}")
LOOSE = re.compile(r"""("[^"\n]*"|'[^'\n]*')|/\*(?:[^*]|\*(?!/))*\*/|;?\s*(})\s*|\s*([{;])\s*""")  # in CSS
ICON = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' stroke-width='2'>"
    "<path stroke='%230067B1' d='M1 4h14'/><path stroke='%23C0500C' stroke-dasharray='3 2' d='M1 8h14'/>"
    "<path stroke='%23B51E3C' d='M1 12h9'/></svg>"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the page finds what it does not need at first: an address, or "#" and the id of an element in it.

    `file`: the whole page as one file; `copy`: the page that opens somebody's own copy of the text that
    the essay retells. "" where there is none. `following`: the next reading on the shelf, as `next_on` gives it; a
    server tells it later. `content`: what the page is told of the reading besides.
    """

    charts: str
    vega: str
    file: str = ""
    copy: str = ""
    following: Mapping[str, Any] = field(default_factory=dict, kw_only=True)
    content: Mapping[str, object] = field(default_factory=dict, kw_only=True)

    @classmethod
    def beside(cls, reading: Reading) -> Parts:
        """Files in the folder PARTS beside the page."""
        names = [bundle.charts_name(reading), bundle.vega_name(), f"{reading.name}.html"]
        names += (f"{name}.html" for name in originals_of(reading.name))
        return cls(*(f"{PARTS}/{quote(name)}" for name in names))

    @staticmethod
    def vega_beside() -> str:
        """Vega in the folder PARTS beside the page."""
        return f"{PARTS}/{bundle.vega_name()}"


INSIDE = Parts("#essay-explorer-charts", "#essay-explorer-vega")


def whole(
    reading: Reading,
    *,
    charts: bool = True,
    faults: bool = True,
    data: Mapping[str, object] | None = None,
    picture: str = "",
) -> str:
    """The page as one file, with everything in it; without `charts` it is an eighth as large.

    `faults`: whether the faults of the reading's files show, which are for its owner. `data`: what the
    file carries besides, by the ids of its elements. `picture`: as `opening` takes it.
    """
    made = opening(reading, INSIDE if charts else None, faults=faults, picture=picture)
    if charts:
        made += inner_parts({INSIDE.charts[1:]: bundle.charts(reading)})
    return closed(f"{made}{data_elements(data or {})}\n" if data else made)


def closed(page: str) -> str:
    """A page to whose end nothing more is added."""
    return f"{page}</body>\n</html>\n"


def inner_parts(charts: Mapping[str, str]) -> str:
    """Charts by the ids of their elements, and Vega, as text that no browser reads before it is asked for."""
    return f"{text_elements({**charts, INSIDE.vega[1:]: bundle.vega()})}\n"


def opening(  # noqa: PLR0913 - what a page may have
    reading: Reading,
    parts: Parts | None = None,
    *,
    faults: bool = True,
    news: bool = False,
    picture: str = "",
    edit: Mapping[str, Any] | None = None,
) -> str:
    """The page up to and with its script, `<body>` still open: whoever serves it may go on.

    Everything of the reading enters as text: escaped in the HTML, and as JSON without "<" in it.
    `parts`: None for a page without charts. `faults`: whether those of the reading's files show.
    `news`: whether the page hears from its server that the reading has changed. `picture`: the address of the one
    that links to the page show, "" for none. `edit`: the traits of the editor, where the page is its author's.
    """
    with explorer_of(reading, charts=parts is not None, edit=edit is not None) as explorer:
        widgets = Snapshot.of([explorer])
    if edit:
        widgets.models["Editor"]["state"].update(edit)
    if parts:
        address(widgets, parts)
    if not faults:
        widgets.models["Lens"]["state"]["content"]["faults"] = []
    main = page_of(widgets)
    head = Head.of(reading.essay, picture=picture)
    modules, then = (script("news") | script("starting"), [START, FOLLOW, OFFER]) if news else ({}, [START])
    return document(head, main, widgets, modules, STATES, *then)


@contextmanager
def explorer_of(
    reading: Reading, *, charts: bool, edit: bool = False, task: Mapping[str, Any] | None = None
) -> Iterator[Explorer]:
    """An explorer that is the page; it is closed in the end, since nobody else in a notebook should see it."""
    explorer = Explorer(reading, frame="page", charts=charts, marks=not edit, task=task)
    if edit:
        explorer.let_edit()
    try:
        yield explorer
    finally:
        for widget in (
            explorer.filter,
            explorer.text,
            explorer.card,
            explorer.tour,
            explorer.differ,
            explorer.charts,
            explorer.editor,
            explorer.sheet,
            explorer.homework,
            explorer.marks or explorer.text.marks,
            explorer.lens,
            explorer,
        ):
            if widget:
                widget.layout.close()
                widget.close()


def address(widgets: Snapshot, parts: Parts, *, charts: Iterable[str] = ("ChartPanel",), lens: str = "Lens") -> None:
    """Tell the models of a reading, those of its `charts` and its `lens`, where its parts are."""
    for name in charts:
        widgets.models[name]["state"].update(charts=parts.charts, vega=parts.vega)
    state = widgets.models[lens]["state"]
    state.update(file=parts.file, next=dict(parts.following))
    copy = {"copy": parts.copy} if parts.copy else {}
    state["content"] = {**state["content"], **copy, **parts.content}


def script(*names: str) -> dict[str, str]:
    """A module of the page's own, by the name of the last of its files, each of which builds on those before it."""
    own = ((HERE / f"{name}.js").read_text(encoding="utf-8") for name in names)
    return {names[-1]: "\n".join([module(), *own])}


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page says of it: its title, what it is about, both plain text, and where its picture is."""

    title: str
    about: str = ""
    picture: str = ""

    @classmethod
    def of(cls, essay: Essay, *, picture: str = "") -> Head:
        """The head of an essay's page."""
        return cls(Prose.from_inline(essay.title).text, Prose.from_inline(essay.about or essay.subtitle).text, picture)


def document(
    head: Head,
    main: Markup,
    widgets: Snapshot,
    modules: Mapping[str, str],
    *then: str,
    data: Mapping[str, object] | None = None,
) -> str:
    """A page up to and with its script: `main`, then the data by the ids of their elements, then what wakes it.

    `modules`: those beside the widgets' own. `then`: lines of JavaScript that run when all is there.
    """
    boxes = {} if set(widgets.modules) >= {model["kind"] for model in widgets.models.values()} else script("boxes")
    sources = {name: _alone(text) for name, text in {**widgets.modules, **boxes, **modules}.items()}
    functions = ",\n".join(f"{name}: {as_function(text)}" for name, text in sources.items())
    styles = [STYLE.read_text(encoding="utf-8"), *dict.fromkeys(widgets.styles.values())]
    made = render(
        "page",
        head=head,
        icon=ICON,
        style=own(_tight(_bare("\n".join(styles)))),
        main=main,
        data=data_elements({STATE: widgets.models, **(data or {})}),
        saying=own(spoken(_bare(SAYING.replace("export ", "")))),
        functions=own(_bare(functions)),
        before=own("\n".join(map(_own_script, BEFORE))),
        host=own(_own_script("host").replace("export ", "")),
        after=own(_own_script(AFTER)),
        start=own("\n".join(then)),
    )
    return f"{made}\n"


def _own_script(name: str) -> str:
    return _bare((HERE / f"{name}.js").read_text(encoding="utf-8"))


def _alone(source: str) -> str:
    """A module as it speaks, without what each begins with, which stands once on a page.

    One of a process that speaks a language of its own comes so already.
    """
    if source.startswith(SAYING):
        return spoken(source.removeprefix(SAYING))
    return source.removeprefix(spoken(SAYING))


def _bare(source: str) -> str:
    """JavaScript or CSS without indentation, empty lines, types, comments and the last semicolon of a rule."""
    return EMPTY.sub("\n", FOR_PEOPLE.sub("", COMMENT.sub("", source)))


def _tight(style: str) -> str:
    """CSS without what no browser needs between its rules: blanks, comments and the last semicolon of each."""
    return LOOSE.sub(lambda found: found[1] or found[2] or found[3] or "", style).strip()


def page_of(widgets: Snapshot) -> Markup:
    """The explorer of a snapshot as the whole page, at rest."""
    explorer, lens = (widgets.models[name]["state"] for name in ("Explorer", "Lens"))
    return render("explorer_page", view=place("Explorer", still(lens["content"], explorer)))


def still(content: Mapping[str, Any], explorer: Mapping[str, Any]) -> Markup:
    """An explorer at rest: the reader reads on, and may press a theme, while the page wakes up.

    `explorer`: the traits of its model.
    """
    return _at_rest(
        "explorer",
        content,
        framed=explorer["frame"] == "notebook",
        facets=open_facets(content),
        charts=explorer["charts"] and not content.get("blind"),
        marks=explorer["sheet"],
    )


def still_text(content: Mapping[str, Any]) -> Markup:
    """The essay as essay_text.js draws it at rest."""
    return _at_rest("essay", content)


def _at_rest(template: str, content: Mapping[str, Any], **values: object) -> Markup:
    passages, minutes = len(content["passages"]), content["minutes"]
    counts = [say_n("{count} passage", "{count} passages", passages)] if passages else []
    counts += [say_n("{count} minute", "{count} minutes", minutes)] if minutes else []
    facts = [one.replace(" ", "\N{NO-BREAK SPACE}") for one in counts]
    nodes = nodes_of(content["paragraphs"][:STILL], before=content.get("before", 0))
    return render(template, content=content, nodes=nodes, facts=facts, welcome=_first_theme(content), **values)


def _first_theme(content: Mapping[str, Any]) -> str:
    """The label of the first theme that passages have, as essay_head.js finds it; "" where there is none."""
    themes = (tag for facet in content["facets"] if facet["role"] == "theme" for tag in facet["tags"])
    return next((tag["label"] for tag in themes if tag["count"]), "")
