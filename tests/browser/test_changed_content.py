"""A reading that changes under an open page: every view redraws in place, and the reader keeps what still exists."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from essay_explorer import EssayText, Lens, PassageCard, Reading, ThemeFilter, open_reading
from essay_explorer.widgets.content import content_of
from kept import write_kept
from paint import expect_painted
from servers import dashboard

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from conftest import Reader

HER = Path(__file__).parents[2] / "data" / "her"
TEXTS = {
    path.name: path.read_text(encoding="utf-8") for path in HER.iterdir() if path.suffix in {".md", ".yml", ".csv"}
}
FIRST = "Few films have annoyed me as tenderly"
TOP = "(one) => Math.round(one.getBoundingClientRect().top)"


def edited(**changes: Callable[[str], str]) -> Reading:
    """*Her* with changed files: `edited(essay=...)`."""
    files = {"essay": "essay.md", "codebook": "codebook.yml", "annotations": "annotations.csv"}
    return Reading.from_texts(
        {**TEXTS, **{files[name]: change(TEXTS[files[name]]) for name, change in changes.items()}}
    )


def without(*ids: str) -> Callable[[str], str]:
    """`annotations.csv` without these rows."""
    return lambda text: "".join(line for line in text.splitlines(keepends=True) if line.split(",")[0] not in ids)


def longer(text: str) -> str:
    """`essay.md` with a paragraph before the first."""
    return text.replace(
        FIRST, f"A new beginning, which is long enough to move all that follows it. {'More. ' * 40}\n\n{FIRST}"
    )


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "her.html"
    write_kept(open_reading("her"), path)
    return path


@pytest.fixture
def page_at(reader: Reader, file: Path) -> Callable[[str], Page]:
    def page_at(address: str) -> Page:
        page = reader.page()
        page.goto(file.as_uri() + address)
        page.wait_for_selector("html[data-essay-explorer=ready]")
        return page

    return page_at


def show(page: Page, reading: Reading) -> None:
    page.evaluate("(content) => { lens.set('content', content); }", json.loads(json.dumps(content_of(reading))))


def test_place_filter_and_card_stay_where_they_still_exist(page_at: Callable[[str], Page]) -> None:
    page = page_at("#theme=trust&at=a32&find=mind")
    seventh = page.locator(".paragraph", has_text="The comparison that carried the film snaps")
    seventh.evaluate("(one) => one.scrollIntoView({ block: 'start' })")
    before = seventh.evaluate(TOP)
    scrolled = page.evaluate("scrollY")
    body = page.locator(".passage-card .body")
    body.evaluate("(one) => { one.scrollTop = 40; }")
    other = edited(essay=longer, annotations=without("a03"))
    show(page, other)
    count = len(other.passages(theme="trust", query="mind"))
    expect(page.locator(".says")).to_have_text(f"{count} of 66 passages about trust, with “mind”.")
    expect(page.locator(".credit")).to_contain_text("66 passages")
    expect(page.locator('.chip[data-tag="trust"] .count')).to_have_text(f"{count}/{len(other.passages(theme='trust'))}")
    expect(page.locator(".passage-card h2")).to_have_text("Paragraph 6 · Claim")
    assert body.evaluate("(one) => one.scrollTop") > 0
    assert abs(seventh.evaluate(TOP) - before) < 3
    assert page.evaluate("scrollY") > scrolled + 100
    assert page.locator(".essay-text .paragraph").count() == len(other.essay.paragraphs)
    assert "".join(page.locator(".essay-text .segment").all_text_contents()) == other.essay.text.replace("\n\n", "")
    expect_painted(page.locator("mark.on:not(.gap) .line.on"), "underline")
    expect_painted(page.locator(".strip .on"), "shape")
    assert page.evaluate("CSS.highlights.get('essay-explorer-hit').size") == other.essay.text.lower().count("mind")
    assert re.search("theme=trust&find=mind&at=a32$", page.url)


def test_what_is_gone_is_dropped_and_nothing_else(page_at: Callable[[str], Page]) -> None:
    page = page_at("#theme=trust,mirror&not=ending&within=9-10&at=a67&show=dim")
    assert page.locator(".passage-card blockquote").count() == 1
    shorter = edited(
        essay=lambda text: "\n\n".join(text.split("\n\n")[:-2]),
        codebook=lambda text: re.sub(r"(?ms)^ +- id: mirror$.*?(?=^ +- id: |^- id: |^  - id: )", "", text),
        annotations=lambda text: text.replace("mirror", ""),
    )
    assert "mirror" not in shorter.codebook.tags
    show(page, shorter)
    expect(page.locator(".passage-card h2")).to_have_text("Passage")
    expect(page.locator('.chip[data-tag="mirror"]')).to_have_count(0)
    expect(page.locator('.chip[data-tag="ending"] .count')).to_have_text("0")
    count = len(shorter.passages(theme="trust", exclude="ending"))
    says = page.locator(".says")
    expect(says).to_have_text(
        f"{count} of {len(shorter.passages())} passages about trust, without the ending critique."
    )
    expect(page).to_have_url(re.compile("#theme=trust&not=ending&show=dim$"))
    assert "NaN" not in page.locator("body").inner_text()
    page.locator('.chip[data-tag="trust"] .choose').click()
    page.locator("mark.on").first.click()
    expect(page.locator(".passage-card blockquote")).to_have_count(1)


def test_what_did_not_change_keeps_its_elements_the_focus_and_the_selection(page_at: Callable[[str], Page]) -> None:
    page = page_at("#theme=trust")
    page.evaluate("""() => {
      window.before = [...document.querySelectorAll(".paragraph")];
      getSelection().selectAllChildren(before[3]);
      document.querySelector('.chip[data-tag="ending"] .leave').focus();
    }""")
    show(page, edited(essay=longer))
    expect(page.locator(".essay-text .paragraph")).to_have_count(11)
    kept = page.evaluate("[...document.querySelectorAll('.paragraph')].map((one) => before.indexOf(one))")
    assert kept == [-1, *range(10)]
    numbers = page.locator(".paragraph .number").all_text_contents()
    assert numbers == [str(number) for number in range(1, 12)]
    sentences = page.eval_on_selector_all("[data-sentence]", "all => all.map((one) => Number(one.dataset.sentence))")
    assert sentences == [*range(1, len(edited(essay=longer).essay.sentences()) + 1)]
    assert page.evaluate("getSelection().containsNode(before[3], true)")
    assert page.evaluate("document.activeElement.matches('.chip[data-tag=ending] .leave')")
    book = edited(codebook=lambda text: text.replace("label: Trust", "label: Belief", 1))
    show(page, book)
    expect(page.locator('.chip[data-tag="trust"] .label')).to_have_text("Belief")
    assert page.evaluate("document.activeElement.matches('.chip[data-tag=ending] .leave')")
    expect(page.locator(".says")).to_contain_text("passages about belief")


def test_a_long_essay_changes_too(page_at: Callable[[str], Page]) -> None:
    page = page_at("#theme=trust&at=a32")
    many = edited(essay=lambda text: text + "".join(f"\n\nParagraph number {at} of many." for at in range(100)))
    show(page, many)
    expect(page.locator(".essay-text .chunk")).to_have_count(6)
    expect(page.locator("mark.here").first).to_be_in_viewport()
    page.locator(".paragraph").last.scroll_into_view_if_needed()
    expect(page.locator(".paragraph").last.locator(".segment")).to_have_count(1)
    show(page, open_reading("her"))
    expect(page.locator(".essay-text .chunk")).to_have_count(0)
    expect(page.locator(".essay-text .paragraph")).to_have_count(10)
    expect_painted(page.locator("mark.on:not(.gap) .line.on"), "underline")


def test_a_file_that_changes_redraws_the_page_and_its_chart(reader: Reader, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(HER, folder)
    with dashboard(str(folder)) as server:
        page = reader.page()
        page.goto(f"{server.url}#theme=trust&at=a32&chart=dispersion")
        page.wait_for_selector(".chart-panel[data-drawn=dispersion]")
        page.wait_for_selector("html[data-news=live]", state="attached")
        bars = page.locator(".picture [aria-roledescription=bar]")
        before = bars.count()
        (folder / "annotations.csv").write_text(without("a03")(TEXTS["annotations.csv"]), encoding="utf-8")
        expect(page.locator(".says")).to_have_text("22 of 66 passages about trust.")
        expect(bars).not_to_have_count(before)
        page.wait_for_selector(".chart-panel[data-drawn=dispersion]")
        expect(page.locator(".passage-card h2")).to_have_text("Paragraph 5 · Claim")
        expect(page).to_have_url(re.compile("theme=trust&at=a32&chart=dispersion$"))


# A mark that is made in the browser is drawn without Python.

START = """async ([modules, content]) => {
  const load = async (text) => (await import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })))).default;
  const [Lens, ...views] = await Promise.all(modules.map(load));
  const rest = { chosen: [], excluded: [], match: "any", show: "mark", query: "", within: [], at: "", chart: "", hidden: [] };
  const state = { ...rest, content, address: "", file: "" };
  const nothing = () => {};
  const model = { get: (key) => state[key], set: (key, value) => { state[key] = value; }, on: nothing, off: nothing, save_changes: nothing };
  const { signal } = new AbortController();
  window.lens = Lens.initialize({ model, signal });
  const host = { getWidget: async () => ({ exports: lens }) };
  for (const view of views) {
    const el = document.body.appendChild(document.createElement("div"));
    await view.render({ model: { get: (name) => (name === "lens" ? "lens" : null) }, el, signal, host });
  }
}"""


@pytest.fixture
def views(reader: Reader) -> Page:
    """Text, filter and card on one lens, on a blank page without a host of ours; the lens is `lens`."""
    page = reader.page()
    page.set_content(f"<style>{Lens._css}{EssayText._css}{ThemeFilter._css}{PassageCard._css}</style>")
    modules = [str(widget._esm) for widget in (Lens, EssayText, ThemeFilter, PassageCard)]
    page.evaluate(START, [modules, json.loads(json.dumps(content_of(open_reading("her"))))])
    return page


def test_a_mark_made_in_the_browser_is_drawn_listed_and_taken_away(views: Page) -> None:
    page = views
    mark: dict[str, Any] = {"id": "m1", "tags": ["ending"], "note": "Because.", "spans": [[1, 0, 9], [2, 0, 3]]}
    page.evaluate("() => { window.before = [...document.querySelectorAll('.paragraph')]; }")
    show = "(annotations) => { lens.setLayers([{ id: 'mine', label: 'My marks', annotations }]); }"
    page.evaluate(show, [mark])
    lines = page.locator('mark[data-ids~="m1"].kept .line.on')
    expect_painted(lines, "underline", count=2)  # though nothing is chosen
    page.evaluate("() => { lens.choose('ending'); }")
    expect_painted(page.locator('mark[data-ids~="m1"].on .line.on'), "underline", count=2)
    assert lines.first.text_content() == "Few films"
    changed = "[...document.querySelectorAll('.paragraph')].map((one, at) => before[at] !== one)"
    assert page.evaluate(changed) == [True, True] + [False] * 8
    expect(page.locator(".says")).to_have_text(
        "16 of 68 passages about the ending critique. Of these, 15 are the reading’s own and 1 yours."
    )
    expect(page.locator('.chip[data-tag="ending"] .count')).to_have_text("16")
    lines.first.click()
    expect(page.locator(".passage-card blockquote")).to_contain_text("Few films")
    expect(page.locator(".passage-card .note")).to_have_text("Because.")
    page.evaluate(show, [])
    expect(page.locator('mark[data-ids~="m1"]')).to_have_count(0)
    expect(page.locator(".passage-card h2")).to_have_text("Passage")
    expect(page.locator(".says")).to_have_text("15 of 67 passages about the ending critique.")
