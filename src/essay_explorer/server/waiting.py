"""Waiting for a kernel, and for no longer than it has something to do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine

LOOK = 0.2  # seconds between two looks


async def unless_still(doing: Coroutine[Any, Any, None], kernel: Any, patience: float) -> None:  # noqa: ANN401 - Jupyter's
    """Wait for what a kernel does. Raises TimeoutError when that was not busy for `patience` seconds on end."""
    task, still = asyncio.create_task(doing), 0.0
    try:
        while not (await asyncio.wait({task}, timeout=LOOK))[0]:
            still = 0.0 if kernel.execution_state == "busy" else still + LOOK
            if still > patience:
                raise TimeoutError
        task.result()
    finally:
        task.cancel()
