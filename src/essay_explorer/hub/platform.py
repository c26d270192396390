"""Sign-in by a learning platform, LTI 1.3: a launch from a course makes somebody its teacher or its student.

LTI 1.3 core, context and roles: https://www.imsglobal.org/spec/lti/v1p3/
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from ltiauthenticator.lti13.auth import LTI13Authenticator

from essay_explorer.hub.account import OF_COURSE
from essay_explorer.hub.launch import Launch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
# Who teaches in the course itself; what somebody is at the university says nothing of it.
TEACHES = re.compile(r"http://purl\.imsglobal\.org/vocab/lis/v2/membership(?:#|/)(?:Instructor|Administrator)\b.*")
UNNAMED = re.compile(r"[^a-z0-9]+")
LONGEST = 40  # letters of a course's own name


class PlatformAuthenticator(LTI13Authenticator):  # type: ignore[misc] # tells no types
    """The sign-in of a hub whose accounts and courses are those of a platform.

    Groups are the launches': a launch from a course puts somebody into its group, and a teacher into that of its
    teachers; those of other courses stay as their last launches have made them.
    """

    login_handler = Launch

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - as traitlets have it
        super().__init__(**settings)
        self.manage_groups = True

    async def authenticate(self, handler: Any, data: dict[str, Any] | None = None) -> dict[str, Any]:  # noqa: ANN401
        """Who the platform says that it is, in which groups. What else it says of them is not kept."""
        token = data or {}
        found = await super().authenticate(handler, token)
        user = handler.find_user(self.normalize_username(found["name"]))
        before = [group.name for group in user.groups] if user else []
        return {"name": found["name"], "groups": groups_after(before, token)}


def groups_after(before: Iterable[str], token: Mapping[str, Any]) -> list[str]:
    """The groups of somebody after a launch: `token` is the platform's word, which has been verified."""
    course = course_of(token)
    if not course:
        return sorted(before)
    teaches = any(isinstance(role, str) and TEACHES.fullmatch(role) for role in token.get(f"{CLAIM}roles", ()))
    kept = set(before) - {course, course + OF_COURSE}
    return sorted({*kept, course + OF_COURSE if teaches else course})


def course_of(token: Mapping[str, Any]) -> str:
    """The group of a launch's course, "" where it comes from none.

    Its name, and a fingerprint of what the platform knows it by, since two courses may have one name, and since a
    name alone might read as that of another course's teachers.
    """
    context = token.get(f"{CLAIM}context") or {}
    if not context.get("id"):
        return ""
    known = "\n".join(str(one) for one in (token.get("iss"), token.get(f"{CLAIM}deployment_id"), context["id"]))
    named = UNNAMED.sub("-", str(context.get("label") or context.get("title") or "course").lower())
    return f"{named.strip('-')[:LONGEST] or 'course'}-{hashlib.sha256(known.encode()).hexdigest()[:8]}"
