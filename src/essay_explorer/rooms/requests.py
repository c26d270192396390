"""Requests to a room: who asks, what they send, and what they are refused."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError, TimeoutError  # noqa: A004 - SQLAlchemy's, of its pool

from essay_explorer.core.fault import ReadingError
from essay_explorer.files.plain_json import plain_json
from essay_explorer.rooms import codes, fields
from essay_explorer.rooms.limits import MOST_BODY, TooFastError
from essay_explorer.rooms.refusal import RefusalError, bad
from essay_explorer.rooms.store.refusals import reason_of
from essay_explorer.server.answer import TOO_LONG, Answer
from essay_explorer.server.kept import JSON
from essay_explorer.words import Phrase, speak

if TYPE_CHECKING:
    from types import TracebackType

    from essay_explorer.rooms.lesson import Lesson
    from essay_explorer.rooms.lessons import Lessons

NOTHING = "default-src 'none'; frame-ancestors 'none'"  # what an answer that is no page may load
COOKIE = "essay-explorer-{}"  # the teacher's, for a stream of news, which takes no header
NEVER = "no-store"  # what a browser keeps of an answer
LONGEST_TOKEN = (20, 100)
STRANGER = RefusalError(HTTPStatus.FORBIDDEN, "teacher", Phrase("Only the teacher’s own address opens this."))
ELSEWHERE = RefusalError(HTTPStatus.FORBIDDEN, "elsewhere", Phrase("This came from a page of another site."))
WORDS = {
    HTTPStatus.NOT_FOUND: Phrase("There is nothing at this address."),
    HTTPStatus.METHOD_NOT_ALLOWED: Phrase("This cannot be done here."),
    HTTPStatus.SERVICE_UNAVAILABLE: Phrase(
        "The room does not answer just now. Nothing is lost; try again in a moment."
    ),
}
log = logging.getLogger("essay_explorer.rooms")
FAILED = Phrase("Something went wrong here. Try again in a moment.")


class Request(Answer):
    """A request to a room, answered with JSON."""

    def initialize(self, lessons: Lessons) -> None:
        """The rooms of this server."""
        self.lessons = lessons

    def set_default_headers(self) -> None:
        """The headers of every answer of a room: kept nowhere, and sent on to nobody."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", NOTHING)
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cache-Control", NEVER)

    def prepare(self) -> None:
        """Speak the language of who asks. Refuse what a page of another site sends in their name, or is too long."""
        speak(self.language)
        if self.request.method in {"GET", "HEAD"}:
            return
        if self.is_from_elsewhere:
            raise ELSEWHERE
        if len(self.request.body) > MOST_BODY:
            raise RefusalError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too long", TOO_LONG, most=MOST_BODY)
        if self.request.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
            word = "unreadable"
            raise RefusalError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, word, "Expected JSON.")

    @property
    def sent(self) -> fields.Fields:
        """The object that was sent. Raises RefusalError for anything else."""
        try:
            value = plain_json(self.request.body, "request") if self.request.body else {}
        except ReadingError:
            value = None
        if not isinstance(value, dict):
            sentence = "Expected an object of JSON."
            raise bad(sentence)
        return value

    @property
    def token(self) -> str:
        """The secret that a request brings in its header; "" where there is none."""
        scheme, _, token = self.request.headers.get("Authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    async def lesson(self, code: str) -> Lesson:
        """The lesson that an address names. Raises RefusalError where there is none."""
        return await self.lessons.get(code)

    def answer(self, value: dict[str, Any]) -> None:
        """Send an object of JSON."""
        self.set_header("Content-Type", JSON)
        self.finish(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def send_error(self, status_code: int = 500, **kwargs: Any) -> None:  # noqa: ANN401 - Tornado's signature
        """Answer with the status of a refusal; a store that cannot be reached is one that comes back."""
        _, error, _ = kwargs.get("exc_info", (None, None, None))
        if isinstance(error, DBAPIError | TimeoutError):
            status_code = HTTPStatus.SERVICE_UNAVAILABLE
        super().send_error(error.status if isinstance(error, RefusalError) else status_code, **kwargs)

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ANN401 - Tornado's signature
        """Say what is wrong: a word for programs, a sentence for people."""
        _, error, _ = kwargs.get("exc_info", (None, None, None))
        if isinstance(error, RefusalError):
            if isinstance(error, TooFastError):
                self.set_header("Retry-After", str(int(error.seconds) + 1))
            self.answer({"error": error.word, "words": error.sentence})
            return
        self.answer({"error": "failed", "words": WORDS.get(HTTPStatus(status_code), FAILED).said()})

    def log_exception(
        self, typ: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None
    ) -> None:
        """A line for a fault, and none for a refusal; for a store that does not answer a sentence."""
        if isinstance(value, DBAPIError | TimeoutError):
            log.error("The rooms cannot be read or written: %s. Phones keep what they have", reason_of(value))
        elif not isinstance(value, RefusalError):
            super().log_exception(typ, value, tb)


class TeacherRequest(Request):
    """A request that only the teacher of a room may make."""

    async def lesson(self, code: str) -> Lesson:
        """The lesson, for who has its secret. Raises RefusalError for everybody else, also where there is none."""
        try:
            lesson = await super().lesson(code)
            if not self._opens(lesson):
                lesson = await self.lessons.again(code)
        except RefusalError:
            raise STRANGER from None
        if not self._opens(lesson):
            raise STRANGER
        return lesson

    def _opens(self, lesson: Lesson) -> bool:
        given = self.token or self.get_cookie(COOKIE.format(lesson.code)) or ""
        return any(codes.is_same(given, one) for one in self.secrets_of(lesson))

    def secrets_of(self, lesson: Lesson) -> list[str]:
        """What opens it, each by itself."""
        guest = self.lessons.guests.get(lesson.code)
        return [lesson.state.secret, *([guest] if guest else [])]


def a_token(given: fields.Fields) -> str:
    """The token that a phone has made for its seat. Raises RefusalError for one that could be guessed."""
    token = fields.text(given, "seat", most=LONGEST_TOKEN[1])
    if len(token) < LONGEST_TOKEN[0] or not token.isascii() or len(set(token)) < LONGEST_TOKEN[0] // 2:
        sentence = f"`seat`: expected a random text of {LONGEST_TOKEN[0]} to {LONGEST_TOKEN[1]} signs."
        raise bad(sentence)
    return token
