"""The pupil's page on a phone, in a real room: joining, marking, handing in, and what is on the server then."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from class_room import READING, SENTENCES, TEXT, Asker, opened
from essay_explorer.core.fault import refuse
from essay_explorer.marks.hand_in import taken
from essay_explorer.marks.submission import Submission
from pupil import PHONE, SMALL, Pupil, another, offline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import APIResponse, Locator, Route

    from class_room import Room
    from conftest import Reader


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("rooms")
    with opened("--tags", "trust,ending", store=folder / "rooms.sqlite", to=folder) as room:
        yield room


@pytest.fixture
def room(first: Room) -> Room:
    return another(first)


def kept(pupil: Pupil) -> list[tuple[str, list[str], str]]:
    """The marks that the server has of a pupil, as its sentences, tags and reason."""
    token = pupil.page.evaluate(f'localStorage.getItem("essay-explorer-room-{pupil.room.code}-seat")')
    marks = Asker(pupil.room.url, token).did("mine")["marks"]
    found = [(one["quote"], one["tags"], one["reason"]) for one in marks if not one.get("removed")]
    return sorted(found, key=lambda one: TEXT.index(one[0]))


def words_of(sentence: int) -> str:
    return TEXT[slice(*SENTENCES[sentence - 1])]


# The lines of an element as they are painted.
LINES = """element => {
  const range = document.createRange(), lines = new Map();
  const text = element.firstChild;
  for (let at = 0; at < text.length; at += 1) {
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const top = Math.round(range.getBoundingClientRect().top);
    lines.set(top, (lines.get(top) ?? "") + text.data[at]);
  }
  return [...lines.values()].join("\\n").replaceAll("\u2060", "");
}"""


def assert_above(upper: Locator, lower: Locator) -> None:
    """All of one thing is above another."""
    one, other = upper.bounding_box(), lower.bounding_box()
    assert one
    assert other
    assert one["y"] + one["height"] <= other["y"]


@pytest.mark.parametrize("phone", [SMALL, PHONE], ids=["360x640", "390x844"])
def test_a_pupil_joins_marks_hands_in_and_the_server_has_it(reader: Reader, room: Room, phone: dict) -> None:
    pupil = Pupil.at(room, reader, **phone)
    expect(pupil.page.get_by_role("heading", name=f"Room {room.code}")).to_be_visible()
    pupil.join("Mia")
    code = room.teacher.did("desk/people")["people"][0]["return_code"]
    expect(pupil.page.get_by_text(f"Your code is {room.code}-")).to_be_visible()
    assert code in pupil.page.locator(".door .code").evaluate(LINES)
    room.go_to("read")
    expect(pupil.now).to_have_text("Read. Mark nothing yet.")
    expect(pupil.button("Fold")).to_be_hidden()  # there is nothing to fold away
    expect(pupil.page.get_by_role("button", name="Mark", exact=True)).to_be_hidden()
    room.teacher.did("desk/task", {"tags": ["trust"]})
    expect(pupil.page.locator("html[data-essay-explorer=ready] .seat")).to_be_attached()
    room.teacher.did("desk/task", {"tags": ["trust", "ending"]})  # the page follows, and keeps the seat
    room.go_to("mark")
    expect(pupil.now).to_have_text("Mark 3 to 6 sentences about Trust or The ending critique. Say why.")
    pupil.mark(2, reason="It says so.")
    pupil.mark(4, "The ending critique")
    pupil.page.locator('.marking .segment[data-sentence="4"]').click()
    sheet = pupil.page.locator(".mark-sheet")
    assert_above(sheet.get_by_role("button", name="Remove", exact=True), sheet.locator(".bar"))
    pupil.page.locator(".at-passage").get_by_role("button", name="Close").click()
    expect(pupil.sent).to_have_text("2 marks, sent")
    assert kept(pupil) == [(words_of(2), ["trust"], "It says so."), (words_of(4), ["ending"], "")]
    pupil.button("More").click()
    expect(pupil.page.locator(".seat .checks")).to_have_text("○ 2 marks of 3 to 6○ 1 of 3 reasons")
    pupil.button("Hand in").click()
    expect(pupil.page.locator(".seat .task .says")).to_have_text(
        "Still missing: 1 mark and 2 reasons. You can hand in all the same."
    )
    pupil.button("Hand in all the same").click()
    expect(pupil.now).to_contain_text("You can change it until the reveal.")
    assert [one["state"] for one in room.teacher.did("desk/people")["people"]] == ["handed in"]
    pupil.button("Change my marks").click()
    pupil.mark(6)
    expect(pupil.sent).to_have_text("3 marks, sent")
    assert len(kept(pupil)) == 3


def test_an_answer_that_was_held_up_on_its_way_changes_nothing(reader: Reader, room: Room) -> None:
    pupil = Pupil.at(room, reader)
    pupil.join("Mia")
    held: list[tuple[Route, APIResponse]] = []
    pupil.page.route("**/mine", lambda route: held.append((route, route.fetch())), times=1)
    room.go_to("read")
    for _ in range(200):
        pupil.page.wait_for_timeout(20)
        if held:
            break
    [(route, answer)] = held
    room.go_to("mark")
    expect(pupil.now).to_contain_text("Mark 3 to 6 sentences")
    assert answer.json()["room"]["phase"] == "read"
    with pupil.page.expect_request_finished(lambda request: request == route.request):
        route.fulfill(response=answer)
    pupil.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert pupil.now.inner_text().startswith("Mark 3 to 6 sentences")


def test_without_a_network_marks_are_saved_here_and_sent_later(reader: Reader, room: Room) -> None:
    room.go_to("mark")
    pupil = Pupil.at(room, reader)
    pupil.join("Mia")
    pupil.mark(2)
    with offline(pupil.page):
        pupil.mark(4)
        pupil.mark(6)
        expect(pupil.sent).to_have_text("Not connected. Go on: 3 marks are saved here")
        assert len(kept(pupil)) == 1
    expect(pupil.sent).to_have_text("3 marks, sent")
    assert {quote for quote, *_ in kept(pupil)} == {words_of(number) for number in (2, 4, 6)}
    pupil.page.route("**/hand-in", lambda route: route.abort())
    pupil.hand_in(says="Mark 3 to 6 sentences")
    pupil.come()
    says = pupil.page.locator(".seat .task .says")
    expect(says).to_have_text("It is handed in as soon as this phone is connected again.")
    assert room.teacher.did("desk/people")["handed_in"] == 0
    pupil.page.unroute("**/hand-in")
    expect(pupil.now).to_contain_text("You can change it until the reveal.")


def test_a_reload_and_another_phone_keep_the_seat_and_its_marks(reader: Reader, room: Room) -> None:
    room.go_to("mark")
    pupil = Pupil.at(room, reader)
    pupil.join("Mia")
    pupil.mark(2, reason="Because.")
    expect(pupil.sent).to_have_text("1 mark, sent")
    pupil.come()
    expect(pupil.sent).to_have_text("1 mark, sent")
    code = room.teacher.did("desk/people")["people"][0]["return_code"]
    other = Pupil.at(room, reader)
    other.page.get_by_text("I was here on another phone").click()
    other.page.get_by_label("Your code").fill("LAMP-WRONG")
    other.button("Go on").click()
    expect(other.page.get_by_role("alert").first).to_contain_text("No seat here has this code")
    other.page.get_by_label("Your code").fill(code.lower().replace("-", " "))
    other.button("Go on").click()
    expect(other.sent).to_have_text("1 mark, sent")
    other.mark(4)
    expect(other.sent).to_have_text("2 marks, sent")
    pupil.come()
    expect(pupil.sent).to_have_text("2 marks, sent")
    assert [one["name"] for one in room.teacher.did("desk/people")["people"]] == ["Mia"]


def test_who_is_not_known_any_more_stands_at_the_door_and_is_told_so(reader: Reader, room: Room) -> None:
    pupil = Pupil.at(room, reader)
    expect(pupil.page.get_by_role("alert").first).to_have_text("")
    pupil.join("Mia")
    name = f"essay-explorer-room-{room.code}-seat"
    pupil.page.evaluate(f'localStorage.setItem("{name}", "abcdefghijklmnopqrstuvwxyz")')
    pupil.come()
    expect(pupil.page.get_by_role("alert").first).to_contain_text("This room does not know this phone any more.")
    expect(pupil.button("Join")).to_be_visible()


def test_whoever_marked_in_a_room_that_is_gone_takes_the_marks_along(reader: Reader, room: Room) -> None:
    room.go_to("mark")
    pupil = Pupil.at(room, reader)
    pupil.join("Mia")
    pupil.mark(2, reason="It says so.")
    expect(pupil.sent).to_have_text("1 mark, sent")
    room.teacher.did("desk/forget", {})
    expect(pupil.now).to_contain_text("There is no such room here.")
    with pupil.page.expect_download() as copy:
        pupil.button("Download what you marked").click()
    given = Submission(copy.value.suggested_filename, copy.value.path().read_bytes())
    made = taken(given, READING, refuse)  # as `collect` does it
    assert [(mark.quote, mark.reason) for mark in made.kept.marks] == [(words_of(2), "It says so.")]


def test_a_server_that_is_killed_while_one_marks_loses_nothing(reader: Reader, tmp_path: Path) -> None:
    store = tmp_path / "rooms.sqlite"
    with opened("--tags", "trust", store=store) as room:
        room.go_to("mark")
        pupil = Pupil.at(room, reader)
        pupil.join("Mia")
        pupil.mark(2)
        expect(pupil.sent).to_have_text("1 mark, sent")
        port = int(room.url.split(":")[2].split("/")[0])
        os.kill(room.server.process.pid, signal.SIGKILL)
        room.server.process.wait()
        pupil.mark(4)
        expect(pupil.sent).to_have_text("Not connected. Go on: 2 marks are saved here")
    with opened("--tags", "trust", store=store, port=port) as again:
        assert again.code == room.code
        expect(pupil.sent).to_have_text("2 marks, sent")
        assert {quote for quote, *_ in kept(pupil)} == {words_of(2), words_of(4)}


def test_every_byte_of_the_page_is_blind(room: Room) -> None:
    phone = room.phone("Amina")
    room.go_to("mark")
    own = [phone.mark(5, "trust", reason="Nobody reads this before the reveal.")]
    answer = phone.ask("")
    page = answer.body.decode()
    assert TEXT[:60] in page
    secrets = [room.teacher.token, room.wall.token, phone.token, "Amina", *own, "Nobody reads this"]
    secrets += [one.note for one in READING.annotations if one.note]
    secrets += [f'"{one.id}"' for one in READING.annotations]
    secrets += [f'"{stop.title}"' for stop in READING.tour]
    assert [one for one in secrets if one[:60] in page] == []
    policy = answer.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy.partition("style-src")[0]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def answered(room: Room, *sentences: str) -> None:
    """Phones that have handed in, each with its sentences: "2 4"."""
    for number, one in enumerate(sentences):
        phone = room.phone(f"Pupil {number}")
        for word in one.split():
            phone.mark(int(word), reason=f"So it says in {word}.")
        phone.hand_in()


def revise(pupil: Pupil, room: Room) -> None:
    """One mark is dropped, one changed, which asks why."""
    room.go_to("revise")
    own = pupil.page.locator(".seat .own li")
    expect(own).to_have_count(2)
    expect(own.locator(".beside")).to_have_text(["Of the class: Trust, 3 of 5", "Of the class: Trust, few"])
    own.filter(has_text="Theodore").get_by_role("button", name="Drop").click()
    expect(own).to_have_count(1)
    own.get_by_role("button", name="Change").click()
    pupil.page.locator(".at-passage").get_by_role("button", name="The ending critique").click()
    pupil.page.locator(".at-passage").get_by_role("button", name="Close").click()
    pupil.button("Hand in again").click()
    expect(pupil.page.locator(".revise .says")).to_have_text(
        "Still missing: why you made 1 change. You can hand in all the same."
    )
    own.get_by_role("button", name="Say why").click()
    expect(pupil.page.get_by_label("Why?")).to_be_focused()
    pupil.page.keyboard.type("It ducks.")
    pupil.page.locator(".at-passage").get_by_role("button", name="Close").click()
    expect(own.get_by_role("button", name="Say why")).to_be_hidden()
    pupil.button("Hand in again").click()
    expect(pupil.page.locator(".seat .moved")).to_contain_text("changed a mark.")


def test_a_pupil_sees_the_class_talks_and_revises(reader: Reader, room: Room) -> None:
    room.go_to("mark")
    answered(room, "2 4", "2 4", "2", "2")
    pupil = Pupil.at(room, reader)
    pupil.join("Mia")
    room.teacher.did("desk/groups", {"size": 5})
    expect(pupil.page.locator(".seat .far")).to_contain_text("Group 1")
    pupil.mark(4)
    pupil.mark(6)
    expect(pupil.sent).to_have_text("2 marks, sent")
    pupil.hand_in()
    room.go_to("reveal")
    expect(pupil.now).to_contain_text("Talk with each other; then you see the class.")
    rows = pupil.page.locator(".seat .rows li")
    expect(rows).to_have_count(0)
    room.teacher.did("desk/show", {"class_shown": True, "wall": {"sentence": 2, "tag": "trust"}})
    expect(rows).to_have_text(["4 of 5 marked 2 for Trust; you did not.", "You marked 6 for Trust; few did."])
    expect(pupil.page.locator('[data-sentence="2"]')).to_have_attribute("data-share", "T 4 of 5")
    pupil.button("Group").click()
    expect(rows).to_have_text(["2 Trust: 4 of 5", "4 Trust: 3 of 5", "6 Trust: few"])
    room.teacher.did("desk/groups", {"size": None})
    expect(pupil.button("Group")).to_be_hidden()
    pupil.button("Class").click()
    expect(rows).to_have_text(["2 Trust: 4 of 5", "4 Trust: 3 of 5", "6 Trust: few"])
    expect(pupil.page.locator(".theme-filter")).not_to_contain_text("The teacher")
    room.teacher.did("desk/show", {"teacher_shown": True})
    expect(pupil.page.locator(".theme-filter")).to_contain_text("by The teacher")
    pupil.button("Mine").click()
    expect(rows).to_have_text(["You marked 4 for Trust; 3 of 5 did.", "You marked 6 for Trust; few did."])
    room.go_to("discuss")
    expect(pupil.now).to_have_text("Sentence 2. Your view?")
    pupil.page.get_by_label("No", exact=True).check()
    pupil.page.get_by_label("Because").fill("<b>Only</b> a voice says it.")
    pupil.button("Send").click()
    expect(pupil.page.locator(".talk .says")).to_have_text("Sent. Others see it once your teacher shows it.")
    [reply] = [one for one in room.teacher.did("desk/queue")["words"] if one["kind"] == "reply"]
    assert (reply["view"], reply["text"], reply["by"]) == ("no", "<b>Only</b> a voice says it.", "Mia")
    room.teacher.did("desk/words", {"ref": reply["ref"], "seen": "shown"})
    expect(pupil.page.locator(".heard li")).to_contain_text("No. <b>Only</b> a voice says it.")
    pupil.button("Me too").press("Enter")
    too = pupil.button("Me too, +1")
    expect(too).to_be_focused()
    expect(too).to_have_attribute("aria-pressed", "true")
    revise(pupil, room)
    room.go_to("end")
    expect(pupil.page.locator(".seat .end")).to_contain_text("Handed in")
    with pupil.page.expect_download() as copy:
        pupil.button("Keep a copy").click()
    assert copy.value.suggested_filename.endswith(".marks.json")


def test_a_reply_goes_to_the_sentence_it_was_begun_for_though_another_comes_on_the_wall(
    reader: Reader, room: Room
) -> None:
    room.go_to("mark")
    answered(room, "2", "2", "2")
    pupil = Pupil.at(room, reader)
    pupil.join("Mia")
    pupil.mark(2)
    pupil.hand_in()
    room.reveal()
    room.go_to("discuss")
    question, says = pupil.page.locator(".talk legend"), pupil.page.locator(".talk .says")
    for number in (2, 4):
        room.teacher.did("desk/show", {"wall": {"sentence": number, "tag": "trust"}})
        expect(question).to_contain_text(f"Is sentence {number} about")
    pupil.page.get_by_label("Because").fill("She asks him.")
    for wall in ({"sentence": 2, "tag": "trust"}, {"sentence": 6, "tag": ""}, None):
        room.teacher.did("desk/show", {"wall": wall})
        expect(pupil.now).to_contain_text(f"Sentence {wall['sentence']}." if wall else "A sentence comes here")
        expect(question).to_contain_text("Is sentence 4 about")
        expect(says).to_have_text("This still goes to sentence 4.")
    room.teacher.did("desk/show", {"wall": {"sentence": 2, "tag": "trust"}})
    pupil.button("Send").click()
    expect(says).to_contain_text("Sent.")
    expect(question).to_contain_text("Is sentence 2 about")
    [reply] = [one for one in room.teacher.did("desk/queue")["words"] if one["kind"] == "reply"]
    assert (reply["sentences"], reply["text"]) == ([4, 4], "She asks him.")


@pytest.mark.parametrize("width", [320, 360, 390])
def test_numbers_over_the_text_stay_in_its_column(reader: Reader, room: Room, width: int) -> None:
    room.go_to("mark")
    every = " ".join(map(str, range(1, len(SENTENCES) + 1)))
    answered(room, every, every, "2")
    pupil = Pupil.at(room, reader, **SMALL | {"viewport": {"width": width, "height": 640}})
    pupil.join("Mia")
    pupil.mark(4)
    pupil.hand_in()
    room.reveal()
    numbers = pupil.page.locator("[data-share]")
    expect(numbers).to_have_count(len(SENTENCES))
    moved = [one for one in numbers.all() if one.evaluate("e => parseFloat(e.style.getPropertyValue('--back')) < 0")]
    assert moved  # some sentences begin at the end of a line
    assert pupil.page.evaluate("document.querySelector('.essay-text article').scrollWidth") <= width
    assert pupil.page.evaluate("innerWidth") == width


def test_a_pupil_needs_no_pointer(reader: Reader, room: Room) -> None:
    room.go_to("mark")
    pupil = Pupil.at(room, reader, viewport={"width": 1280, "height": 900})
    page = pupil.page
    expect(page.get_by_label("A nickname")).to_be_focused()
    page.keyboard.type("Mia")
    page.keyboard.press("Enter")
    expect(pupil.sent).to_have_text("No marks yet")
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("t")
    expect(pupil.sent).to_have_text("1 mark, sent")
    pupil.hand_in_by_keys()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_way(reader: Reader, room: Room, scheme: str) -> None:
    pupil = Pupil.at(room, reader, **PHONE, color_scheme=scheme)

    def check(what: str) -> None:
        expect_accessible(pupil.page, what)

    check(".door")
    pupil.join("Mia")
    check(".door")
    room.go_to("mark")
    expect(pupil.now).to_contain_text("Say why.")
    check(".seat")
    answered(room, "2 4", "2 4", "2")
    pupil.mark(4)
    pupil.hand_in()
    room.reveal()
    room.teacher.did("desk/show", {"wall": {"sentence": 2, "tag": "trust"}})
    expect(pupil.page.locator(".seat .rows li").first).to_be_visible()
    check(".seat")
    for phase, part in (("discuss", ".talk"), ("revise", ".revise")):
        room.go_to(phase)
        expect(pupil.page.locator(f".seat {part}")).to_be_visible()
        check(".seat")
