"""Where in a hub this service is: what the hub, or whoever starts the service, says in the environment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlparse

from essay_explorer.core.fault import ReadingError

if TYPE_CHECKING:
    from collections.abc import Mapping

NEEDED = ("JUPYTERHUB_API_TOKEN", "JUPYTERHUB_API_URL", "JUPYTERHUB_SERVICE_NAME")
DEFAULT_PORT = 10_101


@dataclass(frozen=True, slots=True)
class HubPlace:
    """A service as its hub knows it.

    `prefix`: of all its addresses, from "/" to "/". `hub`: the same of the hub itself, such as "/hub/". `api_url`:
    where the hub answers to services. `token`: the service's own; with it cookies are signed as well.
    """

    name: str
    prefix: str
    hub: str
    api_url: str
    token: str
    client: str
    ip: str
    port: int

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> HubPlace:
        """The place that the variables name. Raises ReadingError where one is missing that nobody can guess."""
        missing = [name for name in NEEDED if not environ.get(name)]
        if missing:
            names = ", ".join(missing)
            message = (
                f"serve is a service of a JupyterHub and needs {names}: a hub sets them for a service that it starts, "
                "for another one they are set as the hub's config says. For a config: essay-explorer hub init. "
                "Without a hub: essay-explorer class"
            )
            raise ReadingError(message)
        token, api_url, name = (environ[one] for one in NEEDED)
        base = environ.get("JUPYTERHUB_BASE_URL", "/")
        own = urlparse(environ.get("JUPYTERHUB_SERVICE_URL", ""))
        return cls(
            name=name,
            prefix=_prefix(environ.get("JUPYTERHUB_SERVICE_PREFIX") or f"{base}services/{name}/"),
            hub=f"{_prefix(base)}hub/",
            api_url=api_url,
            token=token,
            client=environ.get("JUPYTERHUB_CLIENT_ID") or f"service-{name}",
            ip=own.hostname or "127.0.0.1",
            port=own.port or DEFAULT_PORT,
        )


def _prefix(words: str) -> str:
    inside = words.strip("/")
    return f"/{inside}/" if inside else "/"
