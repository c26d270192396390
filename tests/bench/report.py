"""The figures of a run as Markdown: the goals first, then everything that was measured, then how."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

import charts
import lesson
import long
import sites
from apps import PAGE, PREFIXED, PYTHON, STATIC, STOCK, STOCK_CHARTS
from goals import goals
from novel import NOVEL
from results import high, middle, number

if TYPE_CHECKING:
    from results import Results

MODES = [
    *(PAGE.name, PREFIXED.name, PYTHON.mode(1), PYTHON.mode(0)),
    *(STOCK.mode(1), STOCK.mode(0), STOCK_CHARTS.mode(0), STATIC.name),
]
SITES = [app.name for app in sites.APPS]
APPS = [PAGE.name, PYTHON.name, STOCK.name, STOCK_CHARTS.name, STATIC.name]
PACKAGES = ("essay-explorer", "voila", "ipywidgets", "anywidget", "ipykernel", "altair", "vl-convert-python")
HOW = """
Server and browser share one machine, and nothing but it: every other host is refused. Each visit has an empty cache and
happens in a browser that is already open. Times run from the start of the navigation, on the page's own clock. A first
round, which is not counted, warms up disks and caches.

- *First paragraph*: it is visible, and the browser has painted. *First working filter*: a theme's button was clicked as soon as
  it stood there, and the theme's passages are marked. *Kernel linked*: what the reader chooses reaches Python.
- *Filter click*: from the press of the pointer to the frame after the marked passages were laid out; 16 ms are one frame.
- *Server CPU a visit*: of all processes of the server, from before the reader comes until the server is quiet after they
  have left: the clicks and the refill of the pool are in it. The next visit starts after that. A mean, of ticks of 10 ms.
- *Memory*: PSS of all processes of the server with readers who stay, no pool; *a reader*: between the first and the tenth.
- *300 readers*: without browsers, spread over 10 seconds; each takes the page, what its charts need, and a stream of news that it
  keeps. *Memory in all*: the most that the server took meanwhile; *memory a reader*: what came with them, divided among them.
- *From a saved file to the redrawn page*: the essay is saved with another title, and the page, open in a browser, shows it.
- *A notebook with Python*: our explorer, an observer in Python and a label that it changes, served by `essay-explorer read`.
- *Stock Voila*: a notebook with ToggleButtons and an HTML widget that the kernel renders anew for each theme, in Voila's
  own lab template. *Static page*: the same HTML in one file with a script of a dozen lines, from Python's http.server.
  Neither has this page's search, cards, permalinks or notes.
- *Warm*: readers come one by one to a pool of two kernels. *Cold*: there is no pool.
- *Stock Voila with charts*: that notebook with `import altair`, `JupyterChart.enable_offline()` in its first cell and a button that
  puts a JupyterChart of the same passages into a box. No chart is asked for where memory and CPU are measured, there or here.
- *First chart*: from the press on its button, in a page that is open and linked to its kernel, to the frame after the chart was laid
  out. *Cold cache*: the first visit of a browser; *warm cache*: its second. The server has made its files before, in both.
- *A theme in text and chart*: from the press of the pointer, with a chart open, to the frame after both show the theme.
- *Page of the site*: from `write_site`, served by Python's http.server. *Ready*: the first filter works, and the page says that all
  its parts run; *with a chart*: a link to the chart was opened, and the chart is there too. *Static page with Vega*: the static page,
  with the same chart and the same Vega in a module script after its text; it is ready when its first filter works. Browsers may run
  such a script before they paint, so *static page without Vega* stands beside it.
- *Phones in real pages*: eight pages at a time in one browser come and join, and make room for the next; two cores cannot show thirty.
  Their seats mark on without a page, while the last of them mark six sentences within 20 seconds, where a lesson takes minutes. *A mark
  acknowledged*: from its request to the last byte of the answer, in the page.
  *The reveal on all screens*: from the teacher's request to the frame with the class's marks, on the slowest phone or the projector.
- *Simulated phones*: they come within 8 seconds, those beyond 300 as fast as a room lets them in. Each keeps a stream of news and marks
  every 5 seconds, for 1 to 15 seconds once all are there, while a teacher follows the counts. They share two cores with their server.
  `python tests/bench/lecture.py 300 300` is the same for five minutes. *Lost*: acknowledged, and not in the room afterwards. *The
  teacher's counts*: the longest time for which an acknowledged mark was not among them. *The reveal*: each asks anew, all at once.
- *A million words*: a made-up text with 10,000 annotations. *A frame while scrolling*: 60 turns of the wheel by 600 px, 50 ms apart.
"""


def text(results: Results, *, minutes: float, browser: str, whole: bool = True) -> str:
    """The whole report; what was not measured is a goal that was not reached, unless only a part was to be measured."""
    rounds, crowds = (max(map(len, runs.values()), default=0) for runs in (results.visits, results.crowds))
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    problems = "".join(f"- {problem}\n" for problem in dict.fromkeys(results.problems))
    rows = [goal.row() for goal in goals(results) if whole or goal.ours is not None]
    return f"""# What a reader waits for, and what a reader costs

Measured with `make bench` on {datetime.now(UTC):%Y-%m-%d}, in {minutes:.0f} minutes: {rounds} rounds of visits, interleaved, and {crowds} of ten readers at once.
With {versions}, Python {platform.python_version()} and Chromium {browser} on {platform.system()} with {os.cpu_count()} cores.

{table(["", PAGE.name, "beside", "ratio", "goal", ""], rows)}

## All figures

