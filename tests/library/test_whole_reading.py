"""A reading that somebody sends comes back as it was: as its folder, as an archive, as the page that was exported."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from essay_explorer import ReadingError, open_reading
from essay_explorer.core.reading import FILES
from essay_explorer.files.reading_files import texts_in
from essay_explorer.library.adding import add
from essay_explorer.library.finding import LIBRARY, bundled
from essay_explorer.library.new_reading import opened
from essay_explorer.library.opening import open_quietly
from essay_explorer.page.export import write_page

HER = bundled("data") / "her"
PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(20)
PICTURED = {
    "essay.md": "# Seen\n\nBefore.\n\n![A lamp](img/lamp.png)\n\nAfter.\n",
    "annotations.csv": "id,quote\na1,After.\n",
}


@pytest.fixture(autouse=True)
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIBRARY, str(tmp_path / "own"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A reading with a picture, and with a file that is none of its own."""
    made = tmp_path / "seen"
    (made / "img").mkdir(parents=True)
    for name, text in PICTURED.items():
        (made / name).write_text(text, encoding="utf-8")
    (made / "img" / "lamp.png").write_bytes(PIXEL)
    (made / "secret.txt").write_text("Not part of it.", encoding="utf-8")
    return made


def again(path: Path) -> Path:
    """The folder in the library of what a path makes."""
    made = opened(path)
    return add(made.reading.name, made.texts, made.reading.images)


def files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES if (folder / name).is_file()}


def test_of_several_readings_in_an_archive_none_is_taken_unasked(tmp_path: Path, folder: Path) -> None:
    packed = tmp_path / "x.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("class/a/essay.md", "class/b/essay.md"):
            archive.write(folder / "essay.md", name)
    with pytest.raises(ReadingError, match=r'^"x\.zip" holds 2 readings: "class/a", "class/b"\. Unpack it'):
        opened(packed)
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("a/essay.md", "a/older/essay.md"):
            archive.write(folder / "essay.md", name)
    assert "Before." in opened(packed).reading.essay.text


def test_an_exported_page_is_the_same_reading(tmp_path: Path) -> None:
    page = tmp_path / "my her.html"
    write_page(open_reading("her"), page, charts=False, files=texts_in(HER)[0])
    back = again(page)
    assert back.name == "my-her"
    assert files(back) == files(HER)
    assert open_reading(back).fingerprint == open_reading("her").fingerprint


def test_the_pictures_of_an_exported_page_come_back(tmp_path: Path, folder: Path) -> None:
    page = tmp_path / "seen.html"
    write_page(open_quietly(folder), page, charts=False, files=texts_in(folder)[0])
    back = again(page)
    assert files(back) == files(folder)
    assert (back / "img" / "lamp.png").read_bytes() == PIXEL
    assert open_quietly(back).fingerprint == open_quietly(folder).fingerprint


@pytest.mark.parametrize("name", ["../lamp.png", "/tmp/lamp.png", "img/../../lamp.png", "C:\\lamp.png", "lamp.py"])
def test_a_picture_of_an_exported_page_reaches_no_other_folder(tmp_path: Path, folder: Path, name: str) -> None:
    page = tmp_path / "inner" / "seen.html"
    page.parent.mkdir()
    write_page(open_quietly(folder), page, charts=False, files=texts_in(folder)[0])
    page.write_text(page.read_text("utf-8").replace("img/lamp.png", json.dumps(name)[1:-1]), "utf-8")
    back = again(page)
    assert {path.name for path in back.rglob("*") if path.is_file()} == {"essay.md", "annotations.csv"}
    assert not [path for path in tmp_path.rglob("lamp.*") if not path.is_relative_to(folder)]


@pytest.mark.parametrize("inside", ["", "seen/", "deep/er/seen/"])
def test_a_folder_and_an_archive_of_it_are_the_same_reading(tmp_path: Path, folder: Path, inside: str) -> None:
    packed = tmp_path / "seen.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in folder.rglob("*.*"):
            archive.write(path, f"{inside}{path.relative_to(folder)}")
        archive.writestr(f"__MACOSX/{inside}._essay.md", b"\0")
    for path in (folder, packed):
        back = again(path)
        assert files(back) == files(folder)
        assert (back / "img" / "lamp.png").read_bytes() == PIXEL
        assert not (back / "secret.txt").exists()


def test_an_archive_reaches_no_other_folder(tmp_path: Path) -> None:
    packed = tmp_path / "x.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("essay.md", "One.\n\n![a](../../out.png)\n\n![b](/tmp/out.png)")
        archive.writestr("../../out.png", PIXEL)
        archive.writestr("../annotations.csv", "id,quote\na1,One.\n")
    back = again(packed)
    assert files(back).keys() == {"essay.md"}
    assert [path.name for path in tmp_path.rglob("out.png")] == []


def test_faults_come_along_and_are_reported(tmp_path: Path) -> None:
    shutil.copytree(HER, tmp_path / "mine")
    (tmp_path / "mine" / "relations.csv").write_text("from,relation,to\na1,likes,a2\n", encoding="utf-8")
    assert opened(tmp_path / "mine").reading.faults


def test_a_folder_without_an_essay_and_an_archive_without_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"essay\.md"):
        opened(tmp_path)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("notes.txt", "x")
    (tmp_path / "x.zip").write_bytes(content.getvalue())
    with pytest.raises(ReadingError, match="archive without a text in a known format"):
        opened(tmp_path / "x.zip")


@pytest.mark.parametrize("other", [f"{'a' * 300}.png", "a/" * 3000 + "b.png", "essay.md/b.png"])
def test_an_archive_of_names_that_no_folder_can_have_is_refused_in_a_sentence(tmp_path: Path, other: str) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("essay.md", "One two.")
        archive.writestr(other, "x")
    with pytest.raises(ReadingError, match=r'^"x\.zip" is broken or locked\.'):
        opened(tmp_path / "x.zip")


def test_a_page_that_holds_no_files_says_which_page_does(tmp_path: Path) -> None:
    """As a reader saves it from `read`, or takes it from `site`."""
    page = tmp_path / "her.html"
    write_page(open_reading("her"), page, charts=False)
    with pytest.raises(
        ReadingError, match=r'^"her\.html" is a page that shows a reading .* essay-explorer export NAME'
    ):
        opened(page)


@pytest.mark.parametrize("held", ["[]", "{", '{"essay.md": 1}', '{"codebook.yml": ""}'])
def test_a_page_that_only_looks_like_an_export_is_a_page(tmp_path: Path, held: str) -> None:
    page = tmp_path / "x.html"
    page.write_text(
        f'<p>One two.</p><script type="application/json" id="essay-explorer-files">{held}</script>', "utf-8"
    )
    if held == "{":
        with pytest.raises(ReadingError, match="not readable as JSON"):
            opened(page)
        return
    assert opened(page).reading.essay.text == "One two."
