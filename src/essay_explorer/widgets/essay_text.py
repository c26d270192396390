"""The essay with the lines of the chosen tags under its passages, and a strip beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget

from essay_explorer.widgets.marks import Marks, marks_given
from essay_explorer.widgets.module import module
from essay_explorer.widgets.view import View

if TYPE_CHECKING:
    from essay_explorer.widgets.choosing import Choosing
    from essay_explorer.widgets.lens import Lens

HERE = Path(__file__).parent


class EssayText(View):
    """The essay with the lines of the chosen tags under its passages, and a strip beside it.

    =====  ======================================================  ============
    trait  value                                                   written by
    =====  ======================================================  ============
    lens   the Lens it looks at                                    Python, once
    marks  the Marks that are made, an author's Choosing, or null  Python, once
    =====  ======================================================  ============

    >>> from essay_explorer import EssayText, Lens, open_reading
    >>> view = EssayText(Lens(open_reading("her")), layout={"height": "400px"})
    """

    shows_text = True
    _esm = module(
        *("block", "lines", "paragraph", "article", "strip", "margin_notes", "stops"),
        *("difference_signs", "begin_tour", "ending"),
        *("essay_head", "text_places", "marking_keys", "marking", "reading_place"),
        *("essay_focus", "essay_hits", "essay_text"),
    )
    _css = HERE / "essay_text.css"

    marks = anywidget.WidgetTrait().tag(sync=True)

    def __init__(self, lens: Lens, marks: Marks | Choosing | None = None, **traits: Any) -> None:  # noqa: ANN401 - any
        super().__init__(lens, marks=marks if marks is None else marks_given(marks, lens, "EssayText"), **traits)
