"""What a reader of a notebook can ask of its server: no code is run, and no kernel of another is reached."""

from __future__ import annotations

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from websocket import WebSocket, WebSocketBadStatusException, create_connection

from asking import Answered, ask
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from servers import Server

pytestmark = pytest.mark.slow
SOURCE = """
from essay_explorer import EssayText, Lens, open_reading
lens = Lens(open_reading('her'))
lens.observe(print, 'chosen')
EssayText(lens)
"""
CONFIG = re.compile(r'<script id="jupyter-config-data" type="application/json">(.*?)</script>', re.DOTALL)
# What would run code or tell of it, by channel; each with what makes it answer.
REFUSED = {
    "execute_request": ("shell", {"code": "1", "silent": False, "store_history": False, "user_expressions": {}}),
    "complete_request": ("shell", {"code": "le", "cursor_pos": 2}),
    "inspect_request": ("shell", {"code": "lens", "cursor_pos": 4, "detail_level": 0}),
    "history_request": ("shell", {"hist_access_type": "tail", "n": 9, "raw": True, "output": False}),
    "is_complete_request": ("shell", {"code": "lens"}),
    "debug_request": ("control", {"type": "request", "seq": 1, "command": "debugInfo", "arguments": {}}),
}


@dataclass
class Visit:
    """A reader's visit: what its page knows of its kernel, and its cookies."""

    server: Server
    kernel: str
    cookies: dict[str, str]

    def ask(self, path: str, method: str = "GET") -> Answered:
        headers = {"Cookie": self._cookie(), "X-XSRFToken": self.cookies["_xsrf"]}
        return ask(self.server, path, method=method, headers=headers)

    def channels(self, kernel: str) -> WebSocket:
        address = f"{self.server.url}api/kernels/{kernel}/channels".replace("http", "ws", 1)
        return create_connection(address, cookie=self._cookie(), origin=self.server.url.rstrip("/"), timeout=20)

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


def visit(server: Server) -> Visit:
    """A new reader's visit."""
    answer = ask(server)
    cookies = dict(one.partition(";")[0].split("=", 1) for one in answer.headers.get_all("Set-Cookie"))
    return Visit(server, json.loads(CONFIG.search(answer.text)[1])["kernelId"], cookies)


def send(socket: WebSocket, kind: str, channel: str, content: dict[str, Any]) -> None:
    header = {"msg_id": kind, "msg_type": kind, "session": "s", "username": "", "version": "5.4", "date": ""}
    message = {"channel": channel, "header": header, "parent_header": {}, "metadata": {}, "content": content}
    socket.send(json.dumps(message))


def answers(socket: WebSocket, last: str) -> list[str]:
    """The kinds of requests that the kernel has answered or worked at, until it has answered the last."""
    heard = []
    while last not in heard:
        message = json.loads(socket.recv())
        if message["channel"] != "iopub" or message["msg_type"] == "status":
            heard.append(message["parent_header"].get("msg_id", ""))
    return heard


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("book") / "book.ipynb"
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=[new_code_cell(SOURCE)], metadata={"kernelspec": kernelspec}), path)
    with dashboard(str(path), "--pool", "0") as server:
        yield server


def test_no_reader_has_code_run_completed_or_shown(server: Server, tmp_path: Path) -> None:
    reader = visit(server)
    socket = reader.channels(reader.kernel)
    written = tmp_path / "written"
    REFUSED["execute_request"][1]["code"] = f"open({str(written)!r}, 'w').close()"
    for kind, (channel, content) in REFUSED.items():
        send(socket, kind, channel, content)
    send(socket, "kernel_info_request", "control", {})
    send(socket, "kernel_info_request", "shell", {})
    assert set(answers(socket, "kernel_info_request")) & set(REFUSED) == set()
    time.sleep(0.5)  # of the two channels one may have been quicker
    assert not written.exists()
    socket.close()


def test_what_widgets_say_to_the_kernel_gets_through(server: Server) -> None:
    reader = visit(server)
    socket = reader.channels(reader.kernel)
    send(socket, "comm_info_request", "shell", {"target_name": "jupyter.widget"})
    assert "comm_info_request" in answers(socket, "comm_info_request")
    socket.close()


def test_another_readers_kernel_is_not_there(server: Server) -> None:
    mine, other = visit(server), visit(server)
    assert mine.kernel != other.kernel
    assert mine.ask(f"/api/kernels/{mine.kernel}").status == HTTPStatus.OK
    at = f"/api/kernels/{other.kernel}"
    assert mine.ask(at).status == HTTPStatus.NOT_FOUND
    assert mine.ask(f"/voila/api/shutdown/{other.kernel}", "POST").status == HTTPStatus.NOT_FOUND
    with pytest.raises(WebSocketBadStatusException) as refused:
        mine.channels(other.kernel)
    assert refused.value.status_code == HTTPStatus.NOT_FOUND
    assert other.ask(at).status == HTTPStatus.OK


@pytest.mark.parametrize(
    ("method", "path"),
    [("DELETE", "{}"), ("POST", "{}/interrupt"), ("POST", "{}/restart"), ("GET", ""), ("POST", ""), ("PATCH", "{}")],
)
def test_a_kernel_does_nothing_for_readers_but_answer(server: Server, method: str, path: str) -> None:
    mine, other = visit(server), visit(server)
    for one in (mine, other):
        answer = mine.ask(f"/api/kernels/{path.format(one.kernel)}".rstrip("/"), method)
        assert answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.FORBIDDEN}
        assert other.kernel not in answer.text
    assert mine.ask(f"/api/kernels/{mine.kernel}").status == HTTPStatus.OK
    assert other.ask(f"/api/kernels/{other.kernel}").status == HTTPStatus.OK


def test_a_connection_does_not_wait_for_a_kernel_that_has_ended(server: Server) -> None:
    others = {kernel.pid for kernel in server.kernels()}
    reader = visit(server)
    (kernel,) = [kernel for kernel in server.kernels() if kernel.pid not in others]
    kernel.suspend()  # it answers nothing any more
    with ThreadPoolExecutor() as threads:
        connecting = threads.submit(reader.channels, reader.kernel)
        time.sleep(1)
        assert not connecting.done()
        kernel.kill()
        with pytest.raises(WebSocketBadStatusException):  # and no timeout
            connecting.result()


def test_a_reader_ends_their_own_kernel_with_the_page_only(server: Server) -> None:
    reader = visit(server)
    foreign = ask(server, f"/voila/api/shutdown/{reader.kernel}", method="POST")  # without the reader's cookies
    assert foreign.status in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}
    assert reader.ask(f"/api/kernels/{reader.kernel}").status == HTTPStatus.OK
    assert reader.ask(f"/voila/api/shutdown/{reader.kernel}", "POST").status < HTTPStatus.BAD_REQUEST
    assert reader.ask(f"/api/kernels/{reader.kernel}").status == HTTPStatus.NOT_FOUND
