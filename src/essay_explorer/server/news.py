"""News from the server to its pages: events that can be resumed, and asked for where a proxy cuts the stream.

A stream is server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). Each event has an id;
who comes back with the last one that it heard is told what came after it.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tornado.iostream import StreamClosedError

from essay_explorer.server.answer import Answer
from essay_explorer.server.kept import JSON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Present = Callable[[], Iterable[tuple[str, Any]]]

KEPT = 200  # events of a channel
DIGITS = 15  # of an event's number, in whatever a page says
BEAT = 10.0  # seconds after which a stream that is silent says that it lives; some proxies keep a dead one open
STREAM = "text/event-stream"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has happened. `data` is JSON."""

    id: str
    kind: str
    data: Any

    def __str__(self) -> str:
        payload = json.dumps({"kind": self.kind, "data": self.data}, ensure_ascii=False, separators=(",", ":"))
        return f"id: {self.id}\ndata: {payload}\n\n"


class Channel:
    """News of one thing, for all pages that show it.

    `present`: events that tell how things are now, for who has heard nothing yet, or nothing that is still known here:
    the server was started anew, or too much has happened since.
    """

    def __init__(self, present: Present, *, kept: int = KEPT) -> None:
        self._present = present
        self._run = secrets.token_hex(4)  # another run of the server has another one
        self._events: deque[Event] = deque(maxlen=kept)
        self._count = 0
        self._waiting: set[asyncio.Event] = set()

    @property
    def last(self) -> str:
        """The id of the last event."""
        return f"{self._run}-{self._count}"

    @property
    def heard(self) -> bool:
        """Whether somebody listens."""
        return bool(self._waiting)

    def publish(self, kind: str, data: Any) -> None:  # noqa: ANN401 - JSON
        """Tell all who listen, and who will ask later."""
        self._count += 1
        self._events.append(Event(self.last, kind, data))
        for one in self._waiting:
            one.set()

    def after(self, last: str) -> list[Event]:
        """The events after the one with that id, or how things are now; none for who is up to date."""
        run, _, number = last.partition("-")
        known = run == self._run and number.isdecimal() and len(number) <= DIGITS
        missed = self._count - int(number) if known else -1
        if 0 <= missed <= len(self._events):
            return list(self._events)[len(self._events) - missed :]
        return [Event(self.last, kind, data) for kind, data in self._present()]

    @contextmanager
    def listening(self) -> Iterator[asyncio.Event]:
        """What is set when there is news."""
        news = asyncio.Event()
        self._waiting.add(news)
        try:
            yield news
        finally:
            self._waiting.discard(news)


class News(Answer):
    """The news of a channel: as a stream for who takes one, else what there is by now."""

    async def channel(self, *path: str) -> Channel:
        """The channel that an address means; for each kind of news to say."""
        raise NotImplementedError

    async def get(self, *path: str) -> None:
        """All that came after the event that the page heard last."""
        channel = await self.channel(*path)
        last = self.get_query_argument("after", "") or self.request.headers.get("Last-Event-Id", "")
        self.set_header("Cache-Control", "no-store")
        if self.request.method == "HEAD" or STREAM not in self.request.headers.get("Accept", ""):
            events = [{"kind": event.kind, "data": event.data} for event in channel.after(last)]
            self.set_header("Content-Type", JSON)
            self.finish(json.dumps({"last": channel.last, "events": events}))
            return
        self.set_header("Content-Type", STREAM)
        self.set_header("X-Accel-Buffering", "no")  # nginx would keep them back
        self._let_go()
        with suppress(StreamClosedError), channel.listening() as self._news:
            await self._stream(channel, last)

    _news: asyncio.Event | None = None
    _left = False

    async def _stream(self, channel: Channel, last: str) -> None:
        silent = True  # the first word tells a page that nothing keeps the stream back
        while not self._left:
            events = channel.after(last)
            last = channel.last
            if events:
                self.write("".join(map(str, events)))
            elif silent:
                self.write(str(Event(last, "beat", None)))
            if self._news:
                self._news.clear()
            await self.flush()
            silent = await self._nothing_for(BEAT)

    async def _nothing_for(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                if self._news:
                    await self._news.wait()
        except TimeoutError:
            return True
        return False

    def _let_go(self) -> None:
        """Tell the server that this connection may be closed where there are too many: the page comes again."""
        spare = self.settings.get("spare")
        if spare and self.request.connection:
            spare(self.request.connection.stream)  # type: ignore[attr-defined] # Tornado's HTTP/1 has one

    def on_connection_close(self) -> None:
        """The page is gone."""
        self._left = True
        if self._news:
            self._news.set()
