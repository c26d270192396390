"""The controls of the lens: tags to choose or leave out, how to show them, words to find."""

from __future__ import annotations

from pathlib import Path

from essay_explorer.widgets.module import module
from essay_explorer.widgets.view import View

HERE = Path(__file__).parent
PARTS = (
    *("tag_definition", "tag_chips", "lens_status", "layer_switches"),
    *("concordance", "word_finder", "share_menu", "key_help"),
)


class ThemeFilter(View):
    """The controls of the lens: tags to choose or leave out, how to show them, words to find.

    =====  ====================  ============
    trait  value                 written by
    =====  ====================  ============
    lens   the Lens it looks at  Python, once
    =====  ====================  ============

    >>> from essay_explorer import Lens, ThemeFilter, open_reading
    >>> view = ThemeFilter(Lens(open_reading("her")), layout={"height": "400px"})
    """

    _esm = module(*PARTS, "theme_filter")
    _css = HERE / "theme_filter.css"
