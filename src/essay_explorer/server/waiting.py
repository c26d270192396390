"""Waiting for a kernel, and for no longer than it has something to do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from traitlets import Type

if TYPE_CHECKING:
    from collections.abc import Coroutine

LOOK = 0.2  # seconds between two looks


class Channel(AsyncZMQSocketChannel):
    """A channel on which one waits for an answer while something else is sent, as an Output widget's place is told.

    A socket wakes who waits at the edge of new events alone, and Jupyter sends past the waiting socket: that takes note
    of what has come just then, and the answer is never heard (https://github.com/ipython/ipykernel/pull/1529 has the
    same of kernels).
    """

    def send(self, msg: dict[str, Any]) -> None:
        """Send, and look whether something has come meanwhile."""
        super().send(msg)
        if self.socket is not None:
            self.socket.get(zmq.EVENTS)  # wakes who waits


class Client(AsyncKernelClient):
    """A kernel's client with such a channel."""

    shell_channel_class = Type(Channel)


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
