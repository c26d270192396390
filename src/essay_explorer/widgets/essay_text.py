"""The essay with the lines of the chosen tags under its passages, and a strip beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import anywidget

from essay_explorer.widgets.module import module
from essay_explorer.widgets.widget import Widget

if TYPE_CHECKING:
    from essay_explorer.widgets.choosing import Choosing
    from essay_explorer.widgets.lens import Lens
    from essay_explorer.widgets.marks import Marks

HERE = Path(__file__).parent


class EssayText(Widget):
    """The essay with the lines of the chosen tags under its passages, and a strip beside it.

    =====  ======================================================  ============
    trait  value                                                   written by
    =====  ======================================================  ============
    lens   the Lens it looks at                                    Python, once
    marks  the Marks that are made, an author's Choosing, or null  Python, once
    =====  ======================================================  ============
    """

    _esm = module(
        *("block", "lines", "paragraph", "article", "strip", "margin_notes", "stops", "difference_signs", "ending"),
        *("essay_head", "text_places", "marking_keys", "marking", "essay_text"),
    )
    _css = HERE / "essay_text.css"

    lens = anywidget.WidgetTrait().tag(sync=True)
    marks = anywidget.WidgetTrait().tag(sync=True)

    def __init__(self, lens: Lens, marks: Marks | Choosing | None = None) -> None:
        super().__init__(lens=lens, marks=marks)
