"""The server's run: from its port to a quiet end."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import webbrowser
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from essay_explorer.server import addresses, apart
from essay_explorer.server.app import application
from essay_explorer.server.hosts import Hosts, is_loopback
from essay_explorer.server.listening import PORT, Server, bound

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence

    from essay_explorer.server.app import Route

    Bound = tuple[list[socket.socket], int]

GOODBYE = 2.0  # seconds for answers that are on their way when the server ends
log = logging.getLogger("essay_explorer.server")


@dataclass(frozen=True, slots=True)
class Door:
    """Where and how a server is reached, as the command line says it.

    `port`: None for the first free one from 8866 on. `prefix`: of all its addresses, from "/" to "/". `hosts`: names
    that it goes by besides its own. `embed`: origins that may show a page in a frame. `proxied`: whether all requests
    come by way of a proxy, which says by what protocol a browser has asked, and looks at names itself.
    """

    ip: str = "127.0.0.1"
    port: int | None = None
    prefix: str = "/"
    hosts: tuple[str, ...] = ()
    embed: tuple[str, ...] = ()
    open_browser: bool = False
    proxied: bool = False


async def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True)
class Beside:
    """What is served besides: routes, what is said of it at the first address, what is done at the end."""

    routes: Sequence[Route]
    lines: Callable[[str], Sequence[str]]
    end: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Mounted:
    """What a server serves: routes, the settings that their handlers live on, and what is to be done at the end.

    `announcement`: what is said of it once it has its port, where that is more than its addresses; and which address
    a browser opens. `beside`: what else is served.
    """

    routes: Sequence[Route]
    settings: Mapping[str, Any] = field(default_factory=dict)
    end: Callable[[], Awaitable[None]] = _nothing
    announcement: Callable[[int], tuple[Sequence[str], str]] | None = None
    beside: Beside | None = None


def run(door: Door, make: Callable[[], Coroutine[Any, Any, Mounted]], *, at: Bound | None = None) -> None:
    """Serve until Ctrl+C, or until the terminal closes. `make`: gives what is served, on the server's loop.

    `at`: sockets that listen already, in place of the door's own.

    Raises OSError when the port cannot be had.
    """
    with suppress(KeyboardInterrupt):
        asyncio.run(_run(door, make, at))


async def _run(door: Door, make: Callable[[], Coroutine[Any, Any, Mounted]], at: Bound | None) -> None:
    sockets, port = at or bound(door.ip, door.port)  # what cannot be had is told before a notebook has run
    with _own_signals() as ended:
        mounted = await _unless(ended, make())
        if mounted is None:
            return
        server = _server(door, mounted)
        server.add_sockets(sockets)
        if at is None:  # else whoever has bound them says where they are
            _announce(door, port, mounted)
        await ended.wait()
        server.stop()
        await server.drain(GOODBYE)
        apart.stop()
        await mounted.end()
        if mounted.beside:
            await mounted.beside.end()
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(server.close_all_connections(), GOODBYE)


def _server(door: Door, mounted: Mounted) -> Server:
    hosts = replace(Hosts.at(door.ip, door.hosts), anyone=door.proxied and not door.hosts)
    beside = mounted.beside.routes if mounted.beside else ()
    app = application([*beside, *mounted.routes], hosts=hosts, prefix=door.prefix, embed=door.embed, **mounted.settings)
    server = Server(app, xheaders=door.proxied)
    app.settings["spare"] = server.spare
    return server


@contextmanager
def _own_signals() -> Iterator[asyncio.Event]:
    """What is set by Ctrl+C, by a closing terminal, or by whoever ends processes.

    nbclient takes these signals for itself while it runs a notebook, and leaves none to us; where it may not, it goes
    on without.
    """
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) is signal.SIG_IGN:  # `nohup` means it
            continue
        try:
            loop.add_signal_handler(number, ended.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(ended.set))
    methods = "add_signal_handler", "remove_signal_handler"
    for method in methods:
        setattr(loop, method, _refuse)
    try:
        yield ended
    finally:
        for method in methods:
            delattr(loop, method)


def _refuse(*_: object) -> None:
    message = "the server's own signals stay its own"
    raise RuntimeError(message)


async def _unless(ended: asyncio.Event, making: Coroutine[Any, Any, Mounted]) -> Mounted | None:
    """What is made, such as by running a notebook; None where all is to end meanwhile."""
    made, end = asyncio.create_task(making), asyncio.create_task(ended.wait())
    await asyncio.wait({made, end}, return_when=asyncio.FIRST_COMPLETED)
    end.cancel()
    if made.done():
        return made.result()
    made.cancel()
    await asyncio.wait({made}, timeout=GOODBYE)
    return None


def _announce(door: Door, port: int, mounted: Mounted) -> None:
    if door.port is None and port != PORT:
        print(f"Port {PORT} is taken; this is port {port}.")
    if mounted.announcement:
        lines, address = mounted.announcement(port)
        print(*lines, sep="\n", flush=True)
        if door.open_browser:
            webbrowser.open(address)
        return
    found = addresses.urls(door.ip, port, door.prefix)
    network = not is_loopback(door.ip)
    more = mounted.beside.lines(found[0]) if mounted.beside else ()
    print(*addresses.announcement(found, terminal=shows_codes(), network=network), *more, sep="\n", flush=True)
    if door.open_browser:
        webbrowser.open(found[-1])


def shows_codes() -> bool:
    """Whether a QR code of letters can be seen where this process prints."""
    return sys.stdout.isatty() and (sys.stdout.encoding or "").lower().startswith("utf")


def prefix_of(given: str | None) -> str:
    """The prefix of all addresses: as given, or as JupyterHub says, from "/" to "/"."""
    words = (given if given is not None else os.environ.get("JUPYTERHUB_SERVICE_PREFIX", "")).strip("/")
    return f"/{words}/" if words else "/"
