"""Kinds of arguments: what is of another one ends in a sentence, where it was given, and not somewhere below."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from operator import index
from typing import TYPE_CHECKING, Any, NamedTuple

from essay_explorer.core.brief import ArgumentTypeError, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable


class Kind(NamedTuple):
    """A kind of argument. `words`: as a sentence names it; `fits`: whether a value is of it."""

    words: str
    fits: Callable[[Any], bool]


def check(kind: Kind, /, **values: object) -> None:
    """Raise TypeError for the first of these arguments, by name, that is of another kind."""
    for name, value in values.items():
        if not kind.fits(value):
            inside = value if isinstance(value, list | tuple | set | frozenset) else ()
            other = next((f" with {kind_of(one)} in it" for one in inside if not isinstance(one, str)), "")
            message = f"{name}: expected {kind.words}, and this is {kind_of(value)}{other}"
            raise ArgumentTypeError(message)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_whole(value: Any) -> bool:  # noqa: ANN401 - whatever somebody gave
    """Also a number of NumPy's; an array of them says that it is one and is none, and so does yes or no."""
    if isinstance(value, bool):
        return False
    try:
        index(value)
    except TypeError:
        return False
    return True


def _are_texts(value: object) -> bool:
    """An iterator is not asked for what it has, since it gives that once."""
    if isinstance(value, list | tuple | set | frozenset):
        return all(isinstance(one, str) for one in value)
    return isinstance(value, str) or (isinstance(value, Iterable) and not isinstance(value, bytes | Mapping))


TEXT = Kind("text", _is_text)
TEXTS = Kind("text, or a list of texts", _are_texts)
ID = Kind('an id, such as "a1"', _is_text)
NAME = Kind('a name, such as "my-essay"', _is_text)
TABLE = Kind('the name of a table, such as "annotations"', _is_text)
FACET = Kind('the id of a facet, such as "theme"', _is_text)
TAGS = Kind("the id of a tag, or a list of ids", _are_texts)
WORDS = Kind("a list of words", lambda value: value is None or (_are_texts(value) and not _is_text(value)))
COLOUR = Kind(
    'a colour, such as "#7a1f3d", or two, for light and for dark pages',
    lambda value: value is None or _are_texts(value),
)
WHOLE = Kind("a whole number", _is_whole)
PLACE = Kind("a whole number or a slice", lambda value: isinstance(value, slice) or _is_whole(value))
ID_OR_PLACE = Kind(f"{ID.words}, or {PLACE.words}", PLACE.fits)
QUERY = Kind("words or a regular expression", lambda value: _is_text(getattr(value, "pattern", value)))
PATH = Kind("a name or a path", lambda value: isinstance(value, str | os.PathLike))
FRAME = Kind("a pandas frame", lambda value: hasattr(value, "columns") and hasattr(value, "iloc"))
YES_OR_NO = Kind("True or False", lambda value: type(value).__name__ in {"bool", "bool_"})  # NumPy has its own
TASK = Kind("what is asked for, by names", lambda value: value is None or isinstance(value, Mapping))
SEVERAL = Kind("a list", lambda value: isinstance(value, Iterable))
FILES = Kind("the texts of files by their names", lambda value: isinstance(value, Mapping))
