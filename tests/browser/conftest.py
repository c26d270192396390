"""A real browser and the real dashboard for all browser tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect, sync_playwright

import chromium
from firefox import firefox
from servers import Server, dashboard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from firefox import Firefox

HERE = Path(__file__).parent
PATIENCE = 30_000  # ms; these machines may be busy
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def fox() -> Iterator[Firefox]:
    with firefox() as running:
        yield running


@dataclass
class Reader:
    """Opens pages as a reader would, and watches what they do behind the reader's back."""

    browser: Browser
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def page(self, **context: Any) -> Page:
        """An empty page in a browser of its own, 1280 px wide unless told."""
        context.setdefault("viewport", {"width": 1280, "height": 900})
        page = self.browser.new_context(**context).new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._note(request.url))
        return page

    def _note(self, url: str) -> None:
        if url.startswith(("http", "ws")) and urlparse(url).hostname != "127.0.0.1":
            self.strangers.append(url)


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    """A reader; at the end of the test no script has failed and no other host was asked."""
    reader = Reader(browser)
    yield reader
    for context in browser.contexts:
        context.close()
    assert reader.errors == []
    assert reader.strangers == []


@pytest.fixture(scope="session")
def served() -> Iterator[Server]:
    """The page of *Her*, as `essay-explorer read` serves it."""
    with dashboard() as server:
        yield server


@pytest.fixture
def visit(reader: Reader, served: Server) -> Callable[..., Page]:
    """`visit("#theme=trust", width=320)`: the dashboard in a new browser, awake."""

    def visit(address: str = "", *, width: int = 1280, height: int = 900, **context: Any) -> Page:
        page = reader.page(viewport={"width": width, "height": height}, **context)
        page.goto(served.url + address, wait_until="commit")
        page.wait_for_selector("html[data-essay-explorer=ready]")
        return page

    return visit
