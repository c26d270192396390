"""The codes of rooms and seats, and the secrets behind them."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

# Short nouns that are heard right across a room, spelt as they sound, and kind.
WORDS = tuple(
    """
    ACORN AMBER APPLE APRON ARROW ATLAS BADGE BAGEL BANJO BASIL BEACH BEAN BELL BERRY BIKE BIRCH BOAT BOOK BOOT BOWL
    BREAD BRICK BROOK BROOM BRUSH CABIN CAKE CAMEL CANAL CANOE CARD CEDAR CELLO CHAIR CHALK CHESS CLIFF CLOCK CLOUD
    COAT COCOA COMET CORAL CRANE CREEK CROWN DAISY DELTA DESK DRUM DUNE EAGLE EASEL FABLE FERN FERRY FIELD FLAG FLUTE
    FOREST FOSSIL GARDEN GATE GLOBE GRAPE GUITAR HAZEL HARBOR HONEY HOUSE ISLAND IVY JACKET JUICE KAYAK KETTLE KITE
    KIWI LADDER LAKE LAMP LEMON LILAC LINEN LUNCH MANGO MAPLE MARBLE MEDAL MELON MINT MIRROR MOON MUSEUM NEST NOVEL
    OASIS OCEAN OLIVE ONION ORBIT OTTER PANDA PAPER PEACH PEARL PENCIL PIANO PILLOW PLANET PLUM POND PRISM PUZZLE
    QUILT RADIO RIVER ROBIN ROCKET SADDLE SALAD SCARF SHELF SHELL SILVER SKETCH SLEIGH SPOON SPRING STAMP STONE STORK
    SUGAR SUMMER TABLE TEAPOT TIGER TOAST TRAIN TULIP TUNNEL VALLEY VELVET VIOLIN WAGON WALNUT WATER WHEAT WINDOW
    """.split()  # noqa: SIM905 - a list of two hundred words in quotation marks is a page long
)
PLAIN = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without letters that look like digits
RETURN = 10  # signs: 820 trillion codes of each room, so nobody has to wait because somebody tried wrong ones
TOKEN = 24  # bytes of a secret


def room_code(taken: Collection[str]) -> str:
    """A word that no other room has; with digits behind it where all words are taken."""
    free = [word for word in WORDS if word not in taken]
    if free:
        return secrets.choice(free)
    while (code := f"{secrets.choice(WORDS)}{secrets.randbelow(9000) + 1000}") in taken:
        pass
    return code


def return_code(room: str, is_taken: Callable[[str], bool]) -> str:
    """A code like "LAMP-7KQ-2MX-4RTP", with which a seat is taken on another phone."""
    while is_taken(code := _grouped(room, "".join(secrets.choice(PLAIN) for _ in range(RETURN)))):
        pass
    return code


def return_code_as_typed(room: str, code: str) -> str:
    """A return code in its one spelling, however somebody typed it: "lamp 7kq2mx 4rtp" -> "LAMP-7KQ-2MX-4RTP".

    The room's own word may be left out.
    """
    signs = as_typed(code)
    return _grouped(room, signs if len(signs) == RETURN else signs.removeprefix(room))


def as_typed(code: str) -> str:
    """Letters and digits of a code, in capitals: " lamp" -> "LAMP"."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def _grouped(room: str, signs: str) -> str:
    return f"{room}-{signs[:3]}-{signs[3:6]}-{signs[6:]}"


def secret() -> str:
    """What opens the teacher's side of a room, or the projector's; nobody guesses it."""
    return secrets.token_urlsafe(TOKEN)


def reference() -> str:
    """A name for a reason or a reply that tells nothing of whose it is."""
    return secrets.token_hex(8)


def fingerprint(token: str) -> str:
    """What is kept of a phone's token: enough to know it again."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_same(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