{figures(results)}
{f"{chr(10)}## What went wrong{chr(10)}{chr(10)}{problems}" if problems else ""}
## How it was measured
{HOW}"""


def figures(results: Results) -> str:
    """All tables in which there is a figure, each under a line that says what it holds."""
    tables = [
        ("Medians of the visits, one by one:", MODES, visits(results)),
        ("Several readers:", APPS, several(results)),
        ("Charts, stock Voila with a warm pool:", [app.name for app in charts.APPS], drawn(results)),
        ("The page as files for any web host:", SITES, served(results)),
        ("A class by its simulated phones and its store:", lesson.HEAD, lesson.rows(results.lectures)),
        ("A text of a million words beside the short one:", [NOVEL.name, PAGE.name], novel(results)),
    ]
    told = [f"{title}\n\n{table(['', *head], rows)}" for title, head, rows in tables if any_figure(rows)]
    if results.curve:
        told.append(
            "Readings by their words, with 100 of them for each annotation: seconds of the processor, and MB:\n\n"
            f"{long.table(results.curve)}"
        )
    return "\n\n".join(told)


def any_figure(rows: list[list[str]]) -> bool:
    """Whether anything was measured."""
    return any(cell not in {"", "–"} for row in rows for cell in row[1:])


def visits(results: Results) -> list[list[str]]:
    """The figures of single visits, a column for each mode."""

    def row(what: str, key: str, unit: float = 1) -> list[str]:
        values = [results.of(mode, key) for mode in MODES]
        return [what, *(number(value and value / unit) for value in values)]

    clicks = [results.all(mode, "clicks") for mode in MODES]
    return [
        row("first paragraph, ms", "paragraph"),
        row("first working filter, ms", "filter"),
        [
            "kernel linked, ms",
            *(number(results.of(mode, "last")) if mode.startswith(PYTHON.name) else "" for mode in MODES),
        ],
        ["filter click p50, ms", *(number(middle(took)) for took in clicks)],
        ["filter click p95, ms", *(number(high(took)) for took in clicks)],
        row("requests", "requests"),
        row("kB over HTTP", "http", 1000),
        row("kB received over the WebSocket", "ws_in", 1000),
        row("bytes sent for a click", "click_ws_out"),
        row("bytes received for a click", "click_ws_in"),
        row("other hosts asked", "other_hosts"),
        ["server CPU a visit, s", *(number(results.cpu(mode)) for mode in MODES)],
    ]


def several(results: Results) -> list[list[str]]:
    """The figures of several readers, a column for each app."""
    sizes = [results.memory.get(app, {}) for app in APPS]
    counts = sorted({count for size in sizes for count in size})
    return [
        *([f"MB with {count} readers", *(number(size.get(count)) for size in sizes)] for count in counts),
        ["MB a reader", *(number(results.a_reader(app)) for app in APPS)],
        ["ten at once: first paragraph p95, ms", *(number(results.crowd(app, "paragraph")) for app in APPS)],
        ["ten at once: first working filter p95, ms", *(number(results.crowd(app, "filter")) for app in APPS)],
        ["kernels 30 s after they left, pool of ten", *(number(results.kernels(app)) for app in APPS)],
    ]


def drawn(results: Results) -> list[list[str]]:
    """The figures of charts, a column for each app that has them."""
    modes = [charts.mode(app) for app in charts.APPS]
    linked = results.all(modes[0], "linked")
    return [
        ["first chart, cold cache, ms", *(number(results.of(mode, "cold")) for mode in modes)],
        ["first chart, warm cache, ms", *(number(results.of(mode, "warm")) for mode in modes)],
        [
            "first working filter, and first chart asked for then, ms",
            *(number(results.of(mode, "whole")) for mode in modes),
        ],
        ["a theme in text and chart p50, ms", number(middle(linked)), ""],
        ["a theme in text and chart p95, ms", number(high(linked)), ""],
    ]


def served(results: Results) -> list[list[str]]:
    """The figures of pages without a server behind them, a column for each."""
    rows = [
        ("first paragraph, ms", "paragraph", 1),
        ("ready: the first filter works, ms", "ready", 1),
        ("ready with a chart, ms", "charted", 1),
        ("requests", "requests", 1),
        ("kB over HTTP", "http", 1000),
    ]

    def cells(key: str, unit: float) -> list[str]:
        values = [results.of(site, key) for site in SITES]
        return ["" if value is None else number(value / unit) for value in values]

    return [[what, *cells(key, unit)] for what, key, unit in rows]


def novel(results: Results) -> list[list[str]]:
    """The figures of a long text and of a short one, both with a warm pool."""
    modes = [NOVEL.name, PAGE.name]
    clicks = [results.all(mode, "clicks") for mode in modes]
    frames = results.all(NOVEL.name, "frames")
    return [
        ["first paragraph, ms", *(number(results.of(mode, "paragraph")) for mode in modes)],
        ["first working filter, ms", *(number(results.of(mode, "filter")) for mode in modes)],
        ["filter click p50, ms", *(number(middle(took)) for took in clicks)],
        ["filter click p95, ms", *(number(high(took)) for took in clicks)],
        ["a frame while scrolling p50, ms", number(middle(frames)), ""],
        ["a frame while scrolling p95, ms", number(high(frames)), ""],
        ["the longest frame while scrolling, ms", number(max(frames, default=None)), ""],
        ["kB over HTTP", *(number(value and value / 1000) for value in (results.of(mode, "http") for mode in modes))],
    ]


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; the first column stands to the left, the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines).replace("|  ", "| ")
