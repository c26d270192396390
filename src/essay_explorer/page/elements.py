"""The elements of a page in which the host draws models, and those that hold data for it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from essay_explorer.page.templates import own, render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from markupsafe import Markup

    Fold = tuple[str, Markup, bool]  # its title, what is within it, and whether it is open

END_OF_ELEMENT = re.compile(r"<(?=/script|!--|script)", re.IGNORECASE)


def place(name: str, inner: Markup | str = "") -> Markup:
    """Where the host draws a model; `inner` stands there until it does."""
    return element(["essay-explorer-view"], model=name, within=[inner])


def element(  # noqa: PLR0913 - a box, tabs or an accordion
    classes: Sequence[str],
    *,
    model: str = "",
    layout: str = "",
    tabs: Sequence[str] = (),
    folds: Iterable[Fold] = (),
    within: Iterable[Markup | str] = (),
) -> Markup:
    """What stands in the place of a widget: the titles of its tabs, its folds, and what is within it."""
    inner = {"tabs": tabs, "folds": list(folds), "within": list(within)}
    return render("element", classes=classes, model=model, layout=layout, **inner)


def data_elements(data: Mapping[str, object]) -> Markup:
    """JSON values in elements of these ids."""
    texts = {
        name: own(json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))
        for name, value in data.items()
    }
    return render("scripts", kind="application/json", texts=texts)


def text_elements(scripts: Mapping[str, str]) -> Markup:
    """JavaScript or JSON in elements of these ids, as text that no browser reads before it is asked for.

    No HTML parser takes anything in it for the end of its element, and it means what it meant.
    """
    texts = {name: own(END_OF_ELEMENT.sub(r"\\u003c", script)) for name, script in scripts.items()}
    return render("scripts", kind="text/plain", texts=texts)
