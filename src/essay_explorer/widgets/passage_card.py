"""The passage in focus: its tags, its note, and its part in the argument."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import anywidget

from essay_explorer.widgets.module import module
from essay_explorer.widgets.widget import Widget

if TYPE_CHECKING:
    from essay_explorer.widgets.lens import Lens

HERE = Path(__file__).parent


class PassageCard(Widget):
    """The passage in focus: its tags, its note, and its part in the argument.

    =====  ====================  ============
    trait  value                 written by
    =====  ====================  ============
    lens   the Lens it looks at  Python, once
    =====  ====================  ============
    """

    _esm = module("passage_body", "passage_card")
    _css = HERE / "passage_card.css"

    lens = anywidget.WidgetTrait().tag(sync=True)

    def __init__(self, lens: Lens) -> None:
        super().__init__(lens=lens)
