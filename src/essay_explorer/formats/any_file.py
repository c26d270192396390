"""Formats: the text of a file of any kind, as a manuscript."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from essay_explorer.core.essay import HOLLOW, is_hollow
from essay_explorer.formats import opendocument, word
from essay_explorer.formats.archive import packed, text_parts, unpacking
from essay_explorer.formats.comparing import missing_from
from essay_explorer.formats.languages import language_of
from essay_explorer.formats.litter import Block, without_litter
from essay_explorer.formats.manuscript import Manuscript
from essay_explorer.formats.pandoc import html_of
from essay_explorer.formats.refusing import refuse_file
from essay_explorer.formats.rewriting import Losses
from essay_explorer.formats.webpage import from_html
from essay_explorer.formats.word_parts import CONTENT_TYPES, MAIN, main_part

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LARGEST = 64 * 1024 * 1024  # bytes of a file: thirty novels
MOST_TYPES = 1024 * 1024  # bytes of an archive's list of its parts
SAMPLE = 64 * 1024  # bytes that are enough to tell an encoding
KINDS = ("txt", "md", "html", "docx", "odt", "epub", "rtf")
SUFFIXES = {"markdown": "md", "htm": "html", "xhtml": "html", "text": "txt", "": "txt"}
PACKED_KINDS = {"docx", "odt", "epub"}
REFUSED = {
    b"%PDF": "is a PDF: it holds pages, not paragraphs. Open it, copy its text into a file, and save that as .txt",
    b"\xd0\xcf\x11\xe0": "is an old Word file. Open it in Word or LibreOffice and save it as .docx",
    b"\x89PNG": "is a picture. An essay is text: save it as .txt or .docx",
    b"\xff\xd8\xff": "is a picture. An essay is text: save it as .txt or .docx",
}
MARKS = {  # the longer ones first
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
DECLARED = re.compile(rb"""(?i)<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""")
ENCODINGS = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r", "mac_roman",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
)  # fmt: skip
WESTERN = set("’‘“”„‚–—…•·«»‹›¿¡€£§©®°ºª\xa0\xadàâäáãåæçéèêëíìîïñóòôöõøœúùûüßÀÂÄÁÅÆÇÉÈÊÍÎÑÓÔÖÕØŒÚÙÛÜ")
NO_TEXT = "is no text. Save it as .txt, .md, .html, .docx, .odt, .epub or .rtf"


def manuscript_of(content: bytes, file: str, *, clean: bool = False) -> Manuscript:
    """What a file of that name holds, whatever its format; `clean` leaves out web litter.

    Raises ReadingError, with what to do, for what is no text and what cannot be read.
    """
    kind = _kind(content, file)
    if kind in _READERS:
        text, notice = decoded(content, file)
        if is_hollow(text):
            refuse_file(file, HOLLOW)
        made = _READERS[kind](text, clean)
        made = replace(made, notices=(*filter(None, (notice,)), *made.notices))
    else:
        made = _unpacked(content, kind, file, clean=clean)
    if not any(block.strip() for block in made.blocks):
        refuse_file(file, "holds no text")
    language = language_of(" ".join(made.blocks))
    return made if made.language.startswith(language) else replace(made, language=language)


def content_of(path: Path) -> bytes:
    """The bytes of a file; raises ReadingError where there is none, or more than an essay has."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "there is no such file"
        refuse_file(str(path), f"cannot be read: {why}")
    return content


def _text(source: str, clean: bool) -> Manuscript:  # noqa: FBT001 - a reader in a table of readers
    made = Manuscript.from_text(source)
    if not clean:
        return made
    kept, litter = without_litter([Block(block) for block in made.blocks])
    return replace(made, blocks=tuple(b.text for b in kept), left_out=tuple(b.text for b in litter))


_READERS: dict[str, Callable[[str, bool], Manuscript]] = {
    "txt": _text,
    "md": lambda source, _: Manuscript.from_markdown(re.sub("\r\n?", "\n", source)),
    "html": lambda source, clean: from_html(source, clean=clean),
}

_REWRITTEN = {"docx": word.readable, "odt": opendocument.readable}


