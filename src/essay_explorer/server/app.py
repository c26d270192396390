"""The Tornado application: routes under a prefix, for requests that are meant for this server."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from tornado.web import Application

from essay_explorer.server.answer import Answer, NotFound, Stranger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tornado.httputil import HTTPServerRequest
    from tornado.routing import Rule

    from essay_explorer.server.hosts import Hosts

    Route = Rule | tuple[Any, ...]

# Nothing of a page comes from another host. Vega compiles its expressions, Jupyter's scripts schemas and styles.
POLICY = (
    "default-src 'self' data: blob:; script-src 'self' blob: 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss: data: blob:; base-uri 'self'; form-action 'self'; "
    "frame-ancestors {ancestors}"
)
ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' stroke-width='2'><path stroke='#0067B1' d='M1 4h14'/>"
    "<path stroke='#C0500C' stroke-dasharray='3 2' d='M1 8h14'/><path stroke='#B51E3C' d='M1 12h9'/></svg>"
)
log = logging.getLogger("essay_explorer.server")


class Health(Answer):
    """Says that the server answers, to whoever watches over it."""

    async def get(self) -> None:
        """Two letters."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish("ok\n")


class Icon(Answer):
    """The icon, for browsers that ask for one where a page names none."""

    async def get(self) -> None:
        """Three lines in three colours."""
        self.set_header("Content-Type", "image/svg+xml")
        self.set_header("Cache-Control", "public, max-age=86400")
        self.finish(ICON)


class Start(Answer):
    """The address before the prefix, for who types no more than the host."""

    async def get(self) -> None:
        """On to the first page."""
        self.redirect(self.settings["base_url"][1:])


class Site(Application):
    """An application that answers only to its own names."""

    def __init__(self, routes: Sequence[Route], *, hosts: Hosts, **settings: Any) -> None:  # noqa: ANN401 - Tornado's
        self.hosts = hosts
        super().__init__(list(routes), default_handler_class=NotFound, **settings)

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> Any:  # noqa: ANN401 - Tornado's signature
        """The handler of a request; one for another host gets nothing but that it is wrong here."""
        watcher = request.path == f"{self.settings['base_url']}health"  # it knows an address, not a name
        if not watcher and not self.hosts.allow(request.host):
            return self.get_handler_delegate(request, Stranger)
        return super().find_handler(request, **kwargs)

    def log_request(self, handler: Any) -> None:  # noqa: ANN401 - Tornado's signature
        """A line for each request, for whoever asked for them with `--log-level info`; `observe` hears of each."""
        request = handler.request
        self.settings.get("observe", lambda _: None)(handler)
        status, took = handler.get_status(), round(1000 * request.request_time(), 1)
        parts = {"method": request.method, "path": request.path, "status": status, "ms": took}
        log.info("%s %s %d %.1f ms", request.method, request.path, status, took, extra=parts)


def application(
    routes: Iterable[Route],
    *,
    hosts: Hosts,
    prefix: str = "/",
    embed: Iterable[str] = (),
    **settings: Any,  # noqa: ANN401 - Tornado's
) -> Site:
    """The application of routes, whose patterns begin with the prefix, as `under` writes them.

    `embed`: origins that may show a page in a frame. `settings`: Tornado's, and those of the routes' handlers.
    """
    headers = {
        "Content-Security-Policy": POLICY.format(ancestors=" ".join(["'self'", *embed])),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
    own = [(under(prefix, "health"), Health), (under(prefix, r"favicon\.ico"), Icon)]
    if prefix != "/":
        own.append(("/", Start))
    return Site(
        [*own, *routes],
        hosts=hosts,
        headers={**headers, **settings.pop("headers", {})},
        **{**settings, "base_url": prefix},
    )


def under(prefix: str, pattern: str) -> str:
    """A route's pattern under a prefix."""
    return re.escape(prefix) + pattern
