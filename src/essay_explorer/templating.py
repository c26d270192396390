"""HTML of our own: Jinja2 templates, in which every value is text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from essay_explorer.words import direction, language, say, say_n

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
    made.globals.update(say=say, say_n=say_n, around=around, language=language, direction=direction)
    return made


def around(english: str, /, **values: Any) -> Any:  # noqa: ANN401 - HTML, which Jinja2 has escaped or made
    """A text in the reader's language, with HTML in its {holes}."""
    from markupsafe import Markup  # noqa: PLC0415 - only where HTML is written

    return Markup(say(english)).format(**values)  # noqa: S704 - the text is ours, and what is filled in is escaped
