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
    """

    _esm = module("passage_body", "passage_card")
    _css = HERE / "passage_card.css"
