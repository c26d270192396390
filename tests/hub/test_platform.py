"""Sign-in by a learning platform: a launch from a course leads to its rooms, as teacher or student; a forged one nowhere."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urljoin, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from essay_explorer.hub.account import Account, title_of
from essay_explorer.hub.platform import course_of, groups_after
from hubs import PREFIX, Got, Hub
from platforms import CLIENT, FILM, POETRY, ROLES, STUDENT, TEACHER, Platform, hub_of, platform

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Launched:
    """A browser in which somebody has begun a launch: what it holds, and what the platform is asked for."""

    hub: Hub
    platform: Platform
    target: str = ""

    def __post_init__(self) -> None:
        self.visitor = self.hub.visitor()
        asks = {"iss": self.platform.url, "login_hint": "7", "client_id": CLIENT}
        asks["target_link_uri"] = self.target or self.hub.essays
        answer = self.visitor.get("hub/lti13/oauth_login", asks, follow=False)
        assert answer.status == 302, answer
        self.asked = {name: one for name, (one,) in parse_qs(urlsplit(answer.headers["Location"]).query).items()}

    def come(self, person: str, role: str, course: dict[str, str], *, secret: Any = None, **claims: Any) -> Got:
        """Come back from the platform with what it says; what the hub shows then."""
        said = self.platform.says(self.asked["nonce"], person, role, course) | claims
        return self.bring(self.platform.signed(said, secret))

    def bring(self, token: str) -> Got:
        return self.visitor.get("hub/lti13/oauth_callback", {"id_token": token, "state": self.asked["state"]})


@pytest.fixture(scope="module")
def school() -> Iterator[Platform]:
    with platform() as running:
        yield running


@pytest.fixture(scope="module")
def university(tmp_path_factory: pytest.TempPathFactory, school: Platform) -> Iterator[Hub]:
    with hub_of(school, tmp_path_factory.mktemp("hub")) as running:
        yield running


@pytest.fixture
def launched(university: Hub, school: Platform) -> Launched:
    return Launched(university, school)


@pytest.mark.slow
def test_a_launch_leads_to_the_rooms_of_its_course_and_to_no_others(university: Hub, school: Platform) -> None:
    teacher, student, stranger = (Launched(university, school) for _ in range(3))
    home = teacher.come("ada", TEACHER, FILM)
    assert home.url == university.essays
    assert home.status == 200
    course = course_of(school.says("", "ada", TEACHER, FILM))
    led = teacher.visitor.open_room(course=course)
    code = led.split("/room/")[1].split("/")[0]
    assert f"Room {code}, film-101" in teacher.visitor.get(PREFIX).body
    found = student.come("mia", STUDENT, FILM)
    assert f"Room {code}, film-101" in found.body
    assert "Open a room" not in found.body
    assert f"#seat={code}" in student.visitor.get(f"{PREFIX}seat/{code}").url
    assert code not in stranger.come("tom", STUDENT, POETRY).body
    assert stranger.visitor.get(f"{PREFIX}lead/{code}").status == 404
    assert student.visitor.get(f"{PREFIX}lead/{code}").status == 404


@pytest.mark.slow
def test_the_courses_of_somebody_add_up_and_a_role_can_end(university: Hub, school: Platform) -> None:
    for role, course, taught, attended in (
        (TEACHER, FILM, ["film-101"], []),
        (STUDENT, POETRY, ["film-101"], ["poetry"]),
        (STUDENT, FILM, [], ["film-101", "poetry"]),
    ):
        Launched(university, school).come("eve", role, course)
        groups = json.loads(university.api("users/eve"))["groups"]
        who = Account.from_hub({"name": "eve", "groups": groups})
        assert ([title_of(one) for one in who.taught], [title_of(one) for one in who.attended]) == (taught, attended)


@pytest.mark.slow
@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": rsa.generate_private_key(public_exponent=65_537, key_size=2048)},
        {"aud": "another-tool"},
        {"iss": "http://127.0.0.1:1"},
        {"nonce": "a-nonce-of-another-launch"},
        {"exp": 1_000_000_000, "iat": 999_999_000},
    ],
    ids=["signed by another", "for another tool", "of another platform", "replayed", "long over"],
)
def test_a_forged_launch_signs_nobody_in(launched: Launched, wrong: dict[str, Any]) -> None:
    answer = launched.come("ada", TEACHER, FILM, **wrong)
    assert answer.status >= 400
    assert not any(one.name == "jupyterhub-hub-login" for one in launched.visitor.jar)


@pytest.mark.slow
def test_a_launch_is_good_for_one_sign_in(launched: Launched, school: Platform) -> None:
    said = school.says(launched.asked["nonce"], "ada", TEACHER, FILM)
    token = school.signed(said)
    assert launched.bring(token).status == 200
    launched.visitor.get("hub/logout")
    assert launched.bring(token).status == 400
    assert launched.visitor.get(PREFIX, follow=False).status == 302


@pytest.mark.slow
def test_an_unsigned_launch_and_one_of_another_browser_sign_nobody_in(university: Hub, school: Platform) -> None:
    first, other = Launched(university, school), Launched(university, school)
    said = school.says(first.asked["nonce"], "ada", TEACHER, FILM)
    assert first.bring(jwt.encode(said, None, "none")).status >= 400
    other.asked = first.asked
    assert other.bring(school.signed(said)).status >= 400


@pytest.mark.parametrize(
    ("role", "teaches"),
    [
        (TEACHER, True),
        (f"{ROLES}/Instructor#TeachingAssistant", True),
        (f"{ROLES}#Administrator", True),
        (STUDENT, False),
        (f"{ROLES}/Learner#Instructor", False),
        ("http://purl.imsglobal.org/vocab/lis/v2/institution/person#Instructor", False),
        ("Instructor-not", False),
        (f"{ROLES}#InstructorX", False),
    ],
)
def test_only_a_role_in_the_course_itself_leads_its_rooms(role: str, *, teaches: bool) -> None:
    groups = groups_after((), Platform("https://p.example").says("", "ada", role, FILM))
    assert [one.endswith("-teachers") for one in groups] == [teaches]


@pytest.mark.parametrize("label", ["film-teachers", "teachers", "", "  ", "電影", "a/b?c=d", "x" * 300, "Film\n101"])
def test_no_name_of_a_course_gives_the_rights_of_another(label: str) -> None:
    says = Platform("https://p.example", secret=None).says
    course = course_of(says("", "ada", STUDENT, {"id": "teachers", "label": label}))
    who = Account("ada", frozenset(groups_after((), says("", "ada", STUDENT, {"id": "teachers", "label": label}))))
    assert not who.is_teacher
    assert who.attended == [course]
    assert course.isascii()
    assert len(course) < 60
    other = course_of(says("", "ada", STUDENT, {"id": "other", "label": label}))
    assert other != course
    assert title_of(other) == title_of(course) != ""


@pytest.mark.slow
def test_what_a_launch_begins_with_comes_back_with_the_form_of_another_site(university: Hub, school: Platform) -> None:
    asks = {"iss": school.url, "login_hint": "7", "client_id": CLIENT, "target_link_uri": university.essays}
    answer = university.visitor().get("hub/lti13/oauth_login", asks, follow=False, X_Forwarded_Proto="https")
    kept = [one for one in answer.headers.get_all("Set-Cookie") or [] if one.startswith("lti13")]
    assert len(kept) == 2
    assert all({"samesite=none", "secure", "httponly"} <= set(one.lower().split("; ")) for one in kept)


@pytest.mark.slow
def test_a_frame_leads_to_a_window_with_what_it_was_asked_for_as_letters(university: Hub, school: Platform) -> None:
    hostile = '"><script>alert(1)</script>'
    asks = {
        "iss": school.url,
        "login_hint": hostile,
        "client_id": CLIENT,
        hostile: "x",
        "target_link_uri": "//evil.example",
    }
    answer = university.visitor().get("hub/lti13/oauth_login", asks, follow=False, Sec_Fetch_Dest="iframe")
    assert answer.status == 200
    assert "<script" not in answer.body
    assert answer.body.count("&lt;script&gt;") == 2
    assert re.findall(r'action="([^"]*)"', answer.body) == ["/hub/lti13/oauth_login"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Set-Cookie"] is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "target", ["//evil.example/x", "https://evil.example/x", "/\\\\evil.example", "https:evil.example"]
)
def test_a_launch_leads_to_no_other_host(university: Hub, school: Platform, target: str) -> None:
    launched = Launched(university, school, target)
    said = school.says(launched.asked["nonce"], "ada", TEACHER, FILM)
    back = {"id_token": school.signed(said), "state": launched.asked["state"]}
    answer = launched.visitor.get("hub/lti13/oauth_callback", back, follow=False)
    assert urlsplit(urljoin(university.url, answer.headers["Location"])).netloc == urlsplit(university.url).netloc


def test_a_launch_from_no_course_changes_no_groups() -> None:
    token = Platform("https://p.example", secret=None).says("", "ada", TEACHER, {})
    assert groups_after(["film", "poetry-teachers"], token) == ["film", "poetry-teachers"]
