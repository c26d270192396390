"""Where a launch from a learning platform begins, in a window or in a frame of the platform's page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ltiauthenticator.lti13.handlers import LTI13LoginInitHandler

from essay_explorer.templating import environment
from essay_explorer.words import chosen, speaking

TEMPLATES = Path(__file__).parent / "templates"
FRAMES = {"iframe", "frame", "object", "embed"}  # by what browsers say in Sec-Fetch-Dest
# Whichever page the frame stands in: a launch may begin anywhere, and who shows a platform's tools is not known here.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


class Launch(LTI13LoginInitHandler):  # type: ignore[misc] # tells no types
    """The login of LTI, which a platform asks for in the browser of who launches.

    In a frame of another site browsers neither send the hub's cookies nor keep new ones, so that nobody could be
    signed in there: a frame shows a button that begins the same launch in a window.
    """

    def post(self) -> None:
        """On to the platform, or the way out of a frame."""
        if self.request.headers.get("Sec-Fetch-Dest") in FRAMES:
            self._show_way_out()
        else:
            super().post()

    get = post

    def _show_way_out(self) -> None:
        asked = {name: self.get_argument(name) for name in self.request.arguments}
        self.set_header("Content-Security-Policy", POLICY)
        self.set_header("Cache-Control", "no-store")
        with speaking(chosen(self.request.headers.get("Accept-Language", ""))):
            address = self.request.path
            self.finish(environment(TEMPLATES).get_template("launch.html.j2").render(asked=asked, address=address))

    def _set_oauth_cookie(self, key: str, value: Any) -> None:  # noqa: ANN401 - ltiauthenticator's signature
        """Keep what a launch began with until the platform answers, by a form that its page sends.

        With a form of another site browsers send only the cookies that are made for that, and those over HTTPS.
        """
        secure = self.authenticator.get_uri_scheme(self.request) == "https"
        sent = {"samesite": "None", "secure": True} if secure else {}
        self._set_cookie(key, value, expires_days=1, httponly=True, encrypted=True, **sent)