def _kind(content: bytes, file: str) -> str:
    """One of KINDS: what the content is, else what the name says."""
    if len(content) > LARGEST:
        refuse_file(file, f"is larger than {LARGEST // 1024**2} MB, which no essay is. Save its text alone, as .txt")
    for start, why in REFUSED.items():
        if content.startswith(start):
            refuse_file(file, why)
    suffix = file.rpartition(".")[2].lower() if "." in file else ""
    named = SUFFIXES.get(suffix, suffix)
    if content.startswith(b"PK"):
        return _packed_kind(content, file)
    if content.startswith(b"{\\rtf"):
        return "rtf"
    if named in PACKED_KINDS or named == "rtf":
        refuse_file(file, f"is named .{named}, and is no such file. Save it again as .{named}")
    if re.match(rb"(?i)\W{0,8}<(?:!doctype html|html)\b", content[:64]):
        return "html"
    return named if named in KINDS else "txt"


def decoded(content: bytes, file: str) -> tuple[str, str]:
    """The text in some bytes, and a sentence about its encoding where that had to be guessed, else ""."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _strictly(content, encoding, file).removeprefix("\ufeff"), ""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        pass
    else:
        return (text, "") if "\0" not in text[:SAMPLE] else (_strictly(content, _wide(content, file), file), "")
    declared = DECLARED.search(content, 0, 2048)
    encoding = declared[1].decode() if declared else _guessed(content, file)
    return _strictly(content, encoding, file), f"Read as {encoding}. If letters are wrong, save it again as UTF-8."


def _strictly(content: bytes, encoding: str, file: str) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        refuse_file(file, f"is not readable as {encoding}. Save it again with the encoding UTF-8")


def _wide(content: bytes, file: str) -> str:
    """UTF-16 without its mark: in most languages every other byte of it is 0."""
    even, odd = content[:SAMPLE:2].count(0), content[1:SAMPLE:2].count(0)
    if max(even, odd) * 4 < len(content[:SAMPLE:2]) or min(even, odd) * 10 > max(even, odd):
        refuse_file(file, NO_TEXT)
    return "utf-16-be" if even > odd else "utf-16-le"


def _guessed(content: bytes, file: str) -> str:
    """The encoding that these bytes are likely to be in."""
    if b"\0" in content[:SAMPLE]:
        return _wide(content, file)
    if _is_western(content[:SAMPLE].decode("cp1252", errors="replace")):
        return "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, and seldom needed

    best = from_bytes(content[:SAMPLE], cp_isolation=[*ENCODINGS]).best()
    if best is None:
        refuse_file(file, NO_TEXT)
    return best.encoding


def _is_western(text: str) -> bool:
    """Does it look like Windows' text in a Western language? A few bytes over 127 are too few for statistics."""
    foreign = [letter for letter in text if letter > "\x7f"]
    letters = sum(letter.isalpha() for letter in foreign)
    return (
        all(letter in WESTERN for letter in foreign)
        and letters * 12 <= sum(map(str.isalpha, text))
        and not re.search(r"[a-z][À-Þ]", text)
    )


def _packed_kind(content: bytes, file: str) -> str:
    """What is packed in a zip archive."""
    with unpacking(file), zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        types = archive.open(CONTENT_TYPES).read(MOST_TYPES) if CONTENT_TYPES in names else b""
        if MAIN in names or main_part(types) in names:
            return "docx"
        mime = archive.open("mimetype").read(100) if "mimetype" in names else b""
    found = [kind for kind, sign in {"epub": b"epub", "odt": b"opendocument.text"}.items() if sign in mime]
    if not found:
        refuse_file(file, "is an archive without a text that is known: expected .docx, .odt or .epub")
    return found[0]


def _unpacked(content: bytes, kind: str, file: str, *, clean: bool) -> Manuscript:
    """The text of a file that another program wrote, and what of the file is not in it."""
    if kind == "rtf":
        return from_html(html_of(content, kind, file), clean=clean)
    parts, losses, paragraphs = text_parts(content, file), Losses(), list[str]()
    if kind in _REWRITTEN:
        try:
            parts, losses, paragraphs = _REWRITTEN[kind](parts)
        except ValueError:
            refuse_file(file, f"is not readable as .{kind}. Open it in its own program and save it again")
    made = from_html(html_of(packed(parts), kind, file), clean=clean)
    whole = (made.title, made.subtitle, made.author, made.date, *made.blocks, *made.left_out)
    for paragraph in missing_from(whole, paragraphs):
        losses.add("paragraph", "not taken over whole", paragraph)
    return replace(made, notices=(*losses.sentences(), *made.notices))
