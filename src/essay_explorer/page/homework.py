"""A page for homework: the essay to mark, the task, and a way to hand in; one file, no server."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from essay_explorer.core.prose import Prose
from essay_explorer.files.whole import write_whole
from essay_explorer.page.blind import blinded
from essay_explorer.page.document import START, STATES, Head, closed, document, explorer_of, page_of
from essay_explorer.page.snapshot import Snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from essay_explorer.core.reading import Reading
    from essay_explorer.marks.task import Task


def write_assignment(reading: Reading, task: Task, to: Path) -> None:
    """Write the page of a task. Raises OSError where it cannot be written."""
    write_whole(to, assignment(reading, task))


def assignment(reading: Reading, task: Task) -> str:
    """A whole HTML file. Where the task is blind, nothing that the reading's own annotations say is in it.

    Nor are other tags than the task's.
    It has no charts, so that it is small enough for a mail, and no files of the reading for `essay-explorer open`.
    """
    shown = blinded(reading, task.tags) if task.blind else reading
    asked = {**replace(task, title=Prose.from_inline(reading.essay.title).text).to_json(), "file": reading.name}
    with explorer_of(shown, charts=False, task=asked) as explorer:
        widgets = Snapshot.of([explorer])
    content = widgets.models["Lens"]["state"]["content"]
    content |= {"faults": [], "homework": True}
    main = page_of(widgets)
    return closed(document(Head.of(reading.essay), main, widgets, {}, STATES, START))
