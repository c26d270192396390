"""Homework without a server: mark, hand in, go on elsewhere, and what the teacher gets."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from essay_explorer.library.collecting import collect
from essay_explorer.library.opening import open_reading
from essay_explorer.marks.hand_in import Clock
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.marks.task import Task
from essay_explorer.page.homework import write_assignment

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from conftest import Reader

HER = open_reading("her")
TASK = Task(2, 1, ("trust", "ending"), "2026-12-09", blind=True)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("homework") / "her.html"
    write_assignment(HER, TASK, path)
    return path


def opened(reader: Reader, file: Path, **context) -> Page:
    page = reader.page(**context)
    page.goto(file.as_uri())
    expect(page.locator(".homework .task")).to_have_text(
        "Mark 2 passages about trust or the ending critique, and say why for 1 of them. Due Wednesday 9 December 2026."
    )
    return page


def handed_in(page: Page, button: str, to: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    path = to / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_a_blind_file_holds_nothing_of_the_reading_s_own(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not [entry.note for entry in HER.annotations if entry.note[:60] in text]
    assert not [stop.title for stop in HER.tour if f'"{stop.title}"' in text]
    assert not re.search(r'"a\d\d"', text)
    assert [tag for tag in HER.codebook.tags if f'"id": "{tag}"' in text or f'"id":"{tag}"' in text] == [
        "trust",
        "ending",
    ]


def test_marking_begun_by_the_bar_folds_the_task_and_moves_nothing_more(reader: Reader, file: Path) -> None:
    page = opened(reader, file, **PHONE)
    page.locator(".tools .mark").tap()
    expect(page.locator(".homework .body")).to_be_hidden()
    page.locator(".segment").nth(2).tap()
    top = page.locator("article").evaluate("(one) => one.offsetTop")
    page.locator(".at-passage").get_by_role("button", name="Trust").tap()
    expect(page.locator(".homework .far")).to_have_text("1 of 2 marks, 0 of 1 reason")
    assert page.locator("article").evaluate("(one) => one.offsetTop") == top
    expect(page.locator(".welcome")).to_be_hidden()
    chosen, panel = page.locator("article mark").first.bounding_box(), page.locator(".homework").bounding_box()
    assert chosen["y"] >= panel["y"] + panel["height"], "what is marked is in sight"


def test_a_pupil_marks_hands_in_and_goes_on_elsewhere(reader: Reader, file: Path, tmp_path: Path) -> None:
    page = opened(reader, file, **PHONE)
    page.get_by_label("Your name").fill("Ann Lee")
    page.get_by_role("button", name="Start marking").tap()
    page.locator(".segment").nth(2).tap()
    page.locator(".at-passage").get_by_role("button", name="Trust").tap()
    page.get_by_label("Why?").fill("<b>Because</b> it says so.")
    expect(page.locator(".homework .far")).to_have_text("1 of 2 marks, 1 of 1 reason")
    page.get_by_role("button", name="Task and hand-in").tap()
    expect(page.locator(".homework .checks")).to_have_text("○ 1 of 2 marks✓ 1 of 1 reason✓ your name")
    page.get_by_role("button", name="Hand in", exact=True).tap()
    says = page.locator(".homework .says")
    expect(says).to_have_text("Still missing: 1 mark. You can hand in all the same, and again later.")
    path = handed_in(page, "Hand in all the same", tmp_path)
    assert path.name == "her-Ann-Lee.json"
    expect(says).to_contain_text("Saved her-Ann-Lee.json.")
    made = MarkFile.from_json(path.read_bytes(), path.name)
    assert (made.essay, made.person, made.task.marks, made.task.due) == (HER.essay.fingerprint, "Ann Lee", 2, TASK.due)
    assert [(mark.tags, mark.reason) for mark in made.kept.marks] == [(("trust",), "<b>Because</b> it says so.")]

    other = opened(reader, file)
    other.locator(".homework input[type=file]").set_input_files(path)
    expect(other.locator(".homework .says")).to_have_text("1 mark taken from her-Ann-Lee.json.")
    expect(other.get_by_label("Your name")).to_have_value("Ann Lee")
    expect(other.locator(".homework .checks")).to_contain_text("○ 1 of 2 marks")
    other.get_by_role("button", name="Start marking").click()
    other.locator(".segment").nth(6).click()
    other.locator(".at-passage").get_by_role("button", name="The ending critique").click()
    expect(other.locator(".homework .far")).to_have_text("2 of 2 marks, 1 of 1 reason")
    other.get_by_role("button", name="Task and hand-in").click()
    again = handed_in(other, "Hand in", tmp_path / "again")

    clock = Clock(datetime.now(UTC))
    for one in (path, again):
        collected = collect([one], HER, tmp_path / "class", clock=clock)
    assert str(collected) == "1 in"
    assert len(collected.hand_ins[0].kept.marks) == 2


def test_what_is_no_hand_in_of_this_essay_is_told(reader: Reader, file: Path, tmp_path: Path) -> None:
    page = opened(reader, file)
    choose, says = page.locator(".homework input[type=file]"), page.locator(".homework .says")
    (tmp_path / "cut.json").write_text('{"@context', encoding="utf-8")
    choose.set_input_files(tmp_path / "cut.json")
    expect(says).to_contain_text("cut.json is cut off, or is no file of marks.")
    (tmp_path / "other.json").write_text(MarkFile("0" * 16, "Another <i>text</i>").to_json(), encoding="utf-8")
    choose.set_input_files(tmp_path / "other.json")
    expect(says).to_have_text("other.json belongs to another essay, “Another <i>text</i>”.")
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(says).to_have_text("Write your name first.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_homework(reader: Reader, file: Path, scheme: str) -> None:
    page = opened(reader, file, color_scheme=scheme)
    expect_accessible(page, ".homework")
