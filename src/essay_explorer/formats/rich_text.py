"""Rich text in words that pandoc reads; what it would lose is kept, or counted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.formats.comparing import NOTE
from essay_explorer.formats.lines import LEAST_WIDTH
from essay_explorer.formats.refusing import refuse_file
from essay_explorer.formats.rewriting import Losses
from essay_explorer.formats.rich_groups import (
    ASIDES,
    CELLS,
    COPIED,
    DATES,
    ENDS,
    INSTEAD,
    LEFT_OUT,
    LETTERS,
    LOOKS,
    Group,
    way_of,
)
from essay_explorer.formats.rich_letters import TOKEN
from essay_explorer.formats.rich_lists import Entries
from essay_explorer.formats.rich_pictures import RichPicture
from essay_explorer.formats.set_apart import parted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from essay_explorer.formats.rich_groups import Way

DEEPEST = 100  # groups in one another; Word makes a dozen
LINE_ENDS = {b"\n", b"\r"}  # behind a backslash, as TextEdit ends paragraphs, and lines of verse
ENDED_LINE, CONTROL = re.compile(rb"\\(?:\r\n?|\n)"), re.compile(rb"\\[a-z]+-?\d* ?|[{}]")
LINE_SEPARATOR = "\u2028".encode()
RTF = re.compile(rb"\{\\rtf[0-9]* ?")
STARTS = re.compile(rb"[\r\n ]*(?:\\pard(?![a-z])|\{[\r\n ]*\\(?:listtext|pntext)\b)")  # a paragraph of its own
BRACE = re.compile(rb"\\[\\{}]|[{}]")
OPENS = re.compile(rb"[\r\n ]*(?P<star>\\\*[\r\n ]*)?\\(?P<name>[a-zA-Z]+)")


class RichText(NamedTuple):
    """A text for pandoc, what it holds besides, and the words of each paragraph.

    `pictures`, and `descriptions` of them: by the names that pandoc gives them.
    """

    written: bytes
    losses: Losses
    paragraphs: list[str]
    pictures: dict[str, bytes]
    descriptions: dict[str, str]


class _Apart(NamedTuple):
    """A note, with its number, or a box; how many paragraphs come before it, and whether it stands in a table."""

    number: int
    paragraphs: int
    in_row: bool
    in_table: bool


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


def _letters(line: bytes) -> int:
    """About how many letters a line has."""
    return len(CONTROL.sub(b"", line).strip())


def _median(lengths: Iterable[int]) -> int:
    """The length of most lines that are not empty, or 0."""
    found = sorted(filter(None, lengths))
    return found[len(found) // 2] if found else 0


class _Rewriting:
    """A pass over a text."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._in_lines = _median(map(_letters, ENDED_LINE.split(content)[1:-1])) <= LEAST_WIDTH
        self._groups: list[Group] = []
        self._buffers = [bytearray()]  # what is written, and above it what is written in each open note and box
        self._words: list[list[str]] = [[]]  # of the open paragraph, and of those of each open note and box
        self._apart: list[_Apart] = []  # the open notes and boxes
        self._boxes: list[bytes] = []  # those that are to follow the open paragraph
        self._notes: dict[int, bytes] = {}  # those that are to follow all of them; pandoc loses some in tables
        self._number = self._to_number = 0  # of the last note; and of one without a word yet
        self._aside: list[str] = []
        self._fate: tuple[str, str] | None = None  # of the stretch that was read last
        self._stretch: list[str] = []  # its words, where it has one
        self._margins = set[str]()  # words above and below the pages
        self._in_row = self._in_table = False
        self._in_word = False  # whether the last thing written is a word that still wants a blank
        self._losses, self._paragraphs = Losses(), list[str]()
        self._entries = Entries(has_lists=b"\\listtable" in content)
        self._picture = RichPicture()  # the open one
        self._pictures, self._descriptions = dict[str, bytes](), dict[str, str]()

    def made(self) -> RichText:
        at = 0
        while match := TOKEN.match(self._content, at):
            at = match.end() + self._take(match)
            if match["brace"] == b"}" and not self._groups:
                break  # what follows is no rich text
        self._end_paragraph()
        written = bytes(self._buffers[0])
        lists, start = self._entries.lists(), RTF.match(written)
        if lists and start:
            written = start[0] + lists + written[start.end() :]
        return RichText(written, self._losses, self._paragraphs, self._pictures, self._descriptions)

    def _take(self, token: re.Match[bytes]) -> int:
        """Read a token; how many bytes behind it are no rich text."""
        if token["brace"] == b"{":
            self._open(OPENS.match(self._content, token.end()))
        elif token["brace"]:
            self._close()
        elif token["word"] == b"bin":
            most = max(int(token["number"] or 0), 0)
            if self._here.way == "picture":
                self._picture.hold(self._content[token.end() : token.end() + most])
            return most
        elif token["word"]:
            self._word(token["word"].decode(), token)
        elif token["text"] or token["sign"] in LETTERS:
            self._text(token[0], (token["text"] or token["sign"]).decode(errors="replace"))
        elif token["sign"] in LINE_ENDS:
            in_lines = self._in_lines and not STARTS.match(self._content, token.end())
            self._word("line" if in_lines else "par", token)
        elif token["sign"] != b"*" and not (token["sign"] == b"~" and self._to_number):
            self._put(token[0])
        return 0

    @property
    def _here(self) -> Group:
        return self._groups[-1] if self._groups else Group()

    def _put(self, written: bytes, *, is_word: bool = False) -> None:
        if self._here.is_written and written:
            self._buffers[-1] += b" " * (self._in_word and written[:1] not in b"\\{}\r\n") + written
            self._in_word = is_word and not written.endswith(b" ")

    def _open(self, start: re.Match[bytes] | None) -> None:
        name, starred = (start["name"].decode(), bool(start["star"])) if start else ("", False)
        way = way_of(name, self._here.way, starred=starred)
        if name == "pict" and way == "skip" and self._here.way != "skip":
            self._losses.add("picture", LEFT_OUT)
        if way != self._here.way:
            self._start(way)
        if way == "note":
            self._number += 1
            self._put(b"{\\nosupersub [%d]}" % self._number)
            self._to_number = self._number
            self._words[-1].append(NOTE)
        if way in {"note", "box"}:
            self._entries.start_apart()
            number = self._number if way == "note" else 0
            self._apart.append(_Apart(number, len(self._paragraphs), self._in_row, self._in_table))
            self._buffers.append(bytearray())
            self._words.append([])
            self._in_row = self._in_table = False
        self._groups.append(replace(self._here, way=way, name=name))
        self._put(b"{\\*" if starred and way == "copy" else b"{")

    def _start(self, way: Way) -> None:
        """A group that is not read as what is around it."""
        if way == "aside":
            self._aside = []
        elif way == "marker":
            self._entries.open()
        elif way == "picture":
            self._picture = RichPicture()

    def _close(self) -> None:
        group, whole = self._here, len(self._groups) == 1
        if group.way in {"note", "box"} or whole:
            self._end_paragraph()
        if whole:
            self._put_boxes()
            self._put(b"".join(self._notes[number] for number in sorted(self._notes)))
        self._put(b"}")
        self._groups[-1:] = []
        if group.way == "picture":
            self._end_picture(group.name)
        if group.way in {"note", "box"}:
            self._end_apart(group.way, self._apart.pop(), bytes(self._buffers.pop()))
        if group.way == "aside" != self._here.way:
            self._end_aside(ASIDES[group.name], "".join(self._aside).strip())

    def _end_picture(self, name: str) -> None:
        """A picture ends, or a group in one."""
        self._picture.end_group(name)
        if self._here.way == "picture":
            return
        taken = self._picture.taken(self._pictures, self._descriptions)
        if not taken:
            self._losses.add("picture", LEFT_OUT, self._picture.description)
        elif self._here.is_written:
            self._put(self._entries.start() + taken)
        else:
            self._boxes.append(b"{\\pard %s\\par}" % taken)

    def _end_apart(self, way: Way, apart: _Apart, written: bytes) -> None:
        self._words.pop()
        self._entries.end_apart()
        self._in_row, self._in_table = apart.in_row, apart.in_table
        if way == "note":
            self._notes[apart.number] = b"{\\pard %s\\par}" % written
        else:
            self._boxes.append(b"{\\pard %s\\par}" % written)
            words = " ".join(self._paragraphs[apart.paragraphs :])
            self._losses.add("text box", "set between the paragraphs", words)

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
        elif group.way == "marker":
            self._entries.say(words)
        elif group.way == "picture":
            self._picture.text(group.name, words)
        elif group.is_written:
            self._tell(group.fate, words)
            if not group.hidden and not group.deleted:
                self._put(self._entries.start())
                if self._to_number and words.strip():
                    self._put(b"[%d] " % self._to_number)
                    written, self._to_number = written.lstrip(), 0
                self._put(written.replace(LINE_SEPARATOR, b"\\line "))
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
        elif group.way == "numbering":
            self._entries.number_as(name)
        elif group.way == "picture":
            self._picture.word(name)
        elif group.is_written and not self._entries.word(name, int(token["number"] or 0)):
            self._written_word(name, token)

    def _written_word(self, name: str, token: re.Match[bytes]) -> None:
        on = token["number"] != b"0"
        if name in LOOKS:
            self._groups[-1:] = [self._here.after(name, on=on)]
        if name in DATES:
            self._losses.add("automatic date", LEFT_OUT)
        if name in ENDS:
            self._end_paragraph()
        written = token[0] if token["word"] else b"\\%s " % name.encode()
        self._put(self._in_its_table(name, written, on=on), is_word=True)
        if name == "row" or (name in ENDS and not self._in_row):
            self._put_boxes()

    def _in_its_table(self, name: str, written: bytes, *, on: bool) -> bytes:
        """A word as pandoc has to find it: one start for each row, none for a row in a cell or in a note."""
        if self._apart and self._apart[-1].number and name in CELLS:
            return b"\\par " if name == "cell" else b""
        if name in {"pard", "intbl", "itap"}:
            self._in_table = name == "intbl" or (name == "itap" and on)
        if name in {"intbl", "itap"}:
            starts, self._in_row = self._in_row or not self._in_table, self._in_row or self._in_table
            return (b"" if starts else self._above_row() + b"\\trowd") + (b"\\intbl " if self._in_table else b"")
        if name == "trowd":
            again, self._in_row = self._in_row, True
            return b"" if again else self._above_row() + written
        if name == "row" or (name == "par" and not self._in_table):
            self._in_row = False
        return INSTEAD.get(name, written)

    def _above_row(self) -> bytes:
        """What parts a row from an entry right above it: pandoc would set the list above the whole text."""
        return b"\\pard %s\\par " % parted().encode() if self._entries.was_entry else b""

    def _end_paragraph(self) -> None:
        self._tell(None)
        self._entries.end_paragraph()
        self._paragraphs.append("".join(self._words[-1]))
        self._words[-1] = []

    def _put_boxes(self) -> None:
        self._put(b"".join(self._boxes))
        self._boxes = []
