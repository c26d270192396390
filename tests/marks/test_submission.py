"""Files that a class handed in, as Moodle and Canvas name them."""

from __future__ import annotations

import io
import zipfile

import pytest

from essay_explorer.core.fault import Fault, ReadingError
from essay_explorer.marks import submission
from essay_explorer.marks.submission import Submission, submissions_in


def packed(*names: str, content: bytes = b"{}") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "person", "account", "late", "named_after"),
    [
        ("Ann Lee_4711_assignsubmission_file_/her-Ann.json", "Ann Lee", "moodle 4711", False, "Ann"),
        ("Ann Lee_4711_assignsubmission_file/her-Ann.json", "Ann Lee", "moodle 4711", False, "Ann"),
        ("Ann Lee_4711_assignsubmission_file_her-Ann.json", "Ann Lee", "moodle 4711", False, "Ann"),
        ("Class 9/Zoë O'Neil_12_assignsubmission_file_/marks.json", "Zoë O'Neil", "moodle 12", False, ""),
        ("Participant_4711_assignsubmission_file_/her-Ann.json", "", "moodle 4711", False, "Ann"),
        ("leeann_5501_90210_her-Ann Lee.json", "", "canvas 5501", False, "Ann Lee"),
        ("leeann_LATE_5501_90210_her-Ann-2.json", "", "canvas 5501", True, "Ann"),
        ("LATE_anon_aB3dE_90210_her-Ann.json", "", "canvas anon_aB3dE", True, "Ann"),
        ("all/anon_xY9zQ_90211_her-Ann.json", "", "canvas anon_xY9zQ", False, "Ann"),
        ("her-Ann Lee (1).json", "", "", False, "Ann Lee"),
        ("marks.json", "", "", False, ""),
    ],
)
def test_a_name_says_whose_a_file_is(name, person, account, late, named_after) -> None:
    [found] = submissions_in(packed(name), "submissions.zip")
    assert isinstance(found, Submission)
    assert (found.name, found.account, found.late, found.named_after) == (person, account, late, named_after)


def test_a_file_by_itself_is_what_somebody_handed_in() -> None:
    assert list(submissions_in(b"{}", "her-Ann.json")) == [Submission("her-Ann.json", b"{}")]


def test_what_is_none_in_an_archive_is_named_and_litter_is_not() -> None:
    content = packed(
        "a/",
        "__MACOSX/a/._x.json",
        "a/.DS_Store",
        "a/her-Ann.json",
        "Ann_1_assignsubmission_onlinetext_/onlinetext.html",
    )
    found = list(submissions_in(content, "submissions.zip"))
    assert [str(one) for one in found if isinstance(one, Fault)] == [
        "Ann_1_assignsubmission_onlinetext_/onlinetext.html: is no file of marks, whose name would end in .json"
    ]
    assert [one.file for one in found if isinstance(one, Submission)] == ["a/her-Ann.json"]


def test_a_part_that_is_too_large_is_refused_and_the_others_are_read(monkeypatch) -> None:
    monkeypatch.setattr(submission, "OF_MARKS", 1000)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", b" " * 50_000_000)
        archive.writestr("b.json", b"{}")
    large, small = submissions_in(made.getvalue(), "x.zip")
    assert "a.json: is larger than" in str(large)
    assert small == Submission("b.json", b"{}")


@pytest.mark.parametrize("content", [b"PK\3\4 and then nothing", packed("a.json")[:-30]], ids=["begun", "cut off"])
def test_a_broken_archive_is_refused_in_a_sentence(content) -> None:
    with pytest.raises(ReadingError, match=r"x\.zip: is broken, or no \.zip"):
        list(submissions_in(content, "x.zip"))


def test_a_part_that_is_broken_is_named() -> None:
    content = packed("a.json", content=b'{"a": "0123456789"}').replace(b"0123456789", b"0123456780", 1)
    [found] = submissions_in(content, "x.zip")
    assert str(found) == "a.json: is broken in this archive, or locked. Ask for it again"
