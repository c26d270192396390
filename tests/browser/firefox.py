"""The second engine: Firefox, driven over WebDriver BiDi, which it speaks itself.

https://www.w3.org/TR/webdriver-bidi/
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import websocket

from chromium import apt_install, installing
from servers import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STARTUP = 60  # seconds
COUNT = count(1)  # of commands
PREFERENCES = {  # nothing is fetched from anywhere
    "app.normandy.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.proxy.type": 1,
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks_port": 9,  # discards: only this machine answers
    "network.proxy.allow_hijacking_localhost": False,
    "remote.active-protocols": 1,
    "toolkit.telemetry.enabled": False,
}


def executable() -> str:
    """The path of a Firefox: $FIREFOX, the system's, or Debian's if it may be installed; else the test is skipped."""
    with installing():
        for name in (os.environ.get("FIREFOX"), "firefox-esr", "firefox"):
            if found := name and shutil.which(name):
                return found
        apt_install("firefox-esr")
        if found := shutil.which("firefox-esr"):
            return found
    pytest.skip("There is no Firefox: only Chromium was tried. Install one, or name it in $FIREFOX.")


class Firefox:
    """One tab of a Firefox."""

    def __init__(self, socket: websocket.WebSocket, tab: str) -> None:
        self._socket, self._tab = socket, tab

    @classmethod
    def first(cls, socket: websocket.WebSocket) -> Firefox:
        """The tab with which it begins."""
        made = cls(socket, "")
        made.ask("session.new", capabilities={})
        (made._tab,) = made._tabs()
        return made

    def somebody_else(self) -> Firefox:
        """A tab in which nothing is known of the others: no cookie, no storage."""
        context = self.ask("browser.createUserContext")["userContext"]
        made = self.ask("browsingContext.create", type="tab", userContext=context)
        return Firefox(self._socket, made["context"])

    def _tabs(self) -> list[str]:
        return [one["context"] for one in self.ask("browsingContext.getTree")["contexts"]]

    @contextmanager
    def in_frame(self) -> Iterator[Firefox]:
        """The first frame in the page."""
        (page,) = self.ask("browsingContext.getTree", root=self._tab)["contexts"]
        yield Firefox(self._socket, page["children"][0]["context"])

    def press(self, selector: str, words: str = "") -> None:
        """Press the first of what a selector finds that has these words, as somebody does who looks at the page."""
        self.until(f"{_found(selector, words)}")
        source = f"{_found(selector, words)}.click()"
        target = {"context": self._tab}
        self.ask("script.evaluate", expression=source, target=target, awaitPromise=False, userActivation=True)

    def window_of(self, act: Callable[[], None]) -> Firefox:
        """The window that opens when something is done."""
        before = self._tabs()
        act()
        end = time.monotonic() + 30
        while time.monotonic() < end:
            for tab in self._tabs():
                if tab not in before:
                    return Firefox(self._socket, tab)
            time.sleep(0.05)
        raise TimeoutError("no window has opened")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """What the browser answers to a command."""
        number = next(COUNT)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['message']}")
                return answer["result"]

    def go(self, url: str) -> None:
        """Open an address and wait until it is loaded."""
        self.ask("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """The value of an expression of JavaScript in the page; promises are awaited."""
        source = f"Promise.resolve({expression}).then((value) => JSON.stringify(value ?? null))"
        answer = self.ask("script.evaluate", expression=source, target={"context": self._tab}, awaitPromise=True)
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def picture(self, x: float, y: float, width: float, height: float) -> str:
        """A PNG of a part of the window, in base 64."""
        clip = {"type": "box", "x": x, "y": y, "width": width, "height": height}
        return self.ask("browsingContext.captureScreenshot", context=self._tab, clip=clip)["data"]

    def until(self, expression: str, seconds: float = 30) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + seconds
        while not self.evaluate(f"Boolean({expression})"):
            if time.monotonic() > end:
                raise TimeoutError(f"still not true: {expression}")
            time.sleep(0.05)


def _found(selector: str, words: str) -> str:
    """An expression of JavaScript."""
    every = f"[...document.querySelectorAll({json.dumps(selector)})]"
    return f"{every}.find((one) => one.textContent.includes({json.dumps(words)}))"


@contextmanager
def firefox() -> Iterator[Firefox]:
    """A new Firefox with a profile of its own."""
    with tempfile.TemporaryDirectory(prefix="essay-explorer-") as profile:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items())
        Path(profile, "user.js").write_text("\n".join(lines), encoding="utf-8")
        port = free_port()
        command = [executable(), "--headless", "--no-remote", "--profile", profile, f"--remote-debugging-port={port}"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            with closing(_connected(port, process)) as socket:
                yield Firefox.first(socket)
        finally:
            process.terminate()
            process.wait(20)


def _connected(port: int, process: subprocess.Popen[bytes]) -> websocket.WebSocket:
    end = time.monotonic() + STARTUP
    while time.monotonic() < end and process.poll() is None:
        try:
            return websocket.create_connection(f"ws://127.0.0.1:{port}/session", timeout=60, suppress_origin=True)
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"Firefox did not answer within {STARTUP} s")
