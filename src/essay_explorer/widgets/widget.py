"""What all widgets of this package have in common."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

import anywidget
import traitlets

from essay_explorer.core.brief import ArgumentTypeError, BriefError
from essay_explorer.core.fault import instead_of
from essay_explorer.core.prose import Prose
from essay_explorer.widgets.module import in_a_host
from essay_explorer.words import ENGLISH, language, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class TraitValueError(BriefError, traitlets.TraitError):
    """A trait cannot have that value."""


class NoSuchTraitError(BriefError, AttributeError):
    """A widget has nothing of that name, so that nothing would follow from setting it."""


class Widget(anywidget.AnyWidget):
    """A widget that takes the traits of every ipywidget, and refuses what it cannot be in one sentence.

    A page without Jupyter's own front end links its models to a kernel's; so it tells what some of its traits are now
    to a page that asks for these, instead of sending whole states, in which an essay or a script may be.

    `shared`: the traits that a reader changes, which a page tells the kernel. `page`: those that belong to a page and
    say where its parts are, which no kernel knows. `host_style`: what its style sheet has more in a host.
    """

    shared: ClassVar[tuple[str, ...]] = ()
    page: ClassVar[tuple[str, ...]] = ()
    host_style: ClassVar[str] = ""
    _esm: Any

    def __init__(self, **traits: Any) -> None:  # noqa: ANN401 - any of the traits
        for name in traits:
            if not self.has_trait(name):
                message = f'{type(self).__name__} takes no "{name}". {instead_of(name, self._names())}'
                raise ArgumentTypeError(message)
        if language() != ENGLISH and "_esm" in dir(self):
            self._esm = spoken(str(self._esm))
        with _in_a_sentence():
            super().__init__(**traits)
        self.on_msg(self._send_state)

    def __repr__(self) -> str:
        """What stands where no widget can be drawn, such as in a notebook that was not run."""
        reading = getattr(getattr(self, "lens", self), "reading", None)
        if reading is None:
            return super().__repr__()
        shown = " Run this cell to see it." if self._view_name else ""
        return f"{type(self).__name__} of “{Prose.from_inline(reading.essay.title).text}”.{shown}"

    def __setattr__(self, name: str, value: object) -> None:
        ours = type(self).__module__.startswith("essay_explorer.")  # what somebody made of one may have more
        if ours and not name.startswith("_") and not hasattr(type(self), name):
            message = f'{type(self).__name__} has no "{name}". {instead_of(name, self._names())}'
            raise NoSuchTraitError(message)
        with _in_a_sentence():
            super().__setattr__(name, value)

    def get_state(self, key: str | Iterable[str] | None = None, drop_defaults: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - ipywidgets' signature
        """What a host is sent: the style sheet holds its own there."""
        state: dict[str, Any] = super().get_state(key, drop_defaults)
        if "_css" in state:
            state["_css"] = in_a_host(state["_css"] + self.host_style)
        return state

    def _names(self) -> list[str]:
        """The traits that one can set, by name."""
        return [name for name in self.class_trait_names(sync=True) if not name.startswith("_")]

    def _send_state(self, _: object, asked: object, __: object) -> None:
        match asked:
            case {"asked": "state", "names": [*names]}:
                self.send({"state": self.get_state([name for name in names if name in self.keys])})


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    """Let a notebook show the sentence of a trait that is refused, and not the way to it."""
    try:
        yield
    except BriefError:
        raise
    except traitlets.TraitError as error:
        raise TraitValueError(str(error)) from error
