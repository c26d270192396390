"""Damaged files at every door: read, or refused in words; the same ones each time. `make fuzz` takes others, for longer."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from damage import damaged
from doors import DOORS, Door

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 25


@pytest.mark.slow
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_damaged_files_are_read_or_refused(door: Door, tmp_path: Path) -> None:
    door.read(door.sound(), tmp_path)
    for seed in range(ROUNDS):
        door.take(damaged(door.sound(), Random(seed)), tmp_path)
