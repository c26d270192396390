"""What Prometheus is told of the service: how many requests of which kind, and how long they took. Never of whom."""

from __future__ import annotations

import os
from contextlib import contextmanager
from http import HTTPStatus
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError

from essay_explorer.hub.signing_in import ByHub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tornado.web import RequestHandler

    from essay_explorer.hub.signing_in import SignIn

TOGETHER = "PROMETHEUS_MULTIPROC_DIR"  # in which the processes of a service count together, as Prometheus's client says
SCOPE = "read:metrics"  # the hub's own word for who may
STEPS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)  # seconds


@contextmanager
def counting_together() -> Iterator[None]:
    """Let all processes that are started meanwhile count in one place, which is gone at the end if nobody named it."""
    if TOGETHER in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="essay-explorer-", ignore_cleanup_errors=True) as folder:
        os.environ[TOGETHER] = folder
        try:
            yield
        finally:
            del os.environ[TOGETHER]


def forget(process: int) -> None:
    """Let what a process measured of itself go with it; what it has counted stays."""
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 - after `counting_together`

    mark_process_dead(process)  # type: ignore[no-untyped-call]


class Requests:
    """The requests that were answered, by the kind of address: no room, no reading and no account has a number."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Histogram  # noqa: PLC0415 - after `counting_together`

        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "essay_explorer_request_seconds",
            "Seconds until a request was answered",
            ["kind", "method", "status"],
            buckets=STEPS,
            registry=self.registry,
        )

    def observe(self, handler: RequestHandler) -> None:
        """Count a request that has been answered."""
        kind, method = type(handler).__name__, handler.request.method or ""
        self._seconds.labels(kind, method, str(handler.get_status())).observe(handler.request.request_time())


class Metrics(ByHub):
    """The numbers, for a service of the hub that may read its metrics."""

    def initialize(self, sign_in: SignIn, **more: Any) -> None:  # noqa: ANN401 - as above it
        """What is counted."""
        self.requests: Requests = more.pop("requests")
        super().initialize(sign_in, **more)

    async def get(self) -> None:
        """The numbers of all processes, as Prometheus reads them."""
        from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest  # noqa: PLC0415 - as above
        from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415 - as above

        model = await self.hub_auth.get_user(self, sync=False)
        if not model or SCOPE not in model.get("scopes", ()):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        registry = self.requests.registry
        if TOGETHER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.set_header("Cache-Control", "no-store")
        self.finish(generate_latest(registry))
