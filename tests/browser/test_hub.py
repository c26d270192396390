"""A lesson on a hub: a process of the service is killed and PostgreSQL restarted; nobody has to do anything."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from class_room import SENTENCES, TEXT, Asker, Phone, Room
from essay_explorer import ReadingError, open_reading
from essay_explorer.hub.student import brought
from essay_explorer.library.finding import bundled
from essay_explorer.rooms.seat import SERVICE, TOKEN, Seat
from hubs import OUTSIDER, PREFIX, TESTER, hub
from leading import LAPTOP
from paint import expect_painted
from pupil import PHONE, Pupil
from servers import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from conftest import Reader
    from hubs import Hub


@pytest.fixture(scope="module")
def university(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with hub(tmp_path_factory.mktemp("hub")) as running:
        yield running


def sign_in(page: Page, address: str, name: str) -> None:
    """Open an address of the service, which leads to the hub's sign-in and back."""
    page.goto(address)
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("x")
    page.get_by_role("button", name="Sign in").click()


def open_room(university: Hub, page: Page) -> Room:
    """Open a room as a teacher does."""
    sign_in(page, university.essays, "ada")
    page.get_by_role("button", name="Open a room at The Film").click()
    page.wait_for_url("**/teacher*")
    url = page.url.partition("teacher")[0]
    code = url.rstrip("/").rpartition("/")[2]
    lead = page.context.request.get(f"{university.essays}lead/{code}", max_redirects=0)
    return Room(university.server, url, Asker(url, lead.headers["location"].partition("#key=")[2]), Asker(url))


def pupil_with_account(room: Room, university: Hub, reader: Reader) -> Pupil:
    """A pupil who has signed in, and so needs neither a name nor a code."""
    page = reader.page(**PHONE)
    sign_in(page, f"{university.essays}seat/{room.code}", "mia")
    expect(page.locator(".door h2").last).to_have_text("You are mia.")
    assert "#" not in page.url
    return Pupil(page, room)


def test_who_scans_the_code_of_a_room_for_members_signs_in_and_finds_the_own_seat(
    university: Hub, reader: Reader
) -> None:
    led = university.visitor("fellini").open_room(course="film")
    lead, url = reader.page(viewport=LAPTOP), led.partition("teacher")[0]
    lead.goto(led)
    expect(lead.get_by_text("for the members of its course")).to_be_visible()
    page = reader.page(**PHONE)
    sign_in(page, url, "mia")
    expect(page.locator(".door h2").last).to_have_text("You are mia.")
    assert page.url == f"{url}?seat"
    page.reload()
    expect(page.locator(".door h2").last).to_have_text("You are mia.")
    other = reader.page(**PHONE)
    sign_in(other, url, "tom")
    expect(other.get_by_text("for the members of its course")).to_be_visible()


def test_a_lesson_goes_on_when_a_process_is_killed_and_the_database_restarts(university: Hub, reader: Reader) -> None:
    teacher = reader.page(viewport=LAPTOP)
    room = open_room(university, teacher)
    expect(teacher.locator(".address")).to_be_visible()
    expect(teacher.get_by_text("for the members of its course")).to_be_hidden()
    pupils = []
    for name in ("Ann", "Ben", "Cem"):
        pupils.append(Pupil.at(room, reader))
        pupils[-1].join(name)
    pupils.append(pupil_with_account(room, university, reader))
    for phase in ("2 Read", "3 Mark"):
        teacher.keyboard.press("PageDown")
        expect(teacher.locator(".phase[aria-current=step]")).to_have_text(phase)
    for number, pupil in enumerate(pupils):
        pupil.mark(20 + number, reason="Because.")
        expect(pupil.sent).to_contain_text("sent")
    before = {worker.pid for worker in university.workers()}
    university.kill_a_worker()
    university.store.stop()
    for number, pupil in enumerate(pupils):
        pupil.mark(40 + number)
        expect(pupil.sent).not_to_contain_text("sent")
    university.store.start()
    for pupil in pupils:
        expect(pupil.sent).to_contain_text("2 marks, sent")
        pupil.hand_in()
    assert len(university.workers()) == 2
    assert len(before & {worker.pid for worker in university.workers()}) == 1
    teacher.keyboard.press("PageDown")
    expect(teacher.locator(".phase[aria-current=step]")).to_have_text("4 Reveal")
    teacher.get_by_role("button", name="Reveal the class", exact=True).click()
    for pupil in pupils:
        expect(pupil.page.locator(".seat")).to_have_class(re.compile("seeing"))
    people = room.teacher.did("desk/people")["people"]
    assert sorted((one["name"], one["marks"], one["state"]) for one in people) == [
        (name, 2, "handed in") for name in ("Ann", "Ben", "Cem", "mia")
    ]
    shares = room.teacher.did("desk/findings")["shares"]
    assert sorted((one["sentence"], one["count"]) for one in shares) == [
        (first + number, 1) for first in (20, 40) for number in range(4)
    ]


