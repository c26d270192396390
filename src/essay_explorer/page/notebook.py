"""The page of a notebook under Voila: made once of what its cells put out, and kept.

Voila runs the notebook; a preprocessor, which the template's conf.json names, gives the template what makes the page
of the first run and keeps it. So it works in every host of the template: our server, `voila NOTEBOOK.ipynb`,
JupyterLab's button.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import OrderedDict
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

from jupyter_core.utils import ensure_async
from nbconvert.preprocessors import Preprocessor
from nbformat.v4 import new_code_cell, new_output

from essay_explorer.page import outputs
from essay_explorer.page.assembly import Cell, Page, Served, page_of
from essay_explorer.page.description import Description
from essay_explorer.page.markdown import CellRenderer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from functools import partial

    from nbformat import NotebookNode

NAME = "essay_explorer"  # of the package in a notebook's code, and of what the template finds in its resources
TEXT = "essay-explorer-text"  # the tag of a Markdown cell that holds the essay's own text, which the page shows anyway
HIDDEN = "essay-explorer-hidden"  # the tag of cells that are ours and not the notebook's
NUMBER = "essay_explorer_number"  # the metadata that tells the number of a cell in the notebook, from 1
ERRORS_ALLOWED = "raises-exception"  # nbclient goes on after an error in a cell with this tag
OLD_TEXTS = {"title", "heading", "text"}  # the ids of cells with the essay's text, before there was a tag
OURS, VOILAS = "explorer.html.j2", "plain.html.j2"  # templates beside index.html.j2
PLAIN = Page(kernel=True)  # of a notebook that is Voila's to show
KEPT = 16  # pages; an author in JupyterLab makes one with each change
ELSEWHERE = re.compile(r'<(link|script)\b[^>]*\b(href|src)="(https?:)?//[^>]*>(\s*</script>)?')


class Pages:
    """The pages that were made last, by the paths of their notebooks."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, tuple[str, Page]] = OrderedDict()

    def of(self, notebook: NotebookNode, path: str) -> Page | None:
        """The page of the notebook at a path; None when it, or a file that the page was made of, has changed.

        One whose code does not name this package shows nothing of ours, and needs no look.
        """
        if not any(NAME in cell.source for cell in notebook.cells if cell.cell_type == "code"):
            return PLAIN
        made_of, page = self._pages.get(path, ("", Page()))
        return page if made_of == _digest(notebook) and page.is_current else None

    def before(self, path: str) -> Page:
        """The page that the notebook at a path had last, whatever has changed since."""
        return self._pages.get(path, ("", Page()))[1]

    def keep(self, page: Page, notebook: NotebookNode, path: str) -> None:
        """Keep a page, in place of the one that the notebook had before."""
        self._pages[path] = _digest(notebook), page
        self._pages.move_to_end(path)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)


def _digest(notebook: NotebookNode) -> str:
    """What changes when a page of the notebook would: its cells, and what this process names in its environment."""
    cells = [(cell.cell_type, cell.source, _tags(cell)) for cell in notebook.cells if not _has(cell, HIDDEN)]
    named = {name: value for name, value in os.environ.items() if name.startswith("ESSAY_EXPLORER")}
    made_of = json.dumps([cells, named], sort_keys=True)
    return hashlib.blake2b(made_of.encode(), digest_size=16).hexdigest()


def _tags(cell: NotebookNode) -> list[str]:
    return [tag for tag in cell.metadata.get("tags", []) if tag != ERRORS_ALLOWED]


def _has(cell: NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", [])


class PagePreprocessor(Preprocessor):
    """Hands the template what makes the page; the page itself is known when the template knows the notebook's path."""

    pages: ClassVar = Pages()  # of this process: each visit has an exporter of its own

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook with its cells numbered, and the resources with the page."""
        for number, cell in enumerate(nb.cells, 1):
            cell.metadata[NUMBER] = number
        served = Served(
            resources["metadata"]["name"],
            beside=bool(resources.get("page_sent")),
            kernel=resources.get("essay_explorer_kernel", "auto"),
        )
        resources[NAME] = NotebookPage(self.pages, served)
        return nb, resources


class NotebookPage:
    """What the template works with: the page as it was kept, or what makes it of the cells as they run."""

    def __init__(self, pages: Pages, served: Served) -> None:
        self._pages, self._served = pages, served
        self._cells: list[NotebookNode] = []
        self._prose: dict[int, str] = {}
        self.kept: Page | None = None

    def template(self, notebook: NotebookNode, kernel_start: partial[Any]) -> str:
        """The template for a notebook, whose path is known to what starts its kernel.

        Where the page is ours, cells of ours go around the notebook's, so that it describes itself.
        """
        self._notebook = notebook
        voila: Any = kernel_start.func.__self__  # type: ignore[attr-defined] # its NotebookRenderer
        self._path = voila.notebook_path
        self.kept = self._pages.of(notebook, self._path)
        if self.kept and not self.kept.ours:
            return VOILAS
        voila.exporter.markdown_renderer_class = CellRenderer
        for cell in notebook.cells:
            cell.metadata["tags"] = [*_tags(cell), ERRORS_ALLOWED]
        notebook.cells.insert(0, _hidden("prepare"))
        if not self.kept:
            notebook.cells.append(_hidden("describe"))
        return OURS

    def take(self, cell: NotebookNode, prose: str) -> None:
        """Take a cell that has run; `prose`: a Markdown cell as HTML."""
        self._cells.append(cell)
        if prose and not self._is_text(cell):
            self._prose[cell.metadata[NUMBER]] = prose

    def _is_text(self, cell: NotebookNode) -> bool:
        """Whether a cell holds the essay's own text."""
        old = any(one.get("id") == "explorer" for one in self._notebook.cells)
        return _has(cell, TEXT) or (old and cell.get("id") in OLD_TEXTS)

    def made(self) -> Page:
        """The page of the cells that were taken; it is kept for the next reader."""
        found = Description.in_outputs(self._cells)
        if found is None and (current := self._pages.of(self._notebook, self._path)):
            self.kept = current  # another kernel came to the end
            return current
        cells, before = self._ran(ended=found is None), self._pages.before(self._path)
        page = page_of(cells, found or Description(error="its kernel has ended"), self._served, before)
        self.kept = replace(page, ended=found is None)
        self._pages.keep(self.kept, self._notebook, self._path)
        return self.kept

    def _ran(self, *, ended: bool) -> list[Cell]:
        """The notebook's own cells; of one whose kernel has ended, the first that could not run has an error."""
        numbered = {number: cell for cell in self._cells if (number := cell.metadata.get(NUMBER))}
        lost = next(number for number in count(1) if number not in numbered) if ended else 0
        cells = [
            Cell(number, self._prose.get(number, ""), cell.get("outputs") or []) for number, cell in numbered.items()
        ]
        if lost:
            error = new_output("error", ename="DeadKernelError")  # type: ignore[no-untyped-call]
            cells.append(Cell(lost, outputs=[error]))
        return sorted(cells, key=lambda cell: cell.number)

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
            if outputs.view_of(output)
        ]

    def without_links_elsewhere(self, html: str) -> str:
        """The head of Voila's own template without what it would ask of other hosts, such as a CDN's icons."""
        return ELSEWHERE.sub("", html)


def _hidden(function: str) -> NotebookNode:
    source = f"import essay_explorer.page.describe as _described\n_described.{function}()\ndel _described"
    metadata = {"tags": [HIDDEN, ERRORS_ALLOWED]}
    return new_code_cell(source, metadata=metadata)  # type: ignore[no-any-return, no-untyped-call]
