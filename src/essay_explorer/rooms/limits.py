"""How much a room takes, and how fast; by phone and by room, never by address, since a school has one."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from essay_explorer.rooms.refusal import RefusalError
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BODY = 65_536  # bytes of a request
MOST_SENT = 50  # marks in a request
MOST_MARKS = 500  # of a phone in a pass, those too that were removed
MOST_REPLIES = 50  # of a phone
MOST_PARTICIPANTS = 1_500  # of a room
REMOVED_BESIDE = 4  # times as many, those among them who were taken out of it
LONGEST_NAME = 40
MOST_PHONES = 50  # of a reader
MOST_ROOMS = 200  # of a course, and of a teacher without one
TOO_MANY, NO_ROOM = "too many", "full"  # words for programs
SLOWLY = Phrase("That was a lot at once. Wait a moment; nothing is lost.")


@dataclass(frozen=True, slots=True)
class Terms:
    """What whoever runs the rooms allows.

    `rooms`: of a course, and of a teacher besides. `readers`: of a room. `open_courses`: whether
    the rooms of a course are for everybody who has their code, not for its members alone.
    """

    rooms: int = MOST_ROOMS
    readers: int = MOST_PARTICIPANTS
    open_courses: bool = False


USUAL = Terms()


@dataclass(slots=True)
class Bucket:
    """So many at once, and so many a second after that."""

    at_once: float
    a_second: float
    now: Callable[[], float]
    left: float = field(init=False)
    seen: float = field(init=False)

    def __post_init__(self) -> None:
        self.left, self.seen = self.at_once, self.now()

    def take(self, count: int = 1) -> float:
        """Take some; 0.0 where there were enough, else the seconds after which there will be, and none is taken."""
        now = self.now()
        self.left = min(self.at_once, self.left + (now - self.seen) * self.a_second)
        self.seen = now
        if self.left < count:
            return (count - self.left) / self.a_second
        self.left -= count
        return 0.0


class Limits:
    """The buckets of a room: joining, wrong return codes, and each phone's requests."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._joins = Bucket(400, 30, now)
        self._codes = Bucket(100, 1, now)
        self._phones: dict[int, Bucket] = {}

    def join(self) -> None:
        """Somebody joins. Raises RefusalError where too many do."""
        _check(self._joins.take())

    def wrong_code(self) -> None:
        """Somebody has tried a return code that is none. A right one is not asked for this: nobody is kept out."""
        _check(self._codes.take())

    def act(self, participant: int, count: int = 1) -> None:
        """A phone sends so many marks or replies. Raises RefusalError where it sends too many."""
        if participant not in self._phones:
            self._phones[participant] = Bucket(200, 10, self._now)
        _check(self._phones[participant].take(count))


class TooFastError(RefusalError):
    """A refusal that says after how many seconds it ends."""

    def __init__(self, seconds: float) -> None:
        super().__init__(HTTPStatus.TOO_MANY_REQUESTS, TOO_MANY, SLOWLY)
        self.seconds = seconds


def _check(seconds: float) -> None:
    if seconds:
        raise TooFastError(seconds)
