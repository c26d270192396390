"""A hub's service with settings of its own: what its log says of a lesson, how much it takes, and who may join."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from class_room import Asker, a_mark
from hubs import PREFIX, Hub, Visitor, hub

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow
OPTIONS = "--log-format json --most-rooms 2 --most-readers 2 --open-courses"


@pytest.fixture(scope="module")
def university(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with hub(tmp_path_factory.mktemp("hub"), ESSAY_EXPLORER_OPTIONS=OPTIONS) as running:
        yield running


def told(university: Hub) -> list[dict[str, object]]:
    """The records of the service among what the hub has printed."""
    return [json.loads(line) for line in university.server.printed().splitlines() if line.startswith("{")]


@dataclass(frozen=True)
class Lesson:
    """A room and its two addresses."""

    code: str
    url: str
    key: str

    @classmethod
    def of(cls, teacher: Visitor, course: str = "") -> Lesson:
        url, _, key = teacher.open_room(course=course).partition("teacher#key=")
        return cls(url.rstrip("/").rpartition("/")[2], url, key)

    def forget(self) -> None:
        """Let there be nothing of it."""
        Asker(self.url, self.key).did("desk/forget", {})


@pytest.fixture
def film(university: Hub) -> Iterator[Lesson]:
    """A room of the course of fellini and mia."""
    made = Lesson.of(university.visitor("fellini"), "film")
    yield made
    made.forget()


def test_the_log_of_a_lesson_has_objects_without_names_secrets_and_reasons(university: Hub) -> None:
    lesson = Lesson.of(university.visitor("fellini"))
    address, code, key = lesson.url, lesson.code, lesson.key
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
    lesson.forget()
    records = told(university)
    paths = {one["path"]: one for one in records if "path" in one}
    join = paths[f"/{PREFIX}room/{code}/join"]
    assert (join["method"], join["status"], join["level"]) == ("POST", 200, "INFO")
    written = json.dumps(records).casefold()
    secret = (
        key,
        mia,
        "mia@",
        "mia ",
        '"mia"',
        "fellini",
        "ann example",
        phone.token,
        guest.token,
        "a reason of ones own",
        "code=",
    )
    assert [one for one in secret if re.search(rf"\b{re.escape(one.casefold())}", written)] == []


def test_where_courses_are_open_whoever_has_the_code_joins(university: Hub, film: Lesson) -> None:
    assert university.visitor().get(f"{PREFIX}room/{film.code}/").url == film.url
    assert "#seat=" in university.visitor("tom").get(f"{PREFIX}seat/{film.code}").url
    phone = Asker(film.url, "another-phone-0123456789")
    phone.did("join", {"name": "Eve", "seat": phone.token})


def test_a_room_is_opened_at_some_paragraphs_alone(university: Hub) -> None:
    teacher = university.visitor("ada")
    form = {"reading": "her", "course": "", "_xsrf": teacher.xsrf()}
    for wrong in ("five", "0", "2-99"):
        refused = teacher.get(f"{PREFIX}open", {**form, "paragraphs": wrong})
        assert (refused.status, "This text has 10 of them." in refused.body) == (400, True)
    url, _, key = teacher.get(f"{PREFIX}open", {**form, "paragraphs": "3"}).url.partition("teacher#key=")
    text = university.visitor().get(url).body
    assert "Anyone who saw the trailer" in text
    assert "The man at the centre" not in text
    Asker(url, key).did("desk/forget", {})


def test_a_full_room_says_so_to_phones_accounts_and_programs(university: Hub) -> None:
    lesson = Lesson.of(university.visitor("ada"))
    for name in ("first", "second"):
        phone = Asker(lesson.url, f"the-{name}-phone-0123456789")
        phone.did("join", {"name": name, "seat": phone.token})
    third = Asker(lesson.url, "the-third-phone-0123456789").ask("join", {"seat": "the-third-phone-0123456789"})
    full = "This room has its 2 readers. The teacher can clear empty places."
    assert (third.status, third.json["words"]) == (409, full)
    page = university.visitor("mia").get(f"{PREFIX}seat/{lesson.code}")
    assert (page.status, full in page.body) == (409, True)
    asked = university.visitor().get(
        f"{PREFIX}seat/{lesson.code}", b"", Authorization=f"token {university.token_of('mia')}"
    )
    assert (asked.status, json.loads(asked.body)["words"]) == (409, full)
    lesson.forget()


def test_a_course_with_its_rooms_says_so_until_one_is_forgotten(university: Hub, film: Lesson) -> None:
    teacher = university.visitor("fellini")
    second = Lesson.of(teacher, "film")
    desk = Asker(second.url, second.key)
    form = {"reading": "her", "course": "film", "_xsrf": teacher.xsrf()}
    for phase in ("join", "end"):
        desk.did("desk/phase", {"phase": phase})
        refused = teacher.get(f"{PREFIX}open", form)
        assert refused.status == 409
        assert "There are as many rooms as there may be: 2." in refused.body
        again = desk.ask("desk/again", {})
        assert (again.status, again.json["error"]) == (409, "too many")
    Lesson.of(teacher).forget()  # of no course, so not counted there
    second.forget()
    Lesson.of(teacher, "film").forget()
