"""What the server answers: readings at their names, the shelf, and plain words for everything else."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from asking import ask
from essay_explorer import open_reading
from essay_explorer.charts import bundle
from essay_explorer.page.document import Parts
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servers import Server

HER = Path(__file__).parents[2] / "data" / "her"
READING = open_reading("her")


@pytest.fixture(scope="module")
def her() -> Iterator[Server]:
    with dashboard("her") as server:
        yield server


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("mine") / "größe"
    folder.mkdir()
    (folder / "essay.md").write_text("---\ntitle: Mine & <b>yours</b>\n---\n\nA text.\n", encoding="utf-8")
    with dashboard("her", str(folder)) as server:
        yield server


def test_one_reading_stands_at_the_first_page_and_at_its_name(her: Server) -> None:
    assert ask(her, "/").body == ask(her, "/her/").body
    assert READING.essay.paragraphs
    assert "<article" in ask(her, "/").text


def test_a_name_without_its_slash_leads_to_the_one_with_it(her: Server) -> None:
    answer = ask(her, "/her?a=1")
    assert (answer.status, answer.headers["Location"]) == (302, "her/?a=1")


def test_the_ending_of_each_leads_to_the_next_and_nowhere_where_there_is_one(her: Server, two: Server) -> None:
    assert ask(her, "/her/essay-explorer/next.json").json == {}
    mine = {"address": "../gr%C3%B6%C3%9Fe/", "title": [{"text": "Mine & <b>yours</b>"}]}
    assert ask(two, "/her/essay-explorer/next.json").json == mine
    after_the_last = ask(two, "/gr%C3%B6%C3%9Fe/essay-explorer/next.json").json
    assert after_the_last["address"] == "../her/"
    assert ask(two, mine["address"].removeprefix("..")).status == 200


@pytest.mark.parametrize("start", ["/", "/her/"])
def test_what_a_page_loads_later_stands_beside_it(her: Server, start: str) -> None:
    parts = Parts.beside(READING)
    for part in (parts.charts, parts.vega, parts.file, parts.copy):
        assert ask(her, start + part).status == 200, part
    assert json.loads(ask(her, f"{start}{parts.charts}").text)


@pytest.mark.parametrize(
    "path", ["/nothing", "/robots.txt", "//", "/her//", "/her/x", "/her/essay-explorer/x", "/../etc/passwd", "/%2e%2e/"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_not_there_answers_404_in_plain_words(her: Server, path: str, method: str) -> None:
    answer = ask(her, path, method=method)
    assert answer.status == 404
    assert answer.headers["Content-Security-Policy"]
    if method == "GET":
        assert "There is no such page here." in answer.text
        assert "Traceback" not in her.printed()


@pytest.mark.parametrize("path", ["/%ff/", "/%", "/her/%c3%28", "/her/?x=%ff", "/%00/", "/" + "x" * 8_000])
def test_no_address_makes_a_fault(her: Server, path: str) -> None:
    assert ask(her, path).status in {200, 400, 404}
    assert "Traceback" not in her.printed()
    assert "ERROR" not in her.printed()


@pytest.mark.parametrize("path", ["/", "/her/", "/health", "/favicon.ico", f"/essay-explorer/{bundle.vega_name()}"])
def test_head_answers_as_get_does_without_a_body(her: Server, path: str) -> None:
    full, head = ask(her, path), ask(her, path, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    for name in ("Content-Type", "Content-Length", "Etag", "Cache-Control"):
        assert head.headers[name] == full.headers[name], name


def test_other_methods_are_refused_in_plain_words(her: Server) -> None:
    answer = ask(her, "/her/", method="POST")
    assert answer.status == 405
    assert "This page can be read, and nothing else." in answer.text


def test_a_page_that_the_browser_has_is_not_sent_again(her: Server) -> None:
    tag = ask(her).headers["Etag"]
    again = ask(her, headers={"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")


def test_what_is_named_by_its_content_is_kept_and_all_else_is_asked_for_anew(her: Server) -> None:
    """Also by a cache between, which needs one copy of a script for all languages, and one of a page for each."""
    named = {f"/{path}" for path in re.findall(r'"(essay-explorer/(?:charts|page|vega)-[^"]+)"', ask(her).text)}
    assert len(named) == 3
    for path in ("/", "/essay-explorer/content.json", "/essay-explorer/her.html", *named):
        headers = ask(her, path).headers
        kept = "public, max-age=31536000, immutable" if path in named else "no-cache"
        vary = "Accept-Encoding" if path in named else "Accept-Encoding, Accept-Language"
        assert (headers["Cache-Control"], headers["Vary"]) == (kept, vary), path
        again = ask(her, path, headers={"If-None-Match": f'"old", {headers["Etag"]}'})
        assert (again.status, again.body, again.headers["Cache-Control"]) == (304, b"", kept), path
        assert ask(her, path, headers={"If-None-Match": '"old"'}).status == 200
    spoken = [ask(her, headers={"Accept-Language": language}).headers["Etag"] for language in ("en", "de")]
    assert len(set(spoken)) == 2


def test_what_is_sent_is_compressed_where_the_browser_takes_it(her: Server) -> None:
    path = f"/essay-explorer/{bundle.vega_name()}"
    packed = ask(her, path, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == ask(her, path).body == bundle.vega().encode()
    assert "immutable" in packed.headers["Cache-Control"]


def test_several_readings_stand_on_a_shelf_and_at_their_names(two: Server) -> None:
    shelf = ask(two).text
    assert 'href="her/"' in shelf
    assert 'href="gr%C3%B6%C3%9Fe/"' in shelf
    assert "Mine &amp; &lt;b&gt;yours&lt;/b&gt;" in shelf
    assert "<b>yours" not in shelf
    assert shelf.count("<script") == 1  # that waits for news
    assert "A text." in ask(two, "/gr%C3%B6%C3%9Fe/").text
    assert ask(two, "/gr%C3%B6%C3%9Fe/essay-explorer/content.json").status == 200
    scripts = [
        re.findall(r"essay-explorer/page-\w+\.js", ask(two, path).text) for path in ("/her/", "/gr%C3%B6%C3%9Fe/")
    ]
    assert scripts[0] == scripts[1]
    assert ask(two, f"/her/{scripts[0][0]}").body == ask(two, f"/gr%C3%B6%C3%9Fe/{scripts[0][0]}").body


@pytest.mark.slow
def test_a_changed_file_makes_a_new_page(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(HER, mine)
    with dashboard(str(mine)) as server:
        before = ask(server)
        rows = (mine / "annotations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (mine / "annotations.csv").write_text("".join(rows[:-1]), encoding="utf-8")
        after = ask(server)
        assert "66\xa0passages" in after.text
        assert after.headers["Etag"] != before.headers["Etag"]
        (mine / "essay.md").unlink()
        assert ask(server).body == after.body  # until the author has mended it
        assert "mine cannot be opened; it is shown as it was before" in server.printed()
        assert "Traceback" not in server.printed()
