"""The dashboard of a notebook: Voila, with a page that does not wait for a kernel, and few readers need one."""

from __future__ import annotations

import asyncio
import logging
import math
import os
import shutil
import signal
import tempfile
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import nbformat
from jupyter_core.utils import ensure_async
from tornado.web import HTTPError
from traitlets import Int
from traitlets.config import Config
from voila.app import Voila
from voila.tornado.handler import TornadoVoilaHandler

from essay_explorer.core.fault import ReadingError
from essay_explorer.library.editing.asking import SERVED
from essay_explorer.library.opening import open_quietly
from essay_explorer.page.document import PARTS, closed
from essay_explorer.page.notebook import PagePreprocessor
from essay_explorer.page.parted import PartedPage
from essay_explorer.server import forked
from essay_explorer.server.answer import ASK_FIRST, FOR_EVER, Answer
from essay_explorer.server.app import under
from essay_explorer.server.kept import HTML, SCRIPT, Kept
from essay_explorer.server.kernels import OWN, READERS, Giving, Readers
from essay_explorer.server.notebook_file import notebook_in
from essay_explorer.server.parts import Cache, part_of
from essay_explorer.server.running import Mounted, run
from essay_explorer.server.waiting import Client, unless_still
from essay_explorer.words import language, speaking, usual

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Callable, Sequence

    from nbformat import NotebookNode

    from essay_explorer.page.assembly import Page
    from essay_explorer.server.running import Door

VOILAS_OWN = {"theme", "template"}  # arguments of an address that would change Voila's page
PIECE = 500_000  # letters; a novel's page is sent in pieces, its text first
SCRIPTS = 20  # that are kept, of pages that are open, and were made of the notebook as it was
STILL = 20  # seconds after which a kernel that has something to do, and does nothing, is given up
OTHERS = 2  # kernels that take its place before one is waited for whatever it does
DASHBOARD = "dashboard"  # the setting by which handlers find it
log = logging.getLogger("essay_explorer.server")


