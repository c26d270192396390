"""The readings that a server shows, each opened anew when one of its files has changed."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from essay_explorer.core.fault import ReadingError
from essay_explorer.library.opening import open_quietly, stamps_of
from essay_explorer.server.edition import Edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    Stamps = tuple[tuple[str, int, int], ...]

FAULTS_SHOWN = 50  # in the log, each time that a file changes
FRESH = 1.0  # seconds for which a look at all the readings holds
log = logging.getLogger("essay_explorer.readings")


class Served:
    """A reading under its name in the address. What could be opened last is shown while its files cannot be."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self.edition: Edition | None = None
        self._stamps: Stamps | None = None
        self._one_at_a_time = asyncio.Lock()

    async def now(self) -> Edition | None:
        """The edition of its files as they are; None for one that could never be opened."""
        if _stamps(self.folder) != self._stamps:
            async with self._one_at_a_time:
                stamps = _stamps(self.folder)
                if stamps != self._stamps:
                    self._stamps = stamps
                    await self._renew()
        return self.edition

    async def _renew(self) -> None:
        try:
            self.edition = await asyncio.to_thread(_edition, self.folder)
        except (ReadingError, OSError) as error:
            kept = "; it is shown as it was before" if self.edition else ""
            log.warning("%s cannot be opened%s: %s", self.name, kept, error)
            return
        for fault in self.edition.faults[:FAULTS_SHOWN]:
            log.warning("%s: %s", self.name, fault)
        more = len(self.edition.faults) - FAULTS_SHOWN
        if more > 0:
            log.warning("%s: and %d more. All of them: essay-explorer check %s", self.name, more, self.folder)


class Library:
    """The readings that a server shows, by name. `find` gives their folders, which may change while it runs."""

    def __init__(self, find: Callable[[], Mapping[str, Path]]) -> None:
        self._find = find
        self._served: dict[str, Served] = {}
        self._looked = float("-inf")
        self.look()

    def look(self) -> list[Served]:
        """All readings, in the order of `find`."""
        folders = self._find()
        known = {name: one for name, one in self._served.items() if folders.get(name) == one.folder}
        self._served = {name: known.get(name) or Served(name, folder) for name, folder in folders.items()}
        return list(self._served.values())

    def get(self, name: str) -> Served | None:
        """The reading of that name, if it is shown."""
        if name not in self._served:
            self._look_again()
        return self._served.get(name)

    async def editions(self) -> dict[str, Edition]:
        """Those that can be opened, by name."""
        if self._look_again():
            for one in list(self._served.values()):
                await one.now()
        return {name: one.edition for name, one in self._served.items() if one.edition}

    def _look_again(self) -> bool:
        now = asyncio.get_running_loop().time()
        if now - self._looked < FRESH:
            return False
        self._looked = now
        self.look()
        return True


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


def _edition(folder: Path) -> Edition:
    return Edition.of(open_quietly(folder))


def _stamps(folder: Path) -> Stamps:
    try:
        return stamps_of(folder)
    except OSError:  # a folder that is gone, or a file that an editor is just replacing
        return ()
