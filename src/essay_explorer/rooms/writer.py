"""The one who writes: all that waits goes to the disk in one transaction, and only then is anybody told."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from contextvars import copy_context
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.exc import IntegrityError, OperationalError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from essay_explorer.rooms.store.database import Database

T = TypeVar("T")
AT_ONCE = 200  # acts in a transaction
TRIES = 3  # for an act that another process gets in the way of
DEADLOCK = "40P01"  # of PostgreSQL: each of two waits for the other, and one was given up


class Writer:
    """A thread that writes into a database, act by act, each whole or not at all."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: SimpleQueue[Act | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="rooms", daemon=True)
        self._thread.start()

    async def write(self, act: Callable[[Connection], T]) -> T:
        """What an act gives, once its changes are on the disk. What it raises is raised here, and nothing is kept.

        It speaks the language of who asks.
        """
        asked = copy_context()
        made = Act(lambda on: asked.run(act, on), asyncio.get_running_loop())
        self._waiting.put(made)
        return await made.future  # type: ignore[no-any-return]

    def stop(self) -> None:
        """End when all that waits is written."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while acts := self._next():
            try:
                with self._database.writing() as connection:
                    for act in acts:
                        act.run(connection)
            except Exception as error:  # noqa: BLE001 - of the transaction: who waits is told
                for act in acts:
                    act.fail(error)
            for act in acts:
                if act.clashed:
                    self._alone(act)
            for act in acts:
                act.tell()

    def _alone(self, act: Act) -> None:
        """Do an act again by itself, which another process has got in the way of."""
        for _ in range(TRIES):
            act.clear()
            try:
                with self._database.writing() as connection:
                    act.run(connection)
            except Exception as error:  # noqa: BLE001 - of the transaction: who waits is told
                act.fail(error)
            if not act.clashed:
                return

    def _next(self) -> list[Act]:
        """All acts that wait, one at least; none at the end."""
        found = [self._waiting.get()]
        while found[-1] is not None and len(found) < AT_ONCE:
            try:
                found.append(self._waiting.get_nowait())
            except Empty:
                break
        if found[-1] is None:
            self._waiting.put(None)
        return [act for act in found if act is not None]


class Act:
    """Something to write, and who waits for it."""

    def __init__(self, act: Callable[[Connection], Any], loop: asyncio.AbstractEventLoop) -> None:
        self.future: asyncio.Future[Any] = loop.create_future()
        self._act, self._loop = act, loop
        self._result: Any = None
        self._error: BaseException | None = None

    def run(self, connection: Connection) -> None:
        """Do it; where it cannot be done, all of it is undone, and the others stay."""
        try:
            with connection.begin_nested():
                self._result = self._act(connection)
        except Exception as error:  # noqa: BLE001 - who waits is told
            self._error = error

    @property
    def clashed(self) -> bool:
        """Whether another process has got in its way, so that it may go well when it is done again."""
        error = self._error
        return isinstance(error, IntegrityError) or (
            isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", None) == DEADLOCK
        )

    def clear(self) -> None:
        """Forget how it went."""
        self._error = None

    def fail(self, error: Exception) -> None:
        """Say that nothing was kept."""
        self._error = self._error or error

    def tell(self) -> None:
        """Wake who waits, if they still do."""
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._set)

    def _set(self) -> None:
        if self.future.done():
            return
        if self._error:
            self.future.set_exception(self._error)
        else:
            self.future.set_result(self._result)
