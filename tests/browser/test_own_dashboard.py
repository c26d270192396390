"""The notebook that teaches to build a dashboard, on the page: its stock controls steer the essay's own views."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Reader
    from servers import Server

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "dashboard.ipynb"
SLOW = 60_000  # ms: a kernel runs every cell before a stock control is there


@pytest.fixture(scope="module")
def served() -> Iterator[Server]:
    with dashboard(str(NOTEBOOK)) as server:
        yield server


def test_stock_controls_are_linked_to_the_views(reader: Reader, served: Server) -> None:
    page = reader.page(viewport={"width": 1440, "height": 1000})
    page.goto(served.url, wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]", timeout=SLOW)
    text = page.locator(".essay-text").first
    expect(text.locator(".paragraph").first).to_contain_text("Few films have annoyed me")
    expect(page.get_by_role("heading", name="Build a dashboard")).to_be_visible()
    page.locator("select").first.wait_for(timeout=SLOW)
    page.locator("select").first.select_option("trust")
    expect(text.locator("mark.on").first).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("23 of 67 passages", exact=True)).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="only", exact=True).click()
    expect(text).to_have_attribute("data-show", "only", timeout=SLOW)
