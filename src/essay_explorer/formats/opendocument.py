"""An OpenDocument text in elements that pandoc reads; what it would lose is kept, or counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from xml.sax.saxutils import escape

from essay_explorer.formats.comparing import NOTE
from essay_explorer.formats.formulas import formula_of
from essay_explorer.formats.opendocument_lines import Lines
from essay_explorer.formats.opendocument_lists import LIST, Entries
from essay_explorer.formats.rewriting import Losses, Rewriting, Rewritten
from essay_explorer.formats.set_apart import SetApart, numbered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.formats.rewriting import Way

MAIN, STYLES = "content.xml", "styles.xml"
LEFT_OUT, ACCEPTED = "left out", "taken as if accepted"
PARAGRAPHS = {"text:p", "text:h"}
# Shapes in which words may stand; pandoc reads no words in them.
SHAPES = {
    f"draw:{shape}"
    for shape in ("text-box", "custom-shape", "rect", "ellipse", "circle", "line", "connector", "polygon", "caption")
}
# What pandoc reads in a paragraph; every other element there is a field, and its words are text.
KNOWN = {
    f"text:{name}"
    for name in (
        "a", "bookmark", "bookmark-end", "bookmark-ref", "bookmark-start", "line-break", "note", "note-body",
        "note-citation", "note-ref", "reference-mark", "reference-mark-end", "reference-mark-start", "reference-ref",
        "s", "soft-page-break", "span", "tab", "p", "h", "list", "list-item", "list-header",
    )
}  # fmt: skip
INDEXES = ("table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index")
# What only holds rows, columns or paragraphs together: pandoc reads nothing in it.
GROUPS = {
    *(f"table:table-{name}" for name in ("rows", "row-group", "columns", "column-group", "header-columns")),
    *(f"text:{name}" for name in (*INDEXES, "bibliography", "index-body", "index-title", "numbered-paragraph")),
}
PATTERNS = {f"text:{name}-source" for name in (*INDEXES, "bibliography")}  # of an index, not its words
OBJECTS = {"draw:frame", "draw:object", "draw:object-ole", "draw:image"}
TITLES = {"Title": "title", "Subtitle": "subtitle", "Author": "author", "Date": "date"}  # by the names of styles
HIDDEN = {"text:hidden-text", "text:hidden-paragraph"}


def readable(parts: Mapping[str, bytes]) -> Rewritten:
    """The parts for pandoc, what they hold beside the text, and the words of each paragraph.

    What pictures show is told apart, since pandoc does not read it. Raises ValueError for what is no XML.
    """
    entries = Entries()
    if parts.get(STYLES):
        _Styles(entries).written(parts[STYLES])
    body = _Body(parts, entries)
    made = {**parts, MAIN: body.written(parts.get(MAIN, b""))}
    return Rewritten(made, body.losses, body.paragraphs, body.descriptions, body.facts, body.set_apart)


class _Named(Rewriting):
    """A part whose elements are called as LibreOffice calls them."""

    names: ClassVar[Mapping[str, str]] = {
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
        "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
        "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
        "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
        "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
        "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
        "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
        "http://www.w3.org/1999/xlink": "xlink",
        "http://purl.org/dc/elements/1.1/": "dc",
    }


class _Styles(_Named):
    """The styles that have names: those of lists and headings."""

    def __init__(self, entries: Entries) -> None:
        super().__init__()
        self._entries = entries

    def start(self, name: str, given: Mapping[str, str]) -> Way:
        self._entries.declare(name, given)
        return "write"


class _Body(_Named):
    """The text of a document."""

    def __init__(self, parts: Mapping[str, bytes], entries: Entries) -> None:
        super().__init__()
        self._parts, self._entries = parts, entries
        self._styles: dict[str, str] = {}  # of a style of this text, the one that it comes from
        self._said: list[str] = []  # what each open paragraph says of the text, where it does
        self.facts: dict[str, str] = {}
        self._embedded: str | None = None  # the formula in the frame that is open; "" for another object
        self.losses, self.paragraphs = Losses(), list[str]()
        self.set_apart = SetApart()
        self._lines = Lines()
        self._labels: list[tuple[int, str] | None] = []  # of each open paragraph, what stands before it
        self._paragraph_styles: list[tuple[str, str]] = []  # of each open paragraph: its own, and where that is from
        self.descriptions: dict[str, str] = {}  # what pictures show, by the names of their parts
        self._frame = {"part": "", "svg:desc": "", "svg:title": ""}  # of the picture that is open
        self._words: list[list[str]] = [[]]  # of each open paragraph
        self._boxes: list[list[str]] = [[]]  # of each open paragraph: the text boxes that are to follow it
        self._box_starts: list[int] = []  # of each open box, how many paragraphs came before it
        self._aside: list[str] = []  # the words of the comment, the hidden text or the ruby that is open
        self._ruby = {"text:ruby-base": "", "text:ruby-text": ""}

    def start(self, name: str, given: Mapping[str, str]) -> Way:
        if name == "text:tracked-changes" or "text:tracked-changes" in self.open:
            self._count_change(name)
            return "unwrap"
        if name == "office:annotation" or name in HIDDEN or name == "text:ruby":
            self._aside = []
            return "unwrap"
        if self._is_aside() or name in GROUPS or self._is_inner_table(name):
            return "unwrap"
        if name in SHAPES:
            self.buffers.append([])
            self._words.append([])
            self._box_starts.append(len(self.paragraphs))
            return "unwrap"
        if name in self._frame or name in OBJECTS:
            return self._shown(name, given)
        return self._plain(name, given)

    def _plain(self, name: str, given: Mapping[str, str]) -> Way:
        if name in PATTERNS:
            return "skip"
        if name == "style:style":
            self._styles[given.get("style:name", "")] = given.get("style:parent-style-name", "")
        self._entries.start(name, given)
        if name in PARAGRAPHS:
            self._start_paragraph(given.get("text:style-name", ""))
        if name == "text:note-citation":
            self._words[-1].append(NOTE)
        if name in {"style:style", "style:text-properties"}:
            self._lines.declare(name, given)
        self._lines.take(name, given)
        in_paragraph = any(one in PARAGRAPHS for one in self.open)
        return "unwrap" if in_paragraph and name.startswith("text:") and name not in KNOWN else "write"

    def _shown(self, name: str, given: Mapping[str, str]) -> Way:
        """What becomes of a picture, or of an object that another program made: the words of a formula are read."""
        part = given.get("xlink:href", "")
        if name in self._frame:
            return "unwrap"
        if name == "draw:frame":
            self._frame, self._embedded = dict.fromkeys(self._frame, ""), None
        elif name == "draw:object":
            held = self._parts.get(f"{part.removeprefix('./').rstrip('/')}/{MAIN}", b"")
            self._embedded = formula_of(held.decode(errors="replace"))
        elif name == "draw:object-ole":
            self._embedded = ""
        elif self._embedded is None:
            self._frame["part"] = part
        return "skip" if self._embedded is not None else "write"  # a picture beside it only shows the object

    def _end_frame(self) -> None:
        self.descriptions.setdefault(self._frame["part"], self._frame["svg:desc"] or self._frame["svg:title"])
        formula, self._embedded = self._embedded, None
        if formula and any(one in PARAGRAPHS for one in self.open):
            self._say(formula)
        elif formula is not None:
            self.losses.add("formula" if formula else "embedded object", LEFT_OUT, formula or self._frame["svg:title"])

    def _start_paragraph(self, style: str) -> None:
        """What a text says of itself is known by its styles, before any other words."""
        named = (style, self._styles.get(style, ""))
        fact = next((TITLES[one] for one in named if one in TITLES), "")
        first = not any(map(str.strip, self.paragraphs)) and self.open[-1:] == ["office:text"]
        self._said.append(fact if first and (fact not in self.facts or fact == "author") else "")
        self._paragraph_styles.append(named)
        self._labels.append(self._entries.paragraph())
        self._lines.start(named)
        self.buffers.append([])
        self._words.append([])
        self._boxes.append([])

    def _end_paragraph(self) -> None:
        words = "".join(self._words.pop())
        fact = self._said.pop()
        written = self._lines.end(self._paragraph_styles.pop(), words, self.buffers.pop(), self.set_apart)
        if (label := self._labels.pop()) and words.strip():
            written = [*written[:1], escape(numbered(*label)), *written[1:]]
        if fact and words.strip() and NOTE not in words and not self._boxes[-1]:
            self.facts[fact] = ", ".join(filter(None, (self.facts.get(fact), words.strip())))
        else:
            self.buffers[-1] += written
            self.paragraphs.append(words)
        self.buffers[-1] += self._boxes.pop()

    def _is_aside(self) -> bool:
        return any(one in self.open for one in ("office:annotation", "text:ruby", *HIDDEN))

    def _is_inner_table(self, name: str) -> bool:
        """Whether an element is of a table in a cell, which pandoc leaves out: its words stand in that cell."""
        return name.startswith("table:") and [*self.open, name].count("table:table") > 1

    def _count_change(self, name: str) -> None:
        if name == "text:deletion":
            self.losses.add("tracked deletion", LEFT_OUT)
        elif name == "text:insertion":
            self.losses.add("tracked insertion", ACCEPTED)

    def end(self, name: str) -> None:
        if "text:tracked-changes" in self.open or self._is_aside():
            return
        if name == "office:annotation":
            self.losses.add("comment", LEFT_OUT, "".join(self._aside))
        elif name in HIDDEN:
            words = "".join(self._aside)
            self.losses.add("hidden word", LEFT_OUT, words, number=len(words.split()))
        elif name == "text:ruby":
            self._say(f"{self._ruby['text:ruby-base']}({self._ruby['text:ruby-text']})")
            self._ruby = dict.fromkeys(self._ruby, "")
        elif name in SHAPES:
            self._end_box()
        elif name == "draw:frame":
            self._end_frame()
        elif name in PARAGRAPHS:
            self._end_paragraph()
        elif name == "text:span":
            self._lines.end_span()
        elif name == LIST:
            self._entries.end_list()

    def text(self, text: str) -> bool:
        if "text:tracked-changes" in self.open:
            return False
        if self._is_aside():
            if self.open[-1] in self._ruby:
                self._ruby[self.open[-1]] += text
            elif not self.open[-1].startswith("dc:"):
                self._aside.append(text)
            return False
        if self.open[-1] in self._frame:
            self._frame[self.open[-1]] += text
            return False
        if "text:note-citation" not in self.open:
            self._words[-1].append(text)
        self._lines.say(text)
        return True

    def _say(self, words: str) -> None:
        self.put(escape(words))
        self._lines.say(words)
        self._words[-1].append(words)

    def _end_box(self) -> None:
        written, words = self.buffers.pop(), self._words.pop() + self.paragraphs[self._box_starts.pop() :]
        self._boxes[-1] += written
        if any(part.strip() for part in written):
            self.losses.add("text box", "set between the paragraphs", " ".join(words))
