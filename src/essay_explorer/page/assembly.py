"""The page of a notebook, put together from its cells when they have run."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from essay_explorer.charts import bundle
from essay_explorer.files.reading_files import stamps_of
from essay_explorer.library.finding import originals_of
from essay_explorer.library.opening import open_quietly
from essay_explorer.page import description, outputs
from essay_explorer.page.at_rest import at_rest
from essay_explorer.page.document import (
    INSIDE,
    PARTS,
    START,
    STATES,
    Head,
    Parts,
    address,
    document,
    inner_parts,
    script,
)
from essay_explorer.page.elements import place
from essay_explorer.page.snapshot import LINKS, LIVE, Model, Snapshot, references
from essay_explorer.page.templates import own, render
from essay_explorer.widgets.content import content_of
from essay_explorer.words import Phrase, language, usual

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from markupsafe import Markup
    from nbformat import NotebookNode

    from essay_explorer.page.description import Description, Shown

ROOT = "essay-explorer-page"
CHART = "VegaChart"  # the kind of a chart that a cell put out by itself
STYLE = "".join((Path(__file__).parent / f"{name}.css").read_text(encoding="utf-8") for name in ("notebook", "boxes"))
BROKEN = Phrase("Something went wrong in the notebook here, and what follows is missing. The server’s log says what.")
LINK = ("connection", "dialogue", "islands", "note", "kernel")  # the files of the module that links it to a kernel
log = logging.getLogger("essay_explorer.notebook")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that has run: its number in the notebook from 1, its Markdown as HTML, or what its code put out."""

    number: int
    prose: str = ""
    outputs: Sequence[NotebookNode] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a notebook, up to its script, `<body>` still open.

    `ours`: whether it shows a widget of this package, or would if nothing had gone wrong; Voila's own template serves
    others better. `kernel`:
    whether Python has something to do when the notebook has run. `folders`, `files`: the readings and the other
    files that it was made of, each with its stamp then. `ended`: whether its kernel ended before the notebook did.
    `again`: makes it once more, in the language that is spoken then.
    """

    html: str = ""
    ours: bool = False
    kernel: bool = False
    folders: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, object] = field(default_factory=dict)
    ended: bool = False
    again: Callable[[], Page] | None = field(default=None, compare=False, repr=False)

    @property
    def is_current(self) -> bool:
        """Whether nothing that it was made of has changed; whatever ended a kernel may be over."""
        return (
            not self.ended and self.folders == _folder_stamps(self.folders) and self.files == _file_stamps(self.files)
        )


def _folder_stamps(folders: Iterable[str]) -> dict[str, object]:
    return {folder: stamps_of(Path(folder)) if Path(folder).is_dir() else None for folder in folders}


def _file_stamps(files: Iterable[str]) -> dict[str, object]:
    stats = {file: Path(file).stat() for file in files if Path(file).is_file()}
    return {file: (stats[file].st_mtime_ns, stats[file].st_size) if file in stats else None for file in files}


@dataclass(frozen=True, slots=True)
class Served:
    """How a notebook is served: the name of its file, without its ending, and what its server makes of it.

    `beside`: whether the parts of the page are files beside it, or inside it. `kernel`: "always" or "never" overrule
    what the notebook says of itself.
    """

    name: str
    beside: bool = False
    kernel: str = "auto"


def page_of(cells: Sequence[Cell], found: Description, served: Served, before: Page = Page()) -> Page:
    """The page of a notebook that has run; what went wrong in it is logged.

    `found`: what the notebook says of itself. `before`: the page that it had, among whose files may be the one that
    has gone wrong.
    """
    shown, failed = _until_failure(cells)
    drawing = _Drawing(found, _views(shown, found.widgets.names), beside=served.beside)
    blocks = [block for cell in shown for block in drawing.blocks(cell)]
    main = render("notebook", root=ROOT, blocks=blocks, broken=BROKEN.said() if failed else "")
    folders, files = dict.fromkeys(found.folders), dict.fromkeys(found.files)
    if failed:
        log.error("%s.ipynb, cell %d: %s", served.name, failed, found.error)
        folders, files = {**before.folders, **folders}, {**before.files, **files}
    widgets = drawing.widgets()
    lenses = [name for name, model in widgets.models.items() if model["kind"] == "Lens"]
    needed = {"always": True, "never": False}.get(served.kernel, found.working or _python_listens(widgets))
    html = document(
        _head([found.readings[lens] for lens in lenses], shown, served.name),
        main,
        widgets,
        _modules(widgets, kernel=needed),
        STATES,
        START,
    )
    html += inner_parts(drawing.charts) if drawing.charts else ""
    again = partial(page_of, cells, found, served, before)
    return Page(html, bool(lenses or failed), needed, _folder_stamps(folders), _file_stamps(files), again=again)


def _until_failure(cells: Sequence[Cell]) -> tuple[list[Cell], int]:
    """The cells up to the first output that is an error, and the number of that one's cell; 0 when there is none."""
    shown: list[Cell] = []
    for cell in cells:
        errors = [at for at, output in enumerate(cell.outputs) if output.output_type == "error"]
        if errors:
            return [*shown, replace(cell, outputs=cell.outputs[: errors[0]])], cell.number
        shown.append(cell)
    return shown, 0


def _views(cells: Sequence[Cell], names: Mapping[str, str]) -> list[str]:
    """The names of the models that outputs are views of, in the page's order."""
    views = (outputs.view_of(output) for cell in cells for output in cell.outputs)
    return [names[view] for view in views if view in names]


def _python_listens(widgets: Snapshot) -> bool:
    """Whether Python hears of what a reader does, or draws what the page cannot."""
    return any(model["kind"] == LIVE or name in widgets.watched for name, model in widgets.models.items())


