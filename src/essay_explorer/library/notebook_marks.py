"""The file beside a notebook in which a reader's marks are kept, as several notebooks may share it."""

from __future__ import annotations

import hashlib
import os
import tempfile
import warnings
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from essay_explorer.core.fault import Fault, ReadingError, ReadingWarning, refuse
from essay_explorer.files.limits import OF_MARKS, bytes_of
from essay_explorer.files.whole import write_whole
from essay_explorer.marks.kept import Kept, merged
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.marks.placement import placed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from essay_explorer.core.essay import Essay
    from essay_explorer.core.reading import Reading

NOTEBOOK = "JPY_SESSION_NAME"  # in which Jupyter tells a kernel the path of its notebook
SERVER = "SERVER_SOFTWARE"  # in which Voila says that it runs a notebook for a reader
ENDING = ".marks.json"
PATIENCE = 10  # seconds: writing a thousand marks takes a twentieth of one


@dataclass(frozen=True, slots=True)
class NotebookMarks:
    """The marks on an essay in a file that may not be there yet."""

    path: Path
    essay: Essay

    @classmethod
    def of(cls, reading: Reading, environ: Mapping[str, str] = os.environ) -> NotebookMarks | None:
        """The file for a reading beside the notebook of this kernel; None where this is no kernel of Jupyter's own.

        A file of that name with marks of another essay is left alone, and one that cannot be read, of which a
        ReadingWarning tells: then the essay's fingerprint is in the name. When it can be read again, it takes in the
        marks that were made meanwhile.
        """
        folder = _folder(environ)
        if folder is None:
            return None
        made = cls(folder / f"{reading.name}{ENDING}", reading.essay)
        meanwhile = cls(folder / f"{reading.name}-{reading.essay.fingerprint[:8]}{ENDING}", reading.essay)
        if not made._fits(reading, meanwhile.path.name):
            return meanwhile
        if meanwhile.path.exists():
            with suppress(OSError, ReadingError):
                made.put(meanwhile.load())
                meanwhile.forget()
        return made

    def load(self) -> Kept:
        """What is kept. Raises ReadingError for a file that is there and cannot be read."""
        try:
            content = bytes_of(self.path, self.path.name, most=OF_MARKS) if self.path.exists() else b""
        except OSError as error:
            refuse(Fault(self.path.name, f"cannot be read: {error.strerror}"))
        return MarkFile.from_json(content, self.path.name).kept if content.strip() else Kept()

    def put(self, kept: Kept) -> Kept:
        """Keep these too, beside what another notebook has put there meanwhile; all that is kept now.

        The file is written whole or not at all. Raises OSError or ReadingError where that cannot be.
        """
        with self._locked():
            there = self.load()
            together = merged(there, kept)
            if together != there:
                write_whole(self.path, MarkFile.of(self.essay, together).to_json())
        return together

    def forget(self) -> None:
        """Remove all marks, and the file. Raises OSError where that cannot be."""
        with self._locked():
            self.path.unlink(missing_ok=True)

    def _fits(self, reading: Reading, meanwhile: str) -> bool:
        """Whether the file is none yet, or has marks of this essay, perhaps of another version of it."""
        try:
            made = MarkFile.from_json(bytes_of(self.path, most=OF_MARKS), self.path.name)
        except ReadingError as error:
            if not self.path.exists():
                return True
            message = f"The marks in it are not shown, and new ones are kept in {meanwhile}. {error}"
            warnings.warn(message, ReadingWarning, stacklevel=2)
            return False
        if made.essay == self.essay.fingerprint or not made.kept.marks:
            return True
        return any(move.state != "lost" for move in placed(made.kept.marks, reading).moves)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One at a time, whoever has the notebooks; the lock lies elsewhere, so that no folder fills with them."""
        from filelock import FileLock, Timeout  # noqa: PLC0415 - only for whoever marks

        name = hashlib.blake2b(os.fsencode(os.path.realpath(self.path)), digest_size=12).hexdigest()
        user = os.getuid() if hasattr(os, "getuid") else "user"
        folder = Path(tempfile.gettempdir(), f"essay-explorer-{user}")
        folder.mkdir(mode=0o700, exist_ok=True)
        try:
            with FileLock(folder / f"{name}.lock", timeout=PATIENCE):
                yield
        except Timeout:
            refuse(Fault(self.path.name, "is being written by another notebook. Mark once more, and it is tried again"))


def _folder(environ: Mapping[str, str]) -> Path | None:
    """The folder of the notebook; the kernel is started in it."""
    notebook = environ.get(NOTEBOOK, "")
    if not notebook.endswith(".ipynb") or environ.get(SERVER, "").startswith("voila"):
        return None
    beside = Path(notebook).parent
    return beside if beside.is_absolute() and beside.is_dir() else Path.cwd()
