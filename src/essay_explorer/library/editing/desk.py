"""The desk at which a reading is edited: each act is written into its files at once, and can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from essay_explorer.core.essay import FILE as ESSAY
from essay_explorer.core.reading import FILES, Reading
from essay_explorer.files.reading_files import EDITS, KEPT_ESSAY, changing, exact_text_in
from essay_explorer.files.revising import revised
from essay_explorer.library.editing.journal import Change, Entry, Journal
from essay_explorer.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from essay_explorer.files.reading_files import ReadingFiles
    from essay_explorer.library.editing.act import Act


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an act: what it `said` when it was done, or the `question` to be answered first.

    `undo` and `redo`: what the acts said that can be undone and done again now; "" where there is none. All of it is
    in the language that is spoken, whatever was when an act was done.
    """

    said: str = ""
    question: str = ""
    undo: str = ""
    redo: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """The reading in a folder, to be edited."""

    folder: Path

    def do(self, act: Act, *, name: str = "", sure: bool = False, now: datetime) -> Outcome:
        """Do an act, and write what changes: all of it or nothing.

        `name`: its own id; one that was done is not done again. `sure`: whether its question was answered. Raises
        ReadingError and ValueError, in plain words, for what cannot be done; nothing is written then.
        """
        with changing(self.folder) as files:
            journal = Journal.from_text(files.text(EDITS))
            if known := journal.find(name):
                return _outcome(journal, known.said.said())
            texts = files.texts((*FILES, KEPT_ESSAY))
            before = Reading.from_texts({file: texts[file] for file in FILES if file in texts}, name=self.folder.name)
            question = "" if sure else act.clash(before) or act.doubt(before)
            if question:
                return _outcome(journal, question=question)
            after, said = act.apply(before), act.said(before)
            made = _with_kept_essay(revised(texts, before, after, renamed=act.renamed(before)), texts, before, after)
            if not made:
                return _outcome(journal, say("Nothing to change"))
            changes = {file: Change.between(texts.get(file), text) for file, text in made.items()}
            journal = journal.done(Entry(name, said, now.isoformat(timespec="seconds"), changes))
            files.replace({**made, EDITS: str(journal)})
        return _outcome(journal, said.said())

    def undo(self) -> Outcome:
        """Undo the last act. Raises ReadingError where its files were changed elsewhere since."""
        with changing(self.folder) as files:
            journal = Journal.from_text(files.text(EDITS))
            if not (entry := journal.last):
                return _outcome(journal, say("There is nothing to undo"))
            changes = {file: change.back for file, change in entry.files.items()}
            journal = _turned(files, journal.moved(-1), changes)
        return _outcome(journal, say("Undone: {act}", act=entry.said.said()))

    def redo(self) -> Outcome:
        """Do again what was undone last. As `undo`."""
        with changing(self.folder) as files:
            journal = Journal.from_text(files.text(EDITS))
            if not (entry := journal.next):
                return _outcome(journal, say("There is nothing to do again"))
            journal = _turned(files, journal.moved(1), entry.files)
        return _outcome(journal, say("Done again: {act}", act=entry.said.said()))

    def state(self) -> Outcome:
        """What can be undone and done again."""
        return _outcome(Journal.from_text(exact_text_in(self.folder, EDITS)))


def _turned(files: ReadingFiles, journal: Journal, changes: Mapping[str, Change]) -> Journal:
    made = {file: change.apply(files.text(file), file) for file, change in changes.items()}
    files.replace({**made, EDITS: str(journal)})
    return journal


def _with_kept_essay(
    made: dict[str, str | None], texts: Mapping[str, str], before: Reading, after: Reading
) -> dict[str, str | None]:
    """The files that change; with a corrected essay the one that `update` compares with, unless something was lost.

    One that is another text already, since somebody has edited the essay, is left to the next update.
    """
    in_step = texts.get(KEPT_ESSAY) == texts.get(ESSAY)
    if ESSAY in made and in_step and len(after.faults) <= len(before.faults):
        return {**made, KEPT_ESSAY: made[ESSAY]}
    return made


def _outcome(journal: Journal, said: str = "", *, question: str = "") -> Outcome:
    undo, redo = (entry.said.said() if entry else "" for entry in (journal.last, journal.next))
    return Outcome(said, question, undo, redo)
