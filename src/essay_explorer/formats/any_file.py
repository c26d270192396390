"""Formats: the text of a file of any kind, as a manuscript."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from essay_explorer.core.essay import MOSTLY_MARKUP, is_mostly_markup
from essay_explorer.files.decoding import AS_UTF_8, READABLE, UNREAD, decoded
from essay_explorer.files.limits import check_size
from essay_explorer.formats import opendocument, word
from essay_explorer.formats.archive import Parts, packed, slashed, text_parts, unpacking
from essay_explorer.formats.comparing import missing_from
from essay_explorer.formats.ebook import from_epub
from essay_explorer.formats.languages import language_of
from essay_explorer.formats.litter import Block, without_litter
from essay_explorer.formats.manuscript import Manuscript, Run, markdown_of
from essay_explorer.formats.markdown_file import from_markdown
from essay_explorer.formats.package import CONTAINER as BOOK
from essay_explorer.formats.package import PackageError
from essay_explorer.formats.pandoc import html_of
from essay_explorer.formats.pictures import SHOWN, Pictures, nothing
from essay_explorer.formats.pieces import MostlyMarkupError
from essay_explorer.formats.refusing import refuse_file
from essay_explorer.formats.rich_letters import with_plain_letters
from essay_explorer.formats.rich_text import check_depth, readable
from essay_explorer.formats.set_apart import SetApart
from essay_explorer.formats.webpage import from_html
from essay_explorer.formats.word_parts import CONTENT_TYPES, MAIN, RELATIONS, main_part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from essay_explorer.formats.pictures import Held
    from essay_explorer.formats.rewriting import Losses

MOST_LIST = 1024 * 1024  # bytes of an archive's list of its parts
KINDS = ("txt", "md", "html", "docx", "odt", "epub", "rtf")
SUFFIXES = {"markdown": "md", "htm": "html", "xhtml": "html", "text": "txt", "": "txt"}
PACKED_KINDS = {"docx", "odt", "epub"}
REFUSED = {
    b"%PDF": "is a PDF: it holds pages, not paragraphs. Open it, copy its text into a file, and save that as .txt",
    b"\xd0\xcf\x11\xe0": "is an old Word file. Open it in Word or LibreOffice and save it as .docx",
    b"\x89PNG": "is a picture. An essay is text: save it as .txt or .docx",
    b"\xff\xd8\xff": "is a picture. An essay is text: save it as .txt or .docx",
}
PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|[ew]mf|bmp|tiff?)$", re.IGNORECASE)
UNDESCRIBED = re.compile(r'(<img\s[^<>]*?\balt=)"image"')  # as pandoc has each picture of rich text
NO_TEXT = "is not text. Save it as .txt, .md, .html, .docx, .odt, .epub or .rtf"


def manuscript_of(content: bytes, file: str, *, clean: bool = False, beside: Held = nothing) -> Manuscript:
    """What a file of that name holds, whatever its format; `clean` leaves out web litter.

    `beside`: the bytes of what stands beside the file, by its name: the pictures of a web page.
    Raises ReadingError, with what to do, for what is no text and what cannot be read.
    """
    kind = _kind(content, file)
    if kind in _READERS:
        text, notice = likely_text(content, file)
        if kind != "html" and is_mostly_markup(text):
            refuse_file(file, MOSTLY_MARKUP.in_english())
        try:
            made = _READERS[kind](text, clean, Pictures(beside))
        except MostlyMarkupError:
            refuse_file(file, MOSTLY_MARKUP.in_english())
        made = replace(made, notices=(*filter(None, (notice,)), *made.notices))
    else:
        made = _unpacked(content, kind, file, clean=clean)
    if not any(block.strip() for block in made.blocks):
        refuse_file(file, "holds no text")
    language = language_of(" ".join(made.blocks))
    return made if made.language.startswith(language) else replace(made, language=language)


def _text(source: str, clean: bool, _: Pictures) -> Manuscript:  # noqa: FBT001 - a reader in a table of readers
    made = Manuscript.from_text(source)
    if not clean:
        return made
    kept, litter = without_litter([Block(block) for block in made.blocks])
    return replace(made, blocks=tuple(b.text for b in kept), left_out=tuple(b.text for b in litter))


_READERS: dict[str, Callable[[str, bool, Pictures], Manuscript]] = {
    "txt": _text,
    "md": lambda source, *_: from_markdown(re.sub("\r\n?", "\n", source)),
    "html": lambda source, clean, pictures: from_html(source, clean=clean, pictures=pictures),
}

_REWRITTEN = {"docx": word.readable, "odt": opendocument.readable}


def _kind(content: bytes, file: str) -> str:
    """One of KINDS: what the content is, else what the name says."""
    check_size(content, file)
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
        refuse_file(file, f"is named .{named} but is no such file. Save it again as .{named}")
    if re.match(rb"(?i)\W{0,8}<(?:!doctype html|html)\b", content[:64]):
        return "html"
    return named if named in KINDS else "txt"


def likely_text(content: bytes, file: str) -> tuple[str, str]:
    """The text in some bytes, and a sentence about its encoding where that had to be guessed, else ""."""
    made = decoded(content)
    if not made:
        refuse_file(file, NO_TEXT)
    if not made.damaged:
        guess = f"Read as {made.encoding}. If letters are wrong, save it again as UTF-8."
        return made.text, guess if made.where and not made.encoding.startswith("utf") else ""
    unread = made.text.count(UNREAD)
    if unread * READABLE > len(made.text):
        refuse_file(file, f"is not readable as {made.encoding}. {AS_UTF_8.in_english()}")
    return made.text, f"Letters that could not be read as {made.encoding}: {unread:,}. They show as {UNREAD}."


def _packed_kind(content: bytes, file: str) -> str:
    """What is packed in a zip archive."""
    with unpacking(file), zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        lists = {name: archive.open(name).read(MOST_LIST) for name in (CONTENT_TYPES, RELATIONS) if name in names}
        if MAIN in names or main_part({**dict.fromkeys(map(slashed, names), b""), **lists}):
            return "docx"
        mime = archive.open("mimetype").read(100) if "mimetype" in names else b""
    if not mime and BOOK in names:  # packed again by somebody
        return "epub"
    found = [kind for kind, sign in {"epub": b"epub", "odt": b"opendocument.text"}.items() if sign in mime]
    if not found:
        refuse_file(file, "is an archive without a text in a known format: expected .docx, .odt or .epub")
    return found[0]


def _ebook(parts: Mapping[str, bytes], pictures: Pictures, file: str) -> Manuscript:
    try:
        return from_epub(parts, pictures)
    except MostlyMarkupError:
        refuse_file(file, MOSTLY_MARKUP.in_english())
    except PackageError as error:
        refuse_file(file, f"is not readable as .epub: {error}. Take another file of this book")


def _unpacked(content: bytes, kind: str, file: str, *, clean: bool) -> Manuscript:
    """The text of a file that another program wrote, and what of the file is not in it."""
    if kind == "rtf":
        check_depth(content, file)
        rich = readable(with_plain_letters(content))
        pictures = Pictures(lambda name, _: rich.pictures.get(name))
        pictures.descriptions = rich.descriptions
        page = SetApart().restored(UNDESCRIBED.sub(r'\1""', html_of(rich.written, kind, file)))
        made = from_html(page, clean=clean, pictures=pictures)
        return _told(made, rich.losses, rich.paragraphs)
    parts = text_parts(content, file)
    with unpacking(file):
        held = Parts(content)
    pictures = Pictures(held.part)
    if kind == "epub":
        return _ebook(parts, pictures, file)
    parts |= {name: b"" for name in held.names() if PICTURE.search(name)}  # pandoc looks whether they are there
    try:
        parts, losses, paragraphs, descriptions, facts, set_apart = _REWRITTEN[kind](parts)
    except ValueError:
        refuse_file(file, f"is not readable as .{kind}. Open it in its own program and save it again")
    pictures.descriptions = descriptions
    place = MAIN if kind == "docx" else ""
    title, subtitle = (markdown_of([Run(facts.get(name, ""))]) for name in ("title", "subtitle"))
    page = set_apart.restored(html_of(packed(parts), kind, file))
    made = from_html(page, clean=clean, pictures=pictures, place=place, title=title)
    made = replace(made, title=title or made.title, subtitle=subtitle or made.subtitle)
    made = replace(made, author=facts.get("author", made.author), date=facts.get("date", made.date))
    return _told(made, losses, paragraphs)


def _told(made: Manuscript, losses: Losses, paragraphs: Sequence[str]) -> Manuscript:
    """The manuscript with what the file holds and it does not: counted on the way, or seen now."""
    whole = (made.title, made.subtitle, made.author, made.date, *made.blocks, *made.left_out)
    for paragraph in missing_from((SHOWN.sub("", block) for block in whole), paragraphs):
        losses.add("paragraph", "not taken over completely", paragraph)
    return replace(made, notices=(*losses.sentences(), *made.notices))
