"""The hand-ins of a class in a folder: what comes in later joins them, and nothing that came in is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from essay_explorer.core.fault import Fault, ReadingError, refuse
from essay_explorer.files.limits import bytes_of
from essay_explorer.files.lock import locked
from essay_explorer.files.whole import write_whole
from essay_explorer.library.adding import name_for
from essay_explorer.marks.hand_in import ForeignEssayError, joined, latest_pass, name_key, taken
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.marks.submission import LITTER, NO_JSON, Submission, submissions_in
from essay_explorer.words import ENGLISH, say, speaking

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from essay_explorer.core.reading import Reading
    from essay_explorer.marks.gradebook import Pupil
    from essay_explorer.marks.hand_in import Clock

HANDED_IN, EARLIER = "handed-in", "handed-in/earlier"
TAKEN = re.compile(r"\.(?:json|jsonld|zip)$", re.IGNORECASE)  # of what lies in a folder
LARGEST_ZIP = 512 * 1024**2  # bytes of a class's files, packed


@dataclass(slots=True)
class Collected:
    """What is in, in the order of names, and sentences about what was not clear or could not be taken."""

    hand_ins: tuple[MarkFile, ...] = ()
    missing: tuple[Pupil, ...] = ()
    foreign: int = 0
    refused: int = 0
    late: int = 0
    said: list[Fault | ReadingError] = field(default_factory=list)

    def __str__(self) -> str:
        with speaking(ENGLISH):
            return self.summary()

    def summary(self) -> str:
        """How many are in, and who is missing, in the reader's language."""
        parts = [say("{count} in", count=len(self.hand_ins))]
        parts += [say("{count} late", count=self.late)] * bool(self.late)
        parts += [say("{count} for another essay", count=self.foreign)] * bool(self.foreign)
        parts += [say("{count} refused", count=self.refused)] * bool(self.refused)
        parts += [say("missing: {names}", names=", ".join(pupil.name for pupil in self.missing))] * bool(self.missing)
        return ", ".join(parts)


def collect(  # noqa: PLR0913 - what a teacher gives
    paths: Sequence[Path], reading: Reading, folder: Path, *, clock: Clock, due: str = "", pupils: Sequence[Pupil] = ()
) -> Collected:
    """Take the hand-ins of files, archives and folders into a folder, which may hold some already; what is in it then.

    Each is taken or refused by itself. Raises ReadingError where no path can be read at all, or the folder's
    hand-ins are changed by somebody else for too long; OSError where it cannot be written.
    """
    made = Collected()
    contents = list(_contents(paths, folder, made))
    unreadable = [error for error in made.said if isinstance(error, ReadingError)]
    if unreadable and not contents:
        raise unreadable[0]
    for sub in (HANDED_IN, EARLIER):
        (folder / sub).mkdir(parents=True, exist_ok=True)
    with locked(folder / HANDED_IN):
        known, files = _kept(folder / HANDED_IN, made)
        for given in _submissions(contents, made):
            known = _with(known, given, reading, folder, made)
        _write(folder / HANDED_IN, known, files)
    made.hand_ins = latest_pass(known)
    made.late = sum(clock.is_late(one, due) for one in made.hand_ins)
    for one in made.hand_ins:
        if wrong := clock.wrong(one, due):
            made.said.append(Fault.of(one.person, wrong))
    made.missing = _missing(made.hand_ins, pupils)
    made.hand_ins = tuple(_numbered(one, pupils) for one in made.hand_ins)
    return made


def _contents(paths: Sequence[Path], results: Path, made: Collected) -> Iterator[tuple[str, bytes]]:
    """The files at these paths. A folder is what some browsers leave of an archive, with the names that it had."""
    for path in paths:
        for one in _files_in(path, results) if path.is_dir() else [path]:
            name = one.relative_to(path.parent).as_posix()
            try:
                if path.is_dir() and not TAKEN.search(name):
                    refuse(Fault.of(name, NO_JSON.filled()))
                yield name, bytes_of(one, name, most=LARGEST_ZIP)
            except ReadingError as error:
                made.refused += 1
                made.said.append(error)


