"""What every answer of the server has in common: its headers, HEAD beside GET, and plain words for what went wrong."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tornado.iostream import StreamClosedError
from tornado.web import Finish, HTTPError, RequestHandler

from essay_explorer.page.templates import render
from essay_explorer.server.kept import HTML, JSON
from essay_explorer.words import Phrase, chosen, say, speaking

if TYPE_CHECKING:
    from types import TracebackType

    from essay_explorer.server.kept import Kept

FOR_EVER = "public, max-age=31536000, immutable"  # for what is named by its content
ASK_FIRST = "no-cache"  # kept, and used again when its tag is still the right one
STRANGE = Phrase(
    "This server does not answer to that name. Whoever runs it can allow it: essay-explorer read --host NAME"
)
TOO_LONG = Phrase("There is room for {most} bytes at once. Send less.")
log = logging.getLogger("essay_explorer.server")


def _words() -> dict[int, str]:
    return {
        HTTPStatus.BAD_REQUEST: say("This address cannot be read. Look whether it was copied whole."),
        HTTPStatus.NOT_FOUND: say("There is no such page here."),
        HTTPStatus.METHOD_NOT_ALLOWED: say("This page can be read, and nothing else."),
        HTTPStatus.SERVICE_UNAVAILABLE: say(
            "This reading cannot be opened just now. Whoever runs the server can see why."
        ),
    }


class Answer(RequestHandler):
    """A handler whose answers carry the headers of `settings["headers"]`, and whose faults are told in plain words."""

    def set_default_headers(self) -> None:
        """The headers of every answer."""
        self.clear_header("Server")
        for name, value in self.settings.get("headers", {}).items():
            self.set_header(name, value)

    @property
    def language(self) -> str:
        """The language to speak with this reader."""
        return chosen(self.request.headers.get("Accept-Language", ""))

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether a page of another origin has sent this, as browsers say it; another port is another origin."""
        origin = self.request.headers.get("Origin")
        site = self.request.headers.get("Sec-Fetch-Site", "none")
        return bool(origin and urlsplit(origin).netloc != self.request.host) or site not in {"same-origin", "none"}

    def compute_etag(self) -> str | None:
        """None: what is kept brings its own tag."""
        return None

    async def head(self, *path: str) -> None:
        """As GET, without a body."""
        await self.get(*path)  # type: ignore[misc] # each handler's is a coroutine

    def send(self, kept: Kept, *, cache: str = ASK_FIRST) -> None:
        """Send what is kept, or that the browser has it already."""
        self.set_header("Content-Type", kept.kind)
        self.set_header("Cache-Control", cache)
        self.set_header("Etag", kept.tag)
        self.set_header("Vary", "Accept-Encoding" if cache == FOR_EVER else "Accept-Encoding, Accept-Language")
        if self.check_etag_header():
            self.set_status(HTTPStatus.NOT_MODIFIED)
            self.finish()
            return
        packed = "gzip" in self.request.headers.get("Accept-Encoding", "")
        body = kept.packed if packed else kept.plain
        if packed:
            self.set_header("Content-Encoding", "gzip")
        self.set_header("Content-Length", str(len(body)))
        self.flush()  # the headers alone, so that the body is not copied behind them for each reader
        if self.request.method == "HEAD":
            self.finish()
        else:
            self.finish(body)

    def write_error(self, status_code: int, **_: Any) -> None:  # noqa: ANN401 - Tornado's signature
        """Say what is wrong in plain words."""
        with speaking(self.language):
            words = _words()
            self.say(status_code, words.get(status_code, say("Something went wrong here. Try again in a moment.")))

    def say(self, status_code: int, words: str | Phrase) -> None:
        """A page with a sentence on it, and the way to the first page."""
        self.set_status(status_code)
        self.set_header("Content-Type", HTML)
        self.set_header("Cache-Control", "no-store")
        with speaking(self.language):
            sentence = words if isinstance(words, str) else words.said()
            self.finish(render("message", words=sentence, home=self.home))

    @property
    def home(self) -> str:
        """The server's first page, as an address relative to this one; "" outside of its prefix."""
        prefix = self.settings.get("base_url", "/")
        inside = self.request.path.startswith(prefix)
        return "../" * self.request.path[len(prefix) :].count("/") or "./" if inside else ""

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """A line for a fault, and none for a reader who left or asked for what is not there."""
        if isinstance(value, HTTPError | StreamClosedError | Finish):
            log.debug("%s: %s", self._request_summary(), value)
        elif typ and value:
            log.error("%s %s", self.request.method, self.request.path, exc_info=(typ, value, tb))


class NotFound(Answer):
    """The answer to an address that is none."""

    async def prepare(self) -> None:
        """Whatever is asked."""
        raise HTTPError(HTTPStatus.NOT_FOUND)


class Stranger(Answer):
    """The answer to who asks for another host than this one: a name that somebody else has pointed here."""

    async def prepare(self) -> None:
        """Whatever is asked."""
        self.say(HTTPStatus.MISDIRECTED_REQUEST, STRANGE)


class TooLong(Answer):
    """The answer to a request that was longer than any may be: JSON, as the pages understand it that send something."""

    def initialize(self, most: int) -> None:
        """How many bytes there is room for."""
        self.most = most

    async def prepare(self) -> None:
        """Whatever is asked."""
        self.set_status(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        self.set_header("Content-Type", JSON)
        self.set_header("Cache-Control", "no-store")
        with speaking(self.language):
            words = TOO_LONG.said(most=self.most)
        self.finish(json.dumps({"error": "too long", "words": words, "fault": words}))  # a room's page; the editor
