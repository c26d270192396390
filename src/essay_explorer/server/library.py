"""The readings that a server shows, each opened anew when one of its files has changed."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any

from essay_explorer.core.fault import ReadingError
from essay_explorer.files.reading_files import stamps_of
from essay_explorer.library.opening import open_quietly
from essay_explorer.server.edition import Edition
from essay_explorer.server.news import Channel
from essay_explorer.words import speaking, usual

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    Stamps = tuple[tuple[str, int, int], ...]

FAULTS_SHOWN = 50  # in the log, each time that a file changes
FRESH = 1.0  # seconds for which a look at all the readings holds
SETTLED = 0.15  # seconds without a change, after which files are taken for written
MOMENTS = 20  # that are waited for at most, where something never rests
LOOK = 0.5  # seconds between two looks at the files of a reading for whose news somebody waits ...
EACH = 0.02  # ... and so much more for each further one: a look takes a twentieth of a millisecond
log = logging.getLogger("essay_explorer.readings")


class Served:
    """A reading under its name in the address. What could be opened last is shown while its files cannot be."""

    def __init__(
        self, name: str, folder: Path, changed: Callable[[str, Edition], None], make: Callable[[Path], Edition]
    ) -> None:
        self.name, self.folder = name, folder
        self.edition: Edition | None = None
        self._in_others: dict[str, tuple[Edition, Edition]] = {}  # that edition, and the same in other languages
        self.news = Channel(self._present)
        self._changed, self._make = changed, make
        self._stamps: Stamps | None = None
        self._one_at_a_time = asyncio.Lock()

    async def now(self, *, settled: bool = False) -> Edition | None:
        """The edition of its files as they are; None for one that could never be opened.

        `settled`: as they are once nobody writes them, for who is in no hurry.
        """
        if _stamps(self.folder) == self._stamps or (self.edition and self._one_at_a_time.locked()):
            return self.edition  # while a new one is made, readers get the one before
        async with self._one_at_a_time:
            stamps = await self._settled() if settled else _stamps(self.folder)
            if stamps != self._stamps:
                await self._renew()
                self._stamps = stamps
        return self.edition

    async def said(self, language: str) -> Edition | None:
        """As `now`, in a language; each is made when somebody asks for it."""
        edition = await self.now()
        if edition is None or language == usual():
            return edition
        async with self._one_at_a_time:
            of, found = self._in_others.get(language, (None, edition))
            if of is not edition:
                with speaking(language):
                    found = await asyncio.to_thread(self._make, self.folder)
                self._in_others[language] = (edition, found)
        return found

    async def _settled(self) -> Stamps:
        """The state of the files once it has lasted a moment, or after some moments at the latest."""
        stamps = _stamps(self.folder)
        for _ in range(MOMENTS):
            await asyncio.sleep(SETTLED)
            before, stamps = stamps, _stamps(self.folder)
            if before == stamps:
                break
        return stamps

    async def _renew(self) -> None:
        before = self.edition
        try:
            with speaking(usual()):
                self.edition = await asyncio.to_thread(self._make, self.folder)
        except (ReadingError, OSError) as error:
            kept = "; it is shown as it was before" if before else ""
            log.warning("%s cannot be opened%s: %s", self.name, kept, error)
            return
        for fault in self.edition.faults[:FAULTS_SHOWN]:
            log.warning("%s: %s", self.name, fault)
        more = len(self.edition.faults) - FAULTS_SHOWN
        if more > 0:
            log.warning("%s: and %d more. To see all of them: essay-explorer check %s", self.name, more, self.folder)
        if before is None or before.version != self.edition.version:
            for kind, data in self._present():
                self.news.publish(kind, data)
            self._changed(self.name, self.edition)

    def _present(self) -> Iterator[tuple[str, Any]]:
        if self.edition:
            yield "reading", {"name": self.name, "version": self.edition.version}


class Library:
    """The readings that a server shows, by name. `find` gives their folders, which may change while it runs.

    `news`: of all of them, for the shelf. `blind`: whether pages are without what anybody made of the text. `make`:
    what makes the edition of a folder, where it is another one than readers get.
    """

    def __init__(
        self,
        find: Callable[[], Mapping[str, Path]],
        *,
        blind: bool = False,
        make: Callable[[Path], Edition] | None = None,
    ) -> None:
        self.blind = blind
        self.news = Channel(self._present)
        self._find, self._make = find, make or partial(_edition, blind=blind)
        self._served: dict[str, Served] = {}
        self._looked = float("-inf")
        self._opening = asyncio.Lock()
        self._watch: asyncio.Task[None] | None = None

    def get(self, name: str) -> Served | None:
        """The reading of that name, if it is shown."""
        if name not in self._served:
            self._look()
        return self._served.get(name)

    async def editions(self, *, settled: bool = False) -> dict[str, Edition]:
        """Those that can be opened, by name."""
        async with self._opening:  # who comes while they are opened waits for all of them
            looked = self._look()
            for one in list(self._served.values()):
                if looked or one.edition is None:  # one that was only asked for by its name has none yet
                    await one.now(settled=settled)
        return {name: one.edition for name, one in self._served.items() if one.edition}

    def watch(self) -> None:
        """Look at the files of all readings for whose news somebody waits, as long as somebody does."""
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._watching())

    async def _watching(self) -> None:
        while wanted := self._wanted():
            if self.news.heard:
                await self.editions(settled=True)
            for one in wanted:
                await one.now(settled=True)
            await asyncio.sleep(LOOK + EACH * len(wanted))

    def _wanted(self) -> list[Served]:
        return [one for one in self._served.values() if self.news.heard or one.news.heard]

    def _look(self) -> bool:
        """Look which readings there are, unless it was done just now."""
        now = asyncio.get_running_loop().time()
        if now - self._looked < FRESH:
            return False
        self._looked = now
        folders, before = self._find(), self._served
        known = {name: one for name, one in before.items() if folders.get(name) == one.folder}
        self._served = {
            name: known.get(name) or Served(name, path, self._announce, self._make) for name, path in folders.items()
        }
        if self._served.keys() < before.keys():
            self.news.publish("shelf", {})
        return True

    def _announce(self, name: str, edition: Edition) -> None:
        self.news.publish("reading", {"name": name, "version": edition.version})

    def _present(self) -> Iterator[tuple[str, Any]]:
        versions = {name: one.edition.version for name, one in self._served.items() if one.edition}
        yield "readings", versions


def by_name(folders: Iterable[Path]) -> dict[str, Path]:
    """Folders by the names in their addresses; of two that are called alike, the second ends in "-2"."""
    named: dict[str, Path] = {}
    for folder in dict.fromkeys(folders):
        name, number = folder.name or "reading", 1
        while name in named:
            number += 1
            name = f"{folder.name}-{number}"
        named[name] = folder
    return named


def _edition(folder: Path, *, blind: bool) -> Edition:
    return Edition.of(open_quietly(folder), blind=blind)


def _stamps(folder: Path) -> Stamps:
    try:
        return stamps_of(folder)
    except OSError:  # a folder that is gone, or a file that an editor is just replacing
        return ()
