"""Where the reader's marks and another layer agree, and where they differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import anywidget

from essay_explorer.widgets.module import module
from essay_explorer.widgets.widget import Widget

if TYPE_CHECKING:
    from essay_explorer.widgets.lens import Lens

HERE = Path(__file__).parent


class Differ(Widget):
    """Where the reader's marks and another layer agree and where they differ, sentence by sentence.

    =====  ====================  ============
    trait  value                 written by
    =====  ====================  ============
    lens   the Lens it looks at  Python, once
    =====  ====================  ============
    """

    _esm = module("differ_sentence", "differ")
    _css = HERE / "differ.css"

    lens = anywidget.WidgetTrait().tag(sync=True)

    def __init__(self, lens: Lens) -> None:
        super().__init__(lens=lens)
