"""The service's run: rooms for everybody, and behind the hub's sign-in the readings and the rooms of teachers."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.fault import ReadingError
from essay_explorer.hub import home, metrics, shelf
from essay_explorer.hub.signing_in import Callback, NoNames, cookie_secret, sign_in_at
from essay_explorer.library.opening import open_quietly
from essay_explorer.rooms import routes as rooms
from essay_explorer.rooms.lessons import Lessons
from essay_explorer.rooms.limits import USUAL, Terms
from essay_explorer.rooms.store.database import Database
from essay_explorer.server.app import under
from essay_explorer.server.edition import Edition
from essay_explorer.server.library import Library
from essay_explorer.server.listening import bound
from essay_explorer.server.running import Door, Mounted, run
from essay_explorer.server.workers import run_workers

if TYPE_CHECKING:
    from pathlib import Path

    from essay_explorer.hub.place import HubPlace

CODE = "([A-Z0-9]{2,12})"


def serve(  # noqa: PLR0913 - a hub's service has as many sides
    place: HubPlace, store: str, *, readings: Path, workers: int, hosts: tuple[str, ...] = (), terms: Terms = USUAL
) -> None:
    """Serve until the hub ends it. `readings`: a folder with a folder for each reading.

    Raises ReadingError where the store cannot be opened or is not made for so many processes.
    """
    database = Database.opened(store)  # what is wrong with it is told at once; its schema is the newest from here on
    database.close()
    if workers > 1 and database.is_sqlite:
        message = (
            f"{workers} workers need a PostgreSQL: --store postgresql://USER@HOST/DATABASE. A file is for --workers 1"
        )
        raise ReadingError(message)
    for handler in logging.getLogger().handlers:
        handler.addFilter(NoNames())
    door = Door(place.ip, place.port, place.prefix, hosts, proxied=True)
    at = bound(door.ip, door.port)

    def work() -> None:
        async def make() -> Mounted:
            return mounted(
                place,
                Lessons(Database.opened(store), terms=terms),
                Library(lambda: found_in(readings), make=partial(edition, place.hub)),
            )

        run(door, make, at=at)

    if workers > 1:
        with metrics.counting_together():
            run_workers(workers, work, gone=metrics.forget)
    else:
        work()


def mounted(place: HubPlace, lessons: Lessons, library: Library) -> Mounted:
    """What a process of the service serves."""
    sign_in, requests = sign_in_at(place), metrics.Requests()
    lessons.start()
    here: dict[str, Any] = {"lessons": lessons, "library": library, "sign_in": sign_in}
    own = [
        ("", home.Home, here),
        ("open", home.Open, here),
        (f"lead/{CODE}", home.Lead, here),
        (f"seat/{CODE}", home.Seat, here),
        ("oauth_callback", Callback, {"sign_in": sign_in}),
        ("metrics", metrics.Metrics, {"sign_in": sign_in, "requests": requests}),
    ]
    members = (under(place.prefix, rooms.ROOM), home.MembersPage, {"lessons": lessons, "sign_in": sign_in})
    return Mounted(
        [
            *((under(place.prefix, pattern), handler, values) for pattern, handler, values in own),
            *([] if lessons.terms.open_courses else [members]),
            *rooms.routes(lessons, prefix=place.prefix),
            *shelf.routes(library, lessons.database, sign_in, place.prefix),
        ],
        settings={"cookie_secret": cookie_secret(place), "login_url": place.hub, "observe": requests.observe},
        end=lessons.end,
    )


def edition(hub: str, folder: Path) -> Edition:
    """The pages of a reading, with the way to it in one's own JupyterLab. `hub`: the hub's prefix, such as "/hub/"."""
    return Edition.of(open_quietly(folder), lab=f"{hub}user-redirect/essays/{quote(folder.name)}")


def found_in(folder: Path) -> dict[str, Path]:
    """The readings in a folder by name; what begins with "_" or "." is none."""
    found = sorted(path.parent for path in folder.glob(f"*/{ESSAY}"))
    return {path.name: path for path in found if not path.name.startswith(("_", "."))}
