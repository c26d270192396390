"""The points of an image, read from its head without unpacking it."""

from __future__ import annotations

import struct

import pytest

from essay_explorer.core.image_size import points_in

RIFF = b"RIFF\0\0\0\0WEBP"
JPEG = b"\xff\xd8\xff\xe0\0\4xx\xff\xd0\xff\xff"  # a head, a mark without a length, and a mark that is filled up
FRAME = struct.pack(">BBHBHH", 0xFF, 0xC2, 11, 8, 7, 5)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 5, 7)),
        ("gif", b"GIF89a" + struct.pack("<HH", 5, 7)),
        ("jpeg", JPEG[:-1] + FRAME),
        ("webp", RIFF + b"VP8X" + bytes(8) + struct.pack("<HBHB", 4, 0, 6, 0)),
        ("webp", RIFF + b"VP8L" + bytes(5) + struct.pack("<I", 4 | 6 << 14)),
        ("webp", RIFF + b"VP8 " + bytes(10) + struct.pack("<HH", 5, 7 | 1 << 14)),
        ("avif", b"ispe" + bytes(4) + struct.pack(">II", 1, 2) + b"ispe" + bytes(4) + struct.pack(">II", 5, 7)),
    ],
)
def test_width_and_height_stand_in_the_head(kind: str, content: bytes) -> None:
    assert points_in(content, f"image/{kind}") == 35


@pytest.mark.parametrize("kind", ["png", "gif", "jpeg", "webp", "avif", "svg+xml"])
@pytest.mark.parametrize("content", [b"", b"\xff\xd8", JPEG[:9], RIFF[:9], b"ispe"], ids=str)
def test_a_head_that_is_cut_off_has_none(kind: str, content: bytes) -> None:
    assert points_in(content, f"image/{kind}") == 0
    assert points_in(JPEG, "image/jpeg") == 0
