"""The pictures of an essay, where the reading's folder holds them. Nothing is fetched, and nothing else is read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import unquote

from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.fault import Fault, ReadingError, refuse, short
from essay_explorer.core.image import Image, kind_of
from essay_explorer.core.image_size import points_in
from essay_explorer.files.limits import bytes_of
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from pathlib import Path

    from essay_explorer.core.essay import Essay
    from essay_explorer.words import Sentence

MB = 1024**2
MOST = 4 * MB  # of a picture: a photograph that fills a screen has one
MOST_IN_ALL = 16 * MB  # of an essay: the page carries them all
MOST_FILES = 1000  # the same
MILLION = 1_000_000
MOST_POINTS = 200 * MILLION  # the same: a megabyte of one colour may unpack to a gigabyte
BELOW = re.compile(r"\]\(\s*(?:<([^<>\n]+)>|([^)<>\s]+))")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def images_in(folder: Path, essay: Essay) -> tuple[tuple[Image, ...], list[Fault]]:
    """The images that the essay shows, each once, and a fault for each that cannot be shown."""
    sources = list(dict.fromkeys(picture.source for block in essay.blocks for picture in block.pictures))
    images: list[Image] = []
    faults: list[Fault] = []
    room, points = MOST_IN_ALL, MOST_POINTS
    for source in sources[:MOST_FILES]:
        try:
            images.append(_image(folder, source, room, points))
            room -= len(images[-1].content)
            points -= points_in(images[-1].content, images[-1].kind)
        except ReadingError as error:
            faults += error.faults
    if len(sources) > MOST_FILES:
        told = Phrase("has {number} pictures, and the first {most} of them are shown")
        faults.append(Fault.of(ESSAY, told.filled(number=f"{len(sources):,}", most=f"{MOST_FILES:,}")))
    return tuple(images), faults


def paths_below(folder: Path) -> list[Path]:
    """The files in the folders below that its essay may show, and that are there."""
    essay = folder / ESSAY
    try:
        stat = essay.stat()
    except OSError:
        return []
    return [folder / name for name in _named_below(essay, (stat.st_mtime_ns, stat.st_size)) if _has(folder, name)]


def _has(folder: Path, name: str) -> bool:
    return not ELSEWHERE.match(name) and _is_inside(folder / name, folder)


@lru_cache(maxsize=256)  # essays that a server looks at again and again
def _named_below(essay: Path, stamp: tuple[int, int]) -> tuple[str, ...]:
    """The pictures in folders below that an essay names; `stamp`: the time of its last change, and its size."""
    try:
        text = bytes_of(essay, most=min(stamp[1], MOST_IN_ALL)).decode(errors="replace")
    except ReadingError:
        return ()
    names = (unquote(inner or name) for inner, name in BELOW.findall(text))
    return tuple(dict.fromkeys(name for name in names if "/" in name))[:MOST_FILES]


def bytes_in(folder: Path, source: str, most: int) -> bytes | None:
    """The bytes of a file of the folder, one more than `most` at most; None where it is not there or elsewhere."""
    path = folder / source
    if ELSEWHERE.match(source) or not _is_inside(path, folder):
        return None
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError:
        return None


def _image(folder: Path, source: str, room: int, points: int) -> Image:
    """Raises ReadingError, with one fault, for an image that cannot be shown."""
    path = folder / source
    if ELSEWHERE.match(source):
        told = Phrase(
            "is on another machine, from which nothing is fetched. Save it in this folder and write its file name"
        )
        _refuse(source, told.filled())
    if not _is_inside(path, folder):
        _refuse(source, Phrase("is not in this folder. Copy it here and write its file name").filled())
    content = bytes_of(path, source, most=MOST)
    if len(content) > room:
        told = Phrase("is too large: all pictures together may have {most} MB. Make them smaller")
        _refuse(source, told.filled(most=str(MOST_IN_ALL // MB)))
    if not (kind := kind_of(content)):
        told = Phrase("is not shown: expected a PNG, JPEG, GIF, WebP, AVIF or SVG file. Save it as one")
        _refuse(source, told.filled())
    if points_in(content, kind) > points:
        told = Phrase("is too large: all pictures may have {most} million points. Make them smaller")
        _refuse(source, told.filled(most=str(MOST_POINTS // MILLION)))
    return Image(source, kind, content)


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether it is a file of the folder by a way that stays in it, also where another folder takes its place."""
    try:
        return ".." not in path.parts and path.resolve().is_relative_to(folder.resolve()) and path.is_file()
    except (OSError, ValueError):
        return False


def _refuse(source: str, problem: Sentence) -> NoReturn:
    told = Phrase('the picture "{picture}" {problem}').filled(picture=short(source), problem=problem)
    refuse(Fault.of(ESSAY, told))
