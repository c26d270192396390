"""The page as files for any web host, beside the same text and the same Vega in a page written by hand."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

import apps

if TYPE_CHECKING:
    from bench import Bench
    from servers import Server

APPS = (apps.SITE, apps.SITE_CHART, apps.BY_HAND, apps.NO_VEGA)


def measure(bench: Bench, rounds: int) -> None:
    """Visits to each in turn; the first round warms up and does not count."""
    apps.prepare_sites(bench.folder)
    with ExitStack() as stack:
        servers = [(app, stack.enter_context(app.start(bench.folder, 0))) for app in APPS]
        for number in range(rounds + 1):
            first = number % len(servers)
            for app, server in servers[first:] + servers[:first]:
                bench.attempt(app.name, partial(_visit, bench, app, server, counted=number > 0))


def _visit(bench: Bench, app: apps.App, server: Server, *, counted: bool) -> None:
    with ExitStack() as stack:
        reader = bench.reader(app, server, stack)
        reader.go()
        seen = reader.arrive()
        traffic = reader.traffic
        found = {**seen, **_ready(app, seen), "http": traffic.bytes["http"], "requests": traffic.requests}
    if counted:
        bench.results.add(app.name, found)
    bench.say(f"{app.name}:", {key: round(seen[key] or 0) for key in ("paragraph", "filter", "last")})


def _ready(app: apps.App, seen: dict[str, float | None]) -> dict[str, float | None]:
    """When the page was ready, and when it was with its chart; None for what it was not asked for."""
    both = None if seen["last"] is None else max(seen["filter"], seen["last"])
    return {
        "ready": seen["filter"] if app in {apps.BY_HAND, apps.NO_VEGA} else both if app is apps.SITE else None,
        "charted": both if app in {apps.BY_HAND, apps.SITE_CHART} else None,
    }
