"""Rooms' servers that start in a moment: each is forked from a process that has imported the program."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 30.0  # seconds
NURSERY = """
import json, os, sys
from pathlib import Path
from essay_explorer import open_reading
from essay_explorer.rooms import opening, serving
from essay_explorer.rooms.store.database import Database
from essay_explorer.server.running import Door
open_reading("her").segments()
Database.opened(sys.argv[1]).close()
for line in sys.stdin:
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code, port, store = json.loads(line)
        database = Database.opened(store)
        serving.serve(opening.room_called(database, code), database, Door(port=port), folder=Path(store).parent)
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""


@dataclass(frozen=True)
class Child:
    """A server's process, until it is killed."""

    process: int
    port: int
    nursery: subprocess.Popen[str]

    def wait(self) -> None:
        """Until it takes connections."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            time.sleep(0.005)
        raise TimeoutError(f"no answer at port {self.port} within {PATIENCE} s")

    def kill(self) -> None:
        """End it as a power cut does."""
        os.kill(self.process, signal.SIGKILL)
        assert self.nursery.stdout
        assert self.nursery.stdout.readline() == "gone\n"


@dataclass(frozen=True)
class Nursery:
    """Where servers come from; one at a time."""

    process: subprocess.Popen[str]
    store: str

    def start(self, code: str, port: int) -> Child:
        """A server of the room with this code, at a port."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([code, port, self.store]) + "\n")
        self.process.stdin.flush()
        return Child(int(self.process.stdout.readline()), port, self.process)


@contextmanager
def nursery(store: str) -> Iterator[Nursery]:
    """Servers of the rooms of a store, until the block ends."""
    command = [sys.executable, "-c", NURSERY, store]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Nursery(process, store)
        assert process.stdin
        process.stdin.close()
