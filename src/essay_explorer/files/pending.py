"""A change of several files that is under way: it is made whole, however often it is interrupted.

The new files lie ready in a folder "change" before any old one is touched. A manifest in it, which
is written last, says which file each is to replace and what that file held; with the manifest, the
change is made. What a killed program leaves is finished by the next one.
"""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.core.fault import Fault, ReadingError, refuse
from essay_explorer.files.whole import WritingError, move, place_of, refuse_to_write, sync, write_file, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

FOLDER, MANIFEST = "change", "manifest"
ABSENT = "-"  # in the place of a digest: there was no such file; in that of a new file: there will be none
LONGEST = 4096  # bytes of a manifest


class _Entry(NamedTuple):
    """A file on its way: where it lies ready, which one it replaces, and the digest of what that held.

    Where nothing ever lies ready, under the name ABSENT, the other is taken away.
    """

    ready: Path
    name: str
    before: str


def stamp_of(folder: Path, kept: str) -> Path | None:
    """The file that is there while a change waits to be finished; none is followed over a link."""
    path = folder / kept / FOLDER / MANIFEST
    linked = any(one.is_symlink() for one in (path, path.parent, path.parent.parent))
    return path if path.is_file() and not linked else None


def prepare(
    folder: Path,
    kept: str,
    new: Mapping[str, bytes | None],
    old: Mapping[str, bytes | None],
    *,
    check: Callable[[], object] = lambda: None,
) -> None:
    """Lay the new files of a reading's folder ready, by name, and decide that they replace the old ones.

    One that is None is taken away.
    `check` is called when they lie ready, and may refuse. Raises OSError, and nothing is changed then.
    """
    change = folder / kept / FOLDER
    _clear(change)
    try:
        change.mkdir()
        numbers = {name: ABSENT if content is None else str(at) for at, (name, content) in enumerate(new.items())}
        for name, content in new.items():
            if content is not None:
                write_file(change / numbers[name], content, like=place_of(folder / name))
        sync(change)
        lines = (f"{_digest(old[name])} {number} {name}\n" for name, number in numbers.items())
        write_whole(change / MANIFEST, "".join(lines), check=check)
    except OSError as error:
        _clear(change)
        refuse_to_write(folder, error)
    except ReadingError:
        _clear(change)
        raise


def waiting(folder: Path, kept: str, names: Collection[str]) -> dict[str, Path]:
    """The files that wait to replace others, by the names of those; empty where no change is under way.

    One that is not there waits to take the other away.
    `names`: those that a change may have. One that meets files which somebody has edited since does
    not count: they stay as they are.
    """
    known = (entry for entry in _entries(folder, kept, names) if entry.ready.is_file() or entry.ready.name == ABSENT)
    found = {entry: _digest_of(folder / entry.name) for entry in known}
    left = {entry: held for entry, held in found.items() if held != _digest_of(entry.ready)}
    edited = any(held != entry.before for entry, held in left.items())
    return {} if edited else {entry.name: entry.ready for entry in left}


def finish(folder: Path, kept: str, names: Collection[str], *, through_links: bool = False) -> bool:
    """Make the change that was decided, and clear away what is left of any; whether there was one to make.

    Raises ReadingError where a file is a link out of the folder, unless `through_links`: a folder from
    elsewhere shall not say what is written there. Raises OSError where a file cannot be written; then
    the rest waits.
    """
    change = folder / kept / FOLDER
    left = waiting(folder, kept, names)
    for name, ready in left.items():
        target = place_of(folder / name)
        if not through_links and not target.is_relative_to(folder.resolve()):
            advice = "Put the file itself in its place, then run this again"
            refuse(Fault(name, f"is a link out of its folder, and a change of it was interrupted. {advice}"))
        _put(ready, target, folder / name)
    _clear(change)
    return bool(left)


def _clear(change: Path) -> None:
    """Take the folder away: first what makes it count."""
    if change.is_symlink():
        change.unlink()
        return
    (change / MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(change, ignore_errors=True)


def _put(ready: Path, target: Path, path: Path) -> None:
    try:
        target.parent.mkdir(exist_ok=True)
        if ready.name == ABSENT:
            target.unlink(missing_ok=True)
            sync(target.parent)
        elif target.parent.stat().st_dev == ready.stat().st_dev:
            move(ready, target)
        else:
            write_whole(target, ready.read_bytes())
            ready.unlink()
    except OSError as error:
        advice = "Close it in other programs. The rest of this change is made when the reading is opened again"
        raise WritingError(error.errno, f"cannot be written: {error.strerror}. {advice}", str(path)) from error


def _entries(folder: Path, kept: str, names: Collection[str]) -> Iterator[_Entry]:
    """What the manifest says; nothing where it says what no change of ours would."""
    path = stamp_of(folder, kept)
    try:
        lines = path.read_bytes()[:LONGEST].decode().splitlines() if path else []
    except (OSError, UnicodeDecodeError):
        return
    for line in lines:
        before, _, rest = line.partition(" ")
        number, _, name = rest.partition(" ")
        ready = folder / kept / FOLDER / number
        if name in names and number in {ABSENT, *map(str, range(len(names)))} and not ready.is_symlink():
            yield _Entry(ready, name, before)


def _digest_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ABSENT


def _digest(content: bytes | None) -> str:
    return ABSENT if content is None else hashlib.sha256(content).hexdigest()
