"""Several processes that answer at one port; one that dies is started anew, and who knocks meanwhile waits.

The sockets are this process's own, which answers nothing itself: what has knocked stays in their queue whatever
happens to a worker.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ENDS = (signal.SIGTERM, signal.SIGINT)
PATIENCE = 10.0  # seconds until a worker that does not end is killed
TOO_SOON = 2.0  # seconds; a worker that ends before has found something that stays as it is
log = logging.getLogger("essay_explorer.server")


def run_workers(count: int, work: Callable[[], None], *, gone: Callable[[int], object] = lambda _: None) -> None:
    """Have `work` done by so many processes until this one is told to end.

    `gone`: is told the id of a process that has ended.
    """
    workers = Workers(work, gone)
    for number in ENDS:
        signal.signal(number, workers.end)
    workers.keep(count)


class Workers:
    """The processes of a service, as the one sees them that has started them."""

    def __init__(self, work: Callable[[], None], gone: Callable[[int], object]) -> None:
        self._work, self._gone = work, gone
        self._started: dict[int, float] = {}
        self._ending = False

    def keep(self, count: int) -> None:
        """Start them, and others in the place of those that end, until all are to end."""
        for _ in range(count):
            self._start()
        while self._started:
            try:
                process, status = os.wait()
            except InterruptedError:
                continue
            started = self._started.pop(process, None)
            if started is None:
                continue
            self._gone(process)
            if not self._ending:
                how = os.waitstatus_to_exitcode(status)
                log.warning("A worker has ended with %d; another one takes its place", how)
                if time.monotonic() - started < TOO_SOON:
                    time.sleep(TOO_SOON)
                self._start()

    def end(self, *_: object) -> None:
        """Tell all of them to end; who is slow is killed."""
        if self._ending:
            return
        self._ending = True
        for process in self._started:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)
        signal.signal(signal.SIGALRM, self._kill)
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)

    def _kill(self, *_: object) -> None:
        for process in list(self._started):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def _start(self) -> None:
        if self._ending:
            return
        sys.stdout.flush()
        parent = os.getpid()
        process = os.fork()
        if process:
            self._started[process] = time.monotonic()
            return
        for number in ENDS:
            signal.signal(number, signal.SIG_DFL)
        _end_with(parent)
        status = 1
        try:
            self._work()
            status = 0
        except BaseException:
            log.exception("A worker cannot go on")
        finally:
            os._exit(status)


def _end_with(parent: int) -> None:
    """End this process where its parent is killed: nobody would start it anew, and the port is the next one's."""
    import threading  # noqa: PLC0415 - of the worker alone: a process with threads is not forked

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
