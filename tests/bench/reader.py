"""A reader: a fresh browser context with an empty cache, a page in it, and what it measures."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import Error as BrowserError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from apps import App

PROBE = (Path(__file__).parent / "probe.js").read_text(encoding="utf-8")
PATIENCE = 90  # seconds until a visit is given up
PAUSE = 80  # ms after a click
STEPS, STEP, STEP_PAUSE = 60, 600, 50  # of scrolling: how many, pixels, ms


class Traffic:
    """Requests and bytes of one page, as its browser counts them."""

    def __init__(self, reader: Reader) -> None:
        self.requests = 0
        self.bytes = {"http": 0, "ws_in": 0, "ws_out": 0}
        self.other_hosts: set[str] = set()
        session = reader.context.new_cdp_session(reader.page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", lambda event: self._asked(event["request"]["url"]))
        session.on("Network.webSocketCreated", lambda event: self._asked(event["url"]))
        session.on("Network.loadingFinished", lambda event: self._add("http", event["encodedDataLength"]))
        session.on("Network.webSocketFrameReceived", lambda event: self._add("ws_in", _size(event["response"])))
        session.on("Network.webSocketFrameSent", lambda event: self._add("ws_out", _size(event["response"])))

    def _asked(self, url: str) -> None:
        scheme, host = urlsplit(url).scheme, urlsplit(url).hostname
        if scheme in {"http", "https", "ws", "wss"}:
            self.requests += 1
            if host != "127.0.0.1":
                self.other_hosts.add(str(host))

    def _add(self, key: str, amount: float) -> None:
        self.bytes[key] += int(amount)


def _size(frame: dict[str, Any]) -> int:
    length = len(frame["payloadData"].encode())
    return length if frame["opcode"] == 1 else length * 3 // 4  # binary frames come as base64


class Reader:
    """One reader of one app."""

    def __init__(self, browser: Browser, app: App, url: str, first: str) -> None:
        """`first`: the theme that is chosen as soon as its control works."""
        self.app, self.url = app, url + app.path
        look = {
            "paragraph": app.paragraph,
            "control": app.control,
            "applied": app.applied,
            "last": app.last,
            "drawn": app.drawn,
            "bars": app.bars,
            "first": first,
        }
        self.context = browser.new_context(viewport={"width": 1280, "height": 800})
        self.context.add_init_script(PROBE.replace("__APP__", json.dumps(look)))
        self.errors: list[str] = []
        self.open()

    def open(self) -> None:
        """A new tab; the cache of the browser is that of the tabs before."""
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)[:200]))
        self.traffic = Traffic(self)

    def go(self, at: float | None = None) -> None:
        """Set out at this time (as `time.time` counts), or now."""
        self.end = time.monotonic() + PATIENCE
        self.page.evaluate(
            "([url, at]) => { setTimeout(() => { location.href = url; }, Math.max(20, at - Date.now())); }",
            [self.url, 1000 * (at or 0)],
        )

    def arrive(self) -> dict[str, float | None]:
        """When the first paragraph was seen, the first filter worked and the last came: ms from the start.

        Raises TimeoutError when paragraph or filter do not come; a kernel that does not is None, and an error.
        """
        seen: dict[str, float | None] = {"painted": None}
        while None in seen.values() and time.monotonic() < self.end:
            try:
                seen = self.page.evaluate("() => window.__bench?.seen ?? {painted: null}")
            except BrowserError:  # just between two documents
                continue
            self.page.wait_for_timeout(50)
        painted, paragraph, works = (seen.get(key) for key in ("painted", "paragraph", "filter"))
        if painted is None or paragraph is None or works is None:
            raise TimeoutError(f"no filter after {PATIENCE} s, only {seen}. {self.errors}")
        if seen["last"] is None:
            self.errors.append(f"no {self.app.last} came within {PATIENCE} s")
        on_screen = max(painted, paragraph)
        return {"paragraph": on_screen, "filter": max(works, on_screen), "last": seen["last"]}

    def click(self, tag: str, what: str = "filter") -> float:
        """Milliseconds from the press on a theme to its passages on screen; then the theme is released.

        `what`: "both" waits for the bars of the chart too.
        """
        took = self._took(what, self.app.control.format(tag=tag), tag)
        self.page.wait_for_timeout(PAUSE)
        self.release(tag)
        return took

    def draw(self) -> float:
        """Milliseconds from the press on the button for charts to the first of them on screen."""
        return self._took("chart", self.app.charts)

    def _took(self, what: str, control: str, tag: str = "") -> float:
        self.page.evaluate("([what, tag]) => window.__bench.arm(what, tag)", [what, tag])
        self.page.locator(control).click()
        self.page.wait_for_function("() => window.__bench.took !== null", polling=20)
        return self.page.evaluate("() => window.__bench.took")

    def release(self, tag: str) -> None:
        """Undo the choice of a theme."""
        self.page.locator(self.app.release.format(tag=tag)).click()
        self.page.wait_for_function("tag => window.__bench.calm(tag)", arg=tag, polling=20)
        self.page.wait_for_timeout(PAUSE)

    def scroll(self) -> list[float]:
        """Milliseconds of each frame while the wheel turns over the text."""
        self.page.locator(self.app.paragraph).first.hover()
        self.page.evaluate("() => window.__bench.watch()")
        for _ in range(STEPS):
            self.page.mouse.wheel(0, STEP)
            self.page.wait_for_timeout(STEP_PAUSE)
        far = self.page.evaluate("() => document.scrollingElement.scrollTop")
        if far < STEPS * STEP / 2:
            self.errors.append(f"{STEPS} steps of {STEP} px scrolled {far} px")
        return self.page.evaluate("() => window.__bench.frames")

    def close(self) -> None:
        """Close the tab as a reader does it; the browser lives on and may send its last words."""
        self.page.close(run_before_unload=True)

    def forget(self) -> None:
        """End the context, some time after its tab was closed."""
        self.context.close()
