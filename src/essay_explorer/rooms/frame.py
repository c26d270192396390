"""The marks of a room as a pandas frame. Importing this module imports pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd  # type: ignore[import-untyped]  # pandas tells no types

if TYPE_CHECKING:
    from essay_explorer.rooms.kept_mark import KeptMark
    from essay_explorer.rooms.participant import Participant
    from essay_explorer.rooms.results import Results

NUMBERS = ("reader", "group", "sentence", "last")
TEXTS = ("name", "passage", "quote", "reason", "created", "changed")


def frame_of(results: Results) -> pd.DataFrame:
    """A row for each mark as it stands, those of a reader in the order of the text; `Room.to_frame` says what of."""
    tags = results.state.task.tags
    rows = [_row(one, kept, tags) for one, kept in results.work()]
    kinds = dict.fromkeys(NUMBERS, "Int64") | dict.fromkeys(TEXTS, "string")
    columns = [*NUMBERS, *TEXTS, "handed_in", *tags]
    return pd.DataFrame(rows, columns=columns).astype({name: kinds.get(name, "bool") for name in columns})


def _row(one: Participant, kept: KeptMark, tags: tuple[str, ...]) -> dict[str, Any]:
    first, last = kept.sentences
    sent = kept.mark
    texts = one.label, sent.id, sent.quote.exact, sent.reason, sent.created, sent.changed
    return {
        **dict(zip(NUMBERS, (one.number, one.group, first, last), strict=True)),
        **dict(zip(TEXTS, texts, strict=True)),
        **{tag: tag in sent.tags for tag in tags},
        "handed_in": bool(one.handed_in),
    }
