"""The page as one file, opened from the disk: no server, no network, no kernel. In both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from essay_explorer import open_reading
from essay_explorer.page.export import embedding, write_page, write_site
from paint import WHY_UNPAINTED, expect_painted

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Reader
    from firefox import Firefox


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stick") / "her.html"
    write_page(open_reading("her"), path)
    return path


def test_everything_works_from_the_disk(reader: Reader, file: Path) -> None:
    page = reader.page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri() + "#theme=trust")
    expect(page.get_by_role("status").first).to_have_text("23 of 67 passages about trust.")
    page.get_by_role("button", name="The ending critique").first.click()
    expect(page.get_by_role("status").first).to_have_text("35 of 67 passages about trust or the ending critique.")
    expect_painted(page.locator("mark.on:not(.gap) .line.on"), "underline")
    expect_painted(page.locator(".strip .on"), "shape")
    page.locator("mark.on").first.click()
    expect(page.locator(".passage-card")).to_contain_text("Trust")
    page.get_by_role("searchbox").fill("mind")
    page.keyboard.press("Enter")
    expect(page.locator(".hits")).to_contain_text("1 of")
    page.get_by_role("button", name="Charts", exact=True).click()
    expect_painted(page.locator(".chart-panel .picture [aria-roledescription=bar]"), "shape")
    assert "theme=trust%2Cending" in page.url or "theme=trust,ending" in page.url
    assert "chart=dispersion" in page.url
    assert {url.split("#")[0] for url in asked if not url.startswith(("blob:", "data:"))} == {file.as_uri()}


def test_it_stands_inside_another_page(reader: Reader, file: Path) -> None:
    around = file.with_name("page.html")
    around.write_text(f"<!doctype html><p>Before.</p>{embedding(open_reading('her'), file.name)}", encoding="utf-8")
    page = reader.page()
    page.goto(around.as_uri())
    inside = page.frame_locator('iframe[title^="The Film"]')
    expect_painted(inside.locator(".paragraph").first, "text")
    inside.get_by_role("button", name="The ending critique").first.click()
    expect_painted(inside.locator("mark.on:not(.gap) .line.on"), "underline")


def test_a_permalink_into_the_file_opens_its_view(reader: Reader, file: Path) -> None:
    page = reader.page()
    page.goto(file.as_uri() + "#theme=ending&show=only&at=a06&chart=weight")
    page.wait_for_selector(".chart-panel[data-drawn=weight]")
    expect_painted(page.locator(".picture [aria-roledescription=bar]"), "shape")
    expect(page.locator(".passage-card")).to_contain_text("nobody picks them up")
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("button", name="Print or save as PDF")).to_be_visible()
    expect(page.get_by_role("button", name="Download as one file")).to_be_hidden()  # this is the file


def test_a_file_copies_no_address_of_the_disk_but_the_one_it_came_from(reader: Reader, file: Path) -> None:
    page = reader.page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(file.as_uri() + "#theme=trust&at=a32")
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("button", name="Print or save as PDF")).to_be_visible()
    expect(page.get_by_role("button", name="Copy link to this view")).to_be_hidden()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Copy quotation").click()
    expect(page.locator(".passage-card .copy")).to_have_text("Copied")
    assert "file:" not in page.evaluate("navigator.clipboard.readText()")
    text = file.read_text(encoding="utf-8").replace("<html ", '<html data-address="https://example.org/her" ', 1)
    known = file.with_name("known.html")  # as the page on a web host hands it out
    known.write_text(text, encoding="utf-8")
    page.goto(known.as_uri() + "#theme=trust&at=a32")
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Copy link to this view").click()
    expect(page.locator(".theme-filter .copy").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "https://example.org/her#theme=trust&at=a32"


def test_firefox_filters_opens_cards_and_draws_charts(fox: Firefox, file: Path) -> None:
    fox.go(file.as_uri() + "#theme=trust&at=a03&chart=dispersion")
    fox.until("document.documentElement.dataset.essayExplorer === 'ready'")
    fox.until("document.querySelector('.chart-panel[data-drawn=dispersion] .picture svg')")
    said = fox.evaluate("document.querySelector('.theme-filter .says').textContent")
    assert said == "23 of 67 passages about trust."
    assert "learns to trust" in fox.evaluate("document.querySelector('.passage-card').textContent")
    fox.evaluate(
        "[...document.querySelectorAll('.choose')].find((one) => one.textContent.includes('Alienness')).click()"
    )
    fox.until(
        "document.querySelector('.theme-filter .says').textContent === '30 of 67 passages about trust or alienness.'"
    )
    fox.until("location.hash.includes('alienness')")
    for selector, ink in (("mark.on:not(.gap) .line.on", "underline"), (".strip .on", "shape")):
        every = f"[...document.querySelectorAll('{selector}')]"
        why = fox.evaluate(f"{every}.map((one) => ({WHY_UNPAINTED})(one, '{ink}'))")
        assert why
        assert not any(why), why


def test_a_site_has_an_index_and_pages_that_draw_charts(reader: Reader, tmp_path: Path) -> None:
    import functools
    import http.server
    import threading

    write_site([open_reading("her")], tmp_path)
    quiet = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(quiet, directory=tmp_path)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = reader.page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        page.get_by_role("link", name="The Film That Asks and Won’t Answer").click()
        page.get_by_role("button", name="Charts", exact=True).click()
        expect_painted(page.locator(".chart-panel .picture [aria-roledescription=bar]"), "shape")
        page.get_by_role("button", name="Share").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download as one file").click()
        taken = tmp_path / "taken.html"
        download.value.save_as(taken)
        server.shutdown()
    assert download.value.suggested_filename == "her.html"
    page.goto((tmp_path / "her.html").as_uri() + "#chart=weight&theme=trust")  # the site, opened from a folder
    expect(page.locator(".chart-panel .wait")).to_contain_text("Browsers load no charts into a page that was opened")
    expect(page.locator(".chart-panel :is(button, input, h2)").filter(visible=True)).to_have_count(0)  # of no chart
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("button", name="Print or save as PDF")).to_be_visible()
    expect(page.get_by_role("button", name="Download as one file")).to_be_hidden()
    page.get_by_role("link", name="Open the page that has them inside").click()
    page.wait_for_selector(".chart-panel[data-drawn=weight]")
    expect(page.locator(".says")).to_have_text("23 of 67 passages about trust.")
    page.goto(taken.as_uri())
    page.wait_for_selector(".chart-panel[data-drawn=dispersion]")
    expect_painted(page.locator(".picture [aria-roledescription=bar]"), "shape")


def test_sizes(file: Path, tmp_path: Path) -> None:
    without = tmp_path / "without.html"
    write_page(open_reading("her"), without, charts=False)
    assert without.stat().st_size <= 400_000
    assert file.stat().st_size <= 1_560_000
