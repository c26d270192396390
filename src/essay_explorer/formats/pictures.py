"""The pictures that a file holds, taken over into a reading as its text names them."""

from __future__ import annotations

import posixpath
import re
from base64 import b64decode
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from essay_explorer.core.image import Image, fingerprint_of, is_still, kind_of
from essay_explorer.core.image_size import points_in
from essay_explorer.files.pictures import ELSEWHERE, MB, MILLION, MOST, MOST_FILES, MOST_IN_ALL, MOST_POINTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Held = Callable[[str, int], bytes | None]

FOLDER = "pictures"  # of a reading, in which those stand that came with a file
SUFFIXES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
    "image/svg+xml": "svg",
}
LEAST = 64  # bytes: a smaller GIF is one empty point, which holds a picture's place until a program brings it
DATA = re.compile(r"data:[^,;]*(?:;[^,;]*)*;base64,", re.IGNORECASE)
SHOWN = re.compile(r"!\[(?:[^][\\]|\\.)*+\]\(([^()]*)\)")  # a picture in Markdown, and its address
LEFT_OUT = "left out"


class Taken(NamedTuple):
    """What became of a picture: its address in the reading, or "" and why; what it shows, where the file says it."""

    source: str
    fate: str = ""
    description: str = ""


def nothing(_name: str, _most: int) -> None:
    """What a file holds that holds no pictures."""


class Pictures:
    """The pictures of a file; `held` gives the bytes of a part by its name, one more than a number at most.

    Their names in the reading are made of their content: no name of a stranger's reaches the disk, and the
    same picture of a revised text is the same file. `descriptions`: what they show, by the names of their parts.
    """

    def __init__(self, held: Held = nothing) -> None:
        self.images: dict[str, Image] = {}
        self.descriptions: Mapping[str, str] = {}
        self._held = held
        self._room, self._points = MOST_IN_ALL, MOST_POINTS
        self._taken: dict[str, Taken] = {}  # by the parts that were looked at, or by addresses that hold all

    def take(self, address: str, place: str = "") -> Taken:
        """Take the picture at an address, as the part `place` of the file writes it."""
        inline = address[:5].lower() == "data:"
        name = address if inline else _part(address, place)
        if name not in self._taken:
            self._taken[name] = self._taken_from((_inline(name) if inline else self._held(name, MOST)) if name else b"")
        return self._taken[name]._replace(description=self.descriptions.get(address, ""))

    def _taken_from(self, content: bytes | None) -> Taken:
        if not content:
            return Taken("", LEFT_OUT)
        kind = kind_of(content)
        if len(content) < LEAST and kind == "image/gif":
            return Taken("", LEFT_OUT)
        if not kind:
            return Taken("", f"{LEFT_OUT}, being no PNG, JPEG, GIF, WebP, AVIF or SVG")
        if not is_still(content, kind):
            return Taken("", f"{LEFT_OUT}, holding more than a picture")
        return self._kept(content, kind)

    def shown_in(self, blocks: Iterable[str]) -> tuple[Image, ...]:
        """Those that stand in some blocks of Markdown."""
        shown = {source for block in blocks for source in SHOWN.findall(block)} if self.images else set()
        return tuple(image for source, image in self.images.items() if source in shown)

    def _kept(self, content: bytes, kind: str) -> Taken:
        source = f"{FOLDER}/{fingerprint_of(content)}.{SUFFIXES[kind]}"
        if source not in self.images:
            if len(content) > MOST:
                return Taken("", f"{LEFT_OUT}, being larger than {MOST // MB} MB")
            if len(content) > self._room:
                return Taken("", f"{LEFT_OUT}, since all of them may have {MOST_IN_ALL // MB} MB")
            if len(self.images) == MOST_FILES:
                return Taken("", f"{LEFT_OUT}, since an essay shows at most {MOST_FILES:,}")
            if (points := points_in(content, kind)) > self._points:
                return Taken("", f"{LEFT_OUT}, since all of them may have {MOST_POINTS // MILLION} million points")
            self._room -= len(content)
            self._points -= points
            self.images[source] = Image(source, kind, content)
        return Taken(source)


def _part(address: str, place: str) -> str:
    """The name of another part of the file, as the part `place` writes it; "" for what leads elsewhere."""
    path = unquote(address.partition("#")[0].partition("?")[0])
    if not path or ELSEWHERE.match(path) or path.startswith("/") or "\\" in path or "\0" in path:
        return ""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(place), path))
    return "" if name.startswith("../") else name


def _inline(address: str) -> bytes:
    """The bytes that an address holds itself; of a picture too large as many as tell that."""
    start = DATA.match(address)
    letters = re.sub(r"\s+", "", unquote(address[start.end() :])) if start else ""
    letters = letters[: (MOST + 3) // 3 * 4 + 4]
    try:
        return b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except ValueError:
        return b""
