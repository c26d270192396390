"""The hand-ins of a class in a folder."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from essay_explorer.core.fault import ReadingError
from essay_explorer.library.collecting import Collected, collect
from essay_explorer.marks.gradebook import Pupil
from essay_explorer.marks.hand_in import Clock
from essay_explorer.marks.task import Task
from handing_in import CHOSEN, JOKE, KNOWS, READING, hand_in

if TYPE_CHECKING:
    from essay_explorer.marks.mark_file import MarkFile

CLOCK = Clock(datetime(2026, 12, 10, tzinfo=UTC), UTC)
FOREIGN = replace(hand_in("Eve", ("Words of another text.", "trust", "")), essay="0" * 16, title="Another")


def take(tmp_path: Path, *parts: tuple[str, MarkFile | bytes], **rest) -> Collected:
    """Collect the files of an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts:
            archive.writestr(name, part if isinstance(part, bytes) else part.to_json())
    (tmp_path / "submissions.zip").write_bytes(made.getvalue())
    return collect([tmp_path / "submissions.zip"], READING, tmp_path / "class", clock=CLOCK, **rest)


def files(tmp_path: Path, folder: str = "handed-in") -> list[str]:
    return sorted(path.name for path in (tmp_path / "class" / folder).glob("*.json"))


def test_who_came_without_a_number_has_the_one_of_the_class_s_list(tmp_path: Path) -> None:
    pupils = [Pupil("Ann Lee", ("moodle 4711",)), Pupil("Ben Ito", ("moodle 1",)), Pupil("Ben Ito", ("moodle 2",))]
    several = [("her-Ann.json", hand_in("ann LEE", CHOSEN)), ("her-Ben.json", hand_in("Ben Ito", JOKE))]
    made = take(tmp_path, *several, pupils=pupils)
    assert [one.account for one in made.hand_ins] == ["moodle 4711", ""], "and two of one name are told apart by nobody"


def test_a_class_is_taken_in_file_by_file(tmp_path: Path) -> None:
    made = take(
        tmp_path,
        ("Ann Lee_1_assignsubmission_file_/her-Ann.json", hand_in("annie", CHOSEN, KNOWS)),
        ("Ben Ito_2_assignsubmission_file_/her-Ben.json", hand_in("Ben", JOKE, at="2026-12-10T08:00:00.000Z")),
        ("Eve_3_assignsubmission_file_/her-Eve.json", FOREIGN),
        ("Max_4_assignsubmission_file_/her-Max.json", b'{"@context": ["http:'),
        ("Joe_5_assignsubmission_file_/essay.docx", b"PK"),
        due="2026-12-09",
        pupils=[Pupil("Ann Lee"), Pupil("Cleo Fox"), Pupil("Somebody", ("moodle 2",))],
    )
    assert str(made) == "2 in, 1 late, 1 for another essay, 2 refused, missing: Cleo Fox"
    assert [one.person for one in made.hand_ins] == ["Ann Lee", "Ben Ito"]
    assert [line.partition(":")[0].rpartition("/")[2] for line in map(str, made.said)] == [
        "her-Eve.json",
        "essay.docx",
        "her-Max.json",
    ]
    assert files(tmp_path) == ["ann-lee.json", "ben-ito.json"]


def test_a_later_collection_joins_and_the_same_person_replaces(tmp_path: Path) -> None:
    take(
        tmp_path, ("leeann_1_2_her-Ann.json", hand_in("Ann", CHOSEN)), ("itoben_3_4_her-Ben.json", hand_in("Ben", JOKE))
    )
    again = hand_in("Ann", CHOSEN, KNOWS, at="2026-12-02T10:00:00.000Z")
    made = take(tmp_path, ("leeann_LATE_1_9_her-Ann-1.json", again))
    assert str(made) == "2 in, 1 late"
    assert made.hand_ins[0] == replace(again, account="canvas 1", late=True)
    assert files(tmp_path) == ["ann.json", "ben.json"]
    assert files(tmp_path, "handed-in/earlier") == ["ann-20261201100000000.json"]
    assert str(take(tmp_path)) == "2 in, 1 late"  # nothing new, nothing lost


