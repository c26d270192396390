"""Requests to a server, as plain as they travel."""

from __future__ import annotations

import http.client
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from servers import Server

STREAM = {"Accept": "text/event-stream"}


class Answered:
    """An answer: its status, headers and body."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def connected(server: Server) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", urlparse(server.url).port or 0, timeout=60)


def ask(server: Server, path: str = "/", *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answered:
    connection = connected(server)
    try:
        connection.request(method, path, headers=dict(headers or {}))
        return Answered(connection.getresponse())
    finally:
        connection.close()


@contextmanager
def stream(server: Server, path: str, **headers: str) -> Iterator[Iterator[tuple[str, dict[str, Any]]]]:
    """The events of a stream, each with its id, as they come."""
    connection = connected(server)
    connection.request("GET", path, headers={**STREAM, **headers})
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/event-stream"

    def events() -> Iterator[tuple[str, dict[str, Any]]]:
        name = ""
        while line := answer.readline().decode().rstrip("\n"):
            field, _, value = line.partition(": ")
            if field == "id":
                name = value
            if field == "data":
                answer.readline()  # the empty line at its end
                yield name, json.loads(value)

    try:
        yield events()
    finally:
        connection.sock.close()
        connection.close()
