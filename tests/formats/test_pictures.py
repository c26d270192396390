"""Pictures that a file of another program holds: taken into the reading under safe names, or told."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest

from essay_explorer.files import pictures as files
from essay_explorer.formats import pictures
from essay_explorer.formats.any_file import manuscript_of
from essay_explorer.formats.webpage import from_html
from essay_explorer.library.adding import add
from essay_explorer.library.finding import LIBRARY
from essay_explorer.library.new_reading import opened
from essay_explorer.library.opening import open_quietly
from essay_explorer.library.updating import update
from pandoc_files import by_pandoc

if TYPE_CHECKING:
    from pathlib import Path

    from essay_explorer.core.reading import Reading


def png(shade: int) -> bytes:
    """A picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    parts = {
        b"IHDR": struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0),
        b"IDAT": zlib.compress(bytes([0, shade])),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, data) for kind, data in parts.items())


LAMP, FACE = png(1), png(2)
SOURCE = "# On Lamps\n\nBefore.\n\n![A [lit] lamp](lamp.png)\n\nA face, ![her face](deep/face.png), is *here*.\n\n- ![A lamp again](lamp.png)\n"
STILL = b'<svg xmlns="http://www.w3.org/2000/svg"><defs><g id="a"/></defs><use href="#a"/><text>on stage</text></svg>'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pictures, beside the library."""
    monkeypatch.setenv(LIBRARY, str(tmp_path / "own"))
    made = tmp_path / "made"
    (made / "deep").mkdir(parents=True)
    (made / "lamp.png").write_bytes(LAMP)
    (made / "deep" / "face.png").write_bytes(FACE)
    return made


def written(folder: Path, kind: str, source: str = SOURCE) -> Path:
    """A file as pandoc writes it, beside its pictures."""
    path = folder / f"lamps.{kind}"
    path.write_bytes(by_pandoc(source, kind, reader="markdown-implicit_figures", beside=folder))
    return path


def in_library(path: Path) -> Path:
    made = opened(path)
    return add(made.reading.name, made.texts, made.reading.images)


def shown(reading: Reading) -> list[tuple[str, bytes]]:
    """What stands where a picture is, and its bytes."""
    held = {image.source: image.content for image in reading.images}
    return [(one.alt, held[one.source]) for block in reading.essay.blocks for one in block.pictures]


@pytest.mark.parametrize("kind", ["docx", "odt", "epub", "html"])
def test_the_pictures_of_a_file_are_in_the_reading(folder: Path, kind: str) -> None:
    reading = open_quietly(in_library(written(folder, kind)))
    assert reading.faults == ()
    said = ["", "", ""] if kind == "odt" else ["A [lit] lamp", "her face", "A lamp again"]  # pandoc writes none there
    assert shown(reading) == list(zip(said, [LAMP, FACE, LAMP], strict=True))
    assert len(reading.images) == len({LAMP, FACE})
    assert f"A face, {said[1]}, is here." in reading.essay.text
    assert [block.kind for block in reading.essay.blocks if block.pictures][:2] == ["picture", "paragraph"]
    assert "not taken over completely" not in " ".join(opened(folder / f"lamps.{kind}").sentences)


DESCRIBED = "<svg:title>T</svg:title><svg:desc>A *lit* lamp</svg:desc></draw:frame>"


def test_what_a_picture_of_an_odt_shows_is_said(folder: Path) -> None:
    path = written(folder, "odt")
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</draw:frame>", DESCRIBED.encode()))
    path.write_bytes(packed.getvalue())
    made = opened(path)
    assert [alt for alt, _ in shown(made.reading)] == ["A *lit* lamp"] * 3
    assert made.sentences == ()


def test_a_figure_whose_caption_only_says_the_same_says_it_once(folder: Path) -> None:
    page = '<figure><img src="lamp.png" alt="A lamp"/><figcaption aria-hidden="true">A lamp</figcaption></figure>'
    more = '<figure><img src="lamp.png" alt="Her lamp"><figcaption>By <i>Ann</i></figcaption></figure><p>Her lamp</p>'
    (folder / "a.html").write_text(f"{page}<p>One.</p>{more}", encoding="utf-8")
    assert opened(folder / "a.html").reading.essay.text.split("\n\n") == [
        "A lamp",
        "One.",
        "Her lamp",
        "By Ann",
        "Her lamp",
    ]


def test_a_page_holds_pictures_itself() -> None:
    made = from_html(f'<p>One.<p><img alt="Lamp" src="data:image/png;base64,{b64encode(LAMP).decode()}"><p>Two.')
    assert [image.content for image in made.images] == [LAMP]
    assert made.blocks == ("One.", f"![Lamp]({made.images[0].source})", "Two.")
    assert made.notices == ()


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/lamp.png",
        "//example.org/lamp.png",
        "/lamp.png",
        "../secret.png",
        "deep/../../secret.png",
        "%2e%2e/secret.png",
        "gone.png",
        "",
        "a\\lamp.png",
        "deep",
        "data:image/png;base64,%%%",
        "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7",
    ],
)
def test_a_picture_that_is_elsewhere_is_reported_and_never_asked_for(folder: Path, address: str) -> None:
    (folder.parent / "secret.png").write_bytes(LAMP)
    (folder / "a.html").write_text(f'<p>One.<p><img alt="A lamp" src="{address}"><p>Two.', encoding="utf-8")
    made = opened(folder / "a.html")
    assert (made.reading.essay.text, made.reading.images) == ("One.\n\nTwo.", ())
    assert '1 picture left out: "A lamp".' in made.sentences


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x01\0\0\0 a metafile", ", being no PNG, JPEG"),
        (b"<html><script>", ", being no PNG, JPEG"),
        (STILL.replace(b"<text>", b"<script>alert(1)</script><text>"), ", holding more than a picture"),
        (STILL.replace(b"<text>", b"<text onload='alert(1)'>"), ", holding more than a picture"),
        (STILL.replace(b"#a", b"https://example.org/a"), ", holding more than a picture"),
        (STILL.replace(b"#a", b"&#106;avascript:alert(1)"), ", holding more than a picture"),
        (STILL.replace(b"<text>", b"<foreignObject/><text>"), ", holding more than a picture"),
        (STILL.replace(b"<text>", b"<set attributeName='href' to='x'/><text>"), ", holding more than a picture"),
        (LAMP + bytes(1000), ", being larger than"),
    ],
)
def test_what_is_no_plain_picture_is_left_out_with_the_reason(
    folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, why: str
) -> None:
    monkeypatch.setattr(pictures, "MOST", 1000)
    (folder / "lamp.png").write_bytes(content)
    (folder / "a.html").write_text('<p>One.<p><img alt="A lamp" src="lamp.png">', encoding="utf-8")
    made = opened(folder / "a.html")
    assert made.reading.images == ()
    assert any(one.startswith(f"1 picture left out{why}") and "A lamp" in one for one in made.sentences), made.sentences


def test_a_drawing_that_only_shows_something_is_taken(folder: Path) -> None:
    (folder / "lamp.svg").write_bytes(STILL)
    (folder / "a.html").write_text('<p>One.<p><img src="lamp.svg">', encoding="utf-8")
    assert [image.kind for image in opened(folder / "a.html").reading.images] == ["image/svg+xml"]


def test_pictures_have_a_limit_together(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_IN_ALL", len(LAMP) + 1)
    made = opened(written(folder, "epub"))
    assert {content for _, content in shown(made.reading)} == {LAMP}
    assert any(one.startswith("1 picture left out, since all of them may have") for one in made.sentences)


def test_pictures_have_a_limit_of_points_together(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_POINTS", 1)
    made = opened(written(folder, "epub"))
    assert {content for _, content in shown(made.reading)} == {LAMP}
    assert any(one.startswith("1 picture left out, since all of them may have") for one in made.sentences)


def test_what_an_archive_says_of_a_large_picture_is_not_believed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more of it is unpacked than a picture may have."""
    monkeypatch.setattr(files, "MOST", 1000)
    monkeypatch.setattr(pictures, "MOST", 1000)
    path = written(folder, "docx")
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, LAMP + bytes(50_000_000) if name.endswith(".png") else old.read(name))
    made = manuscript_of(packed.getvalue(), "lamps.docx")
    assert made.images == ()
    assert "3 pictures left out, being larger than" in " ".join(made.notices)


