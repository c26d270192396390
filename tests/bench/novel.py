"""A visit to a reading of a million words, and what it costs to open readings up to that length."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import apps
import long
import usage
from servers import dashboard

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from bench import Bench
    from servers import Server

WAIT = 20  # seconds, at most, until the server is quiet: it makes the charts of the text meanwhile
WORDS = max(long.LENGTHS)


def _start(folder: Path, _pool: int) -> AbstractContextManager[Server]:
    env = {"XDG_CACHE_HOME": str(folder / "cache")}  # what is made of it stays with nobody
    return dashboard(str(long.write(folder / "novel", WORDS)), env=env)


NOVEL = replace(apps.PAGE, name="a novel", start=_start)


def measure(bench: Bench, rounds: int) -> None:
    """The curve, then readers of the longest text one by one; the first of them does not count."""
    bench.attempt("the curve", lambda: bench.results.curve.update(long.curve()))
    with NOVEL.start(bench.folder, 0) as server:
        for number in range(rounds + 1):
            bench.attempt(NOVEL.name, partial(_visit, bench, server, counted=number > 0))


def _visit(bench: Bench, server: Server, *, counted: bool) -> None:
    usage.settle(server, 0, WAIT)
    with ExitStack() as stack:
        reader = bench.reader(NOVEL, server, stack, long.THEMES[0])
        reader.go()
        found: dict[str, Any] = dict(reader.arrive())
        reader.page.wait_for_timeout(1000)
        reader.release(long.THEMES[0])
        found["clicks"] = [reader.click(tag) for tag in long.THEMES]
        found["frames"] = reader.scroll()
        found["http"] = reader.traffic.bytes["http"]
        reader.close()
    if counted:
        bench.results.add(NOVEL.name, found)
    bench.say(f"{NOVEL.name}:", {key: round(found[key] or 0) for key in ("paragraph", "filter", "last")})
