"""A reading that is served blind: what its reader may not see yet is in nothing that is sent."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pytest

from asking import ask, stream
from essay_explorer import measures, open_reading
from essay_explorer.charts import CHARTS, bundle
from essay_explorer.library.finding import folder_of, originals_of
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servers import Server

READING = open_reading("her")
ADDRESSES = re.compile(rb"""(?:href|src|action)="([^"#\s$]+)"|"((?:\./|\.\./)*essay-explorer/[^"#\s$]+)\"""")
GUESSES = ("content.json", "next.json", "reading.json", "her.html", "news?after=", "annotations.csv", "charts.json")


@pytest.fixture(scope="module")
def blind() -> Iterator[Server]:
    with dashboard("her", "--blind") as server:
        yield server


def everything_sent(server: Server) -> dict[str, bytes]:
    """The body of every address that a reader finds, by following all that pages name and by guessing."""
    copies = tuple(f"{original}.html" for original in originals_of("her"))
    found: dict[str, bytes] = {}
    todo = ["/", "/her/", "/her", "/annotations.csv", "/her/annotations.csv", "/relations.csv", "/tour.csv"]
    todo += [f"{start}essay-explorer/{name}" for start in ("/", "/her/") for name in (*GUESSES, *copies)]
    while todo:
        path = todo.pop()
        if path not in found and path.startswith("/"):
            found[path] = ask(server, path).body
            named = (one or other for one, other in ADDRESSES.findall(found[path]))
            todo += [urljoin(path, name.decode()) for name in named if b":" not in name]
    return found


def secrets() -> set[str]:
    """What somebody made of the text: ids, notes, relations, the tour, what the charts found."""
    ids = {f'"{passage.id}"' for passage in READING.passages()} | {f"at={one.id}" for one in READING.annotations}
    notes = {one.note for one in READING.annotations} | {one.note for one in READING.relations}
    tour = set(chain.from_iterable((stop.title, stop.text) for stop in READING.tour))
    found = {getattr(measures, name)(READING).title for name in CHARTS}
    shown = "".join((folder_of("her") / name).read_text(encoding="utf-8") for name in ("essay.md", "codebook.yml"))
    return {one for one in ids | notes | tour | found if one not in shown}  # a stop may be called as a theme is told


def test_nothing_that_is_sent_tells_what_was_made_of_the_text(blind: Server) -> None:
    sent = everything_sent(blind)
    assert {"/", "/her/", "/her/essay-explorer/content.json"} <= sent.keys()
    told = {(path, secret) for path, body in sent.items() for secret in secrets() if secret.encode() in body}
    assert told == set()
    assert len(secrets()) > 200
    with stream(blind, "/her/essay-explorer/news") as events:
        (_, news) = next(events)
    assert set(news["data"]) == {"name", "version"}


def test_the_text_and_the_themes_are_there_and_say_that_they_are_blind(blind: Server) -> None:
    page = ask(blind, "/").text
    assert "Few films have annoyed me as tenderly" in page
    content = ask(blind, "/essay-explorer/content.json").json["Lens"]["content"]
    assert (content["blind"], content["passages"], content["relations"], content["tour"]) == (True, [], [], [])
    assert not any("passages" in paragraph for paragraph in content["paragraphs"])
    assert [tag["id"] for tag in content["facets"][0]["tags"]] == [tag.id for tag in READING.codebook.facets[0].tags]
    assert {tag["count"] for facet in content["facets"] for tag in facet["tags"]} == {0}
    assert content["fingerprint"] == READING.fingerprint  # so that news of it is no news


def test_the_rest_comes_to_who_asks_for_it_and_only_where_it_was_hidden(blind: Server) -> None:
    answer = ask(blind, "/her/essay-explorer/reading.json", method="POST")
    states = answer.json
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(states["Lens"]["content"]["passages"]) == len(READING.passages())
    assert "blind" not in states["Lens"]["content"]
    charts = states["ChartPanel"]["charts"]
    assert charts == f"essay-explorer/{bundle.charts_name(READING)}"
    assert ask(blind, f"/her/{charts}").json["fingerprint"] == READING.fingerprint
    with dashboard("her") as server:
        assert ask(server, "/her/essay-explorer/reading.json", method="POST").status == 405
