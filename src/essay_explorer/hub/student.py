"""In a student's own server: the notebook of a reading of the hub's service, brought there when it is first opened.

An extension of Jupyter Server, which a hub's config switches on: see the recipes.
"""

from __future__ import annotations

import asyncio
import json
import os
from http import HTTPStatus
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated

from essay_explorer.files.whole import write_whole
from essay_explorer.library.notebooks import write_students_notebook
from essay_explorer.rooms.seat import PATIENCE, SERVICE, TOKEN
from essay_explorer.words import Phrase, chosen, speaking

if TYPE_CHECKING:
    from collections.abc import Mapping

AWAY = Phrase("The readings of the hub do not answer, or this one is closed. Try again in a moment")
NAME = r"([^/.][^/]*)"


class Bring(JupyterHandler):
    """The way to a reading's notebook."""

    @authenticated
    async def get(self, name: str) -> None:
        """On to it in JupyterLab; what is there already stays as the student has left it."""
        if name != Path(name).name:  # an address may hide a "/"
            raise HTTPError(404)
        try:
            notebook = await asyncio.to_thread(brought, name, Path(self.settings["server_root_dir"]), os.environ)
        except URLError:
            with speaking(chosen(self.request.headers.get("Accept-Language", ""))):
                raise HTTPError(HTTPStatus.BAD_GATEWAY, AWAY.said()) from None
        self.redirect(url_path_join(self.base_url, "lab/tree", quote(notebook)))


def brought(name: str, home: Path, environ: Mapping[str, str]) -> str:
    """The notebook of a reading under a folder, with the reading beside it. Raises URLError where there is none."""
    home = home.expanduser()
    folder, notebook = home / "readings" / name, home / "readings" / f"{name}.ipynb"
    if not folder.exists():
        address = f"{environ[SERVICE]}reading/{quote(name)}/files"
        asked = Request(address, headers={"Authorization": f"token {environ[TOKEN]}"})  # noqa: S310 - the hub's own
        with urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310 - as above
            files = json.load(answer)
        folder.parent.mkdir(exist_ok=True)
        beside = Path(mkdtemp(prefix=f".{name}-", dir=folder.parent))
        for file, text in files.items():
            write_whole(beside / Path(file).name, text)
        beside.rename(folder)  # all of it, or nothing
    if not notebook.exists():
        write_students_notebook(str(folder), notebook)
    return notebook.relative_to(home).as_posix()


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:  # noqa: ANN401 - Jupyter's application
    address = url_path_join(server.web_app.settings["base_url"], "essays", NAME)
    server.web_app.add_handlers(".*$", [(address, Bring)])
