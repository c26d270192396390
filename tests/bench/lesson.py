"""A class: real pages, simulated phones by their number in both stores, and what is worked out of their marks."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import lecture
import screens
from class_room import READING, SENTENCES
from essay_explorer.rooms.tally import Tally
from lecture import POSTGRESQL, SQLITE, Figures, ms
from results import middle, number
from tallied import TAGS
from tallied import lecture as marks_of_a_lecture

if TYPE_CHECKING:
    from bench import Bench

PHONES = 300  # of the goals
SECONDS = {30: 6.0, 100: 6.0, PHONES: 15.0, 1_000: 1.0}  # of marking once all are there, by phones
MARKS, ROUNDS = 10_000, 7
HEAD = [f"{phones:,}, {store}" for phones in SECONDS for store in (SQLITE, POSTGRESQL)]


def measure(bench: Bench) -> None:
    """One after the other, since they share this machine with their server."""
    bench.results.agreement = [_agreement() for _ in range(ROUNDS)]
    bench.say(f"agreement and shares of {PHONES} phones: {middle(bench.results.agreement):.0f} ms")
    bench.results.screens = screens.play(bench.browser, bench.folder)
    bench.say("thirty real pages:", bench.results.screens.joined, bench.results.screens.reveal)
    with lecture.stores(bench.folder) as places, ThreadPoolExecutor(1) as thread:  # the browser has this one's loop
        for phones, seconds in SECONDS.items():
            for store, place in places.items():
                found = thread.submit(lecture.play, place, bench.folder, phones, seconds).result()
                bench.results.lectures[phones, store] = found
                bench.say(f"{phones} phones, {store}: {found}")


def _agreement() -> float:
    """Milliseconds for what everybody sees at the reveal, from the marks on."""
    marks = marks_of_a_lecture(PHONES, MARKS, len(SENTENCES))
    start = time.perf_counter()
    tally = Tally.of(marks, range(PHONES), TAGS, range(1, len(SENTENCES) + 1))
    assert tally.shares()
    assert tally.agreement(READING.codebook.tags).tags
    return 1000 * (time.perf_counter() - start)


def rows(lectures: dict[tuple[int, str], Figures]) -> list[list[str]]:
    """The cost by phones, a column for each number of them and each store."""
    found = [lectures.get((phones, store)) for phones in SECONDS for store in (SQLITE, POSTGRESQL)]

    def row(what: str, value: object) -> list[str]:
        return [what, *("–" if one is None else number(value(one)) for one in found)]  # type: ignore[operator]

    return [
        row("marks acknowledged", lambda one: len(one.acknowledged)),
        row("of them lost", lambda one: one.lost),
        *(row(f"a mark p{part}, ms", lambda one, part=part: ms(one.waits, part)) for part in (50, 95, 99)),
        row("joining p95, ms", lambda one: ms(one.joins, 95)),
        row("the teacher's counts, s old at most", lambda one: one.age),
        row("the reveal on all phones, s", lambda one: one.reveal),
        row("memory, MB", lambda one: one.memory),
        row("of a core", lambda one: one.cpu),
    ]
