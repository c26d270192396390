"""Where readings are found on disk, and where one's own are kept."""

from __future__ import annotations

import codecs
import json
import os
import re
import secrets
import shutil
import unicodedata
import warnings
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from essay_explorer.essay import FILE as ESSAY
from essay_explorer.fault import Fault, ReadingError, ReadingWarning, counted, instead_of, refuse, shown, summary
from essay_explorer.reading import FILES, Reading

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LIBRARY = "ESSAY_EXPLORER_LIBRARY"  # the folder of one's own readings, where it is not the usual one
RECYCLED = "_recycled"  # no reading's name starts so
KEPT = ".essay-explorer"  # the folder, in a reading's own, of the files as they were at the last update
SEALED = "sealed.json"  # annotations whose text is not here: their reading needs somebody's own copy
NAME = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
LONGEST_NAME = 60  # letters: the recycle folder adds a date and a number, and a file system allows 255 bytes
DEVICES = re.compile(r"con|prn|aux|nul|conin|conout|(?:com|lpt)[0-9]")  # Windows keeps these names for itself
ASKED_FOR = "ESSAY_EXPLORER_READING"  # what `essay-explorer read NAME` was asked for: name or folder
DEFAULT = "her"


def bundled(folder: str) -> Path:
    """The folder "data" or "notebooks": inside the installed package, or in the checkout."""
    package = Path(__file__).parent
    inside = package / folder
    return inside if inside.is_dir() else package.parents[1] / folder


def own_library() -> Path:
    """The folder of one's own readings, which may not be there yet."""
    given = os.environ.get(LIBRARY)
    if given:
        return Path(given).absolute()
    from platformdirs import user_data_path  # noqa: PLC0415 - only for whoever has no library of their own choice

    return user_data_path("essay-explorer", appauthor=False) / "readings"


def names() -> list[str]:
    """The names of the readings that come with the project."""
    return sorted(path.parent.name for path in bundled("data").glob(f"*/{ESSAY}"))


def own_names() -> list[str]:
    """The names of one's own readings."""
    folders = (path.parent.name for path in own_library().glob(f"*/{ESSAY}"))
    return sorted(name for name in folders if not name.startswith(("_", ".")))


def hollow_names() -> list[str]:
    """The folders of one's own library in which no essay is."""
    library = own_library()
    found = [path.name for path in library.iterdir() if path.is_dir()] if library.is_dir() else []
    return sorted(name for name in found if not name.startswith(("_", ".")) and name not in own_names())


def folder_of(name: str | os.PathLike[str] | None = None) -> Path:
    """The folder of a reading.

    `name`: that of a reading of one's own, of one that comes with the project, or the path of a
    folder, looked for in this order; None for the one that `essay-explorer read` was asked for,
    else *Her*. Raises ReadingError when there is none.
    """
    wanted = _wanted(name)
    found = _found(wanted)
    if found:
        return found
    if sealed := unopened(wanted):
        message = (
            f'The text of "{wanted}" does not come with the project{_where(sealed)}. '
            "Open your own copy of it first: essay-explorer open COPY"
        )
        raise ReadingError(message)
    if os.path.isfile(wanted):  # noqa: PTH113 - as below
        message = f"{wanted} is a file and no reading. Make one of it with: essay-explorer open {wanted}"
        raise ReadingError(message)
    known = dict.fromkeys([*names(), *own_names()])
    advice = f"Give the path of a folder with {ESSAY} in it, or a name. {instead_of(wanted, known)}"
    message = f'There is no reading "{wanted}". {advice}'
    raise ReadingError(message)


def folder_to_change(name: str) -> Path:
    """The folder of a reading, as `folder_of` finds it, to write into.

    Raises ReadingError for the name of one that comes with the project; its path may be given.
    """
    folder = folder_of(name)
    if name in names() and folder == bundled("data") / name:
        advice = "Make one of your own with: essay-explorer open FILE"
        message = f'"{name}" comes with the project and stays as it is. {advice}. {_own_ones()}'
        raise ReadingError(message)
    return folder


def unopened_names() -> list[str]:
    """The sealed sets that come with the project whose text is not here yet."""
    return sorted(path.parent.name for path in bundled("data").glob(f"*/{SEALED}") if unopened(path.parent.name))


