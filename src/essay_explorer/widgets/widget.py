"""What all widgets of this package have in common."""

from __future__ import annotations

from typing import Any, ClassVar

import anywidget


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

    def _send_state(self, _: object, asked: object, __: object) -> None:
        match asked:
            case {"asked": "state", "names": [*names]}:
                self.send({"state": self.get_state([name for name in names if name in self.keys])})
