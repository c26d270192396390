"""The dashboard in a real browser on the real server: filter, card, find, permalinks, with and without Python."""

from __future__ import annotations

import gzip
import re
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from essay_explorer import open_reading
from essay_explorer.charts import bundle
from paint import WHY_UNPAINTED, expect_painted
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from servers import Server

READING = open_reading("her")
LINE = 36  # px; of the text
CHECKOUT = Path(__file__).parents[2]
TROUBLE = ("Traceback", "There was an error when executing cell", "undefined", "[object Object]", "Javascript Error")


def choose(page: Page, tag: str) -> None:
    page.locator(f'.chip[data-tag="{tag}"] .choose').click()


def marked(page: Page) -> dict[str, str]:
    """The text of each passage that lies wholly under lines, by its id; a line is one when it is painted."""
    return page.evaluate(f"""() => {{
      const whyUnpainted = {WHY_UNPAINTED};
      const texts = new Map(), off = new Set();
      for (const mark of document.querySelectorAll(".essay-text mark")) {{
        const lines = [...mark.querySelectorAll(".line")].filter((line) => !whyUnpainted(line, "underline"));
        const under = !mark.textContent.trim() || lines.some((line) => line.textContent === mark.textContent);
        for (const id of mark.dataset.ids.split(" "))
          under ? texts.set(id, (texts.get(id) ?? "") + mark.textContent) : off.add(id);
      }}
      return Object.fromEntries([...texts].filter(([id]) => !off.has(id)));
    }}""")


def says(page: Page) -> str:
    return page.locator(".theme-filter .says").inner_text()


def test_the_whole_essay_stands_quietly_on_the_page(visit: Callable[..., Page]) -> None:
    page = visit()
    text = "\n\n".join(
        "".join(p.locator(".segment").all_text_contents()) for p in page.locator(".essay-text .paragraph").all()
    )
    assert text == READING.essay.text
    assert marked(page) == {}
    expect(page.locator("h1")).to_have_text(READING.essay.title)
    expect(page.locator(".credit")).to_contain_text("Matt Jacobson")
    expect(page).to_have_title(READING.essay.title)
    assert page.locator("main").count() == 1
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_click_marks_the_passages_of_a_theme_and_another_releases_them(visit: Callable[..., Page]) -> None:
    page = visit()
    choose(page, "trust")
    assert says(page) == "23 of 67 passages about trust."
    texts = {passage.id: passage.text for passage in READING.passages(theme="trust")}
    assert texts.items() <= marked(page).items()
    expect(page).to_have_url(re.compile("#theme=trust$"))
    choose(page, "trust")
    assert marked(page) == {}
    expect(page).not_to_have_url(re.compile("#"))


def test_a_tag_can_be_excluded(visit: Callable[..., Page]) -> None:
    page = visit()
    choose(page, "trust")
    chip = page.locator('.chip[data-tag="ending"]')
    chip.hover()
    chip.locator(".leave").click()
    count = len(READING.passages(theme="trust", exclude="ending"))
    assert says(page) == f"{count} of 67 passages about trust, without the ending critique."
    expect(chip.locator(".count")).to_have_text("0")
    chip.locator(".leave").click()
    assert says(page) == "23 of 67 passages about trust."


def test_the_count_of_a_tag_and_the_button_that_excludes_it_have_places_of_their_own(
    visit: Callable[..., Page],
) -> None:
    page = visit()
    chip = page.locator('.chip[data-tag="trust"]')
    count, leave = chip.locator(".count"), chip.locator(".leave")
    place = count.bounding_box()
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    expect_painted(count, "text")
    expect_painted(leave, "any")
    assert count.bounding_box() == place
    assert place["x"] + place["width"] <= leave.bounding_box()["x"]
    page.mouse.down()
    page.mouse.up()
    assert says(page) == "23 of 67 passages about trust."
    leave.click()
    expect_painted(count, "text")
    assert count.bounding_box()["x"] + count.bounding_box()["width"] == pytest.approx(place["x"] + place["width"])


