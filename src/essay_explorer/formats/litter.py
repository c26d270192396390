"""Litter: what stands around an essay on a web page and is no part of it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.formats.pictures import SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SHORT = 30  # words: what is longer is left out only where the page itself says that it is no text
MENU = 3  # links with nothing between them are no sentence
ENOUGH = 1 / 3  # of a page's words: an article or main with less is a teaser
NETWORKS = (
    "facebook|twitter|x|whatsapp|linkedin|reddit|pinterest|tumblr|telegram|pocket|mastodon|bluesky|email|e-mail|print"
)
LINES = re.compile(
    rf"""(?ix)
    skip\ to\ .{{0,40}} | menu | search | home | close | loading\W* | like\ loading\W*
    | (?:click\ to\ )?(?:share|tweet|pin|print|email|save)(?:\ (?:this|it|post|article|page|story))?
      (?:\ (?:on|via|with|to|by)\ (?:{NETWORKS}|a\ friend))?(?:\ \(opens\ in\ new\ window\))?\W*
    | (?:\b(?:{NETWORKS}|share|tweet|copy\ link)\b\W*)+
    | (?:advertisement|sponsored|promoted)\W*
    | related(?:\ (?:posts?|articles?|stories|reading))?\W* | you\ (?:may|might)\ also\ like\W*
    | (?:read|see)\ (?:more|next|also)\b.{{0,80}}
    | (?:leave\ a\ (?:comment|reply)|\d+\ (?:comments?|replies|shares|likes))\b.{{0,40}}
    | (?:subscribe|sign\ up|sign\ in|log\ in|follow\ us)\b.{{0,120}}
    | (?:©|\(c\)|copyright\ (?:©|\d{{4}})).{{0,120}} | all\ rights\ reserved\W*
    | (?:\b(?:privacy\ policy|terms\ of\ (?:use|service)|contact|about|imprint|cookie\ policy)\b\W*)+
    """
)
COOKIES = re.compile(
    r"(?is)(?=.*\bcookies?\b)(?=.*\b(?:accept|agree|consent|policy|settings|preferences|this (?:web)?site|we use)\b)"
)
CLASSES = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|shar(?:e|ing)|social|newsletter|subscri(?:be|ption)|breadcrumbs?|sidebar|"
    r"menu|nav(?:bar|igation)?|related|recommended|comments?|advert\w*|ads?|promo|pagination|popup)(?:$|[\s_-])",
    re.IGNORECASE,
)
ROLES = {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "toolbar"}


Quotation = tuple[int, str]  # its number on its page, and what stands before each line in it


class Block(NamedTuple):
    """A Markdown block of a page and where it stands.

    `article`: the number of the outermost `<article>` around it, 0 for none. `doubts`: the parts around
    it that may be no text, "likely" and a number where the page's own words make them litter, "certain"
    and a number where its elements say so. `links`: how many to other pages, where it holds nothing else.
    `quotations`: those that it stands in, from the outermost. `caption`: whether it is that of a figure.
    """

    text: str
    article: int = 0
    main: bool = False
    doubts: tuple[str, ...] = ()
    links: int = 0
    quotations: tuple[Quotation, ...] = ()
    caption: bool = False

    @property
    def doubt(self) -> str:
        """The strongest of them: "certain", "likely" or ""."""
        return min((doubt.split()[0] for doubt in self.doubts), default="")

    @property
    def is_picture(self) -> bool:
        """Whether it shows a picture and says nothing besides."""
        return bool(SHOWN.fullmatch(self.text.lstrip("> ")))

    @property
    def is_menu(self) -> bool:
        """Whether it is a row of short links to other pages."""
        return self.links >= MENU and self.words <= SHORT

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def doubt_of(name: str, *, role: str, words: str, inside: bool) -> str:
    """What an element says of the blocks in it.

    `words`: its class and id. `inside`: it stands in an `<article>` or in `<main>`.
    """
    if name == "nav" or role in ROLES or (name in {"header", "footer", "aside"} and not inside):
        return "certain"
    likely = name in {"aside", "footer", "form"} or CLASSES.search(words)
    return "likely" if likely and name not in {"html", "body", "main", "article"} else ""


def without_litter(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks of the essay, and those left out.

    Of a page with an `<article>` or `<main>` that holds a good part of its words, only that is kept.
    """
    blocks = _without_great_doubts(blocks)
    sound = [block for block in blocks if not _is_litter(block)]
    whole = sum(block.words for block in sound)
    sizes = Counter[int]()
    for block in sound:
        sizes[block.article] += block.words
    largest = max((number for number in sizes if number), key=lambda number: sizes[number], default=None)
    places: tuple[Callable[[Block], bool], ...] = (lambda block: block.article == largest, lambda block: block.main)
    for place in places:
        inside = [block for block in sound if place(block)]
        if sum(block.words for block in inside) > ENOUGH * whole:
            sound = inside
            break
    kept = set(map(id, sound))
    return sound, [block for block in blocks if id(block) not in kept]


def _without_great_doubts(blocks: Sequence[Block]) -> Sequence[Block]:
    """A part that holds a good part of a page's words is no litter, whatever it is called: a form around all."""
    whole = sum(block.words for block in blocks)
    held = Counter[str]()
    for block in blocks:
        held.update(dict.fromkeys(block.doubts, block.words))
    great = {part for part, words in held.items() if words > ENOUGH * whole}
    if not great:
        return blocks
    return [block._replace(doubts=tuple(doubt for doubt in block.doubts if doubt not in great)) for block in blocks]


def _is_litter(block: Block) -> bool:
    if block.doubt == "certain":
        return True
    if block.text.startswith("#") or block.words > SHORT:
        return block.words <= 2 * SHORT and bool(COOKIES.match(block.text)) and not block.text.startswith("#")
    return block.doubt == "likely" or block.is_menu or says_litter(block.text)


def says_litter(text: str) -> bool:
    """Whether short words by themselves are those of a menu, a button or a notice."""
    plain = re.sub(r"^(?:[>-] )*|\\|\*", "", text).strip()
    return bool(LINES.fullmatch(plain) or (len(plain.split()) <= SHORT and COOKIES.match(plain)))
