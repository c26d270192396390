"""A reading that comes back whole: the folder of its files, an archive of that, or a page that was exported."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.reading import FILES
from essay_explorer.files.plain_json import plain_json
from essay_explorer.files.reading_files import texts_in
from essay_explorer.formats.archive import text_parts
from essay_explorer.library.opening import open_quietly

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.reading import Reading

PLACE = "essay-explorer-files"  # the id of the element of a page that holds the files of its reading, by name
EMBEDDED = re.compile(rb'<script type="application/json" id="essay-explorer-files">(.*?)</script>', re.DOTALL)
PICTURES = r"\.(?:png|jpe?g|gif|webp|avif|svg)"
PACKED = re.compile(rf"(?:^|/)(?:{'|'.join(map(re.escape, FILES))})$|{PICTURES}$", re.IGNORECASE)


def in_folder(folder: Path) -> tuple[Reading, dict[str, str]]:
    """The reading in a folder, and the texts of its files by name. Raises ReadingError where it has no essay."""
    return open_quietly(folder), texts_in(folder)[0]


def in_file(content: bytes, file: str) -> tuple[Reading, dict[str, str]] | None:
    """The reading in an archive or an exported page, and the texts of its files; None where it holds none."""
    parts = _packed(content, file) if content.startswith(b"PK") else _embedded(content, file)
    if not parts:
        return None
    with tempfile.TemporaryDirectory(prefix="essay-explorer-") as place:
        folder = Path(place, PurePosixPath(file).stem or "reading")
        for name, part in parts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(part)
        return in_folder(folder)


def _packed(content: bytes, file: str) -> dict[str, bytes]:
    """The files in an archive, of the folder in it that has an essay; nothing of what leads out of that."""
    parts = text_parts(content, file, PACKED)
    paths = {PurePosixPath(name): part for name, part in parts.items() if ".." not in PurePosixPath(name).parts}
    folders = sorted((path.parent for path in paths if path.name == ESSAY), key=lambda folder: len(folder.parts))
    if not folders:
        return {}
    top = folders[0]
    return {str(path.relative_to(top)): part for path, part in paths.items() if path.is_relative_to(top)}


def _embedded(content: bytes, file: str) -> dict[str, bytes]:
    found = EMBEDDED.search(content)
    held = plain_json(found[1], file) if found else {}
    files: Mapping[str, object] = held if isinstance(held, dict) else {}
    texts = {name: text for name, text in files.items() if name in FILES and isinstance(text, str)}
    return {name: text.encode(errors="replace") for name, text in texts.items()} if ESSAY in texts else {}
