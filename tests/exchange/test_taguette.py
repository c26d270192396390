"""Highlights from Taguette."""

from __future__ import annotations

import pytest

from essay_explorer.core.fault import ReadingError
from essay_explorer.core.reading import Reading
from essay_explorer.exchange import Origin, joined

TEXTS = {
    "essay.md": "---\ntitle: The Lamp\n---\n\nThe lamp was lit before the rain came.\n",
    "codebook.yml": "facets:\n- id: theme\n  role: theme\n  tags:\n  - id: rain\n  - id: light\n",
    "annotations.csv": "id,quote,theme,note\n",
}
TABLE = 'id,document,tag,content\r\n1,Lamp,rain,The lamp\r\n1,Lamp,light,The lamp\r\n2,Lamp,,"before\r\nthe rain"\r\n'


def test_a_highlight_is_one_passage_with_all_its_tags() -> None:
    made = joined(("\ufeff" + TABLE).encode(), TEXTS, Origin("h.csv"), report=lambda _: None).texts
    found = [(one.quote, one.tags) for one in Reading.from_texts(made).annotations]
    assert found == [("The lamp", ("rain", "light")), ("before the rain", ())]
    assert joined(TABLE.encode(), made, Origin("h.csv"), report=lambda _: None).texts == made


def test_one_document_of_several_is_taken_by_its_name() -> None:
    table = (TABLE + "3,Other,rain,came\r\n").encode()
    with pytest.raises(
        ReadingError, match=r'holds 2 documents: "Lamp", "Other"\. Say which one to take: --source NAME'
    ):
        joined(table, TEXTS, Origin("h.csv"))
    said: list[str] = []
    made = joined(table, TEXTS, Origin("h.csv", source="Other"), report=lambda fault: said.append(str(fault))).texts
    assert [one.quote for one in Reading.from_texts(made).annotations] == ["came"]
    assert said == ['h.csv: reads "Other" and leaves out "Lamp"']


def test_a_table_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ReadingError, match=r"h\.csv: line 2: not readable as CSV"):
        joined(f"{TABLE[:25]}1,Lamp,rain,{'x' * 200_000}\r\n".encode(), TEXTS, Origin("h.csv"))
