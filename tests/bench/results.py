"""What a run has measured, and its medians and percentiles."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import mean, median, quantiles
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lecture import Figures
    from screens import Screens


@dataclass
class Results:
    """Visits by mode, crowds and memory by app, the curve by words, many readers at once, a class, and what went wrong.

    `lectures`: by the phones in them and the store. `agreement`: ms for what is worked out of a lecture's marks.
    """

    visits: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    crowds: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    memory: dict[str, dict[int, float]] = field(default_factory=dict)
    curve: dict[int, dict[str, float]] = field(default_factory=dict)
    many: dict[str, Any] = field(default_factory=dict)
    screens: Screens | None = None
    lectures: dict[tuple[int, str], Figures] = field(default_factory=dict)
    agreement: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, mode: str, found: dict[str, Any]) -> None:
        """Keep the figures of one visit."""
        self.visits.setdefault(mode, []).append(found)

    def of(self, mode: str, key: str) -> float | None:
        """The median of a figure of the visits."""
        return middle(visit[key] for visit in self.visits.get(mode, []) if visit[key] is not None)

    def cpu(self, mode: str) -> float | None:
        """Seconds of processor time of a visit, the mean: it is counted in ticks of 10 ms, and a median is whole ticks."""
        seen = [visit["cpu"] for visit in self.visits.get(mode, [])]
        return mean(seen) if seen else None

    def all(self, mode: str, key: str) -> list[float]:
        """All figures of a list that each visit has, e.g. its "clicks"."""
        return [took for visit in self.visits.get(mode, []) for took in visit[key]]

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

    def at_length(self, key: str) -> float | None:
        """A figure of the longest reading on the curve."""
        return self.curve[max(self.curve)].get(key) if self.curve else None


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
