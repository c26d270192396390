"""An e-book: its pages as one text. They are web pages, which our own reader reads with nothing left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from essay_explorer.files.decoding import READABLE, UNREAD, decoded
from essay_explorer.formats.about import LANGUAGE
from essay_explorer.formats.manuscript import Manuscript, Run, markdown_of
from essay_explorer.formats.markup import tokens_of
from essay_explorer.formats.nesting import joined
from essay_explorer.formats.package import Package, PackageError
from essay_explorer.formats.page import Page
from essay_explorer.formats.pictures import LEFT_OUT, Pictures
from essay_explorer.formats.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.formats.litter import Block
    from essay_explorer.formats.rewriting import Losses

LEAST_ENTRIES = 3  # of a list of contents
CONTENTS = re.compile(rb"<nav\b[^<>]*\btoc\b")
ENCODING = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]{2,40})["']""")
NO_LETTER = re.compile(r"[\W_]+")


def from_epub(parts: Mapping[str, bytes], pictures: Pictures | None = None) -> Manuscript:
    """The text of an e-book, page after page in its reading order; its list of contents stands where it stands there.

    `parts`: those that hold text, by name; `pictures`: those that hold pictures.
    Raises PackageError where it cannot be read, MostlyMarkupError where it is hardly more than tags.
    """
    package = Package.from_parts(parts)
    if locked := package.locked.intersection(package.pages):
        message = f"it is locked against reading by other programs ({len(locked)} of its pages)"
        raise PackageError(message)
    styles = Styles()
    for name, sheet in parts.items():
        if name.lower().endswith(".css"):
            styles.read(sheet.decode(errors="replace"))
    pictures = pictures or Pictures()
    page = Page(styles, xml=True, pictures=pictures)
    for name in (*_contents(parts, package), *package.pages):
        page.place = name
        for token in tokens_of(_letters_of(parts[name], name.rpartition("/")[2], page.losses)):
            page.take(token)
        page.end()
    for name in package.missing:
        page.losses.add("page", "not in the file", name.rpartition("/")[2])
    for name in package.others:
        page.losses.add("textless page", LEFT_OUT, name.rpartition("/")[2])
    title, subtitle = (markdown_of([Run(text)]) for text in (package.title, package.subtitle))
    blocks = tuple(joined(_without_title_page(page.blocks, package)))
    return Manuscript(
        blocks,
        title=title,
        subtitle=subtitle,
        author=", ".join(package.authors),
        language=package.language if LANGUAGE.fullmatch(package.language) else "",
        notices=tuple(page.losses.sentences()),
        images=pictures.shown_in(blocks),
    )


def _contents(parts: Mapping[str, bytes], package: Package) -> tuple[str, ...]:
    """The list of contents, where it stands on no page and says more than a text's headings say at a glance."""
    page = parts[package.contents] if package.contents else b""
    found = CONTENTS.search(page)
    entries = page.count(b"<li", found.start(), page.find(b"</nav>", found.start())) if found else 0
    return (package.contents,) if entries >= LEAST_ENTRIES else ()


def _letters_of(content: bytes, name: str, losses: Losses) -> str:
    """The letters of a page; where it is not in the encoding that it declares, the likeliest is told."""
    declared = ENCODING.match(content)
    encoding = declared[1].decode() if declared else "utf-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except (LookupError, UnicodeDecodeError):
        made = decoded(content[content.index(b">") + 1 :] if declared else content)
    unread = made.text.count(UNREAD) if made else 0
    if not made or unread * READABLE > len(made.text):
        losses.add("unreadable page", LEFT_OUT, name)
        return ""
    if made.damaged:
        losses.add("letter", f"that could not be read shown as {UNREAD}", number=unread)
    elif made.encoding != encoding:
        losses.add("page", f"read as {made.encoding}", name)
    return made.text


def _without_title_page(blocks: list[Block], package: Package) -> list[Block]:
    """The blocks without those at the start that only say the title and the author again."""
    said = {_letters(text) for text in (package.title, package.subtitle, *package.authors)}
    said |= {f"by{_letters(author)}" for author in package.authors}
    said.add(_letters(package.title + package.subtitle))
    first = next((at for at, block in enumerate(blocks) if _letters(block.text) not in said), 0)
    return blocks[first:]


def _letters(text: str) -> str:
    return NO_LETTER.sub("", text).casefold()