def test_a_name_in_a_file_is_no_name_on_the_disk(folder: Path) -> None:
    name = "../../../out of here.png"
    path = written(folder, "epub")
    packed = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        new.writestr(f"EPUB/text/{name}", FACE)
        new.writestr(name, FACE)
    path.write_bytes(packed.getvalue())
    made = in_library(path)
    inside = {str(one.relative_to(made)) for one in made.rglob("*.png")}
    assert all(one.startswith("pictures/") and one.count("/") == 1 for one in inside)
    assert not list(folder.parent.rglob("out of here*"))


def test_cleaning_keeps_the_pictures_of_the_essay_and_no_others() -> None:
    words = "The film asks what trust is, and it asks so well that nobody minds how seldom it answers. " * 3
    lamp, face = (f'<img alt="{alt}" src="data:image/png;base64,{b64encode(one).decode()}">' for alt, one in (("Lamp", LAMP), ("Face", FACE)))  # fmt: skip
    made = from_html(f"<nav>{face}<a href=/>Home</a></nav><article><p>{words}<p>{lamp}<p>{words}</article>", clean=True)
    assert [image.content for image in made.images] == [LAMP]


@pytest.mark.parametrize("kind", ["docx", "md"])
def test_a_revised_file_brings_its_pictures(folder: Path, kind: str) -> None:
    made = in_library(written(folder, "docx", "# On Lamps\n\nBefore.\n"))
    (made / "annotations.csv").write_text("id,quote,theme\na1,Before.,\n", encoding="utf-8")
    revised = written(folder, "docx")
    if kind == "md":
        revised = folder / "lamps.md"
        revised.write_text(SOURCE, encoding="utf-8")
    update(made, revised)
    assert shown(open_quietly(made)) == [("A [lit] lamp", LAMP), ("her face", FACE), ("A lamp again", LAMP)]
    assert not open_quietly(made).faults


