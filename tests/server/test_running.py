"""Where a server is reached: its port, its prefix, its names; and how much it takes on."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlparse

import pytest

from asking import Answered, ask, connected, stream
from essay_explorer import open_reading
from essay_explorer.page.document import Parts
from essay_explorer.server import listening
from essay_explorer.server.app import application
from essay_explorer.server.hosts import Hosts
from essay_explorer.server.running import prefix_of
from servers import ADDRESS, dashboard, free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servers import Server

HER = Path(__file__).parents[2] / "data" / "her"
READ = (sys.executable, "-m", "essay_explorer", "read")


@contextlib.contextmanager
def taken() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_port_given_by_hand_never_moves() -> None:
    with taken() as port:
        run = subprocess.run([*READ, "--port", str(port)], capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 1
    assert run.stderr == (
        f"essay-explorer: Port {port} is taken at 127.0.0.1. Name another with --port, "
        "or leave it out and the next free one is used\n"
    )


def test_without_one_the_next_free_port_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with taken() as port:
        monkeypatch.setattr(listening, "PORT", port)
        sockets, found = listening.bound("127.0.0.1", None)
        for one in sockets:
            one.close()
    assert port < found < port + listening.PORTS


@pytest.mark.parametrize(
    ("ip", "words"),
    [("192.0.2.7", "This machine has no address 192.0.2.7"), ("nowhere.invalid", "This machine has no address")],
)
def test_an_address_that_the_machine_does_not_have_is_refused_by_name(ip: str, words: str) -> None:
    with pytest.raises(OSError, match=words):
        listening.bound(ip, free_port())


@pytest.mark.parametrize(
    ("given", "hub", "prefix"),
    [
        (None, "", "/"),
        ("essays", "", "/essays/"),
        ("/a/b/", "", "/a/b/"),
        (None, "/user/ada/", "/user/ada/"),
        ("/", "/user/ada/", "/"),
    ],
)
def test_a_prefix_begins_and_ends_with_a_slash(
    monkeypatch: pytest.MonkeyPatch, given: str | None, hub: str, prefix: str
) -> None:
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", hub)
    assert prefix_of(given) == prefix


@pytest.mark.slow
@pytest.mark.parametrize("how", ["option", "hub"])
def test_everything_stands_under_the_prefix(how: str) -> None:
    options = ["--base-url", "/essays/"] if how == "option" else []
    env = {"JUPYTERHUB_SERVICE_PREFIX": "/essays/"} if how == "hub" else {}
    with dashboard(*options, env=env) as server:
        assert re.search(r"Open http://127\.0\.0\.1:\d+/essays/ ", server.printed())
        for path in (
            "/essays/",
            "/essays/her/",
            "/essays/health",
            f"/essays/her/{Parts.beside(open_reading('her')).charts}",
        ):
            assert ask(server, path).status == 200, path
        for path in ("/her/", "/essaysher/", "/essays//", "/other/"):
            assert ask(server, path).status == 404, path
        assert ask(server, "/").headers["Location"] == "essays/"
        assert ask(server, "/essays/her").headers["Location"] == "her/"
        assert 'href="../"' in ask(server, "/essays/nothing/").text
        page = ask(server, "/essays/her/").text
    assert not re.search(r"""(?:src|href|action)=["']/""", page)
    assert "/essays/" not in page


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A reading with a fault, on a server that goes by a name besides."""
    folder = tmp_path_factory.mktemp("faulty") / "mine"
    shutil.copytree(HER, folder)
    with (folder / "relations.csv").open("a", encoding="utf-8") as file:
        file.write("a01,supports,a99,\n")
    with dashboard(str(folder), "--host", "essays.test") as server:
        yield server


FAULT = "is not the id of an annotation"
PLACES = ["/", "/mine/essay-explorer/content.json", "/mine/essay-explorer/mine.html"]


@pytest.mark.parametrize("path", PLACES)
def test_faults_are_shown_to_the_owner(faulty: Server, path: str) -> None:
    assert re.search(FAULT, ask(faulty, path).text)
    assert re.search(FAULT, faulty.printed())


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "essays.test"},
        {"X-Forwarded-For": "192.168.1.5"},
        {"Forwarded": "for=192.168.1.5"},
        {"X-Real-IP": "192.168.1.5"},
        {"Via": "1.1 proxy"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_faults_are_not_shown_to_readers_elsewhere(faulty: Server, path: str, headers: dict[str, str]) -> None:
    answer = ask(faulty, path, headers=headers)
    assert answer.status == 200
    assert not re.search(FAULT, answer.text)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "192.168.1.5"])
def test_another_host_is_refused_in_plain_words(faulty: Server, host: str) -> None:
    for path in ("/", "/mine/essay-explorer/content.json", "/mine/essay-explorer/news", "/nothing"):
        answer = ask(faulty, path, headers={"Host": host})
        assert answer.status == 421
        assert "This server does not answer to that name." in answer.text
        assert "mine" not in answer.text
    assert ask(faulty, "/health", headers={"Host": host}).status == 200


def test_a_reader_who_leaves_makes_no_fault(faulty: Server) -> None:
    for path in ("/", "/mine/essay-explorer/mine.html", "/mine/essay-explorer/news"):
        for _ in range(20):
            connection = connected(faulty)
            connection.request("GET", path, headers={"Accept": "text/event-stream"})
            connection.sock.close()
    assert ask(faulty, "/health").status == 200
    assert "Traceback" not in faulty.printed()
    assert "ERROR" not in faulty.printed()


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\n",
        b"\x00\xff\x16\x03\x01nonsense\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 70_000,
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
    ],
    ids=["head", "body", "nonsense", "version", "path", "chunk"],
)
def test_a_request_without_measure_is_cut(faulty: Server, sent: bytes) -> None:
    place = ("127.0.0.1", urlparse(faulty.url).port)
    with socket.create_connection(place, 30) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(sent)
        answer = connection.recv(1000)
        assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
    assert ask(faulty, "/health").status == 200
    assert "Traceback" not in faulty.printed()


@pytest.mark.parametrize("size", [listening.LONGEST_BODY + 1, 1_000_000, 20_000_000])
@pytest.mark.parametrize("packed", [True, False], ids=["of a length", "in chunks"])
def test_a_request_that_is_too_long_is_answered_in_a_sentence(faulty: Server, size: int, *, packed: bool) -> None:
    body = b"x" * size
    pieces = body if packed else (body[at : at + 50_000] for at in range(0, size, 50_000))
    connection = connected(faulty)
    connection.request("POST", "/", pieces, {"Accept-Language": "de"}, encode_chunked=not packed)
    answer = Answered(connection.getresponse())
    assert (answer.status, answer.json["words"]) == (413, "Auf einmal haben 262144 Bytes Platz. Sende weniger.")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    connection.request("GET", "/health")  # on the same connection
    assert Answered(connection.getresponse()).text == "ok\n"
    connection.close()


@pytest.mark.slow
def test_many_idle_connections_do_not_take_the_server_down() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    narrow = ["sh", "-c", 'ulimit -n 512; exec "$@"', "sh", *READ, "--port", str(free_port())]
    idle: list[socket.socket] = []
    try:
        with serving(narrow, ADDRESS) as server, contextlib.ExitStack() as stack:
            news = stack.enter_context(stream(server, "/essay-explorer/news"))
            next(news)
            place = ("127.0.0.1", urlparse(server.url).port)
            idle.extend(socket.create_connection(place, 10) for _ in range(1_100))
            start = time.monotonic()
            assert ask(server).status == 200
            assert time.monotonic() - start < 5
            assert len(server.printed()) < 1_000
    finally:
        for one in idle:
            one.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_connection_that_says_nothing_is_closed_after_a_while() -> None:
    async def waited() -> float:
        server = listening.Server(application([], hosts=Hosts.at("127.0.0.1")), idle_connection_timeout=0.3)
        sockets, port = listening.bound("127.0.0.1", free_port())
        server.add_sockets(sockets)
        start = time.monotonic()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost:")  # and never the rest
        assert await asyncio.wait_for(reader.read(), 10) == b""
        server.stop()
        writer.close()
        return time.monotonic() - start

    assert asyncio.run(waited()) < 5
    assert 10 <= listening.IDLE <= 120


def test_the_oldest_idle_connection_makes_room_and_a_busy_one_never_does() -> None:
    async def seen() -> tuple[bytes, bytes]:
        server = listening.Server(application([], hosts=Hosts.at("127.0.0.1")), most=2)
        sockets, port = listening.bound("127.0.0.1", free_port())
        server.add_sockets(sockets)
        first, second, third = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        gone = await asyncio.wait_for(first[0].read(), 10)
        third[1].write(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = await asyncio.wait_for(third[0].readline(), 10)
        server.stop()
        for _, writer in (first, second, third):
            writer.close()
        return gone, answer

    assert asyncio.run(seen()) == (b"", b"HTTP/1.1 200 OK\r\n")


@pytest.mark.slow
@pytest.mark.parametrize("level", ["info", "warning"])
def test_requests_are_logged_only_for_whoever_asks_for_them(level: str) -> None:
    with dashboard("--log-level", level) as server:
        assert isinstance(ask(server, "/her/"), Answered)
        ask(server, "/health")  # when this is answered, the line about the first is written
        logged = "GET /her/ 200" in server.printed()
    assert logged == (level == "info")


@pytest.mark.slow
def test_nothing_of_jupyter_is_loaded_for_a_reading() -> None:
    code = """
import asyncio, sys
from essay_explorer.server import readings, library
from essay_explorer.library.finding import folder_of
async def made():
    shelf = library.Library(lambda: {"her": folder_of("her")})
    return await shelf.editions()
assert asyncio.run(made())["her"].page
heavy = {"voila", "jupyter_server", "ipykernel", "jupyter_client", "nbformat", "altair", "pandas", "segno", "typst"}
print(sorted(heavy & set(sys.modules)))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ))
    assert run.stdout == "[]\n"