def _modules(widgets: Snapshot, *, kernel: bool) -> dict[str, str]:
    chart = any(model["kind"] == CHART for model in widgets.models.values())
    return {**(script(*LINK) if kernel else {}), **({CHART: script("vega_chart")["vega_chart"]} if chart else {})}


def _head(readings: Sequence[Shown], cells: Sequence[Cell], name: str) -> Head:
    """That of the essay where there is one; else the first heading of the prose, or the notebook's name."""
    if len(readings) == 1 and readings[0].folder:
        return Head.of(open_quietly(readings[0].folder).essay)
    headings = (outputs.heading_in(cell.prose) for cell in cells)
    return Head(next(filter(None, headings), name.replace("-", " ")))


class Block(NamedTuple):
    """A piece of the page: "prose", an "output", or the "view" of a model with its cell and its output's number."""

    html: Markup
    kind: str = "output"
    cell: int = 0
    output: int = 0


class _Drawing:
    """What is drawn where, and the models that it takes."""

    def __init__(self, found: Description, views: Sequence[str], *, beside: bool) -> None:
        self._found, self._beside = found, beside
        self._drawn = list(views)
        self._models: dict[str, Model] = {
            name: {**model, "state": dict(model["state"])} for name, model in found.widgets.models.items()
        }
        if len(views) == 1 and self._models[views[0]]["kind"] == "Explorer":
            self._models[views[0]]["state"]["frame"] = "page"  # an explorer that stands alone is the page
        self.charts: dict[str, str] = {}  # those of readings that stand inside the page, by the ids of their elements

    def blocks(self, cell: Cell) -> Iterator[Block]:
        """What a cell shows."""
        if cell.prose:
            yield Block(own(cell.prose), "prose")
        for at, output in enumerate(cell.outputs):
            yield self._output(output, cell.number, at)

    def _output(self, output: NotebookNode, cell: int, at: int) -> Block:
        name = self._found.widgets.names.get(outputs.view_of(output))
        if name:
            return Block(at_rest(self._models, name), "view", cell, at)
        if description.CHART in (output.get("data") or {}):
            return Block(place(self._add_chart(output.data[description.CHART])))
        return Block(outputs.html(output))

    def _add_chart(self, spec: object) -> str:
        """A chart that a cell put out becomes a model; its name."""
        name = f"{CHART}{len(self._drawn) + 1}"
        vega_at = Parts.vega_beside() if self._beside else INSIDE.vega
        state = {"spec": spec, "vega": vega_at}
        self._models[name] = Model(kind=CHART, state=state, refers=[], shared=[], page=[], layout={})
        self._drawn.append(name)
        return name

    def widgets(self) -> Snapshot:
        """The models that outputs show, and what draws them; each knows where the parts of the page are."""
        models = {name: self._models[name] for name in self._reached()}
        kinds = {model["kind"] for model in models.values()}
        found = self._found.widgets
        modules = {kind: source for kind, source in found.modules.items() if kind in kinds}
        styles = {kind: source for kind, source in found.styles.items() if kind in kinds} | {"": STYLE}
        widgets = replace(found, models=models, modules=modules, styles=styles)
        for name in [name for name, model in models.items() if model["kind"] == "Lens"]:
            self._address(widgets, name)
        return widgets

    def _reached(self) -> dict[str, None]:
        """The names of the models that outputs show or that these refer to, children first, then links among them."""
        reached: dict[str, None] = {}

        def reach(name: str) -> None:
            if name not in reached:
                for one in references(self._models[name]):
                    reach(one)
                reached[name] = None

        for name in self._drawn:
            reach(name)
        links = [name for name, model in self._models.items() if model["kind"] in LINKS]
        return {**reached, **dict.fromkeys(name for name in links if self._is_drawn_here(name, reached))}

    def _is_drawn_here(self, link: str, reached: Mapping[str, None]) -> bool:
        """Whether the page knows both ends of a link; Voila's front end knows those of others."""
        traits = (self._models[link]["state"][end][1] for end in ("source", "target"))
        return all(
            name in reached and trait in self._models[name]["state"]
            for name, trait in zip(references(self._models[link]), traits, strict=True)
        )

    def _address(self, widgets: Snapshot, lens: str) -> None:
        """Tell a lens and its charts where the parts of the page are; faults of files are their owner's business."""
        shown = self._found.readings[lens]
        models = widgets.models
        panels = [name for name, one in models.items() if one["kind"] == "ChartPanel" and lens in references(one)]
        state = models[lens]["state"]
        state["content"] = {**state["content"], "faults": []}
        if shown.folder and language() != usual():  # the kernel speaks the usual one
            reading = open_quietly(Path(shown.folder))
            said = content_of(reading)
            if said["fingerprint"] == state["content"]["fingerprint"]:
                state["content"] |= {"finding": said["finding"], "facets": said["facets"]}
            shown = replace(shown, charts=bundle.charts_name(reading))
        if self._beside:
            address(widgets, _parts_beside(shown), charts=panels, lens=lens)
            return
        inside = f"{INSIDE.charts}-{lens}"
        if panels and shown.folder:
            self.charts[inside[1:]] = bundle.charts(open_quietly(shown.folder))
        address(widgets, Parts(inside, INSIDE.vega), charts=panels, lens=lens)


def _parts_beside(shown: Shown) -> Parts:
    """Files beside the page; a reading that came from no folder is in none of them."""
    pages = [shown.name, *originals_of(shown.name)] if shown.folder else []
    files = (f"{PARTS}/{quote(name)}.html" for name in pages)
    return Parts(f"{PARTS}/{quote(shown.charts)}", Parts.vega_beside(), *files)