class PageHandler(Answer, TornadoVoilaHandler):  # type: ignore[misc] # Voila tells no types
    """Sends the page at once; what a reader's own kernel adds follows in the same answer, where there is one."""

    async def get(self, path: str = "") -> None:
        """The page, then what Voila says of the reader's kernel; all is Voila's where no widget of ours is shown."""
        if path:
            raise HTTPError(HTTPStatus.NOT_FOUND)
        dashboard: Dashboard = self.settings[DASHBOARD]
        page = await dashboard.page()
        if page.ours and not page.kernel:
            with speaking(self.language):
                said = (await dashboard.said(page)).page
                self.send(await dashboard.cache.get(("page", said), partial(_closed, said)))
            return
        reader = self.settings[READERS].know(self, dashboard.base_url)
        self._manager = Giving(dashboard.kernel_manager, partial(self.settings[READERS].give, reader))
        if page.ours:
            with speaking(self.language):
                await self._open((await dashboard.said(page)).page)
        await TornadoVoilaHandler.get(self, path)

    @property
    def kernel_manager(self) -> Giving:
        """The manager from which Voila takes the kernel of this visit."""
        return self._manager

    async def _open(self, html: str) -> None:
        """Send the page, its text first, and go on."""
        _ = self.xsrf_token  # sets the cookie with which the page may end its kernel
        self.set_header("Content-Type", HTML)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Vary", "Accept-Language")
        text = html.index("</main>")
        for start, end in pairwise([0, *range(text, len(html), PIECE), len(html)]):
            self.write(html[start:end])
            await self.flush()

    def get_argument(self, name: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - tornado's signature
        """An argument of the address; Voila's own are deaf, since they would throw away a warm kernel."""
        if name in VOILAS_OWN:
            return args[0] if args else kwargs.get("default")
        return super().get_argument(name, *args, **kwargs)


def _closed(html: str) -> Kept:
    return Kept.of(closed(html), HTML)


class PartHandler(Answer):
    """Sends what the page of a notebook loads later: Vega, charts, and one of its readings as one file."""

    async def get(self, name: str) -> None:
        """A part by its file name; one whose name tells its content is kept by the browser for a year."""
        dashboard: Dashboard = self.settings[DASHBOARD]
        page = await dashboard.page()  # before, since it may be made now, and is everybody's
        if script := dashboard.scripts.get(name):
            self.send(script, cache=FOR_EVER)
            return
        with speaking(self.language):
            found = await asyncio.to_thread(_part, name, page)
            if not found:
                raise HTTPError(HTTPStatus.NOT_FOUND)
            named, make, key = found
            self.send(await dashboard.cache.get(key, make), cache=FOR_EVER if named else ASK_FIRST)


def _part(name: str, page: Page) -> tuple[bool, Callable[[], Kept], tuple[object, ...]] | None:
    """Whether a part's name tells its content, what makes it, and by what it is kept."""
    for folder, stamps in page.folders.items():
        found = part_of(Path(folder), open_quietly(folder), name, faults=False)
        if found:
            named, make = found
            return named, make, (name,) if named else (name, stamps, language())
    return None


class Dashboard(Voila):  # type: ignore[misc] # Voila tells no types
    """Voila for one notebook, inside our application: its kernels and handlers, and a page of our own."""

    pool = Int(0)  # kernels kept ready for the next readers, where they need any

    def initialize(self, argv: Sequence[str] | None = None) -> None:
        """Get ready as Voila does; the signal that it takes for itself stays the server's."""
        own = signal.getsignal(signal.SIGTERM)
        super().initialize(argv)
        signal.signal(signal.SIGTERM, own)

    def load_config_file(self, *_: object, **__: object) -> None:
        """Take no configuration but the command line's; Voila would look for some in the working folder."""

    def mounted(self, prefix: str) -> Mounted:
        """The routes under a prefix, and the settings that they live on."""
        self.cache = Cache()
        self._making = asyncio.Lock()
        self._notebook: NotebookNode = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
        self._saved: tuple[int, int] | None = None  # when that was written, and its size
        self._page: Page | None = None
        self._said_of: Page | None = None
        self._said: dict[str, PartedPage] = {}  # that one by languages
        self.scripts: dict[str, Kept] = {}  # those of its pages by their files' names, of the last ones too
        self.base_url = self.server_url = prefix
        self.connection_dir = tempfile.mkdtemp(prefix="essay-explorer-")
        self.app = SimpleNamespace(settings={})
        own = {DASHBOARD: self, READERS: Readers(), "compress_response": True}
        settings = {**self.init_settings(), **self.tornado_settings, **own}
        self.app.settings = settings  # where Voila looks for them
        return Mounted(self._routes(prefix), settings, self.end)

    def _routes(self, prefix: str) -> list[tuple[Any, ...]]:
        """Voila's routes; its page is ours, and below it is nothing."""
        others = self.init_handlers()
        *_, arguments = next(route for route in others if route[1] is TornadoVoilaHandler)
        return [
            (under(prefix, rf"{PARTS}/([^/]+)"), PartHandler),
            *(
                (at, OWN.get(handler, handler), *more)
                for at, handler, *more in others
                if handler is not TornadoVoilaHandler
            ),
            (under(prefix, "()"), PageHandler, arguments),
        ]

    async def page(self) -> Page:
        """The page of the notebook as it is, made anew when it or a file that it is made of has changed."""
        async with self._making:
            path = self.kernel_manager.notebook_path
            page = PagePreprocessor.pages.of(await self._read(), path)
            if page is None:
                await self._run()
                page = PagePreprocessor.pages.before(path)
            if page is not self._page:
                await self._renew_pool(self.pool if page.kernel else 0)
                self._page = page
            return page

    async def said(self, page: Page) -> PartedPage:
        """The page's HTML in the language that is spoken here, made of the same cells when somebody asks for it."""
        if page is not self._said_of:
            self._said_of, self._said = page, {}
        said = self._said  # another page may take its place meanwhile
        if language() not in said:
            again = None if language() == usual() else page.again
            said[language()], script = await asyncio.to_thread(_parted, page, again)
            self.scripts[said[language()].name] = script
            for name in list(self.scripts)[:-SCRIPTS]:
                del self.scripts[name]
        return said[language()]

    async def _read(self) -> NotebookNode:
        """The notebook as it is; as it was before while somebody writes it."""
        with suppress(OSError, ReadingError):
            stat = await asyncio.to_thread(Path(self.notebook_path).stat)
            if (stat.st_mtime_ns, stat.st_size) != self._saved:
                self._notebook = await asyncio.to_thread(notebook_in, Path(self.notebook_path))
                self._saved = stat.st_mtime_ns, stat.st_size
        return self._notebook

    async def _run(self) -> None:
        """Run the notebook once; the template makes its page, and keeps it.

        Nobody who waits for a kernel that is never heard of again is told: one that does nothing is ended, and another
        takes its place.
        """
        for _ in range(OTHERS):
            with suppress(TimeoutError):
                return await self._run_in_kernel(STILL)
            log.warning("A kernel did nothing for %s seconds; another takes its place", STILL)
        return await self._run_in_kernel(math.inf)

    async def _run_in_kernel(self, patience: float) -> None:
        """Run it in a kernel of its own. Raises TimeoutError when that does nothing for so many seconds."""
        manager = self.kernel_manager
        renderer = manager._notebook_renderer_factory(manager.notebook_path)  # noqa: SLF001 - there is no other way
        await renderer.initialize()
        kernel_name = renderer.notebook.metadata.kernelspec.name
        kernel_id = await ensure_async(manager.start_kernel(kernel_name=kernel_name, path=""))
        kernel = manager.get_kernel(kernel_id)
        try:
            await unless_still(_all_of(renderer.generate_content_generator(kernel_id, kernel)), kernel, patience)
        finally:
            if kernel_id in manager:  # it has not ended by itself
                await ensure_async(manager.shutdown_kernel(kernel_id, now=True))

    async def _renew_pool(self, size: int) -> None:
        """End the kernels that wait with an older state of the notebook, and warm so many new ones."""
        manager = self.kernel_manager
        warming = (task for pool in manager._pools.values() for task in pool)  # noqa: SLF001 - Voila's
        await asyncio.gather(*warming, return_exceptions=True)
        waiting = [kernel["id"] for kernel in manager.list_kernels() if not kernel["connections"]]
        ends = [ensure_async(manager.shutdown_kernel(one, now=True)) for one in waiting]
        await asyncio.gather(*ends, return_exceptions=True)
        manager.kernel_pools_config = {"default": {"pool_size": size, "kernel_env_variables": {}}}
        manager.fill_if_needed(delay=0, notebook_name=manager.notebook_path)

    async def end(self) -> None:
        """End all kernels, those too that are still starting."""
        manager = self.kernel_manager
        pools, manager._pools = manager._pools, {}  # noqa: SLF001 - Voila's
        warming = [task for pool in pools.values() for task in pool]
        running = [task.result()["task"] for task in warming if _is_made(task)]
        for task in (*warming, *running):
            task.cancel()
        await asyncio.gather(*warming, *running, return_exceptions=True)
        ends = [ensure_async(manager.shutdown_kernel(one, now=True)) for one in manager.list_kernel_ids()]
        await asyncio.gather(*ends, return_exceptions=True)  # one may end by itself meanwhile
        forked.end()
        shutil.rmtree(self.connection_dir, ignore_errors=True)


async def _all_of(pieces: AsyncIterable[str]) -> None:
    async for _ in pieces:
        pass


def _parted(page: Page, again: Callable[[], Page] | None) -> tuple[PartedPage, Kept]:
    """A page as it is, or made again, and its script as it is sent."""
    parted = PartedPage.of((again() if again else page).html)
    return parted, Kept.of(parted.script, SCRIPT)


def _is_made(task: asyncio.Task[Any]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None


def serve(notebook: Path, door: Door, *, pool: int = 2, idle: int = 120, kernel: str = "auto") -> None:
    """Serve the dashboard of a notebook until Ctrl+C; every kernel ends with it.

    `pool`: kernels kept ready for the next readers, where Python has something to do after the notebook has run.
    `idle`: seconds after which a kernel ends whose reader is gone without a word; a reader who leaves ends it at
    once. `kernel`: "auto" finds out by running the notebook whether readers need kernels; "always" and "never"
    overrule it. Raises ReadingError where the file is no notebook, and OSError when the port cannot be had.
    """
    notebook_in(notebook)
    os.environ[SERVED] = "1"  # what readers are shown, they cannot edit
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # the kernel of this environment, not another's
    if os.name == "posix":
        forked.prepare()

    config = _config(notebook.resolve(), idle, kernel)

    async def make() -> Mounted:
        dashboard = Dashboard(config=config, pool=pool)
        dashboard.initialize(argv=[])
        mounted = dashboard.mounted(door.prefix)
        await dashboard.page()  # a notebook that cannot be run fails here, not before its first reader
        return mounted

    run(door, make)


def _config(notebook: Path, idle: int, kernel: str) -> Config:
    config = Config()
    config.Voila.update(notebook_path=str(notebook), log_level="ERROR", tornado_settings={"ws_ping_timeout": 30_000})
    config.VoilaConfiguration.update(
        template="essay-explorer",
        allow_template_override="NO",
        allow_theme_override="NO",
        preheat_kernel=True,
        default_pool_size=0,  # filled when the page is made, where its readers need kernels
        resources={"page_sent": True, "essay_explorer_kernel": kernel},
    )
    config.MappingKernelManager.update(cull_idle_timeout=idle, cull_interval=max(1, idle // 4), cull_connected=False)
    if os.name == "posix":
        config.KernelManager.transport = "ipc"  # no port that others on the machine could listen to
        config.KernelProvisionerFactory.default_provisioner_name = forked.NAME
    config.AsyncKernelManager.client_factory = f"{Client.__module__}.{Client.__name__}"
    # A kernel that died is gone, and the page asks for another; one started in its place would know nothing.
    config.KernelRestarter.restart_limit = 0
    return config
