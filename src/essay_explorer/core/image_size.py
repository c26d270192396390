"""How many points an image has, by its head: the memory that shows it grows with them, not with its bytes."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # of JPEG: the marks before a width and a height
FILL = 0xFF  # of JPEG: what stands before each mark, and may stand there again
LONE = frozenset({0x01, *range(0xD0, 0xD9)})  # of JPEG: marks that no length follows
EXTENT = re.compile(rb"ispe....(....)(....)", re.DOTALL)  # of AVIF


def points_in(content: bytes, kind: str) -> int:
    """Width times height of an image of that media type; 0 for a drawing, and for a head that is cut off."""
    try:
        width, height = _SIZES[kind](content)
    except (KeyError, struct.error):
        return 0
    return width * height


def _jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    while True:
        first, mark = struct.unpack_from(">BB", content, at)
        if first != FILL or mark in {FILL, *LONE}:
            at += 2 if mark in LONE else 1
        elif mark in FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        else:
            at += 2 + max(2, *struct.unpack_from(">H", content, at + 2))


def _webp(content: bytes) -> tuple[int, int]:
    if content[12:16] == b"VP8X":
        low_width, high_width, low_height, high_height = struct.unpack_from("<HBHB", content, 24)
        return (low_width | high_width << 16) + 1, (low_height | high_height << 16) + 1
    if content[12:16] == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", content, 26)
    return width & 0x3FFF, height & 0x3FFF


def _avif(content: bytes) -> tuple[int, int]:
    sizes = [struct.unpack(">II", width + height) for width, height in EXTENT.findall(content)]
    return max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))


_SIZES: dict[str, Callable[[bytes], tuple[int, int]]] = {
    "image/png": lambda content: struct.unpack_from(">II", content, 16),
    "image/gif": lambda content: struct.unpack_from("<HH", content, 6),
    "image/jpeg": _jpeg,
    "image/webp": _webp,
    "image/avif": _avif,
}
