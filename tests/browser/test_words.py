"""Whatever a reader sees comes from the catalogue or from the essay; and a language may begin its lines on the right."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from class_room import opened
from editing import arrive, key, rich, tab, tap
from essay_explorer import open_reading
from essay_explorer.library.collecting import Collected
from essay_explorer.marks.gradebook import Pupil
from essay_explorer.marks.hand_in import Clock
from essay_explorer.marks.task import Task
from essay_explorer.page import own_copy
from essay_explorer.page.export import write_page, write_site
from essay_explorer.page.results import Results
from essay_explorer.sealed.sealing import seal
from essay_explorer.words import speaking
from handing_in import CHOSEN, KNOWS, READING, hand_in
from states import STATES, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from class_room import Room
    from conftest import Reader


def _stay(_page: Page) -> None:
    return


def _compare(page: Page) -> None:
    page.locator(".mark-sheet .bar .done").click()
    page.locator(".layer .compare").locator("visible=true").first.click()
    page.locator(".differ-panel summary").click()


SEEN: dict[str, Callable[[Page], None]] = {
    **dict.fromkeys(("all facets", "a card", "a stop", "dimmed, with words"), _stay),
    **dict.fromkeys(("found", "the ending", "comforts", "the share menu", "the keys", "a table"), _stay),
    "the chart argument": _stay,
    "marking": _compare,
}
# The names of tags in several lines.
STILL_OUTSIDE = ".role-axis-label"
NAMES_OF_PUPILS = ("ada", "ben", "cem", "dia")
NAMES = ("aa", "enter", "png", "svg", "csv")  # alike in all languages
# Every text that can be seen or heard and stands neither in the brackets of the pseudo-language nor in the reading.
_OUTSIDE = r"""([still, names]) => {
  const content = OWN;
  const own = new Set(names);
  const gather = (value, name) => {
    if (name === "finding" || name === "faults") return; // that is ours
    if (typeof value === "string") own.add(value.trim().toLowerCase());
    else if (value && typeof value === "object") {
      own.add(`${value.code} ${value.label}`.toLowerCase()); // as charts name a lane
      for (const key in value) gather(value[key], key);
    }
  };
  gather(content, "");
  const long = [...own].join("\n");
  const isOwn = (text) => text.split(/, | \+ /).every((one) => own.has(one)) || (text.length > 24 && long.includes(text));
  const found = new Set();
  let depth = 0; // of brackets; what they hold may stand in several elements
  const note = (text, element) => {
    let outside = "";
    for (const letter of text) {
      if (letter === "⟦") depth += 1;
      if (!depth) outside += letter;
      if (letter === "⟧") depth -= 1;
    }
    const said = outside.replace(/\s+/g, " ").replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
    if (/\p{L}{2}/u.test(said) && !isOwn(said.toLowerCase()))
      found.add(`${said} (${element.closest("[class]")?.getAttribute("class")})`);
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return note(node.data, node.parentElement);
    if (node.nodeType !== Node.ELEMENT_NODE || /^(script|style)$/i.test(node.tagName)) return;
    if (!node.checkVisibility({ visibilityProperty: true }) || node.matches(still)) return;
    if (node.lang && node.lang !== document.documentElement.lang) return; // the essay's text
    const before = depth;
    for (const name of node.ownerSVGElement ? [] : ["aria-label", "title", "placeholder", "alt"]) { // Vega’s are its own
      depth = 0;
      note(node.getAttribute(name) ?? "", node);
    }
    depth = before;
    for (const child of node.childNodes) walk(child);
  };
  walk(document.body);
  return [...found];
}"""

STATE = 'JSON.parse(document.getElementById("essay-explorer-state").textContent)'
OUTSIDE = _OUTSIDE.replace("OWN", f"{STATE}.Lens.state.content")
OUTSIDE_OF_THE_EDITOR = _OUTSIDE.replace("OWN", f"[{STATE}.Lens.state.content, {STATE}.Editor.state.desk.lost]")
OUTSIDE_OF_A_ROOM = _OUTSIDE.replace("OWN", '[JSON.parse(document.getElementById("shown").textContent), TAGS]').replace(
    "TAGS", json.dumps([asdict(tag) for tag in open_reading("her").codebook.tags.values()])
)

# Of the interface and of the essay's text.
DIRECTIONS = """[document.querySelector(".essay-explorer .tools"), document.querySelector(".paragraph")].map(
  (one) => getComputedStyle(one).direction)"""
# Tools begin on the right.
MIRRORED = """(([first, last]) => first > last)([".mark", ".looks"].map((name) =>
  document.querySelector(`.essay-explorer .tools ${name}`).getBoundingClientRect().left))"""


def _visit(page: Page, path: Path, state: str) -> None:
    page.goto("about:blank")
    page.goto(path.as_uri() + STATES[state][0])
    page.wait_for_selector("html[data-essay-explorer=ready]")


def test_every_text_is_of_the_catalogue_or_of_the_essay(reader: Reader, tmp_path: Path) -> None:
    outside = {}
    with speaking("en-XA"):
        write_page(open_reading("her"), tmp_path / "her.html")
        page = reader.page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        for state, further in SEEN.items():
            _visit(page, tmp_path / "her.html", state)
            show(page, state)
            further(page)
            outside[state] = page.evaluate(OUTSIDE, [STILL_OUTSIDE, NAMES])
    assert {state: found for state, found in outside.items() if found} == {}


EDITED: dict[str, Callable[[Page], None]] = {
    "nothing chosen, and a passage lost": lambda page: tab(page, "Passage"),
    "a sentence": lambda page: tap(page, "Nobody minds"),
    "nothing chosen": lambda page: key(page, "leave"),
    "a passage": lambda page: tap(page, "The end is"),
    "themes": lambda page: tab(page, "Themes"),
    "a theme": lambda page: key(page, "open:trust"),
    "a theme to split": lambda page: page.locator(".essay-editor .split summary").click(),
    "a person": lambda page: key(page, "open:ada"),
    "relations": lambda page: tab(page, "Relations"),
    "a relation": lambda page: page.locator(".essay-editor .named.note").first.click(),
    "the tour": lambda page: tab(page, "Tour"),
    "a stop": lambda page: key(page, "stop:a1"),
    "no stop yet": lambda page: tap(page, "It is not"),
    "the text": lambda page: tab(page, "Text"),
    "a paragraph": lambda page: page.locator('.paragraph[data-paragraph="1"] .segment').first.click(),
}


def _fill(page: Page, field: str, words: str) -> None:
    page.locator(f".essay-editor [data-key='{field}']").fill(words)
    page.keyboard.press("Enter")


def _answer(page: Page, way: str) -> None:
    page.locator(f".essay-editor .asks button{way}").click()


def _correct(page: Page, words: str) -> None:
    page.locator('.paragraph[data-paragraph="1"] .segment').first.click()
    page.locator("[data-key=paragraph]").fill(words)
    page.keyboard.press("Control+Enter")


def _stop_without_heading(page: Page) -> None:
    tab(page, "Tour")
    tap(page, "It is not")
    key(page, "stop")


def _relate(page: Page) -> None:
    tab(page, "Relations")
    for end, passage in (("from", "a3"), ("to", "a1")):
        page.locator(f".essay-editor [data-key='relation:{end}']").select_option(passage)
    key(page, "relate")


# What is done, each time with an answer or a question.
ACTS: dict[str, Callable[[Page], None]] = {
    "a theme more": lambda page: (tab(page, "Themes"), _fill(page, "add:theme", "Hope")),
    "a theme twice": lambda page: _fill(page, "add:theme", "Hope"),
    "a theme without a name": lambda page: _fill(page, "add:theme", " "),
    "a theme in other words": lambda page: (key(page, "open:trust"), _fill(page, "name:trust", "Faith")),
    "a letter that is taken": lambda page: (key(page, "open:trust"), _fill(page, "code:trust", "X")),
    "another letter": lambda page: _fill(page, "code:trust", "Q"),
    "a theme moved": lambda page: key(page, "down:trust"),
    "a theme to remove": lambda page: (key(page, "open:trust"), key(page, "remove:trust")),
    "a theme left": lambda page: _answer(page, ":not(.main)"),
    "a theme removed": lambda page: (key(page, "remove:trust"), _answer(page, ".main")),
    "undone": lambda page: key(page, "undo"),
    "done again": lambda page: key(page, "redo"),
    "undone again": lambda page: key(page, "undo"),
    "words not found": lambda page: (tab(page, "Passage"), _fill(page, "words", "Zzz")),
    "a passage more": lambda page: (tap(page, "Nobody minds"), key(page, "chip:end")),
    "a passage with a person": lambda page: key(page, "chip:ada"),
    "a passage removed": lambda page: (tap(page, "The end is"), key(page, "remove:passage")),
    "a passage back": lambda page: key(page, "undo"),
    "a relation without its ends": lambda page: (tab(page, "Relations"), key(page, "relate")),
    "a relation more": _relate,
    "a relation twice": _relate,
    "a relation removed": lambda page: page.locator(".essay-editor .listed .step").last.click(),
    "a stop without a heading": _stop_without_heading,
    "a stop more": lambda page: _fill(page, "stop:new", "Hope"),
    "a stop in other words": lambda page: (key(page, "stop:a3"), _fill(page, "heading:a3", "Faith")),
    "a stop moved": lambda page: key(page, "earlier:a3"),
    "facts": lambda page: (tab(page, "Text"), _fill(page, "fact:author", "Zzz")),
    "no new facts": lambda page: key(page, "facts"),
    "no such paragraph": lambda page: _fill(page, "number", "7"),
    "a correction that loses passages": lambda page: _correct(page, "Zzz"),
    "a corrected paragraph": lambda page: _answer(page, ".main"),
}


# What became of the last act, or what is asked before it.
ANSWERED = """[...document.querySelectorAll(".essay-editor :is(.says, .asks:not([hidden]))")].map(
  (one) => one.innerText).join(" ")"""


def test_the_editor_says_nothing_outside_the_catalogue(reader: Reader, tmp_path: Path) -> None:
    outside = {}
    with rich(tmp_path, "--lang", "en-XA") as (_, address):
        page = reader.page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        arrive(page, address)
        for state, reach in EDITED.items():
            reach(page)
            page.wait_for_timeout(200)
            outside[state] = page.evaluate(OUTSIDE_OF_THE_EDITOR, [STILL_OUTSIDE, NAMES])
    assert {state: found for state, found in outside.items() if found} == {}


# What of the editor lies outside of it, or is cut off.
CUT_OFF = """(() => {
  const editor = document.querySelector(".place.editor .essay-editor");
  const outer = editor.getBoundingClientRect();
  const shown = [...editor.querySelectorAll("*:not(.heard, input, textarea, option)")].filter((one) => one.checkVisibility());
  return shown.filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < outer.left - 1 || right > outer.right + 1 || (one.clientWidth && one.scrollWidth > one.clientWidth + 1);
  }).map((one) => `${one.tagName}.${one.className} ${one.textContent.slice(0, 40)}`);
})()"""
# Of each quote in the editor, on which side its rule stands, and how its text runs.
QUOTES = """[...document.querySelectorAll(".place.editor blockquote")].map((one) => {
  const { borderLeftWidth, borderRightWidth, direction } = getComputedStyle(one);
  return [borderLeftWidth, borderRightWidth, direction].join(" ");
})"""


@pytest.mark.parametrize("language", ["de", "es", "ar-XB"])
@pytest.mark.parametrize("width", [390, 768, 1440])
def test_the_editor_cuts_no_long_word_off(reader: Reader, tmp_path: Path, width: int, language: str) -> None:
    cut, quotes = {}, set()
    with rich(tmp_path, "--lang", language) as (_, address):
        page = reader.page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
        arrive(page, address)
        for state, reach in EDITED.items():
            reach(page)
            page.wait_for_timeout(100)
            cut[state] = page.evaluate(CUT_OFF)
            quotes.update(page.evaluate(QUOTES))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, state
    assert {state: found for state, found in cut.items() if found} == {}
    assert quotes == {"2px 0px ltr"}  # the essay's text keeps its own direction


def test_what_is_answered_to_an_author_is_of_the_catalogue_too(reader: Reader, tmp_path: Path) -> None:
    outside = {}
    with rich(tmp_path, "--lang", "en-XA") as (_, address):
        page = reader.page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        arrive(page, address)
        for state, act in ACTS.items():
            before = page.evaluate(ANSWERED)
            act(page)
            page.wait_for_function(f"(before) => {ANSWERED} !== before", arg=before)
            page.wait_for_timeout(200)
            outside[state] = page.evaluate(OUTSIDE_OF_THE_EDITOR, [STILL_OUTSIDE, [*NAMES, "hope", "faith", "zzz"]])
    assert {state: found for state, found in outside.items() if found} == {}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A room in the pseudo-language, in which four have handed in what they marked."""
    asked = ("--tags", "trust,ending", "--lang", "en-XA")
    with opened(*asked, store=tmp_path / "rooms.sqlite", to=tmp_path) as room:
        phones = [room.phone(name) for name in NAMES_OF_PUPILS]
        room.go_to("mark")
        for phone in phones:
            for sentence in (2, 3):
                phone.mark(sentence, reason="Zzz")
            phone.hand_in()
        yield room


