"""The file of a reader's marks: read back as it was, and what is wrong with it told in a sentence."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_explorer.core.fault import ReadingError
from essay_explorer.core.table import as_cell
from essay_explorer.files.limits import MOST_MARKS, OF_MARKS
from essay_explorer.marks.kept import Kept
from essay_explorer.marks.mark import Mark, moment
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.marks.task import Task

ESSAY = "0123456789abcdef"
THEN = "2026-11-26T08:30:00.123Z"
MARK = Mark(
    "7f1c2a90-0000-4000-8000-000000000001", "Trust is chosen", suffix=", not", tags=("trust", "ending"),
    reason="It is <b>said</b> so.\nTwice.", creator="Ann", created=THEN, changed="2026-11-27T08:30:00.000Z",
)  # fmt: skip
FILE = MarkFile(
    ESSAY,
    "Her",
    Kept.of([MARK, Mark("m2", "it was 🐟 a joke")], {"m3": THEN}),
    person="Ann Lee",
    round=2,
    handed_in=THEN,
    task=Task(6, 3, ("trust",), "2026-12-09", blind=True),
)


def read(text: str | bytes, file: str = "her-Ann.json") -> tuple[MarkFile, list[str]]:
    faults: list[str] = []
    return MarkFile.from_json(text, file, report=lambda fault: faults.append(str(fault))), faults


def changed(**header: object) -> str:
    value = json.loads(FILE.to_json())
    value["essay-explorer"] |= header
    return json.dumps(value)


def with_items(*items: object) -> str:
    value = json.loads(FILE.to_json())
    value["first"]["items"] = list(items)
    return json.dumps(value)


def refusal(text: str | bytes) -> str:
    with pytest.raises(ReadingError) as raised:
        MarkFile.from_json(text, "her-Ann.json")
    return str(raised.value)


def test_a_file_comes_back_as_it_was() -> None:
    assert read(FILE.to_json()) == (FILE, [])
    assert read(b"\xef\xbb\xbf" + FILE.to_json().encode()) == (FILE, [])


texts = st.text(max_size=40).map(as_cell)
marks = st.builds(
    Mark, st.uuids().map(str), texts.filter(bool), texts, texts, st.lists(st.sampled_from(["trust", "ending"]), unique=True).map(tuple), texts,
    texts, created=st.just(THEN), changed=st.datetimes().map(lambda when: moment(when.isoformat())),
)  # fmt: skip


@given(st.lists(marks, max_size=5))
def test_whatever_stands_in_marks_comes_back(several: list[Mark]) -> None:
    kept = Kept.of(several)
    assert read(replace(FILE, kept=kept).to_json())[0].kept == kept


def test_it_is_an_annotation_collection_of_the_w3c() -> None:
    value = json.loads(FILE.to_json())
    assert (value["type"], value["@context"], value["total"]) == (
        "AnnotationCollection",
        ["http://www.w3.org/ns/anno.jsonld"],
        2,
    )
    second, first = value["first"]["items"]
    assert first["id"] == f"urn:uuid:{MARK.id}"
    assert first["target"] == {
        "source": f"urn:x-essay:{ESSAY}",
        "selector": {"type": "TextQuoteSelector", "exact": "Trust is chosen", "suffix": ", not"},
    }
    assert [(body["purpose"], body["value"]) for body in first["body"]] == [
        ("tagging", "trust"), ("tagging", "ending"), ("commenting", MARK.reason),
    ]  # fmt: skip
    assert second["body"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FILE.to_json()[:400], "her-Ann.json: line [0-9]+, column .*: not readable as JSON from here on"),
        ("{}", "her-Ann.json: is no file of marks. Save it again"),
        ("[]", "is no file of marks"),
        ('{"essay-explorer": 3}', "is no file of marks"),
        (changed(version=2), 'is of version "2", and this program reads 1'),
        (changed(essay="her"), "does not say to which essay"),
        (json.dumps({**json.loads(FILE.to_json()), "first": "https://example.org/1"}), "holds no list of marks"),
        (b" " * (OF_MARKS + 1), "is larger than 16 MB"),
    ],
)
def test_what_is_no_file_of_marks_is_refused_in_a_sentence(text, expected) -> None:
    with pytest.raises(ReadingError, match=expected):
        MarkFile.from_json(text, "her-Ann.json")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9,
            "her-Ann.json: is no text, but something else, such as a picture",
        ),
        (b"\0" * 999, "her-Ann.json: is no text, but something else, such as a picture"),
        (b" " * (16 * 1024**2 + 1), "her-Ann.json: is larger than 16 MB, the largest that is read"),
    ],
)
def test_what_is_no_text_or_too_large_is_asked_for_again(content: bytes, expected: str) -> None:
    with pytest.raises(ReadingError, match=rf"{expected}\. Save it again with “Keep a copy” or “Hand in”"):
        MarkFile.from_json(content, "her-Ann.json")


def test_a_hundred_thousand_marks_are_too_many() -> None:
    assert (
        refusal(with_items(*[{"type": "Annotation", "target": "urn:x-essay:0123456789abcdef"}] * 100_000))
        == f"her-Ann.json: has 100,000 marks; expected at most {MOST_MARKS:,}"
    )


def test_one_faulty_mark_is_named_and_the_others_are_read() -> None:
    sound = json.loads(FILE.to_json())["first"]["items"][1]
    made, faults = read(with_items({}, 3, {**sound, "id": "urn:uuid:a b"}, {**sound, "target": {}}, sound))
    assert made.kept.marks == (MARK,)
    assert faults == [
        "her-Ann.json: mark 1: has no quote. It is left out",
        "her-Ann.json: mark 2: has no quote. It is left out",
        'her-Ann.json: mark 3: its id "a b": expected one word, without spaces, control signs or , ; & = # and no * at its start. It is left out',
        "her-Ann.json: mark 4: has no quote. It is left out",
    ]
    with pytest.raises(ReadingError, match="mark 1: has no quote"):
        MarkFile.from_json(with_items({}), "x.json")


def test_of_two_marks_with_one_id_the_other_is_named() -> None:
    sound = json.loads(FILE.to_json())["first"]["items"][1]
    later = {**sound, "modified": "2030-01-01T00:00:00Z", "target": {"selector": {"exact": "Nobody asked."}}}
    made, faults = read(with_items(later, sound))
    assert [mark.quote for mark in made.kept.marks] == ["Nobody asked."]
    assert faults == [
        "her-Ann.json: mark 2: has the id of one before it. The one that was changed later is kept",
    ]
    assert read(with_items(sound, sound))[1] == []


@pytest.mark.parametrize(
    ("purpose", "value", "expected"),
    [
        ("tagging", "<script>alert(1)</script>", None),
        ("tagging", "two words", "its tag"),
        ("tagging", 5, "its tag"),
        ("commenting", ["a"], "its reason: expected a text"),
        ("commenting", "x" * 200_000, "letters; a cell of a CSV file holds at most"),
    ],
)
def test_markup_is_text_and_what_no_mark_can_hold_is_told(purpose, value, expected) -> None:
    sound = json.loads(FILE.to_json())["first"]["items"][1]
    made, faults = read(with_items({**sound, "body": [{"type": "TextualBody", "purpose": purpose, "value": value}]}))
    if expected:
        assert not made.kept.marks
        assert expected in faults[0]
    else:
        assert made.kept.marks[0].tags == (value,)


def test_a_name_is_one_line_of_a_name_s_length() -> None:
    made, _ = read(changed(person="Ann\n\x00" + "e" * 5000, title=3, handedIn="soon"))
    assert made.person.startswith("Ann \ufffdee")
    assert len(made.person) == 200
    assert (made.title, made.handed_in) == ("", "")
    made, _ = read(changed(**{"pass": 10**9}))
    assert made.round == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-26T08:30:00.123Z", "2026-11-26T08:30:00.123Z"),
        ("2026-11-26T09:30+01:00", "2026-11-26T08:30:00.000Z"),
        ("2026-11-26", "2026-11-26T00:00:00.000Z"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("9999-12-31T23:59:59-14:00", ""),
        ("20261126", ""),
        ("yesterday", ""),
    ],
)
def test_a_moment_is_in_utc(text, expected) -> None:
    assert moment(text) == expected
