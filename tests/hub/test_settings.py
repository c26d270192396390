"""A hub's service with settings of its own: what its log says of a lesson."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from class_room import Asker, a_mark
from hubs import PREFIX, Hub, hub

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow
OPTIONS = "--log-format json"


@pytest.fixture(scope="module")
def university(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with hub(tmp_path_factory.mktemp("hub"), ESSAY_EXPLORER_OPTIONS=OPTIONS) as running:
        yield running


def told(university: Hub) -> list[dict[str, object]]:
    """The records of the service among what the hub has printed."""
    return [json.loads(line) for line in university.server.printed().splitlines() if line.startswith("{")]


def test_the_log_of_a_lesson_has_objects_without_names_secrets_and_reasons(university: Hub) -> None:
    address, _, key = university.visitor("fellini").open_room(course="film").partition("teacher#key=")
    code = address.rstrip("/").rpartition("/")[2]
    mia = university.visitor("mia").get(f"{PREFIX}seat/{code}").url.partition("#seat=")[2]
    desk, phone, guest = Asker(address, key), Asker(address, "mias-own-phone-0123456789"), Asker(address)
    guest.token = "anns-own-phone-0123456789"
    phone.did("return", {"code": mia, "seat": phone.token})
    guest.did("join", {"name": "Ann Example", "seat": guest.token})
    desk.did("desk/phase", {"phase": "mark"})
    for one in (phone, guest):
        one.did("marks", {"marks": [a_mark(5, reason="a reason of ones own")]})
    guest.ask(f"desk/people?key={key}")
    guest.ask("marks", b'{"marks": "a reason of ones own')
    records = told(university)
    paths = {one["path"]: one for one in records if "path" in one}
    join = paths[f"/{PREFIX}room/{code}/join"]
    assert (join["method"], join["status"], join["level"]) == ("POST", 200, "INFO")
    written = json.dumps(records).casefold()
    secret = (key, mia, "mia", "fellini", "ann example", phone.token, guest.token, "a reason of ones own", "code=")
    assert [one for one in secret if one.casefold() in written] == []
