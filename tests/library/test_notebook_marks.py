"""Marks beside a notebook, as several notebooks may share them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from essay_explorer.core.fault import ReadingError, ReadingWarning
from essay_explorer.core.reading import Reading
from essay_explorer.library.notebook_marks import NotebookMarks
from essay_explorer.marks.kept import Kept
from essay_explorer.marks.mark import Mark
from handing_in import READING, THEN

ONE, OTHER = (Mark(name, "Who knows?", created=THEN, changed=THEN) for name in ("m1", "m2"))
LATER = "2026-12-02T10:00:00.000Z"


def beside(folder: Path, reading: Reading = READING, **environ: str) -> NotebookMarks | None:
    return NotebookMarks.of(reading, {"JPY_SESSION_NAME": str(folder / "a.ipynb"), **environ})


@pytest.fixture
def kept(tmp_path: Path) -> NotebookMarks:
    made = beside(tmp_path)
    assert made
    return made


def test_marks_are_there_again_when_the_kernel_has_restarted(tmp_path: Path, kept: NotebookMarks) -> None:
    assert kept.load() == Kept()
    kept.put(Kept((ONE,)))
    assert [path.name for path in tmp_path.iterdir()] == ["trust.marks.json"]
    assert beside(tmp_path).load() == Kept((ONE,))


def test_two_notebooks_on_one_file_do_not_undo_each_other(kept: NotebookMarks) -> None:
    kept.put(Kept((ONE,)))
    assert kept.put(Kept((OTHER,))) == Kept((ONE, OTHER))
    assert kept.put(Kept(removed=(("m1", LATER),))).marks == (OTHER,)
    assert kept.put(Kept((ONE,))).marks == (OTHER,)


def test_what_is_forgotten_is_gone(tmp_path: Path, kept: NotebookMarks) -> None:
    kept.put(Kept((ONE,)))
    for _ in range(2):
        kept.forget()
        assert not list(tmp_path.iterdir())


def test_notebooks_that_write_at_once_lose_nothing(kept: NotebookMarks) -> None:
    marks = [Mark(f"m{number:02}", "Who knows?", created=THEN, changed=THEN) for number in range(20)]
    threads = [Thread(target=kept.put, args=(Kept((mark,)),)) for mark in marks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept.load().marks == tuple(marks)


def test_no_file_is_kept_where_a_server_runs_the_notebook(tmp_path: Path) -> None:
    assert beside(tmp_path, SERVER_SOFTWARE="voila/0.5") is None
    assert NotebookMarks.of(READING, {}) is None
    assert NotebookMarks.of(READING, {"JPY_SESSION_NAME": str(tmp_path / "a.py")}) is None


def test_marks_of_another_essay_are_left_alone_and_those_of_an_earlier_version_are_not(
    tmp_path: Path, kept: NotebookMarks
) -> None:
    kept.put(Kept((ONE,)))
    edited = replace(READING, essay=replace(READING.essay, text=f"{READING.essay.text} More."))
    assert beside(tmp_path, edited).load() == Kept((ONE,))
    other = Reading.from_texts({"essay.md": "Nothing of it stands here.\n"}, name="trust")
    made = beside(tmp_path, other)
    assert made.path.name == f"trust-{other.essay.fingerprint[:8]}.marks.json"
    assert made.load() == Kept()


def test_a_broken_file_is_never_written_over(tmp_path: Path, kept: NotebookMarks) -> None:
    kept.path.write_text("{", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"trust\.marks\.json: line 1"):
        kept.put(Kept((ONE,)))
    assert kept.path.read_text(encoding="utf-8") == "{"
    with pytest.warns(ReadingWarning, match=r"^The marks in it are not shown, .*\. trust\.marks\.json: line 1"):
        meanwhile = beside(tmp_path)  # the next kernel keeps its marks elsewhere, and says so
    assert meanwhile.path.name == f"trust-{READING.essay.fingerprint[:8]}.marks.json"
    meanwhile.put(Kept((OTHER,)))
    kept.path.unlink()
    kept.put(Kept((ONE,)))
    again = beside(tmp_path)
    assert again.path == kept.path
    assert again.load() == Kept((ONE, OTHER)), "and what was kept elsewhere is not left behind"
    assert [path.name for path in tmp_path.iterdir()] == ["trust.marks.json"]
