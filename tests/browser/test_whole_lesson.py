"""A lesson of 45 minutes in one: a teacher, a projector, five phones and a sheet of paper, and a server that is killed."""

from __future__ import annotations

import io
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from class_room import SENTENCES, TEXT, opened
from leading import Leading
from pupil import PHONE, SMALL, Pupil, offline
from records import Record, marks_in, read, shares_in, work_in
from servers import free_port

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator

    from class_room import Room
    from conftest import Reader

pytestmark = pytest.mark.timeout(300)
LABELS = {"trust": "Trust", "ending": "The ending critique"}
PAPER = "Paper 1"
DESK = {"viewport": {"width": 1280, "height": 900}}


@dataclass(frozen=True)
class Known:
    """A pupil whose doings are written down."""

    name: str
    pupil: Pupil
    record: Record

    def mark(self, sentence: int, tag: str = "trust", reason: str = "") -> None:
        self.pupil.mark(sentence, LABELS[tag], reason)
        self.record.note(self.name, sentence, tag, reason)

    def mark_by_keys(self, sentence: int, reason: str = "") -> None:
        """Go down to a sentence and press the letter of Trust."""
        page, keys = self.pupil.page, self.pupil.page.keyboard
        page.get_by_role("application").focus()
        for _ in range(sentence):
            keys.press("ArrowDown")
        keys.press("t")
        if reason:
            keys.press("n")
            expect(page.get_by_label("Why?")).to_be_focused()
            keys.type(reason)
            keys.press("Enter")
        self.record.note(self.name, sentence, "trust", reason)

    def sent(self, count: int) -> None:
        """All of so many marks are on the server."""
        expect(self.pupil.sent).to_have_text(f"{count} mark{'s' if count > 1 else ''}, sent")

    def own(self, sentence: int) -> Locator:
        """The row of a mark in the second pass."""
        return self.pupil.page.locator(".seat .own li").filter(has_text=TEXT[slice(*SENTENCES[sentence - 1])][:20])


def test_a_whole_lesson_ends_with_files_that_hold_what_was_marked(reader: Reader, tmp_path: Path) -> None:
    store, port, record = tmp_path / "rooms.sqlite", free_port(), Record()
    start = partial(opened, "--tags", "trust,ending", store=store, port=port, to=tmp_path)
    with ExitStack() as servers:
        room = servers.enter_context(start())
        lead = Leading.at(room, reader)
        mia, tom, ada, kim = join(room, reader, lead, record)
        read_first(lead, [mia, tom, ada, kim])
        mark(lead, mia, tom, ada, kim)
        room.server.process.kill()
        room.server.process.wait()
        mia.mark(24, reason="He sulks.")
        expect(mia.pupil.sent).to_have_text("Not connected. Go on: 2 marks are saved here")
        expect(lead.page.get_by_role("alert").first).to_contain_text("Not connected")
        again = servers.enter_context(start())
        assert (again.url, again.teacher.token) == (room.url, room.teacher.token)
        lead = Leading.at(again, reader, phase="3 Mark")  # the teacher goes on on another machine
        mia.sent(2)
        kim.mark_by_keys(23, reason="It is never sure.")
        kim.sent(1)
        enter_paper(lead, record)
        hand_in(lead, mia, tom, ada, kim)
        lea = reveal(again, reader, lead, record, mia)
        discuss(lead, mia, tom)
        record.close()
        revise(lead, record, mia, tom, lea)
        end(lead, tom)
        compare(tmp_path / f"her-{room.code}", record, lead)


def join(room: Room, reader: Reader, lead: Leading, record: Record) -> list[Known]:
    """Four come, and one who marks on paper."""
    came = []
    for name, device in (("Mia", SMALL), ("Tom", PHONE), ("Ada", PHONE), ("Kim", DESK)):
        came.append(Known(name, Pupil.at(room, reader, **device), record))
    *tapping, typing = came
    for one in tapping:
        one.pupil.join(one.name)
    expect(typing.pupil.page.get_by_label("A nickname")).to_be_focused()
    typing.pupil.page.keyboard.type(typing.name)
    typing.pupil.page.keyboard.press("Enter")
    lead.press("Add a paper reader")
    expect(lead.says).to_contain_text("Sheet P1")
    expect(lead.wall.locator(".count")).to_have_text("5 here")
    return came


