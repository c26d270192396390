"""Text is text: whatever an essay, a note, a codebook or an address holds shows as the letters it is."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from paint import expect_painted
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Reader
    from servers import Server

EVIL = '<script>window.stolen=1</script><img src=x onerror="window.stolen=1"></script><!--'
ACTING = """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="parent.stolen=1">
<script>parent.stolen=1; fetch("http://example.org/")</script><image href="http://example.org/a.png"/>
<style>@import "http://example.org/a.css"; rect { fill: url(http://example.org/b.svg#c) }</style>
<rect width="40" height="40" fill="red"/></svg>"""
NO_ELEMENTS = "main script, main img:not(figure img)"
WORDS = [  # each is a passage of its own, in letters that Python and JavaScript count differently
    "👩‍👩‍👧‍👦🏳️‍🌈 a family of emoji",
    "e\u0301te\u0301 naïve ﬁn Ångström",
    "信任是一种选择，不是证明。",
    "الثقة اختيار لا برهان",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 & <b>bold</b> ${evil} {{ 7*7 }} {% raw %}",
    EVIL,
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    paragraphs = "\n\n".join(f"Before 🎬 {word.replace('<!--', '&lt;!--')} after." for word in WORDS)
    alt, caption = "A &lt;script>stolen=1&lt;/script>", "C &lt;img src=x onerror=stolen=1>"
    paragraphs += f'\n\n![{alt}](a.svg "{caption}")'
    (folder / "essay.md").write_text(
        f"---\ntitle: 'A {EVIL} title'\nsubtitle: 'S {EVIL}'\nabout: 'B {EVIL}'\nauthor: '{EVIL}'\n---\n\n{paragraphs}\n",
        encoding="utf-8",
    )
    (folder / "codebook.yml").write_text(
        f"facets:\n- id: theme\n  label: 'F {EVIL}'\n  tags:\n  - {{id: evil, label: 'L {EVIL}', definition: 'D {EVIL}', questions: ['Q {EVIL}']}}\n",
        encoding="utf-8",
    )
    rows = "\n".join(
        'h{},"{}",evil,"N {}"'.format(at, word.replace('"', '""'), EVIL.replace('"', '""'))
        for at, word in enumerate(WORDS)
    )
    (folder / "annotations.csv").write_text(f"id,quote,theme,note\n{rows}\n", encoding="utf-8")
    cell = EVIL.replace('"', '""')
    (folder / "tour.csv").write_text(f'at,title,text\nh0,"T {cell}","R {cell}"\n', encoding="utf-8")
    (folder / "a.svg").write_text(ACTING, encoding="utf-8")
    with dashboard(str(folder), "--pool", "1") as server:
        yield server


def test_hostile_content_shows_as_letters_and_every_quote_is_exact(reader: Reader, hostile: Server) -> None:
    import unicodedata

    page = reader.page()
    page.goto(hostile.url + "#at=h5", wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    expect(page.locator("h1")).to_have_text(f"A {EVIL} title")
    expect(page).to_have_title(f"A {EVIL} title")
    page.locator(".chip .choose").click()
    expect_painted(page.locator("mark.on:not(.gap) .line.on"), "underline")
    marks = page.locator("mark.on").evaluate_all("all => all.map((one) => [one.dataset.ids, one.textContent])")
    shown = ["".join(text for ids, text in marks if ids == one) for one in dict.fromkeys(ids for ids, _ in marks)]
    assert shown == [unicodedata.normalize("NFC", word) for word in WORDS]
    for at, word in enumerate(WORDS):
        page.locator("mark.on").nth(at).click()
        expect(page.locator(".passage-card blockquote")).to_have_text(unicodedata.normalize("NFC", word))
    card = page.locator(".passage-card")
    for text in (f"N {EVIL}", f"D {EVIL}", f"Q {EVIL}"):
        expect(card).to_contain_text(text)
    assert page.evaluate("window.stolen") is None
    assert page.locator(NO_ELEMENTS).count() == 0


def test_a_hostile_tour_and_a_picture_that_acts_show_and_do_nothing(reader: Reader, hostile: Server) -> None:
    page = reader.page()
    page.goto(f"{hostile.url}#tour=1", wait_until="commit")
    expect(page.locator(".tour-panel h2")).to_have_text(f"T {EVIL}")
    expect(page.locator(".tour-panel .remark")).to_have_text(f"R {EVIL}")
    figure = page.locator("figure:has(img)")
    expect(figure).to_contain_text("C <img src=x onerror=stolen=1>")
    figure.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('figure img').naturalWidth === 40")  # it is drawn
    assert page.evaluate("window.stolen") is None
    assert page.locator(NO_ELEMENTS).count() == 0


def test_a_hostile_address_changes_nothing(reader: Reader, hostile: Server) -> None:
    page = reader.page()
    evil = quote(EVIL)
    page.goto(
        f"{hostile.url}?x={evil}#theme={evil}&find={evil}&at={evil}&not=%E0%A4%A&show={evil}&match=__proto__&__proto__=1",
        wait_until="commit",
    )
    page.wait_for_selector("html[data-essay-explorer=ready]")
    assert page.get_by_role("searchbox").input_value() == EVIL
    assert page.evaluate("window.stolen") is None
    assert page.locator(NO_ELEMENTS).count() == 0


def test_words_with_wide_letters_are_found_where_they_stand(reader: Reader, hostile: Server) -> None:
    page = reader.page()
    page.goto(hostile.url, wait_until="commit")
    page.wait_for_selector("html[data-essay-explorer=ready]")
    for sought, found in (
        ("是一种", "是一种"),
        ("اختيار", "اختيار"),
        ("𝔦𝔠𝔬", "𝔦𝔠𝔬"),
        ("ÅNGSTRÖM", "Ångström"),
        ("family of", "family of"),
    ):
        page.get_by_role("searchbox").fill(sought)
        assert page.evaluate("[...CSS.highlights.get('essay-explorer-hit')].map(String)") == [found]


@pytest.mark.parametrize("where", ["dashboard", "file"])
def test_charts_of_hostile_content_show_letters(reader: Reader, hostile: Server, tmp_path: Path, where: str) -> None:
    page, url = reader.page(), hostile.url
    if where == "file":
        with urllib.request.urlopen(
            hostile.url + page_file(hostile.url)
        ) as answer:  # the page as one file, with charts and Vega inside
            (tmp_path / "hostile.html").write_bytes(answer.read())
        url = (tmp_path / "hostile.html").as_uri()
    page.goto(url, wait_until="commit")
    page.get_by_role("button", name="Charts", exact=True).click()
    for label in ("Where", "By paragraph", "How much", "Pairs", "Argument", "Rhythm"):
        page.get_by_role("button", name=label, exact=True).click()
        expect(page.get_by_role("button", name=label, exact=True)).to_have_attribute("aria-pressed", "true")
        page.wait_for_selector(".chart-panel[data-drawn]")
    page.get_by_role("button", name="Where", exact=True).click()
    page.wait_for_selector(".chart-panel[data-drawn=dispersion]")
    bars = page.locator(".picture [aria-roledescription=bar]")
    widest = "(bars) => { const wide = bars.map((one) => one.getBoundingClientRect().width); return wide.indexOf(Math.max(...wide)); }"
    bars.nth(bars.evaluate_all(widest)).hover(force=True)  # the next one may lie over half of it
    expect(page.locator("#vg-tooltip-element")).to_contain_text("<script>")
    page.get_by_role("button", name="Show as table").click()
    expect(page.locator(".chart-panel table")).to_contain_text(f"L {EVIL}"[:40])
    assert page.evaluate("window.stolen") is None
    assert page.locator(f"{NO_ELEMENTS}, #vg-tooltip-element img").count() == 0


def page_file(url: str) -> str:
    """Where the dashboard has its page as one file: the page itself says so."""
    with urllib.request.urlopen(url) as answer:
        page = answer.read().decode()
    state = re.search(r'id="essay-explorer-state">(.*?)</script>', page, re.DOTALL)[1]
    return json.loads(state)["Lens"]["state"]["file"]
