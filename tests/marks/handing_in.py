"""A class that hands in, for tests."""

from __future__ import annotations

import uuid

from essay_explorer.core.reading import Reading
from essay_explorer.marks.kept import Kept
from essay_explorer.marks.mark import Mark
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.marks.task import Task

TEXT = "Trust is chosen, not proved. Amy said so at the time. Nobody asked her.\n\nPerhaps it was a joke. Who knows? The end.\n"
BOOK = "facets:\n- {id: theme, tags: [{id: trust, label: Trust}, {id: ending, label: The ending}]}\n"
ROWS = "id,quote,theme\na1,Who knows?,ending\na2,Amy said so at the time.,trust\n"
READING = Reading.from_texts({"essay.md": f"---\ntitle: Of *trust*\n---\n{TEXT}", "codebook.yml": BOOK, "annotations.csv": ROWS}, name="trust")  # fmt: skip
THEN = "2026-12-01T10:00:00.000Z"
TASK = Task(2, 1)


def hand_in(person: str, *marks: tuple[str, str, str], at: str = THEN, task: Task = TASK, **rest) -> MarkFile:
    """What a person hands in; a mark is a quote, a tag and a reason."""
    owner = uuid.uuid5(uuid.NAMESPACE_URL, " ".join(person.casefold().split()))
    made = (
        Mark(f"{owner}-{number}", quote, tags=(tag,), reason=reason, created=THEN, changed=THEN)
        for number, (quote, tag, reason) in enumerate(marks)
    )
    return MarkFile(READING.essay.fingerprint, "Of trust", Kept.of(made), person, handed_in=at, task=task, **rest)


CHOSEN = ("Trust is chosen, not proved.", "trust", "It says so.")
KNOWS = ("Who knows?", "ending", "")
JOKE = ("Perhaps it was a joke.", "ending", "=1+1")
