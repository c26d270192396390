"""The pages that lead a lesson: the teacher steps through it, the projector follows, and neither tells more than it may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from class_room import LATE, READING, SENTENCES, TEXT, opened
from leading import Leading
from pupil import Pupil
from servers import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from class_room import Room
    from conftest import Reader

SMALLEST = 40  # px on the wall, from eight metres


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened("--tags", "trust,ending", store=tmp_path / "rooms.sqlite") as room:
        yield room


def test_whoever_leads_is_told_that_the_room_is_away_though_nothing_was_asked(reader: Reader, tmp_path: Path) -> None:
    store, port = tmp_path / "rooms.sqlite", free_port()
    with opened("--tags", "trust", store=store, port=port) as room:
        lead = Leading.at(room, reader)
        room.go_to("read")
        expect(lead.wall.locator(".wall")).to_contain_text("Read.")
    expect(lead.page.get_by_role("alert")).to_contain_text("Not connected to the room.")
    expect(lead.wall.get_by_role("status")).to_have_text("Not connected. This page waits for the room.")
    lead.press("+1 min")
    expect(lead.says).to_contain_text("The room does not answer just now. Nothing is lost")
    with opened("--tags", "trust", store=store, port=port):
        expect(lead.page.get_by_role("alert")).to_be_hidden()
        expect(lead.wall.get_by_role("status")).to_be_hidden()
        lead.press("+1 min")
        expect(lead.says).to_contain_text("One minute more.")


@pytest.fixture
def lead(reader: Reader, room: Room) -> Callable[..., tuple[Page, Page]]:
    """`lead(color_scheme="dark")`: the teacher's page and the projector's."""

    def lead(**context: str) -> tuple[Page, Page]:
        made = Leading.at(room, reader, **context)
        return made.page, made.wall

    return lead


def test_the_teacher_steps_by_keys_and_the_projector_follows(
    room: Room, lead: Callable[..., tuple[Page, Page]]
) -> None:
    teacher, wall = lead()
    room.phone("Mia")
    expect(teacher.get_by_role("button", name="Mia")).to_be_visible()
    expect(wall.locator(".count")).to_have_text("1 here")
    for key, phase, words in (
        ("Space", "2 Read", "Read. Mark nothing yet."),
        ("PageDown", "3 Mark", "Mark 3 to 6 sentences"),
        ("PageUp", "2 Read", "Read. Mark nothing yet."),
        ("Space", "3 Mark", "0 of 1 handed in"),
        ("Space", "4 Reveal", "Talk first."),
    ):
        teacher.keyboard.press(key)
        expect(teacher.locator(".phase[aria-current=step]")).to_have_text(phase)
        expect(wall.locator(".wall")).to_contain_text(words)


def test_the_keys_leave_the_address_and_a_reload_keeps_them(room: Room, lead: Callable[..., tuple[Page, Page]]) -> None:
    for page, key in zip(lead(), (room.teacher.token, room.wall.token), strict=True):
        assert key not in page.url
        page.reload()
        expect(page.locator("body")).to_contain_text(room.code)
        assert room.teacher.token not in (page.request.get(page.url).text() + page.content())


def test_with_a_whole_class_nothing_that_a_teacher_needs_is_below_its_names(
    room: Room, lead: Callable[..., tuple[Page, Page]]
) -> None:
    for number in range(28):
        room.phone(f"Reader {number}")
    room.teacher.did("desk/paper-reader", {"name": ""})
    room.teacher.did("desk/groups", {"size": 6})
    teacher, _ = lead()
    expect(teacher.get_by_label("Deal those who are here")).to_have_value("6")
    for phase in ("join", "mark", "revise"):
        teacher.locator("main").evaluate("main => main.scrollTo(0, 9999)")
        room.go_to(phase)
        expect(teacher.locator(f"body[data-phase={phase}]")).to_be_visible()
        expect(teacher.locator("h1")).to_be_in_viewport(ratio=1)  # a phase begins at its top
        for name in ("Add a paper reader", "Lock the room"):
            expect(teacher.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
        if phase != "join":
            expect(teacher.get_by_label("What a sheet says")).to_be_in_viewport(ratio=1)


def test_who_comes_late_is_shown_the_way_in_and_a_projector_that_was_closed_comes_back(
    room: Room, lead: Callable[..., tuple[Page, Page]]
) -> None:
    teacher, _ = lead()
    address, projector = teacher.locator(".address"), teacher.get_by_role("link", name="Open the projector’s page")
    expect(address).to_be_in_viewport()
    for phase in ("read", "mark", "reveal", "discuss", "revise"):
        room.go_to(phase)
        expect(teacher.locator(f"body[data-phase={phase}]")).to_be_visible()
        expect(address).to_be_hidden()
        teacher.locator("summary", has_text="The way in").press("Enter")
        expect(address).to_have_text(room.url)
        expect(projector).to_have_attribute("href", f"projector#key={room.wall.token}")


def test_without_a_key_a_page_shows_nothing_of_the_class(reader: Reader, room: Room) -> None:
    room.phone("Mia")
    for name, words in (("teacher", "needs your own address"), ("projector", "from the teacher’s page")):
        page = reader.page()
        page.goto(f"{room.url}{name}")
        expect(page.locator("main")).to_contain_text(words)
        expect(page.locator("body")).not_to_contain_text("Mia")
    page.goto(f"{room.url}teacher#key={room.wall.token}")
    expect(page.locator("main")).to_contain_text("needs your own address")


def test_readers_are_renamed_removed_and_brought_back(room: Room, lead: Callable[..., tuple[Page, Page]]) -> None:
    teacher, _ = lead()
    room.phone("Mia<b>")
    teacher.get_by_role("button", name="Mia<b>").click()
    teacher.get_by_label("Name of Mia<b>").fill("Mia")
    teacher.get_by_role("button", name="Rename").click()
    teacher.get_by_role("button", name="Mia", exact=False).click()
    teacher.get_by_role("button", name="Remove").click()
    expect(teacher.locator("aside h2").first).to_have_text("0 here")
    teacher.get_by_role("button", name="Bring back").click()
    expect(teacher.locator("aside h2").first).to_have_text("1 here")


def test_a_sheet_is_checked_while_it_is_typed_and_counts(room: Room, lead: Callable[..., tuple[Page, Page]]) -> None:
    teacher, wall = lead()
    teacher.get_by_role("button", name="Add a paper reader").click()
    expect(teacher.locator(".says")).to_contain_text("Sheet P1")
    room.go_to("mark")
    line = teacher.get_by_label("What a sheet says")
    line.fill("P1: 23T 24Z")
    expect(teacher.locator(".faults")).to_contain_text("no tag of this task has the letter Z")
    line.fill("P1: 23T 24E")
    line.press("Enter")
    expect(teacher.locator(".says")).to_contain_text("Kept: P1: 23 Trust, 24 The ending critique")
    expect(wall.locator(".count")).to_have_text("1 of 1 handed in")


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_every_screen_is_accessible_and_readable_from_afar(
    room: Room, lead: Callable[..., tuple[Page, Page]], color_scheme: str
) -> None:
    teacher, wall = lead(color_scheme=color_scheme)
    phones = [room.phone(f"Reader {number}") for number in range(6)]
    for phase in ("join", "read", "mark", "reveal", "discuss", "revise", "end"):
        room.go_to(phase)
        expect(teacher.locator(f"body[data-phase={phase}]")).to_be_visible()
        expect(wall.locator(f"body[data-phase={phase}]")).to_be_visible()
        if phase == "mark":
            for at, phone in enumerate(phones):
                phone.mark(24, "trust" if at < 3 else "ending", reason="He asks, and she answers before he has ended.")
                phone.hand_in()
        if phase == "reveal":
            room.teacher.did("desk/show", {"class_shown": True})
            expect(wall.locator(".shares")).to_contain_text("3 of 6")
            expect(teacher.locator(".found")).to_contain_text("3 of 6")
            for page in (teacher, wall):
                expect(page.locator("main")).not_to_contain_text("and the teacher")
            teacher.get_by_role("button", name="Reveal the teacher’s").click()
            for page in (teacher, wall):
                expect(page.locator("main")).to_contain_text("and the teacher")
        if phase == "discuss":
            word = room.teacher.did("desk/queue")["words"][0]
            room.teacher.did("desk/words", {"ref": word["ref"], "seen": "shown"})
            expect(wall.locator(".votes")).to_contain_text("3 yes, 3 no · The teacher: yes")
            expect(wall.locator(".reasons")).to_contain_text("He asks")
        for page in (teacher, wall):
            expect_accessible(page, state=phase)
        assert wall.evaluate(SIZES) >= SMALLEST, phase
        assert wall.evaluate("document.querySelector('.wall').scrollHeight <= innerHeight"), phase


@pytest.mark.parametrize(("locale", "join"), [("de-DE", "Beitreten"), ("fr-FR", "Rejoindre"), ("es-ES", "Entrar")])
def test_longer_languages_break_no_word_and_stay_in_their_places(
    room: Room, lead: Callable[..., tuple[Page, Page]], locale: str, join: str
) -> None:
    teacher, wall = lead(locale=locale, phase=f"1 {join}")
    room.go_to("mark")
    phones = [room.phone(f"Maximiliane {number}") for number in range(6)]
    ids = [phone.mark(24, "trust", reason="So.") for phone in phones]
    for phone in phones:
        phone.hand_in()
    room.teacher.did("desk/groups", {"size": 6})
    room.reveal()
    room.teacher.did("desk/show", {"teacher_shown": True})
    expect(wall.locator(".teachers")).to_be_visible()
    assert wall.locator(".teachers").evaluate(LINES) == 1
    assert wall.evaluate("document.querySelector('.wall').scrollWidth <= innerWidth")
    room.go_to("revise")
    gone = {"removed": True, "changed": LATE}
    for phone, name in zip(phones, ids, strict=True):
        phone.did("marks", {"marks": [{"id": name, **gone}], "pass": 2})
    expect(teacher.locator(".state").first).to_contain_text("0 ")
    for part in (".name", ".state"):
        assert all(lines <= 2 for lines in teacher.locator(part).evaluate_all(f"all => all.map({LINES})"))
    aside = teacher.locator("aside")
    assert aside.evaluate("one => one.scrollWidth <= one.clientWidth")
    cut = "all => all.filter((one) => one.scrollWidth > one.offsetWidth).map((one) => one.textContent)"
    assert teacher.locator("button:visible").evaluate_all(cut) == []


def test_the_number_of_the_sentence_on_the_wall_stays_in_one_line(
    room: Room, lead: Callable[..., tuple[Page, Page]]
) -> None:
    teacher, _ = lead(locale="de-DE", phase="1 Beitreten")  # in which the column is narrow
    room.go_to("mark")
    for sentence in (24, 24, 24, 27, 27, 27):
        phone = room.phone()
        phone.mark(sentence, "trust")
        phone.hand_in()
    room.reveal()
    room.go_to("discuss")
    room.teacher.did("desk/show", {"wall": {"sentence": 24, "tag": "trust"}})
    expect(teacher.locator(".on .put")).to_be_visible()
    assert teacher.locator(".on .put").evaluate(TEXT_LINES) == 1


def test_an_excerpt_has_the_numbers_of_the_whole_text_on_every_page(reader: Reader, tmp_path: Path) -> None:
    paragraph = READING.essay.paragraphs[2]
    first = next(at for at, one in enumerate(SENTENCES, 1) if one.start >= paragraph.start)
    words = TEXT[slice(*SENTENCES[first - 1])]
    with opened("--tags", "trust", "--paragraphs", "3", store=tmp_path / "rooms.sqlite", to=tmp_path) as room:
        lead, pupil = Leading.at(room, reader), Pupil.at(room, reader)
        pupil.join("Mia")
        room.go_to("mark")
        number, sentence = pupil.page.locator("a.number"), pupil.page.locator(f'[data-sentence="{first}"]')
        expect(number).to_have_text("3")
        expect(number).to_have_attribute("aria-label", "Paragraph 3")
        expect(number).to_have_attribute("href", "#at=p3")
        expect(sentence).to_contain_text(words[:20])
        for phone in (room.phone(), room.phone(), room.phone()):
            phone.mark(first, reason="Because.")
            phone.hand_in()
        pupil.mark(first)
        pupil.hand_in()
        room.reveal()
        expect(sentence).to_have_attribute("data-share", "T 4 of 4")
        pupil.page.goto(f"{room.url}#at=p3")
        expect(pupil.page.locator(".passage-card h2")).to_have_text("Paragraph 3")
        room.teacher.did("desk/show", {"wall": {"sentence": first, "tag": "trust"}})
        expect(lead.wall.locator(".where")).to_contain_text(f"Sentence {first}")
        expect(lead.wall.locator(".passage strong")).to_have_text(words)
        lead.press("Most agreed")
        expect(lead.page.locator("tbody tr")).to_contain_text([words])
        expect(lead.page.locator("tbody").get_by_role("button")).to_have_text([str(first)])


def test_the_queue_shows_hides_undoes_and_asks(room: Room, lead: Callable[..., tuple[Page, Page]]) -> None:
    teacher, wall = lead()
    room.go_to("mark")
    phone = room.phone("Mia")
    phone.mark(24, "trust", reason="He asks first.")
    phone.hand_in()
    room.reveal()
    room.go_to("discuss")
    queue, says = teacher.locator(".queue li"), teacher.locator(".says")

    def seen() -> str:
        return room.teacher.did("desk/queue")["words"][0]["seen"]

    expect(queue).to_contain_text("He asks first.")
    queue.get_by_role("button", name="Hide").click()
    expect(says).to_contain_text("Hidden.")
    assert seen() == "hidden"
    says.get_by_role("button", name="Undo").click()
    expect(says).to_contain_text("Undone.")
    assert seen() == "unseen"
    queue.get_by_role("button", name="Ask").click()
    expect(says).to_contain_text("Ask Mia. Sentence 24 is on the wall.")
    expect(wall.locator(".where")).to_contain_text("Sentence 24")
    assert phone.did("class")["reasons"] == []
    queue.get_by_role("button", name="Show").click()
    expect(wall.locator(".reasons")).to_contain_text("He asks first.")
    assert "Mia" not in wall.content()
    teacher.get_by_role("button", name="Shown 1").click()
    queue.get_by_role("button", name="+1").click()
    expect(wall.locator(".reasons")).to_have_text("“He asks first.” +1")
    says.get_by_role("button", name="Undo").click()
    expect(wall.locator(".reasons")).to_have_text("“He asks first.”")


def test_whoever_goes_through_the_queue_by_keys_stays_in_it(room: Room, lead: Callable[..., tuple[Page, Page]]) -> None:
    teacher, _ = lead()
    room.go_to("mark")
    phone = room.phone("Mia")
    for sentence in (24, 27, 30):
        phone.mark(sentence, "trust", reason=f"Reason {sentence}.")
    phone.hand_in()
    room.reveal()
    room.go_to("discuss")
    queue, says = teacher.locator(".queue li"), teacher.locator(".says")
    queue.first.get_by_role("button", name="Show").press("Enter")
    expect(queue).to_contain_text(["Reason 27.", "Reason 30."])
    expect(queue.first.get_by_role("button", name="Show")).to_be_focused()
    queue.last.get_by_role("button", name="Hide").press("Enter")
    expect(queue).to_have_count(1)
    expect(queue.get_by_role("button", name="Hide")).to_be_focused()
    says.get_by_role("button", name="Undo").press("Enter")
    expect(says).to_contain_text("Undone.")
    expect(teacher.get_by_role("main")).to_be_focused()


def test_the_end_keeps_files_deletes_names_runs_again_and_forgets(
    room: Room, lead: Callable[..., tuple[Page, Page]], tmp_path: Path
) -> None:
    teacher, _ = lead()
    room.go_to("mark")
    phone = room.phone("Amina")
    phone.mark(24, "trust", reason="Nobody may read this later.")
    phone.hand_in()
    room.go_to("revise")
    expect(teacher.locator("body[data-phase=revise]")).to_be_visible()
    teacher.keyboard.press("Space")
    closing = teacher.locator(".closing")
    expect(closing).to_be_visible()
    kept = tmp_path / f"her-{room.code}"
    for _ in range(100):  # they are written while the page goes on
        if (kept / "annotations.csv").exists() and (kept / "result.html").exists():
            break
        teacher.wait_for_timeout(100)
    assert {path.name for path in kept.iterdir()} >= {"marks.csv", "pupils.csv", "result.html", "annotations.csv"}
    for button, name in (("Save all files", f"{room.code}.zip"), ("Gradebook CSV", f"gradebook-{room.code}.csv")):
        with teacher.expect_download() as saved:
            closing.get_by_role("button", name=button).click()
        assert saved.value.suggested_filename == name
    assert "Amina" in saved.value.path().read_text("utf-8")
    teacher.add_init_script("window.print = () => { top.prints = (top.prints ?? 0) + 1; }")
    closing.get_by_role("button", name="Print the result").click()
    expect(teacher.frame_locator(".printing").locator("body")).to_contain_text("1 handed in")
    teacher.wait_for_function("window.prints === 1")

    def files() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("rooms.sqlite*"))

    assert b"Amina" in files()
    closing.get_by_role("button", name="Delete names").click()
    closing.get_by_role("button", name="Delete all names").click()
    expect(teacher.locator(".says")).to_contain_text("The names are deleted.")
    expect(teacher.locator("aside")).to_contain_text("Reader 1")
    assert b"Amina" not in files()
    address = teacher.url
    closing.get_by_role("button", name="Run again, empty").click()
    expect(teacher.locator("aside h2").first).to_have_text("0 here")
    assert room.code not in teacher.locator("h1").inner_text()
    teacher.goto(address)
    expect(closing).to_be_visible()
    closing.get_by_role("button", name="Forget the room").click()
    closing.get_by_role("button", name="Forget all of it").click()
    expect(teacher.locator("main")).to_contain_text("The room is forgotten.")
    assert b"Nobody may read" not in files()


LINES = "one => Math.round(one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight))"
TEXT_LINES = """one => {
  const range = document.createRange();
  range.selectNodeContents(one);
  return new Set([...range.getClientRects()].map(({ top }) => top)).size;
}"""
SIZES = """() => Math.min(...[...document.querySelectorAll('.wall *')]
    .filter((one) => one.getClientRects().length && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
