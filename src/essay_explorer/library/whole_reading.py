"""A reading that comes back whole: the folder of its files, an archive of that, or a page that was exported."""

from __future__ import annotations

import re
import tempfile
from base64 import b64decode
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.fault import shown
from essay_explorer.core.image import fingerprint_of
from essay_explorer.core.reading import FILES
from essay_explorer.files.plain_json import plain_json
from essay_explorer.files.reading_files import texts_in
from essay_explorer.formats.archive import text_parts, unpacking
from essay_explorer.formats.refusing import refuse_file
from essay_explorer.library.opening import open_quietly

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from essay_explorer.core.image import Image
    from essay_explorer.core.reading import Reading

PLACE = "essay-explorer-files"  # the id of the element of a page that holds the files of its reading, by name
SHOWN_PAGE = b'<script type="application/json" id="essay-explorer-state">'  # what every page of ours has
WITHOUT_FILES = (
    "is a page that shows a reading and does not hold its files. Ask for the page that this writes, "
    "or write it where the reading is: essay-explorer export NAME --to NAME.html"
)
OPENS, ENDS = f'<script type="application/json" id="{PLACE}">'.encode(), b"</script>"
SHOWN = re.compile(rb"data:image/[a-z+]+;base64,([A-Za-z0-9+/]+={0,2})")  # the bytes of a picture of the page
FOLDERS_SHOWN = 5
PICTURES = r"\.(?:png|jpe?g|gif|webp|avif|svg)"
PACKED = re.compile(rf"(?:^|/)(?:{'|'.join(map(re.escape, FILES))})$|{PICTURES}$", re.IGNORECASE)


def in_folder(folder: Path) -> tuple[Reading, dict[str, str]]:
    """The reading in a folder, and the texts of its files by name. Raises ReadingError where it has no essay."""
    return open_quietly(folder), texts_in(folder)[0]


def in_file(content: bytes, file: str) -> tuple[Reading, dict[str, str]] | None:
    """The reading in an archive or an exported page, and the texts of its files; None where it holds none.

    Raises ReadingError for another page of ours: it shows a reading, and not all of it stands there as text.
    """
    parts = _packed(content, file) if content.startswith(b"PK") else _embedded(content, file)
    if not parts and SHOWN_PAGE in content:
        refuse_file(file, WITHOUT_FILES)
    if not parts:
        return None
    with tempfile.TemporaryDirectory(prefix="essay-explorer-") as place:
        folder = Path(place, PurePosixPath(file).stem or "reading")
        with unpacking(file):  # names that no folder can have, or two things of one name
            for name, part in parts.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(part)
        return in_folder(folder)


def _packed(content: bytes, file: str) -> dict[str, bytes]:
    """The files in an archive, of the folder in it that has an essay; nothing of what leads out of that."""
    parts = text_parts(content, file, PACKED)
    paths = {PurePosixPath(name): part for name, part in parts.items() if not _leads_out(name)}
    folders = sorted((path.parent for path in paths if path.name == ESSAY), key=lambda folder: len(folder.parts))
    if not folders:
        return {}
    top = folders[0]
    others = [str(folder) for folder in folders if not folder.is_relative_to(top)]
    if others:
        names = ", ".join(map(shown, [str(top), *others][:FOLDERS_SHOWN]))
        refuse_file(file, f"holds {1 + len(others)} readings: {names}. Unpack it, and open the folder of one")
    return {str(path.relative_to(top)): part for path, part in paths.items() if path.is_relative_to(top)}


def embedded(texts: Mapping[str, str], images: Iterable[Image]) -> dict[str, dict[str, str]]:
    """What a page carries so that its reading comes back: the element's id, and the files in it by name.

    An image, which the page shows anyway, is named with its fingerprint.
    """
    return {PLACE: {**{image.source: image.fingerprint for image in images}, **texts}}


def _leads_out(name: str) -> bool:
    """Whether a file of that name could stand outside a folder, on any machine."""
    return name.startswith("/") or ".." in PurePosixPath(name).parts or "\\" in name or ":" in name


def _embedded(content: bytes, file: str) -> dict[str, bytes]:
    written, ends, _ = content.partition(OPENS)[2].partition(ENDS)
    held = plain_json(written, file) if ends else {}
    files: Mapping[str, object] = held if isinstance(held, dict) else {}
    texts = {name: text for name, text in files.items() if name in FILES and isinstance(text, str)}
    if ESSAY not in texts:
        return {}
    return _images(content, files) | {name: text.encode(errors="replace") for name, text in texts.items()}


def _images(content: bytes, files: Mapping[str, object]) -> dict[str, bytes]:
    """The pictures of the page that a file's name is known for; none that would lead out of a folder."""
    names = [name for name in files if re.search(f"{PICTURES}$", name, re.IGNORECASE) and not _leads_out(name)]
    if not names:
        return {}
    seen = [b64decode(data[: len(data) // 4 * 4]) for data in SHOWN.findall(content)]
    known = {fingerprint_of(image): image for image in seen}
    return {name: known[sign] for name in names if isinstance(sign := files[name], str) and sign in known}
