"""A room for the tests: a real server with a room on a free port, its teacher, and phones that join it."""

from __future__ import annotations

import http.client
import json
import re
import sys
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

from essay_explorer import open_reading
from servers import free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servers import Server

READING = open_reading("her")
TEXT, SENTENCES = READING.essay.text, READING.essay.sentences()
KEYS = re.compile(r"(http://[^/]+)/(?:[\w/]*?)(room/[A-Z0-9]+/)(projector|teacher)#key=(\S+)")
EARLY, LATE = "2026-11-26T08:30:00.000Z", "2026-11-26T08:40:00.000Z"


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Asker:
    """Somebody with a secret; `heard` are all bytes that they ever got, heads too."""

    url: str
    token: str = ""
    heard: list[bytes] = field(default_factory=list)

    def ask(self, path: str, sent: Any = None, **headers: str) -> Answer:
        """GET, or POST where something is sent."""
        place = urlparse(self.url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port or 0, timeout=60)
        own = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            if sent is None:
                connection.request("GET", place.path + path, headers={**own, **headers})
            else:
                body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
                json_headers = {"Content-Type": "application/json"}
                connection.request("POST", place.path + path, body, {**own, **json_headers, **headers})
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        self.heard.append(bytes(answer.headers) + body)
        return Answer(answer.status, answer.headers, body)

    def did(self, path: str, sent: Any = None) -> Any:
        """The same where it must go well; what was answered."""
        answer = self.ask(path, sent)
        assert answer.status == 200, answer.body
        return answer.json


class Phone(Asker):
    """A pupil's phone, which makes its own ids."""

    def join(self, name: str = "") -> Any:
        self.token = self.token or str(uuid.uuid4())
        return self.did("join", {"seat": self.token, "name": name})

    def mark(self, number: int, *tags: str, **fields: Any) -> str:
        """Mark a sentence; the id of the mark, which was acknowledged."""
        mark = a_mark(number, *tags, **fields)
        assert self.did("marks", {"marks": [mark]}) == {"kept": [mark["id"]], "refused": [], "pass": 1}
        return mark["id"]

    def hand_in(self) -> Any:
        return self.did("hand-in", {})


@dataclass(frozen=True)
class Room:
    """A room that a server has opened."""

    server: Server
    url: str
    teacher: Asker
    wall: Asker

    @property
    def code(self) -> str:
        return self.url.rstrip("/").rpartition("/")[2]

    def phone(self, name: str = "") -> Phone:
        """A phone that has joined."""
        made = Phone(self.url)
        made.join(name)
        return made

    def go_to(self, phase: str) -> Any:
        return self.teacher.did("desk/phase", {"phase": phase})

    def reveal(self) -> None:
        self.go_to("reveal")
        self.teacher.did("desk/show", {"class_shown": True})


def a_mark(number: int, *tags: str, **fields: Any) -> dict[str, Any]:
    """A mark of a sentence of *Her*, by its number from 1."""
    made = {"id": str(uuid.uuid4()), "quote": TEXT[slice(*SENTENCES[number - 1])], "tags": list(tags or ["trust"])}
    return {**made, "reason": "", "created": EARLY, "changed": EARLY, **fields}


@contextmanager
def opened(
    *options: str, store: Path | str, port: int | None = None, reading: str = "her", to: Path | None = None
) -> Iterator[Room]:
    """`essay-explorer class` with these options."""
    port = port or free_port()
    where = [
        "--store",
        str(store),
        "--port",
        str(port),
        "--ip",
        "127.0.0.1",
        "--to",
        str(to or Path(str(store)).parent),
    ]
    command = [sys.executable, "-m", "essay_explorer", "class", reading, *where, *options]
    with serving(command, f"http://127.0.0.1:{port}/") as server:
        yield room_of(server)


def room_of(server: Server) -> Room:
    """The room whose addresses a server has printed."""
    found = {kind: (f"{host}/{path}", key) for host, path, kind, key in KEYS.findall(_printed(server))}
    (url, secret), (_, key) = found["teacher"], found["projector"]
    return Room(server, url, Asker(url, secret), Asker(url, key))


def _printed(server: Server) -> str:
    import time

    for _ in range(200):
        if "All of it is forgotten" in server.printed():
            break
        time.sleep(0.05)
    return server.printed()
