"""The figures of a run as Markdown: the goals first, then everything that was measured, then how."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from apps import PAGE, STATIC, STOCK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

APPS = [PAGE.name, STOCK.name, STATIC.name]
MODES = [f"{PAGE.name}, warm", f"{PAGE.name}, cold", f"{STOCK.name}, warm", f"{STOCK.name}, cold", STATIC.name]
PACKAGES = ("essay-explorer", "voila", "ipywidgets", "anywidget", "ipykernel")
CLICK = "Filter click on screen, p95"
CROWD = "Ten at once, pool of ten: first paragraph, p95"
HOW = """
Server and browser share one machine, and nothing but it: every other host is refused. Each visit has an empty cache and
happens in a browser that is already open. Times run from the start of the navigation, on the page's own clock. A first
round, which is not counted, warms up disks and caches.

- *First paragraph*: it is visible, and the browser has painted. *First working filter*: a theme's button was clicked as soon as
  it stood there, and the theme's passages are marked. *Kernel linked*: what the reader chooses reaches Python.
- *Filter click*: from the press of the pointer to the frame after the marked passages were laid out; 16 ms are one frame.
- *Server CPU a visit*: of all processes of the server, from before the reader comes until the server is quiet after they
  have left: the clicks and the refill of the pool are in it. The next visit starts after that.
- *Memory*: PSS of all processes of the server with readers who stay, no pool; *a reader*: between the first and the tenth.
- *Stock Voila*: a notebook with ToggleButtons and an HTML widget that the kernel renders anew for each theme, in Voila's
  own lab template. *Static page*: the same HTML in one file with a script of a dozen lines, from Python's http.server.
  Neither has this page's search, cards, permalinks or notes.
- *Warm*: readers come one by one to a pool of two kernels. *Cold*: there is no pool.
"""


@dataclass
class Results:
    """What a run has measured: visits by mode, crowds and memory by app, and what went wrong."""

    visits: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    crowds: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    memory: dict[str, dict[int, float]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def of(self, mode: str, key: str) -> float | None:
        """The median of a figure of the visits."""
        return middle(visit[key] for visit in self.visits.get(mode, []) if visit[key] is not None)

    def clicks(self, mode: str) -> list[float]:
        """All filter clicks of all visits, ms."""
        return [took for visit in self.visits.get(mode, []) for took in visit["clicks"]]

    def crowd(self, app: str, key: str) -> float | None:
        """The p95 of ten who came at once; where they came several times, the median of it."""
        return middle(high(run[key]) for run in self.crowds.get(app, []))

    def kernels(self, app: str) -> int | None:
        """The most kernels that were left when ten readers had left."""
        return max((run["kernels"] for run in self.crowds.get(app, [])), default=None)

    def a_reader(self, app: str) -> float | None:
        """Megabytes for one more reader."""
        sizes = self.memory.get(app, {})
        return max(0.0, (sizes[10] - sizes[1]) / 9) if {1, 10} <= sizes.keys() else None


@dataclass(frozen=True)
class Goal:
    """A figure of ours, and the most that it may be: `most` times that of another, or `limit`."""

    what: str
    ours: float | None
    beside: str = ""
    theirs: float | None = None
    most: float | None = None
    limit: float | None = None
    unit: str = "ms"

    @property
    def reached(self) -> bool:
        """Whether it holds; what could not be measured does not."""
        limit = self.limit if self.most is None else self.theirs and self.most * self.theirs
        return self.ours is not None and limit is not None and self.ours <= limit

    def row(self) -> list[str]:
        """Its cells in the table of goals."""
        other, ratio, goal = "", "", f"at most {number(self.limit)} {self.unit}".rstrip()
        if self.most is not None:
            other, goal = f"{number(self.theirs)} {self.unit} ({self.beside})", f"at most {as_ratio(self.most)}"
            ratio = as_ratio(self.ours / self.theirs) if self.ours and self.theirs else "–"
        return [
            self.what,
            f"{number(self.ours)} {self.unit}".rstrip(),
            other,
            ratio,
            goal,
            "reached" if self.reached else "**NOT reached**",
        ]


def text(results: Results, *, minutes: float, browser: str) -> str:
    """The whole report."""
    rounds, crowds = (max(map(len, runs.values()), default=0) for runs in (results.visits, results.crowds))
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    problems = "".join(f"- {problem}\n" for problem in dict.fromkeys(results.problems))
    return f"""# What a reader waits for, and what a reader costs

