"""Whatever ends the server, all that it has started ends with it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Callable

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "read.ipynb"
SIGNALS = ["SIGHUP", "SIGQUIT", "SIGABRT", "SIGKILL", "SIGTERM", "SIGINT"]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")]


def soon(fact: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether a fact comes true; nothing tells that a process has started."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if fact():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("name", SIGNALS)
def test_a_notebooks_kernels_and_their_fork_server_end_with_it(name: str) -> None:
    with dashboard(str(NOTEBOOK), "--kernel", "always", "--pool", "2") as server:
        assert soon(lambda: len(server.kernels()) == 2)
        family = psutil.Process(server.process.pid).children(recursive=True)
        assert len(family) >= 3
        server.process.send_signal(getattr(signal, name))
        server.process.wait(20)
        assert psutil.wait_procs(family, timeout=10)[1] == []


@pytest.mark.parametrize("name", SIGNALS)
def test_the_makers_of_charts_end_with_it(name: str, tmp_path: Path) -> None:
    with dashboard("her", env={"XDG_CACHE_HOME": str(tmp_path)}) as server:
        parent = psutil.Process(server.process.pid)
        import urllib.request

        urllib.request.urlopen(server.url, timeout=30).close()
        assert soon(lambda: bool(parent.children()))
        family = parent.children(recursive=True)
        server.process.send_signal(getattr(signal, name))
        server.process.wait(20)
        assert psutil.wait_procs(family, timeout=5)[1] == []
