"""The routes of readings: a page for each, what it loads later, and the shelf where there are several."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from tornado.web import HTTPError

from essay_explorer.library.finding import folder_of, own_names
from essay_explorer.library.finding import names as names_of_the_project
from essay_explorer.library.opening import open_quietly
from essay_explorer.page.document import PARTS
from essay_explorer.page.shelf import next_on, shelf
from essay_explorer.server.answer import ASK_FIRST, FOR_EVER, Answer
from essay_explorer.server.app import under
from essay_explorer.server.edition import CONTENT, NEWS, NEXT, REVEALED
from essay_explorer.server.hosts import is_loopback
from essay_explorer.server.isolation import step_aside
from essay_explorer.server.kept import HTML, JSON, Kept
from essay_explorer.server.library import Library, by_name
from essay_explorer.server.news import Channel, News
from essay_explorer.server.parts import Cache, part_of, warm
from essay_explorer.server.running import Mounted, run
from essay_explorer.words import speaking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Any

    from essay_explorer.server.edition import Edition
    from essay_explorer.server.library import Served
    from essay_explorer.server.running import Beside, Door

    Route = tuple[str, type[Answer], dict[str, Any]]

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")


class Shared:
    """What the handlers of readings share: the library, the parts that are kept, and the only reading, if it is."""

    def __init__(self, library: Library, *, only: str | None = None) -> None:
        self.library, self.only = library, only
        self.cache = Cache()
        self._warm: set[asyncio.Task[None]] = set()

    def warm(self, served: Served) -> None:
        """Make what a page will ask for, while it is being read."""
        task = asyncio.create_task(warm(self.cache, served.folder))
        self._warm.add(task)
        task.add_done_callback(self._warm.discard)


class OfReading(Answer):
    """A handler of something of a reading."""

    def initialize(self, shared: Shared) -> None:
        """Whatever several handlers share."""
        self.shared = shared

    async def reading(self, name: str) -> tuple[Served, Edition]:
        """The reading of that name, as it is now."""
        served = self.shared.library.get(name or self.shared.only or "")
        if not served:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        edition = await served.said(self.language)
        if not edition:
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE)
        return served, edition

    @property
    def by_owner(self) -> bool:
        """Whether the reader sits at this machine, with nothing in between: who started the server, or could have."""
        request = self.request
        direct = not any(name in request.headers for name in FORWARDED) and request.version != "HTTP/1.0"
        here = is_loopback(request.remote_ip or "") and is_loopback(request.host)
        return here and direct and self.settings["base_url"] == "/"


class Page(OfReading):
    """The page of a reading."""

    async def get(self, name: str = "") -> None:
        """The page, whole."""
        served, edition = await self.reading(name)
        with speaking(self.language):
            self.shared.warm(served)
        self.send(edition.for_owner[0] if self.by_owner else edition.page)


class Part(OfReading):
    """What a page loads later."""

    async def get(self, name: str, part: str) -> None:
        """A part by its file name; one whose name tells its content is kept by the browser for a year."""
        served, edition = await self.reading(name)
        if part == CONTENT:
            self.send(edition.for_owner[1] if self.by_owner else edition.content)
            return
        if part == NEXT:
            self.send(Kept.of(json.dumps(await self._next(served)), JSON))
            return
        # What is kept is also for a page that shows the reading as it was before.
        if kept := edition.scripts.get(part) or self.shared.cache.kept((part,)):
            self.send(kept, cache=FOR_EVER)
            return
        reading = await asyncio.to_thread(open_quietly, served.folder)
        with speaking(self.language):
            found = part_of(served.folder, reading, part, faults=self.by_owner)
            if not found or (self.shared.library.blind and not found[0]):  # a whole page has everything
                raise HTTPError(HTTPStatus.NOT_FOUND)
            named, make = found
            key = (part,) if named else (part, edition.version, self.by_owner, self.language)
            self.send(await self.shared.cache.get(key, make), cache=FOR_EVER if named else ASK_FIRST)

    async def post(self, name: str, part: str) -> None:
        """What a blind page is without, for a reader who has marked something; nobody comes here by following links."""
        _, edition = await self.reading(name)
        if part != REVEALED or not edition.revealed:
            raise HTTPError(HTTPStatus.METHOD_NOT_ALLOWED)
        self.send(edition.revealed, cache="no-store")

    async def _next(self, served: Served) -> dict[str, Any]:
        """The next reading on the shelf; {} where there is no shelf, or no other on it."""
        if self.shared.only:
            return {}
        editions = await self.shared.library.editions()
        entries = [(f"{quote(name)}/", edition.entry) for name, edition in editions.items()]
        return next_on(entries, list(editions).index(served.name), up="../") if served.name in editions else {}


class PageNews(OfReading, News):
    """The news of a reading."""

    async def channel(self, *path: str) -> Channel:
        """That of the reading, which is watched while somebody listens."""
        served, _ = await self.reading(*path)
        self.shared.library.watch()
        return served.news


class ShelfNews(OfReading, News):
    """The news of all readings."""

    async def channel(self, *path: str) -> Channel:  # noqa: ARG002 - there is but one shelf
        """That of the library, which is watched while somebody listens."""
        await self.shared.library.editions()
        self.shared.library.watch()
        return self.shared.library.news


class Slash(OfReading):
    """The address of a reading without the slash at its end."""

    async def get(self, name: str) -> None:
        """On to the one with it, from which the page finds its parts."""
        await self.reading(name)
        query = f"?{self.request.query}" if self.request.query else ""
        self.redirect(f"{quote(name)}/{query}")


class Shelf(OfReading):
    """The page that lists the readings."""

    async def get(self) -> None:
        """All that can be opened."""
        editions = await self.shared.library.editions()
        key = ("shelf", self.language, *((name, edition.version) for name, edition in editions.items()))
        entries = [(f"{quote(name)}/", edition.entry) for name, edition in editions.items()]
        with speaking(self.language):
            self.send(await self.shared.cache.get(key, partial(_shelf, entries)))


def _shelf(entries: list[Any]) -> Kept:
    return Kept.of(shelf(entries, news=f"{PARTS}/{NEWS}"), HTML)


def routes(library: Library, *, prefix: str = "/", only: str | None = None) -> list[Route]:
    """The routes of a library under a prefix; `only`: the reading at its first page, in place of the shelf."""
    shared = {"shared": Shared(library, only=only)}
    one = [("()", Page), (rf"(){PARTS}/{NEWS}", PageNews), (rf"(){PARTS}/([^/]+)", Part)]
    first = one if only else [("", Shelf), (rf"{PARTS}/{NEWS}", ShelfNews)]
    each = [
        ("([^/]+)", Slash),
        ("([^/]+)/", Page),
        (rf"([^/]+)/{PARTS}/{NEWS}", PageNews),
        (rf"([^/]+)/{PARTS}/([^/]+)", Part),
    ]
    return [(under(prefix, pattern), handler, shared) for pattern, handler in (*first, *each)]


def serve(
    names: Sequence[str | None] | None,
    door: Door,
    *,
    blind: bool = False,
    beside: Callable[[Library], Beside] | None = None,
) -> None:
    """Serve readings until Ctrl+C. `names`: as `folder_of` takes them; None for the whole library.

    `blind`: without what anybody made of their texts, until a reader has marked something. `beside`: what makes that
    which is served beside them.

    Raises ReadingError where one of them is not there, or the only one cannot be opened, and OSError when the port
    cannot be had.
    """
    folders = [folder_of(name) for name in names] if names is not None else None
    library = Library(_whole_library if folders is None else lambda: by_name(folders), blind=blind)
    also = beside(library) if beside else None
    step_aside()
    only = next(iter(by_name(folders))) if folders and len(folders) == 1 else None
    if folders and only:
        open_quietly(folders[0])

    async def make() -> Mounted:
        opening = asyncio.create_task(library.editions())  # tells their faults
        if folders:
            await opening
        return Mounted(routes(library, prefix=door.prefix, only=only), end=partial(_given_up, opening), beside=also)

    run(door, make)


async def _given_up(opening: asyncio.Task[Any]) -> None:
    opening.cancel()


def _whole_library() -> dict[str, Path]:
    return {name: folder_of(name) for name in sorted({*names_of_the_project(), *own_names()})}
