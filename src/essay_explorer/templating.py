"""HTML of our own: Jinja2 templates, in which every value is text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jinja2 import Environment


@cache
def environment(folder: Path, **filters: Callable[..., Any]) -> Environment:
    """The templates in a folder; a value that one asks for and does not get is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - only where HTML is written

    made = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    made.trim_blocks = made.lstrip_blocks = True
    made.filters.update(filters)
    return made
