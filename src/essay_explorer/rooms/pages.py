"""The pages of a room, and what stands where there is none: what they say needs no secret."""

from __future__ import annotations

from pathlib import Path

from essay_explorer.rooms.refusal import RefusalError
from essay_explorer.rooms.requests import Request
from essay_explorer.server.kept import HTML
from essay_explorer.templating import environment
from essay_explorer.words import say

TEMPLATES = Path(__file__).parent / "templates"


class RoomPage(Request):
    """A page of a room."""

    def no_such_room(self, error: RefusalError) -> None:
        """Say in a page that there is none, for who has followed an old address."""
        self.set_status(error.status)
        self.say_alone(say("No such room"), error.sentence)

    def say_alone(self, heading: str, line: str) -> None:
        """Send a page of one sentence."""
        self.set_header("Content-Type", HTML)
        page = environment(TEMPLATES).get_template("room.html.j2")
        self.finish(page.render(heading=heading, lines=[line]))


class PupilPage(RoomPage):
    """The page of a pupil; its key stands behind `#` and never reaches the server."""

    async def get(self, code: str) -> None:
        """The text with the marks in the room; the same until the task has other tags, so that a phone keeps it."""
        try:
            kept, policy = await (await self.lesson(code)).page()
        except RefusalError as error:
            self.no_such_room(error)
            return
        self.set_header("Content-Security-Policy", policy)
        self.send(kept)


class Typed(Request):
    """The address of a room as somebody has typed it."""

    async def get(self, code: str) -> None:
        """On to its one spelling, whether there is such a room or not."""
        self.redirect(f"{self.settings['base_url']}room/{code.upper()}/")


class AnyRoom(RoomPage):
    """The first page of a server that has rooms alone."""

    async def get(self) -> None:
        """Where to go from here, and no room's name."""
        self.say_alone(say("A room for reading"), say("Open the address that your teacher shows, or scan their code."))
