"""A room from Python: what it gives, who leads it, and with whom it ends."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from class_room import READING, SENTENCES, TEXT, Asker, Phone
from essay_explorer import ReadingError, Room
from essay_explorer.rooms.jupyter import lab_origins

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_here(tmp_path) as room:
        yield room


def open_here(folder: Path, **options: object) -> Room:
    return Room.open(
        READING, tags=["trust", "ending"], ip="127.0.0.1", store=folder / "rooms.sqlite", folder=folder, **options
    )


def teacher_of(room: Room) -> Asker:
    """Who opens the page that the cell shows."""
    address = room._repr_mimebundle_()["text/html"].partition('href="')[2].partition('"')[0]
    return Asker(room.phones, address.partition("#key=")[2])


def two_readers(room: Room) -> None:
    for name, numbers in (("Mia", (2, 4)), ("Ben", (2,))):
        phone = Phone(room.phones)
        phone.join(name)
        for number in numbers:
            phone.mark(number, "trust", reason=f"{name} says so.")
        if name == "Mia":
            phone.hand_in()


def test_what_the_class_marks_is_there_as_marks_frame_agreement_and_reading(room: Room) -> None:
    teacher_of(room).did("desk/phase", {"phase": "mark"})
    two_readers(room)
    second, fourth = (TEXT[slice(*SENTENCES[number - 1])] for number in (2, 4))
    assert [(one.creator, one.quote, one.tags) for one in room.marks] == [
        ("Mia", second, ("trust",)),
        ("Mia", fourth, ("trust",)),
        ("Ben", second, ("trust",)),
    ]
    frame = room.to_frame()
    columns = ["name", "sentence", "handed_in", "trust", "ending"]
    assert frame[columns].to_numpy().tolist() == [
        ["Mia", 2, True, True, False],
        ["Mia", 4, True, True, False],
        ["Ben", 2, False, True, False],
    ]
    assert str(room.agreement().tags[0]) == "Trust: only one reader, so nobody to agree with."
    assert [passage.text for passage in room.majority()] == [second, fourth]


def test_an_empty_room_gives_an_empty_frame_of_the_same_columns(room: Room) -> None:
    frame = room.to_frame()
    assert (len(frame), frame.dtypes["sentence"].name, frame.dtypes["trust"].name) == (0, "Int64", "bool")


def test_the_key_in_the_cell_leads_this_room_alone_and_only_while_it_is_served(room: Room, tmp_path: Path) -> None:
    guest = teacher_of(room)
    guest.did("desk/phase", {"phase": "read"})
    other = guest.did("desk/again", {})["code"]
    assert Asker(room.phones.replace(room.code, other), guest.token).ask("desk/people").status == 403
    room.close()
    with open_here(tmp_path) as again:
        assert again.code in {room.code, other}
        stale = Asker(again.phones.replace(again.code, room.code), guest.token)
        assert stale.ask("desk/people").status == 403
        assert stale.ask("door").status == 200


def test_a_cell_shows_the_page_in_a_frame_where_jupyterlab_is_and_no_other_page_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jpserver-77.json").write_text(json.dumps({"port": 8890, "secure": False}), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    assert lab_origins() == ()
    monkeypatch.setenv("JPY_PARENT_PID", "77")
    with open_here(tmp_path) as room:
        assert "<iframe" in room._repr_mimebundle_()["text/html"]
        policy = Asker(room.phones).ask("teacher").headers["Content-Security-Policy"]
        assert policy.endswith("frame-ancestors 'self' http://localhost:8890 http://127.0.0.1:8890")
        for page in ("projector", ""):
            assert ":8890" not in Asker(room.phones).ask(page).headers["Content-Security-Policy"]
    assert "<iframe" not in room._repr_mimebundle_()["text/html"]
    assert repr(room) == f"<Room {room.code}, closed>"


def test_a_port_that_is_taken_and_a_tag_that_is_none_are_told_in_a_sentence(room: Room, tmp_path: Path) -> None:
    port = int(room.phones.split(":")[2].partition("/")[0])
    with pytest.raises(ReadingError, match=rf"Port {port} is taken at 127\.0\.0\.1\."):
        open_here(tmp_path, new=True, port=port)
    with pytest.raises(ReadingError, match='tag "trusst" is not in the codebook'):
        Room.open(READING, tags=["trusst"], store=tmp_path / "rooms.sqlite")


def test_the_server_ends_with_whoever_opened_it_however_that_ends(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom essay_explorer import Room, open_reading\n"
        "room = Room.open(open_reading('her'), ip='127.0.0.1', store=sys.argv[1], folder=sys.argv[2])\n"
        "print(room._served._process.pid, flush=True)\ntime.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "rooms.sqlite"), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as kernel:
        assert kernel.stdout
        server = psutil.Process(int(kernel.stdout.readline()))
        assert server.is_running()
        kernel.kill()
    end = time.monotonic() + 10
    while server.is_running() and server.status() != psutil.STATUS_ZOMBIE and time.monotonic() < end:
        time.sleep(0.05)
    assert not server.is_running() or server.status() == psutil.STATUS_ZOMBIE
