"""What stands in the place of a widget until the page draws it: its text, laid out as it will be."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from essay_explorer.page.document import still, still_text
from essay_explorer.page.snapshot import BOXES, references

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from essay_explorer.page.snapshot import Model

    Models = Mapping[str, Model]


def at_rest(models: Models, name: str) -> str:
    """The place of a model, which host.js finds, with what stands there at rest."""
    return _element(models, name, "essay-explorer-view", f' data-model="{escape(name)}"')


def _element(models: Models, name: str, role: str, attributes: str = "") -> str:
    model = models[name]
    classes = [role, *(["essay-explorer-box", model["kind"]] if model["kind"] in BOXES else [])]
    layout = escape("; ".join(f"{key}: {value}" for key, value in model["layout"].items()))
    style = f' style="{layout}"' if layout else ""
    return f'<div class="{" ".join(classes)}"{attributes}{style}>{_inner(models, name)}</div>'


def _inner(models: Models, name: str) -> str:
    model = models[name]
    inside = list(references(model))
    content = next((models[one]["state"]["content"] for one in inside if models[one]["kind"] == "Lens"), None)
    kind, parts = model["kind"], []
    if kind == "Explorer" and content:
        parts = [still(content, framed=model["state"]["frame"] == "notebook")]
    elif kind == "EssayText" and content:
        parts = [still_text(content)]
    elif kind == "Accordion":
        parts = [*_folds(models, model, inside)]
    elif kind in {"Tab", "Stack"}:
        tabs = [_tabs(model, len(inside))] if kind == "Tab" else []
        parts = [*tabs, *_children(models, _chosen(model, inside))]
    elif kind in BOXES:
        parts = [*_children(models, inside)]
    return "".join(parts)


def _children(models: Models, names: Iterable[str]) -> Iterable[str]:
    return (_element(models, name, "essay-explorer-child") for name in names)


def _chosen(model: Model, names: list[str]) -> list[str]:
    """Of several children the one that shows; none where all are folded."""
    at = model["state"]["selected_index"]
    return [] if at is None else names[at : at + 1]


def _title(model: Model, at: int) -> str:
    titles = model["state"]["titles"]
    return escape((titles[at] if at < len(titles) else "") or str(at + 1))


def _tabs(model: Model, count: int) -> str:
    tabs = "".join(f'<button type="button">{_title(model, at)}</button>' for at in range(count))
    return f'<div class="essay-explorer-tabs">{tabs}</div>'


def _folds(models: Models, model: Model, names: list[str]) -> Iterable[str]:
    chosen = _chosen(model, names)
    for at, name in enumerate(names):
        inner = "".join(_children(models, [name] if name in chosen else []))
        yield f"<details{' open' if name in chosen else ''}><summary>{_title(model, at)}</summary>{inner}</details>"
