"""The dashboard: Voila, with a page that does not wait for its kernel."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import logging
import os
import signal
import threading
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tornado.ioloop import IOLoop
from tornado.web import HTTPError, RequestHandler
from traitlets.config import Config
from voila.app import Voila
from voila.tornado.handler import TornadoVoilaHandler

from essay_explorer.charts import vega
from essay_explorer.library.finding import ASKED_FOR, folder_of, originals_of
from essay_explorer.library.opening import open_reading
from essay_explorer.library.sealed_sets import sealed_set
from essay_explorer.page import own_copy
from essay_explorer.page.document import PARTS, opening_of, whole
from essay_explorer.server import apart, forked
from essay_explorer.server.app import POLICY
from essay_explorer.server.listening import bound

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from essay_explorer.core.reading import Reading

HEAD_START = 0.3  # seconds that the page gets to paint and wake before its kernel takes the processor
PIECE = 500_000  # letters; a novel's page is sent in pieces, its text first
PAGE = "essay_explorer_page"  # the setting that holds the page as it was sent last
VOILAS_OWN = {"theme", "template"}  # arguments of an address that would change Voila's page


class PageHandler(TornadoVoilaHandler):  # type: ignore[misc] # Voila tells no types
    """Sends the essay at once; what the kernel adds follows in the same answer."""

    async def get(self, path: str | None = None) -> None:
        """The page, then what Voila says of its kernel."""
        _ = self.xsrf_token  # sets the cookie with which the page may end its kernel
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        page = opening_of()
        text = page.index("</main>")
        for start, end in pairwise([0, *range(text, len(page), PIECE), len(page)]):
            self.write(page[start:end])
            await self.flush()
        await asyncio.sleep(HEAD_START)
        if page != self.settings[PAGE]:
            self.settings[PAGE] = page
            await self._renew_pool()
        await super().get(path)

    async def _renew_pool(self) -> None:
        """End the kernels that wait with an older state of the reading, and warm new ones."""
        waiting = [kernel["id"] for kernel in self.kernel_manager.list_kernels() if not kernel["connections"]]
        await asyncio.gather(*map(self.kernel_manager.shutdown_kernel, waiting), return_exceptions=True)
        if hasattr(self.kernel_manager, "fill_if_needed"):  # not without a pool
            self.kernel_manager.fill_if_needed(notebook_name=self.notebook_path)

    def get_argument(self, name: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - tornado's signature
        """An argument of the address; Voila's own are deaf, since they would throw away a warm kernel."""
        if name in VOILAS_OWN:
            return args[0] if args else kwargs.get("default")
        return super().get_argument(name, *args, **kwargs)


class PartHandler(RequestHandler):
    """Sends what the page loads later: Vega, the charts, and the page itself as one file."""

    async def get(self, name: str) -> None:
        """A part by its file name; one whose name tells its content is kept by the browser for a year."""
        folder = folder_of()
        reading = open_reading(folder)
        if name == f"{reading.name}.html":
            await asyncio.gather(*(asyncio.to_thread(part) for part in _parts(folder, reading).values()))
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.set_header("Cache-Control", "no-cache")
            self.finish(whole(reading))
            return
        if name in {f"{original}.html" for original in originals_of(reading.name)}:
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.set_header("Cache-Control", "no-cache")
            self.finish(own_copy.page(sealed_set(name.removesuffix(".html"))))
            return
        part = _parts(folder, reading).get(name)
        if part is None:
            raise HTTPError(404)
        self.set_header(
            "Content-Type", f"{'text/javascript' if name.endswith('.js') else 'application/json'}; charset=utf-8"
        )
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        if name not in _compressed:
            _compressed[name] = await asyncio.to_thread(lambda: gzip.compress(part().encode()))
        body = _compressed[name]
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
        else:
            body = gzip.decompress(body)
        self.finish(body)


_compressed: dict[str, bytes] = {}  # parts by their file names


def _parts(folder: Path, reading: Reading) -> dict[str, Callable[[], str]]:
    """What makes each part, by its file name; another process makes it, so that this one stays small."""
    charts = vega.charts_name(reading)
    return {vega.module_name(): apart.module_apart, charts: partial(apart.charts_apart, folder, charts)}


