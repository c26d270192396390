"""Joining, marking and coming back: what was acknowledged stays, and what is sent twice is there once."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from class_room import EARLY, LATE, Phone, a_mark, opened
from essay_explorer.rooms import codes
from essay_explorer.rooms.limits import MOST_PHONES, MOST_REPLIES
from essay_explorer.rooms.nicknames import names, nickname
from essay_explorer.words import known, speaking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from class_room import Answer, Room

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with opened(store=tmp_path_factory.mktemp("rooms") / "rooms.sqlite") as room:
        room.go_to("mark")
        yield room


def test_who_joins_twice_has_one_seat(room: Room) -> None:
    phone = Phone(room.url)
    assert phone.join("Mia")["you"] == phone.join("Somebody else")["you"]
    assert phone.did("mine")["you"]["name"] == "Mia"


def test_two_of_one_name_can_be_told_apart(room: Room) -> None:
    names = [room.phone("Zoë").did("mine")["you"]["name"] for _ in range(3)]
    assert names == ["Zoë", "Zoë 2", "Zoë 3"]


def test_who_has_no_name_is_given_a_kind_one_of_their_own(room: Room) -> None:
    given = {room.phone().did("mine")["you"]["name"] for _ in range(20)}
    assert len(given) == 20
    assert given <= set(names())


def test_names_are_handed_out_also_when_all_are_taken() -> None:
    taken = [name.casefold() for name in names()]
    assert nickname(taken[1:]) == names()[0]
    assert nickname(taken) in names()


@pytest.mark.parametrize("language", known())
def test_names_that_are_handed_out_are_as_many_and_as_short_in_each_language(language: str) -> None:
    with speaking(language):
        given = names()
    assert len(set(given)) == len(given) >= 200
    assert all(len(name.split()) == 2 and len(name) <= 24 for name in given)


def test_a_mark_that_is_sent_again_is_there_once(room: Room) -> None:
    phone = room.phone()
    mark = a_mark(5)
    for _ in range(3):
        assert phone.did("marks", {"marks": [mark]})["kept"] == [mark["id"]]
    assert [one["id"] for one in phone.did("mine")["marks"]] == [mark["id"]]


def test_of_two_changes_the_later_counts_in_whatever_order_they_come(room: Room) -> None:
    phone = room.phone()
    new = a_mark(5, "ending", changed=LATE, reason="New.")
    old = {**new, "tags": ["trust"], "changed": EARLY, "reason": "Old."}
    for sent in (new, old):
        phone.did("marks", {"marks": [sent]})
    (kept,) = phone.did("mine")["marks"]
    assert (kept["tags"], kept["reason"]) == (["ending"], "New.")


def test_a_removed_mark_stays_removed(room: Room) -> None:
    phone = room.phone()
    mark = a_mark(5)
    gone = {"id": mark["id"], "removed": True, "changed": EARLY}
    for sent in (mark, gone, mark):
        phone.did("marks", {"marks": [sent]})
    assert phone.did("mine")["marks"] == [gone]


def test_two_phones_cannot_touch_each_others_marks(room: Room) -> None:
    one, other = room.phone(), room.phone()
    mark = a_mark(5)
    one.did("marks", {"marks": [mark]})
    other.did("marks", {"marks": [{**mark, "reason": "Mine now.", "changed": LATE}]})
    assert [kept["reason"] for kept in one.did("mine")["marks"]] == [""]


def test_the_return_code_gives_another_phone_the_seat_and_its_marks(room: Room) -> None:
    first, second = room.phone("Tom"), Phone(room.url, token="another-phone-of-the-same-pupil")
    mark = first.mark(7)
    code = first.did("mine")["you"]["return_code"]
    assert code.startswith(f"{room.code}-")
    without_room = code.removeprefix(f"{room.code}-")
    for typed in (
        f" {code.lower().replace('-', ' ')} ",
        code.replace("-", ""),
        without_room,
        without_room.replace("-", "–"),
    ):
        back = second.did("return", {"seat": second.token, "code": typed})
        assert (back["you"]["name"], [one["id"] for one in back["marks"]]) == ("Tom", [mark])
    assert first.ask("mine").status == 200  # the first one keeps it too


def test_who_tries_wrong_return_codes_keeps_nobody_out_and_finds_none(room: Room) -> None:
    room.go_to("mark")
    phone, thief = room.phone(), Phone(room.url, token="a-thief-with-a-phone-of-theirs")
    code = phone.did("mine")["you"]["return_code"]
    near = [
        code[:-1],
        code + "2",
        code[:-1] + ("2" if code[-1] != "2" else "3"),
        "",
        room.code,
        code.replace("-", "%")[:-1],
    ]
    wrong = [*near, *(f"{room.code}-222-222-{number:04}" for number in range(300))]
    answers = [thief.ask("return", {"seat": thief.token, "code": one}).status for one in wrong if one]
    assert set(answers[:100]) == {403}
    assert answers[100:].count(429) > 100  # the room refuses them, whoever asks, and lets one through a second
    back = Phone(room.url, token="the-second-phone-of-that-pupil")
    assert back.ask("return", {"seat": back.token, "code": code}).status == 200
    phone.mark(5)


def test_return_codes_are_too_many_to_be_guessed() -> None:
    """In the thirty days of a room with 1,500 readers, at a thousand tries a second, one in a hundred rooms at most."""
    found = {codes.return_code("LAMP", lambda _: False) for _ in range(2_000)}
    signs = [set(column) for column in zip(*(one.removeprefix("LAMP-").replace("-", "") for one in found), strict=True)]
    tries, seats = 30 * 86_400 * 1_000, 1_500
    assert math.prod(map(len, signs)) > 100 * tries * seats


def test_a_right_return_code_is_good_for_many_phones_and_no_flood(tmp_path_factory: pytest.TempPathFactory) -> None:
    with opened(store=tmp_path_factory.mktemp("rooms") / "rooms.sqlite") as room:
        tom, other = room.phone("Tom"), room.phone("Ann")
        code = tom.did("mine")["you"]["return_code"]

        def come_back(number: int) -> Answer:
            return tom.ask("return", {"seat": f"one-of-many-phones-{number:05}", "code": code})

        assert [come_back(number).status for number in range(MOST_PHONES - 1)] == [200] * (MOST_PHONES - 1)
        for number in range(MOST_PHONES, MOST_PHONES + 30):
            refused = come_back(number)
            assert (refused.status, refused.json["error"]) == (409, "full")
        assert come_back(0).status == 200  # a phone that has the seat
        code = other.did("mine")["you"]["return_code"]
        assert other.ask("return", {"seat": "a-second-phone-of-ann", "code": code}).status == 200


def test_a_phone_that_hands_in_without_end_is_slowed(room: Room) -> None:
    phone, stranger = room.phone(), Phone(room.url, token="a-phone-without-a-seat-here")
    statuses: set[int] = set()
    with ThreadPoolExecutor(4) as pool:
        for _ in range(40):  # however slow the machine is
            statuses.update(pool.map(lambda _: phone.ask("hand-in", {}).status, range(50)))
            if 429 in statuses:
                break
    assert statuses == {200, 429}
    assert stranger.ask("hand-in", {}).json["error"] == "stranger"


def test_a_reply_that_is_sent_again_is_kept_also_when_there_is_room_for_no_more(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with opened(store=tmp_path_factory.mktemp("rooms") / "rooms.sqlite") as room:
        room.go_to("mark")
        phone = room.phone()
        phone.mark(5)
        phone.hand_in()
        room.reveal()
        replies = [{"id": f"reply-{n:04}", "sentence": 5, "tag": "trust", "text": "So."} for n in range(MOST_REPLIES)]
        for _ in range(2):
            assert len(phone.did("replies", {"replies": replies})["kept"]) == MOST_REPLIES
        more = phone.ask("replies", {"replies": [{**replies[0], "id": "reply-of-too-many"}]})
        assert (more.status, more.json["error"]) == (409, "full")


@pytest.mark.parametrize("name", ["Noa", "noa", "Noa\u200b", "\uff2eoa", "\u202eNoa", "No\u2060a"])
def test_nobody_takes_the_name_of_another_or_one_that_looks_the_same(room: Room, name: str) -> None:
    room.phone("Noa")
    given = room.phone(name).did("mine")["you"]["name"]
    assert given.rpartition(" ")[2].isdigit()


def test_a_name_that_nobody_sees_is_none(room: Room) -> None:
    assert room.phone("\u200b\u2060").did("mine")["you"]["name"] in names()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"quote": "No such words in this text."}, "stand nowhere"),
        ({"quote": "the"}, "times in this text"),
        ({"tags": ["love"]}, "does not know 'love'"),
        ({"tags": []}, "expected one at least"),
        ({"reason": "x" * 1001}, "there is room for 1,000"),
        ({"id": "../../x"}, "expected 8 to 64 letters"),
        ({"changed": "yesterday"}, "expected a time"),
        ({"quote": 5}, "expected words of the text"),
    ],
)
def test_a_mark_that_is_none_is_refused_in_a_sentence_and_the_others_are_kept(
    room: Room, changes: dict[str, object], said: str
) -> None:
    phone = room.phone()
    good, bad = a_mark(5), {**a_mark(6), **changes}
    answer = phone.did("marks", {"marks": [bad, good]})
    assert answer["kept"] == [good["id"]]
    (refused,) = answer["refused"]
    assert said in refused["words"]


def test_what_is_no_object_is_refused_whole(room: Room) -> None:
    phone = room.phone()
    for sent in (b"[]", b"{", b'{"marks": 5}', b'{"marks": [5]}', b"\xff", b"[" * 9_000):
        answer = phone.ask("marks", sent)
        assert answer.status == 400, sent
        assert answer.json["words"]


def test_before_the_phase_a_mark_waits_on_the_phone(tmp_path_factory: pytest.TempPathFactory) -> None:
    with opened(store=tmp_path_factory.mktemp("rooms") / "rooms.sqlite") as room:
        phone = room.phone()
        for phase in ("join", "read"):
            room.go_to(phase)
            assert phone.ask("marks", {"marks": [a_mark(5)]}).json["error"] == "later"
        room.go_to("mark")
        phone.mark(5)
        phone.hand_in()
        phone.mark(6)  # it can be changed until the reveal
        room.reveal()
        assert phone.ask("marks", {"marks": [a_mark(7)]}).json["error"] == "closed"
        room.go_to("mark")
        phone.mark(7)
        room.go_to("end")
        assert phone.ask("marks", {"marks": [a_mark(8)]}).json["error"] == "closed"


def test_the_second_pass_lies_over_the_first(tmp_path_factory: pytest.TempPathFactory) -> None:
    with opened(store=tmp_path_factory.mktemp("rooms") / "rooms.sqlite") as room:
        room.go_to("mark")
        phones = [room.phone() for _ in range(4)]
        ids = [phone.mark(5, "trust") for phone in phones]
        for phone in phones:
            phone.hand_in()
        room.reveal()
        room.go_to("revise")
        assert phones[0].ask("marks", {"marks": [a_mark(6)], "pass": 1}).json["error"] == "closed"
        gone = {"id": ids[0], "removed": True, "changed": LATE}
        assert phones[0].did("marks", {"marks": [gone, a_mark(9, "ending")], "pass": 2})["pass"] == 2
        found = room.teacher.did("desk/findings")
        assert {(one["sentence"], one["count"]) for one in found["shares"]} == {(5, 3), (9, 1)}
        moves = {(one["sentence"], one["kept"], one["dropped"], one["came"]) for one in found["moves"]}
        assert moves == {(5, 3, 1, 0), (9, 0, 0, 1)}
        assert found["moved"].startswith("1 of 4 readers changed a mark.")
        assert phones[1].did("class")["moved"] == "Few of 4 readers changed a mark."
        room.go_to("discuss")  # taken back: the first pass stands as it was
        shares = room.teacher.did("desk/findings")["shares"]
        assert [(one["sentence"], one["count"]) for one in shares] == [(5, 4)]