def test_two_of_one_name_have_a_file_each(tmp_path: Path) -> None:
    parts = [(f"Ann_{number}_assignsubmission_file_/a.json", hand_in("x", CHOSEN)) for number in (1, 2)]
    for _ in range(2):
        assert [one.account for one in take(tmp_path, *parts).hand_ins] == ["moodle 1", "moodle 2"]
        assert files(tmp_path) == ["ann-2.json", "ann.json"]


def test_a_name_never_leaves_the_folder(tmp_path: Path) -> None:
    made = take(tmp_path, ("../../x.json", replace(hand_in("a", CHOSEN), person="../../../etc/passwd\x1b[2J")))
    assert len(made.hand_ins) == 1
    assert files(tmp_path) == ["etc-passwd-2j.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["class", "submissions.zip"]


def test_a_clock_that_is_years_off_is_told(tmp_path: Path) -> None:
    made = take(
        tmp_path, ("her-Ann.json", hand_in("Ann", CHOSEN, at="2031-05-06T00:00:00.000Z", task=Task(due="2026-12-09")))
    )
    assert str(made) == "1 in"
    assert list(map(str, made.said)) == [
        "Ann: by its device’s clock it was handed in on 2031-05-06, which has not come yet. Nobody can tell whether it was late"
    ]


def test_a_kept_file_that_somebody_broke_is_named_and_stays(tmp_path: Path) -> None:
    take(tmp_path, ("her-Ann.json", hand_in("Ann", CHOSEN)))
    (tmp_path / "class" / "handed-in" / "ann.json").write_text("{", encoding="utf-8")
    made = take(tmp_path, ("her-Ann.json", hand_in("Ann", CHOSEN)))
    assert "handed-in/ann.json: line 1" in str(made.said[0])
    assert files(tmp_path) == ["ann-2.json", "ann.json"]


def test_a_clock_that_is_years_behind_is_told_where_something_is_due(tmp_path: Path) -> None:
    made = take(tmp_path, ("her-Ann.json", hand_in("Ann", CHOSEN, at="1970-01-01T00:00:00.000Z")), due="2026-12-09")
    assert list(map(str, made.said)) == [
        "Ann: by its device’s clock it was handed in on 1970-01-01, years before it was due. Nobody can tell whether it was late"
    ]


def test_a_folder_is_what_a_browser_leaves_of_an_archive(tmp_path: Path) -> None:
    there = tmp_path / "submissions"
    for name in ("Ann Lee_1_assignsubmission_file/her-Ann.json", "Ben_2_assignsubmission_file/her-Ben.json"):
        (there / name).parent.mkdir(parents=True)
        (there / name).write_text(hand_in("x", CHOSEN).to_json(), encoding="utf-8")
    (there / "Ben_2_assignsubmission_file" / "essay.docx").write_bytes(b"PK\3\4")
    (there / ".DS_Store").write_bytes(b"")
    for _ in range(2):  # what was written meanwhile is nobody's
        made = collect([there], READING, there / "class", clock=CLOCK)
        (there / "class" / "class-layer.json").write_text(hand_in("Class", JOKE).to_json(), encoding="utf-8")
        assert [(one.person, one.account) for one in made.hand_ins] == [("Ann Lee", "moodle 1"), ("Ben", "moodle 2")]
        assert list(map(str, made.said)) == [
            "submissions/Ben_2_assignsubmission_file/essay.docx: is no file of marks, whose name would end in .json"
        ]


def test_a_path_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "her-Ann.json").write_text(hand_in("Ann", CHOSEN).to_json(), encoding="utf-8")
    made = collect([tmp_path / "her-Bne.json", tmp_path / "her-Ann.json"], READING, tmp_path / "class", clock=CLOCK)
    assert str(made) == "1 in, 1 refused"
    assert str(made.said[0]).startswith("her-Bne.json: cannot be read")


def test_a_zip_that_is_none_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"PK\3\4")
    (tmp_path / "her-Ann.json").write_text(hand_in("Ann", CHOSEN).to_json(), encoding="utf-8")
    made = collect([tmp_path / "bad.zip", tmp_path / "her-Ann.json"], READING, tmp_path / "class", clock=CLOCK)
    assert str(made) == "1 in, 1 refused"
    with pytest.raises(ReadingError, match="cannot be read"):
        collect([tmp_path / "none.zip"], READING, tmp_path / "class", clock=CLOCK)
