"""The readings of the service, for who has signed in; but not for whose class marks one blind just now."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from tornado.web import HTTPError

from essay_explorer.files.reading_files import texts_in
from essay_explorer.hub.signing_in import Signed
from essay_explorer.rooms.store import kept_rooms
from essay_explorer.server import readings
from essay_explorer.server.answer import Answer
from essay_explorer.server.app import under
from essay_explorer.server.kept import JSON
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from essay_explorer.hub.account import Account
    from essay_explorer.hub.signing_in import SignIn
    from essay_explorer.rooms.store.database import Database
    from essay_explorer.server.library import Library

READING = "reading/"
BLIND = Phrase("Your class is marking this text without seeing what others think of it. It opens here after that.")


class OfShelf(Signed):
    """What comes before an address of a reading."""

    def initialize(self, sign_in: SignIn, **more: Any) -> None:  # noqa: ANN401 - of the handler behind
        """Where rooms are kept."""
        self.database: Database = more.pop("database")
        super().initialize(sign_in, **more)

    async def allows(self, account: Account) -> bool:
        """Teachers may read everything; the others what their own class is not to read without its marks."""
        if account.is_teacher:
            return True
        prefix = self.settings["base_url"] + READING
        name = unquote(self.request.path.removeprefix(prefix).partition("/")[0])
        return not await asyncio.to_thread(self._is_blind, name, account)

    def check_xsrf_cookie(self) -> None:
        """What only reads, and comes from a page of ours, needs no proof: it changes nothing."""
        headers = self.request.headers
        if self.request.method not in {"GET", "HEAD"} or headers.get("Sec-Fetch-Site") != "same-origin":
            super().check_xsrf_cookie()

    def set_header(self, name: str, value: Any) -> None:  # noqa: ANN401 - Tornado's signature
        """Let no cache that several people share keep what needs a sign-in."""
        if name == "Cache-Control":
            value = f"private, {str(value).removeprefix('public, ')}"
        super().set_header(name, value)

    def write_error(self, status_code: int, **more: Any) -> None:  # noqa: ANN401 - Tornado's signature
        """Say why a reading is closed."""
        if status_code == HTTPStatus.FORBIDDEN:
            self.say(status_code, BLIND)
        else:
            super().write_error(status_code, **more)

    def _is_blind(self, name: str, account: Account) -> bool:
        with self.database.reading() as on:
            return kept_rooms.is_blind_for(on, name, account.name, account.attended)


class Files(OfShelf, Answer):
    """The files of a reading, for a student's own server."""

    def initialize(self, sign_in: SignIn, **more: Any) -> None:  # noqa: ANN401 - as above it
        """Where readings are."""
        self.library: Library = more.pop("library")
        super().initialize(sign_in, **more)

    async def get(self, name: str) -> None:
        """Their texts by name."""
        served = self.library.get(name)
        if served is None:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        self.set_header("Content-Type", JSON)
        self.set_header("Cache-Control", "no-store")
        self.finish((await asyncio.to_thread(texts_in, served.folder))[0])


def routes(library: Library, database: Database, sign_in: SignIn, prefix: str) -> list[Any]:
    """The routes of the readings, each behind the sign-in."""
    found = readings.routes(library, prefix=prefix + READING)
    closed = {handler: _closed(handler) for _, handler, _ in found}
    shared = {"database": database, "sign_in": sign_in}
    return [
        (under(prefix + READING, "([^/]+)/files"), Files, {**shared, "library": library}),
        *(
            (pattern, closed[handler], {**values, **shared})
            for pattern, handler, values in found
            if pattern != under(prefix + READING, "")  # the service has a first page of its own
        ),
    ]


def _closed(handler: type[Answer]) -> type[Answer]:
    """A handler that does the same for who has signed in."""
    return type(handler.__name__, (OfShelf, handler), {})
