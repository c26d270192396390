"""What the project has promised itself, and whether the figures of a run keep it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import charts
import lesson
import marked
import screens
from apps import BY_HAND, PAGE, PREFIXED, PYTHON, SITE, SITE_CHART, STATIC, STOCK, STOCK_CHARTS
from lecture import POSTGRESQL, SQLITE, ms
from long import GOALS
from novel import NOVEL
from results import as_ratio, high, middle, number

if TYPE_CHECKING:
    from results import Results

WORSE = 1.1  # a ratio may be so many times what it was in the run before this page did without kernels:
BEFORE = {"paragraph": 1.08, "filter": 1.97, "click": 0.98, "cold chart": 1 / 3.65, "warm chart": 1 / 4.5}
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
    return [*_reading(results), *_charts(results), *_sites(results), *_class(results), *_long(results)]


def _visit(results: Results, what: str, key: str, mode: str, beside: str, most: float, unit: str = "ms") -> Goal:
    """The median of a figure, at most so many times that of another mode."""
    return Goal(what, results.of(mode, key), beside, results.of(beside, key), most, unit=unit)


def _reading(results: Results) -> list[Goal]:
    page, static, stock, stock_cold = PAGE.name, STATIC.name, STOCK.mode(1), STOCK.mode(0)
    visit = partial(_visit, results)
    clicks, clicks_static = high(results.all(page, "clicks")), high(results.all(static, "clicks"))
    visits = [visit for mode in (page, PREFIXED.name) for visit in results.visits.get(mode, [])]

    def crowd(beside: str, most: float) -> Goal:
        return Goal(CROWD, results.crowd(page, "paragraph"), beside, results.crowd(beside, "paragraph"), most)

    return [
        visit("First paragraph", "paragraph", page, stock, 1 / 10),
        visit("First paragraph", "paragraph", page, static, WORSE * BEFORE["paragraph"]),
        visit("First paragraph, under a prefix", "paragraph", PREFIXED.name, page, WORSE),
        visit("First working filter", "filter", page, stock, 1 / 3),
        visit("First working filter", "filter", page, static, WORSE * BEFORE["filter"]),
        Goal(CLICK, clicks, static, clicks_static, WORSE * BEFORE["click"]),
        Goal(CLICK, clicks, limit=35),
        Goal("Server CPU a visit", results.cpu(page), limit=0.02, unit="s"),
        Goal("Memory a reader", results.many.get("a reader"), limit=0.3, unit="MB"),
        Goal("300 readers within 10 s: memory in all", results.many.get("in all"), limit=400, unit="MB"),
        Goal("300 readers within 10 s: the page is there, p95", high(results.many.get("waits", [])), limit=1000),
        crowd(STOCK.name, 1 / 8),
        crowd(static, 3),
        Goal("From a saved file to the redrawn page", results.of("edited", "took"), limit=3000),
        Goal("A mark on screen, p95", high(results.all("marked in Her", "marks")), limit=50),
        *(visit(f"With forty marks: {key}", key, marked.WITH, marked.WITHOUT, WORSE) for key in marked.FIRST),
        Goal(
            "A mark on screen, a million words with 10,000 annotations, p95",
            high(results.all("marked in a novel", "marks")),
            limit=100,
        ),
        Goal("Other hosts asked", max((visit["other_hosts"] for visit in visits), default=None), limit=0, unit=""),
        visit("With Python: first paragraph, cold kernel", "paragraph", PYTHON.mode(0), stock_cold, 1 / 12),
        Goal("With Python: memory a reader", results.a_reader(PYTHON.name), limit=25, unit="MB"),
        Goal("With Python: server CPU a visit, cold kernel", results.cpu(PYTHON.mode(0)), limit=0.4, unit="s"),
        Goal("With Python: bytes that a click sends", results.of(PYTHON.mode(1), "click_ws_out"), limit=2000, unit=""),
        Goal("With Python: kernels 30 s after ten left a pool of ten", results.kernels(PYTHON.name), limit=10, unit=""),
    ]


def _charts(results: Results) -> list[Goal]:
    ours, stock = charts.mode(PAGE), charts.mode(STOCK_CHARTS)
    goals = []
    for key, limit in (("cold", 1200), ("warm", 400)):
        what = f"First chart, {key} cache"
        goals += [
            Goal(what, results.of(ours, key), limit=limit),
            Goal(
                what, results.of(ours, key), STOCK_CHARTS.name, results.of(stock, key), WORSE * BEFORE[f"{key} chart"]
            ),
        ]
    return [*goals, Goal("A theme in text and chart, p95", high(results.all(ours, "linked")), limit=80)]


def _sites(results: Results) -> list[Goal]:
    site, asked, by_hand = SITE.name, SITE_CHART.name, BY_HAND.name
    return [
        _visit(results, "Page of the site: ready", "ready", site, by_hand, 1.5),
        _visit(results, "Page of the site: ready with a chart", "charted", asked, by_hand, 1.5),
    ]


def _class(results: Results) -> list[Goal]:
    found = results.screens
    pages = f"{screens.PHONES} phones in real pages"
    goals = [
        Goal(f"{pages}: all have joined", found.joined if found else None, limit=20, unit="s"),
        Goal(f"{pages}: a mark acknowledged, p95", high(found.waits) if found else None, limit=100),
        Goal(f"{pages}: the reveal on all screens", found.reveal if found else None, limit=1000),
        Goal(f"{pages}: memory of the server", found.memory if found else None, limit=300, unit="MB"),
    ]
    for store in (SQLITE, POSTGRESQL):
        one, phones = results.lectures.get((lesson.PHONES, store)), f"{lesson.PHONES} phones, {store}"
        goals += [
            Goal(f"{phones}: a mark acknowledged, p95", ms(one.waits, 95) if one else None, limit=250),
            Goal(f"{phones}: marks lost", one.lost if one else None, limit=0, unit=""),
            Goal(f"{phones}: the teacher's counts, age at most", 1000 * one.age if one else None, limit=1000),
            Goal(f"{phones}: memory of the server", one.memory if one else None, limit=400, unit="MB"),
        ]
    what = f"Agreement and shares of {lesson.PHONES} phones and {lesson.MARKS:,} marks"
    return [*goals, Goal(what, middle(results.agreement), limit=200)]


def _long(results: Results) -> list[Goal]:
    novel, short = NOVEL.name, PAGE.name
    open_reading, peak = (results.at_length(key) for key in GOALS)
    return [
        Goal("A million words: open_reading", open_reading, limit=GOALS["open_reading"], unit="s"),
        Goal("A million words: memory of it", peak, limit=GOALS["peak MB"], unit="MB"),
        _visit(results, "A million words: first paragraph", "paragraph", novel, short, 2),
        Goal(f"A million words: {CLICK[0].lower()}{CLICK[1:]}", high(results.all(novel, "clicks")), limit=150),
        Goal("A million words: a frame while scrolling, p95", high(results.all(novel, "frames")), limit=34),
    ]
