"""The templates of pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from essay_explorer.templating import environment

HERE = Path(__file__).parent


def render(name: str, **values: Any) -> str:  # noqa: ANN401 - whatever the template shows
    """The HTML of a template; a value that it asks for and does not get is an error."""
    return environment(HERE).get_template(f"{name}.html.j2").render(values)
