"""What has been read of a web page: its blocks, and where the reader stands in it."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

from essay_explorer.formats import notes
from essay_explorer.formats.about import OWN_WORDS, About
from essay_explorer.formats.blocks import Blocks
from essay_explorer.formats.enclosure import Enclosure
from essay_explorer.formats.left_out import DROPPED, LeftOut
from essay_explorer.formats.lines import BLANK_LINE
from essay_explorer.formats.listings import LISTING, fenced
from essay_explorer.formats.manuscript import UNSEEN, Run, line_of, markdown_of
from essay_explorer.formats.nesting import HOLDERS, Nesting
from essay_explorer.formats.numbering import LISTS
from essay_explorer.formats.paragraph import Paragraph
from essay_explorer.formats.pictures import LEFT_OUT, Pictures
from essay_explorer.formats.pieces import Pieces
from essay_explorer.formats.rewriting import Losses
from essay_explorer.formats.rows import Rows
from essay_explorer.formats.styles import PLAIN, Look, Styles
from essay_explorer.formats.verses import indent_of, kept_spaces, meaning_of

if TYPE_CHECKING:
    from essay_explorer.formats.litter import Block
    from essay_explorer.formats.tags import Token

PARTS = LISTS | {"article", "main", "section", "div", "nav", "aside", "header", "footer", "form", "blockquote", "pre"}
HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
BREAKS = {
    *PARTS, *HEADINGS, "p", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "caption", "figure", "figcaption",
    "address", "hr", "body", "head", "details", "summary", "fieldset", "legend", "center", "hgroup", "dialog",
}  # fmt: skip
VOID = {
    "br", "img", "hr", "meta", "link", "input", "wbr", "area", "base", "col", "embed", "source", "track",
    "frame", "iframe",
}  # fmt: skip
# Classes of paragraphs above a text of Word, and of Google Docs, whose pages are of a class of their own.
TITLES, GOOGLE = {"MsoTitle": "title", "MsoSubtitle": "subtitle"}, "doc-content"
QUOTES = {"<": "“", "/": "”"}


class Page:
    """What has been read of a page.

    `about`: what it says of itself. `losses`: what it holds besides.
    `xml`: whether an element may close itself. `place`: the part of the file that it is, against which the
    addresses of its pictures stand.
    """

    def __init__(
        self, styles: Styles | None = None, *, xml: bool = False, pictures: Pictures | None = None, place: str = ""
    ) -> None:
        self.about = About()
        self.losses = Losses()
        self.place = place
        self._styles, self._xml, self._pictures = styles or Styles(), xml, pictures or Pictures()
        self._pieces, self._nesting = Pieces(), Nesting()
        self._paragraph = Paragraph(self._styles, self._pieces)
        self._around = Enclosure(self._styles)
        self._blocks = Blocks(self._nesting, self._around, self._pieces)
        self._rows = Rows(self.blocks)
        self._block_look = PLAIN
        self._note = ""  # the number of the note that starts here
        self._kind = ""
        self._described = ""  # what the last picture shows, as Markdown, while nothing stands behind it
        self._in_line = False  # whether the open paragraph is a line of verse
        self._titles = TITLES
        self._left_out = LeftOut(self.losses)

    @property
    def blocks(self) -> list[Block]:
        """Those that were read so far."""
        return self._blocks.all

    def take(self, token: Token) -> None:
        """Read one token. Raises MostlyMarkupError when there are far more of them than letters."""
        name = token.name
        if self._is_part(name) and token.mark != "=":
            self._part_of_page(token)
        elif self._around.means("dropped"):
            self._dropped(token)
        elif not name:
            self._say(html.unescape(token.rest))
        elif token.mark == "=" and name == LISTING:
            self._list(token.rest)
        elif token.mark == "=":
            self._letters(name, token.rest)
        elif name in BREAKS:
            self._break(token)
        elif name in VOID:
            if token.mark == "<" or name == "br":
                self._void(token)
        elif not (self._xml and token.rest.endswith("/")):
            self._element(token)

    def _is_part(self, name: str) -> bool:
        """Whether an element is a part of the page; a button in a heading, to unfold what is below, is its words."""
        return name in PARTS or (name in DROPPED and not (name == "button" and self._kind in HEADINGS))

    def _dropped(self, token: Token) -> None:
        """What stands in an element whose words are no text: a picture in a drawing is one all the same."""
        if not token.name:
            self._left_out.say(html.unescape(token.rest))
        elif token.name == "image" and token.mark == "<" and self._around.holds("svg"):
            given = token.attributes
            self._picture(given.get("xlink:href", given.get("href", "")), "")
        elif token.name == "img":
            self._left_out.say(token.attributes.get("alt", ""))

    def part(self) -> None:
        """End the paragraph."""
        text, links = self._paragraph.end()
        if not text:
            return
        kind, self._kind = self._kind, ""
        if kind:
            text = text.replace("\\\n", " ")
        if kind in OWN_WORDS:
            self._nesting.drop_marker()
            self.about.own[kind] = ", ".join(filter(None, (self.about.own[kind], text)))
            return
        if text == self._described:  # a caption that only says again what the picture shows
            self._described = ""
            return
        self._described = self._described if text.startswith("![") else ""
        if kind in HEADINGS:
            self._nesting.drop_marker()
            text = HEADINGS[kind] + re.sub("#$", r"\#", text)
        elif (self._around.means("notes") or self._note) and not self._nesting.starts_entry:
            text = notes.numbered(text, self._note)
        self._note = ""
        self._blocks.add(text, links)
        notes_beside, self._paragraph.side_notes = self._paragraph.side_notes, []
        for note in notes_beside:
            self._blocks.add(note.replace("\\\n", " "))

    def end(self) -> None:
        """End the page: what is still open on it is not open on the next."""
        while self._around:
            self.part()
            self._end_part()
        self.part()
        self._paragraph.end_page()
        self.count_page_numbers()
        self._rows = Rows(self.blocks)

    def count_page_numbers(self) -> None:
        """Count the numbers of printed pages that were left out so far."""
        if self._paragraph.page_numbers:
            self.losses.add("printed page number", LEFT_OUT, number=self._paragraph.page_numbers)
            self._paragraph.page_numbers = 0

    def _letters(self, name: str, text: str) -> None:
        """What stands in an element whose tags are letters."""
        if name == "style":
            self._styles.read(html.unescape(text))
        elif name == "title":
            self.about.facts.setdefault(name, html.unescape(text))
        else:
            self._left_out.letters(name, text)

    def _say(self, text: str) -> None:
        if not (self._around.holds("pre") or self._look().lines):
            self._add(text.replace("\n", " "))
            return
        first, *others = BLANK_LINE.split(kept_spaces(text))
        self._add(first)
        for other in others:
            self.part()
            self._add(other)

    def _list(self, code: str) -> None:
        """A piece of code is a block with all of its lines."""
        self.part()
        lines = [UNSEEN.sub("", line).rstrip() for line in unicodedata.normalize("NFC", code).split("\n")]
        text = "\n".join(lines).strip("\n")
        self._pieces.add(letters=len(text))
        self._blocks.add(fenced(text))

    def _look(self) -> Look:
        """How the words here look: as the innermost element says that says something of it."""
        return self._paragraph.look.over(self._block_look).over(self._around.look)

    def _add(self, text: str) -> None:
        self._paragraph.add(text, self._look(), plain_weight=self._kind in HEADINGS)

    def _part_of_page(self, token: Token) -> None:
        """A part of the page starts or ends; what is still open in it ends with it."""
        name, starts = token.name, token.mark == "<" and not token.rest.endswith("/")
        given = token.attributes if starts else {}
        ends_line = not starts and self._around.innermost == (name, "line")
        if name not in DROPPED:  # which may stand in the middle of a sentence
            if not self._line(given, ends=ends_line, starts=starts and name == "div"):
                self.part()
            self._block_look = PLAIN
        if starts:
            was_dropped = self._around.means("dropped")
            self._around.start(name, given)
            if self._around.means("dropped") and not was_dropped:
                self._left_out.start()
            self._note = self._paragraph.numbers.get(given.get("id", ""), self._note)
            if name in HOLDERS:
                self._nesting.open(name, self._styles.of_list(name, given) if name in LISTS else given)
        elif token.mark == "/" and self._around.holds(name):
            ended = ""
            while ended != name:
                ended = self._end_part()

    def _line(self, given: dict[str, str], *, starts: bool, ends: bool) -> bool:
        """Whether a line of verse that is an element of its own starts or ends here."""
        starts = starts and meaning_of(given, self._around.innermost[1]) == "line"
        if starts or ends:
            self._paragraph.break_line(soft=True)
            self._paragraph.indent(indent_of(given))
        return starts or ends

    def _end_part(self) -> str:
        was_dropped = self._around.means("dropped")
        name = self._around.end()
        if was_dropped and not self._around.means("dropped"):
            self._left_out.end(name)
        if name in HOLDERS:
            self._nesting.close(name)
        if name == "blockquote":
            self._blocks.end_quotation()
        return name

    def _break(self, token: Token) -> None:
        """A paragraph, a heading, an entry of a list, a row or a cell starts or ends."""
        name, starts = token.name, token.mark == "<"
        given = token.attributes if starts and "=" in token.rest else {}
        verse = self._line(given, starts=starts and name == "p", ends=self._in_line and (name, starts) == ("p", False))
        self._in_line = verse and starts
        if not verse:
            self.part()
        self._block_look = PLAIN
        if name in {"table", "tr", "td", "th"}:
            self._table(token, starts=starts)
        if not starts:
            self._kind = ""
            if name == "li":
                self._nesting.end_entry()
            return
        self._block_look = self._styles.look_of(name, given)
        self._blocks.start(name, given)
        self._note = self._paragraph.numbers.get(given.get("id", ""), self._note)
        if name == "li":
            self._nesting.start_entry(given, note=self._note, of_notes=self._around.means("notes"))
        elif name == "hr":
            self._blocks.rule()
        elif name in HEADINGS and not self._around.means("own words"):
            self._kind = name
        elif given:
            self._kind = self._own_words(name, given.get("class", ""))

    def _own_words(self, name: str, classes: str) -> str:
        """Which of OWN_WORDS an element above the text holds, "" for none."""
        if name == "body" and GOOGLE in classes:
            self._titles = {**TITLES, "title": "title", "subtitle": "subtitle"}
        if self._around.means("own words"):
            return classes if classes in OWN_WORDS else ""
        known = (self._titles[one] for one in classes.split() if one in self._titles)
        return next(known, "") if name == "p" and not self.blocks else ""

    def _table(self, token: Token, *, starts: bool) -> None:
        name = token.name
        if name == "table" and starts:
            self._rows.start_table()
        elif name == "table":
            self._rows.end_table()
        elif name == "tr":
            self._rows.end_row()
        elif starts:
            self._rows.start_cell(token.attributes if "=" in token.rest else {}, head=name == "th")

    def _element(self, token: Token) -> None:
        """An element within a paragraph starts or ends."""
        name = token.name
        if name == "html":
            self.about.speaks(token.attributes)
            return
        if name == "q":
            self._add(QUOTES[token.mark])
        if token.mark == "<":
            self._paragraph.open(name, token.attributes if "=" in token.rest else {})
        else:
            self._paragraph.close(name)

    def _void(self, token: Token) -> None:
        """A tag that holds nothing."""
        given = token.attributes if token.name != "br" else {}
        if token.name == "br":
            if not self._paragraph.break_line():
                self.part()
        elif token.name == "img":
            self._picture(given.get("src", ""), line_of(given.get("alt", "")))
        elif token.name == "meta":
            self.about.meta(given)
        else:
            self._left_out.empty(token.name, given)

    def _picture(self, address: str, description: str) -> None:
        source, fate, said = self._pictures.take(address, self.place)
        description = description or line_of(said)
        if source and not self._kind:
            self._paragraph.show(source, description)
            self._described = markdown_of([Run(description)])
            self._pieces.add(1)
        else:
            self.losses.add("picture", fate or LEFT_OUT, description)
