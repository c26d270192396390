"""Homework: what is asked for, how far the reader has come, and the file that is handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget

from essay_explorer.widgets.marks import Marks, marks_given
from essay_explorer.widgets.module import module, style
from essay_explorer.widgets.view import View

if TYPE_CHECKING:
    from essay_explorer.widgets.lens import Lens


class Homework(View):
    """What is asked for, how far the reader has come, and the file that is handed in.

    =====  ==========================  ============
    trait  value                       written by
    =====  ==========================  ============
    lens   the Lens it looks at        Python, once
    marks  the Marks, with their task  Python, once
    =====  ==========================  ============
    """

    _esm = module("checklist", "homework")
    _css = style("homework")

    marks = anywidget.WidgetTrait().tag(sync=True)

    def __init__(self, lens: Lens, marks: Marks, **traits: Any) -> None:  # noqa: ANN401 - any of the traits
        super().__init__(lens, marks=marks_given(marks, lens, type(self).__name__), **traits)
