"""Where the reader's marks and another layer agree, and where they differ."""

from __future__ import annotations

from pathlib import Path

from essay_explorer.widgets.module import module
from essay_explorer.widgets.view import View

HERE = Path(__file__).parent


class Differ(View):
    """Where the reader's marks and another layer agree and where they differ, sentence by sentence.

    =====  ====================  ============
    trait  value                 written by
    =====  ====================  ============
    lens   the Lens it looks at  Python, once
    =====  ====================  ============

    >>> from essay_explorer import Differ, Lens, open_reading
    >>> view = Differ(Lens(open_reading("her")), layout={"height": "400px"})
    """

    _esm = module("differ_sentence", "differ")
    _css = HERE / "differ.css"
