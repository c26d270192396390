"""The ways to serve one essay, and how a reader's browser recognises what it waits for."""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import plain
from essay_explorer import charts, measures, open_reading
from essay_explorer.charts import bundle
from essay_explorer.core.prose import Prose
from essay_explorer.page.export import write_site
from servers import Server, dashboard, free_port, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

READING = "her"
# No log of requests, and a queue long enough for ten browsers at once.
STATIC_SERVER = """
import http.server, sys
class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words): pass
http.server.ThreadingHTTPServer.request_queue_size = 64
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@dataclass(frozen=True)
class App:
    """A way to serve the essay.

    `start(folder, pool)` runs its server with that many warm kernels; `folder` is for its files.
    The rest are CSS selectors; "{tag}" stands for the id of a theme. `control` chooses a theme,
    `applied` are all there when it is in force, `release` undoes it. `last` comes last: the kernel, or a
    chart. `charts` asks for a chart, `drawn` are all there when it is drawn; its `bars` go faint with the
    text's passages. `path` follows the server's address. `kernels`: whether each reader has one.
    """

    name: str
    start: Callable[[Path, int], AbstractContextManager[Server]]
    paragraph: str
    control: str
    applied: tuple[str, ...]
    release: str
    last: str = ""
    charts: str = ""
    drawn: tuple[str, ...] = ()
    bars: str = ""
    path: str = ""
    kernels: bool = False

    def mode(self, pool: int) -> str:
        """What visits go by among the results: the app, and whether a kernel waits for its readers."""
        return f"{self.name}, {'warm' if pool else 'cold'}" if self.kernels else self.name


def content() -> dict[str, Any]:
    """The reading as plain data: title, themes in use, and paragraphs as runs of text with their themes."""
    reading = open_reading(READING)
    themes = reading.codebook.facets[0].tags
    ids = [tag.id for tag in themes]
    passages = {passage.id: passage for passage in reading.passages()}
    used = {tag for passage in passages.values() for tag in passage.tags}

    def tags(ids_here: tuple[str, ...]) -> list[str]:
        carried = {tag for entry in ids_here for tag in passages[entry].tags}
        return [tag for tag in ids if tag in carried]

    return {
        "title": Prose.from_markdown(reading.essay.title).text,
        "themes": [[tag.id, tag.label] for tag in themes if tag.id in used],
        "paragraphs": [
            [{"text": run.text, "em": "em" in run.emphasis, "tags": tags(run.passages)} for run in paragraph]
            for paragraph in reading.segments()
        ],
    }


def prepare(folder: Path) -> list[str]:
    """Write what the alternatives serve into `folder`; returns the ids of the themes."""
    essay = content()
    site = folder / "site"
    site.mkdir()
    (site / "index.html").write_text(plain.page(essay), encoding="utf-8")
    (folder / "essay.json").write_text(json.dumps(essay), encoding="utf-8")
    (folder / "stock.ipynb").write_text(plain.notebook(), encoding="utf-8")
    (folder / "stock-charts.ipynb").write_text(plain.notebook(charts=True), encoding="utf-8")
    (folder / "python.ipynb").write_text(plain.with_python(), encoding="utf-8")
    bars = [asdict(row) for row in measures.dispersion(open_reading(READING)).rows]
    (folder / "bars.json").write_text(json.dumps(bars), encoding="utf-8")
    shutil.copy(plain.__file__, folder)
    return [tag for tag, _ in essay["themes"]]


def prepare_sites(folder: Path) -> None:
    """Write our site, and the same text with the same chart as somebody writes them by hand, into `folder`."""
    reading = open_reading(READING)
    write_site([reading], folder / "our-site")
    site = folder / "site-by-hand"
    site.mkdir()
    (site / "index.html").write_text(plain.page(content(), chart=True), encoding="utf-8")
    (site / "vega.js").write_text(bundle.vega(), encoding="utf-8")
    chart = charts.specs(reading)[0]
    spec = chart["spec"] | {"data": {"name": "rows", "values": chart["rows"]}}
    (site / "chart.json").write_text(json.dumps(spec), encoding="utf-8")


def _page(*options: str) -> Callable[[Path, int], AbstractContextManager[Server]]:
    return lambda _folder, _pool: dashboard(READING, *options)


def _with_python(folder: Path, pool: int) -> AbstractContextManager[Server]:
    return dashboard(str(folder / "python.ipynb"), "--pool", str(pool))


@contextmanager
def _stock(notebook: str, folder: Path, pool: int) -> Iterator[Server]:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "voila",
        str(folder / notebook),
        "--no-browser",
        f"--port={port}",
        "--Voila.ip=127.0.0.1",
    ]
    if pool:
        command += ["--preheat_kernel=True", f"--pool_size={pool}"]
    # As it comes: no settings of this environment, but its kernel.
    env = {"JUPYTER_NO_CONFIG": "1", "JUPYTER_CONFIG_DIR": str(folder / "jupyter"), "JUPYTER_PREFER_ENV_PATH": "1"}
    with serving(command, f"http://127.0.0.1:{port}/", env=env, cwd=folder) as server:
        yield server


@contextmanager
def _static(site: str, folder: Path, pool: int) -> Iterator[Server]:
    port = free_port()
    with serving(
        [sys.executable, "-c", STATIC_SERVER, str(port)], f"http://127.0.0.1:{port}/", cwd=folder / site
    ) as server:
        yield server


CHIP = '.theme-filter .chip[data-tag="{tag}"] .choose'
LIT = '.essay[data-chosen="{tag}"] mark.on'
PAGE = App(
    "this page",
    start=_page(),
    paragraph=".essay-text .paragraph",
    control=CHIP,
    applied=(f'{CHIP}[aria-pressed="true"]', ".essay-text mark.on"),
    release=CHIP,
    last='html[data-essay-explorer="ready"]',
    charts="button.charts",
    drawn=(".chart-panel[data-drawn]", ".chart-panel .picture svg"),
    bars=".picture [aria-roledescription=bar]",
)
PREFIX = "courses/her/"
PREFIXED = replace(PAGE, name="this page under a prefix", start=_page("--base-url", f"/{PREFIX}"), path=PREFIX)
PYTHON = replace(
    PAGE, name="a notebook with Python", start=_with_python, last='html[data-kernel="linked"]', kernels=True
)
STOCK = App(
    "stock Voila",
    start=partial(_stock, "stock.ipynb"),
    paragraph=".essay .paragraph",
    control='.widget-toggle-button[title="{tag}"]',
    applied=(LIT,),
    release='.widget-toggle-button[title="all"]',
    kernels=True,
)
STOCK_CHARTS = replace(
    STOCK,
    name="stock Voila with charts",
    start=partial(_stock, "stock-charts.ipynb"),
    charts='.widget-button[title="charts"]',
    drawn=(".vega-embed svg .role-mark",),
)
STATIC = App(
    "static page",
    start=partial(_static, "site"),
    paragraph=".essay .paragraph",
    control='button[data-tag="{tag}"]',
    applied=(LIT,),
    release='button[data-tag="all"]',
)
SITE = replace(
    PAGE,
    name="our site",
    start=partial(_static, "our-site"),
    path=f"{READING}.html",
)
SITE_CHART = replace(SITE, name="our site, asked for a chart", path=f"{SITE.path}#chart=dispersion", last=PAGE.drawn[1])
BY_HAND = replace(STATIC, name="static page with Vega", start=partial(_static, "site-by-hand"), last="#chart svg")
NO_VEGA = replace(STATIC, name="static page without Vega")
