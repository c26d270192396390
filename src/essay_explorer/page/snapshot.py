"""The widgets that a notebook shows, as plain JSON from which a page can draw them without Jupyter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

import ipywidgets
from ipywidgets.widgets.widget_link import Link
from traitlets import ObserveHandler

from essay_explorer.page.module import is_standalone
from essay_explorer.widgets.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INNER = ("essay_explorer.widgets.", "ipywidgets.widgets.widget_templates")  # modules whose widgets listen to themselves
REFERENCE = "anywidget:"  # how the state of a widget names another: this and the name of its model
LIVE = "Live"  # the kind of a widget that needs Jupyter's front end and a kernel
STOCK = "@jupyter-widgets/controls"  # the front-end module of the widgets that boxes.js knows
BOXES: dict[str, tuple[str, ...]] = {  # those, by kind, and the traits that a reader changes
    "Tab": ("selected_index",),
    "Accordion": ("selected_index",),
    "Stack": ("selected_index",),
    "GridBox": (),
    "VBox": (),
    "HBox": (),
    "Box": (),
    "Label": (),
    "HTML": (),
}
BOX_TRAITS = ("children", "titles", "selected_index", "value", "description")
LINKS = ("Link", "DirectionalLink")  # kinds of widgets that nobody draws: two traits that go together
NOT_OURS = {"layout", "tabbable", "tooltip", "seen"}  # what ipywidgets and other hosts want, and no view reads


class Model(TypedDict):
    """A widget as the page knows it.

    `kind`: the module that draws it. `state`: its traits. `refers`: the names of those in which other widgets stand.
    `shared`: of those that a reader changes and a kernel is told of. `page`: of those that belong to the page and no
    kernel knows. `layout`: what its author set of it, as CSS.
    """

    kind: str
    state: dict[str, Any]
    refers: list[str]
    shared: list[str]
    page: list[str]
    layout: dict[str, str]


def references(model: Model) -> Iterator[str]:
    """The names of the models that a model refers to, in the order of its traits."""
    for trait in model["refers"]:
        value = model["state"][trait]
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and one.startswith(REFERENCE):
                yield one.removeprefix(REFERENCE)


@dataclass(frozen=True)
class Snapshot:
    """Widgets by name, in the order in which they were met, children first.

    `modules` and `styles`: JavaScript and CSS by the kind of model. `names`: those of the models by their ids in
    Jupyter. `watched`: the names of the models that Python listens to, so that a kernel has something to do.
    """

    models: dict[str, Model] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    watched: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, widgets: Iterable[ipywidgets.Widget]) -> Snapshot:
        """The snapshot of these widgets and of all that they show or refer to."""
        made = cls()
        for widget in widgets:
            made._add(widget)
        return made

    def _add(self, widget: ipywidgets.Widget) -> str:
        """Take a widget in, after those that it refers to; its name."""
        if widget.model_id in self.names:
            return self.names[widget.model_id]
        kind, traits, shared = _kind(widget)
        values = {trait: getattr(widget, trait) for trait in traits}
        state = {trait: self._value(value) for trait, value in values.items()}
        refers = [trait for trait, value in values.items() if _has_widgets(value)]
        alike = sum(model["kind"] == kind for model in self.models.values())
        name = kind if not alike else f"{kind}{alike + 1}"
        self.names[widget.model_id] = name
        page = list(widget.page) if isinstance(widget, Widget) and kind != LIVE else []
        self.models[name] = Model(
            kind=kind, state=state, refers=refers, shared=list(shared), page=page, layout=_layout(widget)
        )
        if kind not in {LIVE, *BOXES, *LINKS}:
            self.modules[kind] = str(widget._esm)  # noqa: SLF001 - anywidget's own name
            self.styles[kind] = str(getattr(widget, "_css", ""))
        if kind != LIVE and _is_watched(widget):
            self.watched.append(name)
        return name

    def _value(self, value: Any) -> Any:  # noqa: ANN401 - of any trait
        """A trait's value as JSON; widgets in it become references."""
        if isinstance(value, ipywidgets.Widget):
            return f"{REFERENCE}{self._add(value)}"
        if isinstance(value, list | tuple):
            return [self._value(one) for one in value]
        return value


def _kind(widget: ipywidgets.Widget) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What draws a widget, the traits that it needs for that, and those shared with a kernel's."""
    if isinstance(widget, Widget) and is_standalone(str(widget._esm)):  # noqa: SLF001 - anywidget's own name
        traits = tuple(name for name in widget.keys if not name.startswith("_") and name not in NOT_OURS)
        return type(widget).__name__, traits, widget.shared
    if isinstance(widget, Link):
        return type(widget).__name__, ("source", "target"), ()
    kind = str(getattr(widget, "_view_name", "")).removesuffix("View")
    if kind in BOXES and getattr(widget, "_view_module", "") == STOCK:
        return kind, tuple(name for name in BOX_TRAITS if widget.has_trait(name)), BOXES[kind]
    return LIVE, (), ()


def _has_widgets(value: object) -> bool:
    some = value if isinstance(value, list | tuple) else [value]
    return any(isinstance(one, ipywidgets.Widget) for one in some)


def _layout(widget: ipywidgets.Widget) -> dict[str, str]:
    """What the author set of a widget's layout, as CSS."""
    layout = getattr(widget, "layout", None)
    if not isinstance(layout, ipywidgets.Layout):
        return {}
    set_by_author = {name: getattr(layout, name) for name in layout.keys if not name.startswith("_")}
    return {name.replace("_", "-"): str(value) for name, value in set_by_author.items() if value is not None}


def _is_watched(widget: ipywidgets.Widget) -> bool:
    """Whether somebody else than the widgets' own classes listens to a widget: observe, link, on_msg."""
    return any(not _is_inner(listener) for listener in _listeners(widget))


def _listeners(widget: ipywidgets.Widget) -> Iterator[Any]:
    for kinds in widget._trait_notifiers.values():  # noqa: SLF001 - traitlets tells it in no other way
        for listeners in kinds.values():
            yield from listeners
    yield from widget._msg_callbacks.callbacks  # noqa: SLF001 - nor does ipywidgets


def _is_inner(listener: Any) -> bool:  # noqa: ANN401 - anything that can be called
    own = getattr(listener, "__module__", None) or ""
    return isinstance(listener, ObserveHandler) or own.startswith(INNER)
