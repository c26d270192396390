"""The strip as the essay's fingerprint, and the pictures to post: what is painted, where it leads, and what is handed out."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from essay_explorer import Reading, open_reading
from essay_explorer.page.export import write_page
from paint import expect_painted

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from conftest import Reader
    from firefox import Firefox

HER = open_reading("her")
THEMES = HER.codebook.tags_of("theme")
LEANT_ON = max(HER.relations, key=lambda one: sum(other.target == one.target for other in HER.relations)).target
RELATED = [one for one in HER.relations if LEANT_ON in {one.source, one.target}]
# Of a picture: its size, and how many pixels of each part (left, top, width, height) are not its paper.
INKED = """async ([picture, parts]) => {
  const bytes = Uint8Array.from(atob(picture), (one) => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  const ground = [...context.getImageData(5, image.height - 5, 1, 1).data];
  const inked = parts.map((part) => {
    const { data } = context.getImageData(...part);
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if (ground.some((one, by) => data[at + by] !== one)) count += 1;
    return count;
  });
  const all = context.getImageData(0, 0, image.width, image.height).data;
  const colours = {};
  for (let at = 0; at < all.length; at += 4) {
    const name = `#${[0, 1, 2].map((by) => all[at + by].toString(16).padStart(2, "0")).join("")}`;
    colours[name] = (colours[name] ?? 0) + 1;
  }
  return { width: image.width, height: image.height, inked, colours };
}"""
# Eleven points on the course of a path, where they are on the screen.
COURSE = """(path) => Array.from({ length: 11 }, (_, at) => {
  const { x, y } = path.getPointAtLength((path.getTotalLength() * at) / 10);
  const point = new DOMPoint(x, y).matrixTransform(path.getScreenCTM());
  return [point.x, point.y];
})"""
HEAD, FOOT = [60, 40, 1080, 200], [60, 380, 1080, 205]  # what is said, and the fingerprint's lanes
SAID = [60, 160, 1080, 90]
EDGES = [[0, 12, 40, 618], [1160, 12, 40, 618]]


def picture_of(page: Page, name: str) -> bytes:
    """The file that a button hands out, in the menu or in the card."""
    if "view" in name:
        page.get_by_role("button", name="Share").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    assert re.fullmatch(r"[\w-]+\.png", download.value.suggested_filename)
    return Path(download.value.path()).read_bytes()


def seen(page: Page, picture: bytes, *parts: list[int]) -> dict:
    return page.evaluate(INKED, [base64.b64encode(picture).decode(), list(parts)])


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_strip_shows_where_each_theme_runs(visit: Callable[..., Page], scheme: str, width: int) -> None:
    page = visit(width=width, color_scheme=scheme)
    resting, bars = page.locator(".strip .under"), page.locator(".strip .on")
    expect_painted(resting, "shape", count=len(THEMES))  # a faint one at rest
    expect(bars).to_have_count(0)
    for tag in THEMES:
        page.locator(f'.chip[data-tag="{tag.id}"] .choose').click()
    expect_painted(page.locator(".strip b"), "background", count=1)  # where the reader is
    expect_painted(bars, "shape", count=len(THEMES))
    looks = bars.evaluate_all(
        "all => all.map((one) => [getComputedStyle(one).stroke, Math.round(one.getBoundingClientRect().left * 4)])"
    )
    assert len({colour for colour, _ in looks}) == len({left for _, left in looks}) == len(THEMES)
    strip = page.locator(".strip").bounding_box()
    for points in bars.evaluate_all(f"all => all.map((path) => ({COURSE})(path))"):
        assert all(strip["x"] < x < strip["x"] + strip["width"] for x, _ in points)
        assert all(strip["y"] - 1 <= y <= strip["y"] + strip["height"] + 1 for _, y in points)
    page.keyboard.press("Escape")
    expect(bars).to_have_count(0)


def test_a_theme_keeps_its_lane_whatever_is_chosen(visit: Callable[..., Page]) -> None:
    page = visit("#theme=ending")
    lane = page.locator('.strip .on[data-tag="ending"]')
    drawn = "document.querySelector('.strip .on[data-tag=ending]')?.getBoundingClientRect().height > 0"
    page.wait_for_function(drawn)  # a line has no width, so that none is "visible"
    left = lane.bounding_box()["x"]
    page.locator('.chip[data-tag="trust"] .choose').click()
    expect(page.locator(".strip .on")).to_have_count(2)
    assert lane.bounding_box()["x"] == left


@pytest.mark.parametrize("width", [390, 1024, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_arcs_lead_from_the_open_passage_to_those_related_to_it(
    visit: Callable[..., Page], scheme: str, width: int
) -> None:
    page = visit(f"#at={LEANT_ON}", width=width, color_scheme=scheme)
    arcs = page.locator(".strip .arc")
    expect_painted(arcs, "shape", count=len(RELATED))
    expect_painted(page.locator(".strip .arcs .here"), "shape", count=1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    strip, paragraph = page.locator(".strip").bounding_box(), page.locator(".paragraph").first.bounding_box()
    for points in arcs.evaluate_all(f"all => all.map((path) => ({COURSE})(path))"):
        assert all(paragraph["x"] + paragraph["width"] <= x < width for x, _ in points)  # none lies on the text
        assert all(strip["y"] - 1 <= y <= strip["y"] + strip["height"] + 1 for _, y in points)
    page.keyboard.press("Escape")
    expect(arcs).to_have_count(0)


def test_a_press_on_an_arc_opens_the_passage_that_it_leads_to(visit: Callable[..., Page]) -> None:
    page = visit(f"#at={LEANT_ON}", width=1440)
    arcs = page.locator(".strip g:has(.arc)")
    led_to = arcs.evaluate_all(f"all => all.map((one) => [one.dataset.to, ({COURSE})(one.querySelector('.arc'))[5]])")
    assert {to for to, _ in led_to} == {one.source if one.target == LEANT_ON else one.target for one in RELATED}
    for to, middle in led_to:
        page.mouse.click(*middle)
        expect(page).to_have_url(re.compile(f"at={to}$"))
        page.go_back()
        expect(page).to_have_url(re.compile(f"at={LEANT_ON}$"))
        expect(arcs).to_have_count(len(RELATED))


def test_the_strip_is_no_stop_for_keyboard_and_screen_reader(visit: Callable[..., Page]) -> None:
    page = visit(f"#at={LEANT_ON}")
    assert page.locator(".strip").get_attribute("aria-hidden") == "true"
    assert page.locator(".strip").locator("a, button, [tabindex]").count() == 0
    assert page.locator(".passage-card a").count() >= len(RELATED)  # the same as links


def test_a_picture_of_the_whole_essay_has_each_theme_in_its_colour(visit: Callable[..., Page]) -> None:
    page = visit()
    made = seen(page, picture_of(page, "Picture of this view"), HEAD, FOOT, *EDGES)
    assert (made["width"], made["height"]) == (1200, 630)
    head, foot, *edges = made["inked"]
    assert head > 5_000
    assert foot > 10_000
    assert edges == [0, 0]
    assert {tag.colour[0].lower() for tag in THEMES} <= made["colours"].keys()


def test_a_picture_shows_what_is_chosen_and_the_rest_faint(visit: Callable[..., Page]) -> None:
    page = visit("#theme=ending")
    made = seen(page, picture_of(page, "Picture of this view"))
    pixels = {tag.id: made["colours"].get(tag.colour[0].lower(), 0) for tag in THEMES}
    assert pixels.pop("ending") > 9 * 1200 + 1_000  # along the whole upper edge, and its bars
    assert max(pixels.values()) < 200


def test_a_picture_says_what_the_open_chart_says(visit: Callable[..., Page]) -> None:
    page = visit("#chart=rhythm")
    page.wait_for_selector(".chart-panel[data-drawn=rhythm]")
    with_chart = seen(page, picture_of(page, "Picture of this view"), SAID)
    page = visit()  # where the picture says what "Where" does, in more words
    at_rest = seen(page, picture_of(page, "Picture of this view"), SAID)
    assert 1_000 < with_chart["inked"][0] < at_rest["inked"][0]


def test_a_passage_is_a_picture_with_a_line_for_each_tag(visit: Callable[..., Page]) -> None:
    page = visit("#at=a32")
    (passage,) = (one for one in HER.passages() if one.id == "a32")
    made = seen(page, picture_of(page, "Picture of this passage"), [60, 60, 1080, 380], *EDGES[:1])
    assert (made["width"], made["height"]) == (1200, 630)
    assert made["inked"][0] > 10_000
    assert made["inked"][1] == 0
    for tag in (tag for tag in THEMES if tag.id in passage.tags):
        assert made["colours"][tag.colour[0].lower()] > 9 * 1200 // 3


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("信頼について：私たちはどのように他者の心を信じるのか。" * 3, "信頼は選ばれる。" * 30, "ja"),
        ("عن الثقة: كيف نثق بعقل آخر؟ " * 3, "الثقة اختيار وليست برهانا. " * 12, "ar"),
        (
            "<b>&amp; “Donaudampfschifffahrtsgesellschaftskapitän” " * 3,
            "x" * 400 + " <img src=x onerror=alert(1)>",
            "no-such",
        ),
    ],
)
def test_any_script_and_any_sign_stays_inside(
    reader: Reader, tmp_path: Path, title: str, text: str, language: str
) -> None:
    quote = text.strip()
    book = "facets: [{id: theme, label: Themes, tags: [{id: trust}, {id: doubt}]}]"
    reading = Reading.from_texts(
        {
            "essay.md": f'---\ntitle: "{title.strip()}"\nlanguage: {language}\n---\n\n{quote}\n\nAnd more.',
            "codebook.yml": book,
            "annotations.csv": f'id,quote,theme\na1,"{quote}",trust;doubt\n',
        }
    )
    assert [one.id for one in reading.passages()] == ["a1"]
    write_page(reading, tmp_path / "page.html", charts=False)
    page = reader.page()
    page.goto((tmp_path / "page.html").as_uri() + "#at=a1")
    for name in ("Picture of this view", "Picture of this passage"):
        made = seen(page, picture_of(page, name), HEAD, *EDGES[: 1 if "passage" in name else 2])
        assert made["inked"][0] > 3_000
        assert not any(made["inked"][1:])


def test_firefox_draws_the_same_pictures(fox: Firefox, tmp_path: Path) -> None:
    write_page(HER, tmp_path / "her.html", charts=False)
    fox.go((tmp_path / "her.html").as_uri() + "#at=a32")
    fox.until("document.documentElement.dataset.essayExplorer === 'ready'")
    fox.evaluate("void (URL.createObjectURL = (blob) => { window.made = blob; return 'data:,'; })")
    for name in ("Picture of this view", "Picture of this passage"):
        fox.evaluate(
            "(window.made = null,"
            f"[...document.querySelectorAll('button')].find((one) => one.textContent === '{name}').click())"
        )
        fox.until("window.made && window.made.type === 'image/png'")
        fox.evaluate(
            f"void (window.seen = null, window.made.arrayBuffer().then((bytes) => ({INKED})"
            f"([btoa(Array.from(new Uint8Array(bytes), (one) => String.fromCharCode(one)).join('')), {[HEAD, *EDGES[:1]]}]))"
            ".then((seen) => { window.seen = seen; }))"
        )
        fox.until("window.seen")
        assert fox.evaluate("[window.seen.width, window.seen.height]") == [1200, 630]
        head, edge = fox.evaluate("window.seen.inked")
        assert head > 5_000
        assert edge == 0


def test_a_phone_shares_the_picture_by_its_own_way(visit: Callable[..., Page]) -> None:
    page = visit("#at=a32", width=390, has_touch=True, is_mobile=True)
    page.evaluate(
        """() => { navigator.canShare = () => true;
          navigator.share = async ({ files }) => { window.shared = [files[0].name, files[0].type, files[0].size]; }; }"""
    )
    page.get_by_role("button", name="Picture of this passage").click()
    page.wait_for_function("window.shared")
    name, kind, size = page.evaluate("window.shared")
    assert (name, kind) == ("the-film-that-asks-and-won-t-answer-a32.png", "image/png")
    assert size > 10_000
