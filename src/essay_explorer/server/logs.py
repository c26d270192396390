"""The server's log: a line a record on standard error, and no more than a few of a kind in a minute."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from essay_explorer.core.fault import CONTROLS

if TYPE_CHECKING:
    from collections.abc import Callable

OF_A_KIND = 60  # lines in a minute; a file with more faults than this says so once
MINUTE = 60.0
KINDS = 1000  # that are counted at once


def set_up(level: str, *, json: bool = False) -> None:
    """Write records of a level and above to standard error. `json`: each as an object, for programs."""
    handler = logging.StreamHandler()
    handler.setFormatter(as_json() if json else OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Measure())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.captureWarnings(capture=True)


class OneLine(logging.Formatter):
    """A record on one line; of a fault only what it is and where it happened, unless everything is asked for."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        if logging.getLogger().level <= logging.DEBUG:
            return super().format(record)
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record)
        line = self.formatMessage(record)
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            line = f"{line}: {type(error).__name__}: {error}{place_of(error)}"
        return CONTROLS.sub("\ufffd", " ".join(line.split()))


def as_json() -> logging.Formatter:
    """A record as an object of JSON on one line: when, how bad, who says what; of a request its parts as well."""
    from pythonjsonlogger.json import JsonFormatter  # noqa: PLC0415 - for a server whose log programs read

    class AsJson(JsonFormatter):
        def formatException(self, ei: Any) -> str:  # noqa: N802, ANN401 - the standard library's name and values
            return f"{type(ei[1]).__name__}: {ei[1]}{place_of(ei[1])}"

    names = {"levelname": "level", "name": "logger", "exc_info": "fault"}
    return AsJson(("levelname", "name", "process", "message"), rename_fields=names, timestamp="time")


def place_of(error: BaseException) -> str:
    """Where an error was raised, in brackets."""
    where = error.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    return f" ({where.tb_frame.f_code.co_filename}:{where.tb_lineno})" if where else ""


class Measure(logging.Filter):
    """Lets so many faults of a kind through in a minute, and then says how many it kept back.

    A kind is a place in the code: a thousand readers with the same trouble are one kind. What is no fault passes, such
    as the line of each request, which somebody asked for.
    """

    def __init__(self, most: int = OF_A_KIND, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._most, self._clock = most, clock
        self._seen: dict[tuple[str, str, int], list[float]] = {}  # the minute's start, and how many

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it may pass; the first of a new minute tells of those before it."""
        if record.levelno < logging.WARNING:
            return True
        kind, now = (record.name, record.pathname, record.lineno), self._clock()
        start, count = self._seen.get(kind, (now, 0))
        kept_back = 0
        if now - start >= MINUTE:
            kept_back, start, count = max(0, int(count) - self._most), now, 0
        if len(self._seen) > KINDS:
            self._seen.clear()
        self._seen[kind] = [start, count + 1]
        if kept_back:
            record.msg, record.args = f"{record.getMessage()} (and {kept_back} more of this kind)", None
        if count + 1 == self._most:
            record.msg, record.args = f"{record.getMessage()} (more of this kind are counted, not shown)", None
        return count < self._most