def unopened(name: str | os.PathLike[str] | None = None) -> Path | None:
    """The sealed annotations of that name that come with the project, where no copy of their text is opened yet."""
    wanted = _wanted(name)
    sealed = {path.parent.name: path for path in bundled("data").glob(f"*/{SEALED}")}
    return None if _found(wanted) else sealed.get(wanted)


def originals_of(name: str) -> list[str]:
    """The sealed texts that come with the project and that a reading retells: "her-review" for "her"."""
    return [f"{name}-review"] if (bundled("data") / f"{name}-review" / SEALED).is_file() else []


def _wanted(name: str | os.PathLike[str] | None) -> str:
    return os.fspath(name or os.environ.get(ASKED_FOR) or DEFAULT)


def _found(wanted: str) -> Path | None:
    own = {_key(one): one for one in own_names()}
    if _key(wanted) in own:
        return own_library() / own[_key(wanted)]
    if wanted in names():
        return bundled("data") / wanted
    path = Path(os.path.expanduser(wanted))  # noqa: PTH111 - Path.expanduser raises for "~nobody"
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        return path.resolve()
    if path.name in FILES and path.is_file():
        return path.parent.resolve()
    return None


def _where(sealed: Path) -> str:
    """Where the text of a sealed set can be had, as the end of a sentence."""
    source = json.loads(sealed.read_text(encoding="utf-8"))["facts"].get("source", "")
    return f"; it can be had at {source}" if source else ""


def name_for(title: str) -> str:
    """A name for a reading, made from a title or a file's name."""
    letters = unicodedata.normalize("NFC", title).lower()
    kept = "".join(letter if letter.isalnum() else " " for letter in letters)
    name = "-".join(kept.split())[:LONGEST_NAME].strip("-")
    return f"essay-{name}" if DEVICES.fullmatch(name) else name or "essay"


def add(name: str, texts: Mapping[str, str]) -> Path:
    """Write a reading of one's own, whole or not at all; the folder that holds it.

    `texts`: its files by name. Where the name is taken, the folder's name ends in "-2", "-3" ...
    Raises ReadingError for a name that not every file system can hold.
    """
    _check_name(name)
    library = own_library()
    library.mkdir(parents=True, exist_ok=True)
    beside = library / f".new-{secrets.token_hex(8)}"
    try:
        (beside / KEPT).mkdir(parents=True)
        for file, text in {**texts, f"{KEPT}/{ESSAY}": texts[ESSAY]}.items():
            with (beside / file).open("x", encoding="utf-8", newline="") as written:
                written.write(text)
                written.flush()
                os.fsync(written.fileno())
        _sync(beside)
        return _moved(beside, library, name)
    except OSError as error:
        raise OSError(error.errno, f"cannot be written: {error.strerror}", str(library / name)) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)  # it is there no more where all went well


def rename(old: str, new: str) -> Path:
    """Give a reading of one's own another name; its new folder."""
    folder = _own_folder(old)
    _check_name(new)
    target = folder.with_name(new)
    if _key(new) in _taken() - {_key(folder.name)} or (target.exists() and not target.samefile(folder)):
        message = f'The name "{new}" is taken. Take another, or remove that reading first'
        raise ReadingError(message)
    return folder.rename(target)


def remove(name: str, *, today: date) -> Path:
    """Move a reading of one's own to the recycle folder of the library; where it is now."""
    folder = _own_folder(name)
    recycled = own_library() / RECYCLED
    recycled.mkdir(exist_ok=True)
    return _moved(folder, recycled, f"{today.isoformat()}-{folder.name}")


def _moved(folder: Path, into: Path, name: str) -> Path:
    """The folder under that name, or the next that is free."""
    taken = _taken() | {_key(path.name) for path in into.iterdir()}
    for number in count(1):
        free = name if number == 1 else f"{name}-{number}"
        if _key(free) in taken:
            continue
        try:
            moved = folder.rename(into / free)
        except OSError:
            if not (into / free).exists():
                raise
        else:
            _sync(into)
            return moved
    raise AssertionError  # numbers do not end


