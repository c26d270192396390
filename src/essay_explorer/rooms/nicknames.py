"""Names that are handed out to those who bring none: kind ones, none of which says more of anybody than another."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

MANNERS = ("Bright", "Calm", "Cheerful", "Curious", "Gentle", "Happy", "Kind", "Merry", "Mindful", "Patient", "Sunny")
ANIMALS = (
    *("Badger", "Beaver", "Dolphin", "Falcon", "Finch", "Fox", "Hare", "Hedgehog", "Heron", "Kestrel", "Lark", "Lynx"),
    *("Otter", "Owl", "Panda", "Penguin", "Puffin", "Robin", "Seal", "Sparrow", "Squirrel", "Swallow", "Swan", "Wren"),
)
NAMES = tuple(f"{manner} {animal}" for manner in MANNERS for animal in ANIMALS)


def nickname(taken: Collection[str]) -> str:
    """A name that nobody has while there is one left. `taken`: in small letters."""
    free = [name for name in NAMES if name.casefold() not in taken]
    return secrets.choice(free or NAMES)
