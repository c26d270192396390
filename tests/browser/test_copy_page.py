"""A reader's own copy of a sealed text, opened in the browser alone: from the disk, with what Python would show."""

from __future__ import annotations

import html
import json
import random
import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from essay_explorer import Codebook, Facet, Reading, Tag, open_reading
from essay_explorer.library.sealed_sets import sealed_set
from essay_explorer.page import own_copy
from essay_explorer.page.own_copy import page as page_of
from essay_explorer.sealed.copies import attach
from essay_explorer.sealed.sealing import seal
from essay_explorer.widgets.content import content_of
from paint import WHY_UNPAINTED, expect_painted

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from conftest import Reader
    from firefox import Firefox

HER = open_reading("her")
SEALED = seal(HER, source="https://example.org/film")
SEALED = replace(SEALED, annotations=SEALED.annotations[::-1])  # a set need not be in text order
REVIEW = Path(__file__).parents[3] / "shared" / "review" / "her-review.txt"
START = "await start({"


def keeping(page: str) -> str:
    """The page, whose models are to be had as `models` once it is opened."""
    assert page.count(START) == 1
    return page.replace(START, f"window.models = {START}")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "own.html"
    path.write_text(keeping(page_of(SEALED)), encoding="utf-8")
    return path


@pytest.fixture
def opened(reader: Reader, file: Path) -> Callable[..., Page]:
    """`opened(text)`: the page after the text was pasted, or a file given, and "Open" pressed."""

    def opened(
        text: str = "", *, name: str = "", content: bytes = b"", at: str = "", path: Path = file, **context: Any
    ) -> Page:
        page = reader.page(**context)
        page.goto(path.as_uri() + at)
        if name:
            page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": content})
        if text:
            page.get_by_label("Or the text itself").fill(text)
        page.get_by_role("button", name="Open").click()
        return page

    return opened


def shown(page: Page) -> dict[str, Any]:
    page.wait_for_selector("html[data-essay-explorer=ready]")
    return page.evaluate("models.Lens.get('content')")


@cache
def by_python(text: str) -> dict[str, Any]:
    attached = attach(text, SEALED)
    return content_of(Reading.from_texts(attached.texts, name="her"))


def words_of(content: dict[str, Any]) -> dict[str, str]:
    """The text of each passage, by its id."""
    texts: dict[str, str] = {}
    for paragraph in content["paragraphs"]:
        units = paragraph["text"].encode("utf-16-le")
        for name, start, end in paragraph.get("passages", ()):
            texts[name] = texts.get(name, "") + units[2 * start : 2 * end].decode("utf-16-le")
    return texts


def same(theirs: dict[str, Any], ours: dict[str, Any]) -> None:
    """Is it what Python makes, but for the emphasis and the sentences?"""

    def joined(content):
        return [paragraph["text"] for paragraph in content["paragraphs"]]

    assert joined(theirs) == joined(ours)
    assert words_of(theirs) == words_of(ours)
    for name in ("title", "author", "subject", "license", "about", "language", "minutes", "facets", "passages"):
        assert theirs[name] == ours[name]
    assert sorted(map(str, theirs["relations"])) == sorted(map(str, ours["relations"]))


def test_a_pasted_copy_becomes_the_page_and_nothing_is_asked_for(opened: Callable[..., Page]) -> None:
    page = opened(HER.essay.text)
    theirs = shown(page)
    same(theirs, by_python(HER.essay.text))
    assert words_of(theirs) == {passage.id: passage.text.replace("\n\n", "") for passage in HER.passages()}
    assert theirs["faults"] == []
    expect(page.get_by_role("status").first).to_contain_text("All 67 passages are attached exactly. The text stays")
    page.get_by_role("button", name="Trust", exact=False).first.click()
    expect(page.locator(".says")).to_have_text("23 of 67 passages about trust.")
    expect_painted(page.locator("mark.on:not(.gap) .line.on"), "underline")
    page.locator("mark.on").first.click()
    expect(page.locator(".passage-card")).to_contain_text("Trust")
    page.get_by_role("searchbox").fill("mind")
    page.keyboard.press("Enter")
    expect(page.locator(".hits")).to_contain_text("1 of")
    assert "theme=trust" in page.url
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize(
    "text",
    [
        HER.essay.text.replace(" nobody ", " no person ").replace("\n\n", "\r\n\r\n"),
        "Menu. Log in.\n\n" + "\n\n".join(HER.essay.text.split("\n\n")[3:9]) + "\n\nRelated: 😀 more of it.",
        HER.essay.text.replace("\n\n", "\n"),
        "😀 " + HER.essay.text.replace("é", "e\u0301").replace(" the ", "  the\u200b\ufeff\x7f "),
    ],
    ids=["changed words", "a part with litter", "a line a paragraph", "other signs"],
)
def test_a_copy_that_differs_shows_what_python_shows(opened: Callable[..., Page], text: str) -> None:
    page = opened(text)
    theirs = shown(page)
    same(theirs, by_python(text))
    attached = attach(text, SEALED)
    counts = f"Of 67 passages {len(attached.exact)} are attached exactly, {len(attached.changed)} after a small change, {len(attached.lost)} lost"
    told = "All 67 passages are attached exactly" if len(attached.exact) == 67 else counts
    expect(page.get_by_role("status").first).to_contain_text(told)
    assert sorted(line.split(",")[0] for line in theirs["faults"]) == sorted(
        entry for entry, _ in (*attached.changed, *attached.lost)
    )


