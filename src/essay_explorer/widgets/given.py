"""What somebody gave to a widget, or a sentence that says what to give instead."""

from __future__ import annotations

from essay_explorer.core.brief import ArgumentTypeError
from essay_explorer.core.fault import shown
from essay_explorer.core.reading import Reading


def reading_given(value: object, to: str) -> Reading:
    """The reading that somebody gave to a widget. Raises TypeError for anything else."""
    if isinstance(value, Reading):
        return value
    if isinstance(value, str):
        advice = f"Open it first: {to}(open_reading({shown(value)}))"
    else:
        advice = f"Make one first: {to}(open_reading())"
    message = f"{to} shows a Reading, and this is {kind_of(value)}. {advice}"
    raise ArgumentTypeError(message)


def kind_of(value: object) -> str:
    """What a value is, with an article: "a str", "an Explorer", "None"."""
    if value is None:
        return "None"
    name = type(value).__name__
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"
