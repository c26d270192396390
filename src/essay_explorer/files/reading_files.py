"""The files of a reading: read as they were at one moment, and changed together or not at all."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from essay_explorer.core.annotation import ANNOTATIONS, RELATIONS
from essay_explorer.core.codebook_entries import FILE as CODEBOOK
from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.fault import Fault, ReadingError, refuse
from essay_explorer.core.reading import FILES
from essay_explorer.core.tour import TOUR
from essay_explorer.files import pending
from essay_explorer.files.decoding import AS_UTF_8, Decoded, decoded, exact_text
from essay_explorer.files.limits import LARGEST, bytes_of, check_size
from essay_explorer.files.lock import locked
from essay_explorer.files.pictures import paths_below
from essay_explorer.files.whole import place_of, refuse_to_write, sync, write_file, write_whole
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from essay_explorer.core.image import Image
    from essay_explorer.words import Sentence

    Stamps = tuple[tuple[str, int, int], ...]

KEPT = ".essay-explorer"  # the folder, in a reading's own, of what commands keep there
WEB_ANNOTATIONS = "web-annotations.json"  # what of imported Web Annotations has no place in the other files
KEPT_ESSAY, KEPT_ANNOTATIONS, REPORT, EDITS = (
    f"{KEPT}/{name}" for name in (ESSAY, ANNOTATIONS, "report.txt", "edits.json")
)
CHANGEABLE = (*FILES, WEB_ANNOTATIONS, KEPT_ANNOTATIONS, KEPT_ESSAY, REPORT, EDITS)
MB = 1024**2
MOST = {
    ESSAY: 16 * MB,
    CODEBOOK: 4 * MB,
    ANNOTATIONS: 16 * MB,
    RELATIONS: 16 * MB,
    TOUR: 4 * MB,
}  # 16 MB: ten long novels
CHANGED = Phrase("was changed by another program just now. Nothing was written; run this again").filled()
TRIES = 5  # to read files that somebody is changing


def stamps_of(folder: Path) -> Stamps:
    """Each file of a reading's folder with the time of its last change and its size; a change that waits is one too.

    Of the folders below, the pictures that the essay shows.
    """
    paths = [path for path in sorted(folder.iterdir()) if path.is_file()]
    paths += paths_below(folder)
    if waiting := pending.stamp_of(folder, KEPT):
        paths.append(waiting)
    stats = [(str(path.relative_to(folder)), path.stat()) for path in paths]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


def texts_in(folder: Path) -> tuple[dict[str, str], list[Fault]]:
    """The texts of a reading's files by name, as they were at one moment, and what is not certain about them.

    A change that was interrupted is finished first; where nothing can be written here, the texts are
    those that it makes.
    """
    if pending.stamp_of(folder, KEPT):
        with suppress(OSError, ReadingError), locked(folder / KEPT, patience=0):
            pending.finish(folder, KEPT, CHANGEABLE)
    for _ in range(TRIES):
        faults: list[Fault] = []
        before = _seen(folder)
        waiting = pending.waiting(folder, KEPT, CHANGEABLE)
        texts = {file: _text(waiting.get(file, folder / file), file, faults) for file in FILES}
        if _seen(folder) == before:
            break
    return {file: text for file, text in texts.items() if text is not None}, faults


def _seen(folder: Path) -> Stamps | None:
    """What `stamps_of` says; None where a file is coming or going right now."""
    try:
        return stamps_of(folder)
    except FileNotFoundError:
        return None


def _text(path: Path, file: str, faults: list[Fault]) -> str | None:
    if not path.is_file():
        faults += _misnamed(path.parent, file)
        return None
    try:
        content = bytes_of(path, file, most=_most(file))
    except ReadingError as error:
        faults += error.faults
        return None
    made = decoded(content)
    if not made:
        told = Phrase("is not a text file. Save the file again with the encoding UTF-8, as plain text")
        faults.append(Fault.of(file, told.filled()))
        return None
    if doubt := _doubt(made):
        faults.append(Fault.of(file, Phrase("{doubt}. {advice}").filled(doubt=doubt, advice=AS_UTF_8)))
    return made.text


def _doubt(made: Decoded) -> Sentence | None:
    """What is not certain about the letters of a file; None where all is."""
    if not made.where:
        told = Phrase("is in {encoding} and damaged").filled(encoding=made.encoding.upper())
        return told if made.damaged else None
    if made.encoding == "utf-8":
        return Phrase("not UTF-8: {where}, shown as {letter}").filled(where=made.where, letter="\ufffd")
    name = "Windows-1252" if made.encoding == "cp1252" else made.encoding
    guessed = Phrase("not UTF-8: {where}, read as {encoding}, which may show wrong letters")
    return guessed.filled(where=made.where, encoding=name)


def _misnamed(folder: Path, file: str) -> list[Fault]:
    """A fault where a file of the folder is all but named `file`, e.g. "codebook.yaml"."""
    stem = Path(file).stem
    others = sorted(path.name for path in folder.iterdir() if path.is_file() and path.name.casefold().startswith(stem))
    if not others:
        return []
    return [
        Fault.of(file, Phrase('is missing. Is it "{other}"? Save that as {file}').filled(other=others[0], file=file))
    ]


def exact_text_in(folder: Path, name: str) -> str | None:
    """A file of a reading letter by letter, None where there is none. Raises ReadingError if it is not in UTF-8."""
    content = _content(folder, name)
    return None if content is None else exact_text(content, name)


def write_new(folder: Path, texts: Mapping[str, str], images: Iterable[Image] = ()) -> None:
    """Make the folder of a reading that is not there yet, with its files by name and the images of its essay.

    Its essay is kept too, for the first update to know what it was. Raises ReadingError for a file
    that is too large, and OSError.
    """
    made = _encoded({**texts, KEPT_ESSAY: texts[ESSAY]})
    (folder / KEPT).mkdir(parents=True)
    for name, content in made.items():
        write_file(folder / name, content, like=folder / name)
    for image in images:
        (folder / image.source).parent.mkdir(parents=True, exist_ok=True)
        write_file(folder / image.source, image.content, like=folder / image.source)
    sync(folder)


@dataclass(frozen=True, slots=True)
class ReadingFiles:
    """The files of a reading whose lock is held: see `changing`."""

    folder: Path
    _read: dict[str, bytes | None]

    def text(self, name: str) -> str | None:
        """A file letter by letter, None where there is none. Raises ReadingError where it is not in UTF-8."""
        content = self._read[name] = _content(self.folder, name)
        return None if content is None else exact_text(content, name)

    def texts(self, names: tuple[str, ...] = (*FILES, WEB_ANNOTATIONS)) -> dict[str, str]:
        """Those of the files that are there, by name."""
        found = {name: self.text(name) for name in names}
        return {name: text for name, text in found.items() if text is not None}

    def add(self, images: Iterable[Image]) -> list[str]:
        """Write images that are not there yet; the names of those in whose place another file is, which stays.

        Raises ReadingError where one would leave the folder over a link, and OSError where one cannot be written.
        """
        taken = []
        for image in images:
            path = self.folder / image.source
            if not path.resolve().is_relative_to(self.folder.resolve()):
                refuse(Fault(image.source, f"would leave the folder over a link. Remove that from {self.folder}"))
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(path, image.content)
            elif bytes_of(path, image.source) != image.content:
                taken.append(image.source)
        return taken

    def replace(self, texts: Mapping[str, str | None]) -> None:
        """Write files: all of them or none, whatever ends the program meanwhile. One that is None is taken away.

        Raises ReadingError where another program has changed one since it was read, and OSError where
        one cannot be written.
        """
        kept = _encoded({name: text for name, text in texts.items() if text is not None})
        new = {name: kept.get(name) for name in texts}
        old = {name: _content(self.folder, name) for name in new}
        self._check()
        changed = {name: content for name, content in new.items() if content != old[name]}
        for name in changed:
            place_of(self.folder / name)
        (name, content), *more = changed.items() or [("", None)]
        if content is not None and not more:
            write_whole(self.folder / name, content, check=self._check)
        elif changed:
            pending.prepare(self.folder, KEPT, changed, old, check=self._check)
            if not pending.finish(self.folder, KEPT, CHANGEABLE, through_links=True):
                refuse(Fault.of(", ".join(changed), CHANGED))

    def _check(self) -> None:
        """Refuse where a file that was read is another one by now: a program that knows no lock has saved it."""
        for name, content in self._read.items():
            if _content(self.folder, name) != content:
                refuse(Fault.of(name, CHANGED))


def _content(folder: Path, name: str) -> bytes | None:
    path = folder / name
    if path.is_symlink() and not path.exists():
        refuse(Fault(name, "is a link that leads nowhere. Put the file itself in its place"))
    return bytes_of(path, name, most=_most(name)) if path.is_file() else None


def _most(name: str) -> int:
    return MOST.get(name.removeprefix(f"{KEPT}/"), LARGEST)


def _encoded(texts: Mapping[str, str]) -> dict[str, bytes]:
    """Files as they are written. Raises ReadingError for one that would be too large to be read again."""
    made = {name: text.encode() for name, text in texts.items()}
    for name, content in made.items():
        check_size(content, name, most=_most(name))
    return made


@contextmanager
def changing(folder: Path) -> Iterator[ReadingFiles]:
    """The files of the reading in a folder, to be read and replaced while nobody else changes them.

    A change that was interrupted is finished first. Raises ReadingError where another command does
    not end, and OSError where nothing can be written.
    """
    kept = folder / KEPT
    if kept.is_symlink():
        refuse(Fault(KEPT, f"is a link that leads out of the folder. Remove it from {folder}"))
    try:
        kept.mkdir(exist_ok=True)
    except OSError as error:
        refuse_to_write(folder, error)
    with locked(kept):
        pending.finish(folder, KEPT, CHANGEABLE)
        yield ReadingFiles(folder, {})
