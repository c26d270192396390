"""The readings of a server: opened once for a state of their files, and shown as they were while they cannot be."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import TYPE_CHECKING

import pytest

from essay_explorer.server import library as of_library
from essay_explorer.server.kept import HTML, Kept
from essay_explorer.server.library import Library, by_name
from essay_explorer.server.parts import Cache

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, text: str) -> Path:
    """A reading with this text, whose file is new however fast the test is."""
    folder.mkdir(exist_ok=True)
    essay = folder / "essay.md"
    before = essay.stat().st_mtime_ns if essay.exists() else 0
    essay.write_text(text, encoding="utf-8")
    os.utime(essay, ns=(before + 10**9, before + 10**9))
    return folder


def test_of_two_folders_that_are_called_alike_the_second_gets_a_number(tmp_path: Path) -> None:
    one, two, three = tmp_path / "a" / "her", tmp_path / "b" / "her", tmp_path / "c" / "her"
    assert by_name([one, two, one, three]) == {"her": one, "her-2": two, "her-3": three}


def test_a_reading_is_opened_once_for_many_who_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    make = of_library._edition
    monkeypatch.setattr(of_library, "_edition", lambda folder, **how: opened.append(folder) or make(folder, **how))
    shelf = Library(lambda: {"mine": write(tmp_path / "mine", "One.")})

    async def ask() -> None:
        mine = shelf.get("mine")
        assert mine
        first = await asyncio.gather(*(mine.now() for _ in range(20)))
        assert len(set(map(id, first))) == 1
        write(tmp_path / "mine", "Two.")
        later = await asyncio.gather(*(mine.now() for _ in range(20)))
        assert first[0] in later  # who need not wait is not kept waiting
        assert (await mine.now()) not in first

    asyncio.run(ask())
    assert len(opened) == 2


def test_a_shelf_has_all_readings_also_right_after_one_was_asked_for(tmp_path: Path) -> None:
    folders = {name: write(tmp_path / name, "One.") for name in ("mine", "yours")}
    shelf = Library(lambda: folders)

    async def ask() -> list[str]:
        shelf.get("mine")
        return list(await shelf.editions())

    assert asyncio.run(ask()) == ["mine", "yours"]


def test_a_picture_in_a_folder_below_that_changes_makes_a_new_edition(tmp_path: Path) -> None:
    folder = write(tmp_path / "mine", "One.\n\n![A lamp](img/lamp.png)\n")
    (folder / "img").mkdir()
    shelf = Library(lambda: {"mine": folder})

    async def version(content: bytes) -> str:
        (folder / "img" / "lamp.png").write_bytes(b"\x89PNG\r\n\x1a\n" + content)
        mine = shelf.get("mine")
        assert mine
        edition = await mine.now()
        assert edition
        return edition.version

    async def versions() -> list[str]:
        return [await version(content) for content in (b"1", b"23", b"")]

    made = asyncio.run(versions())
    assert len(set(made)) == len(made)


def test_a_reading_that_cannot_be_opened_is_left_out_until_it_can(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_library, "FRESH", 0)
    (tmp_path / "broken").mkdir()
    shelf = Library(lambda: {"broken": tmp_path / "broken", "whole": write(tmp_path / "whole", "One.")})

    async def look() -> list[str]:
        return list(await shelf.editions())

    async def twice() -> tuple[list[str], list[str], list[str]]:
        first, again = await look(), await look()
        write(tmp_path / "broken", "Mended.")
        return first, again, await look()

    with caplog.at_level(logging.WARNING):
        assert asyncio.run(twice()) == (["whole"], ["whole"], ["broken", "whole"])
    assert [record.message.startswith("broken cannot be opened: ") for record in caplog.records] == [True]


def test_a_reading_that_comes_or_goes_is_news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_library, "FRESH", 0)
    folders = {"one": write(tmp_path / "one", "One.")}
    shelf = Library(lambda: dict(folders))

    async def told() -> list[list[str]]:
        await shelf.editions()
        heard, last = [], shelf.news.last
        for change in (lambda: folders.update(two=write(tmp_path / "two", "Two.")), lambda: folders.pop("one")):
            change()
            await shelf.editions()
            heard.append([event.kind for event in shelf.news.after(last)])
            last = shelf.news.last
        return heard

    assert asyncio.run(told()) == [["reading"], ["shelf"]]


def test_files_are_taken_when_nobody_writes_them_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_library, "SETTLED", 0.2)
    shelf = Library(lambda: {"mine": write(tmp_path / "mine", "One.")})

    async def written() -> str:
        mine = shelf.get("mine")
        assert mine
        await mine.now()
        write(tmp_path / "mine", "Ha")
        look = asyncio.create_task(mine.now(settled=True))
        await asyncio.sleep(0.1)
        write(tmp_path / "mine", "Half, and whole.")
        edition = await look
        assert edition
        return edition.page.plain.decode()

    assert "Half, and whole." in asyncio.run(written())


def test_what_was_not_asked_for_the_longest_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("essay_explorer.server.parts.ROOM", 100)
    made: list[str] = []

    async def ask(cache: Cache, *names: str) -> None:
        for name in names:
            await cache.get((name,), lambda name=name: made.append(name) or Kept(b"x" * 45, HTML, name))

    async def all_asked() -> None:
        cache = Cache()
        await ask(cache, "a", "b", "a", "c", "a", "b")
        await asyncio.gather(*(ask(cache, "d") for _ in range(9)))

    asyncio.run(all_asked())
    assert made == ["a", "b", "c", "b", "d"]


def test_a_part_that_cannot_be_made_is_tried_again() -> None:
    async def asked() -> str:
        cache, tries = Cache(), []

        def make() -> Kept:
            tries.append(1)
            if len(tries) == 1:
                raise RuntimeError("once")
            return Kept.of("made", HTML)

        with pytest.raises(RuntimeError, match="once"):
            await cache.get(("a",), make)
        return (await cache.get(("a",), make)).plain.decode()

    assert asyncio.run(asked()) == "made"
