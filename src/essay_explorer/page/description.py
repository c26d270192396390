"""What a notebook says of itself when its last cell has run: how it comes from its kernel to the server."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from essay_explorer.page.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nbformat import NotebookNode

FORM = "application/vnd.essay-explorer.page+json"  # the form of output in which it travels
CHART = "application/vnd.vegalite.v6+json"  # that of a chart, which the page draws


@dataclass(frozen=True, slots=True)
class Shown:
    """The reading on a lens: its name, its folder ("" where it came from none), and the name of its charts' part."""

    name: str
    folder: str
    charts: str


@dataclass(frozen=True, slots=True)
class Description:
    """The widgets of a notebook, and what else its page is made of.

    `readings`: by the names of their lenses. `folders`: of all readings that were opened. `files`: others that were
    read, as paths. `error`: the first that a cell raised, "" when none did. `working`: whether Python goes on by
    itself, in a thread or a task.
    """

    widgets: Snapshot = field(default_factory=Snapshot)
    readings: Mapping[str, Shown] = field(default_factory=dict)
    folders: Sequence[str] = ()
    files: Sequence[str] = ()
    error: str = ""
    working: bool = False

    @classmethod
    def in_outputs(cls, cells: Sequence[NotebookNode]) -> Description | None:
        """The description among what the cells put out; None when the kernel ended before it could give one."""
        for cell in reversed(cells):
            for output in cell.get("outputs", []):
                if FORM in (output.get("data") or {}):
                    return cls.from_json(output["data"][FORM])
        return None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Description:
        """From what `to_json` gave."""
        readings = {name: Shown(**shown) for name, shown in data["readings"].items()}
        return cls(**{**data, "widgets": Snapshot(**data["widgets"]), "readings": readings})

    def to_json(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self)
