"""All kinds of acts by the names that they have in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essay_explorer.core.fault import ReadingError, instead_of, shown
from essay_explorer.library.editing.facts import ChangeFacts
from essay_explorer.library.editing.passages import AddPassage, ChangePassage, RemovePassage
from essay_explorer.library.editing.relations import AddRelation, ChangeRelation, RemoveRelation
from essay_explorer.library.editing.stops import AddStop, ChangeStop, MoveStop, RemoveStop
from essay_explorer.library.editing.tags import AddTag, ChangeTag, MergeTags, MoveTag, RemoveTag, SplitTag
from essay_explorer.library.editing.text import CorrectText

if TYPE_CHECKING:
    from essay_explorer.library.editing.act import Act

KINDS: dict[str, type[Act]] = {
    "add tag": AddTag,
    "change tag": ChangeTag,
    "merge tags": MergeTags,
    "split tag": SplitTag,
    "move tag": MoveTag,
    "remove tag": RemoveTag,
    "add passage": AddPassage,
    "change passage": ChangePassage,
    "remove passage": RemovePassage,
    "add relation": AddRelation,
    "change relation": ChangeRelation,
    "remove relation": RemoveRelation,
    "add stop": AddStop,
    "change stop": ChangeStop,
    "move stop": MoveStop,
    "remove stop": RemoveStop,
    "correct text": CorrectText,
    "change facts": ChangeFacts,
}


def act_from(data: object) -> Act:
    """The act that JSON tells: its kind under "do", and what that has. Raises ReadingError for what is none."""
    if not isinstance(data, dict) or not isinstance(data.get("do"), str):
        message = 'An act is an object with its kind under "do"'
        raise ReadingError(message)
    kind = KINDS.get(data["do"])
    if kind is None:
        message = f"There is no act {shown(data['do'])}. {instead_of(data['do'], KINDS)}"
        raise ReadingError(message)
    return kind.from_json({str(name): value for name, value in data.items() if name != "do"})
