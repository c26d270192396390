"""The letters of rich text in UTF-8, in which pandoc reads all of them.

A program writes a letter beyond ASCII as a byte of a code page, or as a number with other letters behind it for
programs that know no numbers. Pandoc takes every code page for Western, and drops a whole word for those others.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

TOKEN = re.compile(
    rb"\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})?(?P<end> ?)"
    rb"|\\(?P<sign>.)|(?P<brace>[{}])|(?P<lines>[\r\n]+)|(?P<text>[^\\{}\r\n]+)|(?P<rest>\\)",
    re.DOTALL,
)
WESTERN = "cp1252"
WHOLE = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}  # words that name the code page of a file
PAGES = {65001: "utf-8", 10000: "mac_roman", 936: "gbk", 950: "big5"}
SETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
SPECIAL = re.compile(r"[\\{}]")
UNSEEN = re.compile("[\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds in a group: how many other letters follow each number, and the code page of its font."""

    others: int = 1
    page: str = ""
    of_fonts: bool = False


class _Letters:
    """A pass over a file."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._made = bytearray()
        self._groups = [_Group()]
        self._page, self._fonts, self._font = WESTERN, dict[int, str](), -1
        self._bytes, self._units = bytearray(), bytearray()  # letters that are not written yet: of a page, of UTF-16
        self._skip = 0  # other letters to leave out
        self._in_word = False  # whether the last thing written is a control word without its blank

    def written(self) -> bytes:
        at = 0
        while match := TOKEN.match(self._content, at):
            at = match.end() + self._take(match)
        self._flush()
        return bytes(self._made)

    def _take(self, token: re.Match[bytes]) -> int:
        """Read a token; how many bytes behind it are no rich text."""
        kind = token.lastgroup if token["word"] is None else "word"
        if self._skip and kind in {"byte", "sign"}:
            self._skip -= 1
        elif kind == "byte":
            self._flush(pages=False)
            self._bytes.append(int(token["byte"], 16))
        elif kind == "text":
            self._say(token["text"])
        elif kind == "word":
            return self._word(token)
        elif kind == "lines" and self._skip:
            self._put(token[0])
        else:
            self._flush()
            self._put(token[0])
            if kind == "brace":
                self._brace(opens=token["brace"] == b"{")
        return 0

    def _brace(self, *, opens: bool) -> None:
        self._skip = 0
        if opens:
            self._groups.append(self._groups[-1])
        elif len(self._groups) > 1:
            self._groups.pop()

    def _say(self, text: bytes) -> None:
        skipped, self._skip = self._skip, max(self._skip - len(text), 0)
        text = text[skipped:]
        if not text:
            return
        self._flush()
        if text.isascii():
            self._put(text)
        else:
            self._put(_escaped(_decoded(text, "utf-8", self._here)))

    def _word(self, token: re.Match[bytes]) -> int:
        name, number = token["word"].decode(), int(token["number"] or 0)
        if name == "u" and token["number"]:
            self._flush(units=False)
            self._units += (number % 0x10000).to_bytes(2, "little")
            self._skip = self._groups[-1].others
            return 0
        self._flush()
        self._skip = 0
        self._set(name, number)
        if name != "uc":
            self._put(token[0])
            self._in_word = not token["end"]
        elif self._in_word:
            self._put(b" ")
        if name != "bin":
            return 0
        raw = self._content[token.end() : token.end() + max(number, 0)]
        self._put(raw)
        return len(raw)

    def _set(self, name: str, number: int) -> None:
        """What a word says of the letters that follow."""
        group = self._groups[-1]
        if name == "uc":
            self._groups[-1] = replace(group, others=max(number, 0))
        elif name == "fonttbl":
            self._groups[-1] = replace(group, of_fonts=True)
        elif name == "f" and group.of_fonts:
            self._font = number
        elif name in {"f", "plain"}:
            self._groups[-1] = replace(group, page=self._fonts.get(number, "") if name == "f" else "")
        elif name == "fcharset" and number in SETS:
            self._fonts[self._font] = SETS[number]
        elif name == "ansicpg":
            self._page = _known(PAGES.get(number, f"cp{number}"))
        else:
            self._page = WHOLE.get(name, self._page)

    @property
    def _here(self) -> str:
        return self._groups[-1].page or self._page

    def _flush(self, *, pages: bool = True, units: bool = True) -> None:
        """Write the letters that are whole now."""
        if units and self._units:
            self._put(_escaped(self._units.decode("utf-16-le", errors="replace")))
            self._units.clear()
        if pages and self._bytes:
            self._put(_escaped(_decoded(bytes(self._bytes), self._here, WESTERN)))
            self._bytes.clear()

    def _put(self, written: bytes) -> None:
        if self._in_word and written[:1] not in b"\\{}\r\n ":
            self._made += b" "
        self._in_word = False
        self._made += written


def with_plain_letters(content: bytes) -> bytes:
    """The same rich text, every letter of it written as itself."""
    return _Letters(content).written()


def _known(page: str) -> str:
    try:
        codecs.lookup(page)
    except LookupError:
        return WESTERN
    return page


def _decoded(text: bytes, page: str, other: str) -> str:
    try:
        return text.decode(page)
    except UnicodeDecodeError:
        return text.decode(other, errors="replace")


def _escaped(text: str) -> bytes:
    return SPECIAL.sub(r"\\\g<0>", UNSEEN.sub(" ", text)).encode(errors="replace")
