"""E-books: what their package says of them, and their pages with nothing left out."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from essay_explorer.core.fault import ReadingError
from essay_explorer.formats.any_file import manuscript_of

MAIN = '<dc:title>The Lamp</dc:title><dc:creator id="a">Ann Lee</dc:creator><dc:language>de</dc:language>'
NAV = '<nav epub:type="toc"><h2>Contents</h2><ol>{}</ol></nav><nav epub:type="landmarks"><ol><li>Start</li></ol></nav>'
ENTRIES = "".join(f'<li><a href="a.xhtml#c{number}">Chapter {number}</a></li>' for number in (1, 2, 3))


def epub(
    pages: dict[str, str], spine: str = "", about: str = MAIN, more: dict[str, str | bytes] | None = None
) -> bytes:
    """An e-book of these pages; `spine` says otherwise than one after the other."""
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"{" properties=" + chr(34) + "nav" + chr(34) if name == "nav" else ""}/>'
        for name in pages
    )
    spine = spine or "".join(f'<itemref idref="{name}"/>' for name in pages)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{about}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OPS/book.opf": package}
        parts |= {
            f"OPS/{name}.xhtml": f"<html><head><title/></head><body>{body}</body></html>"
            for name, body in pages.items()
        }
        for name, text in {**parts, **(more or {})}.items():
            archive.writestr(name, text)
    return made.getvalue()


@pytest.mark.parametrize(
    ("titles", "title", "subtitle"),
    [
        ("<dc:title>The Lamp</dc:title><dc:title>A Story</dc:title>", "The Lamp", "A Story"),
        ("<dc:title>The Lamp</dc:title>", "The Lamp", ""),
        ("<dc:title>A</dc:title><dc:title>B</dc:title><dc:title>C</dc:title><dc:title>A</dc:title>", "A", "B; C"),
        (
            '<dc:title id="s">A Story</dc:title><meta property="title-type" refines="#s">subtitle</meta>'
            '<dc:title id="t">The\n Lamp</dc:title><meta property="title-type" refines="#t">main</meta>',
            "The Lamp",
            "A Story",
        ),
        ("<dc:title>On *Trust*</dc:title>", r"On \*Trust\*", ""),
    ],
)
def test_the_first_title_is_the_title_and_the_rest_a_subtitle(titles: str, title: str, subtitle: str) -> None:
    made = manuscript_of(epub({"a": "<p>Text.</p>"}, about=titles), "a.epub")
    assert (made.title, made.subtitle) == (title, subtitle)


def test_its_authors_are_those_who_wrote_it() -> None:
    about = '<dc:creator opf:role="ill">Bob</dc:creator><dc:creator opf:role="aut">Ann</dc:creator>'
    assert manuscript_of(epub({"a": "<p>Text.</p>"}, about=about), "a.epub").author == "Ann"
    about = '<dc:creator opf:role="ill">Bob</dc:creator><dc:creator>Ann</dc:creator>'
    assert manuscript_of(epub({"a": "<p>Text.</p>"}, about=about), "a.epub").author == "Ann"
    about = "<dc:creator>Ann</dc:creator><dc:creator>Bob</dc:creator>"
    assert manuscript_of(epub({"a": "<p>Text.</p>"}, about=about), "a.epub").author == "Ann, Bob"


@pytest.mark.parametrize("nav", ['<itemref idref="nav"/>', "", '<itemref idref="nav" linear="no"/>'])
def test_the_list_of_contents_is_kept(nav: str) -> None:
    made = manuscript_of(
        epub({"nav": NAV.format(ENTRIES), "a": "<p>Text.</p>"}, f'{nav}<itemref idref="a"/>'), "a.epub"
    )
    assert made.blocks == ("## Contents", "1. Chapter 1", "2. Chapter 2", "3. Chapter 3", "Text.")


def test_a_page_of_contents_and_one_beside_the_reading_order_are_kept() -> None:
    pages = {"toc": '<section epub:type="toc"><p>I. One</p></section>', "a": "<p>One.</p>", "n": "<p>Aside.</p>"}
    made = manuscript_of(
        epub(pages, '<itemref idref="toc"/><itemref idref="a"/><itemref idref="n" linear="no"/>'), "a.epub"
    )
    assert made.blocks == ("I. One", "One.", "Aside.")


def test_notes_on_other_pages_have_the_number_of_their_marks() -> None:
    pages = {
        "a": '<p>A robin<a href="n.xhtml#n3" epub:type="noteref">3</a> sang, <a href="#f" epub:type="noteref">*</a>.</p>'
        '<aside epub:type="footnote" id="f"><p>A foot.</p></aside>',
        "n": '<section epub:type="endnotes"><ol><li id="n3"><p>The note. <a href="a.xhtml#r" epub:type="backlink">↩︎</a></p></li></ol></section>',
    }
    assert manuscript_of(epub(pages), "a.epub").blocks == (
        r"A robin[3] sang, [\*].", r"[\*] A foot.", "[3] The note.",
    )  # fmt: skip


def test_its_style_sheets_say_what_is_emphasised() -> None:
    page = {"a": '<p>In <span class="t">Walden</span>,<br/>a <i/>line.</p>'}
    made = manuscript_of(epub(page, more={"OPS/s.css": ".t { font-style: italic }"}), "a.epub")
    assert made.blocks == ("In *Walden*,\\\na line.",)


def test_a_page_whose_elements_have_a_prefix_is_read() -> None:
    page = '<h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:body><h:h2>One</h:h2><h:p>A <h:em>lamp</h:em>.</h:p></h:body></h:html>'
    made = manuscript_of(epub({"a": "<p>Two"}, more={"OPS/a.xhtml": page}), "a.epub")
    assert made.blocks == ("## One", "A *lamp*.")


def test_what_is_open_on_a_page_ends_with_it() -> None:
    assert manuscript_of(epub({"a": "<blockquote><i>One", "b": "<p>Two"}), "a.epub").blocks == ("> *One*", "Two")


def test_a_title_page_is_not_reported_twice_and_a_picture_is() -> None:
    made = manuscript_of(epub({"a": '<h1>The Lamp</h1><img alt="A lamp"/><p>By Ann Lee</p>', "b": "<p>One."}), "a.epub")
    assert (made.blocks, made.notices) == (("One.",), ('1 picture left out: "A lamp".',))


LOCK = '<encryption><EncryptedData><CipherReference URI="OPS/a.xhtml"/></EncryptedData></encryption>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (epub({"a": "<p>Text."}, more={"META-INF/encryption.xml": LOCK}), "locked against reading by other programs"),
        (epub({"a": "<p>Text."}, more={"META-INF/encryption.xml": "<x"}), r"META-INF/encryption\.xml is no XML"),
        (epub({"a": "<p>Text."}, about="<dc:title>"), r"OPS/book\.opf is no XML"),
        (epub({"a": ""}), "holds no text"),
        (epub({"a": "<p>a" * 30_000}), "hardly more than line breaks and tags"),
    ],
)
def test_what_is_no_book_is_refused_in_a_sentence(content: bytes, why: str) -> None:
    with pytest.raises(ReadingError, match=f'^"a.epub" .*{why}'):
        manuscript_of(content, "a.epub")


def test_a_font_that_is_locked_is_in_nobodys_way() -> None:
    lock = LOCK.replace("a.xhtml", "font.otf")
    assert manuscript_of(epub({"a": "<p>Text."}, more={"META-INF/encryption.xml": lock}), "a.epub").blocks == ("Text.",)


@pytest.mark.parametrize("sign", ["<nav ", "<nav toc>"])
def test_a_list_of_contents_of_one_kind_of_sign_is_read_in_time(sign: str) -> None:
    start = time.process_time()
    made = manuscript_of(
        epub({"a": "<p>A lamp stood.</p>", "nav": f"<p>x</p>{sign * (200_000 // len(sign))}"}), "a.epub"
    )
    assert made.blocks[0] == "A lamp stood."
    assert time.process_time() - start < 5


def test_a_page_of_another_case_or_named_twice_is_read_once_and_one_that_is_missing_is_told() -> None:
    spine = '<itemref idref="A"/><itemref idref="gone"/><itemref idref="A"/>'
    book = epub({"A": "<p>Text.</p>", "gone": "<p>Gone.</p>"}, spine)
    book = book.replace(b"OPS/A.xhtml", b"OPS/a.xhtml").replace(b"OPS/gone.xhtml", b"OPS/went.xhtml")
    made = manuscript_of(book, "a.epub")
    assert (made.blocks, made.notices) == (("Text.",), ('1 page not in the file: "gone.xhtml".',))


def test_a_page_that_is_no_text_is_told() -> None:
    package = zipfile.ZipFile(io.BytesIO(epub({"a": "<p>One", "b": ""}))).read("OPS/book.opf").decode()
    drawn = package.replace('b.xhtml" media-type="application/xhtml+xml"', 'b.svg" media-type="image/svg+xml"')
    made = manuscript_of(epub({"a": "<p>One"}, more={"OPS/book.opf": drawn, "OPS/b.svg": "<svg/>"}), "a.epub")
    assert (made.blocks, made.notices) == (("One",), ('1 textless page left out: "b.svg".',))


ACCENTS = "<p>Zoë a dit qu’elle aimait le café, à côté de l’école où elle était née.</p>"
NOISE = bytes(range(256)) * 40


@pytest.mark.parametrize(
    ("page", "notice"),
    [
        (ACCENTS.encode("cp1252"), '1 page read as cp1252: "b.xhtml".'),
        (b'<?xml version="1.0" encoding="utf-8"?>' + ACCENTS.encode("cp1252"), '1 page read as cp1252: "b.xhtml".'),
        (b'<?xml encoding="x-none"?>' + ACCENTS.encode(), '1 page read as utf-8: "b.xhtml".'),
    ],
)
def test_a_page_that_is_not_in_its_encoding_is_read_in_the_likeliest_which_is_told(page: bytes, notice: str) -> None:
    made = manuscript_of(epub({"a": "<p>One.</p>", "b": ""}, more={"OPS/b.xhtml": page}), "a.epub")
    assert made.blocks == ("One.", ACCENTS[3:-4])
    assert made.notices == (notice,)


def test_letters_and_pages_of_a_book_that_cannot_be_read_are_told() -> None:
    damaged = ACCENTS.encode().replace("é".encode(), b"\xc3", 1)
    more = {"OPS/b.xhtml": damaged, "OPS/c.xhtml": NOISE}
    made = manuscript_of(epub({"a": "<p>One.</p>", "b": "", "c": ""}, more=more), "a.epub")
    assert made.blocks == ("One.", ACCENTS[3:-4].replace("é", "\ufffd", 1))
    assert made.notices == (
        "1 letter that could not be read shown as \ufffd.",
        '1 unreadable page left out: "c.xhtml".',
    )


def test_a_book_that_was_packed_again_is_one() -> None:
    book = epub({"a": "<p>Text.</p>"}).replace(b"mimetype", b"mimetypo")
    assert manuscript_of(book, "a.epub").blocks == ("Text.",)


def test_numbers_of_printed_pages_are_left_out_and_counted() -> None:
    numbers = (
        '<span class="pagenum">[Pg 6]</span>',
        '<a epub:type="pagebreak" id="p">7</a>',
        '<b role="doc-pagebreak"/>',
    )
    made = manuscript_of(epub({"a": f"<p>One {numbers[0]}two{numbers[1]} three{numbers[2]}.</p>"}), "a.epub")
    assert (made.blocks, made.notices) == (("One two three.",), ("2 printed page numbers left out.",))


def test_a_page_number_that_does_not_end_in_its_paragraph_takes_no_words_away() -> None:
    pages = {"a": '<p>One <i class="pagenum">6</p><p>Two and three</i> four.</p>'}
    assert "Two and three" in manuscript_of(epub(pages), "a.epub").blocks[1]
