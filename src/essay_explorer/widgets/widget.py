"""What all widgets of this package have in common."""

from __future__ import annotations

from typing import Any, ClassVar

import anywidget

from essay_explorer.core.prose import Prose


class Widget(anywidget.AnyWidget):
    """A widget that tells a page which asks for some of its traits what they are now.

    A page without Jupyter's own front end links its models to a kernel's so; it asks for what it needs
    instead of taking whole states, in which an essay or a script may be.

    `shared`: the traits that a reader changes, which a page tells the kernel. `page`: those that belong to a page and
    say where its parts are, which no kernel knows.
    """

    shared: ClassVar[tuple[str, ...]] = ()
    page: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **traits: Any) -> None:  # noqa: ANN401 - any of the traits
        super().__init__(**traits)
        self.on_msg(self._send_state)

    def __repr__(self) -> str:
        """What stands where no widget can be drawn, such as in a notebook that was not run."""
        reading = getattr(getattr(self, "lens", self), "reading", None)
        if reading is None:
            return super().__repr__()
        shown = " Run this cell to see it." if self._view_name else ""
        return f"{type(self).__name__} of “{Prose.from_inline(reading.essay.title).text}”.{shown}"

    def _send_state(self, _: object, asked: object, __: object) -> None:
        match asked:
            case {"asked": "state", "names": [*names]}:
                self.send({"state": self.get_state([name for name in names if name in self.keys])})
