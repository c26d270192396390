"""The column beside the text: what a newcomer finds there, how it counts, and that it explains itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from essay_explorer import open_reading
from paint import expect_painted
from shifts import SHIFTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

READING = open_reading("her")


def chip(page: Page, tag: str) -> Locator:
    return page.locator(f'.chip[data-tag="{tag}"]')


def test_the_column_stands_in_the_order_in_which_it_is_wanted(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust,ending")
    parts = [
        ".chip[data-tag=trust]",
        ".says",
        ".stepper",
        ".switch.ways",
        ".switch.match",
        ".find",
        ".others",
        ".share",
    ]
    tops = [page.locator(f".theme-filter {part}").bounding_box()["y"] for part in parts]
    assert tops == sorted(tops)
    expect(page.locator(".theme-filter summary")).to_have_text(["What each passage does", "People"])
    expect(chip(page, "question")).to_be_hidden()
    page.get_by_text("What each passage does").click()
    expect_painted(chip(page, "question").get_by_text("Asks a question, of the film or of the reader."), "text")


def test_what_is_chosen_in_a_folded_facet_shows_at_its_name(visit: Callable[..., Page]) -> None:
    page = visit("#move=question&not=samantha")
    expect_painted(chip(page, "question"), "any")
    expect(page.locator(".picked")).to_have_text(["1", "1"])
    assert [one.get_attribute("title") for one in page.locator(".picked").all()] == ["Question", "not Samantha"]


def test_one_walks_from_passage_to_passage_of_those_shown(visit: Callable[..., Page]) -> None:
    page = visit("#theme=mirror")
    where = page.locator(".stepper .where")
    shown = READING.passages(theme="mirror")
    expect(where).to_have_text(f"{len(shown)} passages")
    walk = page.locator(".stepper").get_by_role("button", name="Next of these")
    for at in (1, 2):
        walk.click()
        expect(where).to_have_text(f"{at} of {len(shown)}")
        expect(page.locator("mark.here").first).to_be_in_viewport()
        expect(page).to_have_url(re.compile(f"at={shown[at - 1].id}$"))
    page.keyboard.press("Enter")  # the focus is still on the button
    expect(where).to_have_text(f"3 of {len(shown)}")


def test_counts_are_of_what_is_shown(visit: Callable[..., Page]) -> None:
    page = visit()
    total = len(READING.passages(theme="alienness"))
    both = len(READING.passages(theme=["alienness", "trust"], match="all"))
    count = chip(page, "alienness").locator(".count")
    expect(count).to_have_text(str(total))
    chip(page, "trust").locator(".choose").click()
    expect(count).to_have_text(f"{both}/{total}")
    place = count.bounding_box()
    chip(page, "alienness").locator(".leave").click()
    expect(count).to_have_text("0")
    assert count.bounding_box() == place


def test_dim_and_only_are_there_once_something_is_chosen_and_pressing_again_releases_them(
    visit: Callable[..., Page],
) -> None:
    page = visit()
    dim = page.get_by_role("button", name="Dim other text")
    expect(dim).to_be_hidden()
    chip(page, "trust").locator(".choose").click()
    expect(page.get_by_role("button", name="Any theme")).to_be_hidden()
    dim.click()
    expect(page).to_have_url(re.compile("show=dim"))
    dim.click()
    expect(page).not_to_have_url(re.compile("show="))
    chip(page, "ending").locator(".choose").click()
    expect(page.get_by_role("button", name="Any theme")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("width", [768, 1024, 1100, 1280, 1440])
def test_the_two_ways_of_showing_stand_on_one_line(visit: Callable[..., Page], width: int) -> None:
    page = visit("#theme=trust,ending", width=width)
    for group in (".ways", ".match"):
        tops = page.locator(f".switch{group} button").evaluate_all("all => all.map((one) => one.offsetTop)")
        assert len(set(tops)) == 1


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
@pytest.mark.parametrize("width", [768, 1300])
def test_the_buttons_above_the_filter_stand_in_one_row(visit: Callable[..., Page], language: str, width: int) -> None:
    page = visit(width=width, locale=language)
    middles = page.locator(".tools button:visible").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect()).map(({ top, bottom }) => Math.round((top + bottom) / 2))"
    )
    assert len(middles) == 3
    assert max(middles) - min(middles) <= 1, middles


def test_on_a_phone_a_chosen_theme_is_in_sight_in_the_bar(visit: Callable[..., Page]) -> None:
    page = visit("#theme=mirror", width=390)
    name = chip(page, "mirror").locator("b")
    expect_painted(name, "background")
    expect(name).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Filters").click()
    chip(page, "mirror").locator(".choose").click()
    chip(page, "ending").locator(".choose").click()
    page.get_by_role("button", name="Done").click()
    expect(chip(page, "ending").locator("b")).to_be_in_viewport(ratio=1)


def test_on_a_phone_without_room_for_names_the_bar_is_as_wide_as_what_it_says(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust", width=360, locale="es")
    boxes = [button.bounding_box() for button in page.locator(".tools button:visible").all()]
    left = min(box["x"] for box in boxes)
    assert abs(left - page.locator(".says").bounding_box()["x"]) < 1
    assert abs(360 - max(box["x"] + box["width"] for box in boxes) - left) < 1


def test_in_forced_colours_what_excludes_a_theme_is_always_seen(visit: Callable[..., Page]) -> None:
    page = visit(forced_colors="active")
    expect_painted(page.locator(".rows .leave span:visible"), "text")


def test_a_slash_finds_and_a_question_mark_shows_the_keys(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust")
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("a/b?")
    expect(field).to_have_value("a/b?")
    page.keyboard.press("Escape")
    chip(page, "trust").locator(".choose").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect_painted(dialog, "text")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page).to_have_url(re.compile("theme=trust"))  # Esc closes one thing
    page.get_by_role("button", name="Keys").click()
    dialog.get_by_role("checkbox").uncheck()  # for those whom single keys disturb (WCAG 2.1.4)
    dialog.get_by_role("button", name="Close").click()
    page.wait_for_function("!history.state.trail.at(-1).some(({ menu }) => menu)")  # the step back has been made
    page.reload()
    page.wait_for_selector("html[data-essay-explorer=ready]")
    page.keyboard.press("/")
    expect(field).not_to_be_focused()


def test_on_a_narrow_screen_a_slash_opens_the_sheet(visit: Callable[..., Page]) -> None:
    page = visit(width=320)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_a_definition_shows_by_pointing_and_by_the_keyboard_covers_no_text_and_is_dismissed(
    visit: Callable[..., Page],
) -> None:
    page = visit("#theme=ending")
    definition = page.locator(".definition")
    chip(page, "trust").locator(".choose").hover()
    expect_painted(definition, "text")
    expect(definition).to_contain_text(READING.codebook.tags["trust"].definition)
    box = definition.bounding_box()
    assert box["x"] + box["width"] < page.locator("article").bounding_box()["x"]
    page.mouse.move(box["x"] + 20, box["y"] + 10)  # the pointer can go there
    page.wait_for_timeout(400)
    expect(definition).to_be_visible()
    page.keyboard.press("Escape")
    expect(definition).to_be_hidden()
    expect(page).to_have_url(re.compile("theme=ending"))
    chip(page, "trust").locator(".choose").focus()
    page.keyboard.press("ArrowDown")
    expect(definition).to_contain_text(READING.codebook.tags["alienness"].definition)
    assert chip(page, "alienness").locator(".choose").get_attribute("aria-description")
    page.keyboard.press("Escape")
    expect(definition).to_be_hidden()


def test_a_definition_in_focus_stays_though_the_pointer_has_just_left_another(visit: Callable[..., Page]) -> None:
    page = visit()
    definition = page.locator(".definition")
    chip(page, "ending").locator(".choose").hover()
    expect(definition).to_contain_text(READING.codebook.tags["ending"].definition)
    page.keyboard.press("Tab")  # what has the focus by keys shows its definition at once
    chip(page, "trust").locator(".choose").evaluate("""async (one) => {
      const leaves = new PointerEvent("pointerleave", { pointerType: "mouse" });
      document.querySelector('.chip[data-tag="ending"] .choose').dispatchEvent(leaves);
      one.focus({ focusVisible: true });
      await new Promise((done) => setTimeout(done, 500));
    }""")
    expect(definition).to_contain_text(READING.codebook.tags["trust"].definition)
    expect(definition).to_be_visible()


def test_a_long_press_shows_a_definition_and_chooses_nothing(visit: Callable[..., Page]) -> None:
    page = visit(width=390, has_touch=True)
    choose = chip(page, "trust").locator(".choose")
    at = choose.bounding_box()
    session = page.context.new_cdp_session(page)
    point = [{"x": at["x"] + 10, "y": at["y"] + 10}]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": point})
    expect(page.locator(".definition")).to_be_visible()
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator(".definition")).to_be_visible()
    expect(choose).to_have_attribute("aria-pressed", "false")
    page.locator("h1").tap()
    expect(page.locator(".definition")).to_be_hidden()
    choose.tap()
    expect(choose).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_newcomer_is_told_what_this_is_and_shown_it_once(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    welcome = page.locator(".welcome")
    expect_painted(welcome, "text")
    expect(welcome).to_contain_text("any underlined sentence to see why it is marked.")
    top = page.locator("article").bounding_box()["y"] + page.evaluate("scrollY")
    welcome.get_by_role("button", name="Show me Trust").click()
    expect(page.locator(".says")).to_have_text("23 of 67 passages about trust.")
    expect(page.locator("mark.on").first).to_be_focused()
    expect(page.locator("mark.on").first).to_be_in_viewport()
    expect(welcome).to_be_hidden()
    assert page.locator("article").bounding_box()["y"] + page.evaluate("scrollY") == top
    page.add_init_script(SHIFTS)
    page.goto(page.url.split("#")[0])
    page.wait_for_selector("html[data-essay-explorer=ready]")
    page.wait_for_timeout(500)
    expect(welcome).to_be_hidden()
    assert page.locator("article").bounding_box()["y"] < top  # its place is gone too, and
    assert page.evaluate("shifted") < 0.02


def test_who_comes_by_a_link_to_a_theme_is_not_offered_that_one(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    button = page.get_by_role("button", name="Show me Trust")
    expect_painted(page.locator(".welcome"), "text")
    expect(button).to_be_hidden()
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.locator(".welcome")).to_be_hidden()  # and now knows how


def test_faint_lines_at_rest_show_where_passages_are_and_can_be_switched_off(visit: Callable[..., Page]) -> None:
    page = visit()
    lines = "[...document.querySelectorAll('mark')].filter((one) => getComputedStyle(one).textDecorationLine === 'underline').length"
    assert page.evaluate(lines) > len(READING.passages())
    switch = page.get_by_role("checkbox", name="Faint lines under passages")
    switch.uncheck()
    assert page.evaluate(lines) == 0
    page.reload()
    page.wait_for_selector("html[data-essay-explorer=ready]")
    expect(switch).not_to_be_checked()
    assert page.evaluate(lines) == 0
    switch.check()
    chip(page, "trust").locator(".choose").click()
    expect(switch).to_be_hidden()
    assert page.evaluate(lines) == 0  # now the lines are those of the theme


def test_what_can_be_shared_is_in_one_menu(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust")
    share = page.get_by_role("button", name="Share")
    share.click()
    expect(share).to_have_attribute("aria-expanded", "true")
    items = page.locator(".theme-filter .menu button:visible")
    expect(items).to_have_text(
        [
            "Copy link to this view",
            "Download as one file",
            "Picture of this view",
            "Print or save as PDF",
            "Copy as Python",
        ]
    )
    for item in items.all():
        expect_painted(item, "text")
        expect(item).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(items).to_have_count(0)
    expect(share).to_be_focused()
    expect(page).to_have_url(re.compile("theme=trust"))


OPENED = {
    "the menu": lambda page: page.get_by_role("button", name="Share").click(),
    "the keys": lambda page: page.get_by_role("button", name="Keys").click(),
    "a definition": lambda page: chip(page, "trust").locator(".choose").hover(),
    "all facets": lambda page: [one.click() for one in page.locator(".theme-filter summary").all()],
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", OPENED)
def test_axe_finds_nothing_in_what_opens(visit: Callable[..., Page], state: str, scheme: str) -> None:
    page = visit("#theme=trust,real&match=all", color_scheme=scheme)
    OPENED[state](page)
    page.wait_for_timeout(600)
    expect_accessible(page)


@pytest.mark.parametrize("width", [768, 1024, 1440])
def test_what_unfolds_has_its_name_in_one_line(visit: Callable[..., Page], width: int) -> None:
    page = visit(width=width)
    heights = page.locator(".theme-filter summary").evaluate_all("(all) => all.map((one) => one.offsetHeight)")
    assert len(heights) == 2
    assert max(heights) == min(heights)