class Dashboard(Voila):  # type: ignore[misc] # Voila tells no types
    """Voila with the page's own handler, and a quiet end."""

    def init_handlers(self) -> list[Any]:
        """Voila's handlers, that of the notebook replaced."""
        parts = (rf"{self.base_url}{PARTS}/([^/]+)", PartHandler)
        return [
            parts,
            *(
                (path, PageHandler if handler is TornadoVoilaHandler else handler, *rest)
                for path, handler, *rest in super().init_handlers()
            ),
        ]

    def init_settings(self) -> dict[str, Any]:
        """Voila's settings, and the page that the warm kernels belong to."""
        return {**super().init_settings(), PAGE: opening_of(), "compress_response": True}

    def start(self) -> None:
        """Serve until Ctrl+C, which from then on ends the loop and interrupts nothing in it."""
        IOLoop.current().add_callback(signal.signal, signal.SIGINT, self._handle_signal_stop)
        super().start()

    def stop(self) -> None:
        """End all kernels. One that is still starting fails at that; it ends with its parent."""
        logging.getLogger("asyncio").setLevel(logging.CRITICAL)
        with contextlib.suppress(Exception):
            super().stop()


def serve(
    notebook: Path,
    *,
    port: int | None = None,
    ip: str = "127.0.0.1",
    pool: int = 2,
    idle: int = 120,
    open_browser: bool = False,
    embed: Sequence[str] = (),
) -> None:
    """Serve a notebook until Ctrl+C; every kernel ends with it.

    `pool`: kernels kept warm for the next readers. `idle`: seconds after which a kernel ends whose
    reader is gone without a word; a reader who leaves ends it at once. `embed`: origins that may show the page in a
    frame, e.g. "https://moodle.example.edu". Raises ReadingError when there is no such reading,
    OSError when the port cannot be had.
    """
    folder = folder_of()
    os.environ[ASKED_FOR] = str(folder)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # the kernel of this environment, not another's
    if os.name == "posix":
        forked.prepare()
    opening_of()  # a reading that cannot be opened fails here, not before its first reader
    for part in _parts(folder, open_reading(folder)).values():
        threading.Thread(target=part, daemon=True).start()  # the first time they take seconds
    logging.disable(logging.WARNING)  # Jupyter writes hundreds of records a visit that nobody is shown
    sockets, port = bound(ip, port)
    for one in sockets:  # Voila takes the port itself
        one.close()
    print(f"The dashboard is at http://{ip}:{port}/ (Ctrl+C stops it)", flush=True)
    config = _config(notebook, ip, port, pool, idle, open_browser=open_browser, embed=embed)
    Dashboard.launch_instance(argv=[], config=config)


def _config(
    notebook: Path, ip: str, port: int, pool: int, idle: int, *, open_browser: bool, embed: Sequence[str]
) -> Config:
    config = Config()
    policy = POLICY.format(ancestors=" ".join(["'self'", *embed]))
    config.Voila.update(
        ip=ip,
        port=port,
        port_retries=0,
        open_browser=open_browser,
        log_level="ERROR",
        notebook_path=str(notebook.absolute()),
        tornado_settings={"headers": {"Content-Security-Policy": policy}, "ws_ping_timeout": 30_000},
    )
    config.VoilaConfiguration.update(
        template="essay-explorer",
        allow_template_override="NO",
        allow_theme_override="NO",
        preheat_kernel=pool > 0,
        default_pool_size=pool,
        resources={"page_sent": True},
    )
    config.MappingKernelManager.update(cull_idle_timeout=idle, cull_interval=max(1, idle // 4), cull_connected=False)
    if os.name == "posix":
        config.KernelManager.transport = "ipc"  # no port that others on the machine could listen to
        config.KernelProvisionerFactory.default_provisioner_name = forked.NAME
    # A kernel that died is gone, and the page says so; one started in its place would know nothing.
    config.KernelRestarter.restart_limit = 0
    return config
