"""In every state of the page: axe finds nothing, nothing is wider than the screen, and what is pressed is seen to be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accessible import expect_accessible
from essay_explorer import open_reading
from essay_explorer.page.export import write_site
from servers import dashboard
from states import STATES, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from conftest import Reader

READINGS = Path(__file__).parents[1] / "readings"
LOOKS = {390: [("dark", "none"), ("light", "active")], 1440: [("light", "none"), ("dark", "active")]}
WIDTHS = {390: [390, 320, 360, 720], 1440: [1440, 768, 1024, 1920]}  # 720 and 360: zoomed to 200 and 400 %
NOT_ON_A_PHONE = {"the wall"}  # a phone is none
SEEN = [(state, width) for state in STATES for width in WIDTHS if width > 390 or state not in NOT_ON_A_PHONE]
# Buttons that are on and can be seen whole.
PRESSED = """[...document.querySelectorAll('[aria-pressed="true"]')].filter((one) => {
  const { left, right, top, bottom, width } = one.getBoundingClientRect();
  const isIn = width && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  return isIn && one.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
})"""
KIND = "(one) => `${one.className} in ${one.parentElement.className}`"
# A chip looks pressed by a class around its button.
PRESS = """(one, pressed) => {
  one.setAttribute("aria-pressed", pressed);
  const name = one.className === "leave" ? "excluded" : "chosen";
  one.closest(".theme-filter .chip")?.classList.toggle(name, pressed === "true");
}"""


def looks(page: Page) -> Iterator[str]:
    """The colours of this width, one after the other: a phone and a desk have all of them together."""
    for scheme, forced in LOOKS[page.viewport_size["width"]]:
        page.emulate_media(color_scheme=scheme, forced_colors=forced)
        page.wait_for_timeout(100)  # charts are coloured anew
        yield f"{scheme}, forced colours {forced}"


@pytest.fixture(scope="module")
def compared() -> set[tuple[int, str, str]]:
    """The kinds of pressed buttons whose pictures have been compared, with their widths and looks."""
    return set()


def compare_pressed(page: Page, look: str, compared: set[tuple[int, str, str]]) -> None:
    """Each kind of button that is on looks unlike itself when it is off; a picture takes a while, so once is enough."""
    for at in range(page.evaluate(f"{PRESSED}.length")):
        button = page.evaluate_handle(f"{PRESSED}[{at}]").as_element()
        kind = (page.viewport_size["width"], look, button.evaluate(KIND))
        if kind in compared:
            continue
        on = button.screenshot()
        button.evaluate(PRESS, "false")
        off = button.screenshot()
        button.evaluate(PRESS, "true")
        assert on != off, f"{look}: {button.inner_text()!r} does not look pressed"
        compared.add(kind)


@pytest.mark.parametrize(("state", "width"), SEEN)
def test_each_state_is_whole(
    visit: Callable[..., Page], compared: set[tuple[int, str, str]], state: str, width: int
) -> None:
    page = visit(STATES[state][0], width=width, reduced_motion="reduce")
    show(page, state)
    page.mouse.move(0, 0)
    for look in looks(page):
        expect_accessible(page, state=look)
        compare_pressed(page, look, compared)
    for other in WIDTHS[width]:
        page.set_viewport_size({"width": other, "height": 900})
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        assert page.evaluate("document.documentElement.scrollWidth") <= other


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_on_the_pages_around_it(reader: Reader, tmp_path: Path, width: int) -> None:
    write_site([open_reading("her"), open_reading(READINGS / "lighthouse")], tmp_path)
    page = reader.page(viewport={"width": width, "height": 900})
    with dashboard("her", str(READINGS / "lighthouse")) as server:
        for address in (server.url, f"{server.url}nothing/", (tmp_path / "index.html").as_uri()):
            page.goto(address)
            for look in looks(page):
                expect_accessible(page, state=f"{address}, {look}")
