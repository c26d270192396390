"""The marks of a reader: what they put into the page, kept where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from essay_explorer.widgets.module import module
from essay_explorer.widgets.widget import Widget

if TYPE_CHECKING:
    from essay_explorer.widgets.lens import Lens


class Marks(Widget):
    """The marks of a reader; it has no view of its own.

    A mark is a dict: `id`, `quote`, `prefix`, `suffix` (only what tells the place of the quote), `tags`, `reason`,
    `creator`, and `created` and `changed`, moments in UTC such as "2026-11-26T08:30:00.123Z". The page keeps marks in
    the reader's browser, by the essay's fingerprint; `observe` hears of each change.

    =======  ======================================================  ============
    trait    value                                                   written by
    =======  ======================================================  ============
    lens     the Lens of the essay                                   Python, once
    marks    the marks that there are, in the order of their making  both
    removed  when those that were removed were, by their ids         both
    others   marks of others, opened beside: id, label, marks        both
    file     where Python keeps them; "" where the browser does      Python
    creator  the name that new marks carry                           both
    task     what is asked for: tags, marks, reasons, due, title,    Python
             blind; {} for nothing
    =======  ======================================================  ============
    """

    shared = ("marks", "removed", "others", "creator")
    _esm = module(
        "bell",
        "anchoring",
        "stretches",
        "choice",
        "mark_steps",
        "mark_set",
        "mark_file",
        "device",
        "keeping",
        "mark_places",
        "mark_store",
        "marking_acts",
        "marks",
    )
    _view_name = traitlets.Unicode(None, allow_none=True).tag(sync=True)  # type: ignore[assignment] # None: no view

    lens = anywidget.WidgetTrait().tag(sync=True)
    marks = traitlets.List(traitlets.Dict()).tag(sync=True)
    removed = traitlets.Dict().tag(sync=True)
    others = traitlets.List(traitlets.Dict()).tag(sync=True)
    file = traitlets.Unicode().tag(sync=True)
    creator = traitlets.Unicode().tag(sync=True)
    task = traitlets.Dict().tag(sync=True)

    def __init__(self, lens: Lens, **state: Any) -> None:  # noqa: ANN401 - any of the traits
        super().__init__(lens=lens, **state)
