"""A pupil's seat in a room: joining it, its task, what was sent, and the class once it shows itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anywidget
import traitlets

from essay_explorer.widgets.module import module, style
from essay_explorer.widgets.view import View

if TYPE_CHECKING:
    from essay_explorer.widgets.lens import Lens
    from essay_explorer.widgets.marks import Marks


class Seat(View):
    """A pupil's seat in a room, above the text: it asks the server that made its page, by addresses beside that.

    =====  =====================================  ============
    trait  value                                  written by
    =====  =====================================  ============
    lens   the Lens it looks at                   Python, once
    marks  the Marks that are sent to the room    Python, once
    code   the room's: "LAMP"                     Python, once
    until  the day when the room is forgotten     Python, once
    =====  =====================================  ============
    """

    _esm = module(
        "bell",
        "checklist",
        "seat_link",
        "seat_room",
        "seat_keeper",
        "seat_words",
        "seat_door",
        "seat_hand_in",
        "seat_task",
        "seat_shares",
        "seat_numbers",
        "seat_class",
        "seat_talk",
        "seat_revise",
        "seat",
    )
    _css = style("seat")

    marks = anywidget.WidgetTrait().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)
    until = traitlets.Unicode().tag(sync=True)

    def __init__(self, lens: Lens, marks: Marks, *, code: str, until: str) -> None:
        super().__init__(lens, marks=marks, code=code, until=until)