def test_names_are_found_as_python_finds_them(browser: Browser) -> None:
    aliases = (("Will", "Will Smith", "the (old) dog"), ("émile", "ω", "她"), ("Ann-Marie", "Ann", "tokyo é"))
    tags = tuple(Tag(f"t{at}", "", aliases=names) for at, names in enumerate(aliases))
    codebook = Codebook(facets=(Facet("person", "", tags=tags),))
    names = sorted(((one, tag.id) for tag in tags for one in tag.aliases), key=lambda name: len(name[0]), reverse=True)
    dice = random.Random(3)
    words = [
        "Will",
        "will",
        "Smith",
        "THE",
        "the",
        "(old)",
        "dog",
        "dogs",
        "Émile",
        "ÉMILE",
        "Ω",
        "她",
        "她們",
        "Ann-",
        "Marie",
        "Ann",
        "_Ann",
        "Ann\u0301",
        "\u0301",
        "TOKYO",
        "É",
        "😀",
        " ",
        " ",
        " ",
        " ",
        "’",
    ]
    texts = ["".join(dice.choices(words, k=30)) for _ in range(500)]
    texts += ["the (old) dog, Will Smith and THE (OLD) DOG by 她们", "Ann-Marie"]
    page = browser.new_page()
    theirs = page.evaluate(
        """async ([source, texts, names]) => {
          const { named } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
          return texts.map((text) => named(text, names).map(({ tag, start, end }) => [tag, text.slice(start, end)]));
        }""",
        [Path(own_copy.__file__).with_name("copy_content.js").read_text("utf-8"), texts, names],
    )
    page.close()
    ours = [[[tag, text[slice(*span)]] for tag, span in codebook.named(text)] for text in texts]
    assert theirs == ours
    assert {tag for found in ours for tag, _ in found} == {"t0", "t1", "t2"}


def test_a_web_page_gives_its_paragraphs_and_runs_nothing(opened: Callable[..., Page]) -> None:
    blocks = [
        f'<p onclick="alert(1)">{html.escape(one).replace(" ", " <b>", 1).replace(" ", "<br>", 1)}</b></p>'
        for one in HER.essay.text.split("\n\n")
    ]
    paragraphs = "\n".join([*blocks[:2], f"<blockquote>\n{blocks[2]}\n</blockquote>", *blocks[3:]])
    litter = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'><nav><ul><li>Home<li>Log in</ul></nav>"
    source = f"<html><body>{litter}<article>{paragraphs}</article><footer><p>© &lt;b&gt; all rights</footer>"
    page = opened(name="her.html", content=source.encode())
    same(shown(page), by_python(HER.essay.text))
    assert page.evaluate("window.ran") is None
    assert page.locator("article b:not(.code *)").count() == 0


def test_a_markdown_file_loses_its_marks(opened: Callable[..., Page]) -> None:
    source = "---\ntitle: Mine\n---\n\n# " + HER.essay.text.replace("\n\n", "\n\n> ", 1).replace(
        " film ", " [*film*](https://example.org/a_b) "
    )
    same(shown(opened(name="her.md", content=source.encode())), by_python(HER.essay.text))


