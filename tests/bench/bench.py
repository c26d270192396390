"""Measure the page beside what it is to be compared with: stock Voila, and a page without any server behind it.

    bench.py [--rounds 7] [--quick] [--only PART]

All in one run, the rounds interleaved, so that a busy machine slows down everybody alike.
The result is printed and written to RESULTS.md; that of a part alone is only printed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).parent
sys.path += [str(HERE.parent / "browser"), str(HERE.parent / "rooms")]

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import sync_playwright

import apps
import charts
import chromium
import edited
import lesson
import many
import marked
import novel
import peer
import report
import sites
import university
import usage
import visits
from reader import Reader
from results import Results

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

    from servers import Server

POOL = 2  # warm kernels for readers who come one by one
READERS = (0, 1, 5, 10)  # whose memory is measured
CROWD = 10  # readers who come at once, to a pool as large
CLICKS = 8  # in each visit
AFTER = 30  # seconds after readers have left
FEW = 3  # rounds of what is expensive
FOR_VISITS, BUDGET = 6 * 60, 19 * 60  # seconds; then no more rounds than there must be
FAILURES = (BrowserError, OSError, RuntimeError, ValueError, subprocess.SubprocessError)


class Bench:
    """One run: its browser, its files, and what came out so far."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser, self.folder = browser, folder
        self.tags = apps.prepare(folder)
        self.turn, self.start = 0, time.monotonic()
        self.results = Results()

    def attempt(self, what: str, measure: Callable[[], None]) -> None:
        """Measure; what fails is told in the report and does not end the run."""
        try:
            measure()
        except FAILURES as error:
            self.problem(f"{what}: {type(error).__name__}: {str(error).splitlines()[0][:300]}")

    def problem(self, words: str) -> None:
        """Keep it for the report."""
        self.results.problems.append(words)
        self.say(words)

    def say(self, *words: object) -> None:
        """Tell how far the run is."""
        print(time.strftime("%H:%M:%S"), *words, file=sys.stderr, flush=True)

    def rounds(self, count: int) -> None:
        """Visits to each app in turn; a first round, that nobody counts, warms up disks and caches."""
        entries = [
            (apps.PAGE, 0),
            (apps.PREFIXED, 0),
            (apps.PYTHON, POOL),
            (apps.PYTHON, 0),
            (apps.STOCK, POOL),
            (apps.STOCK, 0),
            (apps.STOCK_CHARTS, 0),
            (apps.STATIC, 0),
        ]
        with ExitStack() as stack:
            running = []
            for app, pool in entries:
                server = stack.enter_context(app.start(self.folder, pool))
                usage.settle(server, pool if app.kernels else 0)
                running.append((app.mode(pool), app, server))
            end = time.monotonic() + FOR_VISITS
            for number in range(count + 1):
                if number > 1 and time.monotonic() > end:
                    self.problem(f"out of time after {number - 1} rounds of visits")
                    break
                first = number % len(running)
                for mode, app, server in running[first:] + running[:first]:
                    if number <= FEW or app is not apps.STOCK_CHARTS:
                        self.attempt(mode, partial(self.visit, mode, app, server, counted=number > 0))

    def visit(self, mode: str, app: apps.App, server: Server, *, counted: bool) -> None:
        """One reader comes, chooses themes and leaves; the server is quiet before and after."""
        cpu = usage.cpu(server)
        with ExitStack() as stack:
            reader = self.reader(app, server, stack)
            stack.callback(usage.settle, server)  # with the tab closed, but the browser still there
            stack.callback(reader.close)
            found = self.look_around(reader)
        found["cpu"] = usage.cpu(server) - cpu
        if counted:
            self.results.add(mode, found)
        self.say(f"{mode}:", {key: round(found[key] or 0, 1) for key in ("paragraph", "filter", "last", "cpu")})

    def look_around(self, reader: Reader) -> dict[str, Any]:
        """What a reader measures who reads and then tries some themes."""
        reader.go()
        found: dict[str, Any] = dict(reader.arrive())
        reader.page.wait_for_timeout(1000)
        traffic = reader.traffic
        found |= {"requests": traffic.requests, **traffic.bytes}
        reader.release(self.tags[0])
        traffic.bytes = dict.fromkeys(traffic.bytes, 0)
        found["clicks"] = [reader.click(tag) for tag in self.themes()]
        reader.page.wait_for_timeout(300)
        clicks = 2 * CLICKS  # each theme is released again
        found |= {f"click_{way}": traffic.bytes[way] / clicks for way in ("ws_out", "ws_in")}
        return found | {"other_hosts": len(traffic.other_hosts)}

    def reader(self, app: apps.App, server: Server, stack: ExitStack, first: str = "") -> Reader:
        """A reader who is forgotten when the stack unwinds; what went wrong with them is kept."""
        reader = Reader(self.browser, app, server.url, first or self.tags[0])

        def forget() -> None:
            for error in reader.errors:
                self.problem(f"{app.name}: {error}")
            reader.forget()

        stack.callback(forget)
        return reader

    def themes(self) -> list[str]:
        """The next themes to click on, never one twice running."""
        start = self.turn
        self.turn += CLICKS
        return [self.tags[at % len(self.tags)] for at in range(start, self.turn)]

    def crowd(self, app: apps.App) -> None:
        """Ten readers come at once to a pool of ten, and leave again."""
        with app.start(self.folder, CROWD) as server, ExitStack() as stack:
            usage.settle(server, CROWD if app.kernels else 0)
            readers = [self.reader(app, server, stack) for _ in range(CROWD)]
            start = time.time() + 2
            for reader in readers:
                reader.go(start)
            seen = [reader.arrive() for reader in readers]
            usage.settle(server)
            for reader in readers:
                reader.close()
            time.sleep(AFTER if app.kernels else 1)
            found = {key: [one[key] for one in seen] for key in ("paragraph", "filter")}
            self.results.crowds.setdefault(app.name, []).append(found | {"kernels": len(server.kernels())})
        self.say(f"{app.name}, ten at once: first paragraphs {sorted(map(round, found['paragraph']))} ms")

    def readers(self, app: apps.App) -> None:
        """Memory with 0, 1, 5 and 10 readers, who stay; without a pool, so that each kernel has its reader."""
        with app.start(self.folder, 0) as server, ExitStack() as stack:
            found: dict[int, float] = {}
            for number in range(CROWD + 1):
                if number:
                    reader = self.reader(app, server, stack)
                    reader.go()
                    reader.arrive()
                if number in READERS:
                    usage.settle(server, number if app.kernels else 0)
                    found[number] = usage.memory(server)
        self.results.memory[app.name] = found
        self.say(f"{app.name}, memory by readers: { {number: round(size) for number, size in found.items()} } MB")

    def memory(self) -> None:
        """Memory of each app."""
        for app in (apps.PAGE, apps.PYTHON, apps.STOCK, apps.STOCK_CHARTS, apps.STATIC):
            self.attempt(f"{app.name}, memory", partial(self.readers, app))

    def crowds(self, count: int) -> None:
        """Ten at once at each app, so many times if there is time."""
        for number in range(count):
            for app in (apps.PAGE, apps.PYTHON, apps.STOCK, apps.STATIC):
                if number == 0 or time.monotonic() - self.start < BUDGET:
                    self.attempt(f"{app.name}, ten at once", partial(self.crowd, app))

    def parts(self, rounds: int) -> dict[str, Callable[[], None]]:
        """All that a run measures, in its order."""
        few = min(FEW, rounds)
        return {
            "visits": partial(self.rounds, rounds),
            "charts": partial(charts.measure, self, few),
            "sites": partial(sites.measure, self, rounds),
            "novel": partial(novel.measure, self, few),
            "edited": partial(edited.measure, self, few),
            "marked": partial(marked.measure, self),
            "many": partial(many.measure, self),
            "class": partial(lesson.measure, self),
            "memory": self.memory,
            "crowds": partial(self.crowds, max(1, rounds // 3)),
        }


def main() -> None:
    """Measure everything, print the report and write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="visits to each app (7)")
    parser.add_argument("--quick", action="store_true", help="2 rounds")
    parser.add_argument(
        "--only",
        help="visits, charts, sites, novel, edited, marked, many, class, memory or crowds; writes nothing down. "
        "By their names alone: hub, what a hub's service takes, in five minutes; peer, a class beside a page of Panel",
    )
    args = parser.parse_args()
    if args.only == "hub":
        visits.main()
        university.main()
        return
    if args.only == "peer":
        peer.main()
        return
    rounds = 2 if args.quick else max(1, args.rounds)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.ARGS)
        bench = Bench(browser, Path(folder))
        for part, measure in bench.parts(rounds).items():
            if args.only in {None, part}:
                bench.attempt(part, measure)
        minutes = (time.monotonic() - bench.start) / 60
        text = report.text(bench.results, minutes=minutes, browser=browser.version, whole=not args.only)
        browser.close()
    if not args.only:
        (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
