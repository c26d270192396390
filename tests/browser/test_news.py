"""Pages that stay open while their reading changes, and while their server is away."""

from __future__ import annotations

import re
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from paint import expect_painted
from servers import dashboard, free_port

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Reader

HER = Path(__file__).parents[2] / "data" / "her"
TITLE = "The Film That Asks and Won’t Answer"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    shutil.copytree(HER, folder)
    return folder


def rename(folder: Path, title: str) -> None:
    """Give an essay another title."""
    essay = folder / "essay.md"
    essay.write_text(re.sub(r"(?m)^title:.*", f"title: {title}", essay.read_text(encoding="utf-8")), encoding="utf-8")


def take_away(folder: Path, number: int) -> None:
    """Take the last annotations of a reading away, and what is related to them."""
    rows = (folder / "annotations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "annotations.csv").write_text("".join(rows[:-number]), encoding="utf-8")
    (folder / "relations.csv").unlink(missing_ok=True)


def live(page: Page) -> None:
    page.wait_for_selector("html[data-news=live]", state="attached")


def test_a_changed_file_redraws_the_open_page_and_leaves_the_reader_in_place(reader: Reader, mine: Path) -> None:
    with dashboard(str(mine)) as server:
        page = reader.page()
        page.goto(server.url + "#theme=trust&at=a32")
        live(page)
        expect(page.locator(".passage-card blockquote")).to_be_visible()
        quoted = page.locator(".passage-card blockquote").inner_text()
        page.locator('[data-paragraph="5"]').scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        take_away(mine, 6)
        expect(page.locator(".theme-filter .says")).to_have_text(re.compile(r"^\d+ of 61 passages about trust\.$"))
        expect(page.locator(".passage-card blockquote")).to_have_text(quoted)
        assert abs(page.evaluate("scrollY") - before) < 3
        rename(mine, "Another title")
        expect(page.locator("h1")).to_have_text("Another title")
        expect(page).to_have_title("Another title")
        expect(page).to_have_url(re.compile("#theme=trust&at=a32$"))


def test_a_redrawn_page_shows_its_new_charts(reader: Reader, mine: Path) -> None:
    with dashboard(str(mine)) as server:
        page = reader.page()
        page.goto(server.url + "#chart=weight")
        live(page)
        page.wait_for_selector(".chart-panel[data-drawn=weight]")
        with page.expect_response(re.compile("/essay-explorer/charts-")):
            take_away(mine, 20)
        page.wait_for_selector(".chart-panel[data-drawn=weight]")


def test_the_shelf_shows_that_a_reading_has_changed(reader: Reader, mine: Path) -> None:
    with dashboard("her", str(mine)) as server:
        page = reader.page()
        page.goto(server.url)
        live(page)
        page.get_by_role("link", name=TITLE).last.focus()
        rename(mine, "Another title")
        entry = page.locator("li[data-name=mine]")
        expect(entry.get_by_role("link", name="Another title")).to_be_focused()
        expect_painted(entry.get_by_text("Changed just now"))
        expect(page.get_by_role("status")).to_have_text("Changed just now: Another title")
        expect(page.locator("li[data-name=her] .changed")).to_have_count(0)
        page.reload()
        expect(page.locator(".changed")).to_have_count(0)


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_an_open_page_links_again_by_itself(reader: Reader, mine: Path, how: str) -> None:
    port = free_port()
    page = reader.page()
    with dashboard(str(mine), port=port) as server:
        page.goto(server.url)
        live(page)
        if how == "stopped":
            server.process.send_signal(signal.SIGSTOP)
            rename(mine, "While it stood")
            page.wait_for_timeout(1_500)
            server.process.send_signal(signal.SIGCONT)
            expect(page.locator("h1")).to_have_text("While it stood")
            return
        server.process.kill()
        server.process.wait()
    page.wait_for_selector("html[data-news=away]", state="attached")
    rename(mine, "While it was away")
    with dashboard(str(mine), port=port):
        expect(page.locator("h1")).to_have_text("While it was away")
        live(page)


def test_a_page_asks_where_a_proxy_keeps_the_stream_back(reader: Reader, mine: Path) -> None:
    with dashboard(str(mine)) as server:
        page = reader.page()
        page.clock.install()
        held = []
        page.route(
            "**/essay-explorer/news*",
            lambda route: (
                held.append(route) if "event-stream" in route.request.headers["accept"] else route.continue_()
            ),
        )
        page.goto(server.url)
        for _ in range(6):  # the stream's first word is waited for twice
            page.clock.run_for(5_000)
            page.wait_for_timeout(100)
        page.wait_for_selector("html[data-news=asked]", state="attached")
        rename(mine, "Asked for")
        for _ in range(4):
            page.clock.run_for(5_000)
            page.wait_for_timeout(100)
        expect(page.locator("h1")).to_have_text("Asked for")
        assert held


def test_the_browser_is_done_loading_while_the_stream_is_open(reader: Reader, mine: Path) -> None:
    with dashboard(str(mine)) as server:
        page = reader.page()
        page.goto(server.url, wait_until="load")
        live(page)
        assert page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") > 0
        streams = "performance.getEntriesByType('resource').filter((one) => one.name.includes('/news')).map((one) => one.startTime)"
        began = page.evaluate(streams)  # empty while it is open, in browsers that tell only what has ended
        assert all(time > page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") for time in began)


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_the_shelf_fits_and_reads_without_scripts(reader: Reader, mine: Path, width: int) -> None:
    with dashboard("her", str(mine)) as server:
        page = reader.page(viewport={"width": width, "height": 800}, java_script_enabled=False)
        page.goto(server.url)
        expect(page.get_by_role("link", name=TITLE)).to_have_count(2)
        themes = page.get_by_role("list", name="Themes").first
        expect_painted(themes.get_by_text("Trust"))
        box = page.locator("main").bounding_box()
        assert box["x"] + box["width"] <= width
        page.get_by_role("link", name=TITLE).first.click()
        expect(page.locator("article")).to_contain_text("Few films have annoyed me")
