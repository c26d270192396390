"""The phases of a lesson, each of which can be taken back."""

from __future__ import annotations

from typing import Literal, get_args

Phase = Literal["join", "read", "mark", "reveal", "discuss", "revise", "end"]
PHASES: tuple[Phase, ...] = get_args(Phase)
FIRST, SECOND = 1, 2  # the passes


def reached(phase: Phase, asked: Phase) -> bool:
    """Whether a lesson has come to the phase that is asked for, or further."""
    return PHASES.index(phase) >= PHASES.index(asked)
