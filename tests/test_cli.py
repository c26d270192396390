"""What the command line says, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from essay_explorer.cli import main
from essay_explorer.library import bundled


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code of a command, and what it printed on its two streams."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert isinstance(ended.value.code, int)
    return ended.value.code, *capsys.readouterr()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "essay.md").write_text("Trust is chosen, not proved. 🤖", encoding="utf-8")
    (tmp_path / "codebook.yml").write_text("facets:\n- id: theme\n  tags: [{id: trust}]\n", encoding="utf-8")
    return tmp_path


def test_check_finds_no_fault_in_the_reading_of_her(capsys: pytest.CaptureFixture[str]) -> None:
    folder = bundled("data") / "her"
    expected = f"No faults in {folder}: 10 paragraphs, 67 annotations, 42 relations\n"
    assert said(capsys, "check", "her") == (0, expected, "")
    assert said(capsys, "check", str(folder)) == (0, expected, "")


def test_check_prints_every_fault_and_ends_with_1(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"a{number},nothing like it,trust\n" for number in range(14))
    (folder / "annotations.csv").write_text(f"id,quote,theme\n{rows}", encoding="utf-8")
    code, out, err = said(capsys, "check", str(folder))
    *faults, last = out.splitlines()
    assert (code, err) == (1, "")
    assert faults == [
        f'annotations.csv, row {number + 2} (a{number}): quote not found in essay.md: "nothing like it". '
        "Copy the passage again"
        for number in range(14)
    ]
    assert last == f"14 faults in {folder.resolve()} (1 paragraph, 14 annotations, 0 relations)"


def test_check_counts_one_fault_as_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "annotations.csv").write_text("quote,theme\nTrust,trsut\n", encoding="utf-8")
    code, out, _ = said(capsys, "check", str(folder / "annotations.csv"))
    assert code == 1
    assert out.splitlines() == [
        'annotations.csv, row 2 (row2): tag "trsut" is not in facet "theme". Did you mean "trust"? Known: trust.',
        f"1 fault in {folder.resolve()} (1 paragraph, 1 annotation, 0 relations)",
    ]


def test_check_tells_why_a_reading_cannot_be_opened(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "essay.md").unlink()
    code, out, err = said(capsys, "check", str(folder))
    assert (code, err) == (1, "")
    assert out.splitlines() == [
        "essay.md: is missing. The text of the essay belongs in a file of this name",
        f"The reading in {folder.resolve()} cannot be opened.",
    ]


def test_check_says_in_a_plain_sentence_that_there_is_no_such_folder(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert said(capsys, "check", "no/such/folder") == (
        1,
        "",
        'essay-explorer: There is no reading "no/such/folder". '
        "Give the path of a folder with essay.md in it, or a name. Known: her.\n",
    )


def test_a_command_that_does_not_exist_is_refused_without_a_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, _, err = said(capsys, "chekc")
    assert code == 2
    assert "No such command 'chekc'" in err
    assert "Traceback" not in err
