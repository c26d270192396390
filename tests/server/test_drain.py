"""A server that is told to end: what it is asked is answered, and pages that wait for news are sent elsewhere."""

from __future__ import annotations

import asyncio

from tornado.httpclient import AsyncHTTPClient, HTTPClientError
from tornado.web import Application, RequestHandler

from essay_explorer.server.listening import Server, bound


class Slow(RequestHandler):
    """An answer that takes a while."""

    async def get(self) -> None:
        self.settings["asked"].set()
        await asyncio.sleep(0.3)
        self.finish("done")


class Endless(RequestHandler):
    """A stream of news."""

    async def get(self) -> None:
        self.settings["spare"](self.request.connection.stream)
        await self.flush()
        self.settings["asked"].set()
        await asyncio.sleep(30)


async def drained(address: str) -> tuple[asyncio.Task, float]:
    """What became of a request while the server ended, and how long that took."""
    asked = asyncio.Event()
    application = Application([("/slow", Slow), ("/endless", Endless)], asked=asked)
    server = Server(application)
    application.settings["spare"] = server.spare
    sockets, port = bound("127.0.0.1", None)
    server.add_sockets(sockets)
    request = asyncio.ensure_future(AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}{address}"))
    await asked.wait()
    clock = asyncio.get_running_loop().time
    begun = clock()
    server.stop()
    await server.drain(5)
    took = clock() - begun
    await asyncio.wait([request], timeout=5)
    return request, took


def test_what_is_being_asked_is_answered() -> None:
    request, took = asyncio.run(drained("/slow"))
    assert request.result().body == b"done"
    assert 0.2 < took < 3


def test_a_page_that_waits_for_news_is_let_go_at_once() -> None:
    request, took = asyncio.run(drained("/endless"))
    assert isinstance(request.exception(), HTTPClientError)
    assert took < 2
