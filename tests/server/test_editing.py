"""The editor's door: who was given its address may change the reading, from its own page; nobody else may."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

import pytest

from asking import Answered, ask, connected
from servers import ADDRESS, Server, dashboard, free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

pytestmark = pytest.mark.slow

BOOK = "facets:\n- id: theme\n  tags:\n  - id: trust\n    label: Trust\n"
DOOR = "/essay-explorer/edit"
ADD = {"act": {"do": "add tag", "label": "Hope"}, "name": "one"}


class Author:
    """Who was given the address: with the cookie that it gives, and the key of the page."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.token = re.search(r"\?token=([\w-]+)", server.printed())[1]
        arrived = ask(server, f"/?token={self.token}")
        assert (arrived.status, arrived.headers["Location"]) == (302, "/")
        self.cookie = arrived.headers["Set-Cookie"].partition(";")[0]
        self.flags = arrived.headers["Set-Cookie"]
        self.page = ask(server, headers={"Cookie": self.cookie}).text
        self.key = re.search(r'"key": ?"([\w-]+)"', self.page)[1]

    def post(self, body: object = ADD, **changed: str | None) -> Answered:
        own = self.server.url.rstrip("/")
        headers = {
            "Cookie": self.cookie,
            "Content-Type": "application/json",
            "X-Essay-Explorer-Key": self.key,
            "Origin": own,
            "Sec-Fetch-Site": "same-origin",
        }
        headers |= {name.replace("_", "-"): value for name, value in changed.items()}
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return post(self.server, raw, {name: value for name, value in headers.items() if value is not None})


def post(server: Server, body: bytes, headers: Mapping[str, str]) -> Answered:
    connection = connected(server)
    try:
        connection.request("POST", DOOR, body=body, headers=dict(headers))
        return Answered(connection.getresponse())
    finally:
        connection.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "essay.md").write_text("Trust is chosen. The end is near.\n", encoding="utf-8")
    (folder / "codebook.yml").write_text(BOOK, encoding="utf-8")
    return folder


@pytest.fixture
def author(folder: Path) -> Iterator[Author]:
    command = [sys.executable, "-m", "essay_explorer", "edit", str(folder), "--port", str(free_port())]
    with serving(command, ADDRESS) as server:
        yield Author(server)


def test_only_the_author_from_the_authors_page_changes_anything(author: Author, folder: Path) -> None:
    assert "HttpOnly" in author.flags
    assert "SameSite=Lax" in author.flags
    assert author.token not in author.page  # no link of the page carries it
    strangers: list[dict[str, Any]] = [
        {"Cookie": None},
        {"Cookie": author.cookie[:-1]},
        {"X_Essay_Explorer_Key": None},
        {"X_Essay_Explorer_Key": author.token},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": author.server.url.rstrip("/").replace("127.0.0.1", "localhost")},
        {"Sec_Fetch_Site": "same-site"},  # a page of another port of this machine
        {"Content_Type": "text/plain"},  # what a form of another site may send unasked
        {"X_Forwarded_For": "10.0.0.1"},
    ]
    for changed in strangers:
        assert author.post(**changed).status == 403, changed
    assert author.post(Host="evil.example").status == 421
    assert (folder / "codebook.yml").read_text(encoding="utf-8") == BOOK
    assert author.post().json["said"] == 'Added "Hope"'
    assert (folder / "codebook.yml").read_text(encoding="utf-8") == f"{BOOK}  - id: hope\n    label: Hope\n"


@pytest.mark.parametrize(
    "path", ["/", "/?token=", "/?token=x", "/essay-explorer/content.json", "/essay-explorer/news", DOOR]
)
def test_who_has_no_address_with_a_token_sees_nothing(author: Author, path: str) -> None:
    answer = ask(author.server, path)
    assert answer.status == 403
    assert "has a token in it" in answer.text
    assert "Trust is chosen" not in answer.text


def test_an_act_is_done_once_undone_and_done_again(author: Author, folder: Path) -> None:
    versions = {author.post().json["version"] for _ in range(2)}
    assert len(versions) == 1
    assert author.post({"undo": True}).json == {
        "said": 'Undone: Added "Hope"',
        "question": "",
        "undo": "",
        "redo": 'Added "Hope"',
        "version": ask(author.server, "/essay-explorer/content.json", headers={"Cookie": author.cookie}).json["Lens"][
            "content"
        ]["fingerprint"],
    }
    assert (folder / "codebook.yml").read_text(encoding="utf-8") == BOOK
    assert author.post({"redo": True}).json["undo"] == 'Added "Hope"'


def test_each_page_is_answered_in_its_own_language(author: Author) -> None:
    german, where = {"Accept_Language": "de"}, {"Cookie": author.cookie, "Accept-Language": "de"}
    assert author.post(**german).json["said"] == "„Hope“ hinzugefügt"
    for way, desk in (("undo", ("", "„Hope“ hinzugefügt")), ("redo", ("„Hope“ hinzugefügt", ""))):
        author.post({way: True})
        parts = ask(author.server, "/essay-explorer/content.json", headers=where).json
        assert (parts["Editor"]["desk"]["undo"], parts["Editor"]["desk"]["redo"]) == desk
    assert author.post({"act": {"do": "add tag", "label": " "}, "name": "no"}, **german).json["fault"].startswith("Gib")
    assert "Schlüssel" in ask(author.server, "/", headers={"Accept-Language": "de"}).text


def test_a_question_comes_before_what_it_is_about(author: Author) -> None:
    author.post({"act": {"do": "add passage", "quote": "Trust is chosen.", "tags": ["trust"]}, "name": "two"})
    asked = {"act": {"do": "remove tag", "tag": "trust"}, "name": "three"}
    answer = author.post(asked)
    assert (answer.status, answer.json["said"]) == (409, "")
    assert "stands on 1 passage" in answer.json["question"]
    assert author.post({**asked, "sure": True}).status == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[" * 100_000, 422),
        (b"\xff", 422),
        ({"act": {"do": "add tag"}, "name": "x"}, 422),
        ({"act": {"do": "add tag", "label": "x" * 200_000}, "name": "x"}, 422),
    ],
)
def test_what_is_no_act_is_refused_in_words(author: Author, body: object, status: int) -> None:
    answer = author.post(body)
    assert answer.status == status
    assert answer.json["fault"]
    assert "Traceback" not in answer.text


def test_a_body_that_is_too_large_is_not_read(author: Author, folder: Path) -> None:
    answer = author.post(b'"' + b"x" * 300_000 + b'"')
    assert (answer.status, answer.json["fault"]) == (413, "There is room for 262144 bytes at once. Send less.")
    assert (folder / "codebook.yml").read_text(encoding="utf-8") == BOOK


def test_a_readers_page_has_no_door(folder: Path) -> None:
    with dashboard(str(folder)) as server:
        assert post(server, json.dumps(ADD).encode(), {"Content-Type": "application/json"}).status == 405
        assert "essay-editor" not in ask(server).text
        assert urlparse(server.url).query == ""


def test_a_reading_of_the_project_is_not_edited() -> None:
    command = [sys.executable, "-m", "essay_explorer", "edit", "her", "--port", str(free_port())]
    with pytest.raises(RuntimeError, match="comes with the project and stays as it is"), serving(command, ADDRESS):
        pass
