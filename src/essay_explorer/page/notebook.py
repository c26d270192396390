"""The page of a notebook: what its cells put out, where they put it, with its prose around them.

Voila runs the notebook; a preprocessor, which the template's conf.json names, gives the template a `NotebookPage`
that makes the page of the first run and keeps it. So it works in every host of the template: our server,
`voila NOTEBOOK.ipynb`, JupyterLab's button.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_core.utils import ensure_async
from nbconvert.preprocessors import Preprocessor
from nbformat.v4 import new_code_cell

from essay_explorer.charts import vega
from essay_explorer.files.reading_files import stamps_of
from essay_explorer.library.finding import originals_of
from essay_explorer.library.opening import open_quietly
from essay_explorer.page import outputs
from essay_explorer.page.describe import DESCRIPTION
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
    place,
    script,
    still,
)
from essay_explorer.page.snapshot import LIVE, REFERENCE, Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from functools import partial

    from nbformat import NotebookNode

NAME = "essay_explorer"  # of the package in a notebook's code, and of what the template finds in its resources
TEXT = "essay-explorer-text"  # the tag of a Markdown cell that holds the essay's own text, which the page shows anyway
HIDDEN = "essay-explorer-hidden"  # the tag of cells that are ours and not the notebook's
NUMBER = "essay_explorer_number"  # the metadata that tells the number of a cell in the notebook, from 1
ERRORS_ALLOWED = "raises-exception"  # nbclient goes on after an error in a cell with this tag
BROKEN = "Something went wrong in the notebook here, and what follows is missing. The server’s log says what."
OURS, VOILAS = "explorer.html.j2", "voila/templates/lab/index.html.j2"  # templates
ROOT = "essay-explorer-page"
STYLE = Path(__file__).with_name("notebook.css").read_text(encoding="utf-8")
log = logging.getLogger("essay_explorer")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a notebook, up to its script, `<body>` still open.

    `ours`: whether it shows a widget of this package; if not, Voila's own template serves it better. `kernel`:
    whether Python has something to do when the notebook has run. `folders`: those of its readings. `charts`: the
    names of its charts' parts, and the folder of the reading of each. `stamps`: of the folders when it was made.
    """

    html: str
    ours: bool
    kernel: bool
    folders: tuple[str, ...] = ()
    charts: Mapping[str, str] = field(default_factory=dict)
    stamps: tuple[object, ...] = ()


def _stamps(folders: Sequence[str]) -> tuple[object, ...]:
    return tuple(stamps_of(Path(folder)) if Path(folder).is_dir() else None for folder in folders)


_kept: dict[str, Page] = {}  # by what made them; a server shows few notebooks


def kept_page(notebook: NotebookNode, *, beside: bool) -> Page | None:
    """The page that was made of this notebook, unless a file of its readings has changed since.

    `beside`: whether the parts of the page are files beside it, or inside it.
    """
    page = _kept.get(_key(notebook, beside=beside))
    return page if page and page.stamps == _stamps(page.folders) else None


def _key(notebook: NotebookNode, *, beside: bool) -> str:
    cells = [
        (cell.cell_type, cell.source, cell.metadata.get("tags")) for cell in notebook.cells if not _has(cell, HIDDEN)
    ]
    named = {name: value for name, value in os.environ.items() if name.startswith("ESSAY_EXPLORER")}
    made_of = json.dumps([cells, named, beside], sort_keys=True)
    return hashlib.blake2b(made_of.encode(), digest_size=16).hexdigest()


class PagePreprocessor(Preprocessor):
    """Hands the template a `NotebookPage`, and lets the notebook describe itself where its page is to be made."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook with our cells around its own, and the resources with the page."""
        page = NotebookPage(
            nb,
            beside=bool(resources.get("page_sent")),
            name=resources["metadata"]["name"],
            kernel=resources.get("essay_explorer_kernel", "auto"),
        )
        resources[NAME] = page
        for number, cell in enumerate(nb.cells, 1):
            cell.metadata[NUMBER] = number
        if page.template == OURS:
            nb.cells.insert(0, _hidden("prepare"))
            if not page.kept:
                for cell in nb.cells:
                    cell.metadata["tags"] = [*cell.metadata.get("tags", []), ERRORS_ALLOWED]
                nb.cells.append(_hidden("describe"))
        return nb, resources


def _hidden(function: str) -> NotebookNode:
    source = f"import essay_explorer.page.describe as _described\n_described.{function}()\ndel _described"
    return new_code_cell(source, metadata={"tags": [HIDDEN]})  # type: ignore[no-any-return, no-untyped-call]


