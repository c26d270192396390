"""A view of a lens: what a notebook shows of it also where no kernel runs, and what it is made of."""

from __future__ import annotations

from typing import Any, ClassVar

import anywidget
import traitlets

from essay_explorer.core.brief import ArgumentTypeError, ArgumentValueError, kind_of
from essay_explorer.core.prose import Prose
from essay_explorer.core.reading import Reading
from essay_explorer.library.editing.asking import is_served
from essay_explorer.widgets.lens import Lens
from essay_explorer.widgets.widget import Widget

VIEW = "application/vnd.jupyter.widget-view+json"


class View(Widget):
    """A widget that looks at a lens.

    `seen`: what its lens sees, as a page tells that is asked for the value of each view (marimo's); {} elsewhere.
    `shows_text`: whether a host that runs no widgets shows the essay in its place.
    """

    shows_text: ClassVar[bool] = False

    lens = anywidget.WidgetTrait().tag(sync=True)
    seen = traitlets.Dict().tag(sync=True)

    def __init__(self, lens: Lens, **traits: Any) -> None:  # noqa: ANN401 - any of the traits
        super().__init__(lens=lens_given(lens, type(self).__name__), **traits)

    def __repr__(self) -> str:
        essay = self.lens.reading.essay
        title = Prose.from_inline(essay.title).text
        what_to_do = f"Run this cell to {'explore' if self.shows_text else 'use'} it"
        return f"{'. '.join(filter(None, (f'{type(self).__name__} of “{title}”', essay.credit, what_to_do)))}."

    def _repr_mimebundle_(self, **asked: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:  # noqa: ANN401 - IPython's
        made = super()._repr_mimebundle_(**asked)
        if made and not is_served():  # a reader's page shows the widget itself
            from essay_explorer.representations.html import html_of_view  # noqa: PLC0415 - templates, for a notebook only

            made[0]["text/html"] = html_of_view(self.lens.reading, type(self).__name__, with_text=self.shows_text)
        return made


def lens_given(value: object, to: str, before: str = "") -> Lens:
    """The lens that somebody gave to a view, `before` it what the view takes first. Raises TypeError for all else."""
    if isinstance(value, Lens):
        check_open(value, "Lens(reading)")
        return value
    if isinstance(value, View):
        advice = f"Give it the lens of that view: {to}({before}view.lens)"
    elif isinstance(value, Reading):
        advice = f"Make one for the reading: {to}({before}Lens(reading))"
    else:
        advice = f"Make one first: {to}({before}Lens(open_reading()))"
    message = f"{to} looks at a Lens, and this is {kind_of(value)}. {advice}"
    raise ArgumentTypeError(message)


def check_open(widget: Widget, again: str) -> None:
    """Raise ValueError for a widget that was closed, which no other can refer to. `again`: how to make a new one."""
    if widget.comm is None:
        name = type(widget).__name__
        message = f"{name}: this one was closed, as Widget.close_all() does with all. Make a new one: {again}"
        raise ArgumentValueError(message)
