"""The pages that lead a lesson: the teacher's, and the projector's. What stands on them at once needs no secret."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from essay_explorer.core.prose import Prose
from essay_explorer.page.module import as_function
from essay_explorer.page.templates import own
from essay_explorer.rooms.door_code import door_code
from essay_explorer.rooms.joining import for_members
from essay_explorer.rooms.pages import TEMPLATES, RoomPage
from essay_explorer.rooms.refusal import RefusalError
from essay_explorer.server.hosts import is_loopback
from essay_explorer.server.kept import HTML
from essay_explorer.templating import environment
from essay_explorer.words import Phrase, language, speaking, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.rooms.lesson import Lesson
    from essay_explorer.rooms.lessons import Lessons

FRONT = Path(__file__).parent / "front"
PAGE, WIDGETS = (Path(__file__).parents[1] / name for name in ("page", "widgets"))
SHARED = ("link", "clock", "shares", "text", "flows")
TEACHER = ("asked", "steps", "people", "paper_entry", "settings", "joining", "found", "words", "moved", "closing")
PARTS = {
    "teacher": (*SHARED, *TEACHER, "teacher"),
    "projector": (*SHARED, "wall", "projector"),
    "starting": ("link", "starting"),
}
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
)


class LeadingPage(RoomPage):
    """The page of the teacher or of the projector; its key stands behind `#` and never reaches the server."""

    def initialize(self, lessons: Lessons, kind: str = "teacher") -> None:
        """`kind`: one of PARTS."""
        super().initialize(lessons)
        self.kind = kind

    async def get(self, code: str) -> None:
        """The page, with the room's address for phones, and neither the text nor what anybody has marked."""
        try:
            lesson = await self.lesson(code)
        except RefusalError as error:
            self.no_such_room(error)
            return
        phones = f"{self._origin()}{self.request.path.rpartition('/')[0]}/"
        titles = {"teacher": Phrase("Room {code}: your page"), "projector": Phrase("Room {code}: for the wall")}
        title = titles[self.kind].said(code=lesson.code)
        self.page(title, _shown(lesson, phones), ancestors=self._ancestors())

    def page(self, title: str, shown: Mapping[str, Any], *, ancestors: str = "'none'") -> None:
        """Send the page of this kind, and with it what it knows at once."""
        nonce = secrets.token_urlsafe(16)
        self.set_header("Content-Security-Policy", POLICY.format(nonce=nonce, ancestors=ancestors))
        self.set_header("Content-Type", HTML)
        page = environment(TEMPLATES).get_template("leading.html.j2")
        self.finish(
            page.render(
                kind=self.kind,
                title=title,
                nonce=nonce,
                **_sources(self.kind, language()),
                shown=shown,
            )
        )

    def _ancestors(self) -> str:
        """Which pages may show this one in a frame: its own, and JupyterLab's whose kernel opened the room."""
        return " ".join(["'self'", *(self.lessons.embed if self.kind == "teacher" else ())])

    def _origin(self) -> str:
        """Where phones find this server: where this page was found, unless that is this machine alone."""
        request = self.request
        if is_loopback(request.host) and self.lessons.origin:
            return self.lessons.origin
        return f"{request.protocol}://{request.host}"


@cache
def _sources(kind: str, language: str) -> dict[str, str]:
    """The style and the scripts of a page, as they speak a language."""
    styles = [(FRONT / f"{name}.css").read_text("utf-8") for name in ("leading", kind)]
    files = (FRONT / f"{name}.js" for name in PARTS[kind])
    parts = [path.read_text("utf-8") for path in (WIDGETS / "say.js", WIDGETS / "dom.js", *files)]
    with speaking(language):
        said = spoken("\n".join(parts))
    return {
        "style": own("".join(styles)),
        "news": own(as_function((PAGE / "news.js").read_text("utf-8"))),
        "page": own(as_function(said)),
    }


def _shown(lesson: Lesson, phones: str) -> dict[str, Any]:
    """What the page knows at once, without its key."""
    essay = lesson.text.reading.essay
    return {
        "code": lesson.code,
        "title": Prose.from_inline(essay.title).text,
        "credit": essay.credit,
        "language": essay.language,
        "phones": phones,
        "qr": door_code(phones),
        "members": for_members(lesson.state, lesson.terms),
    }
