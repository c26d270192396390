"""A reading in a line of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.fault import ReadingError, counted
from essay_explorer.core.prose import Prose
from essay_explorer.library.opening import open_quietly

if TYPE_CHECKING:
    from pathlib import Path

    from essay_explorer.core.reading import Reading


def describe(folder: Path) -> str:
    """What the reading in a folder holds: title, passages, faults; or why it cannot be opened."""
    try:
        reading = open_quietly(folder)
    except ReadingError as error:
        return f"cannot be opened: {next((fault for fault in error.faults if fault.file == ESSAY), error)}"
    return summary(reading)


def summary(reading: Reading) -> str:
    """What a reading holds: title, passages, faults."""
    faults = counted(len(reading.faults), "fault") if reading.faults else "no faults"
    title = Prose.from_inline(reading.essay.title).text
    return f"“{title}”, {counted(len(reading.passages()), 'passage')}, {faults}"


def additions(before: Reading, after: Reading) -> str:
    """What a reading has more of than before: "2 annotations, 1 tag"; "" for nothing."""
    numbers = {
        "annotation": len(after.annotations) - len(before.annotations),
        "relation": len(after.relations) - len(before.relations),
        "facet": len(after.codebook.facets) - len(before.codebook.facets),
        "tag": len(after.codebook.tags) - len(before.codebook.tags),
    }
    return ", ".join(counted(number, noun) for noun, number in numbers.items() if number)
