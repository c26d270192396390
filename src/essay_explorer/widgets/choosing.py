"""What an author chooses in the text, to make a passage of it or to change one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anywidget
import traitlets

from essay_explorer.widgets.module import module
from essay_explorer.widgets.widget import Widget

if TYPE_CHECKING:
    from essay_explorer.widgets.lens import Lens


class Choosing(Widget):
    """What an author chooses in the text, sentence by sentence; it has no view of its own.

    =====  ====================  ============
    trait  value                 written by
    =====  ====================  ============
    lens   the Lens of the text  Python, once
    =====  ====================  ============
    """

    _esm = module("bell", "anchoring", "stretches", "choice", "mark_places", "choosing_acts", "choosing")
    _view_name = traitlets.Unicode(None, allow_none=True).tag(sync=True)  # type: ignore[assignment] # None: no view

    lens = anywidget.WidgetTrait().tag(sync=True)

    def __init__(self, lens: Lens) -> None:
        super().__init__(lens=lens)
