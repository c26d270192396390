"""A hub's service with many rooms at once: how many marks a second it keeps, by processes, phones and rooms.

python tests/bench/university.py [PROCESSES...]    by default 1, 2 and 4, in about four minutes

Each phone has the two connections of a page, one of them a stream of news; each room has a teacher's page that follows.
More and more marks are sent a second, whether or not those before were acknowledged, until one in twenty waits for
longer than 250 ms. Phones, processes and PostgreSQL share this machine; the hub's proxy is not between them, but once
at the end, to see what it takes.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import psutil
from sqlalchemy import insert, make_url, text

sys.path[:0] = [str(Path(__file__).parents[1] / folder) for folder in ("browser", "rooms", "hub", "js")]

import lecture
from class_room import READING, SENTENCES, a_mark
from essay_explorer.library.finding import bundled
from essay_explorer.library.saving import texts_of
from essay_explorer.rooms import codes
from essay_explorer.rooms.lessons import new_room, now
from essay_explorer.rooms.room_task import RoomTask
from essay_explorer.rooms.store import kept_rooms, tables
from essay_explorer.rooms.store.database import Database
from hubs import PROXY
from lecture import ms
from node import executable
from phones import Phone
from servers import free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from essay_explorer.rooms.room_state import RoomState
    from servers import Server

PROCESSES, PHONES, ROOMS = (1, 2, 4), (300, 1_000, 3_000), (10, 100)
RATES = (50, 100, 200, 300, 400, 600)  # marks a second that are sent
SECONDS = 1.5  # for which each of them is
ENOUGH = 250  # ms within which 95 of 100 marks are to be acknowledged
AT_ONCE = 100  # phones that connect
MOST_WAITING = 3_000  # marks; then there is no sense in sending more
PREFIX = "/services/essays/"
PROXIED = (2, 1_000)  # processes, phones
COLUMNS = (
    *("processes", "phones", "rooms", "marks/s in time", "CPU s per 1,000 marks, service + PostgreSQL", "p95, ms"),
    *("where it bends", "memory and connections to PostgreSQL"),
)


@dataclass
class Load:
    """What was seen of so many marks a second. `cpu`: seconds of the service, of PostgreSQL and of the phones."""

    rate: int
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    failed: int = 0
    cpu: dict[str, float] = field(default_factory=dict)

    @property
    def kept(self) -> float:
        """Marks acknowledged a second."""
        return len(self.waits) / self.seconds

    @property
    def holds(self) -> bool:
        """Whether they were in time."""
        return not self.failed and bool(self.waits) and ms(self.waits, 95) <= ENOUGH

    def cost(self, whose: str) -> float:
        """Seconds of a core for 1,000 marks."""
        return 1000 * self.cpu[whose] / max(1, len(self.waits))

    def busy(self) -> str:
        """How many cores each had, the busiest first."""
        found = sorted(self.cpu.items(), key=lambda one: -one[1])
        return ", ".join(f"{name} {spent / self.seconds:.2f}" for name, spent in found)


@dataclass(frozen=True)
class University:
    """Rooms in a store, each with phones that have their seats."""

    store: str
    rooms: list[RoomState]
    phones: list[tuple[str, str]]  # the code of a room, and a phone's token

    @classmethod
    def made(cls, store: str, rooms: int, phones: int) -> University:
        """New rooms, and as many phones in each."""
        database = Database.opened(store)
        with database.writing() as on:
            made = [new_room(on, texts_of(READING), "her", RoomTask(("trust", "ending"))) for _ in range(rooms)]
            made = [kept_rooms.change_room(on, room.id, phase="mark") for room in made]
            seats = [(made[at % rooms], codes.secret()) for at in range(phones)]
            people = [
                {"room_id": room.id, "number": at, "name": f"P{at}", "return_code": f"{room.code}-{at}", "joined": now(),
                 "paper": False, "removed": False}
                for at, (room, _) in enumerate(seats)
            ]  # fmt: skip
            ids = on.execute(
                insert(tables.participants).returning(tables.participants.c.id, sort_by_parameter_order=True), people
            )
            on.execute(
                insert(tables.seats),
                [{"room_id": room.id, "token": codes.fingerprint(token), "participant_id": who}
                 for (room, token), who in zip(seats, ids.scalars(), strict=True)],
            )  # fmt: skip
        database.close()
        return cls(store, made, [(room.code, token) for room, token in seats])


@contextmanager
def service(store: str, processes: int) -> Iterator[Server]:
    """The service as a hub starts it; no hub is there, since nobody signs in."""
    port = free_port()
    env = {
        "JUPYTERHUB_API_TOKEN": "x" * 32,
        "JUPYTERHUB_API_URL": "http://127.0.0.1:9/hub/api",
        "JUPYTERHUB_SERVICE_NAME": "essays",
        "JUPYTERHUB_SERVICE_PREFIX": PREFIX,
        "JUPYTERHUB_SERVICE_URL": f"http://127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "essay_explorer", "serve", "--store", store, "--readings", str(bundled("data"))]
    command += ["--workers", str(processes), "--log-level", "error"]
    with serving(command, f"http://127.0.0.1:{port}", env=env) as server:
        yield server


@contextmanager
def proxy(url: str) -> Iterator[Server]:
    """The hub's proxy, as a hub starts it, which leads to a service."""
    port, api, token = free_port(), free_port(), "x" * 32
    command = [executable(), str(PROXY), "--ip", "127.0.0.1", "--port", str(port), "--api-ip", "127.0.0.1"]
    command += ["--api-port", str(api), "--log-level", "error"]
    with serving(command, f"http://127.0.0.1:{port}", env={"CONFIGPROXY_AUTH_TOKEN": token}) as server:
        route = f"http://127.0.0.1:{api}/api/routes{PREFIX.rstrip('/')}"
        asked = Request(route, json.dumps({"target": url}).encode(), {"Authorization": f"token {token}"})
        urlopen(asked, timeout=10).close()
        yield server


