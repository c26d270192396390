"""Three hundred readers who come within ten seconds and stay: what they cost the server, and how long they wait."""

from __future__ import annotations

import asyncio
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

import apps
import usage

if TYPE_CHECKING:
    from bench import Bench
    from servers import Server

READERS = 300
WITHIN = 10.0  # seconds in which they come
STAY = 3.0  # seconds in which the last of them look around
PARTS = re.compile(r"essay-explorer/(?:charts|vega)-[\w.-]+")
PACKED = {"Accept-Encoding": "gzip"}


def measure(bench: Bench) -> None:
    """Visits without a browser: the page, what its charts need, and a stream of news that stays open."""
    with apps.PAGE.start(bench.folder, 0) as server, ThreadPoolExecutor(1) as thread:  # the browser has this one's loop
        thread.submit(asyncio.run, _come(server, 1)).result()  # makes what is made once
        usage.settle(server)
        cpu, before = usage.cpu(server), _most_memory(server)
        waits, most = thread.submit(asyncio.run, _come(server, READERS)).result()
        usage.settle(server)
        bench.results.many = {
            "waits": waits,
            "cpu": (usage.cpu(server) - cpu) / READERS,
            "a reader": (most - before) / READERS,
            "in all": most,
        }
    bench.say("many:", {key: value for key, value in bench.results.many.items() if key != "waits"})


async def _come(server: Server, readers: int) -> tuple[list[float], float]:
    """Milliseconds until each had the page, and the most memory that the server took meanwhile."""
    client = AsyncHTTPClient(force_instance=True, max_clients=3 * READERS)
    start = time.monotonic()
    visits = [asyncio.create_task(_visit(client, server, start + WITHIN * at / readers)) for at in range(readers)]
    most = 0.0
    while not all(visit.done() for visit in visits):
        most = max(most, _most_memory(server))
        await asyncio.sleep(0.25)
    client.close()
    return [visit.result() for visit in visits], most


async def _visit(client: AsyncHTTPClient, server: Server, at: float) -> float:
    await asyncio.sleep(max(0.0, at - time.monotonic()))
    asked = time.monotonic()
    page = await client.fetch(HTTPRequest(server.url, headers=PACKED, decompress_response=True))
    took = 1000 * (time.monotonic() - asked)
    for part in sorted(set(PARTS.findall(page.body.decode()))):
        await client.fetch(HTTPRequest(server.url + part, headers=PACKED, decompress_response=False))
    end = at + WITHIN + STAY - time.monotonic()
    news = HTTPRequest(
        f"{server.url}essay-explorer/news",
        headers={"Accept": "text/event-stream"},
        request_timeout=max(0.1, end),
        streaming_callback=lambda _: None,
    )
    with suppress(HTTPClientError):  # the reader leaves
        await client.fetch(news)
    return took


def _most_memory(server: Server) -> float:
    """Megabytes of the server and all that it has started (PSS)."""
    return usage.memory(server) if psutil.pid_exists(server.process.pid) else 0.0
