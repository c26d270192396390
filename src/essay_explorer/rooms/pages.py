"""The pages of a room, as plain as they can be: what stands on them needs no secret."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from essay_explorer.core.prose import Prose
from essay_explorer.rooms.refusal import RefusalError
from essay_explorer.rooms.requests import Request
from essay_explorer.server.kept import HTML
from essay_explorer.templating import environment

if TYPE_CHECKING:
    from essay_explorer.rooms.lessons import Lessons

TEMPLATES = Path(__file__).parent / "templates"


class RoomPage(Request):
    """The page of a pupil, the teacher or the projector; its key stands behind `#` and never reaches the server."""

    def initialize(self, lessons: Lessons, heading: str = "Room {}") -> None:
        """`heading`: with a place for the room's code."""
        super().initialize(lessons)
        self.heading = heading

    async def get(self, code: str) -> None:
        """What everybody may know of the room."""
        try:
            state = (await self.lesson(code)).state
        except RefusalError as error:
            self.set_status(error.status)
            self._page("No such room", error.sentence)
            return
        forgotten = f"All of this room is forgotten on {state.until:%d %B %Y}."
        self._page(self.heading.format(state.code), Prose.from_inline(state.title).text, forgotten)

    def _page(self, heading: str, *lines: str) -> None:
        self.set_header("Content-Type", HTML)
        self.finish(environment(TEMPLATES).get_template("room.html.j2").render(heading=heading, lines=lines))


class PupilPage(RoomPage):
    """The page of a pupil."""

    async def get(self, code: str) -> None:
        """The text with the marks in the room; for every phase the same, so that a phone keeps it."""
        try:
            kept, policy = await (await self.lesson(code)).page()
        except RefusalError as error:
            self.set_status(error.status)
            self._page("No such room", error.sentence)
            return
        self.set_header("Content-Security-Policy", policy)
        self.send(kept)


class AnyRoom(Request):
    """The first page of a server that has rooms alone."""

    async def get(self) -> None:
        """Where to go from here, and no room's name."""
        self.set_header("Content-Type", HTML)
        line = "Open the address that your teacher shows, or scan their code."
        self.finish(
            environment(TEMPLATES).get_template("room.html.j2").render(heading="A room for reading", lines=[line])
        )