def test_a_picture_of_another_content_is_not_overwritten_and_reported(folder: Path) -> None:
    (folder / "lamps.md").write_text("Before.\n\n![A lamp](lamp.png)\n", encoding="utf-8")
    made = in_library(folder / "lamps.md")
    (made / "annotations.csv").write_text("id,quote,theme\na1,Before.,\n", encoding="utf-8")
    (folder / "lamp.png").write_bytes(FACE)
    told = update(made, folder / "lamps.md")
    assert (made / "lamp.png").read_bytes() == LAMP
    assert told[0] == "lamp.png: another picture of this name is in the folder, and stays. Rename one of them."


def test_a_picture_that_stands_in_many_places_is_read_once() -> None:
    asked: list[str] = []

    def held(name: str, _: int) -> bytes:
        asked.append(name)
        return LAMP

    made = from_html("<p>One.</p>" + "<img src='a.png'><img src='./a.png?x'>" * 50, pictures=pictures.Pictures(held))
    assert asked == ["a.png"]
    assert len(made.images) == 1


def test_pictures_without_number_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_FILES", 2)
    taking = pictures.Pictures(lambda name, _: LAMP + name.encode())
    fates = [taking.take(f"{number}.png").fate for number in range(3)]
    assert fates == ["", "", "left out, since an essay shows at most 2"]


def test_words_that_open_picture_after_picture_are_searched_in_time() -> None:
    start = time.process_time()
    assert pictures.SHOWN.findall("![" * 500_000) == []
    assert time.process_time() - start < 5


def test_the_pictures_of_rich_text_stand_where_they_stood() -> None:
    one, two, three = (png(shade) for shade in (1, 2, 3))
    named = r"{\*\picprop{\sp{\sn a}{\sv 75}}{\sp{\sn wzDescription}{\sv A lamp}}}{\*\blipuid aabb}"
    start, end = (
        rf"See {{\pict\pngblip\picw1 {one.hex(' ', 9)}}}here, alt=\'22image\'22.\par"
        rf"{{\*\shppict{{\pict{named}\pngblip\bin{len(two)} ",
        rf"}}}}{{\nonshppict{{\pict\wmetafile8 01}}}}\par Float{{\shp{{\*\shpinst{{\sp{{\sn pib}}{{\sv {{\pict\pngblip {three.hex()}}}}}}}"
        r"}{\shprslt{\pict\wmetafile8 02}}}ing.\par End.",
    )
    made = manuscript_of(rf"{{\rtf1\ansi {start}".encode() + two + f"{end}}}".encode(), "a.rtf")
    names = [image.source for image in made.images]
    assert [image.content for image in made.images] == [one, two, three]
    assert made.blocks == (
        f'See ![]({names[0]})here, alt="image".',
        f"![A lamp]({names[1]})",
        "Floating.",
        f"![]({names[2]})",
        "End.",
    )
    assert made.notices == ()


def test_a_picture_in_a_drawing_is_a_picture() -> None:
    address = f"data:image/png;base64,{b64encode(LAMP).decode()}"
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><image width="1" xlink:href="{address}"/></svg>'
    made = manuscript_of(f"<html><body><p>One.</p>{drawing}<p>Two.</p></body></html>".encode(), "a.html")
    assert [image.content for image in made.images] == [LAMP]
    assert (made.blocks, made.notices) == (("One.", f"![]({made.images[0].source})", "Two."), ())
