"""What readers of a reading cost its server: `python tests/bench/readers.py [READERS]`.

Each takes the page, the charts and Vega, as a browser with an empty cache does, and stays with a stream of news. They
come one after the other within ten seconds; the figures are of all processes of the server.
"""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlparse

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "browser"))

import usage
from servers import dashboard, free_port

if TYPE_CHECKING:
    from servers import Server

READERS = 300
WITHIN = 10.0  # seconds in which they come
STAY = 5.0  # and for how long nothing happens then
HER = HERE.parents[1] / "data" / "her"
PARTS = re.compile(r'"(?:charts|vega)":"(essay-explorer/[^"]+)"')
GET = "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\nAccept: {accept}\r\n\r\n"


class Reader:
    """A reader's browser: one connection for the page and its parts, one for the news."""

    def __init__(self, server: Server, prefix: str = "/") -> None:
        self.place, self.prefix = urlparse(server.url), prefix
        self.first = 0.0

    async def read(self, parts: list[str]) -> None:
        """Take the page and what it loads later, then listen."""
        start = time.perf_counter()
        reader, writer = await asyncio.open_connection(self.place.hostname, self.place.port)
        await self._get(reader, writer, self.prefix)
        self.first = time.perf_counter() - start
        for part in parts:
            await self._get(reader, writer, self.prefix + part)
        self._kept = writer
        self.news, self._stream = await asyncio.open_connection(self.place.hostname, self.place.port)
        self._ask(self._stream, f"{self.prefix}essay-explorer/news", "text/event-stream")
        await self.hear()

    async def hear(self) -> float:
        """When the next event has come."""
        await self.news.readuntil(b"data: ")
        await self.news.readuntil(b"\n\n")
        return time.perf_counter()

    def leave(self) -> None:
        """Close the page."""
        self._kept.close()
        self._stream.close()

    def _ask(self, writer: asyncio.StreamWriter, path: str, accept: str = "*/*") -> None:
        writer.write(GET.format(path=path, host=self.place.netloc, accept=accept).encode())

    async def _get(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> bytes:
        self._ask(writer, path)
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head, head
        return await reader.readexactly(int(re.search(rb"(?i)content-length: (\d+)", head)[1]))


def parts_of(server: Server, prefix: str) -> list[str]:
    """What the page loads later."""
    import urllib.request

    with urllib.request.urlopen(f"{server.url[:-1]}{prefix}") as answer:
        parts = sorted(set(PARTS.findall(answer.read().decode())))
    for part in parts:  # made before anybody comes
        urllib.request.urlopen(f"{server.url[:-1]}{prefix}{part}").close()
    return parts


async def crowd(server: Server, folder: Path, readers: int, prefix: str) -> dict[str, float]:
    """So many readers come, stay, hear of a change, and leave."""
    parts = parts_of(server, prefix)
    await asyncio.sleep(1)
    memory, cpu = usage.memory(server), usage.cpu(server)
    seen = [Reader(server, prefix) for _ in range(readers)]

    async def come(at: int) -> None:
        await asyncio.sleep(at * WITHIN / readers)
        await seen[at].read(parts)

    await asyncio.gather(*map(come, range(readers)))
    came = usage.cpu(server)
    await asyncio.sleep(STAY)
    stayed, with_them = usage.cpu(server), usage.memory(server)
    start = time.perf_counter()
    rows = (folder / "annotations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "annotations.csv").write_text("".join(rows[:-1]), encoding="utf-8")
    heard = await asyncio.gather(*(one.hear() for one in seen))
    for one in seen:
        one.leave()
    return {
        "MB before": memory,
        "MB a reader": (with_them - memory) / readers,
        "MB in all": with_them,
        "CPU s a reader": (came - cpu) / readers,
        f"CPU s of {STAY:.0f} s in which they only stay": stayed - came,
        "first answer, median ms": 1000 * statistics.median(one.first for one in seen),
        "first answer, 95 of 100, ms": 1000 * statistics.quantiles((one.first for one in seen), n=20)[-1],
        "from a changed file to the first page that hears, ms": 1000 * (min(heard) - start),
        "to the last, ms": 1000 * (max(heard) - start),
    }


def start_of(folder: Path) -> float:
    """Milliseconds from the command to the first answer."""
    import urllib.request

    port, start = free_port(), time.perf_counter()
    with dashboard(str(folder), port=port) as server:
        urllib.request.urlopen(server.url).close()
        return 1000 * (time.perf_counter() - start)


def main() -> None:
    """Measure, and print the figures as JSON."""
    readers = int(sys.argv[1]) if sys.argv[1:] else READERS
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "her"
        shutil.copytree(HER, folder)
        found = {"from the command to the first answer, ms": statistics.median(start_of(folder) for _ in range(3))}
        with dashboard(str(folder)) as server:
            found |= asyncio.run(crowd(server, folder, readers, "/"))
        with dashboard(str(folder), "--base-url", "/essays/") as server:
            under = asyncio.run(crowd(server, folder, min(readers, 30), "/essays/her/"))
        found |= {f"under a prefix: {name}": value for name, value in under.items() if "first answer" in name}
    print(json.dumps({name: round(value, 3) for name, value in found.items()}, indent=1))


if __name__ == "__main__":
    main()