def _files_in(folder: Path, results: Path) -> list[Path]:
    """Those of a folder that somebody may have handed in, and none of the results that it may hold."""
    found = (one for one in folder.rglob("*") if one.is_file() and results not in one.parents)
    return sorted(one for one in found if not LITTER.search(one.as_posix()))


def _submissions(contents: Sequence[tuple[str, bytes]], made: Collected) -> Iterator[Submission]:
    for file, content in contents:
        try:
            found = list(submissions_in(content, file))
        except ReadingError as error:
            made.refused += 1
            made.said.append(error)
            continue
        for one in found:
            if isinstance(one, Fault):
                made.refused += 1
                made.said.append(one)
            else:
                yield one


def _with(
    known: tuple[MarkFile, ...], given: Submission, reading: Reading, folder: Path, made: Collected
) -> tuple[MarkFile, ...]:
    """The hand-ins with that of a file, if it can be taken."""
    faults: list[Fault] = []
    try:
        new = taken(given, reading, faults.append)
    except ForeignEssayError as error:
        made.foreign += 1
        made.said.append(error)
        return known
    except ReadingError as error:
        made.refused += 1
        made.said.append(error)
        return known
    known, earlier = joined(known, new, faults.append, given.file)
    if earlier:
        write_whole(folder / EARLIER / f"{name_for(earlier.person)}-{_stamp(earlier)}.json", earlier.to_json())
    made.said += faults
    return known


def _stamp(made: MarkFile) -> str:
    return re.sub(r"\D", "", made.handed_in) or "undated"


def _kept(folder: Path, made: Collected) -> tuple[tuple[MarkFile, ...], list[Path]]:
    """What the folder holds already, and in which files; one that cannot be read is named and stays."""
    found: list[MarkFile] = []
    files: list[Path] = []
    for path in sorted(folder.glob("*.json"), key=lambda path: path.stem):
        try:
            found.append(MarkFile.from_json(bytes_of(path), f"{folder.name}/{path.name}"))
        except ReadingError as error:
            made.said.append(error)
        else:
            files.append(path)
    return tuple(found), files


def _write(folder: Path, hand_ins: Sequence[MarkFile], before: Sequence[Path]) -> None:
    """Write each hand-in into a file that is called after its person; those that nobody has any more go."""
    taken_names = {path.name for path in folder.glob("*.json")} - {path.name for path in before}
    written: list[Path] = []
    for one in hand_ins:
        stem = name_for(one.person) if one.round == 1 else f"{name_for(one.person)}-pass-{one.round}"
        name = next(name for name in _names(stem) if name not in taken_names)
        taken_names.add(name)
        text = one.to_json()
        path = folder / name
        if not path.is_file() or path.read_bytes() != text.encode():
            write_whole(path, text)
        written.append(path)
    for path in before:
        if path not in written:
            path.unlink(missing_ok=True)


def _names(stem: str) -> Iterator[str]:
    yield f"{stem}.json"
    number = 2
    while True:
        yield f"{stem}-{number}.json"
        number += 1


def _missing(hand_ins: Sequence[MarkFile], pupils: Sequence[Pupil]) -> tuple[Pupil, ...]:
    """Those of a class's list from whom nothing came in."""
    names = {name_key(one.person) for one in hand_ins}
    accounts = {one.account for one in hand_ins if one.account}
    return tuple(pupil for pupil in pupils if name_key(pupil.name) not in names and accounts.isdisjoint(pupil.accounts))


def _numbered(made: MarkFile, pupils: Sequence[Pupil]) -> MarkFile:
    """A hand-in that came without a number, with the one by which a class's list knows the only one of that name."""
    called = [pupil for pupil in pupils if name_key(pupil.name) == name_key(made.person)]
    known = called[0].accounts if len(called) == 1 and not made.account else ()
    return replace(made, account=known[0]) if known else made
