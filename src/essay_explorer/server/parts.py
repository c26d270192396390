"""What pages load later: Vega, the charts, and the whole page as one file. Each is made once, by whoever asks first."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from essay_explorer.charts import bundle
from essay_explorer.library.finding import originals_of
from essay_explorer.library.opening import open_quietly
from essay_explorer.library.sealed_sets import sealed_set
from essay_explorer.page import own_copy
from essay_explorer.page.document import whole
from essay_explorer.server import apart
from essay_explorer.server.kept import HTML, JSON, SCRIPT, Kept

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from essay_explorer.core.reading import Reading

ROOM = 32_000_000  # bytes, packed; those that were not asked for the longest go first
AT_ONCE = 2  # processes that make them
log = logging.getLogger("essay_explorer.parts")


class Cache:
    """Keeps parts by what they are, and makes each once, however many ask for it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], Kept] = OrderedDict()
        self._making: dict[tuple[object, ...], asyncio.Task[Kept]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    async def get(self, key: tuple[object, ...], make: Callable[[], Kept]) -> Kept:
        """What is kept under a key, or what `make` makes, in a thread."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._making:
            task = asyncio.create_task(self._make(key, make))
            self._making[key] = task
            task.add_done_callback(lambda _: self._making.pop(key))
        return await asyncio.shield(self._making[key])  # a reader who leaves does not end it for the others

    def kept(self, key: tuple[object, ...]) -> Kept | None:
        """What is kept under a key, if it is."""
        return self._kept.get(key)

    async def _make(self, key: tuple[object, ...], make: Callable[[], Kept]) -> Kept:
        async with self._places:
            kept = await asyncio.to_thread(make)
        self._kept[key] = kept
        while sum(len(one.packed) for one in self._kept.values()) > ROOM and len(self._kept) > 1:
            self._kept.popitem(last=False)
        return kept


def part_of(folder: Path, reading: Reading, name: str, *, faults: bool) -> tuple[bool, Callable[[], Kept]] | None:
    """Whether a part's name tells its content, and what makes it; None for a name that no part has."""
    charts = bundle.charts_name(reading)
    if name == charts:
        return True, lambda: Kept.of(apart.charts_apart(folder, charts), JSON)
    if name == bundle.vega_name():
        return True, lambda: Kept.of(apart.module_apart(), SCRIPT)
    if name == f"{reading.name}.html":
        return False, partial(_whole, folder, reading, faults=faults)
    for original in originals_of(reading.name):
        if name == f"{original}.html":
            return False, partial(_copy_page, original)
    return None


def _copy_page(original: str) -> Kept:
    return Kept.of(own_copy.page(sealed_set(original)), HTML)


def _whole(folder: Path, reading: Reading, *, faults: bool) -> Kept:
    """The page as one file; what it needs of Vega is made by another process, so that this one stays small."""
    apart.module_apart()
    with suppress(RuntimeError):  # the files say another reading by now; this one's charts are made here
        apart.charts_apart(folder, bundle.charts_name(reading))
    return Kept.of(whole(reading, faults=faults), HTML)


async def warm(cache: Cache, folder: Path) -> None:
    """Make what a page that was just sent will ask for."""
    try:
        reading = await asyncio.to_thread(open_quietly, folder)
        for name in (bundle.vega_name(), bundle.charts_name(reading)):
            found = part_of(folder, reading, name, faults=False)
            if found:
                await cache.get((name,), found[1])
    except Exception as error:  # noqa: BLE001 - whoever asks for them is told; the page does without
        log.warning("what the charts of %s need cannot be made: %s", folder.name, error)