def _has(cell: NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", [])


class NotebookPage:
    """What the template works with: the page as it was kept, or what makes it of the cells as they run."""

    def __init__(self, notebook: NotebookNode, *, beside: bool, name: str, kernel: str) -> None:
        self._key = _key(notebook, beside=beside)
        self._beside = beside
        self._name = name
        self._kernel = kernel
        self._legacy = any(cell.get("id") == "explorer" for cell in notebook.cells)
        self._cells: list[tuple[NotebookNode, str]] = []
        self.kept = kept_page(notebook, beside=beside)
        code = (cell.source for cell in notebook.cells if cell.cell_type == "code")
        ours = self.kept.ours if self.kept else any(NAME in source for source in code)
        self.template = OURS if ours else VOILAS

    def take(self, cell: NotebookNode, prose: str) -> None:
        """Take a cell that has run; `prose`: a Markdown cell as HTML."""
        self._cells.append((cell, prose))

    def made(self) -> Page:
        """The page of the cells that were taken; it is kept for the next reader."""
        assembly = _Assembly(self._cells, self._name, beside=self._beside, legacy=self._legacy)
        self.kept = _kept[self._key] = assembly.page(kernel=self._kernel)
        return self.kept

    async def end(self, kernel_start: partial[Any]) -> None:
        """End the kernel that Voila has started for a reader whom the page serves without one."""
        manager = await ensure_async(kernel_start.keywords["kernel_future"])
        await ensure_async(manager.shutdown_kernel(now=True))

    def live(self, cells: Sequence[NotebookNode]) -> list[dict[str, Any]]:
        """What a reader's own kernel put out, by cell and output as the page numbers them."""
        return [
            {"cell": cell.metadata[NUMBER], "output": at, "data": output}
            for cell in cells
            if cell.cell_type == "code" and not _has(cell, HIDDEN)
            for at, output in enumerate(cell.outputs or [])
            if output.output_type in {"display_data", "execute_result"} and outputs.VIEW in output.data
        ]


class _Assembly:
    """The parts of a page, put together from the cells of a notebook that has run."""

    def __init__(self, cells: Sequence[tuple[NotebookNode, str]], name: str, *, beside: bool, legacy: bool) -> None:
        self.cells = [(cell, prose) for cell, prose in cells if not _has(cell, HIDDEN)]
        self.name, self.beside, self.legacy = name, beside, legacy
        self.found = _description(cells)
        self.widgets = Snapshot(**self.found["widgets"])
        self.charts: dict[str, str] = {}  # charts that stand inside the page, by the ids of their elements
        self.drawn: list[str] = []  # the models that outputs show, in the page's order

    def page(self, *, kernel: str) -> Page:
        """Put it together. `kernel`: "always" or "never" overrule what the notebook says of itself."""
        inner = "\n".join(self._blocks())
        self._prune()
        self._address()
        lenses = [name for name, model in self.widgets.models.items() if model["kind"] == "Lens"]
        needed = kernel == "always" or (kernel != "never" and self._needs_kernel())
        html = document(
            self._head(lenses),
            f'<main id="{ROOT}" class="essay-explorer-notebook">\n{inner}\n</main>',
            self.widgets,
            {**(script("kernel") if needed else {}), **self._modules()},
            STATES,
            START,
        )
        if self.charts:
            html += inner_parts(self.charts)
        folders = tuple(self.found["folders"])
        parts = {reading["charts"]: reading["folder"] for reading in self._readings(lenses)}
        return Page(html, bool(lenses), needed, folders, parts, _stamps(folders))

    def _needs_kernel(self) -> bool:
        """Whether Python has something to do when the notebook has run: it listens, or draws what the page cannot."""
        models = self.widgets.models.items()
        return self.found["working"] or any(
            model["kind"] == LIVE or name in self.widgets.watched for name, model in models
        )

    def _readings(self, lenses: Sequence[str]) -> list[dict[str, str]]:
        return [self.found["readings"][lens] for lens in lenses]

    def _head(self, lenses: Sequence[str]) -> Head:
        folder = self._readings(lenses)[0]["folder"] if len(lenses) == 1 else ""
        return Head.of(open_quietly(folder).essay) if folder else Head(self.name.replace("-", " "))

    def _blocks(self) -> Iterator[str]:
        """What each cell shows, as HTML, up to the first that failed."""
        for cell, prose in self.cells:
            if cell.cell_type == "markdown" and not self._is_text(cell):
                yield f'<section class="essay-explorer-prose">{prose}</section>'
            elif cell.cell_type == "code":
                for at, output in enumerate(cell.outputs or []):
                    if output.output_type == "error":
                        log.error("%s.ipynb, cell %d: %s", self.name, cell.metadata[NUMBER], self.found["error"])
                        yield f'<p class="essay-explorer-broken">{escape(BROKEN)}</p>'
                        return
                    yield self._output(output, cell.metadata[NUMBER], at)

    def _is_text(self, cell: NotebookNode) -> bool:
        """Whether a cell holds the essay's own text; notebooks written before the tag know it by the cells' ids."""
        return _has(cell, TEXT) or (self.legacy and cell.get("id") in {"title", "heading", "text"})

    def _output(self, output: NotebookNode, cell: int, at: int) -> str:
        view = outputs.view_of(output)
        name = self.widgets.names.get(view, "")
        if name:
            self.drawn.append(name)
            lens = self._lens_in(name)
            content = self.widgets.models[lens]["state"]["content"] if lens else None
            return f'<div data-cell="{cell}" data-output="{at}">{place(name, still(content) if content else "")}</div>'
        if outputs.CHART in (output.get("data") or {}):
            name = f"VegaChart{len(self.widgets.models)}"
            state = {"spec": output.data[outputs.CHART], "vega": Parts.vega_beside() if self.beside else INSIDE.vega}
            self.widgets.models[name] = {"kind": "VegaChart", "state": state, "shared": [], "layout": {}}
            self.drawn.append(name)
            return place(name)
        return outputs.html(output)

    def _modules(self) -> dict[str, str]:
        kinds = {model["kind"] for model in self.widgets.models.values()}
        return {"VegaChart": script("vega_chart")["vega_chart"]} if "VegaChart" in kinds else {}

    def _references(self, name: str) -> Iterator[str]:
        for value in self.widgets.models[name]["state"].values():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str) and one.startswith(REFERENCE):
                    yield one.removeprefix(REFERENCE)

    def _lens_in(self, name: str) -> str | None:
        """The first lens that a model looks at, itself or by what it shows, with a text on it."""
        kind = self.widgets.models[name]["kind"]
        if kind in {"Explorer", "EssayText"}:
            return next((one for one in self._references(name) if self.widgets.models[one]["kind"] == "Lens"), None)
        return next(filter(None, map(self._lens_in, self._references(name))), None)

    def _prune(self) -> None:
        """Leave away what no output shows; an explorer that stands alone is the page."""
        reached: dict[str, None] = {}

        def reach(name: str) -> None:
            if name not in reached:
                for one in self._references(name):
                    reach(one)
                reached[name] = None

        for name in self.drawn:
            reach(name)
        models = {name: self.widgets.models[name] for name in reached}
        kinds = {model["kind"] for model in models.values()}
        shown = [name for name in self.drawn if models[name]["kind"] != "VegaChart"]
        if len(shown) == 1 and models[shown[0]]["kind"] == "Explorer":
            models[shown[0]]["state"]["frame"] = "page"
        self.widgets = replace(
            self.widgets,
            models=models,
            modules={kind: source for kind, source in self.widgets.modules.items() if kind in kinds},
            styles={kind: source for kind, source in self.widgets.styles.items() if kind in kinds} | {"": STYLE},
        )

    def _address(self) -> None:
        """Tell the models where the parts of the page are: files beside it, or elements in it."""
        panels = [name for name, model in self.widgets.models.items() if model["kind"] == "ChartPanel"]
        for name, model in self.widgets.models.items():
            if model["kind"] == "Lens":
                reading = self.found["readings"][name]
                parts = self._parts(name, reading)
                own = [panel for panel in panels if next(self._references(panel)) == name]
                if own and parts.charts.startswith("#") and reading["folder"]:
                    self.charts[parts.charts[1:]] = vega.charts(open_quietly(reading["folder"]))
                address(self.widgets, parts, charts=own, lens=name)

    def _parts(self, lens: str, reading: Mapping[str, str]) -> Parts:
        if self.beside:
            files = f"{PARTS}/{reading['name']}.html" if reading["folder"] else ""
            copies = [f"{PARTS}/{one}.html" for one in originals_of(reading["name"]) if reading["folder"]]
            return Parts(f"{PARTS}/{reading['charts']}", Parts.vega_beside(), files, *copies)
        charts = f"{INSIDE.charts[1:]}-{lens}"
        return Parts(f"#{charts}", INSIDE.vega)


def _description(cells: Sequence[tuple[NotebookNode, str]]) -> dict[str, Any]:
    """What the notebook said of itself; of one that could not, that it shows none of our widgets."""
    for cell, _ in reversed(cells):
        for output in cell.get("outputs", []):
            if DESCRIPTION in (output.get("data") or {}):
                return dict(output.data[DESCRIPTION])
    return {"widgets": {}, "readings": {}, "folders": [], "error": "", "working": True}
