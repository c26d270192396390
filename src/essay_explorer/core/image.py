"""An image file of a reading: the bytes of a picture in its essay."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass, field

STARTS = {  # of the files that every browser shows, by their kind
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
}
HEAD = 1024  # bytes that tell an SVG
# What an SVG needs to act or to look elsewhere, wherever it is shown; a drawing needs none of it.
ACTING = re.compile(
    rb"<(?:\w+:)?(?:script|foreignObject|iframe|object|embed|handler|listener|set)\b|[\s\"'/]on\w+\s*=|javascript:|<!ENTITY"
    rb"|\bhref\s*=\s*[\"']?\s*(?!#|data:image/(?:png|jpeg|gif|webp)|[\"'])|@import|attributeName\s*=\s*[\"']?\s*(?:\w+:)?href|<\?xml-stylesheet",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Image:
    """The bytes of a picture; `source` is its address in the essay, `kind` its media type."""

    source: str
    kind: str
    content: bytes = field(repr=False)
    fingerprint: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fingerprint", fingerprint_of(self.content))

    @property
    def base64(self) -> str:
        """Its bytes as letters."""
        return b64encode(self.content).decode()

    @property
    def address(self) -> str:
        """A data address that holds all of it."""
        return f"data:{self.kind};base64,{self.base64}"


def fingerprint_of(content: bytes) -> str:
    """A short hash of the bytes of an image."""
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def kind_of(content: bytes) -> str:
    """The media type of an image file by its first bytes; "" for what browsers do not show."""
    for kind, starts in STARTS.items():
        if content.startswith(starts):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:12] in {b"ftypavif", b"ftypavis"}:
        return "image/avif"
    return "image/svg+xml" if content.lstrip()[:1] == b"<" and b"<svg" in content[:HEAD] else ""


def is_still(content: bytes, kind: str) -> bool:
    """Whether an image of a stranger's only shows something: an SVG may hold programs, which run where it is opened."""
    return kind != "image/svg+xml" or (b"\0" not in content and not ACTING.search(content))
