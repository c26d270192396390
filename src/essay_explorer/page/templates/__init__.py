"""The templates of pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

from essay_explorer.templating import environment

HERE = Path(__file__).parent


def render(name: str, **values: Any) -> Markup:  # noqa: ANN401 - whatever the template shows
    """The HTML of a template, without white space around it; a value that it asks for and does not get is an error."""
    return own(environment(HERE).get_template(f"{name}.html.j2").render(values).strip())


def own(source: str) -> Markup:
    """HTML, CSS or JavaScript that goes into a page as it is: ours, or a notebook's author's."""
    return Markup(source)  # noqa: S704 - no value from outside
