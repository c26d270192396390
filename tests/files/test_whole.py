"""A file that is written: whole, in its place, with the mode that it had."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from essay_explorer import import_annotations, open_reading
from essay_explorer.cli.main import main
from essay_explorer.files.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

POSIX = pytest.mark.skipif(os.name != "posix", reason="links and modes are those of POSIX")


def test_a_new_file_stands_alone_in_its_folder(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.txt", "one")
    write_whole(tmp_path / "a.txt", b"two")
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("a.txt", "two")]


@POSIX
def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target, link = tmp_path / "elsewhere" / "mine.txt", tmp_path / "a.txt"
    target.write_text("one", encoding="utf-8")
    link.symlink_to(target)
    write_whole(link, "two")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "two"
    assert [path.name for path in target.parent.iterdir()] == ["mine.txt"]


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_a_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one", encoding="utf-8")
    path.chmod(mode)
    write_whole(path, "two")
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_file_that_may_only_be_read_stays_and_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "her.csv"
    path.write_text("mine", encoding="utf-8")
    path.chmod(0o444)
    with pytest.raises(SystemExit, match="1"):
        main(["export", "her", "--to", str(path)])
    sentence = "cannot be written: it may only be read. Allow writing, or name another file"
    assert capsys.readouterr().err == f"essay-explorer: {path}: {sentence}\n"
    assert path.read_text(encoding="utf-8") == "mine"
    path.chmod(0o644)


@pytest.fixture
def reading(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "essay.md").write_text("Trust is chosen. It is not proved.", encoding="utf-8")
    (folder / "codebook.yml").write_text("facets:\n- id: theme\n  tags: [{id: trust}]\n", encoding="utf-8")
    (folder / "annotations.csv").write_text("id,quote,theme\na1,Trust is chosen,trust\n", encoding="utf-8")
    (tmp_path / "more.csv").write_text("id,quote,theme\nb1,not proved,trust\n", encoding="utf-8")
    (tmp_path / "more.qdc").write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code name="Sea" guid="6d1c2f0a-5b7e-4c8e-9a52-0f5f2f4d7b11"'
        ' isCodable="true"/></Codes></CodeBook>',
        encoding="utf-8",
    )
    return folder


@POSIX
def test_an_import_follows_a_link_and_keeps_the_mode(reading: Path, tmp_path: Path) -> None:
    for name in ("annotations.csv", "codebook.yml"):
        (reading / name).rename(tmp_path / name)
        (tmp_path / name).chmod(0o640)
        (reading / name).symlink_to(tmp_path / name)
    assert import_annotations(tmp_path / "more.csv", into=str(reading)).added == "1 annotation"
    assert import_annotations(tmp_path / "more.qdc", into=str(reading)).added
    for name, word in {"annotations.csv": "b1,not proved", "codebook.yml": "Sea"}.items():
        assert (reading / name).is_symlink()
        assert word in (tmp_path / name).read_text(encoding="utf-8")
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o640


def test_an_import_into_a_file_that_may_only_be_read_changes_nothing(reading: Path, tmp_path: Path) -> None:
    (reading / "annotations.csv").chmod(0o444)
    before = {path: path.read_bytes() for path in reading.iterdir() if path.is_file()}
    with pytest.raises(OSError, match="it may only be read"):
        import_annotations(tmp_path / "more.csv", into=str(reading))
    assert {path: path.read_bytes() for path in reading.iterdir() if path.is_file()} == before
    (reading / "annotations.csv").chmod(0o644)


@POSIX
def test_an_import_writes_nothing_through_a_link_that_leads_nowhere(reading: Path, tmp_path: Path) -> None:
    (reading / "annotations.csv").unlink()
    (reading / "annotations.csv").symlink_to(tmp_path / "nowhere.csv")
    with pytest.raises(ValueError, match=r"annotations\.csv: is a link that leads nowhere"):
        import_annotations(tmp_path / "more.csv", into=str(reading))
    assert not (tmp_path / "nowhere.csv").exists()
    assert open_reading(reading).annotations == ()
