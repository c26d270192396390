"""Visits to a reading without a kernel, a thousand a minute and as many as go: those of new readers and of known ones.

python tests/bench/visits.py

A new reader takes the page, its charts and Vega; one who was here before asks whether the page is still the same, and
for nothing else, since what is named by its content is kept for a year.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

sys.path[:0] = [str(Path(__file__).parents[1] / folder) for folder in ("browser", "rooms")]

import usage
from lecture import ms
from servers import dashboard

if TYPE_CHECKING:
    from servers import Server

A_MINUTE, SECONDS = 1_000, 15.0
AT_ONCE, FLAT_OUT = 20, 4.0  # readers at once, for so many seconds
PARTS = re.compile(r"essay-explorer/(?:charts|vega)-[\w.-]+")


@dataclass
class Visits:
    """What visits cost. `unchanged`: pages that were not sent again. `cpu`: seconds of a core of the server."""

    kind: str
    waits: list[float] = field(default_factory=list)
    unchanged: int = 0
    asked: int = 0
    sent: int = 0  # bytes
    cpu: float = 0.0
    a_second: float = 0.0

    def __str__(self) -> str:
        count = len(self.waits)
        return (
            f"| {self.kind} | {self.asked / count:.0f} | {self.sent / count / 1000:,.0f} kB | {self.unchanged / count:.0%} "
            f"| {1000 * self.cpu / count:.1f} ms | {ms(self.waits, 95):.0f} ms | {self.a_second:,.0f} |"
        )


class Browser:
    """What a browser asks, with one connection a visit."""

    def __init__(self, server: Server, tag: str = "", parts: tuple[str, ...] = ()) -> None:
        self.place, self.tag, self.parts = urlsplit(server.url), tag, parts

    async def visit(self, seen: Visits) -> None:
        """Come, take what is new, and leave."""
        asked = time.perf_counter()
        reader, writer = await asyncio.open_connection(self.place.hostname, self.place.port)
        for path in ("", *(() if self.tag else self.parts)):
            known = f"If-None-Match: {self.tag}\r\n" if self.tag else ""
            head = f"GET /{path} HTTP/1.1\r\nHost: {self.place.netloc}\r\nAccept-Encoding: gzip\r\n{known}\r\n"
            writer.write(head.encode())
            got = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", got)
            body = await reader.readexactly(int(length[1])) if length else b""
            seen.asked += 1
            seen.sent += len(got) + len(body)
            seen.unchanged += b" 304 " in got.partition(b"\r\n")[0]
        seen.waits.append(time.perf_counter() - asked)
        writer.close()


async def _a_minute(browser: Browser, seen: Visits) -> None:
    start = time.perf_counter()
    coming = []
    for number in range(int(A_MINUTE / 60 * SECONDS)):
        await asyncio.sleep(max(0.0, start + number * 60 / A_MINUTE - time.perf_counter()))
        coming.append(asyncio.create_task(browser.visit(seen)))
    await asyncio.gather(*coming)


async def _flat_out(browser: Browser) -> float:
    """Visits a second where the next one comes as soon as one has left."""
    seen, end = Visits(""), time.perf_counter() + FLAT_OUT

    async def one_after_the_other() -> None:
        while time.perf_counter() < end:
            await browser.visit(seen)

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
    return len(seen.waits) / FLAT_OUT


def measure() -> list[Visits]:
    """New readers, then known ones."""
    import urllib.request

    with dashboard("her") as server:
        with urllib.request.urlopen(server.url) as answer:
            tag, parts = answer.headers["Etag"], tuple(sorted(set(PARTS.findall(answer.read().decode()))))
        for part in parts:  # made before anybody comes
            urllib.request.urlopen(server.url + part).close()
        found = []
        for kind, browser in (("new", Browser(server, "", parts)), ("known", Browser(server, tag))):
            seen, before = Visits(kind), usage.cpu(server)
            asyncio.run(_a_minute(browser, seen))
            seen.cpu = usage.cpu(server) - before
            seen.a_second = asyncio.run(_flat_out(browser))
            found.append(seen)
    return found


def main() -> None:
    """Both kinds as a table."""
    print(
        "| readers | requests a visit | over the wire | pages that are not sent again | CPU a visit | p95 | visits/s at most |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|")
    print(*measure(), sep="\n", flush=True)


if __name__ == "__main__":
    main()
