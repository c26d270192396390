"""What becomes of annotations from elsewhere that join a reading of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from essay_explorer.core.move_summary import counts
from essay_explorer.core.reading import Reading
from essay_explorer.exchange import Origin, joined
from essay_explorer.files.limits import bytes_of
from essay_explorer.files.reading_files import changing
from essay_explorer.library.adding import folder_to_change
from essay_explorer.library.summaries import growth

if TYPE_CHECKING:
    import os

    from essay_explorer.anchoring.moves import State
    from essay_explorer.core.fault import Fault


@dataclass(frozen=True, slots=True)
class Imported:
    """A reading that annotations have joined.

    `added`: what it has more of than before, e.g. "2 annotations, 1 tag"; "" for nothing.
    `states`: of the quotes of the file, whether they are "exact", "moved", "changed" or "lost" here.
    `faults`: what of the file was not clear, or has no place here.
    """

    folder: Path
    reading: Reading
    added: str
    states: tuple[State, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def counts(self) -> str:
        """How many quotes are exact, moved, changed and lost; "" where all are exact."""
        return "" if set(self.states) <= {"exact"} else counts(self.states)


def import_annotations(file: str | os.PathLike[str], *, into: str) -> Imported:
    """Add what a file says to a reading of one's own, all of it or nothing.

    `file`: Web Annotations (.jsonld, .json), an export of Hypothesis (.json), an annotations.csv or a
    REFI-QDA codebook (.qdc). `into`: the reading's name or its folder. Nothing that the reading has
    is changed. Raises ReadingError for a file that cannot be read or does not belong to this reading.
    """
    path, folder = Path(file), folder_to_change(into)
    content = bytes_of(path)
    faults: list[Fault] = []
    with changing(folder) as files:
        before = files.texts()
        made = joined(content, before, Origin(path.name), report=faults.append)
        after = made.texts
        reading = Reading.from_texts(after, name=folder.name)
        files.replace(after)
    added = growth(Reading.from_texts(before), reading) if after != before else ""
    return Imported(folder, reading, added, made.states, tuple(faults))
