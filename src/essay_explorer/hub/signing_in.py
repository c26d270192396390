"""Signing in by the hub's OAuth: who asks, and what an address needs."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jupyterhub.services import auth
from jupyterhub.services.auth import HubOAuth, HubOAuthCallbackHandler, HubOAuthenticated, UserNotAllowed
from tornado.web import HTTPError

from essay_explorer.hub.account import Account
from essay_explorer.rooms.refusal import RefusalError
from essay_explorer.server.answer import Answer
from essay_explorer.server.kept import JSON
from essay_explorer.server.logs import place_of
from essay_explorer.words import Phrase, speaking

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from essay_explorer.hub.place import HubPlace

FRESH = 5  # seconds for which the hub's word on a cookie holds: so long a signed-out one may be used
NOT_YOURS = Phrase("This is not yours to open. Sign in with the account that it belongs to.")
TOKENS = ("token ", "bearer ")


class SignIn(HubOAuth):  # type: ignore[misc] # JupyterHub tells no types
    """The hub's OAuth, in which any process of the service ends what another has begun.

    What is to be remembered meanwhile travels in the state, which comes back from the hub and must be the one that is
    signed in the browser's cookie.
    """

    def generate_state(self, next_url: str | None = None, **extra: Any) -> str:  # noqa: ANN401 - JupyterHub's signature
        """A state that says where to go on."""
        state = {"id": secrets.token_urlsafe(16), "next_url": next_url, **extra}
        return base64.urlsafe_b64encode(json.dumps(state).encode()).decode()

    def clear_oauth_state(self, state_id: str) -> None:
        """Nothing is kept here."""

    def _decode_state(self, state_id: str, /) -> dict[str, Any]:
        try:
            state = json.loads(base64.urlsafe_b64decode(state_id))
        except ValueError:
            return {}
        if not isinstance(state, dict):
            return {}
        if not is_inside(state.get("next_url"), self.base_url):
            state["next_url"] = None
        if not str(state.get("cookie_name", "")).startswith(self.state_cookie_name):
            state["cookie_name"] = None
        return state


def is_inside(address: object, prefix: str) -> bool:
    """Whether an address is a path under the prefix, and leads to no other host, whatever a browser makes of it."""
    if not isinstance(address, str) or not address.startswith(prefix) or address.startswith("//"):
        return False
    return "\\" not in address and address.isprintable()


def sign_in_at(place: HubPlace) -> SignIn:
    """The OAuth of a place in a hub."""
    return SignIn(
        api_token=place.token,
        api_url=place.api_url,
        base_url=place.prefix,
        hub_prefix=place.hub,
        oauth_client_id=place.client,
        cache_max_age=FRESH,
        access_scopes={f"access:services!service={place.name}", "access:services"},
    )


def cookie_secret(place: HubPlace) -> str:
    """What signs cookies: the same in all processes, and after each start, as long as the service's token is."""
    return hmac.new(place.token.encode(), b"essay-explorer cookies", hashlib.sha256).hexdigest()


class NoNames(logging.Filter):
    """Keeps out of the log what JupyterHub's sign-in says of people; what it says of the hub passes.

    Of a fault only its kind and its place are said: its own words may quote what somebody has sent.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record may be written; of a warning about somebody what it was about."""
        if record.exc_info and (error := record.exc_info[1]):
            record.msg, record.args = f"{record.getMessage()}: {type(error).__name__}{place_of(error)}", None
            record.exc_info = record.exc_text = None
        if record.pathname != auth.__file__ or record.funcName == "_api_request":
            return True
        record.msg, record.args = f"Sign-in by the hub: trouble in {record.funcName}", None
        return record.levelno >= logging.WARNING


class ByHub(HubOAuthenticated, Answer):  # type: ignore[misc] # JupyterHub tells no types
    """A handler that asks the hub who is there."""

    def initialize(self, sign_in: SignIn, **more: Any) -> None:  # noqa: ANN401 - what other handlers need
        """`more`: what the handler behind takes."""
        self.hub_auth = sign_in
        super().initialize(**more)

    @property
    def is_by_token(self) -> bool:
        """Whether a program asks, with a token of the hub's, and not a browser."""
        return bool(self.request.headers.get("Authorization", "").lower().startswith(TOKENS))

    async def signed_in(self) -> Account | None:
        """Who has signed in, by the hub's word; a cookie counts in the browser alone to which it was given."""
        model = await self.hub_auth.get_user(self, sync=False)
        if not model or model.get("kind", "user") != "user":
            return None
        if not self.is_by_token and model.get("session_id") != self.hub_auth.get_session_id(self):
            return None
        try:
            allowed = self.check_hub_user(model)
        except UserNotAllowed:
            return None
        self._hub_auth_user_cache = allowed  # what Tornado calls the current user, so that nobody asks again
        return Account.from_hub(allowed) if allowed else None


class Signed(ByHub):
    """A handler for who has signed in; a browser is led there, everything else is refused."""

    async def prepare(self) -> None:
        """Find out who asks; what a page of another site sends in their name is refused, whatever it knows."""
        if self.request.method not in {"GET", "HEAD"} and self.is_from_elsewhere:
            raise HTTPError(HTTPStatus.FORBIDDEN)
        found = await self.signed_in()
        if found is None:
            if not self._is_page():
                raise HTTPError(HTTPStatus.FORBIDDEN)
            self.redirect(self.get_login_url())
            return
        self.account = found
        if not await self.allows(found):
            raise HTTPError(HTTPStatus.FORBIDDEN)

    async def allows(self, account: Account) -> bool:  # noqa: ARG002 - for others to say
        """Whether they may; for each kind of address to say."""
        return True

    def _is_page(self) -> bool:
        mode = self.request.headers.get("Sec-Fetch-Mode", "navigate")
        return self.request.method == "GET" and mode == "navigate" and "Authorization" not in self.request.headers

    def send_error(self, status_code: int = 500, **more: Any) -> None:  # noqa: ANN401 - Tornado's signature
        """Answer with the status of a refusal."""
        error = _refusal(more)
        super().send_error(error.status if error else status_code, **more)

    def write_error(self, status_code: int, **more: Any) -> None:  # noqa: ANN401 - Tornado's signature
        """Say what is refused, to a program as JSON; or that something belongs to somebody else."""
        if error := _refusal(more):
            with speaking(self.language):
                sentence = error.sentence
            if self.is_by_token:
                self.set_header("Content-Type", JSON)
                self.finish(json.dumps({"error": error.word, "words": sentence}))
            else:
                self.say(status_code, sentence)
        elif status_code == HTTPStatus.FORBIDDEN:
            self.say(status_code, NOT_YOURS)
        else:
            super().write_error(status_code, **more)

    def log_exception(
        self, typ: type[BaseException] | None, value: BaseException | None, tb: TracebackType | None
    ) -> None:
        """A line for a fault, and none for a refusal."""
        if not isinstance(value, RefusalError):
            super().log_exception(typ, value, tb)


def _refusal(more: Mapping[str, Any]) -> RefusalError | None:
    _, error, _ = more.get("exc_info", (None, None, None))
    return error if isinstance(error, RefusalError) else None


class Callback(ByHub, HubOAuthCallbackHandler):  # type: ignore[misc] # JupyterHub tells no types
    """Where the hub sends a browser back to."""

    async def prepare(self) -> None:
        """Know who is there already, without blocking."""
        self._hub_auth_user_cache = await self.hub_auth.get_user(self, sync=False)
