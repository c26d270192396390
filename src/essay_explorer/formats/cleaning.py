"""Cleaning: which blocks of a web page are its essay; trafilatura says so where it is installed."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from importlib.util import find_spec
from typing import TYPE_CHECKING

from essay_explorer.core.fault import shown
from essay_explorer.formats.litter import SHORT, says_litter, without_litter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from essay_explorer.formats.litter import Block

LARGEST = 10_000_000  # letters of a page that trafilatura is asked about
SECONDS = 60
# In a process of its own, as pandoc is: it takes thirty times a page's memory, and some pages may make it slow.
ASK = (
    "import sys, trafilatura as t; page = sys.stdin.buffer.read().decode(errors='replace'); "
    "found = t.extract(page, include_comments=False, include_tables=True, favor_recall=True) or ''; "
    "sys.stdout.buffer.write(found.encode(errors='replace'))"
)
NO_LETTER = re.compile(r"[\W\d_]+")
PIECE = 40  # letters of a block that are looked for at once
SURE = 12  # letters that stand by themselves in what was found, or not at all
FOUND = 0.5  # of a block's letters make it part of the essay
LEAST = 0.2  # of what our own rules keep: what finds less has missed the essay
LITTERED = 3  # pieces that look like menus make a page look like a web page with them
SOURCE = re.compile(r"(?:> )*(?:[—–―-]{1,2}|\*?—) ?\S")  # who said what is quoted above


def cleaned(source: str, blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks of the essay, and those left out.

    Where trafilatura is not installed, or finds next to nothing, our own rules decide.
    """
    own = without_litter(blocks)
    found = _essay_of(source) if len(source) <= LARGEST else ""
    kept = _kept(blocks, found) if found else []
    if sum(block.words for block in kept) < LEAST * sum(block.words for block in own[0]):
        return own
    ids = set(map(id, kept))
    return kept, [block for block in blocks if id(block) not in ids]


def littered(blocks: Sequence[Block]) -> str:
    """A sentence where a page looks like a web page with menus, else ""."""
    _, litter = without_litter(blocks)
    if len(litter) < LITTERED or not any(block.doubt for block in litter):  # then only links make a menu
        litter = [block for block in blocks if block.links and block.words <= SHORT]
    if sum(max(1, block.links) for block in litter) < LITTERED:
        return ""
    seen = ", ".join(shown(block.text.replace("\\\n", " "), 30) for block in litter[:LITTERED])
    return f"This looks like a web page with menus and the like: {seen}. Open it with --clean to leave them out."


def _essay_of(source: str) -> str:
    """What trafilatura takes for the essay of a page; "" where it is not installed or finds none."""
    if not find_spec("trafilatura"):
        return ""
    page = source.encode(errors="replace")
    try:
        command = [sys.executable, "-P", "-c", ASK]  # -P: nothing is imported from where somebody stands
        run = subprocess.run(command, input=page, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - no shell
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return run.stdout.decode(errors="replace") if not run.returncode else ""


def _kept(blocks: Sequence[Block], found: str) -> list[Block]:
    in_order = [_letters(line) for line in found.split("\n")]
    lines, whole = set(in_order), "".join(in_order)
    sure = [
        not (block.is_menu or _says_litter(block)) and _is_found(_letters(block.text), lines, whole) for block in blocks
    ]
    for at, block in enumerate(blocks):
        before, after = blocks[at - 1] if at else None, blocks[at + 1] if at + 1 < len(blocks) else None
        if sure[at] or block.doubt == "certain":
            continue
        quoted = block.text.startswith("> ")
        beside_quote = (quoted and before and before.text.startswith("> ") and sure[at - 1]) or (
            quoted and after and after.text.startswith("> ") and sure[at + 1]
        )
        source = before and sure[at - 1] and before.text.startswith("> ") and SOURCE.match(block.text)
        picture = not block.doubt and _is_figure(block) and _stands_between(at, blocks, sure)
        heading = block.text.startswith("#") and not block.doubt and after and sure[at + 1]
        plain_quote = quoted and not block.doubt and ((before and sure[at - 1]) or (after and sure[at + 1]))
        sure[at] = bool(beside_quote or plain_quote or source or heading or picture)
    heads = [at for at, block in enumerate(blocks) if block.text.startswith("# ")]
    if len(heads) == 1 and any(sure[heads[0] :]) and blocks[heads[0]].doubt != "certain":
        sure[heads[0]] = True
        head = blocks[heads[0]]
        for at, block in enumerate(blocks[: heads[0]] if head.main or head.article else ()):
            sure[at] &= (
                block.main or bool(block.article) or block.words > SHORT
            )  # else it names the site, not the essay
    return [block for block, keep in zip(blocks, sure, strict=True) if keep]


def _says_litter(block: Block) -> bool:
    """Whether its words are those of a menu or a form; those of a heading only where it stands in one."""
    return says_litter(block.text.lstrip("# ") if block.doubt else block.text)


def _is_figure(block: Block) -> bool:
    return block.is_picture or block.caption


def _stands_between(at: int, blocks: Sequence[Block], sure: Sequence[bool]) -> bool:
    """Whether what stands above and below a figure is sure."""
    above = next((one for one in range(at - 1, -1, -1) if not _is_figure(blocks[one])), None)
    below = next((one for one in range(at + 1, len(blocks)) if not _is_figure(blocks[one])), None)
    return above is not None and below is not None and sure[above] and sure[below]


def _is_found(letters: str, lines: set[str], whole: str) -> bool:
    if len(letters) < SURE:
        return letters in lines
    pieces = [letters[at : at + PIECE] for at in range(0, len(letters), PIECE)]
    return sum(len(piece) for piece in pieces if piece in whole) >= FOUND * len(letters)


def _letters(text: str) -> str:
    return NO_LETTER.sub("", unicodedata.normalize("NFKC", text)).casefold()