def read_first(lead: Leading, class_: list[Known]) -> None:
    lead.go_on("2 Read", "Read. Mark nothing yet.")
    for one in class_:
        expect(one.pupil.now).to_have_text("Read. Mark nothing yet.")


def mark(lead: Leading, mia: Known, tom: Known, ada: Known, kim: Known) -> None:
    """Marking, blind: one reloads, one has no network for a while."""
    lead.go_on("3 Mark", "Mark 3 to 6 sentences about Trust or The ending critique. Say why.")
    for one in (mia, tom, ada, kim):
        expect(one.pupil.now).to_contain_text("Say why.")
    mia.mark(23, reason="Never sure, he says.")
    mia.sent(1)
    tom.mark(23)
    tom.sent(1)
    with offline(ada.pupil.page):
        ada.mark(23, reason="=1+1")
        ada.mark(55, "ending")
        expect(ada.pupil.sent).to_have_text("Not connected. Go on: 2 marks are saved here")
        tom.pupil.come()
        tom.mark(55, "ending", reason="It ducks.")
        tom.sent(2)
    ada.sent(2)
    expect(lead.wall.locator(".count")).to_have_text("0 of 5 handed in")


def enter_paper(lead: Leading, record: Record) -> None:
    lead.enter("P1: 23T 24T 55E", "P1: 23 Trust, 24 Trust, 55 The ending critique")
    for sentence, tag in ((23, "trust"), (24, "trust"), (55, "ending")):
        record.note(PAPER, sentence, tag)
    expect(lead.wall.locator(".count")).to_have_text("1 of 5 handed in")


def hand_in(lead: Leading, mia: Known, tom: Known, ada: Known, kim: Known) -> None:
    """Three hand in, one of them by keys; the teacher does it for the one who forgot."""
    for one in (mia, ada):
        one.pupil.hand_in()
    kim.pupil.hand_in_by_keys()
    expect(lead.wall.locator(".count")).to_have_text("4 of 5 handed in")
    lead.press("Close the pass for all")
    lead.press("Hand in for all")
    expect(tom.pupil.now).to_contain_text("Handed in")
    expect(lead.wall.locator(".count")).to_have_text("5 of 5 handed in")


def reveal(room: Room, reader: Reader, lead: Leading, record: Record, mia: Known) -> Known:
    """They talk, then they see; one comes late, is blind, and sees after handing in."""
    lead.go_on("4 Reveal", "Talk first.")
    expect(mia.pupil.now).to_contain_text("Talk with each other; then you see the class.")
    lead.go_on("4 Reveal", "of 5")
    rows = mia.pupil.page.locator(".seat .rows li")
    expect(rows).to_have_text(
        ["You marked 24 for Trust; few did.", "3 of 5 marked 55 for The ending critique; you did not."]
    )
    mia.pupil.button("Class").click()
    expect(rows).to_have_text(["23 Trust: 5 of 5", "24 Trust: few", "55 The ending critique: 3 of 5"])
    late = Known("Lea", Pupil.at(room, reader, **PHONE), record)
    late.pupil.page.get_by_label("A nickname").fill(late.name)
    late.pupil.button("Join").click()
    expect(late.pupil.now).to_contain_text("Mark 3 to 6 sentences")
    expect(late.pupil.page.locator(".seat .rows li")).to_have_count(0)
    late.mark(24)
    late.sent(1)
    late.pupil.hand_in(says="What the class marked")
    late.pupil.button("Mine").click()
    expect(late.pupil.page.locator(".seat .rows li")).to_have_text(["You marked 24 for Trust; 3 of 6 did."])
    return late


