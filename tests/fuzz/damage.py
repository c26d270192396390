"""Damage to a file: bytes that change, go, come twice, or are what parsers stumble over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from doors import packed, parts_of

if TYPE_CHECKING:
    from random import Random

STUMBLES = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf0\x9f\x90\x9f", b"\r", b"\x0b", b"\x85", "\u2028".encode(), "\u202e".encode(),
    b"---\n", b"\n---\n", b"```\n", b"> " * 40, b"- " * 40, b"[" * 60, b"](", b"*" * 50, b"`", b"[^1]: ", b"|", b"<", b"</", b"<!--", b"]]>", b"&#0;", b"&#x110000;",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<table>" * 20, b"<sup>", b"<br>" * 50, b"{", b"}", b"\\", b"\\'", b"{\\*", b"\\u-1?",
    b'"', b'""', b"'", b",", b";", b"\t", b"=cmd()", b"@", b"+1", b"null", b"true", b"NaN", b"1e999", b"-1", b"9" * 400, b"[]", b"{}", b'{"a":', b": ", b"- id: ", b"!!python/object:os.system",
    b"&a ", b"*a", b"? ", b"%", b"%s", b"../", b"\x1b[2J", b"a" * 3000, b" " * 3000, b"\n" * 300, "\u0301".encode() * 50, "\ufdfa".encode(), "\u00df".encode(), "\u0130".encode(),
]  # fmt: skip
MOST_CHANGES = 6


def damaged(content: bytes, dice: Random) -> bytes:
    """The same file with a few changes; of an archive, mostly in one of its parts."""
    parts = parts_of(content) if dice.random() < 0.8 else None  # on the outside a checksum finds most
    if parts:
        name = dice.choice(sorted(parts))
        return packed({**parts, name: _changed(parts[name], dice)})
    return _changed(content, dice)


def _changed(content: bytes, dice: Random) -> bytes:
    for _ in range(dice.randint(1, MOST_CHANGES)):
        content = _change(content, dice)
    return content


def _change(content: bytes, dice: Random) -> bytes:
    start, end = sorted(dice.randint(0, len(content)) for _ in range(2))
    end = min(end, start + dice.choice([1, 8, 200, 20_000]))
    before, inside, after = content[:start], content[start:end], content[end:]
    changes = [
        before + bytes([dice.randrange(256)]) + content[start + 1 :],
        before + after,
        before + inside * dice.choice([2, 2, 30]) + after,
        before + dice.choice(STUMBLES) + content[start:],
        before + dice.choice(STUMBLES) + after,
        before,
        content[start:],
        before + after[: len(inside)] + inside + after[len(inside) :],
    ]
    return dice.choice(changes)
