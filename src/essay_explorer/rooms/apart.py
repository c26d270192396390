"""A server of rooms in a process of its own, which ends with the one that asked for it: a notebook's kernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from essay_explorer.core.fault import ReadingError
from essay_explorer.rooms import codes, serving
from essay_explorer.rooms.opening import room_called
from essay_explorer.rooms.routes import address
from essay_explorer.rooms.store.database import Database
from essay_explorer.server import addresses, isolation, lifeline
from essay_explorer.server.listening import bound
from essay_explorer.server.running import Door

if TYPE_CHECKING:
    from essay_explorer.rooms.room_state import RoomState

GOODBYE = 5.0  # seconds for what waits to be written
SILENT = "The server of the room did not start; what it wrote to standard error says why"


class RoomServer:
    """The process that serves a room.

    `phones` is the room's address; `teacher` the one of its page that leads, with a key that lasts as long as this
    process: where it is kept, in a notebook that is passed on, it opens nothing later.
    """

    def __init__(self, code: str, door: Door, *, store: str, folder: Path) -> None:
        """Start it. Raises ReadingError with what keeps it from that: a port that is taken, say."""
        asked = json.dumps({"code": code, "folder": str(folder), "door": asdict(door)})
        self._ending = ExitStack()
        self._process = subprocess.Popen(  # noqa: S603 - our own
            [sys.executable, "-P", "-W", "ignore", "-m", "essay_explorer.rooms.apart", asked],
            stdin=self._ending.enter_context(lifeline.line()),
            stdout=subprocess.PIPE,
            encoding="utf-8",
            cwd=isolation.FOLDER,
            env={**os.environ, serving.STORE: store},  # it may hold a password, and a command line is seen by all
            start_new_session=True,  # who interrupts a cell means the cell
        )
        told = self._told()
        if "phones" not in told:
            self.close()
            raise ReadingError(told.get("error", SILENT))
        self.phones, self.teacher = told["phones"], told["teacher"]

    @property
    def is_running(self) -> bool:
        """Whether somebody can still come in."""
        return self._process.poll() is None

    def close(self) -> None:
        """End it, and wait until what it was told is on the disk."""
        if self.is_running:
            self._process.terminate()
        try:
            self._process.wait(GOODBYE)
        except subprocess.TimeoutExpired:
            self._process.kill()
        if self._process.stdout:
            self._process.stdout.close()
        self._ending.close()

    def _told(self) -> dict[str, Any]:
        """What it says of itself, in a line of JSON."""
        for line in self._process.stdout or ():
            if line.startswith("{"):
                told: dict[str, Any] = json.loads(line)
                return told
        return {}


def main() -> None:
    """Serve what the command line asks for, and say where; standard input is the line to the parent."""
    lifeline.tie(sys.stdin.fileno())
    asked = json.loads(sys.argv[1])
    lists = {name: tuple(asked["door"][name]) for name in ("hosts", "embed")}
    door, guest = Door(**asked["door"] | lists), codes.secret()

    def announced(state: RoomState, door: Door, port: int, _: object) -> tuple[list[str], str]:
        found = addresses.urls(door.ip, port, door.prefix)  # the last is that of this machine alone
        teacher = f"{found[-1]}{address(state.code, 'teacher')}#key={guest}"
        return [json.dumps({"phones": found[0] + address(state.code), "teacher": teacher})], teacher

    try:
        database = Database.opened(serving.usual_store())
        state = _at_a_free_port(room_called(database, asked["code"]), door)
        serving.serve(state, database, door, folder=Path(asked["folder"]), guest=guest, announced=announced)
    except (ReadingError, OSError) as error:
        sys.stdout.write(json.dumps({"error": str(error)}) + "\n")


def _at_a_free_port(state: RoomState, door: Door) -> RoomState:
    """The room, without the port at which it was served before where somebody else has that now."""
    try:
        for one in bound(door.ip, state.port)[0] if state.port else ():
            one.close()
    except OSError:
        return replace(state, port=None)
    return state


if __name__ == "__main__":
    main()
