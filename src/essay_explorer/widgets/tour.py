"""The tour: the stop that the reader has come to, its remark, and the way on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import anywidget

from essay_explorer.widgets.widget import Widget

if TYPE_CHECKING:
    from essay_explorer.widgets.lens import Lens

HERE = Path(__file__).parent


class Tour(Widget):
    """The stop of the tour that the reader has come to, its remark, and the way on and back.

    =====  ====================  ============
    trait  value                 written by
    =====  ====================  ============
    lens   the Lens it looks at  Python, once
    =====  ====================  ============
    """

    _esm = HERE / "tour.js"
    _css = HERE / "tour.css"

    lens = anywidget.WidgetTrait().tag(sync=True)

    def __init__(self, lens: Lens) -> None:
        super().__init__(lens=lens)
