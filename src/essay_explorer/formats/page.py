"""What has been read of a web page: its blocks, and where the reader stands in it."""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import TYPE_CHECKING

from essay_explorer.formats import notes
from essay_explorer.formats.lines import BLANK_LINE
from essay_explorer.formats.litter import Block, doubt_of
from essay_explorer.formats.manuscript import Run, joined, line_of, markdown_of
from essay_explorer.formats.rewriting import Losses
from essay_explorer.formats.rows import Rows
from essay_explorer.formats.styles import PLAIN, Look, Styles

if TYPE_CHECKING:
    from essay_explorer.formats.notes import Kind
    from essay_explorer.formats.tags import Token

LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}")
MACHINES_LISTS = re.compile(r"\b(?:landmarks|page-list)\b")  # of an e-book, for the program that shows it
DROPPED = {"svg", "template", "noscript", "object", "canvas", "audio", "video", "select", "button", "math"}
LISTS = {"ul", "ol", "menu"}
HOLDERS = LISTS | {"blockquote"}
PARTS = LISTS | {"article", "main", "section", "div", "nav", "aside", "header", "footer", "form", "blockquote", "pre"}
HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
BREAKS = {
    *PARTS, *HEADINGS, "p", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "caption", "figure", "figcaption",
    "address", "hr", "body", "head", "details", "summary", "fieldset", "legend", "center", "hgroup", "dialog",
}  # fmt: skip
VOID = {"br", "img", "hr", "meta", "link", "input", "wbr", "area", "base", "col", "embed", "source", "track"}
LOOKS = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), Look(em=True)),
    **dict.fromkeys(("strong", "b"), Look(strong=True)),
}
RAISED = {"sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"), "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")}
QUOTES = {"<": "“", "/": "”"}
DEEPEST_QUOTE, DEEPEST = 5, 9  # quotations in one another, and these and lists
DEEPEST_DOUBT = 8
OWN_WORDS = ("title", "subtitle", "author", "date")  # classes of what pandoc writes above a text
MOST_PIECES, LETTERS_A_PIECE = 20_000, 10  # of a page, and of what is longer: each piece takes 150 bytes
MANY_RUNS = 1000  # of a paragraph; more are joined where they look the same
RULE = "* * *"
DIGITS = 6  # of the number of a list's entry
ONLY_LINKS = 0.6  # of a paragraph's letters stand in links: it holds nothing else
REACH = 50  # elements that a page may leave open in a wrong order


class MostlyMarkupError(ValueError):
    """A page holds hardly more than tags."""


