"""A wire between a phone and a room's server, on which every byte is kept that comes to the phone."""

from __future__ import annotations

import http.client
import io
import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlparse

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAIN = {"Accept-Encoding": "identity"}  # for the browser's context: nothing that came is packed


class _Heard(io.BytesIO):
    """Bytes as a socket gives them to `http.client`."""

    def makefile(self, *_: object) -> _Heard:
        return self

    def close(self) -> None:
        """Stay open, since the next answer follows."""


@dataclass
class Wire:
    """`url`: where a phone finds the server. `heard`: what came on each of its connections."""

    url: str
    heard: list[bytearray] = field(default_factory=list)

    def answers(self) -> list[tuple[bytes, str]]:
        """Each answer's head, and its body; that of a stream as far as it has come."""
        return [answer for connection in self.heard for answer in _answers(bytes(connection))]


def _answers(heard: bytes) -> Iterator[tuple[bytes, str]]:
    source = _Heard(heard)
    while source.tell() < len(heard):
        start = source.tell()
        answer = http.client.HTTPResponse(source)  # type: ignore[arg-type]
        answer.begin()
        head = heard[start : source.tell()]
        try:
            body = answer.read()
        except http.client.IncompleteRead as cut:
            body = cut.partial
        yield head, body.decode()


@contextmanager
def tapped(url: str) -> Iterator[Wire]:
    """A wire to the server of an address, until the block ends."""
    place = urlparse(url)
    with socket.create_server(("127.0.0.1", 0)) as door:
        wire = Wire(url.replace(place.netloc, f"127.0.0.1:{door.getsockname()[1]}"))
        serving = threading.Thread(target=_serve, args=(door, place.port or 0, wire))
        serving.start()
        try:
            yield wire
        finally:
            door.shutdown(socket.SHUT_RDWR)
            serving.join()


def _serve(door: socket.socket, port: int, wire: Wire) -> None:
    """Take connections until the door is shut; then end those that are left."""
    ends, carrying = list[socket.socket](), list[threading.Thread]()
    with suppress(OSError):
        while True:
            phone, _ = door.accept()
            ends += [phone, server := socket.create_connection(("127.0.0.1", port))]
            wire.heard.append(bytearray())
            for way in ((phone, server, bytearray()), (server, phone, wire.heard[-1])):
                carrying.append(threading.Thread(target=_carry, args=way))
                carrying[-1].start()
    for end in ends:
        _shut(end)
    for thread in carrying:
        thread.join()
    for end in ends:
        end.close()


def _carry(source: socket.socket, sink: socket.socket, kept: bytearray) -> None:
    with suppress(OSError):
        while came := source.recv(65_536):
            kept += came
            sink.sendall(came)
    _shut(source)
    _shut(sink)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):  # it is shut
        end.shutdown(socket.SHUT_RDWR)
