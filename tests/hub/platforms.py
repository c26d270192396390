"""A learning platform for the tests: it knows its people and courses, signs what it says, and launches as they do."""

from __future__ import annotations

import html
import http.server
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from essay_explorer.cli.hub import RECIPES
from essay_explorer.hub.platform import CLAIM
from hubs import PREFIX, hub

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hubs import Hub

CLIENT, KEY = "essays-at-the-platform", "key-1"
ROLES = "http://purl.imsglobal.org/vocab/lis/v2/membership"
TEACHER, STUDENT = f"{ROLES}#Instructor", f"{ROLES}#Learner"
FILM = {"id": "17", "label": "Film 101", "title": "Film and fear"}
POETRY = {"id": "18", "label": "Poetry"}
NAMED = {"teacher": TEACHER, "student": STUDENT}


@dataclass
class Platform:
    """A learning platform, with the key by which it signs."""

    url: str
    tool: str = ""  # where a hub begins a launch
    secret: Any = field(default_factory=lambda: rsa.generate_private_key(public_exponent=65_537, key_size=2048))

    def keys(self) -> str:
        shown = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.secret.public_key()))
        return json.dumps({"keys": [{**shown, "kid": KEY, "alg": "RS256", "use": "sig"}]})

    def says(self, nonce: str, person: str, role: str, course: dict[str, str]) -> dict[str, Any]:
        """What the platform says of a launch."""
        now = int(time.time())
        return {
            "iss": self.url,
            "aud": CLIENT,
            "sub": person,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            f"{CLAIM}version": "1.3.0",
            f"{CLAIM}message_type": "LtiResourceLinkRequest",
            f"{CLAIM}deployment_id": "1",
            f"{CLAIM}target_link_uri": "https://hub.example/services/essays/",
            f"{CLAIM}resource_link": {"id": "link-1"},
            f"{CLAIM}roles": [role],
            f"{CLAIM}context": course,
        }

    def signed(self, said: dict[str, Any], secret: Any = None) -> str:
        """What it says as the token that it sends."""
        return jwt.encode(said, secret or self.secret, "RS256", {"kid": KEY})

    def page(self, path: str, asked: dict[str, str]) -> str:
        """A page as a browser sees it. A course's shows the tool in a frame, or opens it in a window; `as` says for whom."""
        launch = f"/launch?as={asked.get('as', '')}"
        if path == "/frame":
            return f'<h1>Film 101</h1><iframe name="tool" src="{launch}" width="600" height="400"></iframe>'
        if path == "/window":
            return f'<h1>Film 101</h1><a href="{launch}" target="_blank">The essays</a>'
        if path == "/launch":
            about = {"iss": self.url, "login_hint": asked["as"], "client_id": CLIENT, "lti_message_hint": "link-1"}
            return _sending(self.tool, {**about, "target_link_uri": self.tool.replace("hub/lti13/oauth_login", PREFIX)})
        assert (path, asked["lti_message_hint"]) == ("/authorize", "link-1")
        said = self.says(asked["nonce"], asked["login_hint"], NAMED[asked["login_hint"]], FILM)
        return _sending(asked["redirect_uri"], {"id_token": self.signed(said), "state": asked["state"]})


def _sending(address: str, values: dict[str, str]) -> str:
    """A page that sends a form by itself."""
    fields = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in values.items()
    )
    return f'<form method="post" action="{html.escape(address)}">{fields}</form><script>document.forms[0].submit()</script>'


@contextmanager
def platform(host: str = "127.0.0.1") -> Iterator[Platform]:
    """A platform that answers. `host`: what browsers call it, by which they tell sites apart."""

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/favicon.ico":
                self.send_error(404)
                return
            is_page = asked.path != "/keys"
            body = made.page(asked.path, dict(parse_qsl(asked.query))) if is_page else made.keys()
            self.send_response(200)
            self.send_header("Content-Type", "text/html" if is_page else "application/json")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        made = Platform(f"http://{host}:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield made
        server.shutdown()


@contextmanager
def hub_of(school: Platform, folder: Path) -> Iterator[Hub]:
    """A hub whose sign-in is the platform's, by the recipe."""
    recipe = f"load_subconfig({str(RECIPES / 'platform.py')!r})\nc.JupyterHub.load_groups = {{}}\n"
    names = {
        "LTI_ISSUER": school.url,
        "LTI_AUTHORIZE": f"{school.url}/authorize",
        "LTI_KEYS": f"{school.url}/keys",
        "LTI_CLIENT": CLIENT,
    }
    with hub(folder, workers=1, more=recipe, **names) as running:
        school.tool = f"{running.url}hub/lti13/oauth_login"
        yield running
