"""Real servers for the tests, each on a free port of this machine, ended by its own process id."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlparse

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

STARTUP = 120  # seconds
FORKS = "multiprocessing.forkserver"  # in the command of the process that kernels are forked from
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Server:
    """A running server: where it is, its process, what it has printed."""

    address: str | re.Pattern[str]
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        """Where it is: as told, or the first address that it has printed; "" before that."""
        if isinstance(self.address, str):
            return self.address
        found = self.address.search(self.printed())
        return found[0] if found else ""

    def printed(self) -> str:
        """Everything on its standard output and error so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def kernels(self) -> list[psutil.Process]:
        """Its kernels that are alive."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in children if _is_kernel(child)]

    def wait(self) -> None:
        """Until the server takes connections; the log is shown if it ends before."""
        end = time.monotonic() + STARTUP
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}:\n{self.printed()}")
            port = urlparse(self.url).port
            try:
                socket.create_connection(("127.0.0.1", port or 0), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError(f"no answer at {self.address} within {STARTUP} s:\n{self.printed()}")


def _is_kernel(process: psutil.Process) -> bool:
    """A process that Jupyter has started as a kernel, or one forked from the warm process."""
    try:
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return False
        return "ipykernel_launcher" in process.cmdline() or FORKS in " ".join(process.parent().cmdline())
    except psutil.Error:
        return False


@contextmanager
def serving(
    command: Sequence[str],
    address: str | re.Pattern[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Iterator[Server]:
    """Run a server until the block ends; then end it and whatever it started.

    `address`: where it will be, or the pattern of the address that it prints.
    """
    with tempfile.TemporaryDirectory(prefix="essay-explorer-") as folder:
        log = Path(folder) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})},
                cwd=cwd,
                start_new_session=True,
            )
            server = Server(address, process, log)
            try:
                server.wait()
                yield server
            finally:
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        family = []
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)
    for one in family:
        if one.is_running():
            one.kill()


@contextmanager
def dashboard(*options: str, port: int | None = None, env: Mapping[str, str] | None = None) -> Iterator[Server]:
    """`essay-explorer read` with these options, from a port on; the address is the one that it prints."""
    command = [sys.executable, "-m", "essay_explorer", "read", "--port", str(port or free_port()), *options]
    with serving(command, ADDRESS, env=env) as server:
        yield server
