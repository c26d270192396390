"""A web page read as data: its paragraphs, and nothing that would run or be fetched."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING

from essay_explorer.core.fault import counted
from essay_explorer.formats.lines import BLANK_LINE
from essay_explorer.formats.litter import Block, doubt_of, without_litter
from essay_explorer.formats.manuscript import Manuscript, Run, line_of, markdown_of
from essay_explorer.formats.tags import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from essay_explorer.formats.tags import Token

LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}")
DROPPED = {"svg", "template", "noscript", "object", "canvas", "audio", "video", "select", "button", "math"}
LISTS = {"ul", "ol", "menu"}
PARTS = LISTS | {"article", "main", "section", "div", "nav", "aside", "header", "footer", "form", "blockquote", "pre"}
HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
BREAKS = {
    *PARTS, *HEADINGS, "p", "li", "dl", "dt", "dd", "table", "tr", "caption", "figure", "figcaption", "address", "hr",
    "body", "head", "details", "summary", "fieldset", "legend", "center", "hgroup", "dialog",
}  # fmt: skip
LOOKS = {**dict.fromkeys(("em", "i", "cite", "dfn", "var"), "em"), **dict.fromkeys(("strong", "b"), "strong")}
RAISED = {"sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"), "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")}
QUOTES = {"<": "“", "/": "”"}
DEEPEST_QUOTE = 5
OWN_WORDS = ("title", "subtitle", "author", "date")  # classes of what pandoc writes above a text


def from_html(source: str, *, clean: bool = False) -> Manuscript:
    """The text of a web page; `clean` leaves out its menus, its notices and the like.

    Headings, quotations, lists, emphasis and notes stay; a table becomes one paragraph a row.
    """
    page = _Page()
    for token in tokens(source):
        page.take(token)
    page.part()
    kept, litter = without_litter(page.blocks) if clean else (page.blocks, [])
    title, heads = page.own["title"], [at for at, block in enumerate(kept) if block.text.startswith("# ")]
    if not title and len(heads) == 1 and all(block.doubt for block in kept[: heads[0]]):  # menus may stand above it
        title = kept[heads[0]].text.removeprefix("# ")
        kept = [*kept[: heads[0]], *kept[heads[0] + 1 :]]
    named = line_of(page.facts.get("og:title") or page.facts.get("title", ""))
    return Manuscript(
        tuple(block.text for block in kept),
        title=title or markdown_of([Run(named if named != "-" else "")]),
        subtitle=page.own["subtitle"],
        author=", ".join(page.authors),
        date=page.own["date"],
        language=page.facts.get("lang", ""),
        notices=tuple(page.notices()),
        left_out=tuple(block.text for block in litter),
    )


class _Page:
    """What has been read of a page: its blocks, and where the reader stands."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.facts: dict[str, str] = {}
        self.authors: list[str] = []
        self.own = dict.fromkeys(OWN_WORDS, "")
        self._lost = Counter[str]()
        self._runs: list[Run] = []
        self._open: list[tuple[str, str]] = []  # each part that is open, and what it means for the blocks in it
        self._within = Counter[str]()  # how many elements of a name are open
        self._meant = Counter[str]()  # how many parts of a meaning are open
        self._numbers: list[int] = []  # the last number of each open list, -1 in one without numbers
        self._articles = 0
        self._kind = self._marker = ""
        self._broken = False  # whether nothing stands behind the last line break
        self._backlink = False

    def take(self, token: Token) -> None:
        """Read one token."""
        hidden = self._meant["dropped"]
        if token.name in PARTS or token.name in DROPPED:
            self._part_of_page(token)
        elif hidden:
            return
        elif not token.name:
            self._say(html.unescape(token.rest))
        elif token.mark == "=":
            self.facts.setdefault(token.name, html.unescape(token.rest))
        elif token.name in BREAKS:
            self._break(token)
        else:
            self._inline(token)

    def notices(self) -> Iterator[str]:
        """What the essay cannot hold, in sentences."""
        if count := self._lost["img"]:
            yield f"{counted(count, 'picture')} left out."
        if count := self._lost["table"]:
            yield f"{counted(count, 'table')} written as one paragraph a row."

    def part(self) -> None:
        """End the paragraph."""
        text = markdown_of(self._runs)
        self._runs, self._broken = [], False
        if not text:
            return
        kind, marker, self._kind, self._marker = self._kind, self._marker, "", ""
        if kind:
            text = text.replace("\\\n", " ")
        if kind in OWN_WORDS:
            self.own[kind] = ", ".join(filter(None, (self.own[kind], text)))
            return
        if kind in HEADINGS:
            marker, text = HEADINGS[kind], re.sub("#$", r"\#", text)
        depth = min(self._within["blockquote"], DEEPEST_QUOTE)
        text = re.sub("^", "> " * depth, marker + text, flags=re.MULTILINE) if depth else marker + text
        doubt = next((doubt for doubt in ("certain", "likely") if self._meant[doubt]), "")
        article = self._articles if self._within["article"] else 0
        self.blocks.append(Block(text, article, bool(self._within["main"]), doubt))

    def _say(self, text: str) -> None:
        if not self._within["pre"]:
            self._add(text.replace("\n", " "))
            return
        first, *others = BLANK_LINE.split(text)
        self._add(first)
        for other in others:
            self.part()
            self._add(other)

    def _add(self, text: str) -> None:
        if self._backlink or not (self._runs or text.strip()):
            return
        self._broken = self._broken and not text.strip()
        raised = next((name for name in RAISED if self._within[name]), "")
        if raised and self._within["a"] and text.strip().isdecimal():  # the number of a note
            text = text if self._runs and self._runs[-1].text.endswith("[") else f"[{text.strip()}]"
        elif raised:
            text = text.translate(RAISED[raised])
        em, strong = self._within["em"] > 0, self._within["strong"] > 0
        self._runs.append(Run(text, "both" if em and strong else "em" if em else "strong" if strong else ""))

    def _part_of_page(self, token: Token) -> None:
        """A part of the page starts or ends; what is still open in it ends with it."""
        self.part()
        if token.mark == "<" and not token.rest.endswith("/"):
            meaning = self._meaning(token)
            self._open.append((token.name, meaning))
            self._within[token.name] += 1
            self._meant[meaning] += 1
            if token.name in LISTS:
                self._numbers.append(0 if token.name == "ol" else -1)
        elif token.mark == "/" and self._within[token.name]:
            name = ""
            while name != token.name:
                name, meaning = self._open.pop()
                self._within[name] -= 1
                self._meant[meaning] -= 1
                if name in LISTS:
                    self._numbers.pop()

    def _meaning(self, token: Token) -> str:
        """What a part means for the blocks in it, "" for nothing."""
        name, given = token.name, token.attributes
        if name in DROPPED:
            return "dropped"
        inside = bool(self._within["article"] or self._within["main"])
        if name == "article" and not self._within[name]:
            self._articles += 1
        role, words = given.get("role", ""), f"{given.get('class', '')} {given.get('id', '')}"
        if role == "doc-endnotes" or "footnotes" in words.split():
            return "notes"
        if given.get("id") == "title-block-header":
            return "own words"
        return doubt_of(name, role=role, words=words, inside=inside)

    def _break(self, token: Token) -> None:
        """A paragraph, a heading, an entry of a list or a row starts or ends."""
        name = token.name
        self.part()
        if name == "table" and token.mark == "/":
            self._lost[name] += bool(self._within.pop("cells", 0))
        if token.mark == "/":
            self._kind = ""
        elif name == "li":
            self._entry()
        elif self._meant["own words"] and token.attributes.get("class") in OWN_WORDS:
            self._kind = token.attributes["class"]
        elif name in HEADINGS:
            self._kind = name

    def _entry(self) -> None:
        if not self._numbers or self._numbers[-1] < 0:
            self._marker = "- "
            return
        self._numbers[-1] += 1
        self._marker = f"[{self._numbers[-1]}] " if self._meant["notes"] else f"{self._numbers[-1]}. "

    def _inline(self, token: Token) -> None:
        """A tag within a paragraph."""
        name = LOOKS.get(token.name, token.name)
        if name in {"em", "strong", "a", *RAISED}:
            self._within[name] = max(self._within[name] + (1 if token.mark == "<" else -1), 0)
            if name == "a":
                back = token.mark == "<" and "role" in token.rest and token.attributes.get("role") == "doc-backlink"
                self._backlink = back
        elif name == "q":
            self._add(QUOTES[token.mark])
        elif name in {"td", "th"} and token.mark == "<" and self._runs:
            self._add(" | ")
            self._within["cells"] = 1
        elif token.mark == "<":
            self._void(token)

    def _void(self, token: Token) -> None:
        """A tag that holds nothing."""
        if token.name == "br":
            if self._broken:
                self.part()
            elif self._runs:
                self._runs.append(Run("\n", self._runs[-1].kind))
                self._broken = True
        elif token.name == "img":
            self._lost["img"] += 1
        elif token.name == "html" and LANGUAGE.fullmatch(token.attributes.get("lang", "")):
            self.facts["lang"] = token.attributes["lang"]
        elif token.name == "meta":
            given = token.attributes
            about, content = given.get("name") or given.get("property", ""), line_of(given.get("content", ""))
            if about == "author" and content:
                self.authors.append(content)
            elif about == "og:title":
                self.facts[about] = content