def test_any_and_all_differ(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust,ending")
    assert (
        says(page)
        == f"{len(READING.passages(theme=['trust', 'ending']))} of 67 passages about trust or the ending critique."
    )
    page.get_by_role("button", name="All together").click()
    assert (
        says(page)
        == f"{len(READING.passages(theme=['trust', 'ending'], match='all'))} of 67 passages about trust and the ending critique."
    )


def test_chips_that_would_give_nothing_say_so(visit: Callable[..., Page]) -> None:
    page = visit("#theme=mirror")
    expect(page.locator('.chip[data-tag="claim"] .count')).to_have_text("0")
    expect(page.locator('.chip[data-tag="concession"] .count')).to_have_text("4/10")


def test_dimmed_text_stays_and_only_the_passages_leaves_the_rest_away(visit: Callable[..., Page]) -> None:
    page = visit("#theme=mirror&show=dim")
    first = page.locator(".essay-text .paragraph").first
    expect_painted(first, "text")
    page.get_by_role("button", name="Show only these").click()
    expect(first).to_be_hidden()
    shown = page.locator(".essay-text article").inner_text()
    assert "Perhaps those were not his questions at all." in shown
    assert "Few films have annoyed me" not in shown


def test_the_keyboard_alone_filters_reads_a_card_and_clears(visit: Callable[..., Page]) -> None:
    page = visit()
    for _ in range(4):  # after Mark, Charts and the looks of the text, one stop for a whole facet
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.chip').dataset.tag") == "trust"
    page.keyboard.press("Enter")
    assert says(page) == "23 of 67 passages about trust."
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.chip').dataset.tag") == "alienness"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")  # exclude alienness
    count = len(READING.passages(theme="trust", exclude="alienness"))
    assert says(page) == f"{count} of 67 passages about trust, without alienness."
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.localName") == "mark":
            break
    first, second = READING.passages(theme="trust", exclude="alienness")[:2]
    assert page.evaluate("document.activeElement.textContent") == first.text
    page.keyboard.press("Enter")
    expect(page.locator(".passage-card blockquote")).to_have_text(first.text)
    assert page.evaluate("document.activeElement.closest('.passage-card') !== null")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".passage-card blockquote")).to_have_text(second.text)
    page.keyboard.press("Escape")
    expect(page.locator(".passage-card blockquote")).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent") == second.text
    page.keyboard.press("Escape")  # and now the filter
    assert marked(page) == {}


def test_the_card_tells_why_a_passage_is_marked(visit: Callable[..., Page]) -> None:
    page = visit("#at=a32")
    card = page.locator(".passage-card")
    expect(card.locator("h2")).to_have_text("Paragraph 5 · Claim")
    expect(card.locator(".tag .label")).to_have_text(
        ["Metaphor", "Trust", "Alienness", "Claim", "Samantha", "Spike Jonze"]
    )
    expect(card.locator("dt")).to_have_text(["Metaphor", "Trust", "Alienness", "Claim"])
    expect(card.locator(".id")).to_have_text("a32")
    expect(card).to_contain_text("The third metaphor, the one the review believes in.")
    expect(card).to_contain_text("The review names three metaphors.")
    card.get_by_role("link", name=re.compile("^The comparison that carried the film snaps")).click()
    expect(card.locator("h2")).to_contain_text("Paragraph 7")
    expect(card).to_contain_text("This opposes")
    expect(page.locator("mark.here").first).to_be_in_viewport()
    card.get_by_role("button", name="Next passage").click()
    expect(card.locator("blockquote")).to_have_text(READING.passages()[53].text)
    card.get_by_role("button", name="Previous passage").click()
    expect(card.locator("blockquote")).to_have_text(READING.passages()[52].text)


def test_a_card_says_why_before_it_quotes(visit: Callable[..., Page]) -> None:
    card = visit("#at=a32").locator(".passage-card")
    order = (".note", ".relations", ".tags", ".question", "blockquote", ".copy")
    heights = [card.locator(one).bounding_box()["y"] for one in order]
    assert heights == sorted(heights)


def test_what_the_passage_in_focus_is_related_to_is_lit(visit: Callable[..., Page]) -> None:
    page = visit("#at=a53")
    pairs = [{one.source, one.target} for one in READING.relations]
    lit = page.locator("mark.related:not(.gap)")
    expect_painted(lit, "background")
    found = set(" ".join(lit.evaluate_all("(all) => all.map((one) => one.dataset.ids)")).split())
    assert found >= set().union(*(pair for pair in pairs if "a53" in pair)) - {"a53"}
    page.keyboard.press("Escape")
    expect(page.locator("mark.related")).to_have_count(0)


def test_a_tag_of_the_card_filters_the_essay(visit: Callable[..., Page]) -> None:
    page = visit("#at=a32")
    tag = page.locator('.passage-card .tag[data-tag="alienness"]')
    expect(tag).to_have_attribute("aria-pressed", "false")
    tag.click()
    expect(tag).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".says")).to_contain_text("about alienness")
    expect(page.locator(".passage-card .id")).to_have_text("a32")
    tag.click()
    expect(page.locator(".says")).to_contain_text("Nothing marked")


