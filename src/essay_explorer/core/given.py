"""A reading that somebody gave, or a sentence that says what to give instead."""

from __future__ import annotations

from essay_explorer.core.brief import ArgumentTypeError, kind_of
from essay_explorer.core.fault import shown
from essay_explorer.core.reading import Reading


def reading_given(value: object, to: str, *, takes: str = "shows a Reading") -> Reading:
    """The reading that somebody gave to a widget or a function. Raises TypeError for anything else.

    `takes`: what is said of that one.
    """
    if isinstance(value, Reading):
        return value
    made = f"open_reading({shown(value) if isinstance(value, str) else ''})"
    advice = f"{'Open it' if isinstance(value, str) else 'Make one'} first: {made if to.islower() else f'{to}({made})'}"
    message = f"{to} {takes}, and this is {kind_of(value)}. {advice}"
    raise ArgumentTypeError(message)
