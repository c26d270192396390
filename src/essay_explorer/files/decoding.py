"""The letters in the bytes of a text file, whatever wrote them."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from essay_explorer.core.fault import Fault, refuse
from essay_explorer.words import Phrase, Sentence

SAMPLE = 64 * 1024  # bytes that are enough to tell an encoding
MARKS = {  # the longer ones first
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
DECLARED = re.compile(rb"""(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""")
OF_TEXTS = re.compile("utf-8|iso8859|cp|koi8|mac|shift|euc|iso2022|gb|big5|hz|johab|tis|latin|ascii|hp|kz|ptcp")
HEAD = 2048  # bytes in which a web page names its encoding
ENCODINGS = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "mac_roman",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
)  # fmt: skip
WESTERN = set("’‘“”„‚–—…•·«»‹›¿¡€£§©®°ºª\xa0\xadàâäáãåæçéèêëíìîïñóòôöõøœúùûüßÀÂÄÁÅÆÇÉÈÊÍÎÑÓÔÖÕØŒÚÙÛÜ\ufffd")
# No word of any Western language has this: "donÕt", "Stra§e".
NO_WORD = re.compile(r"[a-z][À-ÞŒŠŽŸˆ‡]|[A-Za-z][§®©ª¡¿][a-z]|[a-km-z]·[a-z]")
TURKISH = set("ığşİĞŞçöüÇÖÜâîûÂÎÛ’‘“”…–—«»\xa0")
UNREAD = "\ufffd"
READABLE = 20  # of so many letters one may be damaged; where more are, it is another encoding, or no text
AS_UTF_8 = Phrase("Save the file again with the encoding UTF-8").filled()
RIGHT_FILE = Phrase("Take the right file").filled()


class Decoded(NamedTuple):
    """Text, the encoding in which it was read, and what is doubtful about it.

    `where`: the first place that is not UTF-8, "" where there is none or a mark names the encoding.
    `damaged`: whether letters could not be read; they show as U+FFFD.
    """

    text: str
    encoding: str
    where: str | Sentence = ""
    damaged: bool = False


def decoded(content: bytes) -> Decoded | None:
    """The text in some bytes: in the encoding that a mark names, in UTF-8, or in the likeliest; None for no text."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _in(encoding, content)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        where = Phrase("byte {byte} in line {line}").filled(byte=f"{content[error.start]:#04x}", line=str(line))
    else:
        if "\0" not in text[:SAMPLE]:
            return Decoded(text, "utf-8")
        where = Phrase("byte {byte}").filled(byte="0x00")
    encoding = _likeliest(content)
    return _in(encoding, content, where) if encoding else None


def certain_text(content: bytes, file: str, *, advice: str | Sentence = RIGHT_FILE) -> str:
    """The text of a file that programs write, in UTF-8, or with a mark in UTF-16. Raises ReadingError for any other.

    `advice`: what to do with a picture, an archive, or whatever else is no text.
    """
    made = decoded(content)
    if made is None:
        told = Phrase("is no text, but something else, such as a picture. {advice}").filled(advice=advice)
        refuse(Fault.of(file, told))
    if made.where or made.damaged:
        wanted = "UTF-16" if made.encoding == "utf-16" else "UTF-8"
        placed, plain = Phrase("{where}: not {encoding}. {advice}"), Phrase("not {encoding}. {advice}")
        values = {"where": made.where, "encoding": wanted, "advice": AS_UTF_8}
        refuse(Fault.of(file, (placed if made.where else plain).filled(**values)))
    return made.text


def exact_text(content: bytes, file: str) -> str:
    """The text of a file letter by letter, its mark too, to be written again. Raises ReadingError if not in UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        told = Phrase("not UTF-8, so that it cannot be written back. Save the file again with the encoding UTF-8")
        refuse(Fault.of(file, told.filled()))


def _in(encoding: str, content: bytes, where: str | Sentence = "") -> Decoded:
    try:
        return Decoded(content.decode(encoding).removeprefix("\ufeff"), encoding, where)
    except UnicodeDecodeError:
        return Decoded(content.decode(encoding, errors="replace").removeprefix("\ufeff"), encoding, where, damaged=True)


def _likeliest(content: bytes) -> str:
    """The encoding that bytes which are not UTF-8 are likely to be in; "" where they are no text."""
    if b"\0" in content[:SAMPLE]:
        return _wide(content)
    if (declared := DECLARED.search(content, 0, HEAD)) and _is_known(name := declared[1].decode()):
        return name
    foreign = [letter for letter in content.decode(errors="replace") if letter > "\x7f"]
    if foreign.count(UNREAD) * 2 <= len(foreign):  # a letter of UTF-8 is hardly ever there by chance
        return "utf-8"
    if encoding := _by_its_words(content[:SAMPLE]):
        return encoding
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, and seldom needed

    best = from_bytes(content[:SAMPLE], cp_isolation=[*ENCODINGS]).best()
    return best.encoding if best else ""


def _by_its_words(sample: bytes) -> str:
    """The encoding of a text of few foreign letters, which are too few for statistics; "" where it is not certain."""
    windows, mac, turkish = (
        sample.decode(encoding, errors="replace") for encoding in ("cp1252", "mac_roman", "cp1254")
    )
    if _is_western(windows):
        return "cp1252"
    if NO_WORD.search(windows) and _is_western(mac):
        return "mac_roman"
    return "cp1254" if "ı" in {letter for letter in turkish if letter > "\x7f"} <= TURKISH else ""


def _is_known(encoding: str) -> bool:
    """Does Python know it, as one of texts whose first letters are those of ASCII? It has others, as of host names."""
    try:
        return bool(OF_TEXTS.match(codecs.lookup(encoding).name))
    except LookupError:
        return False


def _wide(content: bytes) -> str:
    """UTF-16 without its mark: in most languages every other byte of it is 0."""
    even, odd = content[:SAMPLE:2].count(0), content[1:SAMPLE:2].count(0)
    if max(even, odd) * 4 < len(content[:SAMPLE:2]) or min(even, odd) * 10 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_western(text: str) -> bool:
    """Whether it looks like text in a Western language."""
    foreign = [letter for letter in text if letter > "\x7f"]
    letters = sum(letter.isalpha() for letter in foreign)
    return (
        all(letter in WESTERN for letter in foreign)
        and foreign.count(UNREAD) * 2 < len(foreign)
        and letters * (12 if "õ" in text else 4) <= sum(map(str.isalpha, text))  # Hungarian has others in its place
        and not NO_WORD.search(text)
    )
