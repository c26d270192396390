"""A hub's service as an attacker sees it: each way in is tried on the real thing, and none of them opens."""

from __future__ import annotations

import base64
import copy
import http.client
import json
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

import pytest
import tornado.web

from class_room import Asker, a_mark
from essay_explorer.hub.signing_in import FRESH
from hubs import PREFIX, TESTER, Hub, Visitor, hub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hubs import Got

pytestmark = pytest.mark.slow
COOKIE = "service-essays"
EVIL = (
    "//evil.example",
    "https://evil.example/",
    "\\\\evil.example",
    "/\\evil.example",
    "/services/essays/\t//evil.example",
)


@pytest.fixture(scope="module")
def university(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    with hub(tmp_path_factory.mktemp("hub")) as running:
        yield running


@dataclass(frozen=True)
class Lesson:
    """A room of the course "film", which fellini leads and in which mia has a seat and a mark."""

    code: str
    key: str
    url: str
    mia: str

    @property
    def path(self) -> str:
        return f"{PREFIX}room/{self.code}/"


@pytest.fixture(scope="module")
def lesson(university: Hub) -> Lesson:
    led = university.visitor("fellini").open_room(course="film")
    address, _, key = led.partition("teacher#key=")
    code = address.rstrip("/").rpartition("/")[2]
    mia = university.visitor("mia").get(f"{PREFIX}seat/{code}").url.partition("#seat=")[2]
    phone = Asker(address, "mias-own-phone-0123456789")
    assert phone.ask("return", {"code": mia, "seat": phone.token}).status == 200
    assert Asker(address, key).ask("desk/phase", {"phase": "mark"}).status == 200
    assert phone.ask("marks", {"marks": [a_mark(5, reason="mias own reason")]}).status == 200
    return Lesson(code, key, address, mia)


@pytest.fixture(scope="module")
def gone(university: Hub) -> Visitor:
    """Who stole of tom, before he signed out, whatever the service gets to see: all cookies but the hub's own."""
    tom, thief = university.visitor("tom"), Visitor(university)
    for cookie in tom.jar:
        if not cookie.path.startswith("/hub/"):
            thief.jar.set_cookie(copy.copy(cookie))
    assert thief.get(PREFIX).url.endswith(PREFIX)
    tom.get("hub/logout")
    return thief


def is_closed(got: Got) -> bool:
    """Whether somebody is refused, or led to the hub's sign-in."""
    led = f"{got.url} {got.headers['Location']}"
    return got.status in {400, 403, 404} or "/hub/login" in led or "/hub/api/oauth2/" in led


def socket_status(hub: Hub, path: str, cookies: str = "") -> int:
    """What becomes of a wish for a WebSocket."""
    connection = http.client.HTTPConnection(urlsplit(hub.url).netloc, timeout=30)
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": base64.b64encode(b"0123456789abcdef").decode(),
        "Cookie": cookies,
    }
    try:
        connection.request("GET", f"/{path}", headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_the_lesson_is_there_for_those_whose_it_is(university: Hub, lesson: Lesson) -> None:
    fellini = university.visitor("fellini")
    assert lesson.code in fellini.get(PREFIX).body
    assert lesson.key in fellini.get(f"{PREFIX}lead/{lesson.code}", follow=False).headers["Location"]


@pytest.mark.parametrize("name", ["ada", "ezra", "tom", "mia", ""])
def test_another_courses_room_is_led_by_nobody_else(university: Hub, lesson: Lesson, name: str) -> None:
    visitor = university.visitor(name)
    led = visitor.get(f"{PREFIX}lead/{lesson.code}", follow=False)
    assert is_closed(led)
    assert lesson.key not in led.body + str(led.headers)
    assert is_closed(visitor.get(f"{lesson.path}desk/people"))
    if name != "mia":  # whose course it is
        assert lesson.code not in visitor.get(PREFIX).body


def test_the_secret_of_ones_own_room_opens_no_other(university: Hub, lesson: Lesson) -> None:
    ezra = university.visitor("ezra")
    own = ezra.open_room(course="poetry").partition("#key=")[2]
    for path in ("desk/people", "desk/findings", "desk/archive", "wall"):
        assert Asker(lesson.url, own).ask(path).status == 403
    assert Asker(lesson.url, own).ask("desk/phase", {"phase": "end"}).status == 403
    form = {"reading": "her", "course": "film", "_xsrf": ezra.xsrf()}
    assert ezra.get(f"{PREFIX}open", form).status == 403


def test_another_students_marks_are_in_nothing_that_one_is_sent(university: Hub, lesson: Lesson) -> None:
    noa = university.visitor("noa")
    seat = noa.get(f"{PREFIX}seat/{lesson.code}?account=mia&name=mia").url.partition("#seat=")[2]
    asker = Asker(lesson.url, "noas-own-phone-0123456789")
    own = asker.ask("return", {"code": seat, "seat": asker.token, "account": "mia"}).json
    assert (own["you"]["name"], own["marks"]) == ("noa", [])
    for path in ("", "door", "mine", "class", "group", "wall", "desk/people", "desk/findings"):
        asker.ask(path)
    asker.ask("mine", Authorization="Bearer mias-own-phone-012345678")
    heard = b"".join(asker.heard)
    assert lesson.mia.encode() not in heard
    assert b"mias own reason" not in heard


def test_a_room_of_a_course_is_for_its_members_alone(university: Hub, lesson: Lesson) -> None:
    """Neither an account of another course takes a seat, on whichever way, nor a phone without one."""
    outsider = university.visitor("tom")
    for path in (f"seat/{lesson.code}", f"room/{lesson.code}/", f"room/{lesson.code}/?seat"):
        refused = outsider.get(PREFIX + path)
        assert refused.status == 403
        assert "for the members of its course" in refused.body
        assert "style-src" in refused.headers["Content-Security-Policy"]
    asked = outsider.get(f"{PREFIX}seat/{lesson.code}", b"", Authorization=f"token {university.token_of('tom')}")
    assert (asked.status, json.loads(asked.body)["error"]) == (403, "members")
    phone = Asker(lesson.url, "an-own-phone-of-nobody-0123456789")
    joined = phone.ask("join", {"name": "Eve", "seat": phone.token})
    assert (joined.status, joined.json["error"]) == (403, "members")
    assert "/hub/login" in university.visitor().get(f"{PREFIX}room/{lesson.code}/").url
    for page in (
        "teacher",
        "projector",
        "door",
    ):  # which need no sign-in, since whoever leads a room may have a key alone
        assert "The man at the centre" not in university.visitor().get(f"{PREFIX}room/{lesson.code}/{page}").body
    desk = Asker(lesson.url, lesson.key)
    assert "The man at the centre" in json.dumps(desk.did("desk/text"))
    assert not {one["name"] for one in desk.did("desk/people")["people"]} & {"tom", "Eve"}


def test_a_member_who_scans_the_code_of_a_room_finds_the_own_seat(university: Hub, lesson: Lesson) -> None:
    for name in ("mia", "fellini"):
        found = university.visitor(name).get(f"{PREFIX}room/{lesson.code}/")
        assert found.status == 200
        assert f"/room/{lesson.code}/?seat#seat={lesson.code}-" in found.url


def test_a_room_of_no_course_is_open_to_all(university: Hub) -> None:
    url, _, key = university.visitor("fellini").open_room().partition("teacher#key=")
    code = url.rstrip("/").rpartition("/")[2]
    assert university.visitor().get(f"{PREFIX}room/{code}/").url == url
    assert "#seat=" in university.visitor("tom").get(f"{PREFIX}seat/{code}").url
    phone = Asker(url, "another-phone-0123456789")
    phone.did("join", {"name": "Eve", "seat": phone.token})
    assert len(Asker(url, key).did("desk/people")["people"]) == 2


def test_a_forged_sign_in_opens_nothing(university: Hub, lesson: Lesson) -> None:
    real = university.visitor("mia").cookie(COOKIE).value or ""
    value = base64.b64encode(b"a-token-of-nobody").decode()
    signed = tornado.web.create_signed_value("x" * 64, COOKIE, "a-token-of-nobody").decode()
    for cookie in ("fellini", signed, real.replace(real.split("|")[4], f"{len(value)}:{value}"), real[:-1] + "0"):
        assert is_closed(university.visitor().get(PREFIX, Cookie=f"{COOKIE}={cookie}"))
    for headers in (
        {"Authorization": f"token {TESTER}"},
        {"Authorization": "token nobody"},
        {"X_Forwarded_User": "ada"},
    ):
        assert is_closed(university.visitor().get(PREFIX, **headers))
    assert is_closed(university.visitor().get(f"{PREFIX}?token={TESTER}"))
    mine = json.loads(
        university.api("users/fellini/tokens", method="POST", body=b'{"scopes": ["read:users:name!user"]}')
    )
    assert is_closed(university.visitor().get(f"{PREFIX}lead/{lesson.code}", Authorization=f"token {mine['token']}"))


def test_a_sign_in_that_another_browser_began_ends_in_none(university: Hub) -> None:
    """Else somebody could be made to act under an attacker's account."""
    attacker, victim = university.visitor("tom"), university.visitor()
    begun = university.visitor().get(PREFIX, follow=False).headers["Location"]
    back = attacker.get(begun.lstrip("/"), follow=False).headers["Location"].lstrip("/")
    assert "code=" in back
    assert victim.get(back, follow=False).status in {400, 403}
    assert is_closed(victim.get(PREFIX))


def test_a_forged_state_leads_nowhere(university: Hub) -> None:
    for next_url in EVIL:
        state = base64.urlsafe_b64encode(json.dumps({"id": "x", "next_url": next_url}).encode()).decode()
        visitor = university.visitor()
        cookies = f"{COOKIE}-oauth-state={state}"
        got = visitor.get(f"{PREFIX}oauth_callback?code=x&state={state}", follow=False, Cookie=cookies)
        assert got.status in {400, 403, 500}, got
        assert "evil" not in (got.headers["Location"] or "")


def test_no_cache_between_keeps_what_needs_a_sign_in(university: Hub) -> None:
    ada = university.visitor("ada")
    page = ada.get(f"{PREFIX}reading/her/")
    part = re.search(r"essay-explorer/charts-[\w.-]+", page.body)
    assert part
    seen = [page, ada.get(f"{PREFIX}reading/her/{part[0]}")]
    assert [one.headers["Cache-Control"] for one in seen] == [
        "private, no-cache",
        "private, max-age=31536000, immutable",
    ]
    assert is_closed(university.visitor().get(f"{PREFIX}reading/her/{part[0]}"))


def test_a_stolen_cookie_opens_nothing_without_the_browser_it_was_given_to(university: Hub) -> None:
    mia, thief = university.visitor("mia"), university.visitor()
    assert is_closed(thief.get(PREFIX, Cookie=f"{COOKIE}={mia.cookie(COOKIE).value}"))


def test_whoever_signed_out_is_out(gone: Visitor) -> None:
    end = time.monotonic() + FRESH + 5
    while not is_closed(gone.get(PREFIX)) and time.monotonic() < end:
        time.sleep(0.5)
    assert is_closed(gone.get(PREFIX))


def test_the_hubs_own_cookie_goes_to_the_hub_alone_and_outlives_a_sign_out(university: Hub) -> None:
    """JupyterHub's limit, which the guide names with what bounds it; no notebook, service or script sees the cookie."""
    tom, thief = university.visitor("tom"), university.visitor()
    own = tom.cookie("jupyterhub-hub-login")
    assert own.path == "/hub/"
    assert own.has_nonstandard_attr("HttpOnly")
    thief.jar.set_cookie(copy.copy(own))
    tom.get("hub/logout")
    assert is_closed(tom.get(PREFIX))
    assert thief.get(PREFIX).status == 200


def test_no_address_leads_to_another_host(university: Hub, lesson: Lesson) -> None:
    for visitor in (university.visitor(), university.visitor("mia")):
        for evil in EVIL:
            for path in (
                f"?next={quote(evil)}",
                quote(evil, safe="/"),
                f"reading/{quote(evil)}",
                f"seat/{lesson.code}?next={quote(evil)}",
            ):
                to = visitor.get(PREFIX + path.strip(), follow=False).headers["Location"] or "."
                assert urlsplit(urljoin(university.essays, to)).netloc == urlsplit(university.url).netloc, (path, to)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example", "Sec_Fetch_Site": "cross-site"},
        {"Origin": "http://127.0.0.1:1", "Sec_Fetch_Site": "same-site"},
        {"Origin": "null"},
    ],
    ids=["another site", "another port", "a file"],
)
def test_a_page_of_another_origin_opens_no_room(university: Hub, lesson: Lesson, headers: dict[str, str]) -> None:
    fellini = university.visitor("fellini")
    before = fellini.get(PREFIX).body.count("lead/")
    form = {"reading": "her", "course": "film"}
    for proof in ({}, {"_xsrf": "x"}, {"_xsrf": university.visitor("ezra").xsrf()}, {"_xsrf": fellini.xsrf()}):
        assert fellini.get(f"{PREFIX}open", form | proof, **headers).status == 403, proof
    assert fellini.get(PREFIX).body.count("lead/") == before
    phone = Asker(lesson.url, "another-phone-0123456789")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = phone.ask("join", {"seat": phone.token, "name": "Eve"}, **named)
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (403, None)


def test_a_picture_on_another_site_takes_no_seat(university: Hub, lesson: Lesson) -> None:
    headers = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"}
    tom = university.visitor("ada")
    assert tom.get(f"{PREFIX}seat/{lesson.code}", follow=False, **headers).status == 403
    people = Asker(lesson.url, lesson.key).ask("desk/people").json["people"]
    assert "ada" not in [one["name"] for one in people]


@pytest.mark.parametrize("name", ["", "mia", "fellini"])
def test_there_is_nothing_that_runs_code(university: Hub, lesson: Lesson, name: str) -> None:
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in university.visitor(name).jar)
    for place in (PREFIX, f"{PREFIX}reading/her/", lesson.path):
        for path in ("api/kernels/x/channels", "terminals/websocket/1", "api/events/subscribe", "voila/render/x"):
            assert socket_status(university, place + path, cookies) in {302, 403, 404}, place + path
        for path in ("api/kernels", "api/sessions", "api/contents", "api/terminals", "lab", "tree"):
            got = university.visitor().get(place + path, Cookie=cookies, follow=False)
            assert is_closed(got), place + path
            assert university.visitor().get(place + path, b"{}", Cookie=cookies).status in {403, 404, 405}
