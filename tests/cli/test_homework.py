"""The commands for homework."""

from __future__ import annotations

from pathlib import Path

import pytest

from essay_explorer.cli.main import main
from essay_explorer.library.opening import open_reading
from essay_explorer.marks.kept import Kept
from essay_explorer.marks.mark import Mark
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.marks.task import Task

HER = open_reading("her")
ANN = MarkFile(
    HER.essay.fingerprint, "Her", Kept.of([Mark("m1", *HER.annotations[0].anchor, ("trust",), "Because.")]), "Ann Lee",
    handed_in="2026-11-20T10:00:00.000Z", task=Task(6, 3, due="2026-12-09"),
)  # fmt: skip


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], str]:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert isinstance(ended.value.code, int)
    out, err = capsys.readouterr()
    return ended.value.code, out.splitlines(), err


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_collect_says_who_is_in_and_where_the_results_are(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("her-Ann.json").write_text(ANN.to_json(), encoding="utf-8")
    Path("notes.json").write_text("{}", encoding="utf-8")
    Path("class.txt").write_text("Ann Lee\nBen Ito\n", encoding="utf-8")
    code, out, err = said(
        capsys, "collect", "her-Ann.json", "notes.json", "--into", "her", "--class", "class.txt", "--no-pdf"
    )
    assert (code, err) == (0, "")
    assert out == [
        "notes.json: is no file of marks. Save it again with “Keep a copy” or “Hand in”, and take that file as it is",
        "1 in, 1 refused, missing: Ben Ito",
        "The class, and a sheet for each pupil: her-class/class.html",
    ]
    assert "1 of 6 marks, 1 of 3 reasons" in Path("her-class/sheets/ann-lee.html").read_text(encoding="utf-8")


def test_collect_ends_with_1_where_nothing_came_in(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("notes.json").write_text("{", encoding="utf-8")
    code, out, _ = said(capsys, "collect", "notes.json", "--into", "her", "--to", "x")
    assert code == 1
    assert out[-2] == "0 in, 1 refused"


def test_assign_writes_one_file_and_says_what_comes_next(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(
        capsys, "assign", "her", "--due", "2026-12-09", "--tags", "trust", "--blind", "--to", "her.html"
    )
    assert (code, err) == (0, "")
    assert out == ["Wrote her.html. Give it to your class. What they hand in: essay-explorer collect FILES --into her"]
    assert "<!DOCTYPE html>" in Path("her.html").read_text(encoding="utf-8")
    assert '"pass": 1' in Path("her.html").read_text(encoding="utf-8").replace('":1', '": 1')
    assert said(capsys, "assign", "her", "--pass", "2", "--to", "two.html")[0] == 0
    assert '"pass": 2' in Path("two.html").read_text(encoding="utf-8").replace('":2', '": 2')
    code, _, err = said(capsys, "assign", "her", "--to", "x.html", "--tags", "trsut")
    assert code == 2
    assert "trust" in err


def test_no_more_reasons_are_asked_for_than_marks(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "assign", "her", "--marks", "2", "--to", "her.html")[0] == 0
    assert '"reasons": 2' in Path("her.html").read_text(encoding="utf-8").replace('":2', '": 2')
    code, _, err = said(capsys, "assign", "her", "--marks", "2", "--reasons", "3", "--to", "more.html")
    assert code == 2
    assert "3 reasons for 2 marks" in err
    assert not Path("more.html").exists()


def test_a_wrong_day_says_what_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "collect", "x.json", "--into", "her", "--due", "soon")
    assert code == 2
    assert "2026-12-09" in err
