"""What a reader marks with: the sheet at the passage, and the bar that says what is kept and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget

from essay_explorer.widgets.marks import Marks, marks_given
from essay_explorer.widgets.module import module, style
from essay_explorer.widgets.view import View

if TYPE_CHECKING:
    from essay_explorer.widgets.lens import Lens


class MarkSheet(View):
    """The sheet at the passage that is marked, and the bar that says what is kept and where.

    =====  =====================  ============
    trait  value                  written by
    =====  =====================  ============
    lens   the Lens it looks at   Python, once
    marks  the Marks it works on  Python, once
    =====  =====================  ============

    >>> from essay_explorer import Lens, Marks, MarkSheet, open_reading
    >>> lens = Lens(open_reading("her"))
    >>> sheet = MarkSheet(lens, Marks(lens))
    """

    _esm = module("mark_questions", "mark_tags", "mark_edges", "mark_bar", "mark_copies", "mark_matches", "mark_sheet")
    _css = style("mark_sheet", "choosing")

    marks = anywidget.WidgetTrait().tag(sync=True)

    def __init__(self, lens: Lens, marks: Marks, **traits: Any) -> None:  # noqa: ANN401 - any of the traits
        super().__init__(lens, marks=marks_given(marks, lens, type(self).__name__), **traits)
