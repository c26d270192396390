"""A class beside the same marking on a page of Panel: memory and processor time of the servers, by phone and by mark.

PEER=python tests/bench/peer.py [PHONES]    PEER: a Python in whose environment Panel is; by default 100 phones

Both keep a mark in SQLite before they call it sent. One phone marks after the other, so that no phone waits for another.
A room does more for it: a phone hears of the room, the teacher's counts follow, and what is sent twice is there once.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path[:0] = [str(Path(__file__).parents[1] / folder) for folder in ("browser", "rooms")]

import usage
from class_room import READING, SENTENCES, TEXT, a_mark, opened
from lecture import ms
from phones import Phone
from servers import free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servers import Server

PANEL = Path(__file__).with_name("peer_panel.py")
PHONES, MARKS = 100, 5
MISSING = (
    "Panel is in no environment that is known here. Install it in one: pip install panel; and name its Python: PEER=…"
)


@dataclass(frozen=True)
class Took:
    """What a server took: MB and seconds of a core for each phone, seconds of a core for 1,000 marks, and their waits."""

    memory: float
    joining: float
    marking: float
    waits: list[float]

    def __str__(self) -> str:
        return (
            f"{self.memory:.2f} MB and {1000 * self.joining:.0f} ms of a core a phone, {self.marking:.1f} s of a core for "
            f"1,000 marks, a mark p50 {ms(self.waits, 50):.0f} ms, p95 {ms(self.waits, 95):.0f} ms"
        )


class Meter:
    """A server's memory and processor time, from one moment to the next."""

    def __init__(self, server: Server, phones: int) -> None:
        self._server, self._phones = server, phones
        self._moments = [self._now()]

    def note(self) -> None:
        """A moment: all have joined, then all have marked."""
        self._moments.append(self._now())

    def took(self, waits: list[float]) -> Took:
        """Of both."""
        (memory, start), (full, joined), (_, marked) = self._moments
        each = (full - memory) / self._phones, (joined - start) / self._phones
        return Took(*each, 1000 * (marked - joined) / len(waits), waits)

    def _now(self) -> tuple[float, float]:
        return usage.memory(self._server), usage.cpu(self._server)


async def room(server: Server, url: str, phones: int) -> Took:
    """A class of ours, whose phones listen as pages do."""
    meter, crowd, waits = Meter(server, phones), [Phone(url) for _ in range(phones)], []
    for phone in crowd:
        await phone.ask("join", {"seat": phone.token, "name": ""})
        phone.listen()
    meter.note()
    for number in range(MARKS):
        for phone in crowd:
            mark, asked = a_mark(1 + number, reason=f"Because of this, {number}."), time.perf_counter()
            await phone.ask("marks", {"marks": [mark]})
            waits.append(time.perf_counter() - asked)
    meter.note()
    for phone in crowd:
        phone.close()
    return meter.took(waits)


def panel(server: Server, python: str, phones: int) -> Took:
    """The same many sessions of Panel's page."""
    meter = Meter(server, phones)
    command = [python, str(PANEL), "phones", f"{server.url}room", str(phones), str(MARKS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as crowd:
        assert crowd.stdout.readline() == "joined\n"
        meter.note()
        print(file=crowd.stdin, flush=True)
        waits = json.loads(crowd.stdout.readline())
        meter.note()
        print(file=crowd.stdin, flush=True)
    return meter.took(waits)


@contextmanager
def page(python: str, folder: Path) -> Iterator[Server]:
    """Panel's server with the page."""
    known = {"sentences": len(SENTENCES), "paragraphs": [TEXT[slice(*one)] for one in READING.essay.paragraphs]}
    (folder / "text.json").write_text(json.dumps(known), encoding="utf-8")
    port = free_port()
    command = [python, str(PANEL), "serve", str(folder / "text.json"), str(folder / "panel.sqlite"), str(port)]
    with serving(command, f"http://127.0.0.1:{port}/") as server:
        yield server


def main(phones: int = PHONES) -> None:
    """Both, one after the other, and the ratios."""
    python = os.environ.get("PEER", sys.executable)
    if subprocess.run([python, "-c", "import panel"], check=False, capture_output=True).returncode:
        sys.exit(MISSING)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with opened("--tags", "trust,ending", store=folder / "rooms.sqlite", to=folder) as ours:
            ours.go_to("mark")
            own = asyncio.run(room(ours.server, ours.url, phones))
        with page(python, folder) as server:
            peer = panel(server, python, phones)
    print(f"A room, {phones} phones: {own}\nPanel, {phones} phones: {peer}")
    ratios = ((name, getattr(own, name) / getattr(peer, name)) for name in ("memory", "joining", "marking"))
    print(f"Ratio: {', '.join(f'{name} {ratio:.2f}' for name, ratio in ratios)}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
