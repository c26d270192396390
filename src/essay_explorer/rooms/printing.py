"""Pages of a room to print: its result, and the sheets for those who mark on paper."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from essay_explorer.core.prose import Prose
from essay_explorer.marks.agreement import FEW
from essay_explorer.rooms.shown import class_shown
from essay_explorer.rooms.tally import guarded
from essay_explorer.templating import environment
from essay_explorer.words import language, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from essay_explorer.core.tag import Tag
    from essay_explorer.marks.agreement import TagAgreement
    from essay_explorer.rooms.results import Results
    from essay_explorer.rooms.room_state import RoomState
    from essay_explorer.rooms.room_text import RoomText

TEMPLATES = Path(__file__).parent / "templates"
BLANK_SHEETS = 3  # where nobody has been added yet


def result_page(results: Results) -> str:
    """The text with what the class has marked, how far it agrees, and the words that were shown; without names."""
    shares: defaultdict[int, list[str]] = defaultdict(list)
    readers = len(results.tally.readers)
    for one in guarded(results.tally.shares()):
        count = say("few") if one["count"] is None else one["count"]
        share = say("{count} of {readers}", count=count, readers=readers)
        shares[int(str(one["sentence"]))].append(f"{results.text.tags[str(one['tag'])].label}: {share}")
    shown, views = class_shown(results), {"": "", "yes": say("Yes"), "no": say("No")}
    words = [(one["sentences"][0], one["text"], one["hands"]) for one in shown["reasons"]]
    words += [
        (one["sentence"], " ".join(filter(None, (views[one["view"]], one["text"]))), one["hands"])
        for one in shown["replies"]
    ]
    return (
        environment(TEMPLATES)
        .get_template("result.html.j2")
        .render(
            **_head(results.state, results.text),
            readers=readers,
            spoken=language(),
            agreement=[_agreed(one) for one in results.agreement.tags],
            moved=shown.get("moved", ""),
            shares=shares,
            words=sorted(words),
        )
    )


def paper_sheets(state: RoomState, text: RoomText, sheets: int) -> str:
    """A sheet for each who marks on paper, with its code, the tags, and the numbered text."""
    tags = [text.tags[tag] for tag in state.task.tags]
    page = environment(TEMPLATES).get_template("sheets.html.j2")
    return page.render(
        **_head(state, text), tags=tags, example=_example(tags), sheets=range(1, (sheets or BLANK_SHEETS) + 1)
    )


def _example(tags: list[Tag]) -> str:
    return say(
        "To mark, write {letter} beside the number of a sentence about {theme}.",
        letter=tags[0].code,
        theme=tags[0].label,
    )


def _head(state: RoomState, text: RoomText) -> dict[str, Any]:
    essay = text.reading.essay
    return {
        "code": state.code,
        "title": Prose.from_inline(essay.title).text,
        "credit": essay.credit,
        "language": essay.language,
        "task": state.task.sentence(text.tags),
        "paragraphs": list(_paragraphs(text)),
    }


def _paragraphs(text: RoomText) -> Iterator[list[tuple[int, str]]]:
    """Each paragraph as numbered sentences."""
    paragraph_at, sentences = text.reading.essay.paragraph_at, zip(text.numbers, text.sentences, strict=True)
    numbered = [(paragraph_at(span.start), number) for number, span in sentences]
    for _, group in groupby(numbered, lambda one: one[0]):
        yield [(number, text.sentence(number)) for _, number in group]


def _agreed(one: TagAgreement) -> str:
    """How far a class agrees on a tag, for everybody: what few of them did is told without a number."""
    finding = say("few used it") if 0 < one.givers < FEW else one.finding
    return f"{say('{label}: {finding}', label=one.label, finding=finding)}."
