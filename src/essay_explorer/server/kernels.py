"""Whose kernel is which: a reader reaches and ends no other than their own."""

from __future__ import annotations

import asyncio
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from tornado.web import RequestHandler

COOKIE = "essay-explorer-reader"  # tells readers apart as long as their browsers are open, and nothing of them
LOOK = 0.2  # seconds between two looks whether a kernel is still there
READERS = "readers"  # the setting by which handlers find who has which kernel


class Readers:
    """Which reader was given which kernel."""

    def __init__(self) -> None:
        self._readers: dict[str, str] = {}  # by the ids of their kernels

    def know(self, handler: RequestHandler, prefix: str) -> str:
        """The reader who asks; one who is new gets a cookie."""
        reader = handler.get_cookie(COOKIE)
        if not reader:
            reader = secrets.token_urlsafe(16)
            handler.set_cookie(COOKIE, reader, path=prefix, httponly=True, samesite="Lax")
        return reader

    def give(self, reader: str, kernel: str, living: Container[str]) -> None:
        """Note to whom a kernel was given, and forget those that live no more."""
        self._readers = {one: whose for one, whose in self._readers.items() if one in living} | {kernel: reader}

    def has(self, handler: RequestHandler, kernel: str) -> bool:
        """Whether a kernel is that of the reader who asks."""
        reader = handler.get_cookie(COOKIE) or ""
        return secrets.compare_digest(self._readers.get(kernel, "").encode(), reader.encode()) and reader != ""


class Giving:
    """A kernel manager that tells which kernel a visit is given, and itself."""

    def __init__(self, manager: Any, given: Callable[[str, Any], None]) -> None:  # noqa: ANN401 - Voila tells no types
        self._manager, self._given = manager, given

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - anything of the manager's
        return getattr(self._manager, name)

    async def get_rendered_notebook(self, **options: Any) -> Any:  # noqa: ANN401 - Voila's
        """A kernel that was kept warm, with what it has put out."""
        task, rendered, kernel = await self._manager.get_rendered_notebook(**options)
        self._given(kernel, self._manager)
        return task, rendered, kernel

    async def start_kernel(self, **options: Any) -> str:  # noqa: ANN401 - Jupyter's
        """A kernel that starts now."""
        kernel: str = await ensure_async(self._manager.start_kernel(**options))
        self._given(kernel, self._manager)
        return kernel


class _Own:
    """A handler that answers to the reader whose kernel it is about, as if others' were not there."""

    async def prepare(self: Any) -> None:
        kernel = next(iter([*self.path_kwargs.values(), *self.path_args]))
        if not self.settings[READERS].has(self, kernel):
            raise HTTPError(HTTPStatus.NOT_FOUND)
        await ensure_async(super().prepare())  # type: ignore[misc]


class OwnKernel(_Own, KernelHandler):  # type: ignore[misc] # prepare is a coroutine, as in all of Jupyter's
    """Says whether a reader's kernel is there, and nothing else."""

    SUPPORTED_METHODS = ("GET",)


class OwnChannels(_Own, VoilaKernelWebsocketHandler):  # type: ignore[misc] # Voila tells no types
    """What a reader's page and its kernel tell each other; Voila lets no code through."""

    async def pre_get(self) -> None:
        """Make ready for the connection, and give it up when the kernel has ended meanwhile.

        Jupyter would wait a minute for an answer of the kernel's. A browser opens one connection after the other to a
        host, so that the page could not reach its next kernel until then.
        """
        ready = asyncio.ensure_future(super().pre_get())
        while not (await asyncio.wait({ready}, timeout=LOOK))[0]:
            if self.kernel_id not in self.kernel_manager:
                ready.cancel()
                raise HTTPError(HTTPStatus.NOT_FOUND)
        await ready


class OwnEnd(_Own, VoilaShutdownKernelHandler):  # type: ignore[misc] # Voila tells no types
    """Ends a reader's kernel when its page is left."""


OWN = {KernelHandler: OwnKernel, VoilaKernelWebsocketHandler: OwnChannels, VoilaShutdownKernelHandler: OwnEnd}
