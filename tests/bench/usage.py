"""What a server uses: processor time and memory of it and of everything that it has started."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable

    from servers import Server

QUIET = 0.1  # seconds of processor time in one WINDOW
WINDOW = 1.5  # seconds; Voila waits one before it fills its pool again
LIMIT = 60  # seconds


def cpu(server: Server) -> float:
    """Seconds of processor time so far; processes that have ended count with the one that started them."""
    return _sum(server, lambda process: sum(process.cpu_times()[:4]))


def memory(server: Server) -> float:
    """Megabytes; what processes share is divided among them (PSS)."""
    return _sum(server, lambda process: process.memory_full_info().pss) / 1e6


def settle(server: Server, kernels: int = 0, limit: float = LIMIT) -> None:
    """Wait until the server has nothing to do and at least so many kernels, though not for ever."""
    end = time.monotonic() + limit
    before, quiet = cpu(server), False
    while not quiet and time.monotonic() < end:
        time.sleep(WINDOW)
        now = cpu(server)
        quiet = now - before < QUIET and len(server.kernels()) >= kernels
        before = now


def _sum(server: Server, of: Callable[[psutil.Process], float]) -> float:
    total = 0.0
    root = psutil.Process(server.process.pid)
    for process in [root, *root.children(recursive=True)]:
        try:
            total += of(process)
        except psutil.Error:  # it has just ended
            continue
    return total
