"""The pictures of an essay: shown where the reading's folder holds them, and told where it does not."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from essay_explorer.core.essay import Essay
from essay_explorer.core.image import kind_of
from essay_explorer.files import pictures
from essay_explorer.files.pictures import images_in
from essay_explorer.files.reading_files import stamps_of
from essay_explorer.library.opening import open_quietly
from essay_explorer.page.document import opening

if TYPE_CHECKING:
    from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n"


def found(folder: Path, source: str) -> tuple[list[str], list[str]]:
    """The images of an essay in Markdown, and what is told of the others."""
    images, faults = images_in(folder, Essay.from_markdown(source))
    return [image.source for image in images], [str(fault) for fault in faults]


def test_a_picture_of_the_folder_is_on_the_page_and_nowhere_fetched(tmp_path: Path) -> None:
    (tmp_path / "a b.png").write_bytes(PNG + b"1")
    (tmp_path / "essay.md").write_text(
        'Words.\n\n![A *face*](a%20b.png "Fig. <1>")\n\n![](a%20b.png)', encoding="utf-8"
    )
    reading = open_quietly(tmp_path)
    page = opening(reading)
    assert reading.faults == ()
    assert '<img src="data:image/png;base64,iVBORw0KGgox" alt=""><span class="caption">Fig. &lt;1&gt;</span>' in page
    assert '<figure class="bare"><img' in page
    (tmp_path / "a b.png").write_bytes(PNG + b"23")
    assert open_quietly(tmp_path).fingerprint != reading.fingerprint


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("img/face.png", "![x](img/face.png)"),
        ("img/her face.png", "![x](img/her%20face.png)"),
        ("img/deep/her face.png", '![x](<img/deep/her face.png> "So")'),
    ],
)
def test_a_picture_in_a_folder_below_that_changes_comes_or_goes_is_noticed(
    tmp_path: Path, name: str, source: str
) -> None:
    (tmp_path / "essay.md").write_text(f"Words.\n\n{source}\n", encoding="utf-8")
    picture = tmp_path / name
    picture.parent.mkdir(parents=True)
    seen = [stamps_of(tmp_path)]
    for content in (PNG, PNG + b"2"):
        picture.write_bytes(content)
        seen.append(stamps_of(tmp_path))
        assert open_quietly(tmp_path).images[0].content == content
    picture.unlink()
    assert stamps_of(tmp_path) == seen[0]
    assert len(set(seen)) == len(seen)


def test_nothing_outside_the_folder_is_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "reading"
    folder.mkdir()
    (tmp_path / "out.png").write_bytes(PNG)
    (folder / "essay.md").write_text(f"![a](../out.png) ![b]({tmp_path}/out.png) ![c](https://a.org/b.png)", "utf-8")
    before = stamps_of(folder)
    (tmp_path / "out.png").write_bytes(PNG + b"2")
    assert stamps_of(folder) == before


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("https://example.org/a.png", "is on another machine, from which nothing is fetched"),
        ("//example.org/a.png", "is on another machine"),
        ("data:image/png;base64,AA", "is on another machine"),
        ("gone.png", "is not in this folder. Copy it here"),
        ("../out.png", "is not in this folder"),
        ("link.png", "is not in this folder"),
        ("../reading/own.png", "is not in this folder"),
        ("x/../own.png", "is not in this folder"),
        ("/etc/hostname", "is not in this folder"),
        ("%00.png", "is not in this folder"),
        ("words.png", "expected a PNG, JPEG, GIF, WebP, AVIF or SVG file"),
        ("large.png", "is larger than"),
    ],
)
def test_what_cannot_be_shown_is_reported_and_not_read(
    source: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST", 100)
    folder = tmp_path / "reading"
    folder.mkdir()
    (tmp_path / "out.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(tmp_path / "out.png")
    (folder / "own.png").write_bytes(PNG)
    (folder / "words.png").write_bytes(b"words")
    (folder / "large.png").write_bytes(PNG + bytes(100))
    images, (fault,) = found(folder, f"![x]({source})")
    assert images == []
    assert told in fault


def test_pictures_have_a_limit_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_IN_ALL", 20)
    for name in "abc":
        (tmp_path / f"{name}.png").write_bytes(PNG + b"12")
    images, (fault,) = found(tmp_path, "![](a.png)\n\n![](b.png)\n\n![](c.png)\n\n![](a.png)")
    assert images == ["a.png", "b.png"]
    assert '"c.png" is too large' in fault


def test_pictures_have_a_limit_of_points_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_POINTS", 50)
    for name in "abc":
        (tmp_path / f"{name}.png").write_bytes(PNG + bytes(8) + struct.pack(">II", 4, 6))
    images, (fault,) = found(tmp_path, "![](a.png)\n\n![](b.png)\n\n![](c.png)")
    assert images == ["a.png", "b.png"]
    assert '"c.png" is too large: all pictures may have' in fault


def test_pictures_without_number_are_not_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_FILES", 2)
    (tmp_path / "b.png").write_bytes(PNG)
    images, told = found(tmp_path, "![](a.png)\n\n![](b.png)\n\n![](c.png)\n\n![](d.png)")
    assert images == ["b.png"]
    assert ['"a.png" is not in this folder' in told[0], *told[1:]] == [
        True,
        "essay.md: has 4 pictures, and the first 2 of them are shown",
    ]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x1cftypavif", "image/avif"),
        (b'<?xml version="1.0"?>\n<svg>', "image/svg+xml"),
        (b"<html>", ""),
        (b"", ""),
    ],
)
def test_an_image_is_known_by_its_first_bytes(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind
