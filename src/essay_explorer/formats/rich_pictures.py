"""The pictures that stand in rich text, as figures or as bytes."""

from __future__ import annotations

import hashlib
import re

KINDS = {"pngblip": "png", "jpegblip": "jpg"}
DESCRIPTION = "wzDescription"


class RichPicture:
    """A picture that is open."""

    def __init__(self) -> None:
        self._kind = ""
        self._figures: list[str] = []
        self._bytes = b""
        self._said: dict[str, list[str]] = {"sn": [], "sv": []}  # the name and the value of what is said last of it
        self.description = ""

    def word(self, name: str) -> None:
        """A word of it: what kind of picture it is, for one."""
        self._kind = KINDS.get(name, self._kind)

    def text(self, group: str, words: str) -> None:
        """Its figures, or what a group in it says."""
        if group == "pict":
            self._figures.append(words)
        elif group in self._said:
            self._said[group].append(words)

    def hold(self, content: bytes) -> None:
        """Its bytes, where they are no figures."""
        self._bytes += content

    def end_group(self, group: str) -> None:
        """A group in it ends."""
        if group == "sp":
            name, value = ("".join(self._said[one]).strip() for one in ("sn", "sv"))
            self.description = value if name == DESCRIPTION else self.description
            self._said = {"sn": [], "sv": []}

    def taken(self, pictures: dict[str, bytes], descriptions: dict[str, str]) -> bytes:
        """How pandoc is to read it, and by which name it is kept then; b"" where no page shows such a picture."""
        figures = re.sub(r"[^0-9a-fA-F]", "", "".join(self._figures))
        content = self._bytes or bytes.fromhex(figures[: len(figures) // 2 * 2])
        if not self._kind or not content:
            return b""
        name = f"{hashlib.sha1(content, usedforsecurity=False).hexdigest()}.{self._kind}"
        pictures[name] = content
        descriptions.setdefault(name, self.description)
        return b"{\\pict\\%sblip %s}" % ({"png": b"png", "jpg": b"jpeg"}[self._kind], content.hex().encode())
