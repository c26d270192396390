"""Files that a class handed in, with what a platform's names say of whose they are.

Moodle names a folder, or the beginning of a file, "Ann Lee_4711_assignsubmission_file": the full name (or
"Participant", where marking is anonymous) and a number for this person and task (mod/assign/locallib.php,
download_submissions). Canvas names a file "leeann_LATE_12_3456_her-Ann.json": the name as it is sorted, whether it was
late, the numbers of the person and of the file; what somebody handed in again ends in "-1". Where marking is anonymous
it is "LATE_anon_aB3dE_3456_her-Ann.json", without a name (lib/content_zipper.rb, get_filename).
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from essay_explorer.core.fault import Fault, refuse
from essay_explorer.files.limits import OF_MARKS
from essay_explorer.formats.archive import BROKEN_ARCHIVE, MOST_PARTS, Parts
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

MOODLE = re.compile(r"(?P<name>[^/]+)_(?P<account>\d+)_assignsubmission_(?P<kind>[a-z]+)_?[/_]?(?P<file>[^/]*)")
CANVAS = re.compile(
    r"(?:[^/_]+(?P<late>_LATE)?_(?P<account>\d+)|(?P<late_anon>LATE_)?(?P<anon>anon_[^/_]+))_\d+_(?P<file>[^/]+)"
)
NAMELESS = re.compile(r"participant|teilnehmer.*|anonymous|anon.*", re.IGNORECASE)
HANDED_IN = re.compile(r"\.json(?:ld)?$", re.IGNORECASE)
LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|\._)|/$")
OWN_NAME = re.compile(r"(?P<essay>.+?)-(?P<name>.+?)(?:\s*\(\d+\)|-\d+)?\.json", re.IGNORECASE)
NO_JSON = Phrase("is no file of marks, whose name would end in .json")
MOST_UNPACKED = 256 * 1024**2  # bytes of a class's files
ZIP = b"PK"


@dataclass(frozen=True, slots=True)
class Submission:
    """A file that somebody handed in.

    `name`: the person's, as a platform has it in full; "" where it has not. `account`: what it calls them, such as
    "moodle 4711". `late`: whether it says so.
    """

    file: str
    content: bytes = field(default=b"", repr=False)
    name: str = ""
    account: str = ""
    late: bool = False

    @property
    def named_after(self) -> str:
        """The name in a file's own name, "Ann" of "her-Ann.json"; "" where there is none."""
        last = PurePosixPath(self.file).name
        own = CANVAS.fullmatch(last) or MOODLE.fullmatch(last)
        found = OWN_NAME.fullmatch(own["file"] if own else last)
        return found["name"] if found else ""


def submissions_in(content: bytes, file: str) -> Iterator[Submission | Fault]:
    """What a file holds that somebody handed in: itself, or the files of an archive; a fault for each that is none.

    Raises ReadingError for an archive that cannot be opened.
    """
    if not content.startswith(ZIP):
        yield _named(file, content)
        return
    try:
        parts = Parts(content)
        names = [name for name in parts.names() if not LITTER.search(name)]
    except (zipfile.BadZipFile, *BROKEN_ARCHIVE):
        refuse(Fault.of(file, Phrase("is broken, or no .zip. Download it again").filled()))
    if len(names) > MOST_PARTS:
        refuse(
            Fault.of(
                file, Phrase("is an archive of more than {most} files. Name the right one").filled(most=str(MOST_PARTS))
            )
        )
    room = MOST_UNPACKED
    for name in sorted(names):
        made = _part(parts, name, min(room, OF_MARKS))
        room -= len(made.content) if isinstance(made, Submission) else 0
        yield made


def _part(parts: Parts, name: str, most: int) -> Submission | Fault:
    if not HANDED_IN.search(name):
        return Fault.of(name, NO_JSON.filled())
    data = parts.part(name, most)
    if data is None:
        return Fault.of(name, Phrase("is broken in this archive, or locked. Ask for it again").filled())
    if len(data) > most:
        return Fault.of(
            name, Phrase("is larger than {most} MB, which no hand-in is").filled(most=str(OF_MARKS // 1024**2))
        )
    return _named(name, data)


def _named(file: str, content: bytes) -> Submission:
    """The file with what its name says."""
    if found := MOODLE.search(file):
        name = " ".join(found["name"].split())
        return Submission(file, content, "" if NAMELESS.fullmatch(name) else name, f"moodle {found['account']}")
    if found := CANVAS.fullmatch(PurePosixPath(file).name):
        account, late = found["account"] or found["anon"], found["late"] or found["late_anon"]
        return Submission(file, content, "", f"canvas {account}", late=bool(late))
    return Submission(file, content)
