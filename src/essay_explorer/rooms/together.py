"""Acts of one kind that are done in one go: what is asked while the writer is busy costs no more than one of them."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    from essay_explorer.rooms.writer import Writer

Asked = TypeVar("Asked")
Done = TypeVar("Done")


@dataclass(eq=False)
class Batch(Generic[Asked, Done]):
    """What is asked until the writer begins with it, and what becomes of each."""

    asked: list[Asked] = field(default_factory=list)
    done: asyncio.Future[Sequence[Done | Exception]] | None = None


class Together(Generic[Asked, Done]):
    """A way to a writer for acts of one kind. `do`: does all of them; what each gives, or why it was not done."""

    def __init__(self, writer: Writer, do: Callable[[Connection, Sequence[Asked]], Sequence[Done | Exception]]) -> None:
        self._writer, self._do = writer, do
        self._lock = threading.Lock()  # who asks, and the writer, are two threads
        self._waiting: Batch[Asked, Done] | None = None

    async def write(self, asked: Asked) -> Done:
        """What an act gives, once its changes are on the disk. Why it was not done is raised here."""
        with self._lock:
            batch = self._waiting = self._waiting or Batch()
            place = len(batch.asked)
            batch.asked.append(asked)
        if batch.done is None:
            batch.done = asyncio.ensure_future(self._written(batch))
        done = (await asyncio.shield(batch.done))[place]
        if isinstance(done, Exception):
            raise done
        return done

    async def _written(self, batch: Batch[Asked, Done]) -> Sequence[Done | Exception]:
        try:
            return await self._writer.write(partial(self._run, batch))
        finally:
            self._close(batch)  # also where the writer could not begin with it: nobody else may wait for this one

    def _run(self, batch: Batch[Asked, Done], on: Connection) -> Sequence[Done | Exception]:
        self._close(batch)
        return self._do(on, batch.asked)

    def _close(self, batch: Batch[Asked, Done]) -> None:
        """Let what is asked from now on come into another batch."""
        with self._lock:
            if self._waiting is batch:
                self._waiting = None
