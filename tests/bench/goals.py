"""What the project has promised itself, and whether the figures of a run keep it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import charts
from apps import BY_HAND, PAGE, SITE, SITE_CHART, STATIC, STOCK, STOCK_CHARTS
from long import GOALS
from novel import NOVEL
from results import as_ratio, high, number

if TYPE_CHECKING:
    from results import Results

MODES = [
    f"{PAGE.name}, warm",
    f"{PAGE.name}, cold",
    f"{STOCK.name}, warm",
    f"{STOCK.name}, cold",
    f"{STOCK_CHARTS.name}, cold",
    STATIC.name,
]
CLICK = "Filter click on screen, p95"
CROWD = "Ten at once, pool of ten: first paragraph, p95"


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


def goals(results: Results) -> list[Goal]:
    """What the project has promised itself, with the figures of this run."""
    return [*_reading(results), *_charts(results), *_sites(results), *_long(results)]


def _visit(results: Results, what: str, key: str, mode: str, beside: str, most: float, unit: str = "ms") -> Goal:
    """The median of a figure, at most so many times that of another mode."""
    return Goal(what, results.of(mode, key), beside, results.of(beside, key), most, unit=unit)


def _reading(results: Results) -> list[Goal]:
    page, stock, with_charts, static = PAGE.name, STOCK.name, STOCK_CHARTS.name, STATIC.name
    warm, cold, stock_warm, stock_cold, with_charts_cold, _ = MODES
    visit = partial(_visit, results)
    clicks = high(results.all(warm, "clicks"))

    def crowd(beside: str, most: float) -> Goal:
        return Goal(CROWD, results.crowd(page, "paragraph"), beside, results.crowd(beside, "paragraph"), most)

    def memory(beside: str) -> Goal:
        return Goal("Memory a reader", results.a_reader(page), beside, results.a_reader(beside), 1 / 4, unit="MB")

    hosts = max((visit["other_hosts"] for mode in (warm, cold) for visit in results.visits.get(mode, [])), default=None)
    return [
        visit("First paragraph, warm pool", "paragraph", warm, stock_warm, 1 / 10),
        visit("First paragraph, warm pool", "paragraph", warm, static, 2),
        visit("First working filter, warm pool", "filter", warm, stock_warm, 1 / 3),
        visit("First working filter, warm pool", "filter", warm, static, 2),
        visit("First paragraph, cold kernel", "paragraph", cold, stock_cold, 1 / 12),
        Goal(CLICK, clicks, static, high(results.all(static, "clicks")), 1.4),
        Goal(CLICK, clicks, limit=35),
        memory(stock),
        memory(with_charts),
        visit("Server CPU a visit, cold kernel", "cpu", cold, stock_cold, 1 / 4, unit="s"),
        visit("Server CPU a visit, cold kernel", "cpu", cold, with_charts_cold, 1 / 4, unit="s"),
        crowd(stock, 1 / 8),
        crowd(static, 3),
        Goal("Kernels 30 s after ten readers left a pool of ten", results.kernels(page), limit=10, unit=""),
        Goal("Bytes that a click sends", results.of(warm, "click_ws_out"), limit=2000, unit=""),
        Goal("Other hosts asked", hosts, limit=0, unit=""),
    ]


def _charts(results: Results) -> list[Goal]:
    ours, stock = charts.mode(PAGE), charts.mode(STOCK_CHARTS)
    goals = []
    for key, limit in (("cold", 1200), ("warm", 400)):
        what = f"First chart, {key} cache"
        goals += [
            Goal(what, results.of(ours, key), limit=limit),
            Goal(what, results.of(ours, key), STOCK_CHARTS.name, results.of(stock, key), 1 / 3),
        ]
    return [*goals, Goal("A theme in text and chart, p95", high(results.all(ours, "linked")), limit=80)]


def _sites(results: Results) -> list[Goal]:
    site, asked, by_hand = SITE.name, SITE_CHART.name, BY_HAND.name
    return [
        _visit(results, "Page of the site: ready", "ready", site, by_hand, 1.5),
        _visit(results, "Page of the site: ready with a chart", "charted", asked, by_hand, 1.5),
    ]


def _long(results: Results) -> list[Goal]:
    novel, short = NOVEL.name, MODES[0]
    open_reading, peak = (results.at_length(key) for key in GOALS)
    return [
        Goal("A million words: open_reading", open_reading, limit=GOALS["open_reading"], unit="s"),
        Goal("A million words: memory of it", peak, limit=GOALS["peak MB"], unit="MB"),
        _visit(results, "A million words: first paragraph, warm pool", "paragraph", novel, short, 2),
        Goal(f"A million words: {CLICK[0].lower()}{CLICK[1:]}", high(results.all(novel, "clicks")), limit=150),
        Goal("A million words: a frame while scrolling, p95", high(results.all(novel, "frames")), limit=34),
    ]
