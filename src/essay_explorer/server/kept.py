"""What is sent to many readers: packed once, and known by its content."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Kept:
    """A body as it travels: gzip, its media type, and the tag by which a browser knows that it has it."""

    packed: bytes
    kind: str
    tag: str

    @classmethod
    def of(cls, text: str, kind: str) -> Kept:
        """Pack a text; a novel's page takes a tenth of a second, so not on the server's loop."""
        body = text.encode()
        digest = hashlib.blake2b(body, digest_size=16).hexdigest()
        return cls(gzip.compress(body, 6, mtime=0), kind, f'W/"{digest}"')

    @property
    def plain(self) -> bytes:
        """The body for the few who take no gzip."""
        return gzip.decompress(self.packed)
