"""Before the page is awake: what stands there already keeps its place, and what is pressed is done."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from asleep import ASLEEP, wake
from essay_explorer import open_reading
from essay_explorer.page.document import whole
from essay_explorer.page.parted import PartedPage
from paint import expect_painted

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Reader
    from servers import Server

CHIP = '.themes .chip[data-tag="{}"] .choose'
READINGS = Path(__file__).parents[1] / "readings"
# What of its look a box or a letter has that its place does not tell.
LOOK = """color background-color background-image border-top border-left border-bottom border-top-left-radius font-family font-size
  font-weight font-style line-height letter-spacing text-transform text-decoration text-wrap hyphens text-align opacity visibility
  box-shadow outline cursor mask-image position z-index"""
# Where the buttons are that are there before and after, by what they say.
PLACES = """Object.fromEntries([...document.querySelectorAll(".tools button, .themes button, .head, .head button")]
  .filter((one) => one.checkVisibility() && !one.closest(".comforts"))
  .map((one) => [one.className + (one.matches("button") ? one.textContent : ""), Object.values(one.getBoundingClientRect().toJSON()).map(Math.round)]))"""

# The faces and sizes in which something stands there. A browser asks for each one by itself, and waits for it.
LETTERS = """() => {
  const found = new Set(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement: of } = texts.currentNode, { fontFamily, fontSize, fontWeight, fontStyle } = getComputedStyle(of);
    if (data.trim() && of.checkVisibility()) found.add([fontFamily, fontSize, fontWeight, fontStyle].join());
  }
  return [...found].sort();
}"""


@pytest.fixture
def asleep(reader: Reader, served: Server) -> Page:
    page = reader.page()
    page.add_init_script(ASLEEP)
    page.goto(served.url)
    return page


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_what_is_there_before_keeps_its_place(asleep: Page, width: int) -> None:
    asleep.set_viewport_size({"width": width, "height": 900})
    before = asleep.evaluate(PLACES)
    wake(asleep)
    after = asleep.evaluate(PLACES)
    assert len(before) > 5
    assert {name: after.get(name) for name in before} == before


def test_few_sizes_of_letters_are_waited_for(asleep: Page) -> None:
    assert len(asleep.evaluate(LETTERS)) <= 7
    wake(asleep)
    before = asleep.evaluate(LETTERS)
    assert len(before) <= 12
    asleep.locator(CHIP.format("trust")).click()
    asleep.locator("mark.on").first.click()
    expect_painted(asleep.locator(".passage-card .note"))
    assert len(set(asleep.evaluate(LETTERS)).difference(before)) <= 6


@pytest.mark.parametrize("name", ["her", "sonnet", "scene", "lighthouse"])
def test_the_rules_of_a_page_at_rest_are_all_that_it_needs(reader: Reader, tmp_path: Path, name: str) -> None:
    parted = PartedPage.of(whole(open_reading(name if name == "her" else READINGS / name), charts=False))
    everything = json.loads(re.search(r'querySelector\("style"\)\.textContent = (".*");', parted.script)[1])
    (tmp_path / "page.html").write_text(parted.page, encoding="utf-8")
    page = reader.page()
    page.add_init_script(ASLEEP)
    page.goto((tmp_path / "page.html").as_uri())
    assert page.evaluate("document.querySelector('style').textContent.length") < 0.4 * len(everything)
    media = [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}, {"media": "print"}]
    looks = [{"color_scheme": "light", "forced_colors": "none", "media": "screen", **one} for one in media]

    session = page.context.new_cdp_session(page)

    def seen() -> list[dict[str, list[object]]]:
        """Each box with its place and its look, by width and medium."""
        found = []
        for width in (360, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            for look in looks:
                page.emulate_media(**look)
                shot = session.send("DOMSnapshot.captureSnapshot", {"computedStyles": LOOK.split()})
                layout, strings = shot["documents"][0]["layout"], shot["strings"]
                looked = [[strings[at] for at in styles] for styles in layout["styles"]]
                found.append({"bounds": layout["bounds"], "looks": looked})
        return found

    at_rest = seen()
    page.evaluate("(style) => { document.querySelector('style').textContent = style; }", everything)
    awake = seen()
    assert len(at_rest[0]["bounds"]) > 80
    for part in ("bounds", "looks"):
        assert [one[part] for one in at_rest] == [one[part] for one in awake]


def test_themes_that_are_pressed_are_chosen_once_the_page_is_awake(asleep: Page) -> None:
    for _ in range(2):  # who is impatient presses again, and means the same
        asleep.locator(CHIP.format("trust")).click()
    asleep.locator(CHIP.format("ending")).click()
    expect(asleep.locator(CHIP.format("trust"))).to_have_attribute("aria-pressed", "true")
    expect(asleep.locator("mark")).to_have_count(0)
    wake(asleep)
    expect(asleep.locator('.chip .choose[aria-pressed="true"]')).to_have_count(2)
    expect_painted(asleep.locator("mark.on .line.on").first, "underline")
    asleep.wait_for_function("location.hash === '#theme=trust,ending'")


@pytest.mark.parametrize(
    ("button", "shows"),
    [
        (".tools .charts", ".essay-explorer.charted .chart-panel"),
        (".tools .mark", ".essay-explorer.marking"),
        (".welcome button", '.chip.chosen[data-tag="trust"]'),
        (".begin-tour", ".tour-panel"),
        ('.chip[data-tag="ending"] .leave', '.chip.excluded[data-tag="ending"]'),
    ],
)
def test_other_buttons_do_what_they_say(asleep: Page, button: str, shows: str) -> None:
    asleep.locator(button).click(force=True)  # the sign that excludes is seen only under a pointer
    wake(asleep)
    expect(asleep.locator(shows)).to_be_visible()


def test_a_permalink_and_what_is_pressed_go_together(reader: Reader, served: Server) -> None:
    page = reader.page()
    page.add_init_script(ASLEEP)
    page.goto(f"{served.url}#theme=ending")
    page.locator(CHIP.format("trust")).click()
    wake(page)
    expect(page.locator('.chip .choose[aria-pressed="true"]')).to_have_count(2)


def test_without_scripts_nothing_stands_there_that_would_not_work(reader: Reader, served: Server) -> None:
    page = reader.page(java_script_enabled=False)
    page.goto(served.url)
    expect(page.locator(".paragraph").first).to_be_visible()
    expect(page.locator(CHIP.format("trust"))).to_be_hidden()


def test_a_script_that_does_not_come_is_asked_for_again(reader: Reader, served: Server) -> None:
    page = reader.page()
    page.route("**/page-*.js", lambda route: route.abort(), times=2)  # a tunnel
    with page.expect_request_finished(lambda request: "/page-" in request.url):
        page.goto(served.url)
        expect_painted(page.get_by_text("Few films have annoyed me"), "text")
        page.locator(CHIP.format("trust")).click()
    expect(page.locator('.chip .choose[aria-pressed="true"]')).to_have_count(1)
    expect_painted(page.locator("mark.on .line.on").first, "underline")
