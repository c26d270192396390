"""Thirty phones, eight of them at a time in real pages: joining, marking, and the reveal on all screens.

Two cores cannot show thirty pages at once. Who leaves a page keeps their seat, and marks without one.
"""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import usage
from class_room import Phone, opened
from pupil import PHONE, Pupil

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from class_room import Room

PHONES, AT_A_TIME = 30, 8
MARKS = 6  # of each phone
SECONDS = 20.0  # of marking
WAIT = 60_000  # ms

# Mark sentences as a reader does, at moments dealt by chance; done when the page says that all of them are sent.
BEGIN = """({ marks, seconds, seat }) => {
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const until = async (test) => { while (!test()) await wait(10); };
  window.marking = (async () => {
    for (let number = 0; number < marks; number += 1) {
      await wait((1000 * seconds * (0.5 + Math.random())) / (1.5 * marks));
      document.querySelector(`.segment[data-sentence="${2 + 2 * ((seat % 2 + number * 5) % 30)}"]`).click();
      await until(() => document.querySelector(".at-passage:not([hidden]) .tag"));
      document.querySelector(".at-passage .tag").click();
      document.querySelector(".at-passage .close").click();
    }
    await until(() => document.querySelector(".seat .sent").textContent === `${marks} marks, sent`);
    return performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/marks"))
      .map(({ startTime, responseEnd }) => responseEnd - startTime);
  })();
}"""
WATCH = """(selector) => {
  window.seen = new Promise((done, fail) => {
    setTimeout(() => fail(new Error(`${selector} has not come`)), 20_000);
    const look = () => document.querySelector(selector) ? requestAnimationFrame(() => done(Date.now())) : setTimeout(look, 5);
    look();
  });
}"""


@dataclass
class Screens:
    """What was seen. `joined`: seconds in which all came. `waits`: ms of a mark. `reveal`: ms until the last screen had it."""

    joined: float = 0.0
    waits: list[float] = field(default_factory=list)
    reveal: float = 0.0
    memory: float = 0.0


@dataclass(frozen=True)
class _Pages:
    """Gives each pupil a page of their own."""

    browser: Browser

    def page(self, **context: Any) -> Page:
        page = self.browser.new_context(**context).new_page()
        page.set_default_timeout(WAIT)
        return page


def play(browser: Browser, folder: Path) -> Screens:
    """A lesson, up to the reveal."""
    found = Screens()
    with opened("--tags", "trust,ending", "--marks", str(MARKS), store=folder / "screens.sqlite", to=folder) as room:
        pages = _Pages(browser)
        wall = pages.page(viewport={"width": 1920, "height": 1080})
        wall.goto(f"{room.url}projector#key={room.wall.token}")
        away: list[Phone] = []
        for first in range(0, PHONES, AT_A_TIME):
            pupils, took = _come(room, pages, first)
            found.joined += took
            if first + AT_A_TIME < PHONES:
                away += map(_leave, pupils)
        shown = [pupil.page for pupil in pupils]
        room.go_to("mark")
        with ThreadPoolExecutor(len(away)) as threads:
            marking = [threads.submit(_mark_without_a_page, phone) for phone in away]
            found.waits = _mark(shown)
            for one in marking:
                one.result()
        found.memory = usage.memory(room.server)
        found.reveal = _reveal(room, {wall: ".shares", **dict.fromkeys(shown, ".seat .rows li")})
        found.memory = max(found.memory, usage.memory(room.server))
        for page in (wall, *shown):
            page.context.close()
    return found


def _come(room: Room, pages: _Pages, first: int) -> tuple[list[Pupil], float]:
    """Some at once, from a number on, and in how many seconds."""
    numbers = range(first, min(first + AT_A_TIME, PHONES))
    pupils = [Pupil(pages.page(**PHONE), room) for _ in numbers]
    start = time.monotonic()
    for pupil in pupils:
        pupil.page.goto(room.url, wait_until="commit")
    for number, pupil in zip(numbers, pupils, strict=True):
        pupil.page.wait_for_selector("html[data-essay-explorer=ready]")
        pupil.join(f"Pupil {number}")
    return pupils, time.monotonic() - start


def _leave(pupil: Pupil) -> Phone:
    """Close the page, and keep the seat."""
    token = pupil.page.evaluate(f'localStorage.getItem("essay-explorer-room-{pupil.room.code}-seat")')
    pupil.page.context.close()
    return Phone(pupil.room.url, token)


def _mark_without_a_page(phone: Phone) -> None:
    for number in range(MARKS):
        time.sleep(random.uniform(0.5, 1.5) * SECONDS / (1.5 * MARKS))
        phone.mark(2 + 10 * number)


def _mark(pages: list[Page]) -> list[float]:
    """The ms of each mark that these pages send."""
    for seat, page in enumerate(pages):
        page.wait_for_selector(".mark-sheet .bar:visible")
        page.evaluate(BEGIN, {"marks": MARKS, "seconds": SECONDS, "seat": seat})
    return [took for page in pages for took in page.evaluate("window.marking")]


def _reveal(room: Room, screens: dict[Page, str]) -> float:
    room.teacher.did("desk/collect", {})
    room.go_to("reveal")
    for page, selector in screens.items():
        page.evaluate(WATCH, selector)
    time.sleep(1)
    start = time.time()
    room.teacher.did("desk/show", {"class_shown": True})
    return max(page.evaluate("window.seen") for page in screens) - 1000 * start