Measured with `make bench` on {datetime.now(UTC):%Y-%m-%d}, in {minutes:.0f} minutes: {rounds} rounds of visits, interleaved, and {crowds} of ten readers at once.
With {versions}, Python {platform.python_version()} and Chromium {browser} on {platform.system()} with {os.cpu_count()} cores.

{table(["", PAGE.name, "beside", "ratio", "goal", ""], [goal.row() for goal in goals(results)])}

## All figures

Medians of the visits, one by one:

{table(["", *MODES], visits(results))}

Several readers:

{table(["", *APPS], several(results))}
{f"{chr(10)}## What went wrong{chr(10)}{chr(10)}{problems}" if problems else ""}
## How it was measured
{HOW}"""


def goals(results: Results) -> list[Goal]:
    """What the project has promised itself, with the figures of this run."""
    page, stock, static = APPS
    warm, cold, stock_warm, stock_cold, _ = MODES

    def visit(what: str, key: str, mode: str, beside: str, most: float, unit: str = "ms") -> Goal:
        return Goal(what, results.of(mode, key), beside, results.of(beside, key), most, unit=unit)

    def crowd(beside: str, most: float) -> Goal:
        return Goal(CROWD, results.crowd(page, "paragraph"), beside, results.crowd(beside, "paragraph"), most)

    hosts = max((visit["other_hosts"] for mode in (warm, cold) for visit in results.visits.get(mode, [])), default=None)
    return [
        visit("First paragraph, warm pool", "paragraph", warm, stock_warm, 1 / 10),
        visit("First paragraph, warm pool", "paragraph", warm, static, 2),
        visit("First working filter, warm pool", "filter", warm, stock_warm, 1 / 3),
        visit("First working filter, warm pool", "filter", warm, static, 2),
        visit("First paragraph, cold kernel", "paragraph", cold, stock_cold, 1 / 12),
        Goal(CLICK, high(results.clicks(warm)), static, high(results.clicks(static)), 1.4),
        Goal(CLICK, high(results.clicks(warm)), limit=35),
        Goal("Memory a reader", results.a_reader(page), stock, results.a_reader(stock), 1 / 4, unit="MB"),
        visit("Server CPU a visit, cold kernel", "cpu", cold, stock_cold, 1 / 4, unit="s"),
        crowd(stock, 1 / 8),
        crowd(static, 3),
        Goal("Kernels 30 s after ten readers left a pool of ten", results.kernels(page), limit=10, unit=""),
        Goal("Bytes that a click sends", results.of(warm, "click_ws_out"), limit=2000, unit=""),
        Goal("Other hosts asked", hosts, limit=0, unit=""),
    ]


def visits(results: Results) -> list[list[str]]:
    """The figures of single visits, a column for each mode."""

    def row(what: str, key: str, unit: float = 1) -> list[str]:
        values = [results.of(mode, key) for mode in MODES]
        return [what, *(number(value and value / unit) for value in values)]

    return [
        row("first paragraph, ms", "paragraph"),
        row("first working filter, ms", "filter"),
        [
            "kernel linked, ms",
            *(number(results.of(mode, "linked")) if mode.startswith(PAGE.name) else "" for mode in MODES),
        ],
        ["filter click p50, ms", *(number(middle(results.clicks(mode))) for mode in MODES)],
        ["filter click p95, ms", *(number(high(results.clicks(mode))) for mode in MODES)],
        row("requests", "requests"),
        row("kB over HTTP", "http", 1000),
        row("kB received over the WebSocket", "ws_in", 1000),
        row("bytes sent for a click", "click_ws_out"),
        row("bytes received for a click", "click_ws_in"),
        row("other hosts asked", "other_hosts"),
        row("server CPU a visit, s", "cpu"),
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


def middle(values: Iterable[float]) -> float | None:
    """The median; None of nothing."""
    found = list(values)
    return median(found) if found else None


def high(values: Sequence[float]) -> float | None:
    """The 95th percentile; None of less than two."""
    return quantiles(values, n=20, method="inclusive")[18] if len(values) > 1 else None


def number(value: float | None) -> str:
    """A figure with the digits that count."""
    if value is None:
        return "–"
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def as_ratio(value: float) -> str:
    """A ratio as people say it: 1.5, or 1/12."""
    return f"1/{number(1 / value)}" if value < 1 else number(value)


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; the first column stands to the left, the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines).replace("|  ", "| ")
