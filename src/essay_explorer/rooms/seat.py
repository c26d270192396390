"""A seat in a room of a hub's service, taken from Python with the hub's sign-in: the same as on that person's phone."""

from __future__ import annotations

import json
import os
import secrets
import uuid
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from essay_explorer.core.fault import ReadingError
from essay_explorer.marks.mark import Mark, moment

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVICE, TOKEN = "ESSAY_EXPLORER_SERVICE", "JUPYTERHUB_API_TOKEN"
PATIENCE = 20  # seconds for an answer
WORDS = {
    HTTPStatus.NOT_FOUND: "There is no such room here. Ask for its code again.",
    HTTPStatus.FORBIDDEN: "The hub does not let servers use its rooms. Its config has to: essay-explorer hub init",
}


class Seat:
    """Somebody's seat in a room: what they marked on any device, and more marks from Python. Made by `Room.join`."""

    def __init__(self, service: str, token: str, code: str) -> None:
        """Take it. Raises ReadingError where the hub or the room refuses."""
        self._room = f"{service}room/{code}/"
        self._bearer = f"Bearer {secrets.token_urlsafe(24)}"
        taken = _answer(f"{service}seat/{code}", f"token {token}", {})
        key = self._bearer.removeprefix("Bearer ")
        own = self._ask("return", {"seat": key, "code": taken["return_code"]})
        self.code, self.name, self.task = code, own["you"]["name"], own["room"]["words"]

    @classmethod
    def taken(cls, code: str, environ: Mapping[str, str] = os.environ) -> Seat:
        """The seat in the room of a code, or of a return code, with the sign-in of this server."""
        service, token = environ.get(SERVICE), environ.get(TOKEN)
        if not service or not token:
            message = (
                "Room.join takes a seat with the sign-in of a hub, from a notebook that runs there. "
                "Elsewhere open the room's address in a browser"
            )
            raise ReadingError(message)
        return cls(service, token, code.strip().partition("-")[0].upper())

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What they have marked so far, on whichever device."""
        return tuple(Mark.from_json({**one, "creator": self.name}) for one in self._ask("mine")["marks"])

    def mark(self, quote: str, *tags: str, reason: str = "", prefix: str = "", suffix: str = "") -> Mark:
        """Mark words of the text with tags, and say why. `prefix`, `suffix`: where the words stand more than once.

        Raises ReadingError with what the room says: words that are not in the text, a phase in which nobody marks.
        """
        now = moment(datetime.now(UTC).isoformat())
        made = Mark(str(uuid.uuid4()), quote, prefix, suffix, tags, reason, self.name, now, now)
        answer = self._ask("marks", {"marks": [made.to_json()]})
        if answer["refused"]:
            raise ReadingError(answer["refused"][0]["words"])
        return made

    def hand_in(self) -> None:
        """Hand in what is marked; it can be changed until the reveal."""
        self._ask("hand-in", {})

    def __repr__(self) -> str:
        return f"<Seat of {self.name} in room {self.code}: {self.task}>"

    def _ask(self, path: str, sent: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        return _answer(self._room + path, self._bearer, sent)


def _answer(address: str, authorization: str, sent: Mapping[str, Any] | None) -> Any:  # noqa: ANN401 - JSON
    """What the service says. Raises ReadingError where it refuses, or does not answer."""
    body = None if sent is None else json.dumps(sent).encode()
    headers = {"Authorization": authorization, "Content-Type": "application/json"}
    try:
        with urlopen(Request(address, body, headers), timeout=PATIENCE) as answer:  # noqa: S310 - the hub's own address
            return json.load(answer)
    except HTTPError as error:
        raise ReadingError(_words_of(error)) from None
    except URLError as error:
        message = f"The rooms of the hub do not answer ({error.reason}). Try again in a moment"
        raise ReadingError(message) from error


def _words_of(error: HTTPError) -> str:
    try:
        return str(json.load(error)["words"])
    except (ValueError, KeyError, TypeError):
        return WORDS.get(HTTPStatus(error.code), f"The room answered {error.code}. Try again in a moment.")
