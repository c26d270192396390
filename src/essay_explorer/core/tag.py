"""What passages are marked with: tags, and the facets that are families of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain, cycle, product
from string import ascii_uppercase
from typing import TYPE_CHECKING

from essay_explorer.core import kinds, meant
from essay_explorer.core.brief import ArgumentValueError
from essay_explorer.core.fault import shown
from essay_explorer.core.names import COLUMNS, RESERVED
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

ROLES = ("theme", "move", "person", "other")
# CSS text-decoration styles, some of them in another weight.
LINES = ["solid", "dashed", "double", "dotted", "wavy", "solid-thick", "dashed-thick", "dotted-thick", "solid-thin"]
# Light and dark, for tags that bring no colour: the palette of the reading of *Her*, at least
# 4.5:1 on the light page and 7:1 on the dark one (WCAG 2.2, 1.4.3 and 1.4.6).
PALETTE = (
    ("#0067B1", "#6CB6F5"), ("#C0500C", "#F0905A"), ("#B51E3C", "#F58A9B"), ("#8A6A00", "#E6C84A"),
    ("#00757A", "#5CCFD3"), ("#2F7D1F", "#8FD06F"), ("#A8329B", "#E59ADB"), ("#5D4AA8", "#B3A4F5"),
    ("#5A5A5A", "#BDBDBD"),
)  # fmt: skip
NUMBERS = [str(number) for number in range(1, 100)]  # codes of tags whose letters are all taken
PAIRS = list(map("".join, product(ascii_uppercase, repeat=2)))  # and where numbers of two digits are, too
HEADINGS = {"theme": Phrase("Themes"), "move": Phrase("Moves"), "person": Phrase("People")}  # by ids of facets
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LONGEST_CODE = 2


@dataclass(frozen=True, slots=True)
class Tag:
    """A name that a passage can carry.

    `colour` is (light, dark) as "#rrggbb", None for a tag that is drawn in the ink of the page.
    `code` (a letter or two) and `line` (one of LINES, "" for none) are its cues besides the colour.
    `aliases`: names in the text that carry this tag by themselves; one with a capital in it is
    found as it is written ("Will" is not "will"), any other in capitals too.

    >>> from essay_explorer import open_reading
    >>> trust = open_reading("her").codebook.tags["trust"]
    >>> trust.label, trust.code
    ('Trust', 'T')
    """

    id: str
    label: str
    definition: str = ""
    code: str = ""
    colour: tuple[str, str] | None = None
    line: str = ""
    questions: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        kinds.check_fields(self)
        kinds.check(kinds.COLOURS, colour=self.colour)
        meant.check_id(id=self.id)
        meant.check_one_of(("", *LINES), line=self.line)
        meant.check_filled(questions=self.questions, aliases=self.aliases)
        if len(self.code) > LONGEST_CODE:
            message = f"code {shown(self.code)}: expected a letter or two"
            raise ArgumentValueError(message)
        for colour in self.colour or ():
            if not COLOUR.fullmatch(colour):
                message = f'colour {shown(colour)}: expected one such as "#0067B1", for light and for dark pages'
                raise ArgumentValueError(message)


@dataclass(frozen=True, slots=True)
class Facet:
    """A family of tags.

    `role`, one of ROLES: what its tags say of a passage, be it what that is about ("theme"), what it
    does in the argument ("move"), whom it speaks of ("person") or something else ("other"). "" leaves
    it to the codebook to guess.

    >>> from essay_explorer import open_reading
    >>> move = open_reading("her").codebook.facets[1]
    >>> move.id, [tag.id for tag in move.tags][:3]
    ('move', ['claim', 'evidence', 'question'])
    """

    id: str
    label: str
    definition: str = ""
    tags: tuple[Tag, ...] = ()
    role: str = ""

    def __post_init__(self) -> None:
        kinds.check_fields(self)
        meant.check_id(id=self.id)
        meant.check_one_of(("", *ROLES), role=self.role)
        if self.id in (*RESERVED, *COLUMNS):
            why = "it means something else in a file or a call"
            message = f"no facet may have the id {shown(self.id)}: {why}. Take another"
            raise ArgumentValueError(message)
        meant.check_once("tags", (tag.id for tag in self.tags))
        for tag, now in zip(self.tags, distinct(self.tags), strict=True):
            for name in ("code", "label"):
                if (value := getattr(tag, name)) != getattr(now, name):
                    both = f"two tags of facet {shown(self.id)} have the {name} {shown(value)}"
                    message = f"{both}. Give {shown(tag.id)} another"
                    raise ArgumentValueError(message)


def label_key(tag: Tag) -> str:
    """What labels that look alike have in common."""
    return " ".join(tag.label.split()).casefold()


def distinct(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """The tags of a facet, none with the label or the code of one before it: its id tells it, or nothing."""
    made, labels, codes = list[Tag](), {""}, {""}
    for tag in tags:
        new = tag if tag.code not in codes or not tag.code else replace(tag, code="")
        while (key := label_key(new)) in labels and key:
            new = replace(new, label=f"{new.label} ({new.id})")
        labels.add(key)
        codes.add(new.code)
        made.append(new)
    return tuple(made)


def heading_of(facet: Facet) -> str:
    """What a page calls a facet: its label, or the word for its id in the reader's language where it has no other."""
    usual = HEADINGS.get(facet.id) if facet.label.lower() == facet.id else None
    return usual.said() if usual else facet.label


def coloured(facet: Facet) -> Facet:
    """The facet; of themes, each tag with a colour besides what `with_cues` gives it."""
    if facet.role != "theme":
        return facet
    free = [colour for colour in PALETTE if colour not in {tag.colour for tag in facet.tags}] or PALETTE
    new = cycle(free)
    return replace(facet, tags=with_cues(replace(tag, colour=tag.colour or next(new)) for tag in facet.tags))


def with_cues(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """The tags, each with a code and a line, by which readers tell them from the others; what they have is kept."""
    tags = list(tags)
    codes, lines = {tag.code for tag in tags}, {tag.line for tag in tags}
    made = []
    for at, tag in enumerate(tags):
        letters = (letter for letter in tag.label.upper() if letter.isalnum())
        code = tag.code or next(
            (code for code in chain(letters, NUMBERS[at:], NUMBERS, PAIRS) if code not in codes), ""
        )
        line = tag.line or next((one for one in LINES if one not in lines), LINES[at % len(LINES)])
        codes.add(code)
        lines.add(line)
        made.append(replace(tag, code=code, line=line))
    return tuple(made)
