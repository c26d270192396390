"""Lines of a text: those that a width broke, and those that are meant."""

from __future__ import annotations

import re
from bisect import bisect
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BLANK_LINE = re.compile(r"\n(?:[^\S\n]*\n)+")
LONG_LINE = 100  # letters: no typewriter, and few programs, break a paragraph into lines longer than this
NARROW = 40  # letters: the same, where lines begin in the middle of sentences
LEAST_WIDTH = 58  # letters: no program that breaks lines makes them shorter, and few verses are longer
MOST_FIT = 0.75  # of a paragraph's lines are as long as the width lets them be
ROOM = 0.9  # of the width: some programs break a little earlier
SURE = 4  # lines that all fit a width are no chance
SENTENCE = re.compile(r"[.!?…:][\"'”’»)\]*_]*$")
MARKED = re.compile(
    r"(?:[ \t]{4}|\t| {0,3}(?:#{1,6}(?:\s|$)|[-+*](?:\s|$)|\d{1,9}[.)](?:\s|$)"
    r"|[|<]|\[\^[^\]\s]{1,40}\]:|(?:[-=*_][ \t]*){3,}$))"
)
ENTRY = re.compile(r"\s*(?:[-*+•–]|\(?\w{1,4}[.)])\s")
LINE_ENDS = re.compile("[\v\x85\u2028\u2029]")
PAGE_END = re.compile(r"\s*\f\s*(\S?)")
PARAGRAPH_ENDS = str.maketrans({"\v": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n"})
FENCE = re.compile(r" {0,3}(```+|~~~+)")
FENCES = re.compile(FENCE.pattern, re.MULTILINE)
LINE_BLOCK = re.compile(r"(?:^\|(?: .*)?(?:\n|\Z)){2,}", re.MULTILINE)
PARTED = re.compile(r" {0,3}:?-+:?(?: *\| *:?-+:?)+ *")  # the same, without bars at its edges
RULED = re.compile(r"^\|? *:?-+:? *\|", re.MULTILINE)  # the line below the head of a table
QUOTED = re.compile(r"\A {0,3}(?:> ?)+")


def width_of(stanzas: Sequence[Sequence[str]]) -> int:
    """The width at which a program broke the lines of a text; 0 where none did.

    `stanzas`: the lines of each stretch between blank lines.
    """
    several = [lines for lines in stanzas if len(lines) > 1 and not all(map(ENTRY.match, lines))]
    lengths = sorted(len(line) for lines in several for line in lines if len(line) <= LONG_LINE)
    width = lengths[-1 - len(lengths) // 20] if lengths else 0
    if width < (NARROW if _go_on(several) else LEAST_WIDTH):
        return 0
    fits = [fit for lines in several for fit in _fits(lines, width)]
    sure = any(len(lines) >= SURE and all(_fits(lines, width)) for lines in several)
    return width if sure or sum(fits) >= MOST_FIT * len(fits) else 0


def _go_on(stanzas: Sequence[Sequence[str]]) -> bool:
    """Whether most lines behind another begin with a small letter: those of most verses do not."""
    begins = [line.lstrip()[:1] for lines in stanzas for line in lines[1:]]
    return 2 * sum(map(str.islower, begins)) > len(begins)


def are_meant(lines: Sequence[str], width: int) -> bool:
    """Whether the line breaks of a stanza are its author's, and not those of a width."""
    fits = list(_fits(lines, width))
    return len(lines) > 1 and not (width and sum(fits) >= MOST_FIT * len(fits))


def _fits(lines: Sequence[str], width: int) -> Iterator[bool]:
    """For each line but the last, whether the next word would have made it too long."""
    return (
        len(line) + 1 + len(after.split(None, 1)[0]) > ROOM * width for line, after in pairwise(lines) if after.strip()
    )


def as_lines(text: str) -> str:
    """`text` with one sign for the end of a line and two for that of a paragraph, whatever a program wrote there."""
    text = re.sub("\r\n?", "\n", text)
    if "\f" in text:  # a paragraph may go on on the next page
        text = PAGE_END.sub(lambda end: f"\n{end[1]}" if end[1].islower() else f"\n\n{end[1]}", text)
    return text.translate(PARAGRAPH_ENDS) if LINE_ENDS.search(text) else text


def begun_by_indents(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """The paragraphs of broken prose, in which perhaps only the first line of each stands further right."""
    indents = [len(line) - len(line.lstrip()) for line in lines]
    least = min(indents)
    begins = [at for at, indent in enumerate(indents) if at and indent > least]
    if any(after - at == 1 for at, after in pairwise(begins)):  # then a whole stretch stands there
        begins = []
    for start, end in pairwise((0, *begins, len(lines))):
        yield lines[start:end]


def without_line_blocks(markdown: str) -> str:
    """Markdown in which the line blocks of pandoc, each line behind a bar, are verses."""
    fences = [fence.start() for fence in FENCES.finditer(markdown)]
    return LINE_BLOCK.sub(lambda block: block[0] if bisect(fences, block.start()) % 2 else _verse(block), markdown)


def _verse(block: re.Match[str]) -> str:
    lines = [line[2:].rstrip() for line in block[0].rstrip("\n").split("\n")]
    if RULED.search(block[0]) or any(line.endswith("|") for line in lines):
        return block[0]
    stanzas = re.split(r"\n\n+", "\n".join(lines).strip("\n"))
    return "\n\n".join(stanza.replace("\n", "\\\n") for stanza in stanzas) + "\n"


def with_breaks(markdown: str) -> str:
    """Markdown in which the lines of verse end as Markdown's lines do: most people just type them.

    Broken prose, and prose of one sentence a line, stays as it is; so do lists, tables and code.
    """
    parts = re.split(r"(\n(?:[^\S\n]*\n)+)", markdown)
    stanzas = [part.split("\n") for part in parts[::2]]
    width = width_of([[QUOTED.sub("", line) for line in lines] for lines in stanzas])
    fence = ""
    for at, lines in enumerate(stanzas):
        fences = [match[1] for line in lines if (match := FENCE.match(QUOTED.sub("", line)))]
        if not fence and not fences and _is_verse(lines, width):
            parts[2 * at] = "\n".join([*map(_ended, lines[:-1]), lines[-1]])
        for mark in fences:
            fence = mark if not fence else "" if mark.startswith(fence) else fence
    return "".join(parts)


def _is_verse(lines: Sequence[str], width: int) -> bool:
    inner = [QUOTED.sub("", line) for line in lines]
    depths = {match[0].count(">") if (match := QUOTED.match(line)) else 0 for line in lines}
    if (
        len(depths) > 1
        or (len(inner) > 1 and PARTED.fullmatch(inner[1]))
        or any(MARKED.match(line) or not line.strip() for line in inner)
    ):
        return False
    sentences = sum(bool(SENTENCE.search(line.rstrip())) for line in inner[:-1])
    prose = max(map(len, inner)) > LEAST_WIDTH and sentences >= MOST_FIT * (len(inner) - 1)
    return are_meant(inner, width) and not prose and max(map(len, inner)) <= LONG_LINE


def _ended(line: str) -> str:
    return line if line.endswith(("\\", "  ")) else f"{line}\\"
