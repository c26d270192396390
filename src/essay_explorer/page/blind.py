"""A reading as those see it who are to mark blind: what somebody may not see is not in what they are sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from essay_explorer.core.reading import Reading


def blinded(reading: Reading) -> Reading:
    """The essay with its codebook, and nothing that was said of it."""
    return replace(reading, annotations=(), relations=(), tour=(), parsing_faults=())
