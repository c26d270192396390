"""Starting a class from the dashboard: for who has the key that the program printed, and in a process of its own.

Readers of the dashboard have no key, so they open no rooms. The rooms get a server and a port of their own, since
beside the readings pupils would find what others have made of their text.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from essay_explorer.core.fault import ReadingError
from essay_explorer.page.document import PARTS
from essay_explorer.rooms import codes, fields
from essay_explorer.rooms.leading import LeadingPage
from essay_explorer.rooms.refusal import not_now
from essay_explorer.rooms.requests import STRANGER
from essay_explorer.server.app import under
from essay_explorer.server.hosts import is_loopback, plain
from essay_explorer.server.running import Beside, Door
from essay_explorer.words import Phrase, say

if TYPE_CHECKING:
    from essay_explorer.rooms.apart import RoomServer
    from essay_explorer.server.library import Library

ADDRESS = f"{PARTS}/class"
ALONE = Phrase("This server answers this machine alone. For phones, start it with --ip 0.0.0.0.")
OPEN = Phrase(
    "A class can open the readings of this server too, with all that is marked in them. With --blind it cannot."
)


class Starter:
    """Who starts classes at the readings of a library. `key`: what opens the page that does, while this server runs."""

    def __init__(self, library: Library, door: Door, *, blind: bool) -> None:
        self.library, self.folder = library, Path.cwd()
        self.door = Door(door.ip, hosts=door.hosts)
        self.key = codes.secret()
        self.remarks = [ALONE] if is_loopback(door.ip) else [] if blind else [OPEN]
        self._server: RoomServer | None = None
        self._one_at_a_time = asyncio.Lock()

    def beside(self) -> Beside:
        """What a server of readings has beside them, for those whose addresses no proxy changes."""
        pattern = under("/", f"(?:([^/]+)/)?{ADDRESS}")
        return Beside([(pattern, StartPage, {"starter": self})], self.lines, self.end)

    def lines(self, first: str) -> list[str]:
        """What is said of it where the server tells its addresses."""
        return [f"To start a class, for you alone: {first}{ADDRESS}#key={self.key}"]

    async def start(self, name: str, paragraphs: str) -> str:
        """The address of the teacher's page of a room at that reading, without its host: ":8867/room/LAMP/…".

        `paragraphs`: "5-12", "7", or "" for all.
        """
        served = self.library.get(name)
        if not served:
            word, sentence = "gone", Phrase("There is no such reading here any more.")
            raise not_now(word, sentence)
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._start, served.folder, paragraphs)

    def _start(self, folder: Path, paragraphs: str) -> str:
        from essay_explorer.files.reading_files import texts_in  # noqa: PLC0415 - for who starts a class, as all below
        from essay_explorer.library.opening import open_quietly  # noqa: PLC0415
        from essay_explorer.rooms import opening, routes, serving  # noqa: PLC0415
        from essay_explorer.rooms.apart import RoomServer  # noqa: PLC0415
        from essay_explorer.rooms.store.database import Database  # noqa: PLC0415

        reading, store = open_quietly(folder), serving.usual_store()
        task = opening.task_for(reading, {}, within=opening.paragraphs_of(reading, paragraphs))
        database = Database.opened(store)
        state, _ = opening.open_room(database, reading, texts_in(folder)[0], task)
        database.close()
        if self._server is None or not self._server.is_running:
            self._server = RoomServer(state.code, self.door, store=store, folder=self.folder)
        port = self._server.phones.split("/")[2].rpartition(":")[2]
        return f":{port}/{routes.address(state.code, 'teacher')}#key={state.secret}"

    async def end(self) -> None:
        """Let nobody into the rooms any more."""
        if self._server:
            await asyncio.to_thread(self._server.close)


class StartPage(LeadingPage):
    """The page with the readings at which a class can be started."""

    def initialize(self, starter: Starter) -> None:  # type: ignore[override] # there are no rooms yet
        """`starter`: who does it."""
        self.starter, self.kind = starter, "starting"

    async def get(self, name: str | None = None) -> None:
        """The page; of the readings it says what the shelf does."""
        editions = await self.starter.library.editions()
        chosen = {name: editions[name]} if name in editions else editions
        readings = [
            {"name": name, "title": "".join(run["text"] for run in one.entry.title), "language": one.entry.language}
            for name, one in chosen.items()
        ]
        self.page(say("Start a class"), {"readings": readings, "remarks": [one.said() for one in self.starter.remarks]})

    async def post(self, name: str | None = None) -> None:  # noqa: ARG002 - what is sent says it
        """A room, for who has the key."""
        if not codes.is_same(self.token, self.starter.key):
            raise STRANGER
        try:
            sent = self.sent
            wanted, paragraphs = (fields.line(sent, field, most=200) for field in ("reading", "paragraphs"))
            address = await self.starter.start(wanted, paragraphs)
        except (ReadingError, OSError) as error:
            word = "closed"
            raise not_now(word, f"{error}.") from error
        self.answer({"address": f"http://{_bare(self.request.host)}{address}"})


def _bare(host: str) -> str:
    name = plain(host)
    return f"[{name}]" if ":" in name else name


def beside(library: Library, door: Door, *, blind: bool) -> Beside:
    """What lets the owner of a server of readings start a class at one of them."""
    return Starter(library, door, blind=blind).beside()