class Cores:
    """Whose processor time it was."""

    def __init__(self, server: Server, store: str, between: Server | None) -> None:
        self._service = psutil.Process(server.process.pid)
        self._proxy = {"proxy": psutil.Process(between.process.pid)} if between else {}
        folder = str(make_url(store).query["host"])
        named = (one for one in psutil.process_iter(["name", "cmdline"]) if one.info["name"] == "postgres")
        self._store = next(one for one in named if folder in one.info["cmdline"])

    def spent(self) -> dict[str, float]:
        """Seconds so far."""
        spent = {"service": _sum(self._service), "PostgreSQL": _sum(self._store), "phones": sum(os.times()[:2])}
        return spent | {name: _sum(process) for name, process in self._proxy.items()}


def _sum(first: psutil.Process) -> float:
    """Of a process and all that it has started."""
    total = 0.0
    for process in (first, *first.children(recursive=True)):
        with suppress(psutil.Error):
            total += sum(process.cpu_times()[:4])
    return total


async def _connect(url: str, seats: list[tuple[str, str]]) -> list[Phone]:
    """Phones that have asked once and listen."""
    phones = [Phone(f"{url}{PREFIX}room/{code}/", token) for code, token in seats]
    some = asyncio.Semaphore(AT_ONCE)

    async def come(phone: Phone) -> None:
        async with some:
            await phone.ask("mine")
            phone.listen()

    await asyncio.gather(*map(come, phones))
    return phones


async def _follow(url: str, room: RoomState) -> None:
    """The teacher's page of a room: it hears of marks, and asks how many there are."""
    teacher = Phone(f"{url}{PREFIX}room/{room.code}/", room.secret)
    teacher.listen("desk/news")
    try:
        while True:
            await teacher.heard.wait()
            teacher.heard.clear()
            await teacher.ask("desk/people")
    finally:
        teacher.close()


async def _mark(phone: Phone, turn: asyncio.Lock, load: Load) -> None:
    mark = a_mark(random.randint(1, len(SENTENCES)), random.choice(["trust", "ending"]), reason="Because of this.")
    asked = time.perf_counter()
    try:
        async with turn:
            status, _ = await phone.wire.ask("marks", {"marks": [mark]})
    except (OSError, EOFError):
        status = 0
    if status == 200:
        load.waits.append(time.perf_counter() - asked)
    else:
        load.failed += 1


async def _send(phones: list[Phone], turns: list[asyncio.Lock], rate: int, cores: Cores) -> Load:
    """So many marks a second, from one phone after the other."""
    load, before, start = Load(rate), cores.spent(), time.perf_counter()
    order = random.sample(range(len(phones)), len(phones))
    waiting: set[asyncio.Task[None]] = set()
    for number in range(int(rate * SECONDS)):
        await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
        if len(waiting) > MOST_WAITING:
            break
        at = order[number % len(order)]
        task = asyncio.create_task(_mark(phones[at], turns[at], load))
        waiting.add(task)
        task.add_done_callback(waiting.discard)
    await asyncio.gather(*waiting)
    load.seconds = time.perf_counter() - start
    after = cores.spent()
    load.cpu = {name: after[name] - before[name] for name in after}
    return load


