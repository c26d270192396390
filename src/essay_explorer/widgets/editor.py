"""The editor: what an author changes of a reading on its page, and how that gets into the reading's files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from essay_explorer.core.fault import ReadingError
from essay_explorer.library.adding import folder_to_change
from essay_explorer.library.editing.asking import done, in_words, is_served
from essay_explorer.library.editing.desk import Desk, Outcome
from essay_explorer.library.editing.facts import facts_of
from essay_explorer.library.opening import open_quietly
from essay_explorer.widgets.module import module, style
from essay_explorer.widgets.view import View
from essay_explorer.words import language, speaking

if TYPE_CHECKING:
    from pathlib import Path

    from essay_explorer.core.reading import Reading
    from essay_explorer.widgets.choosing import Choosing
    from essay_explorer.widgets.lens import Lens

NO_FOLDER = (
    "The files of this name say another reading than this one. Open them anew, or name the folder of this one: "
    'edit="path/to/it". One that was changed in Python is saved first: reading.save("name")'
)


class Editor(View):
    """What an author changes of a reading on its page: themes, passages, relations, the tour, the text.

    ========  ===========================================================  ============
    trait     value                                                        written by
    ========  ===========================================================  ============
    lens      the Lens it looks at                                         Python, once
    choosing  the Choosing with which its author chooses in the text       Python, once
    desk      what can be undone and done again, the passages whose words  Python
              are lost, and of the text and of each tag what a reader's
              page does not say
    door      the address that takes acts; "" where Python does            page
    key       what each act needs at that address                          page
    version   the fingerprint of the reading after the last act            page
    ========  ===========================================================  ============
    """

    page = ("door", "key", "version")
    _esm = module(
        "mark_edges", "editor_sender", "editor_forms", "editor_tag_form", "editor_themes", "editor_lost",
        "editor_passage", "editor_relations", "editor_tour", "editor_facts", "editor_text", "editor",
    )  # fmt: skip
    _css = style("editor", "choosing")

    choosing = anywidget.WidgetTrait().tag(sync=True)
    desk = traitlets.Dict().tag(sync=True)
    door = traitlets.Unicode().tag(sync=True)
    key = traitlets.Unicode().tag(sync=True)
    version = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        lens: Lens,
        choosing: Choosing,
        folder: Path | None = None,
        **traits: Any,  # noqa: ANN401 - any of the traits
    ) -> None:
        """An editor of what the lens shows; without a `folder`, whoever serves the page takes the acts."""
        self._desk = Desk(folder) if folder else None
        self._language = language()  # of what stands on the page already
        desk = desk_of(lens.reading, self._desk.state() if self._desk else Outcome())
        super().__init__(lens, choosing=choosing, desk=desk, **traits)
        self.on_msg(self._act)

    def _act(self, _: object, asked: object, __: object) -> None:
        """Do what the page asks for, show it, and say what became of it."""
        match asked:
            case {"edit": dict() as wanted, "name": str() as name} if self._desk and not is_served():
                with speaking(self._language):
                    self._do(self._desk, wanted, name)

    def _do(self, desk: Desk, wanted: dict[str, Any], name: str) -> None:
        try:
            outcome = done(desk, {**wanted, "name": name})
        except (ReadingError, ValueError, OSError) as error:
            self.send({"edited": name, "fault": in_words(error)})
            return
        reading = open_quietly(desk.folder)
        if reading.fingerprint != self.lens.reading.fingerprint:
            self.lens.reading = reading
        self.desk = desk_of(reading, outcome)
        self.send({"edited": name, "said": outcome.said, "question": outcome.question})


def folder_to_edit(reading: Reading, edit: bool | str | os.PathLike[str]) -> Path | None:  # noqa: FBT001 - what `Explorer` was told
    """The folder in which a reading is edited; None where the notebook is served to readers, who change nothing.

    Raises ReadingError where it has none, or comes with the project.
    """
    if is_served():
        return None
    folder = folder_to_change(reading.name if isinstance(edit, bool) else os.fspath(edit))
    if open_quietly(folder).fingerprint != reading.fingerprint:
        raise ReadingError(NO_FOLDER)
    return folder


def desk_of(reading: Reading, outcome: Outcome) -> dict[str, Any]:
    """What the page of an author knows more than a reader's."""
    there = {passage.id for passage in reading.passages()}
    return {
        "undo": outcome.undo,
        "redo": outcome.redo,
        "facts": facts_of(reading.essay),
        "aliases": {tag.id: list(tag.aliases) for tag in reading.codebook.tags.values() if tag.aliases},
        "own": {entry.id: list(entry.tags) for entry in reading.annotations},
        "lost": [
            {"id": entry.id, "quote": entry.quote, "note": entry.note, "tags": list(entry.tags)}
            for entry in reading.annotations
            if entry.id not in there
        ],
    }
