"""The controls of the lens: tags to choose or leave out, how to show them, words to find."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import anywidget

from essay_explorer.widgets.module import module
from essay_explorer.widgets.widget import Widget

if TYPE_CHECKING:
    from essay_explorer.widgets.lens import Lens

HERE = Path(__file__).parent
PARTS = (
    *("tag_definition", "tag_chips", "lens_status", "layer_switches"),
    *("word_finder", "share_menu", "key_help"),
)


class ThemeFilter(Widget):
    """The controls of the lens: tags to choose or leave out, how to show them, words to find.

    =====  ====================  ============
    trait  value                 written by
    =====  ====================  ============
    lens   the Lens it looks at  Python, once
    =====  ====================  ============
    """

    _esm = module(*PARTS, "theme_filter")
    _css = HERE / "theme_filter.css"

    lens = anywidget.WidgetTrait().tag(sync=True)

    def __init__(self, lens: Lens) -> None:
        super().__init__(lens=lens)