def test_a_card_asks_one_question_and_another_on_request(visit: Callable[..., Page]) -> None:
    page = visit("#at=a32")
    asked, more = page.locator(".passage-card .question"), page.get_by_role("button", name="Another question")
    first = asked.inner_text()
    seen = [first]
    more.click()
    while asked.inner_text() != first:
        seen.append(asked.inner_text())
        more.click()
    tags = [READING.codebook.tags[name] for name in next(one.tags for one in READING.passages() if one.id == "a32")]
    assert seen == list(dict.fromkeys(question for tag in tags for question in tag.questions))


def test_a_quotation_is_copied_with_its_source(visit: Callable[..., Page]) -> None:
    page = visit("#at=a36", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy quotation").click()
    expect(page.locator(".passage-card .copy")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“In the end, every bond between two people rests on trust.” (")
    assert not re.search("“[^”]*“", copied)  # a quotation in it has other marks
    assert "paragraph 5" in copied
    assert copied.endswith("#at=a36")


def test_words_are_found_counted_and_stepped_through_together_with_the_filter(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust")
    page.get_by_role("searchbox").fill("MIND")
    count = READING.essay.text.lower().count("mind")
    expect(page.locator(".hits")).to_have_text(f"{count} matches")
    assert page.evaluate("CSS.highlights.get('essay-explorer-hit').size") == count
    ground, here, hit = page.locator(".paragraph").first.evaluate("""(one) => ["", "-hit-here", "-hit"].map((name) =>
      getComputedStyle(one, name && `::highlight(essay-explorer${name})`).backgroundColor)""")
    assert len({ground, here, hit}) == 3
    assert (
        says(page) == f"{len(READING.passages(theme='trust', query='mind'))} of 67 passages about trust, with “MIND”."
    )
    page.keyboard.press("Enter")
    expect(page.locator(".hits")).to_have_text(f"1 of {count} matches")
    page.get_by_role("button", name="Previous match").click()
    expect(page.locator(".hits")).to_have_text(f"{count} of {count} matches")
    found = page.evaluate("[...CSS.highlights.get('essay-explorer-hit-here')].map(String)")
    assert [text.lower() for text in found] == ["mind"]
    expect(page).to_have_url(re.compile("#theme=trust&find=MIND$"))
    page.get_by_role("button", name="All matches in context").click()
    lines = page.locator(".concordance button")
    places = READING.concordance("mind")
    expect(lines).to_have_count(len(places))
    assert [text.lower() for text in page.locator(".concordance b").all_inner_texts()] == ["mind"] * count
    assert places[2].right[:20] in lines.nth(2).inner_text()
    lines.nth(2).click()
    expect(page.locator(".hits")).to_have_text(f"3 of {count} matches")
    expect(lines.nth(2)).to_have_attribute("aria-current", "true")
    expect_painted(lines.nth(2), "text")
    page.wait_for_function("""() => {
      const { top, bottom } = [...CSS.highlights.get('essay-explorer-hit-here')][0].getBoundingClientRect();
      return 0 < top && bottom < innerHeight;
    }""")
    page.get_by_role("button", name="All matches in context").click()
    expect(lines.first).to_be_hidden()
    page.get_by_role("button", name="Show only these").click()
    hits = page.locator(".hits")
    expect(hits).to_have_text(re.compile(r"^(\d+) of \1 matches$"))  # the last of those that can be seen
    seen = int(hits.inner_text().split()[0])
    assert 0 < seen < count
    for _ in range(seen):
        page.get_by_role("button", name="Next match").click()
        assert page.evaluate("""[...CSS.highlights.get('essay-explorer-hit-here')].every(
          (range) => range.startContainer.parentElement.checkVisibility())""")


@pytest.mark.parametrize("width", [1440, 768])
@pytest.mark.parametrize("button", ["Charts", "Larger text"])
def test_what_the_reader_looks_at_stays_where_it_is(visit: Callable[..., Page], button: str, width: int) -> None:
    page = visit("#theme=trust", width=width)
    page.locator('[data-paragraph="7"]').evaluate("one => one.scrollIntoView({ block: 'start' })")
    page.evaluate("""() => {
      const { left, width } = document.querySelector(".place.text").getBoundingClientRect();
      const seen = document.elementFromPoint(left + 0.4 * width, 0.3 * innerHeight).closest(".segment");
      window.at = () => Math.round(seen.getBoundingClientRect().top);
    }""")
    before = page.evaluate("at()")
    if button != "Charts":
        page.get_by_role("button", name="How the text looks").click()
    for _ in range(2):
        page.get_by_role("button", name=button, exact=True).first.click()
        assert abs(page.evaluate("at()") - before) < 3


def test_what_is_read_stays_where_it_is_from_only_these_to_all(visit: Callable[..., Page]) -> None:
    page = visit("#theme=trust&show=only")
    page.mouse.wheel(0, 500)
    page.wait_for_function("scrollY > 100")
    page.evaluate("""() => {
      const seen = [...document.querySelectorAll("mark.on")].find((one) => one.getBoundingClientRect().bottom > 0.3 * innerHeight);
      window.at = () => Math.round(seen.getBoundingClientRect().top);
    }""")
    before = page.evaluate("at()")
    for name in ("Show only these", "Show only these", "Dim other text"):
        page.get_by_role("button", name=name).click()
        assert abs(page.evaluate("at()") - before) < LINE  # what is at the eye stays to the pixel, and this is near it


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("number", [4, 5, 6, 7, 8])
def test_a_passage_beside_what_is_read_stays_when_it_alone_is_shown(
    visit: Callable[..., Page], number: int, width: int
) -> None:
    """Where the words at the eye go, those of their paragraph that stood nearest keep their height."""
    page = visit("#theme=trust", width=width)
    heights = page.evaluate(
        """(number) => {
      const eye = 0.3 * innerHeight;
      const paragraph = document.querySelector(`[data-paragraph="${number}"]`);
      const gone = [...paragraph.querySelectorAll(".segment:not(.on, .gap), mark:not(.on, .gap)")]
        .find((one) => one.getBoundingClientRect().height > 0);
      scrollTo({ top: scrollY + gone.getBoundingClientRect().bottom - eye - 2, behavior: "instant" });
      const seen = [...paragraph.querySelectorAll("mark.on:not(.gap)")].map((one) => [one, one.getBoundingClientRect().top]);
      const [nearest] = seen.sort(([, one], [, other]) => Math.abs(one - eye) - Math.abs(other - eye))[0];
      window.at = () => Math.round(nearest.getBoundingClientRect().top);
      return [at(), innerHeight];
    }""",
        number,
    )
    before, bottom = heights
    assert 0 <= before < bottom
    if width < 700:
        page.evaluate("document.querySelector('.tools .sheet').click()")
    page.evaluate(
        "[...document.querySelectorAll('button')].find((one) => one.textContent === 'Show only these').click()"
    )
    assert abs(page.evaluate("at()") - before) <= LINE  # the words at the eye may share a line with one that stays


def test_a_copied_link_gives_back_exactly_this_view(visit: Callable[..., Page]) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    for tag in ("trust", "ending"):
        choose(page, tag)
    page.get_by_role("button", name="All together").click()
    page.get_by_role("button", name="Dim other text").click()
    page.locator("mark.on").nth(1).click()
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Copy link to this view").click()
    expect(page.locator(".theme-filter .copy").first).to_have_text("Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    other = visit(link.split("/", 3)[3])
    view = "[document.querySelector('.says').textContent, document.querySelector('.essay-text').dataset.show, document.querySelector('blockquote').textContent, [...document.querySelectorAll('mark.on')].map(m => m.textContent)]"
    assert other.evaluate(view) == page.evaluate(view)
    page.get_by_role("button", name="Copy as Python").click()
    expect(page.locator(".theme-filter .copy").last).to_have_text("Copied")
    focus = page.evaluate("location.hash.match(/at=(a\\d+)/)[1]")
    assert page.evaluate("navigator.clipboard.readText()").splitlines()[-1] == (
        f'Explorer(reading, lens=Lens(reading, chosen=["trust", "ending"], match="all", show="dim", at="{focus}"))'
    )


def test_the_page_is_embedded_only_where_a_setting_allows_it(served: Server) -> None:
    def policy(url: str) -> str:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.headers["Content-Security-Policy"]

    assert policy(served.url).endswith("frame-ancestors 'self'")
    with dashboard("--embed", "https://moodle.example.edu") as server:
        assert policy(server.url).endswith("frame-ancestors 'self' https://moodle.example.edu")


def test_parts_are_compressed_where_the_browser_takes_it(served: Server) -> None:
    def sent(**headers: str) -> tuple[str | None, bytes]:
        request = urllib.request.Request(f"{served.url}essay-explorer/{bundle.vega_name()}", headers=headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.headers["Content-Encoding"], answer.read()

    encoding, compressed = sent(**{"Accept-Encoding": "gzip"})
    assert (encoding, gzip.decompress(compressed).decode()) == ("gzip", bundle.vega())
    assert sent() == (None, bundle.vega().encode())


def test_no_trouble_shows(visit: Callable[..., Page]) -> None:
    page = visit()
    text = page.locator("body").inner_text()
    assert [word for word in TROUBLE if word in text] == []