def test_marks_of_a_notebook_and_of_a_phone_are_the_same_persons(university: Hub, reader: Reader) -> None:
    teacher = reader.page(viewport=LAPTOP)
    room = open_room(university, teacher)
    room.go_to("mark")
    phone = pupil_with_account(room, university, reader)
    phone.mark(20, reason="Because.")
    expect(phone.sent).to_contain_text("sent")
    environ = {SERVICE: university.essays, TOKEN: university.token_of("mia")}
    seat = Seat.taken(f"{room.code}-12", environ)
    assert (seat.name, [mark.reason for mark in seat.marks]) == ("mia", ["Because."])
    seat.mark(TEXT[slice(*SENTENCES[29])], "trust", reason="From Python.")
    seat.hand_in()
    phone.page.reload()
    expect(phone.sent).to_contain_text("2 marks, sent")
    (one,) = room.teacher.did("desk/people")["people"]
    assert (one["name"], one["marks"], one["state"]) == ("mia", 2, "handed in")
    with pytest.raises(ReadingError, match="There is no such room here"):
        Seat.taken("NONE", environ)
    with pytest.raises(ReadingError, match="does not let servers use its rooms"):
        Seat.taken(room.code, {**environ, TOKEN: "x" * 32})


def test_a_rolling_restart_loses_nothing_and_nobody_notices(university: Hub) -> None:
    url, _, key = university.visitor("ada").open_room().partition("teacher#key=")
    room = Room(university.server, url, Asker(url, key), Asker(url))
    room.go_to("mark")
    phones = [room.phone() for _ in range(4)]
    before = ids_of(university)
    with ThreadPoolExecutor(len(phones)) as pool:
        marking = [pool.submit(mark_until, phone, lambda: before.isdisjoint(ids_of(university))) for phone in phones]
        for process in before:
            os.kill(process, signal.SIGTERM)
            while len(ids_of(university) - {process}) < len(before):
                time.sleep(0.1)
        marked = [one.result() for one in marking]  # each was answered when it was sent for the first time
    assert sorted(one["marks"] for one in room.teacher.did("desk/people")["people"]) == sorted(marked)


def ids_of(university: Hub) -> set[int]:
    return {worker.pid for worker in university.workers()}


def mark_until(phone: Phone, over: Callable[[], bool]) -> int:
    """Mark a sentence after the other, and some when it is over; how many."""
    count = 0
    while count < 4 or not over():
        count += 1
        phone.mark(count)
        time.sleep(0.2)
    return count


def test_prometheus_is_told_of_all_processes_and_of_nobody(university: Hub) -> None:
    university.visitor("mia")
    found = university.visitor().get(f"{PREFIX}metrics", Authorization=f"token {TESTER}")
    assert found.status == 200
    assert 'essay_explorer_request_seconds_count{kind="Home",method="GET",status="200"}' in found.body
    assert "mia" not in found.body
    for headers in ({}, {"Authorization": f"token {university.token_of('mia')}"}):
        assert university.visitor().get(f"{PREFIX}metrics", **headers).status == 403


def test_a_service_that_the_hub_does_not_start_has_its_sign_in_too(university: Hub, tmp_path: Path) -> None:
    env = {
        "JUPYTERHUB_SERVICE_NAME": "outside",
        "JUPYTERHUB_SERVICE_URL": university.outside,
        "JUPYTERHUB_API_URL": f"{university.url}hub/api",
        "JUPYTERHUB_API_TOKEN": OUTSIDER,
        "ESSAY_EXPLORER_STORE": str(tmp_path / "rooms.sqlite"),
    }
    command = [sys.executable, "-m", "essay_explorer", "serve", "--readings", str(bundled("data"))]
    with serving(command, university.outside, env=env):
        found = university.visitor("ada").get("services/outside/")
        assert (found.status, "You are ada." in found.body) == (200, True)
        assert university.visitor("mia").get("services/outside/").status == 403


def test_a_reading_opens_in_the_students_own_jupyterlab(university: Hub, reader: Reader, tmp_path: Path) -> None:
    environ = {SERVICE: university.essays, TOKEN: university.token_of("tom")}
    notebook = tmp_path / brought("her", tmp_path, environ)
    assert "open_reading(" in notebook.read_text("utf-8")
    assert open_reading(str(tmp_path / "readings" / "her")).essay.fingerprint == open_reading("her").essay.fingerprint
    notebook.write_text("mine", encoding="utf-8")
    assert (tmp_path / brought("her", tmp_path, environ)).read_text("utf-8") == "mine"
    student = university.visitor("tom")
    assert "hub/user-redirect/essays/her" in student.get(PREFIX).body
    page = reader.page()
    sign_in(page, f"{university.essays}reading/her/", "tom")
    page.get_by_role("button", name="Share").click()
    way = page.get_by_role("link", name="Open in JupyterLab")
    expect_painted(way, "text")
    assert way.evaluate("(one) => one.href") == f"{university.url}hub/user-redirect/essays/her"
    university.start_server_of("tom")
    assert student.get("user/tom/essays/her%2F..%2Fthere").status == 404
    found = student.get("hub/user-redirect/essays/her")
    assert (found.status, found.url) == (200, f"{university.url}user/tom/lab/tree/readings/her.ipynb")
