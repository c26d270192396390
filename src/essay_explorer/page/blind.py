"""A reading as those see it who are to mark blind: what somebody may not see is not in what they are sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.core.reading import Reading


def blinded(reading: Reading, tags: Iterable[str] = ()) -> Reading:
    """The essay with its codebook, and nothing that was said of it. `tags`: ids of those that stay; all without any."""
    asked = tuple(tags)
    codebook = reading.codebook.only(asked) if asked else reading.codebook
    return replace(reading, codebook=codebook, annotations=(), relations=(), tour=(), parsing_faults=())
