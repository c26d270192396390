"""A reading that somebody gave, or a sentence that says what to give instead."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from essay_explorer.core import kinds
from essay_explorer.core.brief import ArgumentTypeError, ArgumentValueError, kind_of
from essay_explorer.core.fault import shown
from essay_explorer.core.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

Options = ParamSpec("Options")
Counted = TypeVar("Counted")


def reading_given(value: object, to: str, *, takes: str = "shows a Reading") -> Reading:
    """The reading that somebody gave to a widget or a function. Raises TypeError for anything else.

    `takes`: what is said of that one.
    """
    if isinstance(value, Reading):
        return value
    theirs = getattr(value, "reading", None)
    if isinstance(theirs, Reading) or (callable(theirs) and not isinstance(value, type)):
        call = "" if isinstance(theirs, Reading) else "()"
        advice = f"Give it the reading of that one: {type(value).__name__.lower()}.reading{call}"
        message = f"{to} {takes}, and this is {kind_of(value)}. {advice}"
        raise ArgumentTypeError(message)
    made = f"open_reading({shown(value) if isinstance(value, str) else ''})"
    advice = f"{'Open it' if isinstance(value, str) else 'Make one'} first: {made if to.islower() else f'{to}({made})'}"
    message = f"{to} {takes}, and this is {kind_of(value)}. {advice}"
    raise ArgumentTypeError(message)


def _check_width(width: Any) -> None:  # noqa: ANN401 - whatever somebody gave
    kinds.check(kinds.WHOLE, width=width)
    if width <= 0:
        message = f"width {width}: expected a number of pixels over 0"
        raise ArgumentValueError(message)


def of_reading(
    counts: Callable[Concatenate[Reading, Options], Counted],
) -> Callable[Concatenate[Reading, Options], Counted]:
    """The same function, which raises TypeError for what is no reading, given by its place or by name."""

    @wraps(counts)
    def checked(*options: Any, **more: Any) -> Counted:  # noqa: ANN401 - those of the function
        for reading in (*options[:1], *([more["reading"]] if "reading" in more else [])):
            reading_given(reading, counts.__name__, takes="takes a reading")
        if "width" in more:
            _check_width(more["width"])
        return counts(*options, **more)

    return cast("Callable[Concatenate[Reading, Options], Counted]", checked)
