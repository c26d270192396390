"""Keeping marks: tabs of one device, a device that refuses, a keeper elsewhere, other editions, files from anywhere."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from essay_explorer import open_reading
from essay_explorer.marks.class_layer import ClassLayer
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.page.export import write_page
from lens_at_hand import take_lens
from marking import PHONE, bar, begin, count, mark, quotes, says, sentence

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from conftest import Reader
    from servers import Server

HER = open_reading("her")
REFUSED = "This browser lets the page keep nothing. Keep a copy before you leave."
FULL = "This device has no room left. Keep a copy, then make some room."
REFUSE = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };"
REFUSE_CHANNEL = "window.BroadcastChannel = class { constructor() { throw new DOMException('no', 'SecurityError'); } };"
FILL = """const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...given) {
  if (window.isFull) throw new DOMException('full', 'QuotaExceededError');
  return put.apply(this, given);
};"""


def copy(page: Page, to: Path, button: str = "Keep a copy") -> Path:
    """What "Keep a copy" saves, or "Save as a table"."""
    bar(page).get_by_role("button", name="More").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    path = to / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def give(page: Page, path: Path) -> None:
    """Open a file of marks."""
    page.locator(".mark-sheet input[type=file]").set_input_files(path)


def test_two_tabs_of_a_device_are_one(reader: Reader, served: Server) -> None:
    one = reader.page()
    begin(one, served.url)
    other = one.context.new_page()
    other.on("pageerror", lambda error: reader.errors.append(str(error)))
    begin(other, served.url)
    mark(one, 2, "trust")
    expect(count(other)).to_have_text("1 mark · Saved on this device")
    mark(other, 3, "ending")
    mark(one, 4, "trust")
    for page in (one, other):
        expect(count(page)).to_have_text("3 marks · Saved on this device")
        assert sorted(quotes(page)) == sorted(sentence(page, number) for number in (2, 3, 4))
    bar(other).get_by_role("button", name="Undo").click()
    expect(count(one)).to_have_text("2 marks · Saved on this device")
    other.close()
    begin(one, served.url)
    expect(count(one)).to_have_text("2 marks · Saved on this device")
    bar(one).get_by_role("button", name="More").click()
    one.get_by_role("button", name="Forget all marks").click()
    one.locator("dialog.question").get_by_role("button", name="Remove all").click()
    expect(count(one)).to_have_text("No marks yet")
    begin(one, served.url)
    expect(count(one)).to_have_text("No marks yet")


@pytest.mark.parametrize("refuses", [REFUSE, f"{REFUSE_CHANNEL} {REFUSE}"])
def test_a_browser_that_refuses_says_so_at_once_and_offers_the_file(
    reader: Reader, served: Server, tmp_path: Path, refuses: str
) -> None:
    page = reader.page(**PHONE)
    page.add_init_script(refuses)
    begin(page, served.url)
    expect(count(page)).to_have_text(REFUSED)
    mark(page, 2, "trust", reason="So.")
    expect(count(page)).to_have_text("1 mark · Not saved")
    expect(bar(page).get_by_role("alert")).to_have_text(REFUSED)
    (kept,) = MarkFile.from_json(copy(page, tmp_path).read_bytes(), "a.json").kept.marks
    assert (kept.quote, kept.reason) == (sentence(page, 2), "So.")


@pytest.mark.parametrize("channel", ["delete window.BroadcastChannel;", REFUSE_CHANNEL])
def test_marks_are_kept_where_tabs_cannot_speak_to_each_other(reader: Reader, served: Server, channel: str) -> None:
    page = reader.page()
    page.add_init_script(channel)
    begin(page, served.url)
    mark(page, 2, "trust")
    expect(count(page)).to_have_text("1 mark · Saved on this device")
    begin(page, served.url)
    expect(count(page)).to_have_text("1 mark · Saved on this device")


def test_a_device_that_is_full_loses_nothing(reader: Reader, served: Server, tmp_path: Path) -> None:
    page = reader.page()
    page.add_init_script(FILL)
    begin(page, served.url)
    mark(page, 2, "trust")
    expect(count(page)).to_have_text("1 mark · Saved on this device")
    page.evaluate("window.isFull = true")
    mark(page, 3, "trust")
    expect(bar(page).get_by_role("alert")).to_have_text(FULL)
    expect(count(page)).to_have_text("2 marks · Not saved")
    assert len(MarkFile.from_json(copy(page, tmp_path).read_bytes(), "a.json").kept.marks) == 2
    page.evaluate("window.isFull = false")
    mark(page, 4, "trust")
    expect(count(page)).to_have_text("3 marks · Saved on this device")
    expect(bar(page).get_by_role("alert")).to_be_hidden()
    begin(page, served.url)
    expect(count(page)).to_have_text("3 marks · Saved on this device")


ROOM = """window.room = { up: true, has: {} };
const reached = () => { if (!room.up) throw new TypeError('Failed to fetch'); };
marks.keepAt({ scope: 'room LAMP', keeper: () => ({
  async load() { reached(); return Object.values(room.has); },
  async put(entries) { reached(); for (const one of entries) room.has[one.id] = one; },
  watch(listener) { room.tell = listener; },
}) });"""


def test_marks_go_elsewhere_behind_the_device(reader: Reader, served: Server) -> None:
    page = reader.page()
    begin(page, served.url)
    mark(page, 9, "trust")
    expect(count(page)).to_have_text("1 mark · Saved on this device")
    page.evaluate(ROOM)
    expect(count(page)).to_have_text("No marks yet")
    mark(page, 2, "trust")
    expect(count(page)).to_have_text("1 mark · Sent")
    page.evaluate("room.up = false")
    for number in (3, 4, 5):
        mark(page, number, "trust")
    expect(count(page)).to_have_text("Not connected. 4 marks are saved here.")
    assert page.evaluate("Object.keys(room.has).length") == 1
    begin(page, served.url)
    page.evaluate(ROOM)
    expect(count(page)).to_have_text("4 marks · Sent")
    had = page.evaluate("Object.values(room.has).map(({ quote }) => quote)")
    assert sorted(had) == sorted(sentence(page, number) for number in (2, 3, 4, 5)), "and not what is one's own"
    page.evaluate("marks.forget()")
    expect(count(page)).to_have_text("No marks yet")
    page.wait_for_function("Object.values(room.has).every(({ removed }) => removed)")


def test_marks_come_along_when_the_essay_is_edited(reader: Reader, tmp_path: Path) -> None:
    first, second = tmp_path / "her.html", tmp_path / "edited.html"
    write_page(HER, first, charts=False)
    page = reader.page()
    begin(page, first.as_uri())
    lost = sentence(page, 3)
    for number in (2, 3, 4):
        mark(page, number, "trust")
    expect(count(page)).to_have_text("3 marks · Saved on this device")
    write_edited(first, second, lost)
    begin(page, second.as_uri())
    notice = bar(page).locator(".notice").first
    expect(notice).to_contain_text("You have 3 marks on an earlier edition of this text.")
    notice.get_by_role("button", name="Bring them here").click()
    expect(count(page)).to_have_text("3 marks · Saved on this device")
    expect(bar(page).locator(".notice").last).to_contain_text("1 mark is kept but not found in this text: “")
    expect(page.locator(".line.mine.on").first).to_be_visible()
    begin(page, first.as_uri())
    expect(count(page)).to_have_text("3 marks · Saved on this device")
    expect(bar(page).locator(".notice:visible")).to_have_count(0)


def write_edited(page: Path, to: Path, sentence: str) -> None:
    """The page with another sentence in place of one, and the fingerprint that goes with its text."""
    text = page.read_text(encoding="utf-8")
    words = json.dumps(sentence, ensure_ascii=False)[1:-1]
    assert words in text
    text = text.replace(words, "x" * len(words)).replace(HER.essay.fingerprint, "0123456789abcdef")
    to.write_text(text, encoding="utf-8")


def hostile(**changes: Any) -> dict[str, Any]:
    """A file of marks of *Her* with one that tries everything."""
    evil = "<img src=x onerror=\"document.title='gone'\">"
    quote = HER.essay.text[HER.essay.text.index("Few films") :][:40]
    item = {
        "id": "urn:uuid:7d0c1c7e-0f7c-4b07-9a51-d6f0a2f5a111",
        "type": "Annotation",
        "created": "2099-01-01T00:00:00Z",
        "modified": "2099-01-01T00:00:00Z",
        "creator": {"type": "Person", "name": evil},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": "trust"},
            {"type": "TextualBody", "purpose": "commenting", "value": f'=HYPERLINK("http://x") {evil}'},
        ],
        "target": {"selector": {"type": "TextQuoteSelector", "exact": quote}},
    }
    made = json.loads(MarkFile(HER.essay.fingerprint, "Her", person=evil).to_json())
    made["first"]["items"] = [item]
    return made | changes


def test_what_a_file_holds_is_text_and_runs_nowhere(reader: Reader, served: Server, tmp_path: Path) -> None:
    page = reader.page()
    begin(page, served.url)
    (path := tmp_path / "<b>kim.json").write_text(json.dumps(hostile()), encoding="utf-8")
    give(page, path)
    dialog = page.locator("dialog.question")
    expect(dialog).to_contain_text("holds 1 mark by <img src=x onerror=")
    dialog.get_by_role("button", name="Mine: add them").click()
    expect(count(page)).to_have_text("1 mark · Saved on this device")
    made = page.evaluate("marks.list()[0]")
    assert made["created"].startswith("2099")
    page.evaluate("marks.change(marks.list()[0].id, { tags: ['trust', 'ending'] })")
    assert page.evaluate("marks.list()[0].tags.length") == 2, "a clock that is years ahead holds nothing up"
    page.evaluate("lens.mark(false); lens.open(marks.list()[0].id)")
    expect(page.locator(".passage-card .note")).to_contain_text("=HYPERLINK")
    assert page.locator("img[src=x]").count() == 0
    assert "gone" not in page.title()
    page.evaluate("lens.mark(true)")
    bar(page).get_by_role("button", name="More").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as a table").click()
    assert "\"'=HYPERLINK" in waiting.value.path().read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cut.json", "cut.json is cut off, or is no file of marks."),
        ("many.json", "many.json has 100,000 marks; at most 10,000 can be opened."),
        ("huge.json", "huge.json is too large to be a file of marks. Nothing was changed."),
        ("other.json", "They were made on another edition or another text, “Other <i>text</i>”."),
    ],
)
def test_a_file_that_does_not_fit_is_told_in_a_sentence(
    reader: Reader, served: Server, tmp_path: Path, name: str, said: str
) -> None:
    path = tmp_path / name
    good = json.dumps(hostile())
    if name == "cut.json":
        path.write_text(good[: len(good) // 2], encoding="utf-8")
    elif name == "many.json":
        made = hostile()
        made["first"]["items"] = [{}] * 100_000
        path.write_text(json.dumps(made), encoding="utf-8")
    elif name == "huge.json":
        with path.open("wb") as file:
            file.truncate(50 * 1024**2)
    else:
        path.write_text(MarkFile("0" * 16, "Other <i>text</i>").to_json(), encoding="utf-8")
    page = reader.page()
    begin(page, served.url)
    mark(page, 2, "trust")
    give(page, path)
    dialog = page.locator("dialog.question")
    expect(dialog).to_contain_text(said)
    dialog.get_by_role("button", name=re.compile("Close|Cancel")).click()
    expect(count(page)).to_have_text("1 mark · Saved on this device")


def test_a_table_of_marks_is_opened_again(reader: Reader, served: Server, tmp_path: Path) -> None:
    page = reader.page()
    begin(page, served.url)
    mark(page, 2, "trust", "ending", reason='=1+1; "so",\nhe says')
    mark(page, 4, "trust")
    marks = page.evaluate("marks.list().map(({ changed, ...one }) => one)")
    table = copy(page, tmp_path, "Save as a table")
    page.evaluate("marks.forget()")
    expect(count(page)).to_have_text("No marks yet")
    give(page, table)
    page.locator("dialog.question").get_by_role("button", name="Mine: add them").click()
    expect(count(page)).to_have_text("2 marks · Saved on this device")
    assert page.evaluate("marks.list().map(({ changed, ...one }) => one)") == marks
    (tmp_path / "other.csv").write_text("name,age\nAnn,7\n", encoding="utf-8")
    give(page, tmp_path / "other.csv")
    expect(page.locator("dialog.question")).to_contain_text("other.csv is no table of marks.")


def test_a_friend_s_file_is_a_layer_of_its_own(reader: Reader, served: Server, tmp_path: Path) -> None:
    page = reader.page()
    take_lens(page, served.url + "#theme=trust")
    made = hostile()
    made["essay-explorer"]["person"] = "Kim"
    (path := tmp_path / "kim.json").write_text(json.dumps(made), encoding="utf-8")
    page.get_by_role("button", name="Mark", exact=True).click()
    give(page, path)
    page.locator("dialog.question").get_by_role("button", name="Somebody else’s: show them too").click()
    expect(says(page)).to_have_text("1 mark by Kim shown beside yours.")
    expect(count(page)).to_have_text("No marks yet")
    expect(page.get_by_role("checkbox", name=re.compile("Kim"))).to_be_checked()
    expect(page.locator(".line.other.on").first).to_be_visible()


def test_what_a_class_marked_is_a_layer_on_the_page(reader: Reader, served: Server, tmp_path: Path) -> None:
    path = tmp_path / "class-layer.json"
    path.write_text(ClassLayer.of([HER, HER, HER], HER, only=["trust"]).to_marks(HER).to_json(), encoding="utf-8")
    page = reader.page()
    begin(page, served.url + "#theme=trust")
    give(page, path)
    page.locator("dialog.question").get_by_role("button", name="Somebody else’s: show them too").click()
    page.evaluate("lens.mark(false)")
    layer = page.get_by_role("checkbox", name=re.compile(r"Class \(3 hand-ins\)", re.IGNORECASE))
    expect(layer).to_be_checked()
    expect(page.locator(".says")).to_contain_text(re.compile(r"by .*class \(3 hand-ins\)", re.IGNORECASE))
    piece = page.locator(".line.other.on").first
    piece.scroll_into_view_if_needed()
    piece.click()
    expect(page.locator(".passage-card")).to_contain_text("3 of 3")
    layer.uncheck()
    expect(page.locator(".line.other.on")).to_have_count(0)
