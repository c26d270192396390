"""Charts: how long a reader waits for the first, and how fast its marks follow the text's themes."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

import apps
import usage

if TYPE_CHECKING:
    from bench import Bench
    from reader import Reader
    from servers import Server

POOL = 2  # warm kernels
QUIET = 1000  # ms between arriving and asking for a chart
APPS = (apps.PAGE, apps.STOCK_CHARTS)


def mode(app: apps.App) -> str:
    """What these visits go by among the results."""
    return f"{app.name}, chart"


def measure(bench: Bench, rounds: int) -> None:
    """Readers of both apps in turn ask for a chart, and come again; the first round warms up and does not count."""
    with ExitStack() as stack:
        servers = [(app, stack.enter_context(app.start(bench.folder, POOL))) for app in APPS]
        for number in range(rounds + 1):
            for app, server in servers:
                bench.attempt(mode(app), partial(_visit, bench, app, server, counted=number > 0))


def _visit(bench: Bench, app: apps.App, server: Server, *, counted: bool) -> None:
    """Milliseconds from the press to the chart, with an empty cache of the browser and with that of the visit before."""
    with ExitStack() as stack:
        usage.settle(server, POOL if app.kernels else 0)
        reader = bench.reader(app, server, stack)
        came, cold = _draw(reader)
        reader.close()
        usage.settle(server, POOL if app.kernels else 0)
        reader.open()
        _, warm = _draw(reader)
        linked = _linked(bench, reader) if app.bars else []
        reader.close()
    if counted:
        bench.results.add(mode(app), {"cold": cold, "warm": warm, "whole": came + cold, "linked": linked})
    bench.say(f"{mode(app)}: {cold:.0f} ms, again {warm:.0f} ms")


def _draw(reader: Reader) -> tuple[float, float]:
    """Milliseconds to the first working filter, and from the press on the button to the chart."""
    reader.go()
    came = reader.arrive()["filter"]
    reader.page.wait_for_timeout(QUIET)
    return came, reader.draw()


def _linked(bench: Bench, reader: Reader) -> list[float]:
    """Milliseconds from the press on a theme to the marks of the text and of the chart."""
    reader.release(bench.tags[0])
    return [reader.click(tag, "both") for tag in bench.themes()]
