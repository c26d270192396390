"""A room speaks the language of whoever asks, page by page and refusal by refusal; `--lang` makes it one for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from class_room import Asker, Phone, opened
from essay_explorer.rooms.nicknames import names
from essay_explorer.words import speaking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from class_room import Room

GERMAN, SPANISH = {"Accept-Language": "de-CH,de;q=0.9"}, {"Accept-Language": "es"}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("rooms")
    with opened("--tags", "trust,ending", "--reasons", "1", store=folder / "rooms.sqlite", to=folder) as room:
        yield room


def test_each_pupil_has_the_page_in_their_own_language(room: Room) -> None:
    german, english, spanish = (Asker(room.url).ask("", **asked) for asked in (GERMAN, {}, SPANISH))
    for page, language, join in ((german, "de", "Beitreten"), (english, "en", "Join"), (spanish, "es", "Entrar")):
        text = page.body.decode()
        assert f'<html lang="{language}"' in text
        assert f'"{join}"' in text
        assert '<article lang="en">' in text  # the essay keeps its own
    assert len({page.headers["Etag"] for page in (german, english, spanish)}) == 3
    assert "Accept-Language" in german.headers["Vary"]


def test_the_task_and_what_is_refused_are_said_in_the_language_of_who_asks(room: Room) -> None:
    phone = Phone(room.url, "")
    phone.join("Mia")
    words = {asked.get("Accept-Language"): phone.ask("mine", **asked).json["room"]["words"] for asked in (GERMAN, {})}
    assert words == {
        "de-CH,de;q=0.9": "Markiere 3 bis 6 Sätze zu Trust oder The ending critique. Sag, warum.",
        None: "Mark 3 to 6 sentences about Trust or The ending critique. Say why.",
    }
    room.teacher.did("desk/show", {"locked": True})
    try:
        refused = Asker(room.url).ask("join", {"seat": "another-phone-abcdefghijklm", "name": ""}, **SPANISH)
    finally:
        room.teacher.did("desk/show", {"locked": False})
    assert refused.json["words"].startswith("El docente ha cerrado la sala.")
    gone = Asker(room.url.replace(room.code, "NOROOM")).ask("", **GERMAN)
    assert (gone.status, "Diesen Raum gibt es nicht" in gone.body.decode()) == (404, True)
    assert '<html lang="de"' in gone.body.decode()


def test_a_name_that_is_handed_out_is_in_the_language_of_who_takes_it(room: Room) -> None:
    for asked, language in ((GERMAN, "de"), (SPANISH, "es")):
        with speaking(language):
            known = names()
        seat = Asker(room.url).ask("join", {"seat": f"phone-{language}-abcdefghijklm", "name": ""}, **asked)
        assert seat.json["you"]["name"] in known


def test_what_is_printed_is_in_the_language_of_the_teacher(room: Room) -> None:
    printed = {name: room.teacher.ask(f"desk/{name}", **GERMAN).body.decode() for name in ("result", "sheets")}
    assert all('<html lang="de"' in page for page in printed.values())
    assert "<h2>Wie weit ihr übereinstimmt</h2>" in printed["result"]
    assert "Zum Markieren schreib T neben die Nummer eines Satzes zu Trust." in printed["sheets"]
    assert '<h1 lang="en"' in printed["sheets"]
    line = room.teacher.ask("desk/paper", {"line": "P1: 23Q"}, **SPANISH).json
    assert line["faults"][0].startswith("«23Q»: ninguna etiqueta de esta tarea tiene la letra Q.")


def test_one_language_may_be_spoken_with_all(tmp_path: Path) -> None:
    with opened("--lang", "fr", store=tmp_path / "rooms.sqlite", to=tmp_path) as room:
        assert '<html lang="fr"' in Asker(room.url).ask("", **GERMAN).body.decode()
