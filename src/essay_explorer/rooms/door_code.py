"""The QR code of a room's door, for the wall."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=32)
def door_code(address: str) -> str:
    """An address as a picture of a QR code, black on white, in a `data:` URL."""
    import segno  # noqa: PLC0415 - only for who opens a page with a code

    return str(segno.make(address, micro=False, error="m").svg_data_uri(scale=4, border=3, light="#ffffff"))
