"""A class that is started from the dashboard, by who has the key that the program printed, and by nobody else."""

from __future__ import annotations

import re
import sys
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accessible import expect_accessible
from class_room import Asker, Phone
from servers import free_port, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Reader
    from servers import Server

KEY = re.compile(r"for you alone: (http://\S+/essay-explorer/class)#key=(\S+)")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("rooms")
    port = free_port()
    env = {"ESSAY_EXPLORER_STORE": str(folder / "rooms.sqlite"), "ESSAY_EXPLORER_LIBRARY": str(folder)}
    command = [sys.executable, "-m", "essay_explorer", "read", "--all", "--port", str(port)]
    with serving(command, f"http://127.0.0.1:{port}/", env=env) as server:
        yield server


def key_of(server: Server) -> tuple[str, str]:
    """What the server says once it can be reached."""
    for _ in range(100):
        if found := KEY.search(server.printed()):
            return found[1], found[2]
        time.sleep(0.1)
    raise AssertionError(server.printed())


def test_who_has_the_key_starts_a_class_from_the_shelf_and_from_a_reading(reader: Reader, shelf: Server) -> None:
    address, key = key_of(shelf)
    page = reader.page(viewport={"width": 1366, "height": 768})
    page.goto(f"{address}#key={key}")
    expect(page.get_by_role("button", name="Start a class: The Film")).to_be_visible()
    assert key not in page.url
    expect_accessible(page)
    page.get_by_role("link", name="Back to the reading").click()
    expect(page.get_by_role("link", name="Start a class")).to_be_visible()
    page.get_by_role("link", name="The Film").click()
    page.get_by_role("link", name="Start a class").click()
    page.get_by_role("button", name="Start a class: The Film").click()
    expect(page.locator(".phase[aria-current=step]")).to_have_text("1 Join")
    phones = page.locator(".address").inner_text()
    assert ":" in phones
    phone = Phone(f"http://{phones.removeprefix('http://').rstrip('/')}/")
    phone.join("Mia")
    expect(page.get_by_role("button", name="Mia")).to_be_visible()
    for path in ("her/", "essay-explorer/class"):
        assert Asker("http://" + phone.url.split("/")[2] + "/").ask(path).status == 404


def test_a_class_is_started_at_some_paragraphs_alone(reader: Reader, shelf: Server) -> None:
    address, key = key_of(shelf)
    page = reader.page(viewport={"width": 360, "height": 640})
    page.goto(f"{address}#key={key}")
    some, says = page.get_by_label("Paragraphs").first, page.get_by_role("status")
    longest = "Tous les paragraphes"  # in French: what stands in the empty field is not cut off
    some.fill(longest)
    assert some.evaluate("one => one.scrollWidth <= one.clientWidth")
    for wrong in ("five", "0", "3-2", "2-99"):
        some.fill(wrong)
        some.press("Enter")
        expect(says).to_contain_text("This text has 10 of them.")
    some.fill(" 3 ")
    some.press("Enter")
    expect(page.locator(".phase[aria-current=step]")).to_have_text("1 Join")
    phone = Phone(page.locator(".address").inner_text())
    text = phone.ask("").body.decode()
    assert "Anyone who saw the trailer" in text
    assert "The man at the centre" not in text


def test_readers_see_no_button_and_open_no_rooms(reader: Reader, shelf: Server) -> None:
    _, key = key_of(shelf)
    page = reader.page(viewport={"width": 1366, "height": 768})
    for path in ("", "her/"):
        page.goto(f"{shelf.url}{path}")
        expect(page.get_by_role("link", name="Start a class")).to_have_count(0)
        assert key not in page.content()
    page.goto(f"{shelf.url}essay-explorer/class")
    expect(page.locator("main")).to_contain_text("needs the address that the program printed")
    for token in ("", "x" * 32):
        assert Asker(shelf.url, token).ask("essay-explorer/class", {"reading": "her"}).status == 403
    evil = Asker(shelf.url, key).ask("essay-explorer/class", {"reading": "her"}, Origin="http://evil.example")
    assert evil.status == 403
    gone = Asker(shelf.url, key).ask("essay-explorer/class", {"reading": "nothing"})
    assert (gone.status, gone.json["words"]) == (409, "There is no such reading here any more.")
