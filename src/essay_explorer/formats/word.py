"""A Word document in elements that pandoc reads; what it would lose is kept, or counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from essay_explorer.formats.comparing import NOTE
from essay_explorer.formats.rewriting import Losses, Rewritten
from essay_explorer.formats.set_apart import SetApart
from essay_explorer.formats.word_fields import Fields
from essay_explorer.formats.word_lists import WordLists
from essay_explorer.formats.word_names import Renamed, renamed
from essay_explorer.formats.word_parts import MAIN, in_place, pictures_of
from essay_explorer.formats.word_tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from essay_explorer.formats.rewriting import Way

STYLES = "word/styles.xml"
TEXTS = (MAIN, "word/footnotes.xml", "word/endnotes.xml")
ALTERNATIVES = {"mc:AlternateContent", "mc:Choice", "mc:Fallback"}
DRAWN = {"w:drawing", "w:pict", "w:object"}
TRACKED = {"w:ins", "w:moveTo", "w:del", "w:moveFrom"}
PICTURES = {"a:blip": "r:embed", "v:imagedata": "r:id"}  # each with the attribute that names its part
CHARTS = {"c:chart": "chart", "dgm:relIds": "diagram"}
DATES = {f"w:{part}{size}" for part in ("day", "month", "year") for size in ("Short", "Long")}  # today's, not a text
OFF, ON = {"0", "false", "off"}, {"t", "true", "1"}
RULE = '<w:pict><v:rect o:hr="t"/></w:pict>'  # as pandoc knows it
PROPERTIES = {"w:rPr", "w:trPr", "w:tcPr", "w:pPr", "w:numPr"}  # a change in one of them has no words
HIDING = re.compile(r"""<w:vanish(?:\s+w:val=["'](?:1|true|on)["'])?\s*/>""")
# Styles of code by other names than pandoc's.
CODE = re.compile(
    rb"""(<w:name\s+w:val=["'])(?:code(?: block)?|code ?blocks?|(?:program)? ?listing|macro)(["'])""", re.IGNORECASE
)
# Of a list without numbers, which pandoc takes for figures.
NO_NUMBER = re.compile(
    rb"""(<w:numFmt\s+w:val=["'])none(["']\s*/>(?:(?!</w:lvl>).){0,2000}?<w:lvlText\s+w:val=["'])[^"']*""", re.DOTALL
)
KNOWN = {STYLES: (CODE, rb"\1Source Code\2"), "word/numbering.xml": (NO_NUMBER, r"\1bullet\2•".encode())}
STYLE_ID = re.compile(r"""[^>]*?\bw:styleId=["']([^"']++)["']""")
WORDS = re.compile(r"<w:t(?:\s[^>]*+)?>([^<]*+)|</w:p>()")
MAKER = "http://schemas.openxmlformats.org"
DRAWING = (
    f'<w:drawing xmlns:w="{MAKER}/wordprocessingml/2006/main" xmlns:a="{MAKER}/drawingml/2006/main"'
    f' xmlns:wp="{MAKER}/drawingml/2006/wordprocessingDrawing" xmlns:pic="{MAKER}/drawingml/2006/picture"'
    f' xmlns:r="{MAKER}/officeDocument/2006/relationships"><wp:inline>'
    '<wp:docPr id="1" name="" descr={description}/><a:graphic><a:graphicData><pic:pic><pic:blipFill>'
    "<a:blip r:embed={relation}/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
WAYS: Mapping[str, Way] = {
    **dict.fromkeys(("w:fldSimple", "w:ruby", "w:customXml", "w:dir", "w:bdo"), "unwrap"),
    **dict.fromkeys(("w:customXmlPr", "w:cr", "w:ptab"), "skip"),
}
MARKS = {"w:footnoteReference", "w:endnoteReference", "w:sym"}  # pandoc knows which sign of a font that is
INSTEAD = {"w:cr": "<w:br/>", "w:ptab": "<w:tab/>"}
LEFT_OUT, ACCEPTED = "left out", "taken as if accepted"


def readable(parts: Mapping[str, bytes]) -> Rewritten:
    """The parts for pandoc, what they hold beside the text, and the words of each paragraph.

    Raises ValueError for what is no XML.
    """
    made = renamed(in_place(parts))
    for name, (pattern, known) in KNOWN.items():
        if name in made:
            made[name] = pattern.sub(known, made[name])
    styles = made.get(STYLES, b"").decode(errors="replace")
    hiding = filter(HIDING.search, _elements(styles, "w:style"))
    file = _File(WordLists(made), {named[1] for named in map(STYLE_ID.match, hiding) if named})
    losses = file.losses
    for name in TEXTS:
        if name in made:
            body = _Body(file, pictures_of(name, made), Fields(made[name]))
            written = body.written(made[name])
            made[name] = Tables().written(written) if b"<w:tbl" in written else written
    for words in _comments(made):
        losses.add("comment", LEFT_OUT, words)
    for kind in ("header", "footer"):
        for words in {_words(made[name]) for name in made if re.fullmatch(rf"word/{kind}\d*\.xml", name)}:
            if re.search(r"[^\W\d_]", words):
                losses.add(kind, LEFT_OUT, words)
    return Rewritten(made, losses, file.paragraphs, set_apart=SetApart())


def _comments(parts: Mapping[str, bytes]) -> Iterator[str]:
    source = parts.get("word/comments.xml", b"").decode(errors="replace")
    return (_words(comment.encode()) for comment in _elements(source, "w:comment"))


def _elements(source: str, name: str) -> Iterator[str]:
    """The elements of that name, none of which is in another, without their ends."""
    start = re.compile(rf"<{name}\b")
    for piece in source.split(f"</{name}>")[:-1]:
        if found := start.search(piece):
            yield piece[found.start() :]


def _words(part: bytes) -> str:
    found = (match[1] if match[1] is not None else " " for match in WORDS.finditer(part.decode(errors="replace")))
    return "".join(found).strip()


@dataclass
class _File:
    """What the document and its notes have in common; `hidden`: the styles whose words are not shown."""

    lists: WordLists
    hidden: set[str]
    losses: Losses = field(default_factory=Losses)
    paragraphs: list[str] = field(default_factory=list)


class _Body(Renamed):
    """The text of a document or of its notes."""

    def __init__(self, file: _File, pictures: set[str], fields: Fields) -> None:
        super().__init__()
        self._pictures, self._fields, self._lists = pictures, fields, file.lists
        self._losses, self._hidden_styles, self._paragraphs = file.losses, file.hidden, file.paragraphs
        self._ends = {"w:r": self._end_run, "w:p": self._end_paragraph, "w:pPr": self._end_properties}
        self._words: list[list[str]] = [[]]  # of each open paragraph
        self._boxes: list[list[str]] = [[]]  # of each open paragraph: the text boxes that are to follow it
        self._runs: list[list[str]] = []  # the words of each open run
        self._hidden: list[bool] = []  # the same
        self._zones: list[str] = []  # "drawing" or "box", the innermost last
        self._box_starts: list[int] = []  # of each open box, how many paragraphs came before it
        self._alternatives: list[bool] = []  # of each open choice, whether one was taken
        self._description = ""
        self._undrawn = False  # whether a picture is open that has no part yet
        self._inserted: list[str] = []
        self._ruby = {"w:rt": "", "w:rubyBase": ""}

    def start(self, name: str, attributes: Mapping[str, str]) -> Way:
        if name == "w:fldChar":
            self._fields.take(attributes.get("w:fldCharType", ""))
        if name in ALTERNATIVES:
            return self._alternative(name)
        if name in DRAWN or self._zones[-1:] == ["drawing"]:
            return self._drawn(name, attributes)
        if "w:ruby" in self.open:
            return "unwrap"
        parent = self.open[-1] if self.open else ""
        if name in TRACKED and parent not in PROPERTIES:
            return self._tracked(name)
        return self._plain(name, attributes, parent)

    def _alternative(self, name: str) -> Way:
        """The first of several ways to say the same is taken."""
        if name == "mc:AlternateContent":
            self._alternatives.append(False)
            return "unwrap"
        taken, self._alternatives[-1:] = self._alternatives[-1:], [True]
        return "skip" if taken == [True] else "unwrap"

    def _drawn(self, name: str, attributes: Mapping[str, str]) -> Way:
        """What becomes of a drawing and of its elements: only the words in a box are text."""
        if name in DRAWN:
            self._zones.append("drawing")
            self._description = ""
        elif name == "wp:docPr":
            self._description = attributes.get("descr", "")
        elif name == "pic:pic":
            self._undrawn = True
        elif name in PICTURES and (name != "a:blip" or "pic:pic" in self.open):
            description = self._description or attributes.get("o:title", "")
            self._show(attributes.get(PICTURES[name], ""), description)
            self._undrawn = False
        elif attributes.get("o:hr", "").lower() in ON:
            self.put(RULE)
        elif name in CHARTS:
            self._losses.add(CHARTS[name], LEFT_OUT, self._description)
        elif name == "w:txbxContent":
            self._zones.append("box")
            self.buffers.append([])
            self._box_starts.append(len(self._paragraphs))
        return "unwrap"

    def _show(self, relation: str, description: str) -> None:
        """Draw a picture as pandoc knows it, wherever it stood in a drawing."""
        if relation not in self._pictures or not self._runs:
            self._losses.add("picture", LEFT_OUT, description)
            return
        self._runs[-1].append(NOTE)  # what it shows is no word of the paragraph
        self.put(DRAWING.format(relation=quoteattr(relation), description=quoteattr(description)))

    def _tracked(self, name: str) -> Way:
        if name == "w:del":
            self._losses.add("tracked deletion", LEFT_OUT)
        if name in {"w:del", "w:moveFrom"}:
            return "skip"
        self._inserted = []
        return "unwrap"

    def _plain(self, name: str, attributes: Mapping[str, str], parent: str) -> Way:
        self._lists.take(name, attributes.get("w:val", ""), self.open)
        if name == "w:p":
            self._words.append([])
            self._boxes.append([])
        elif name == "w:r":
            self.buffers.append([])
            self._runs.append([])
            self._hidden.append(False)
        elif name == "w:vanish" and self.open[-2:] == ["w:r", "w:rPr"]:
            self._hidden[-1] |= attributes.get("w:val", "") not in OFF
        elif name == "w:rStyle" and self.open[-2:] == ["w:r", "w:rPr"]:
            self._hidden[-1] |= attributes.get("w:val", "") in self._hidden_styles
        elif name == "m:oMath":  # pandoc writes a formula with signs of its own
            self._words[-1].append(NOTE)
        elif name in DATES and parent == "w:r":
            self._losses.add("automatic date", LEFT_OUT)
        elif name in {"w:altChunk", "w:subDoc"}:
            self._losses.add("document inside the document", LEFT_OUT)
        elif name in MARKS:
            self._runs[-1:] = [[*self._runs[-1], NOTE]] if self._runs else []
        elif name in INSTEAD:
            self.put(INSTEAD[name])
        return WAYS.get(name, "write")

    def end(self, name: str) -> None:
        if name == "mc:AlternateContent":
            self._alternatives.pop()
        elif name in DRAWN:
            self._zones.pop()
        elif name == "w:txbxContent":
            self._end_box()
        elif self._zones[-1:] == ["drawing"]:
            self._end_drawn(name)
        elif name == "w:ruby":
            self._end_ruby()
        elif "w:ruby" in self.open:
            return
        elif name in {"w:ins", "w:moveTo"} and self._inserted and not PROPERTIES.intersection(self.open[-1:]):
            kind = "tracked insertion" if name == "w:ins" else "tracked move"
            self._losses.add(kind, ACCEPTED, "".join(self._inserted))
        elif name in self._ends:
            self._ends[name]()

    def _end_properties(self) -> None:
        if self.open[-1:] == ["w:p"]:
            self._lists.end_properties(self.buffers[-1])

    def _end_paragraph(self) -> None:
        self._paragraphs.append("".join(self._words.pop()))
        self._lists.end_paragraph(self._paragraphs[-1])
        self.buffers[-1] += self._boxes.pop()

    def _end_drawn(self, name: str) -> None:
        if name == "pic:pic" and self._undrawn:
            self._losses.add("picture", LEFT_OUT, self._description)
            self._undrawn = False

    def text(self, text: str) -> bool:
        if self._zones[-1:] == ["drawing"]:
            return False
        if "w:ruby" in self.open:
            kind = next(name for name in reversed(self.open) if name in {*self._ruby, "w:ruby"})
            self._ruby[kind] = self._ruby.get(kind, "") + text
            return False
        if self.open[-1:] == ["w:t"] and self._runs:
            self._runs[-1].append(text)
        return True

    def _end_run(self) -> None:
        written, words, hidden = self.buffers.pop(), "".join(self._runs.pop()), self._hidden.pop()
        if words and self._fields.is_instruction:
            return
        if hidden:
            if words.strip():
                self._losses.add("hidden word", LEFT_OUT, words, number=len(words.split()))
            return
        self.buffers[-1] += written
        self._words[-1].append(words)
        self._inserted.append(words)

    def _end_box(self) -> None:
        self._zones.pop()
        written = self.buffers.pop()
        words = " ".join(self._paragraphs[self._box_starts.pop() :])
        self._boxes[-1] += written
        self._losses.add("text box", "set between the paragraphs", words)

    def _end_ruby(self) -> None:
        base, above = self._ruby["w:rubyBase"].strip(), self._ruby["w:rt"].strip()
        words = f"{base}({above})" if above else base
        self.put(f"<w:t>{escape(words)}</w:t>")
        self._runs[-1].append(words)
        self._ruby = {"w:rt": "", "w:rubyBase": ""}
