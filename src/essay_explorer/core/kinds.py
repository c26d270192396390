"""Kinds of arguments: what is of another one ends in a sentence, where it was given, and not somewhere below."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from operator import index
from typing import TYPE_CHECKING, Any, NamedTuple

from essay_explorer.core.brief import ArgumentTypeError, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import DataclassInstance

# The type of a field of a frozen value, as it is written.
TYPE = re.compile(r"(?:tuple\[(?P<of>\w+), \.\.\.\]|(?P<one>\w+)(?:\[.*\])?)")


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


def check_fields(value: DataclassInstance) -> None:
    """Raise TypeError for the first field of a frozen value that is not what it says; a list becomes a tuple."""
    for name, of, several in _typed(type(value)):
        given = getattr(value, name)
        if several and type(given) is list:
            given = tuple(given)
            object.__setattr__(value, name, given)
        if several and type(given) is not tuple:
            message = f"{name}: expected a list of {_plural(of)}, and this is {kind_of(given)}"
            raise ArgumentTypeError(message)
        for one in given if several else (given,):
            if type(one).__name__ != of and not _is_a(one, of):
                what = f"a list of {_plural(of)}" if several else NAMED.get(of) or f"a {of}"
                where = f"a list with {kind_of(one)} in it" if several else kind_of(one)
                message = f"{name}: expected {what}, and this is {where}"
                raise ArgumentTypeError(message)


@lru_cache
def _typed(of: type[DataclassInstance]) -> tuple[tuple[str, str, bool], ...]:
    """The fields that one gives, each with its type and whether it has several of that."""
    found = [(field.name, TYPE.fullmatch(str(field.type))) for field in fields(of) if field.init]
    return tuple((name, type_["of"] or type_["one"], bool(type_["of"])) for name, type_ in found if type_)


def _is_a(value: object, of: str) -> bool:
    return _is_whole(value) if of == "int" else any(base.__name__ == of for base in type(value).__mro__)


def _plural(of: str) -> str:
    return {"str": "texts"}.get(of, f"{of}s")


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


NAMED = {"str": "text", "int": "a whole number", "Essay": "an Essay"}
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
COLOURS = Kind(
    'two colours, such as ("#7a1f3d", "#f5b7c8"), for light and for dark pages',
    lambda value: value is None or (isinstance(value, tuple) and len(value) == 2 and _are_texts(value)),  # noqa: PLR2004
)
WHOLE = Kind("a whole number", _is_whole)
PLACE = Kind("a whole number or a slice", lambda value: isinstance(value, slice) or _is_whole(value))
ID_OR_PLACE = Kind(f"{ID.words}, or {PLACE.words}", PLACE.fits)
QUERY = Kind("words or a regular expression", lambda value: _is_text(getattr(value, "pattern", value)))
PATH = Kind("a name or a path", lambda value: isinstance(value, str | os.PathLike))
FRAME = Kind("a pandas frame", lambda value: hasattr(value, "columns") and hasattr(value, "iloc"))
YES_OR_NO = Kind("True or False", lambda value: type(value).__name__ in {"bool", "bool_"})  # NumPy has its own
PLACE_TO_EDIT = Kind("True, or the folder of the reading", lambda value: YES_OR_NO.fits(value) or PATH.fits(value))
TASK = Kind("what is asked for, by names", lambda value: value is None or isinstance(value, Mapping))
SEVERAL = Kind("a list", lambda value: isinstance(value, Iterable))
FILES = Kind("the texts of files by their names", lambda value: isinstance(value, Mapping))