def _sync(folder: Path) -> None:
    """Make sure that a new name in a folder is on the disk; Windows cannot and need not."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _key(name: str) -> str:
    """Equal for names that some file system takes for one."""
    return unicodedata.normalize("NFKC", name).casefold()


def _taken() -> set[str]:
    """What no new reading may be called: the names that exist, whatever the case."""
    return {_key(name) for name in [*names(), *own_names()]}


def _check_name(name: str) -> None:
    if NAME.fullmatch(name) and len(name) <= LONGEST_NAME and not DEVICES.fullmatch(_key(name)):
        return
    expected = (
        f"expected letters, digits and hyphens, at most {LONGEST_NAME}, and no name that Windows keeps for itself"
    )
    message = f'No reading can be called {shown(name)}: {expected}. For example "{name_for(name)}"'
    raise ReadingError(message)


def _own_ones() -> str:
    return f"Your own readings: {', '.join(own_names()) or 'none'}"


def _own_folder(name: str) -> Path:
    own = {_key(one): one for one in own_names()}
    if _key(name) in own:
        return own_library() / own[_key(name)]
    if name in names():
        message = f'"{name}" comes with the project and stays as it is. {_own_ones()}'
        raise ReadingError(message)
    message = f'You have no reading of your own named "{name}". {instead_of(name, own_names())}'
    raise ReadingError(message)


def open_reading(name: str | os.PathLike[str] | None = None) -> Reading:
    """The reading of that name, or in that folder; see `folder_of`.

    Faults of its files are in `Reading.faults`, and a ReadingWarning lists them.
    Raises ReadingError when there is no such reading or its essay has no text.
    """
    folder = folder_of(name)
    reading = _reading(folder, stamps_of(folder))
    if reading.faults:
        count = counted(len(reading.faults), "fault")
        message = f'The reading "{reading.name}" has {count}:\n{summary(reading.faults)}'
        warnings.warn(message, ReadingWarning, stacklevel=2)
    return reading


def open_quietly(name: str | os.PathLike[str] | None = None) -> Reading:
    """The reading of that name without a warning, for whoever tells its faults in another way."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReadingWarning)
        return open_reading(name)


def stamps_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Each file of a reading's folder with the time of its last change and its size."""
    stats = [(path.name, path.stat()) for path in sorted(folder.iterdir()) if path.is_file()]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@lru_cache(maxsize=4)  # a value that nobody changes; a server's kernels share the one it was forked with
def _reading(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> Reading:  # noqa: ARG001 - part of the key
    faults: list[Fault] = []
    texts = {file: text_of(folder, file, faults) for file in FILES}
    found = {file: text for file, text in texts.items() if text is not None}
    return Reading.from_texts(found, name=folder.name, faults=faults)


def text_of(folder: Path, file: str, faults: list[Fault]) -> str | None:
    """The file as text, None where there is none; what is not certain about its letters is a fault."""
    path = folder / file
    if not path.is_file():
        faults.extend(_misnamed(folder, file))
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.append(Fault(file, f"cannot be read: {error.strerror}"))
        return None
    return _decoded(content, file, faults)


def exact_text(path: Path) -> str:
    """A file letter by letter, to be written again. Raises ReadingError where it is not in UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        refuse(Fault(path.name, "not UTF-8, so that it cannot be written back. Save it with the encoding UTF-8"))


def _decoded(content: bytes, file: str, faults: list[Fault]) -> str | None:
    advice = "Save the file again with the encoding UTF-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # what Excel calls Unicode text
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            faults.append(Fault(file, f"is in UTF-16 and damaged. {advice}"))
            return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        faults.append(Fault(file, f"is no text file. {advice}, as plain text"))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        where = f"not UTF-8: byte {content[error.start]:#04x} in line {line}"
        text, how = _despite(content)
        faults.append(Fault(file, f"{where}, {how}. {advice}"))
        return text


def _despite(content: bytes) -> tuple[str, str]:
    """Text that is not UTF-8, and how it was read.

    A letter of UTF-8 among its bytes makes it damaged UTF-8: what is broken shows as U+FFFD. Without
    one, it is what programs on Windows wrote before: nothing of it is lost, but it is a guess.
    """
    text = content.decode("utf-8-sig", errors="replace")
    if not any(letter > "\x7f" and letter != "\ufffd" for letter in text):
        try:
            return content.decode("cp1252"), "read as Windows-1252, which may show wrong letters"
        except UnicodeDecodeError:
            pass
    return text, "shown as \ufffd"


def _misnamed(folder: Path, file: str) -> list[Fault]:
    """A fault where a file of the folder is all but named `file`, e.g. "codebook.yaml"."""
    stem = Path(file).stem
    others = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name.casefold().startswith(stem))
    return [Fault(file, f'is missing. Is it "{others[0]}"? Save that as {file}')] if others else []
