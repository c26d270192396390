"""The pictures of an essay, where the reading's folder holds them. Nothing is fetched, and nothing else is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.fault import Fault, ReadingError, refuse, shown
from essay_explorer.core.image import Image, kind_of
from essay_explorer.files.limits import bytes_of

if TYPE_CHECKING:
    from pathlib import Path

    from essay_explorer.core.essay import Essay

MB = 1024**2
MOST = 4 * MB  # of a picture: a photograph that fills a screen has one
MOST_IN_ALL = 16 * MB  # of an essay: the page carries them all
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def images_in(folder: Path, essay: Essay) -> tuple[tuple[Image, ...], list[Fault]]:
    """The images that the essay shows, each once, and a fault for each that cannot be shown."""
    sources = dict.fromkeys(picture.source for block in essay.blocks for picture in block.pictures)
    images: list[Image] = []
    faults: list[Fault] = []
    for source in sources:
        try:
            images.append(_image(folder, source, MOST_IN_ALL - sum(len(image.content) for image in images)))
        except ReadingError as error:
            faults += error.faults
    return tuple(images), faults


def _image(folder: Path, source: str, room: int) -> Image:
    """Raises ReadingError, with one fault, for an image that cannot be shown."""
    path = folder / source
    if ELSEWHERE.match(source):
        _refuse(source, "is on another machine, which is never asked. Save it in this folder and write its name")
    if not _is_inside(path, folder):
        _refuse(source, "is not in this folder. Copy it here and write its name")
    content = bytes_of(path, source, most=MOST)
    if len(content) > room:
        _refuse(source, f"is too much: all pictures may have {MOST_IN_ALL // MB} MB. Make them smaller")
    if not (kind := kind_of(content)):
        _refuse(source, "is not shown: expected a PNG, JPEG, GIF, WebP, AVIF or SVG file. Save it as one")
    return Image(source, kind, content)


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether it is a file of the folder by a way that stays in it, also where another folder takes its place."""
    try:
        return ".." not in path.parts and path.resolve().is_relative_to(folder.resolve()) and path.is_file()
    except (OSError, ValueError):
        return False


def _refuse(source: str, problem: str) -> NoReturn:
    refuse(Fault(ESSAY, f"the picture {shown(source)} {problem}"))
