"""News from the server: events with ids that are resumed, streamed or asked for."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from asking import ask, stream
from essay_explorer import open_reading
from essay_explorer.library.opening import open_quietly
from essay_explorer.server.news import Channel
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from servers import Server

HER = Path(__file__).parents[2] / "data" / "her"


def heard(channel: Channel, last: str) -> list[object]:
    return [event.data for event in channel.after(last)]


def test_who_comes_back_gets_the_events_that_were_missed() -> None:
    channel = Channel(lambda: [("now", "all")])
    start = channel.last
    for number in range(3):
        channel.publish("one", number)
    assert heard(channel, start) == [0, 1, 2]
    first = channel.after(start)[0].id
    assert heard(channel, first) == [1, 2]
    assert heard(channel, channel.last) == []


@pytest.mark.parametrize(
    "last", ["", "other-2", "-", "x", "{run}-9", "{run}--1", "{run}-x", "{run}-²", "{run}-0", "{run}-" + "9" * 5_000]
)
def test_who_has_heard_nothing_that_is_known_gets_the_present_state(last: str) -> None:
    channel = Channel(lambda: [("now", "all")], kept=2)
    run = channel.last.partition("-")[0]
    for number in range(4):
        channel.publish("one", number)
    (event,) = channel.after(last.format(run=run))
    assert (event.kind, event.data, event.id) == ("now", "all", channel.last)


def test_an_event_is_one_line_whatever_it_says() -> None:
    channel = Channel(list)
    channel.publish("one", "a\n\ndata: b\r\x85\u2028")
    lines = str(channel.after(f"{channel.last.partition('-')[0]}-0")[0]).split("\n")
    assert [line.partition(":")[0] for line in lines] == ["id", "data", "", ""]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    shutil.copytree(HER, folder)
    return folder


@pytest.fixture
def served(mine: Path) -> Iterator[Server]:
    with dashboard("her", str(mine)) as server:
        yield server


def cut_short(folder: Path) -> str:
    """Take a reading's last annotation away; its new version."""
    rows = (folder / "annotations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "annotations.csv").write_text("".join(rows[:-1]), encoding="utf-8")
    return open_quietly(folder).fingerprint


@pytest.mark.slow
def test_a_changed_file_is_news_on_its_page_and_the_shelf_alone(served: Server, mine: Path) -> None:
    with (
        stream(served, "/mine/essay-explorer/news") as page,
        stream(served, "/essay-explorer/news") as shelf,
        stream(served, "/her/essay-explorer/news") as other,
    ):
        start, first = next(page)
        assert first == {"kind": "reading", "data": {"name": "mine", "version": open_reading(mine).fingerprint}}
        assert set(next(shelf)[1]["data"]) == {"her", "mine"}
        next(other)
        version = cut_short(mine)
        last, news = next(page)
        assert news == {"kind": "reading", "data": {"name": "mine", "version": version}}
        assert next(shelf)[1] == news
    assert len(ask(served, "/mine/essay-explorer/content.json").json["Lens"]["content"]["passages"]) == 66
    with stream(served, "/mine/essay-explorer/news", **{"Last-Event-ID": start}) as again:
        assert next(again) == (last, news)
    with stream(served, f"/mine/essay-explorer/news?after={last}") as again:
        assert next(again)[1]["kind"] == "beat"  # a first word, so that the page knows that nothing keeps it back


@pytest.mark.slow
def test_who_gets_no_stream_asks(served: Server, mine: Path) -> None:
    first = ask(served, "/mine/essay-explorer/news").json
    assert [event["kind"] for event in first["events"]] == ["reading"]
    assert ask(served, f"/mine/essay-explorer/news?after={first['last']}").json["events"] == []
    version = cut_short(mine)
    (event,) = ask(served, f"/mine/essay-explorer/news?after={first['last']}").json["events"]
    assert event["data"]["version"] == version


@pytest.mark.slow
def test_nobody_is_watched_for_where_nobody_listens(served: Server) -> None:
    process = psutil.Process(served.process.pid)
    with stream(served, "/her/essay-explorer/news") as news:
        next(news)
    open_files = len(process.net_connections())
    for _ in range(30):
        with stream(served, "/her/essay-explorer/news") as news:
            next(news)
    ask(served, "/health")
    assert len(process.net_connections()) <= open_files + 1  # those who left are forgotten
    assert "Traceback" not in served.printed()
    assert "ERROR" not in served.printed()


@pytest.mark.slow
def test_news_of_no_reading_is_not_there(served: Server) -> None:
    assert ask(served, "/nothing/essay-explorer/news").status == 404
    assert ask(served, "/her/essay-explorer/news", method="HEAD").status == 200
