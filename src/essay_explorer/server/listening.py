"""Where the server listens: a port of its own, and so many connections as the system has room for."""

from __future__ import annotations

import asyncio
import errno
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest

from essay_explorer.server.answer import TooLong

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tornado.http1connection import HTTP1ServerConnection
    from tornado.httputil import HTTPConnection, HTTPHeaders, RequestStartLine, ResponseStartLine
    from tornado.iostream import IOStream
    from tornado.web import Application

PORT = 8866
PORTS = 50  # how many ports after the first are tried
CONNECTIONS = 4000
RESERVED = 128  # files that the server needs besides
BACKLOG = 256  # who knock while the server is busy
IDLE = 60  # seconds for which a connection may say nothing
BODY = 15  # seconds in which a request must have come whole
LONGEST_HEAD = 16_384  # bytes
LONGEST_BODY = 262_144
HEARD_OUT = 67_108_864  # bytes of a longer one that are let by, since nobody hears an answer while still sending
QUIET = 0.4  # seconds without a request, after which no connection has one on its way
LOOK = 0.02  # seconds between two looks at what is still being answered
BUFFER = 10_485_760  # what Tornado takes of a message on a WebSocket


def bound(ip: str, port: int | None) -> tuple[list[socket.socket], int]:
    """Sockets that listen at an address, and their port: the one named, else the first free one from PORT on.

    Raises OSError in plain words.
    """
    first = port or PORT
    for candidate in [first] if port else range(first, first + PORTS):
        try:
            return _listening(ip, candidate), candidate
        except OSError as error:
            if error.errno == errno.EADDRINUSE and not port:
                continue
            raise OSError(_explained(error, ip, candidate)) from error
    message = (
        f"No port from {first} to {first + PORTS - 1} is free at {ip}. Name another: essay-explorer read --port 9000"
    )
    raise OSError(message)


def _listening(ip: str, port: int) -> list[socket.socket]:
    found = socket.getaddrinfo(ip or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    sockets: list[socket.socket] = []
    try:
        for family, _, _, _, address in found:
            sockets.append(socket.create_server((address[0], port), family=family, backlog=BACKLOG))
            sockets[-1].settimeout(0)
    except OSError:
        for one in sockets:
            one.close()
        raise
    return sockets


def _explained(error: OSError, ip: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken at {ip}. Name another with --port, or leave it out and the next free one is used"
    if error.errno == errno.EACCES:
        return f"Port {port} is the system's own. Name one from 1024 on: essay-explorer read --port {PORT}"
    if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return f"This machine has no address {ip}. Name one that it has, or 0.0.0.0 for all of them: --ip 0.0.0.0"
    return f"Cannot listen at {ip}, port {port}: {error.strerror}"


class Server(HTTPServer):
    """An HTTP server for as many connections as there is room for; who comes then takes the place of an idle one."""

    def initialize(self, app: Application, *args: Any, most: int | None = None, **kwargs: Any) -> None:  # type: ignore[override] # noqa: ANN401 - Tornado's
        """Tornado's settings; `most`: connections, by default as many as this process may have files."""
        kwargs = {
            "idle_connection_timeout": IDLE,
            "body_timeout": BODY,
            "max_header_size": LONGEST_HEAD,
            "max_body_size": HEARD_OUT,
            "max_buffer_size": BUFFER,
        } | kwargs
        super().initialize(app, *args, **kwargs)
        self._app = app
        self._most = most or most_connections()
        # The connections on which no request is being answered, the oldest first, and whether one is all the same that
        # has no end, such as a page's for news.
        self._idle: dict[IOStream, bool] = {}
        self._asked = 0.0  # when somebody last came, or asked for something

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Take a connection, if need be in the place of the one that has been idle for the longest."""
        if len(self._connections) >= self._most and not self._make_room():
            stream.close()
            return
        self._idle[stream] = False
        self._asked = time.monotonic()
        super().handle_stream(stream, address)

    def on_close(self, server_conn: HTTP1ServerConnection) -> None:  # type: ignore[override] # what it is given
        """Forget a connection."""
        self._idle.pop(server_conn.stream, None)
        super().on_close(server_conn)

    def start_request(self, server_conn: Any, request_conn: HTTPConnection) -> HTTPMessageDelegate:  # noqa: ANN401 - Tornado's
        """Wait for the next request of a connection: it is idle until one comes."""
        stream = server_conn.stream
        if not stream.closed():
            self._idle[stream] = False

        def too_long(head: RequestStartLine, headers: HTTPHeaders) -> None:
            request = HTTPServerRequest(connection=request_conn, start_line=head, headers=headers)
            self._app.get_handler_delegate(request, TooLong, {"most": LONGEST_BODY}).execute()

        return Taken(super().start_request(server_conn, request_conn), lambda: self._begin(stream), too_long)

    def _begin(self, stream: IOStream) -> None:
        self._idle.pop(stream, None)
        self._asked = time.monotonic()

    def spare(self, stream: IOStream) -> None:
        """Allow that this connection is closed where there are too many, though it is in use."""
        if not stream.closed():
            self._idle[stream] = True

    async def drain(self, seconds: float) -> None:
        """Answer what is being asked, and who has knocked before the server stopped; a page for news comes again.

        A proxy keeps connections for later requests, and sees that one was closed only when it has sent the next: so
        each is closed with an answer that says so, and those that are left once nobody asks any more.
        """
        self.conn_params.no_keep_alive = True
        for stream in [stream for stream, endless in self._idle.items() if endless]:
            stream.close()
        self._asked = time.monotonic()
        for _ in range(round(seconds / LOOK)):
            busy = any(one.stream not in self._idle for one in self._connections)
            if not self._connections or (not busy and time.monotonic() - self._asked > QUIET):
                break
            await asyncio.sleep(LOOK)
        for stream in list(self._idle):
            stream.close()

    def _make_room(self) -> bool:
        while self._idle:
            stream = next(iter(self._idle))
            del self._idle[stream]
            if not stream.closed():
                stream.close()
                return True
        return False


class Taken(HTTPMessageDelegate):
    """Passes a request on, says so when its head has come, and has another answer for one that is too long."""

    def __init__(
        self,
        to: HTTPMessageDelegate,
        begun: Callable[[], object],
        too_long: Callable[[RequestStartLine, HTTPHeaders], object],
    ) -> None:
        self._to, self._begun, self._too_long = to, begun, too_long
        self._length = 0

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """The head has come."""
        self._begun()
        self._head = cast("RequestStartLine", start_line), headers
        return self._to.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """A piece of the body; none is kept of what nobody will read."""
        self._length += len(chunk)
        return self._to.data_received(chunk) if self._length <= LONGEST_BODY else None

    def finish(self) -> None:
        """All has come."""
        if self._length <= LONGEST_BODY:
            self._to.finish()
            return
        self._to.on_connection_close()  # it asked for nothing
        self._too_long(*self._head)

    def on_connection_close(self) -> None:
        """Nothing more comes."""
        self._to.on_connection_close()


def most_connections() -> int:
    """How many connections there may be: this process asks for as many files as it is allowed."""
    try:
        import resource  # noqa: PLC0415 - Windows has none, and no such limit
    except ImportError:
        return CONNECTIONS
    wanted = CONNECTIONS + RESERVED
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return CONNECTIONS if soft == resource.RLIM_INFINITY else max(16, min(CONNECTIONS, soft - RESERVED))
