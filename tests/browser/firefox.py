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
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import websocket

from chromium import apt_install, installing
from servers import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

STARTUP = 60  # seconds
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

    def __init__(self, socket: websocket.WebSocket) -> None:
        self._socket, self._count = socket, 0
        self.ask("session.new", capabilities={})
        (tab,) = self.ask("browsingContext.getTree")["contexts"]
        self._tab = tab["context"]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """What the browser answers to a command."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._count:
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

    def until(self, expression: str, seconds: float = 30) -> None:
        """Wait until an expression is true."""
        end = time.monotonic() + seconds
        while not self.evaluate(f"Boolean({expression})"):
            if time.monotonic() > end:
                raise TimeoutError(f"still not true: {expression}")
            time.sleep(0.05)


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
                yield Firefox(socket)
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
