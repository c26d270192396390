"""A launch in a real browser, from a learning platform that is another site: in a window, and out of a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

import chromium
from platforms import Platform, hub_of, platform

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from firefox import Firefox
    from hubs import Hub

NAME = "localhost"  # to a browser another site than 127.0.0.1, where the hub is


@pytest.fixture(scope="module")
def school() -> Iterator[Platform]:
    with platform(NAME) as running:
        yield running


@pytest.fixture(scope="module")
def university(tmp_path_factory: pytest.TempPathFactory, school: Platform) -> Iterator[Hub]:
    with hub_of(school, tmp_path_factory.mktemp("hub")) as running:
        yield running


@pytest.fixture(scope="module")
def two_sites(browser: Browser) -> Iterator[Browser]:
    """A browser that finds the platform too."""
    args = [f"{one}, EXCLUDE {NAME}" if "resolver-rules" in one else one for one in chromium.ARGS]
    with browser.browser_type.launch(executable_path=chromium.executable(), args=args) as launched:
        yield launched


def launched(two_sites: Browser, school: Platform, university: Hub, *, person: str, place: str, **context: str) -> Page:
    """The window in which somebody arrives who has opened the essays from their course."""
    page = two_sites.new_context(**context).new_page()
    page.goto(f"{school.url}/{place}?as={person}")
    with page.expect_popup() as opened:
        if place == "window":
            page.get_by_role("link", name="The essays").click()
        else:
            page.frame_locator("iframe").get_by_role("button").click()
    opened.value.wait_for_url(university.essays)
    return opened.value


@pytest.mark.parametrize("place", ["window", "frame"])
def test_teacher_and_student_come_from_their_course_into_its_room(
    two_sites: Browser, school: Platform, university: Hub, place: str
) -> None:
    teacher = launched(two_sites, school, university, person="teacher", place=place)
    teacher.get_by_role("button", name="Open a room at The Film").click()
    teacher.wait_for_url("**/teacher*")
    code = teacher.url.rpartition("/room/")[2].partition("/")[0]
    student = launched(two_sites, school, university, person="student", place=place)
    student.get_by_text(f"Room {code}, film-101").locator("../..").get_by_role("link", name="Take your seat").click()
    expect(student.locator(".door h2").last).to_have_text("You are student.")


@pytest.mark.parametrize("place", ["window", "frame"])
def test_the_same_in_firefox_which_parts_the_cookies_of_sites(
    fox: Firefox, school: Platform, university: Hub, place: str
) -> None:
    def come(person: str) -> Firefox:
        tab = fox.somebody_else()
        tab.go(f"{school.url}/{place}?as={person}")
        if place == "window":
            arrived = tab.window_of(lambda: tab.press("a", "The essays"))
        else:
            with tab.in_frame() as frame:
                arrived = tab.window_of(lambda: frame.press("button"))
        arrived.until(f"location.href === {university.essays!r} && document.readyState === 'complete'")
        return arrived

    teacher = come("teacher")
    teacher.press("form button", "Open a room")
    teacher.until("location.pathname.endsWith('/teacher') && document.querySelector('.phase[aria-current]')")
    code = teacher.evaluate("location.pathname.split('/room/')[1].split('/')[0]")
    student = come("student")
    student.press(f"a[href$='seat/{code}']")
    student.until("[...document.querySelectorAll('.door h2')].some((one) => one.textContent === 'You are student.')")


def test_a_frame_says_in_the_readers_language_why_a_window_opens(
    two_sites: Browser, school: Platform, university: Hub
) -> None:
    page = two_sites.new_context(locale="de-DE").new_page()
    page.goto(f"{school.url}/frame?as=student")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("button")).to_have_text("In neuem Fenster öffnen")
    assert university.url in page.frames[1].url
