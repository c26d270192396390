"""Processes that end with the one that started them, whatever ended it: a signal, a crash, a lack of memory.

Each child holds the reading end of a pipe whose writing end is in its parent alone. When the parent is gone, the system
closes that end, and the child's reading comes to its end. On Linux the kernel sends a signal besides
(PR_SET_PDEATHSIG, prctl(2)), which reaches also a child whose interpreter is held by foreign code.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from contextlib import contextmanager, suppress
from multiprocessing import forkserver
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PDEATHSIG = 1  # linux/prctl.h: PR_SET_PDEATHSIG


@contextmanager
def line() -> Iterator[int]:
    """The reading end of a pipe, for a child; the writing end closes with this process, or with the block."""
    reading, writing = os.pipe()  # no other child inherits them
    try:
        yield reading
    finally:
        os.close(writing)
        os.close(reading)


def tie(reading: int) -> None:
    """End this process when the pipe `line` of its parent closes."""
    _ask_the_system()
    _watch(lambda: os.read(reading, 1))


def tie_fork() -> None:
    """End this process, one forked by multiprocessing's fork server, when the process ends that asked for it."""
    _ask_the_system()
    parent = multiprocessing.parent_process()
    if parent:
        _watch(parent.join)
    _leave_the_fork_server()


def tie_fork_server() -> None:
    """End this process, a fork server, with its parent; by itself it waits until its forks have gone."""
    _ask_the_system()


def _leave_the_fork_server() -> None:
    """The fork server lives as long as somebody may ask it for a process. A fork will not: it would start its own."""
    server = getattr(forkserver, "_forkserver", None)
    alive = getattr(server, "_forkserver_alive_fd", None)
    if server is not None and alive is not None:
        with suppress(OSError):
            os.close(alive)
        for name in ("_forkserver_address", "_forkserver_alive_fd", "_forkserver_pid"):
            setattr(server, name, None)


def _watch(until: Callable[[], object]) -> None:
    def end() -> None:
        until()
        if os.name == "posix":
            os.kill(os.getpid(), signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=end, name="lifeline", daemon=True).start()


def _ask_the_system() -> None:
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - for a child alone

        ctypes.CDLL(None).prctl(PDEATHSIG, signal.SIGKILL)
