"""The pages of a room, and what stands where there is none: what they say needs no secret."""

from __future__ import annotations

from pathlib import Path

from essay_explorer.rooms.refusal import RefusalError
from essay_explorer.rooms.requests import Request
from essay_explorer.server.kept import HTML
from essay_explorer.templating import environment

TEMPLATES = Path(__file__).parent / "templates"


class PupilPage(Request):
    """The page of a pupil; its key stands behind `#` and never reaches the server."""

    async def get(self, code: str) -> None:
        """The text with the marks in the room; for every phase the same, so that a phone keeps it."""
        try:
            kept, policy = await (await self.lesson(code)).page()
        except RefusalError as error:
            self.set_status(error.status)
            self.set_header("Content-Type", HTML)
            page = environment(TEMPLATES).get_template("room.html.j2")
            self.finish(page.render(heading="No such room", lines=[error.sentence]))
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