def test_a_pupils_page_says_nothing_outside_the_catalogue(reader: Reader, room: Room) -> None:
    page = reader.page(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    outside = {}

    def look(state: str) -> None:
        page.wait_for_timeout(300)
        outside[state] = page.evaluate(OUTSIDE, [STILL_OUTSIDE, [*NAMES, *NAMES_OF_PUPILS, "zzz", "zoe"]])

    page.goto(room.url)
    page.wait_for_selector("html[data-essay-explorer=ready]")
    look("the door")
    page.locator(".door input").first.fill("Zoe")
    page.locator(".door .go").first.click()
    page.wait_for_selector(".seat .now >> text=/./")
    look("marking")
    page.locator('.segment[data-sentence="2"]').click()
    page.locator(".at-passage button", has_text="Trust").first.click()
    look("a mark")
    page.locator(".seat .unfold").click(force=True)
    look("a mark, and the task")
    for _ in range(2):  # something is missing
        page.locator(".seat .task .acts button").first.click(force=True)
        look("handing in")
    page.wait_for_function("document.querySelector('.seat .now').textContent.includes('Háñdéd')")
    look("handed in")
    room.reveal()
    page.wait_for_selector(".the-class .rows li")
    for place in range(4):
        if (button := page.locator(".the-class .tabs button").nth(place)).is_visible():
            button.click()
            look(f"the class, {place}")
    room.teacher.did("desk/show", {"wall": {"sentence": 2, "tag": "trust"}})
    room.go_to("discuss")
    page.wait_for_selector(".talk form")
    look("talking")
    room.go_to("revise")
    page.wait_for_selector(".revise .own li")
    look("the second pass")
    room.go_to("end")
    page.wait_for_selector(".end")
    look("the end")
    assert {state: found for state, found in outside.items() if found} == {}


def test_the_page_of_an_own_copy_says_nothing_outside_the_catalogue(reader: Reader, tmp_path: Path) -> None:
    her = open_reading("her")
    sealed, path = seal(her, source="https://example.org/film"), tmp_path / "own.html"
    with speaking("en-XA"):
        path.write_text(own_copy.page(sealed), encoding="utf-8")
    page, outside = reader.page(viewport={"width": 390, "height": 844}, reduced_motion="reduce"), {}
    own = [*NAMES, "https://example.org/film", "her.pdf", "her.txt", "her.md"]

    def look(state: str) -> None:
        page.wait_for_timeout(300)
        outside[state] = page.evaluate(OUTSIDE, [STILL_OUTSIDE, own])

    def give(name: str, text: str) -> None:
        page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": text.encode()})
        page.locator(".essay-explorer-copy button").click()
        page.wait_for_function("!document.querySelector('.essay-explorer-copy button').disabled")

    page.goto(path.as_uri())
    look("the form")
    page.locator(".essay-explorer-copy button").click()
    look("nothing given")
    for name, text in {"her.pdf": "%PDF", "her.txt": "\0\1", "her.md": "Quite another text. " * 99}.items():
        give(name, text)
        look(name)
    first, second, *others = her.essay.text.split("\n\n")
    changed = [first, second.replace("the", "a", 3), *others[:-3]]
    give("her.txt", "\n\n".join(["Something before."] * 3 + changed))
    page.wait_for_selector("html[data-essay-explorer=ready]")
    look("opened, with passages that are lost")
    assert page.locator("[role=status]").first.inner_text().startswith("⟦Öf")
    assert {state: found for state, found in outside.items() if found} == {}


@pytest.mark.parametrize("kind", ["teacher", "projector"])
def test_a_page_that_leads_says_nothing_outside_the_catalogue(reader: Reader, room: Room, kind: str) -> None:
    page = reader.page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    key = {"teacher": room.teacher, "projector": room.wall}[kind].token
    page.goto(f"{room.url}{kind}#key={key}")
    outside = {}
    for phase in ("join", "read", "mark", "reveal", "discuss", "revise", "end"):
        room.go_to(phase)
        if phase == "reveal":
            room.reveal()
        if phase == "discuss":
            room.teacher.did("desk/show", {"wall": {"sentence": 2, "tag": "trust"}})
        page.wait_for_selector(f"body[data-phase={phase}]")
        page.wait_for_timeout(500)
        outside[phase] = page.evaluate(OUTSIDE_OF_A_ROOM, [".sign, .place", [*NAMES, *NAMES_OF_PUPILS, "zzz", "zoe"]])
    assert {phase: found for phase, found in outside.items() if found} == {}


def test_a_shelf_says_nothing_outside_the_catalogue(reader: Reader, tmp_path: Path) -> None:
    with speaking("en-XA"):
        write_site([open_reading("her")], tmp_path)
    page = reader.page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.goto((tmp_path / "index.html").as_uri())
    assert page.evaluate(_OUTSIDE.replace("OWN", "[]"), [STILL_OUTSIDE, NAMES]) == []


def test_the_table_of_a_chart_runs_as_the_interface_does(reader: Reader, tmp_path: Path) -> None:
    page = reader.page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    with speaking("ar-XB"):
        write_page(open_reading("her"), tmp_path / "her.html")
    _visit(page, tmp_path / "her.html", "a table")
    page.locator(".chart-panel .acts [aria-expanded]").last.click()
    edges = page.locator(".chart-panel caption").evaluate(
        "(caption) => [caption, caption.closest('table').querySelector('th')].map((one) => getComputedStyle(one).textAlign)"
    )
    assert edges == ["start", "start"]


@pytest.mark.parametrize("width", [390, 1440])
def test_an_interface_may_run_from_right_to_left(reader: Reader, tmp_path: Path, width: int) -> None:
    page = reader.page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    with speaking("ar-XB"):
        write_page(open_reading("her"), tmp_path / "her.html", charts=False)
        for state in ("all facets", "a card", "a stop", "marking"):
            _visit(page, tmp_path / "her.html", state)
            assert page.evaluate(MIRRORED), state
            show(page, state)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, state
            assert page.evaluate(DIRECTIONS) == ["rtl", "ltr"], state


@pytest.mark.parametrize("width", [390, 1440])
def test_the_other_pages_may_run_from_right_to_left_too(reader: Reader, tmp_path: Path, width: int) -> None:
    her = open_reading("her")
    with speaking("ar-XB"):
        write_site([her], tmp_path)
        (tmp_path / "own.html").write_text(own_copy.page(seal(her)), encoding="utf-8")
        collected = Collected((hand_in("Ann", CHOSEN, KNOWS), hand_in("Bo", CHOSEN)), missing=(Pupil("Cleo"),))
        results = Results.of(collected, READING, Task(2, 1), clock=Clock(datetime(2026, 12, 1, tzinfo=UTC)))
        results.write(tmp_path / "class", pdf=False)
    page = reader.page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    ours = {"index.html": ".facts", "own.html": "label", "class/class.html": "h2", "class/sheets/ann.html": "h2"}
    for name, element in ours.items():
        page.goto((tmp_path / name).as_uri())
        assert page.locator(element).first.evaluate("(one) => getComputedStyle(one).direction") == "rtl", name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
