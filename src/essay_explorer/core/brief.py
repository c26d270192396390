"""Errors that a notebook shows as a sentence and the line of the cell that it is about."""

from __future__ import annotations

import linecache
import re
from traceback import walk_tb


class BriefError(Exception):
    """An error whose sentence says it all: a notebook shows that and not the code in which the error arose.

    IPython asks an error how it wants to be shown; everywhere else it looks like any other.
    """

    def _render_traceback_(self) -> list[str]:
        lines = [f"{type(self).__name__}: {self}"]
        for frame, number in walk_tb(self.__traceback__):
            code = frame.f_code.co_filename
            if frame.f_globals.get("__name__") == "__main__" and (line := linecache.getline(code, number).strip()):
                return [*lines, f"Line {number} of this cell: {line}"]
        return lines


class ArgumentValueError(BriefError, ValueError):
    """What was given is of the right kind, and nothing that can be meant."""


class ArgumentTypeError(BriefError, TypeError):
    """What was given is of another kind than what was asked for."""


def kind_of(value: object) -> str:
    """What a value is, with an article: "a str", "an Explorer", "None"."""
    if value is None:
        return "None"
    if isinstance(value, re.Pattern) and isinstance(value.pattern, bytes):
        return "one for bytes"
    name = type(value).__name__
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"


class NoSuchPlaceError(BriefError, IndexError):
    """A list is not so long."""


class UnknownIdError(BriefError, KeyError):
    """There is nothing of that id."""

    def __str__(self) -> str:
        return str(self.args[0])
