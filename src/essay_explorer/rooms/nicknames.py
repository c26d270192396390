"""Names that are handed out to those who bring none: kind ones, none of which says more of anybody than another."""

from __future__ import annotations

import secrets
import unicodedata
from typing import TYPE_CHECKING

from essay_explorer.words import say

if TYPE_CHECKING:
    from collections.abc import Collection


def names() -> tuple[str, ...]:
    """All of them, in the language of who asks; each manner goes with each animal there."""
    manners = say("Bright Calm Cheerful Curious Gentle Happy Kind Merry Mindful Patient Sunny").split()
    animals = say(
        "Badger Beaver Dolphin Falcon Finch Fox Hare Hedgehog Heron Kestrel Lark Lynx "
        "Otter Owl Panda Penguin Puffin Robin Seal Sparrow Squirrel Swallow Swan Wren"
    ).split()
    return tuple(say("{manner} {animal}", manner=manner, animal=animal) for manner in manners for animal in animals)


def nickname(taken: Collection[str]) -> str:
    """A name that nobody has while there is one left. `taken`: by their looks."""
    known = names()
    free = [name for name in known if look_of(name) not in taken]
    return secrets.choice(free or known)


def look_of(name: str) -> str:
    """What two names share that nobody can tell apart: in small letters, without signs that nobody sees."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in plain if unicodedata.category(sign) not in {"Cc", "Cf"})
