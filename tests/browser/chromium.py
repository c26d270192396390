"""Find a Chromium, or install one, or say in one sentence what to do."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: tests run as root in containers. The others keep Chromium from calling home.
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # every other host is refused
]


@cache
def executable() -> str:
    """The path of a Chromium or Chrome: $CHROMIUM, the system's, Playwright's, at last Debian's."""
    given = os.environ.get("CHROMIUM")
    if given:
        if not shutil.which(given):
            sys.exit(f"$CHROMIUM names {given}, which is not there. Correct it, or unset it.")
        return given
    with installing():
        return (
            _installed()
            or _playwrights()
            or _debians()
            or sys.exit(
                "The tests need Chromium. Install it (on Debian: sudo apt install chromium) or name it in $CHROMIUM."
            )
        )


@contextmanager
def installing() -> Iterator[None]:
    """One process at a time: the tests run in several, all of which miss the same on a fresh machine."""
    with Path(sys.prefix, "installing").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _installed() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=300)
    return path if Path(path).exists() else None


def _debians() -> str | None:
    apt_install("chromium")
    return _installed()


def apt_install(package: str) -> None:
    """Install a package of Debian's, where that is possible."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False, timeout=300)
        subprocess.run(["apt-get", "install", "-y", "-qq", package], check=False, timeout=900)
