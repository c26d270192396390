"""Litter: what stands around an essay on a web page and is no part of it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SHORT = 30  # words: what is longer is left out only where the page itself says that it is no text
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


class Block(NamedTuple):
    """A Markdown block of a page and where it stands.

    `article`: the number of the outermost `<article>` around it, 0 for none. `doubt`: "" for text,
    "likely" where the page's own words make it litter, "certain" where its elements say so.
    """

    text: str
    article: int = 0
    main: bool = False
    doubt: str = ""

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def doubt_of(name: str, *, role: str, words: str, inside: bool) -> str:
    """What an element says of the blocks in it.

    `words`: its class and id. `inside`: it stands in an `<article>` or in `<main>`.
    """
    if name in {"nav", "form"} or role in ROLES or (name in {"header", "footer", "aside"} and not inside):
        return "certain"
    likely = name in {"aside", "footer"} or CLASSES.search(words)
    return "likely" if likely and name not in {"html", "body", "main", "article"} else ""


def without_litter(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks of the essay, and those left out.

    Of a page with an `<article>` or `<main>` that holds a good part of its words, only that is kept.
    """
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


def _is_litter(block: Block) -> bool:
    if block.doubt == "certain":
        return True
    if block.text.startswith("#") or block.words > SHORT:
        return block.words <= 2 * SHORT and bool(COOKIES.match(block.text)) and not block.text.startswith("#")
    text = re.sub(r"^(?:[>-] )*|\\|\*", "", block.text).strip()
    return block.doubt == "likely" or bool(LINES.fullmatch(text) or COOKIES.match(text))
