"""What stands in the place of a widget until the page draws it: its text, laid out as it will be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from essay_explorer.page.document import still, still_text
from essay_explorer.page.elements import element
from essay_explorer.page.snapshot import BOXES, references

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from essay_explorer.page.elements import Fold
    from essay_explorer.page.snapshot import Model

    Models = Mapping[str, Model]


def at_rest(models: Models, name: str) -> Markup:
    """The place of a model, which host.js finds, with what stands there at rest."""
    return _element(models, name, "essay-explorer-view", model=name)


def _element(models: Models, name: str, role: str, *, model: str = "") -> Markup:
    shown = models[name]
    classes = [role, *(["essay-explorer-box", shown["kind"]] if shown["kind"] in BOXES else [])]
    layout = "; ".join(f"{key}: {value}" for key, value in shown["layout"].items())
    return element(classes, model=model, layout=layout, **_inside(models, shown))


def _inside(models: Models, model: Model) -> dict[str, Any]:
    """What is in the element of a model: arguments of `element`."""
    names, kind = list(references(model)), model["kind"]
    content = next((models[one]["state"]["content"] for one in names if models[one]["kind"] == "Lens"), None)
    if kind == "Explorer" and content:
        return {"within": [still(content, model["state"])]}
    if kind == "EssayText" and content:
        return {"within": [still_text(content)]}
    if kind == "Accordion":
        return {"folds": _folds(models, model, names)}
    shown = _chosen(model, names) if kind in {"Tab", "Stack"} else names if kind in BOXES else []
    tabs = [_title(model, at) for at in range(len(names))] if kind == "Tab" else []
    return {"tabs": tabs, "within": _children(models, shown)}


def _children(models: Models, names: Iterable[str]) -> list[Markup]:
    return [_element(models, name, "essay-explorer-child") for name in names]


def _chosen(model: Model, names: list[str]) -> list[str]:
    """Of several children the one that shows; none where all are folded."""
    at = model["state"]["selected_index"]
    return [] if at is None else names[at : at + 1]


def _title(model: Model, at: int) -> str:
    titles = model["state"]["titles"]
    return (titles[at] if at < len(titles) else "") or str(at + 1)


def _folds(models: Models, model: Model, names: list[str]) -> Iterable[Fold]:
    chosen = _chosen(model, names)
    for at, name in enumerate(names):
        inner = Markup().join(_children(models, [name] if name in chosen else []))
        yield _title(model, at), inner, name in chosen