def test_markup_in_a_copy_stays_letters(opened: Callable[..., Page]) -> None:
    evil = "<img src=x onerror='window.ran = 1'><script>window.ran = 1</script>"
    page = opened(HER.essay.text.replace("\n\n", f" {evil}\n\n"))
    shown(page)
    assert evil in page.locator("article").text_content()
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"text": "Quite another text, which nobody has sealed. " * 30}, "This is another text"),
        ({}, "Choose a file with text in it, or paste the text."),
        ({"name": "her.pdf", "content": b"%PDF-1.7"}, "is not a .txt, .md or .html file"),
        ({"name": "her.txt", "content": bytes(range(256)) * 40}, "holds no text that can be read"),
        ({"name": "her.txt", "content": b"  \n \n"}, "Choose a file with text in it, or paste the text."),
        ({"name": "her.txt", "content": b"word " * 600_000}, "at most 2 million letters"),
        ({"name": "her.md", "content": b"[" * 3_000_000}, "at most 2 million letters"),
        ({"name": "her.html", "content": b"<p>" + b"word " * 4_100_000}, "is too large"),
    ],
    ids=[
        "another text",
        "nothing",
        "a PDF",
        "a binary file",
        "an empty file",
        "a long text",
        "a long line",
        "a large file",
    ],
)
def test_what_cannot_be_opened_is_reported_and_can_be_tried_again(
    opened: Callable[..., Page], given: dict[str, Any], says: str
) -> None:
    page = opened(**given)
    expect(page.get_by_role("status")).to_contain_text(says, timeout=10_000)
    page.get_by_label("Or the text itself").fill(HER.essay.text)
    page.get_by_role("button", name="Open").click()
    assert len(shown(page)["passages"]) == 67


def test_a_permalink_opens_its_view_once_the_copy_is_there(opened: Callable[..., Page]) -> None:
    page = opened(HER.essay.text, at="#theme=ending&show=only&at=a06")
    expect(page.locator(".passage-card")).to_contain_text("nobody picks them up")
    expect(page.locator(".essay-text")).to_have_attribute("data-show", "only")
    assert "at=a06" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_before_and_after(
    reader: Reader, opened: Callable[..., Page], file: Path, width: int, scheme: str
) -> None:
    context = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
    first = reader.page(**context)
    first.goto(file.as_uri())
    after = opened(HER.essay.text, at="#theme=trust", **context)
    shown(after)
    for page in (first, after):
        expect_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_original_opens_with_all_its_passages(opened: Callable[..., Page], tmp_path: Path) -> None:
    if not REVIEW.is_file():
        pytest.skip("../shared/review is not here: the original review is not part of this project")
    sealed = sealed_set("her-review")
    path = tmp_path / "her-review.html"
    path.write_text(keeping(page_of(sealed)), encoding="utf-8")
    text = REVIEW.read_text("utf-8")
    page = opened(name=REVIEW.name, content=REVIEW.read_bytes(), path=path)
    theirs = shown(page)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ours = content_of(Reading.from_texts(attach(text, sealed).texts, name=sealed.name))
    same(theirs, ours)
    expect(page.get_by_role("status").first).to_contain_text("All 64 passages are attached exactly")


def test_the_dashboard_leads_to_it_and_serves_it(visit: Callable[..., Page]) -> None:
    page = visit()
    page.get_by_text("About this text").click()
    page.get_by_role("link", name="Open your own copy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Her Review")
    expect(page.get_by_role("button", name="Open")).to_be_enabled()


def test_firefox_opens_a_copy_too(fox: Firefox, file: Path) -> None:
    fox.go(file.as_uri())
    fox.until("!document.querySelector('.essay-explorer-copy button').disabled")
    fox.evaluate(f"document.querySelector('textarea').value = {json.dumps(HER.essay.text)}")
    fox.evaluate("[...document.querySelectorAll('button')].find((one) => one.textContent === 'Open').click()")
    fox.until("document.documentElement.dataset.essayExplorer === 'ready'")
    fox.evaluate("document.querySelector('.chip[data-tag=trust] .choose').click()")
    fox.until("document.querySelector('.theme-filter .says').textContent === '23 of 67 passages about trust.'")
    why = f"[...document.querySelectorAll('mark.on:not(.gap) .line.on')].map((one) => ({WHY_UNPAINTED})(one, 'underline'))"
    assert fox.evaluate(why) == [""] * fox.evaluate("document.querySelectorAll('mark.on:not(.gap) .line.on').length")
    assert len(fox.evaluate(why)) > 20
