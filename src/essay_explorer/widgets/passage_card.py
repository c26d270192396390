"""The passage in focus: its tags, its note, and its part in the argument."""

from __future__ import annotations

from pathlib import Path

from essay_explorer.widgets.module import module
from essay_explorer.widgets.view import View

HERE = Path(__file__).parent


class PassageCard(View):
    """The passage in focus: its tags, its note, and its part in the argument.

    =====  ====================  ============
    trait  value                 written by
    =====  ====================  ============
    lens   the Lens it looks at  Python, once
    =====  ====================  ============

    >>> from essay_explorer import Lens, PassageCard, open_reading
    >>> view = PassageCard(Lens(open_reading("her")), layout={"height": "400px"})
    """

    _esm = module("passage_body", "passage_card")
    _css = HERE / "passage_card.css"
