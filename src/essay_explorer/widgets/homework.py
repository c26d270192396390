"""Homework: what is asked for, how far the reader has come, and the file that is handed in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import anywidget

from essay_explorer.widgets.widget import Widget

if TYPE_CHECKING:
    from essay_explorer.widgets.lens import Lens
    from essay_explorer.widgets.marks import Marks

HERE = Path(__file__).parent


class Homework(Widget):
    """What is asked for, how far the reader has come, and the file that is handed in.

    =====  ==========================  ============
    trait  value                       written by
    =====  ==========================  ============
    lens   the Lens it looks at        Python, once
    marks  the Marks, with their task  Python, once
    =====  ==========================  ============
    """

    _esm = HERE / "homework.js"
    _css = HERE / "homework.css"

    lens = anywidget.WidgetTrait().tag(sync=True)
    marks = anywidget.WidgetTrait().tag(sync=True)

    def __init__(self, lens: Lens, marks: Marks) -> None:
        super().__init__(lens=lens, marks=marks)
