"""What the values of the core offer and outer packages make: their HTML for notebooks, their tables for pandas.

The core imports none of them. `essay_explorer/__init__.py` says who makes what, and that module is
imported when it is first asked.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_MAKERS: dict[str, str] = {}


def provide(name: str, maker: str) -> None:
    """Let the function `maker`, "package.module:function", make what `name` names."""
    _MAKERS[name] = maker


def provided(name: str, *arguments: object) -> Any:  # noqa: ANN401 - what its maker returns
    """What the maker of `name` makes of the arguments."""
    module, _, function = _MAKERS[name].partition(":")
    return getattr(import_module(module), function)(*arguments)


class Representable:
    """A value that a notebook shows as HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        html: str = provided("html", self)
        return html