class Page:
    """What has been read of a page.

    `facts`: what it says of itself. `own`: what stands above its text. `losses`: what it holds besides.
    `xml`: whether an element may close itself.
    """

    def __init__(self, styles: Styles | None = None, *, xml: bool = False) -> None:
        self.blocks: list[Block] = []
        self.facts: dict[str, str] = {}
        self.authors: list[str] = []
        self.own = dict.fromkeys(OWN_WORDS, "")
        self.losses = Losses()
        self._styles, self._xml = styles or Styles(), xml
        self._rows = Rows(self.blocks)
        self._runs: list[Run] = []
        self._open: list[tuple[str, str, Look]] = []  # each part that is open, what it means, how words in it look
        self._inline: list[tuple[str, Look]] = []  # each element that is open in the paragraph, how words in it look
        self._block_look = PLAIN
        self._within = Counter[str]()  # how many elements of a name are open
        self._meant = Counter[str]()  # how many parts of a meaning are open
        self._doubtful: list[str] = []  # the parts that are open and may be no text: "likely 3"
        self._numbers: list[int] = []  # the last number of each open list, -1 in one without numbers
        self._indents: list[int] = []  # of each open list, how far right its entry stands that is open
        self._holders: list[str] = []  # the lists and quotations that are open
        self._links: list[tuple[str, Kind, str, int]] = []  # those open: where to, and their first run
        self._notes: dict[str, str] = {}  # the number of the note that stands at a place, by the place's id
        self._note = ""  # the number of the note that starts here
        self._articles = self._pieces = self._letters = self._parts = 0
        self._kind = self._marker = ""
        self._marked = 0  # how many lists were open where the marker was set
        self._ruled = False  # whether a rule stands above the next block
        self._broken = False  # whether nothing stands behind the last line break
        self._joined = MANY_RUNS
        self._away = False  # whether a link is open that leads to another page
        self._links_away = self._linked = 0  # those of the paragraph, and the letters in them

    def take(self, token: Token) -> None:
        """Read one token. Raises MostlyMarkupError when there are far more of them than letters."""
        name = token.name
        if name in PARTS or name in DROPPED:
            self._part_of_page(token)
        elif self._meant["dropped"]:
            return
        elif not name:
            self._say(html.unescape(token.rest))
        elif token.mark == "=":
            self._fact(name, html.unescape(token.rest))
        elif name in BREAKS:
            self._break(token)
        elif name in VOID:
            self._void(token)
        elif not (self._xml and token.rest.endswith("/")):
            self._element(token)

    def part(self) -> None:
        """End the paragraph."""
        text = markdown_of(self._runs)
        links = self._links_away if self._linked > ONLY_LINKS * len(text) else 0
        self._runs, self._broken, self._joined = [], False, MANY_RUNS
        self._links_away = self._linked = 0
        self._links.clear()
        if not text:
            return
        kind, marker, self._kind, self._marker = self._kind, self._marker, "", ""
        indents = self._indents
        listed = bool(indents and marker and not marker.startswith("["))  # an entry may stand in no list
        if kind:
            text = text.replace("\\\n", " ")
        if kind in OWN_WORDS:
            self.own[kind] = ", ".join(filter(None, (self.own[kind], text)))
            return
        if kind in HEADINGS:
            marker, text = HEADINGS[kind], re.sub("#$", r"\#", text)
        elif listed:
            indents[-1] = 0
        elif (self._meant["notes"] or self._note) and not marker:
            text = notes.numbered(text, self._note)
        self._note = ""
        before = self._before()
        text = re.sub("^", before, marker + text, flags=re.MULTILINE) if before else marker + text
        if listed and kind not in HEADINGS:
            indents[-1] = len(marker)
        article = self._articles if self._within["article"] else 0
        self._count(1 + before.count(">"))
        made = Block(text, article, bool(self._within["main"]), tuple(self._doubtful[:DEEPEST_DOUBT]), links)
        rule = [made._replace(text=RULE)] if self._ruled else []
        self.blocks += [*rule, made]
        self._ruled = False

    def _before(self) -> str:
        """What stands before each line of a block: the quotations and the entries of lists that it is in."""
        depth, lists = 0, iter(self._indents)
        signs = []
        for name in self._holders[:DEEPEST]:
            if name == "blockquote":
                depth += 1
                signs.append("> " if depth <= DEEPEST_QUOTE else "")
            else:
                signs.append(" " * next(lists))
        return "".join(signs)

    def end(self) -> None:
        """End the page: what is still open on it is not open on the next."""
        while self._open:
            self.part()
            self._end_part()
        self.part()
        self._inline.clear()
        self._within.clear()
        self._rows = Rows(self.blocks)

    def _count(self, pieces: int) -> None:
        self._pieces += pieces
        if self._pieces > MOST_PIECES + self._letters // LETTERS_A_PIECE:
            raise MostlyMarkupError

    def _fact(self, name: str, text: str) -> None:
        if name == "style":
            self._styles.read(text)
        else:
            self.facts.setdefault(name, text)

    def _say(self, text: str) -> None:
        if not (self._within["pre"] or self._look().lines):
            self._add(text.replace("\n", " "))
            return
        first, *others = BLANK_LINE.split(text)
        self._add(first)
        for other in others:
            self.part()
            self._add(other)

    def _look(self) -> Look:
        """How the words here look: as the innermost element says that says something of it."""
        inline = self._inline[-1][1] if self._inline else PLAIN
        part = self._open[-1][2] if self._open else PLAIN
        return inline.over(self._block_look).over(part)

    def _add(self, text: str) -> None:
        if not text or not (self._runs or text.strip()):
            return
        self._broken = self._broken and not text.strip()
        self._letters += len(text)
        self._linked += len(text) if self._away else 0
        raised = next((name for name in RAISED if self._within[name]), "")
        look = self._look()
        strong = look.strong and self._kind not in HEADINGS
        kind = "both" if look.em and strong else "em" if look.em else "strong" if strong else ""
        self._runs.append(Run(text.translate(RAISED[raised]) if raised else text, kind))
        if len(self._runs) > self._joined:
            self._links.clear()
            self._runs = joined(self._runs)
            self._joined = 2 * len(self._runs) + MANY_RUNS
            if len(self._runs) > MOST_PIECES + self._letters // LETTERS_A_PIECE:
                raise MostlyMarkupError

    def _part_of_page(self, token: Token) -> None:
        """A part of the page starts or ends; what is still open in it ends with it."""
        self.part()
        self._block_look = PLAIN
        name = token.name
        if token.mark == "<" and not token.rest.endswith("/"):
            given = token.attributes
            meaning = self._meaning(name, given)
            look = self._styles.look_of(name, given).over(self._open[-1][2] if self._open else PLAIN)
            self._open.append((name, meaning, look))
            self._within[name] += 1
            self._meant[meaning] += 1
            if meaning.startswith(("certain", "likely")):
                self._doubtful.append(meaning)
            self._note = self._notes.get(given.get("id", ""), self._note)
            if name in HOLDERS:
                self._holders.append(name)
            if name in LISTS:
                self._numbers.append(_first_number(given) if name == "ol" else -1)
                self._indents.append(0)
        elif token.mark == "/" and self._within[name]:
            ended = ""
            while ended != name:
                ended = self._end_part()

    def _end_part(self) -> str:
        name, meaning, _ = self._open.pop()
        self._within[name] -= 1
        self._meant[meaning] -= 1
        if not self._meant[meaning]:
            del self._meant[meaning]
        if self._doubtful[-1:] == [meaning]:
            self._doubtful.pop()
        if name in HOLDERS:
            self._holders.pop()
        if name in LISTS:
            self._drop_marker()
            self._numbers.pop()
            self._indents.pop()
        return name

    def _meaning(self, name: str, given: dict[str, str]) -> str:
        """What a part means for the blocks in it, "" for nothing."""
        if name in DROPPED or (name == "nav" and MACHINES_LISTS.search(given.get("epub:type", ""))):
            return "dropped"
        inside = bool(self._within["article"] or self._within["main"])
        if name == "article" and not self._within[name]:
            self._articles += 1
        if notes.holds_notes(given):
            return "notes"
        if given.get("id") == "title-block-header":
            return "own words"
        if name in {"header", "footer"} and self._within["blockquote"]:  # who said it
            return ""
        role, words = given.get("role", ""), f"{given.get('class', '')} {given.get('id', '')}"
        doubt = doubt_of(name, role=role, words=words, inside=inside)
        self._parts += 1
        return f"{doubt} {self._parts}" if doubt else ""

    def _break(self, token: Token) -> None:
        """A paragraph, a heading, an entry of a list, a row or a cell starts or ends."""
        name, starts = token.name, token.mark == "<"
        self.part()
        self._block_look = PLAIN
        if name in {"table", "tr", "td", "th"}:
            self._table(name, starts=starts)
        if not starts:
            self._kind = ""
            if name == "li":
                self._drop_marker()
            return
        given = token.attributes if "=" in token.rest else {}
        self._block_look = self._styles.look_of(name, given)
        self._note = self._notes.get(given.get("id", ""), self._note)
        if name == "li":
            self._entry(given)
        elif name == "hr":
            self._ruled = bool(self.blocks) and not self._meant["notes"]
        elif self._meant["own words"] and given.get("class") in OWN_WORDS:
            self._kind = given["class"]
        elif name in HEADINGS:
            self._kind = name

    def _table(self, name: str, *, starts: bool) -> None:
        if name == "table" and starts:
            self._rows.start_table()
        elif name == "table":
            self._rows.end_table()
        elif name == "tr":
            self._rows.end_row()
        elif starts:
            self._rows.start_cell(head=name == "th")

    def _entry(self, given: dict[str, str]) -> None:
        self._marked = len(self._indents)
        if not self._numbers or self._numbers[-1] < 0:
            self._marker = "- "
            return
        value = given.get("value", "")
        self._numbers[-1] = int(value) if value.isdecimal() and len(value) <= DIGITS else self._numbers[-1] + 1
        number = self._note or str(self._numbers[-1])
        self._marker = f"[{number}] " if self._note or self._meant["notes"] else f"{number}. "

    def _drop_marker(self) -> None:
        """An entry or a list has ended; where there were no words in it, its marker is not another block's."""
        if self._marked >= len(self._indents):
            self._marker = ""

    def _element(self, token: Token) -> None:
        """An element within a paragraph starts or ends."""
        name = token.name
        if name == "html":
            self._language(token.attributes)
            return
        if name == "q":
            self._add(QUOTES[token.mark])
        if token.mark == "<":
            given = token.attributes if "=" in token.rest else {}
            look = self._styles.look_of(name, given).over(LOOKS.get(name, PLAIN))
            self._inline.append((name, look.over(self._inline[-1][1] if self._inline else PLAIN)))
            self._within[name] += 1
            if name == "a":
                self._away = not given.get("href", "#").startswith("#")
                self._links_away += self._away
            kind = notes.kind_of(given) if name == "a" or given else ""
            if kind in {"mark", "back"} or (name == "a" and kind):
                self._links.append((name, kind, given.get("href", "").rpartition("#")[2], len(self._runs)))
        elif self._within[name]:
            self._within[name] -= 1
            self._away = self._away and name != "a"
            self._close(name)
            if self._links and self._links[-1][0] == name:
                self._end_link(*self._links.pop()[1:])

    def _language(self, given: dict[str, str]) -> None:
        language = given.get("lang") or given.get("xml:lang", "")
        if LANGUAGE.fullmatch(language):
            self.facts["lang"] = language

    def _close(self, name: str) -> None:
        """End the innermost element of that name; those inside it that are still open stay so."""
        inside: list[str] = []
        while self._inline and len(inside) < REACH:
            last = self._inline.pop()[0]
            if last == name:
                break
            inside.append(last)
        for other in reversed(inside):
            look = LOOKS.get(other, PLAIN)
            self._inline.append((other, look.over(self._inline[-1][1] if self._inline else PLAIN)))

    def _end_link(self, kind: Kind, place: str, start: int) -> None:
        """The mark of a note has one form, whatever form it has on the page; a way back to it is no text."""
        text = "".join(run.text for run in self._runs[start:])
        if not text.strip():
            return
        if notes.is_way_back(kind, text):
            del self._runs[start:]
            return
        number = notes.marked(kind, text, raised=self._within["sup"] > 0 or text != text.translate(notes.DIGITS))
        if number:
            self._notes.setdefault(place, number.replace("*", "\\*"))
            before = self._runs[start - 1].text if start else ""
            self._runs[start:] = [Run(number if before.endswith("[") else f"[{number}]")]

    def _void(self, token: Token) -> None:
        """A tag that holds nothing."""
        given = token.attributes if token.name != "br" else {}
        if token.name == "br":
            if self._broken:
                self.part()
            elif self._runs:
                self._runs.append(Run("\n", self._runs[-1].kind))
                self._broken = True
        elif token.name == "img":
            self.losses.add("picture", "left out", given.get("alt", ""))
        elif token.name == "meta":
            self._meta(given)

    def _meta(self, given: dict[str, str]) -> None:
        about, content = given.get("name") or given.get("property", ""), line_of(given.get("content", ""))
        if about == "author" and content:
            self.authors.append(content)
        elif about == "og:title":
            self.facts[about] = content


def _first_number(given: dict[str, str]) -> int:
    """The number before the first of a list."""
    start = given.get("start", "")
    return int(start) - 1 if start.isdecimal() and len(start) <= DIGITS else 0