def discuss(lead: Leading, mia: Known, tom: Known) -> None:
    """A sentence on the wall, a reason that the teacher shows, a reply."""
    lead.go_on("5 Discuss", "Sentence")
    lead.page.get_by_role("button", name="Sentence 24, Trust: put it on the wall").click()
    expect(lead.wall.locator(".votes")).to_contain_text("Is this about Trust? 3 yes, 3 no")
    queue = lead.page.locator(".queue li")
    queue.filter(has_text="He sulks.").get_by_role("button", name="Show").click()
    expect(lead.wall.locator(".reasons")).to_contain_text("He sulks.")
    expect(tom.pupil.page.locator(".heard li")).to_contain_text("He sulks.")
    expect(tom.pupil.now).to_have_text("Sentence 24. Your view?")
    tom.pupil.page.get_by_label("No", exact=True).check()
    tom.pupil.page.get_by_label("Because").fill("Sulking is not doubt.")
    tom.pupil.button("Send").click()
    queue.filter(has_text="Sulking is not doubt.").get_by_role("button", name="Show").click()
    expect(mia.pupil.page.locator(".heard")).to_contain_text("No. Sulking is not doubt.")
    expect(lead.wall.locator(".reasons")).to_contain_text("Sulking is not doubt.")


def revise(lead: Leading, record: Record, mia: Known, tom: Known, lea: Known) -> None:
    """The second pass: one drops a mark, one changes one, one comes to a new one; the sheet too."""
    lead.go_on("6 Revise", "Keep, move or drop one mark.")
    mia.own(24).get_by_role("button", name="Drop").click()
    record.drop("Mia", 24)
    mia.pupil.button("Hand in again").click()
    tom.own(23).get_by_role("button", name="Change").click()
    why = tom.pupil.page.get_by_label("Why?")
    why.fill("Now I see it, too.")
    tom.pupil.page.locator(".at-passage").get_by_role("button", name="Close").click()
    record.note("Tom", 23, "trust", "Now I see it, too.")
    tom.pupil.button("Hand in again").click()
    for one in (mia, tom):
        expect(
            one.pupil.page.locator(".seat .revise").get_by_role("button", name="Handed in; send again")
        ).to_be_visible()
    lea.own(24).get_by_role("button", name="Keep").click()
    lead.enter("P1: 23T 55E", "P1: 23 Trust, 55 The ending critique")
    record.drop(PAPER, 24)
    expect(lead.page.locator(".moved")).to_contain_text("2 of 6 readers changed a mark.")
    expect(lead.wall.locator(".wall")).to_contain_text("Few of 6 readers changed a mark.")


def end(lead: Leading, tom: Known) -> None:
    lead.go_on("7 End", "You agreed most on sentence 23")
    expect(tom.pupil.page.locator(".seat .end")).to_contain_text("Handed in")
    lead.page.get_by_role("slider").press("PageUp")  # moves the slider, and not the lesson


def compare(folder: Path, record: Record, lead: Leading) -> None:
    """The files of the room say what was done, no more and no less."""
    with lead.page.expect_download() as saved:
        lead.press("Save all files")
    with zipfile.ZipFile(io.BytesIO(saved.value.path().read_bytes())) as archive:
        assert {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes() for path in folder.iterdir()
        }
    expected = [tuple("'=1+1" if cell == "=1+1" else cell for cell in row) for row in record.rows()]
    assert marks_in(folder) == expected
    assert shares_in(folder) == record.shares()
    assert work_in(folder) == record.work()
    said = [(row["sentence"], row["tag"], row["view"], row["text"], row["seen"]) for row in read(folder, "replies.csv")]
    assert said == [("24", "trust", "no", "Sulking is not doubt.", "shown")]
    majority = {row["id"]: row["theme"] for row in read(folder, "annotations.csv")}
    assert majority == {"s23": "trust", "s55": "ending"}
    expect(lead.page.locator(".phase[aria-current=step]")).to_have_text("7 End")
