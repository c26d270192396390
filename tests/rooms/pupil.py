"""A pupil with a real phone in a real room, for the browser tests."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import expect

from class_room import Asker, Room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

    from conftest import Reader

SMALL = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def another(room: Room) -> Room:
    """A new and empty room on the same server."""
    made = room.teacher.did("desk/again", {})
    url = room.url.replace(room.code, made["code"])
    return Room(room.server, url, Asker(url, made["secret"]), Asker(url, made["wall_key"]))


@dataclass(frozen=True)
class Pupil:
    """Somebody who holds a phone, or sits at a computer."""

    page: Page
    room: Room

    @classmethod
    def at(cls, room: Room, reader: Reader, **context: object) -> Pupil:
        """The page of a room, awake."""
        page = reader.page(**(context or PHONE))
        made = cls(page, room)
        made.come()
        return made

    def come(self) -> None:
        """Open the page, or come back to it, once the step back is made that closes a menu."""
        self.page.wait_for_function("!history.state?.trail?.at(-1)?.some(({ menu }) => menu)")
        try:
            self.page.goto(self.room.url, wait_until="commit")
        except BrowserError as error:  # the step back of something else that was closed calls it off
            if "ERR_ABORTED" not in str(error):
                raise
            self.page.goto(self.room.url, wait_until="commit")
        self.page.wait_for_selector("html[data-essay-explorer=ready]")

    def join(self, name: str = "") -> None:
        self.page.get_by_label("A nickname").fill(name)
        self.button("Join").click()
        expect(self.page.locator(".door h2").last).to_have_text(f"You are {name}.")

    def mark(self, sentence: int, tag: str = "Trust", reason: str = "") -> None:
        """Mark a sentence by a tap on it."""
        self.page.locator(f'.marking .segment[data-sentence="{sentence}"]').click()
        self.page.locator(".at-passage").get_by_role("button", name=tag).click()
        if reason:
            self.page.get_by_label("Why?").fill(reason)
        self.page.locator(".at-passage").get_by_role("button", name="Close").click()

    def hand_in(self, says: str = "Handed in") -> None:
        """Hand in, also where something is missing. `says`: what the page says then."""
        if self.button("More").is_visible():
            self.button("More").click()
        self.button("Hand in").click()
        if self.button("Hand in all the same").is_visible():
            self.button("Hand in all the same").click()
        expect(self.now).to_contain_text(says)

    def hand_in_by_keys(self) -> None:
        """The same without a pointer."""
        for name in ("More", "Hand in"):
            self.button(name).focus()
            self.page.keyboard.press("Enter")
        self.page.keyboard.press("Enter")  # all the same
        expect(self.now).to_contain_text("Handed in")

    def button(self, name: str) -> Locator:
        return self.page.locator(".seat, .door").get_by_role("button", name=name, exact=True)

    @property
    def now(self) -> Locator:
        return self.page.locator(".seat .now")

    @property
    def sent(self) -> Locator:
        return self.page.locator(".seat .sent")


@contextmanager
def offline(page: Page) -> Iterator[None]:
    """While the phone has no network."""
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)
