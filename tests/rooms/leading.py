"""The pages that lead a lesson, for the browser tests: the teacher's on a laptop, and the projector's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from class_room import Room
    from conftest import Reader

LAPTOP, WALL = {"width": 1366, "height": 768}, {"width": 1920, "height": 1080}


@dataclass(frozen=True)
class Leading:
    """A teacher before a class, with the wall behind them."""

    page: Page
    wall: Page

    @classmethod
    def at(cls, room: Room, reader: Reader, phase: str = "1 Join", **context: str) -> Leading:
        """Both pages of a room in a phase, opened by the addresses that its program has printed."""
        page, wall = reader.page(viewport=LAPTOP, **context), reader.page(viewport=WALL, **context)
        page.goto(f"{room.url}teacher#key={room.teacher.token}")
        wall.goto(f"{room.url}projector#key={room.wall.token}")
        expect(page.locator(".phase[aria-current=step]")).to_have_text(phase)
        return cls(page, wall)

    def go_on(self, phase: str, wall: str) -> None:
        """Press the clicker, and see where the lesson is and what stands on the wall then."""
        self.page.keyboard.press("PageDown")
        expect(self.page.locator(".phase[aria-current=step]")).to_have_text(phase)
        expect(self.wall.locator(".wall")).to_contain_text(wall)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def enter(self, line: str, says: str) -> None:
        """Type what a sheet of paper says, and hear that it is kept."""
        field = self.page.get_by_label("What a sheet says")
        field.fill(line)
        field.press("Enter")
        expect(self.says).to_contain_text(f"Kept: {says}")

    @property
    def says(self) -> Locator:
        return self.page.locator(".says")
