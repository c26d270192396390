"""The tour: the stop that the reader has come to, its remark, and the way on."""

from __future__ import annotations

from pathlib import Path

from essay_explorer.widgets.module import module
from essay_explorer.widgets.view import View

HERE = Path(__file__).parent


class Tour(View):
    """The stop of the tour that the reader has come to, its remark, and the way on and back.

    =====  ====================  ============
    trait  value                 written by
    =====  ====================  ============
    lens   the Lens it looks at  Python, once
    =====  ====================  ============

    >>> from essay_explorer import Lens, Tour, open_reading
    >>> view = Tour(Lens(open_reading("her")), layout={"height": "400px"})
    """

    _esm = module("begin_tour", "tour")
    _css = HERE / "tour.css"
