"""The page of a notebook in the reader's language, while the notebook changes."""

from __future__ import annotations

import asyncio
import threading
import urllib.request
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from essay_explorer.server.notebooks import Dashboard
from essay_explorer.words import speaking
from servers import dashboard

if TYPE_CHECKING:
    from pathlib import Path


def test_a_page_that_is_said_while_another_takes_its_place_is_not_kept_for_that_one() -> None:
    begun, may_end = threading.Event(), threading.Event()

    def old_again() -> Any:
        begun.set()
        assert may_end.wait(10)
        return a_page("old in German")

    def a_page(text: str, **more: Any) -> Any:
        head = "<style>\np { margin: 0 }\n</style>\n<script>let y;</script>"
        script = '<script type="text/plain" id="essay-explorer-modules">\nlet x;\n</script>'
        return SimpleNamespace(html=f"{text}{head}{script}", **more)

    old, new = a_page("old", again=old_again), a_page("new", again=lambda: a_page("new in German"))
    board: Any = SimpleNamespace(_said_of=None, _said={}, scripts={})

    async def said(page: Any) -> str:
        with speaking("de"):
            return (await Dashboard.said(board, page)).page.partition("<")[0]

    async def both() -> tuple[str, str, str]:
        first = asyncio.create_task(said(old))
        await asyncio.to_thread(begun.wait, 10)
        second = await said(new)
        may_end.set()
        return await first, second, await said(new)

    assert asyncio.run(both()) == ("old in German", "new in German", "new in German")


def test_whoever_asks_first_for_a_part_of_a_changed_notebook_chooses_no_language_for_others(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"

    def write(title: str) -> None:
        source = f"# {title}\nfrom essay_explorer import Explorer, open_reading\nExplorer(open_reading('her'))"
        nbformat.write(new_notebook(cells=[new_code_cell(source)]), path)

    def asked(address: str, language: str) -> str:
        request = urllib.request.Request(address, headers={"Accept-Language": language})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read().decode()

    write("one")
    with dashboard(str(path)) as server:
        assert '<html lang="en">' in asked(server.url, "en")
        write("another")
        asked(f"{server.url}essay-explorer/her.html", "de")
        assert '<html lang="en">' in asked(server.url, "en")
        assert '<html lang="de">' in asked(server.url, "de")
