"""The routes of the editor: the page of one reading, to be changed by who was given its address, and nobody else.

Whoever starts it gets an address with a token in it, as Jupyter does it. The token is taken out of the address at
once, so that no link carries it, and kept in a cookie. A change needs besides the key that stands in the page alone,
which no page from elsewhere can read: a form or a script on another site has the cookie, but not the key.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
from dataclasses import asdict, dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tornado.web import Finish

from essay_explorer.core.fault import ReadingError
from essay_explorer.files.plain_json import plain_json
from essay_explorer.library.editing.asking import done, in_words
from essay_explorer.library.editing.desk import Desk
from essay_explorer.library.opening import open_quietly
from essay_explorer.page.document import PARTS
from essay_explorer.server import addresses
from essay_explorer.server.app import under
from essay_explorer.server.edition import EDIT, NEWS, Edition
from essay_explorer.server.isolation import step_aside
from essay_explorer.server.kept import JSON
from essay_explorer.server.library import Library, by_name
from essay_explorer.server.readings import OfReading, Page, PageNews, Part, Shared
from essay_explorer.server.running import Mounted, run
from essay_explorer.words import Phrase, speaking

if TYPE_CHECKING:
    from pathlib import Path

    from essay_explorer.server.running import Door

    Route = tuple[str, type[OfReading], dict[str, Any]]

KEY = "X-Essay-Explorer-Key"  # the header of a request that changes something
LOCKED = Phrase(
    "This is somebody’s editor. Open the address that essay-explorer edit has printed: it has a token in it."
)
REFUSED = Phrase(
    "Nothing was changed: this page is not the editor’s own. Open the address that essay-explorer edit has printed."
)
NOTHING_SHOWN = Phrase("This address takes changes, and shows nothing.")


@dataclass(frozen=True, slots=True)
class Locks:
    """What opens the editor: the token of its address, and the key in its page that every change needs."""

    token: str
    key: str

    @classmethod
    def new(cls) -> Locks:
        """Locks that nobody can guess."""
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24))


class Guarded(OfReading):
    """What only who was given the address gets."""

    def initialize(self, shared: Shared, locks: Locks, desk: Desk) -> None:  # type: ignore[override] # more than others
        """The locks, and the desk at which the reading is edited."""
        super().initialize(shared)
        self.locks, self.desk = locks, desk

    def prepare(self) -> None:
        """Refuse who did not come by the address with the token, or from another machine."""
        if not self.by_owner or not self._is_known():
            self.say(HTTPStatus.FORBIDDEN, LOCKED)
            raise Finish

    def _is_known(self) -> bool:
        return _same(self.get_cookie(self.cookie, ""), self.locks.token)

    @property
    def cookie(self) -> str:
        """The name of the cookie: a browser gives those of one host to all its ports."""
        return f"essay-explorer-{urlsplit(f'//{self.request.host}').port or 80}"


class EditPage(Guarded, Page):
    """The page of the reading, with all that its author needs."""

    def prepare(self) -> None:
        """Let in who brings the token, and take it out of the address."""
        token = self.get_query_argument("token", "")
        if token and self.by_owner and _same(token, self.locks.token):
            self.set_cookie(self.cookie, self.locks.token, httponly=True, samesite="Lax")
            self.set_header("Cache-Control", "no-store")
            self.redirect(self.settings["base_url"])
            raise Finish
        super().prepare()


class EditPart(Guarded, Part):
    """What the page loads later."""


class EditNews(Guarded, PageNews):
    """What has changed, here or in another program."""


class Acts(Guarded):
    """Where the page sends what its author does."""

    async def get(self, name: str = "") -> None:  # noqa: ARG002 - Tornado's signature
        """Nothing: what can be undone stands in the page."""
        self.say(HTTPStatus.METHOD_NOT_ALLOWED, NOTHING_SHOWN)

    async def post(self, name: str = "") -> None:
        """Do an act, undo or redo; what became of it, as JSON."""
        with speaking(self.language):
            if not self._is_from_our_page():
                self._answer(HTTPStatus.FORBIDDEN, fault=REFUSED.said())
                return
            served, _ = await self.reading(name)
            try:
                outcome = await asyncio.to_thread(done, self.desk, plain_json(self.request.body, "the request"))
            except (ReadingError, ValueError, OSError) as error:
                self._answer(HTTPStatus.UNPROCESSABLE_ENTITY, fault=in_words(error))
                return
        edition = await served.now()
        status = HTTPStatus.CONFLICT if outcome.question else HTTPStatus.OK
        self._answer(status, **asdict(outcome), version=edition.version if edition else "")

    def _is_from_our_page(self) -> bool:
        """Whether the key is there, and whatever a browser says of where the request comes from agrees."""
        headers = self.request.headers
        own = f"{self.request.protocol}://{self.request.host}"
        return (
            _same(headers.get(KEY, ""), self.locks.key)
            and headers.get("Origin", own) == own
            and headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
            and headers.get("Content-Type", "").partition(";")[0].strip() == "application/json"
        )

    def _answer(self, status: HTTPStatus, **said: str) -> None:
        self.set_status(status)
        self.set_header("Content-Type", JSON)
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(said, ensure_ascii=False))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def routes(library: Library, only: str, locks: Locks, desk: Desk) -> list[Route]:
    """The routes of the editor of one reading, which stands at the server's first page."""
    given = {"shared": Shared(library, only=only), "locks": locks, "desk": desk}
    each: list[tuple[str, type[OfReading]]] = [
        ("()", EditPage),
        (rf"(){PARTS}/{NEWS}", EditNews),
        (rf"(){PARTS}/{EDIT}", Acts),
        (rf"(){PARTS}/([^/]+)", EditPart),
    ]
    return [(under("/", pattern), handler, given) for pattern, handler in each]


def serve(folder: Path, door: Door) -> None:
    """Serve the editor of the reading in a folder until Ctrl+C.

    Raises ReadingError where it cannot be opened, and OSError when the port cannot be had.
    """
    open_quietly(folder)
    step_aside()
    locks = Locks.new()
    library = Library(lambda: by_name([folder]), make=partial(_edition, key=locks.key))

    async def make() -> Mounted:
        await library.editions()
        return Mounted(routes(library, folder.name, locks, Desk(folder)), announcement=announce)

    def announce(port: int) -> tuple[list[str], str]:
        (url,) = addresses.urls(door.ip, port, door.prefix)
        address = f"{url}?token={locks.token}"
        return addresses.announcement([address], terminal=False), address

    run(door, make)


def _edition(folder: Path, *, key: str) -> Edition:
    return Edition.of(open_quietly(folder), desk=Desk(folder), key=key)
