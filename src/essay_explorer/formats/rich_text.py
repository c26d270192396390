"""Rich text in words that pandoc reads; what it would lose is kept, or counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.formats.comparing import NOTE
from essay_explorer.formats.refusing import refuse_file
from essay_explorer.formats.rewriting import Losses
from essay_explorer.formats.rich_letters import TOKEN

if TYPE_CHECKING:
    from typing import Literal

    Way = Literal["read", "note", "box", "copy", "shape", "aside", "skip"]

LEFT_OUT, ACCEPTED = "left out", "taken as if accepted"
DEEPEST = 100  # groups in one another; Word makes a dozen
BRACE = re.compile(rb"\\[\\{}]|[{}]")
OPENS = re.compile(rb"[\r\n ]*(?P<star>\\\*[\r\n ]*)?\\(?P<name>[a-zA-Z]+)")
# What becomes of a group by the word that it starts with. A star says that programs may leave it out, as pandoc does.
STARRED: dict[str, Way] = {
    **dict.fromkeys(("listtable", "listoverridetable"), "copy"),
    **dict.fromkeys(("shpinst", "do", "shppict"), "shape"),
}
NAMED: dict[str, Way] = {
    **dict.fromkeys(("fonttbl", "stylesheet", "info", "listtext"), "copy"),
    **dict.fromkeys(("nonshppict", "shprslt", "nonesttables", "fldinst", "pict"), "skip"),  # "rslt": the shape again
    **dict.fromkeys(("xe", "rxe", "tc", "tcn", "pgdsc", "filetbl", "revtbl", "colortbl", "latentstyles"), "skip"),
    **dict.fromkeys(("themedata", "colorschememapping", "datastore", "xmlnstbl", "pntxta", "pntxtb"), "skip"),
    "footnote": "note",
}
BOXES = {"shptxt", "dptxbxtext"}
ASIDES = {"annotation": "comment", "moMath": "formula", "moMathPara": "formula"}
ASIDES |= {f"{kind}{page}": kind for kind in ("header", "footer") for page in ("", "l", "r", "f")}
LOOKS = {"plain", "v", "deleted", "revised"}
LETTERS = {b"\\", b"{", b"}"}  # that are written with a sign before them
COPIED = {"fmodern": b"\\fnil", "caps": b""}  # a typewriter's letters are no code to pandoc then
DATES = {"chdate", "chdpl", "chdpa", "chtime"}  # today's, not a text
ENDS = {"par", "cell", "nestcell", "row", "sect"}  # of a paragraph
INSTEAD = {
    **dict.fromkeys(("page", "column"), b"\\line "),
    **dict.fromkeys(("field", "fldrslt", "nestrow", "caps", *DATES), b""),  # pandoc writes capitals anew
    **dict.fromkeys(("nestcell", "sect"), b"\\par "),  # a table in a cell becomes paragraphs of that cell
}


class RichText(NamedTuple):
    """A text for pandoc, what it holds besides, and the words of each paragraph."""

    written: bytes
    losses: Losses
    paragraphs: list[str]


@dataclass(frozen=True, slots=True)
class _Group:
    """What becomes of a group, the word that it starts with, and what holds in it."""

    way: Way = "read"
    name: str = ""
    hidden: bool = False
    deleted: bool = False
    revised: bool = False

    def after(self, name: str, *, on: bool) -> _Group:
        """What holds after one of LOOKS."""
        was = _Group(self.way, self.name) if name == "plain" else self
        return replace(
            was,
            hidden=on if name == "v" else was.hidden,
            deleted=on if name == "deleted" else was.deleted,
            revised=on if name == "revised" else was.revised,
        )

    @property
    def is_written(self) -> bool:
        return self.way in {"read", "note", "box", "copy"}

    @property
    def fate(self) -> tuple[str, str] | None:
        """What a stretch of its text is and what becomes of it, where it is not simply read."""
        if self.hidden:
            return "hidden word", LEFT_OUT
        if self.deleted:
            return "tracked deletion", LEFT_OUT
        return ("tracked insertion", ACCEPTED) if self.revised else None


def check_depth(content: bytes, file: str) -> None:
    """Raise ReadingError for rich text with more groups in one another than any program writes."""
    depth = 0
    for sign in BRACE.finditer(content):
        depth += {b"{": 1, b"}": -1}.get(sign[0], 0)
        if depth > DEEPEST:
            refuse_file(file, f"has groups more than {DEEPEST} deep, which no essay has. Save its text alone, as .txt")


def readable(content: bytes) -> RichText:
    """The same text for pandoc. `content`: every letter of it is written as itself."""
    return _Rewriting(content).made()


class _Rewriting:
    """A pass over a text."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._groups: list[_Group] = []
        self._buffers = [bytearray()]  # what is written, and above it what is written in each open box
        self._words: list[list[str]] = [[]]  # of the open paragraph, and of those of each open note and box
        self._starts: list[int] = []  # of each open box, how many paragraphs came before it
        self._boxes: list[bytes] = []  # those that are to follow the open paragraph
        self._aside: list[str] = []
        self._fate: tuple[str, str] | None = None  # of the stretch that was read last
        self._stretch: list[str] = []  # its words, where it has one
        self._margins = set[str]()  # words above and below the pages
        self._in_row = self._in_table = False
        self._in_word = False  # whether the last thing written is a word that still wants a blank
        self._losses, self._paragraphs = Losses(), list[str]()

    def made(self) -> RichText:
        at = 0
        while match := TOKEN.match(self._content, at):
            at = match.end() + self._take(match)
            if match["brace"] == b"}" and not self._groups:
                break  # what follows is no rich text
        self._end_paragraph()
        return RichText(bytes(self._buffers[0]), self._losses, self._paragraphs)

    def _take(self, token: re.Match[bytes]) -> int:
        """Read a token; how many bytes behind it are no rich text."""
        if token["brace"] == b"{":
            self._open(OPENS.match(self._content, token.end()))
        elif token["brace"]:
            self._close()
        elif token["word"] == b"bin":
            return max(int(token["number"] or 0), 0)
        elif token["word"]:
            self._word(token["word"].decode(), token)
        elif token["text"] or token["sign"] in LETTERS:
            self._text(token[0], (token["text"] or token["sign"]).decode(errors="replace"))
        elif token["sign"] != b"*":
            self._put(token[0])
        return 0

    @property
    def _here(self) -> _Group:
        return self._groups[-1] if self._groups else _Group()

    def _put(self, written: bytes, *, is_word: bool = False) -> None:
        if self._here.is_written and written:
            self._buffers[-1] += b" " * (self._in_word and written[:1] not in b"\\{}\r\n") + written
            self._in_word = is_word and not written.endswith(b" ")

    def _open(self, start: re.Match[bytes] | None) -> None:
        name, starred = (start["name"].decode(), bool(start["star"])) if start else ("", False)
        way = self._way(name, starred=starred)
        if name == "pict" and way == "skip" and self._here.way != "skip":
            self._losses.add("picture", LEFT_OUT)
        if way == "aside" != self._here.way:
            self._aside = []
        if way in {"note", "box"}:
            self._words[-1] += [NOTE] if way == "note" else []
            self._words.append([])
        if way == "box":
            self._buffers.append(bytearray())
            self._starts.append(len(self._paragraphs))
        self._groups.append(replace(self._here, way=way, name=name))
        self._put(b"{\\*" if starred else b"{")

    def _way(self, name: str, *, starred: bool) -> Way:
        way = self._here.way
        if way in {"skip", "copy"}:
            return way
        if way == "shape":
            return "box" if name in BOXES else "skip" if name == "pict" else "shape"
        if way == "aside":
            return "skip" if starred and name not in ASIDES else "aside"
        if name in ASIDES:
            return "aside"
        return STARRED.get(name, "skip") if starred else NAMED.get(name, "read")

    def _close(self) -> None:
        group, whole = self._here, len(self._groups) == 1
        if group.way in {"note", "box"} or whole:
            self._end_paragraph()
        if whole:
            self._put_boxes()
        self._put(b"}")
        self._groups[-1:] = []
        if group.way in {"note", "box"}:
            self._words.pop()
        if group.way == "box":
            words = " ".join(self._paragraphs[self._starts.pop() :])
            self._boxes.append(bytes(self._buffers.pop()))
            self._losses.add("text box", "set between the paragraphs", words)
        if group.way == "aside" != self._here.way:
            self._end_aside(ASIDES[group.name], "".join(self._aside).strip())

    def _end_aside(self, noun: str, words: str) -> None:
        if noun in {"header", "footer"}:
            if words in self._margins or not re.search(r"[^\W\d_]", words):
                return
            self._margins.add(words)
        self._losses.add(noun, LEFT_OUT, words)

    def _text(self, written: bytes, words: str) -> None:
        group = self._here
        if group.way == "aside":
            self._aside.append(words)
        elif group.way == "copy":
            self._put(written)
        elif group.is_written:
            self._tell(group.fate, words)
            if not group.hidden and not group.deleted:
                self._put(written)
                self._words[-1].append(words)

    def _tell(self, fate: tuple[str, str] | None, words: str = "") -> None:
        """Count the stretch that was read last, where another begins."""
        if fate != self._fate:
            stretch = "".join(self._stretch)
            if self._fate and stretch.strip():
                number = len(stretch.split()) if self._fate[0] == "hidden word" else 1
                self._losses.add(*self._fate, stretch.strip(), number=number)
            self._fate, self._stretch = fate, []
        if fate:
            self._stretch.append(words)

    def _word(self, name: str, token: re.Match[bytes]) -> None:
        group = self._here
        if group.way == "aside":
            self._aside += [" "] * (name in ENDS)
        elif group.way == "copy":
            self._put(COPIED.get(name, token[0]), is_word=True)
        elif group.is_written:
            on = token["number"] != b"0"
            if name in LOOKS:
                self._groups[-1:] = [group.after(name, on=on)]
            if name in DATES:
                self._losses.add("automatic date", LEFT_OUT)
            if name in ENDS:
                self._end_paragraph()
            self._put(self._in_its_table(name, token[0], on=on), is_word=True)
            if name == "row" or (name in ENDS and not self._in_row):
                self._put_boxes()

    def _in_its_table(self, name: str, written: bytes, *, on: bool) -> bytes:
        """A word as pandoc has to find it: one start for each row, none for a row in a cell."""
        if name in {"pard", "intbl", "itap"}:
            self._in_table = name == "intbl" or (name == "itap" and on)
        if name in {"intbl", "itap"}:
            starts, self._in_row = self._in_row or not self._in_table, self._in_row or self._in_table
            return (b"" if starts else b"\\trowd") + (b"\\intbl " if self._in_table else b"")
        if name == "trowd":
            again, self._in_row = self._in_row, True
            return b"" if again else written
        if name == "row" or (name == "par" and not self._in_table):
            self._in_row = False
        return b"" if name == "ls" and not on else INSTEAD.get(name, written)

    def _end_paragraph(self) -> None:
        self._tell(None)
        self._paragraphs.append("".join(self._words[-1]))
        self._words[-1] = []

    def _put_boxes(self) -> None:
        for box in self._boxes if self._here.is_written else ():
            self._put(b"{\\pard " + box + b"\\par}")
        self._boxes = []
