"""What becomes of a file that somebody opens: a reading's files, and what to tell about them."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from essay_explorer.core import kinds
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import Fault, ReadingError, ReadingWarning, counted, shown
from essay_explorer.core.reading import Reading
from essay_explorer.files.limits import bytes_of
from essay_explorer.files.pictures import bytes_in, images_in
from essay_explorer.formats.any_file import manuscript_of
from essay_explorer.formats.manuscript import Manuscript
from essay_explorer.formats.pictures import nothing
from essay_explorer.library.adding import name_for
from essay_explorer.library.sealed_sets import sealed_sets
from essay_explorer.library.starter import NEW_ESSAY, starter
from essay_explorer.library.whole_reading import in_file, in_folder
from essay_explorer.sealed.copies import Attached, attach, recognise

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from essay_explorer.formats.pictures import Held
    from essay_explorer.sealed.sealed_set import Sealed


LONGEST_PATH = 1000  # letters in one line; more of them are a text


@dataclass(frozen=True, slots=True)
class NewReading:
    """A reading on its way into the library, its files by name, and sentences about it.

    `attached`: what became of the passages of a sealed set.
    """

    reading: Reading
    texts: dict[str, str]
    sentences: tuple[str, ...] = ()
    attached: Attached | None = None


def opened(path: Path, *, clean: bool = False, sets: Sequence[Sealed] | None = None) -> NewReading:
    """The reading that a path makes: that of a folder, of an archive or of an exported page as it is, else a new one.

    As `new_reading`. Raises ReadingError for what cannot be read.
    """
    if path.is_dir():
        return _as_it_is(in_folder(path), path.resolve().name)
    content = bytes_of(path)
    found = in_file(content, path.name) if sets is None else None
    if found:
        return _as_it_is(found, path.stem)
    made = new_reading(content, path.name, clean=clean, sets=sets, beside=partial(bytes_in, path.parent))
    if made.reading.images:  # they came with the text
        return made
    images, faults = images_in(path.parent, made.reading.essay)
    parsing_faults = (*made.reading.parsing_faults, *faults)
    return replace(made, reading=replace(made.reading, images=images, parsing_faults=parsing_faults))


def _as_it_is(found: tuple[Reading, dict[str, str]], stem: str) -> NewReading:
    reading, texts = found
    return NewReading(
        replace(reading, name=name_for(stem)), texts, ("This is a reading already; it is added as it is.",)
    )


def new_reading(
    content: bytes,
    file: str,
    *,
    clean: bool = False,
    sets: Sequence[Sealed] | None = None,
    beside: Held = nothing,
) -> NewReading:
    """The reading that a file makes: with a sealed set where it is a copy of its text, else a new one.

    `sets`: the sealed sets to try; None for those that come with the project. Of sets that are named,
    one must fit. `beside`: as `manuscript_of` takes it. Raises ReadingError for a file that holds no text that
    can be read.
    """
    made = manuscript_of(content, file, clean=clean, beside=beside)
    stem = PurePath(file).stem
    source = made.essay(" ".join(stem.replace("_", " ").replace("-", " ").split()) or stem)
    left_out = tuple(_left_out(made.left_out))
    faults: list[Fault] = []
    essay = Essay.from_markdown(source, report=faults.append)
    sealed = recognise(essay.text, _sets() if sets is None else sets)
    if not sealed and sets:
        names = ", ".join(one.name for one in sets)
        message = f"{file} is not a copy of the text of {names}: the two share no 20 words in a row"
        raise ReadingError(message)
    if not sealed:
        texts = starter(source, essay)
        reading = Reading.from_texts(texts, name=name_for(stem), faults=faults, essay=essay)
        return NewReading(replace(reading, images=made.images), texts, (*made.notices, *left_out))
    attached = attach(essay, sealed)
    summary = (f'This is a copy of the text of "{sealed.name}".', str(attached), *_left_out(attached.left_out))
    reading = Reading.from_texts(attached.texts, name=sealed.name)
    shown = {picture.source for block in reading.essay.blocks for picture in block.pictures}
    images = tuple(image for image in made.images if image.source in shown)
    lost = len(made.images) - len(images)
    dropped = [f"{counted(lost, 'picture')} left out: only those that stand by themselves are kept."] if lost else []
    return NewReading(replace(reading, images=images), attached.texts, (*summary, *dropped, *left_out), attached)


def empty_reading(title: str) -> NewReading:
    """A reading with a title and a sentence that says where its essay belongs."""
    source = Manuscript((NEW_ESSAY,)).essay(title)
    texts = starter(source, Essay.from_markdown(source))
    return NewReading(Reading.from_texts(texts, name=name_for(title)), texts)


def open_copy(copy: str | os.PathLike[str]) -> Reading:
    r"""The reading that somebody's own copy of a sealed text makes; nothing was written.

    `copy`: the path of a file, or the text itself. A ReadingWarning reports passages that are lost.
    Raises ReadingError where the copy cannot be read, or is none of a text whose sealed annotations
    come with the project.

    >>> from essay_explorer import ReadingError, open_copy
    >>> try:
    ...     open_copy("Some other text.\nIt is a copy of no sealed one.")
    ... except ReadingError as error:
    ...     print(str(error)[:29])
    copy.txt is not a copy of the
    """
    kinds.check(kinds.PATH, copy=copy)
    if isinstance(copy, str) and ("\n" in copy or len(copy) > LONGEST_PATH):
        content, file = copy.encode(errors="replace"), "copy.txt"
    else:
        content, file = bytes_of(Path(copy)), PurePath(copy).name
    made = new_reading(content, file, sets=sealed_sets())
    if made.attached and made.attached.lost:
        warnings.warn(str(made.attached), ReadingWarning, stacklevel=2)
    return made.reading


def _sets() -> tuple[Sealed, ...]:
    """The sealed sets; where one of them is broken, an essay opens as if there were none."""
    try:
        return sealed_sets()
    except ReadingError:
        return ()


def _left_out(pieces: Sequence[str]) -> Iterator[str]:
    if pieces:
        skipped = counted(len(pieces), "paragraph")
        yield f"Skipped {skipped} around the essay (menus, notices). To keep one, copy it into essay.md:"
        yield from (f"  {shown(piece)}" for piece in pieces)