async def climb(
    server: Server, university: University, phones: int, *, between: Server | None = None
) -> tuple[list[Load], dict[str, float]]:
    """More and more marks, until they are late; and what the service holds then. `between`: a proxy before it."""
    cores, url = Cores(server, university.store, between), (between or server).url.rstrip("/")
    crowd = await _connect(url, university.phones[:phones])
    teachers = [asyncio.create_task(_follow(url, room)) for room in university.rooms]
    turns = [asyncio.Lock() for _ in crowd]
    await _send(crowd, turns, RATES[0], cores)  # opens what is opened once
    loads = []
    for rate in RATES:
        loads.append(await _send(crowd, turns, rate, cores))
        if not loads[-1].holds:
            break
    memory = psutil.Process(server.process.pid)
    held = sum(one.memory_full_info().pss for one in [memory, *memory.children(recursive=True)]) / 1e6
    for teacher in teachers:
        teacher.cancel()
    await asyncio.gather(*teachers, return_exceptions=True)
    for one in crowd:
        one.close()
    return loads, {"memory": held, "connections": float(_connections(university.store))}


def through_proxy(university: University) -> str:
    """What the hub's proxy takes besides, in words."""
    processes, phones = PROXIED
    with service(university.store, processes) as server, proxy(server.url) as between:
        loads, _ = asyncio.run(climb(server, university, phones, between=between))
    best = next((load for load in reversed(loads) if load.holds), loads[0])
    costs = ", ".join(f"{name} {best.cost(name):.1f}" for name in ("service", "PostgreSQL", "proxy"))
    return (
        f"Through the hub's proxy, {processes} processes, {phones:,} phones in {len(university.rooms)} rooms: "
        f"{best.kept:.0f} marks/s{'' if best.holds else ', late'}, p95 {ms(best.waits, 95):.0f} ms; "
        f"CPU s per 1,000 marks: {costs}; last at {loads[-1].rate}, cores: {loads[-1].busy()}"
    )


def _connections(store: str) -> int:
    return int(_one(store, "SELECT count(*) - 1 FROM pg_stat_activity WHERE backend_type = 'client backend'"))


def _one(store: str, query: str) -> Any:
    database = Database.opened(store)
    with database.reading() as on:
        found = on.execute(text(query)).scalar_one()
    database.close()
    return found


def sizes(store: str) -> str:
    """What a row takes on the disk, its indexes too."""
    found = []
    for table in ("marks", "participants", "seats", "texts"):
        query = f"SELECT pg_total_relation_size('{table}')::float / greatest(1, (SELECT count(*) FROM {table}))"
        found.append(f"{table} {_one(store, query):,.0f} B a row")
    return ", ".join(found)


def main(processes: tuple[int, ...] = PROCESSES) -> None:
    """All of it, one after the other, as a table."""
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    with tempfile.TemporaryDirectory() as name, lecture.stores(Path(name)) as places:
        store = str(places[lecture.POSTGRESQL])
        universities = [University.made(store, rooms, max(PHONES)) for rooms in ROOMS]
        for count in processes:
            for university in universities:
                for phones in PHONES:
                    with service(store, count) as server:
                        loads, held = asyncio.run(climb(server, university, phones))
                    print(_row(count, phones, university, loads, held), flush=True)
        print(through_proxy(universities[0]), flush=True)
        print(sizes(store))


def _row(count: int, phones: int, university: University, loads: list[Load], held: dict[str, float]) -> str:
    good = [load for load in loads if load.holds]
    best, last = good[-1] if good else loads[0], loads[-1]
    figures = (
        *(f"{count}", f"{phones:,}", f"{len(university.rooms)}"),
        f"{best.kept:.0f}" if good else "–",
        f"{best.cost('service'):.1f} + {best.cost('PostgreSQL'):.1f}",
        f"{ms(best.waits, 95):.0f}",
        f"at {last.rate}: p95 {ms(last.waits, 95):.0f} ms, {last.failed} failed; cores: {last.busy()}",
        f"{held['memory']:.0f} MB, {held['connections']:.0f} connections",
    )
    return f"| {' | '.join(figures)} |"


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or PROCESSES)
