"""Where a reading is: in one's own library, among those of the project, or in a folder that somebody names."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.fault import ReadingError, instead_of
from essay_explorer.core.reading import FILES

LIBRARY = "ESSAY_EXPLORER_LIBRARY"  # the folder of one's own readings, where it is not the usual one
SEALED = "sealed.json"  # annotations whose text is not here: their reading needs somebody's own copy
ASKED_FOR = "ESSAY_EXPLORER_READING"  # what `essay-explorer read NAME` was asked for: name or folder
DEFAULT = "her"


def bundled(folder: str) -> Path:
    """The folder "data" or "notebooks": inside the installed package, or in the checkout."""
    package = Path(__file__).parents[1]
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


def names_without_essay() -> list[str]:
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
        message = f"{wanted} is a file, not a reading. Make a reading of it with: essay-explorer open {wanted}"
        raise ReadingError(message)
    known = instead_of(wanted, dict.fromkeys([*names(), *own_names()]))
    if Path(wanted).suffix:
        message = f'There is no file "{wanted}" where this runs. Give its whole path, or the name of a reading. {known}'
    else:
        advice = f"Give the path of a folder with {ESSAY} in it, or a name. {known}"
        message = f'There is no reading "{wanted}". {advice}'
    raise ReadingError(message)


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
    own = {name_key(one): one for one in own_names()}
    if name_key(wanted) in own:
        return own_library() / own[name_key(wanted)]
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
    return f"; it is published at {source}" if source else ""


def name_key(name: str) -> str:
    """Equal for names that some file system takes for one."""
    return unicodedata.normalize("NFKC", name).casefold()
