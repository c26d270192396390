"""The results of a class in the teacher's language, all of them from the catalogue."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from essay_explorer.cli.main import main
from essay_explorer.core.reading import Reading
from essay_explorer.files.limits import OF_MARKS
from essay_explorer.marks.kept import Kept
from essay_explorer.marks.mark import Mark
from essay_explorer.marks.mark_file import MarkFile
from essay_explorer.marks.task import Task
from essay_explorer.words import SETTING
from said_outside import said_outside, text_of

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "\n\n".join(f"Zzz {at:02} zzz. Zzzz {at:02} zz." for at in range(8))
BOOK = "facets:\n- {id: theme, label: Zzz, tags: [{id: zz, label: Zzz}, {id: zzz, label: Zzzz}]}\n"
ROWS = "id,quote,theme\na1,Zzz 01 zzz.,zz\na2,Zzz 03 zzz.,zzz\n"
THEN, NEVER = "2025-12-01T10:00:00.000Z", "2099-12-01T10:00:00.000Z"
WHOLE = "---\ntitle: Zzz\n---\n"
NAMES = ("Zed", "Zoe", "Zac", "Zia")


def hand_in(reading: Reading, person: str, *quotes: str, at: str = THEN, seed: str = "") -> MarkFile:
    marks = (
        Mark(f"{person}{seed}{n}", quote, tags=("zz",), reason="Zzz." if n else "", created=THEN, changed=THEN)
        for n, quote in enumerate(quotes)
    )
    task = Task(3, 1, due="2025-11-30")
    return MarkFile(reading.essay.fingerprint, "Zzz", Kept.of(tuple(marks)), person, handed_in=at, task=task)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """What `collect` makes of a class in which all goes wrong that can, in the pseudo-language."""
    monkeypatch.setenv(SETTING, "")
    home = tmp_path / "zz"
    home.mkdir()
    for name, text in (("essay.md", WHOLE + TEXT), ("codebook.yml", BOOK), ("annotations.csv", ROWS)):
        (home / name).write_text(text, encoding="utf-8")
    made = Reading.from_texts({"essay.md": WHOLE + TEXT, "codebook.yml": BOOK, "annotations.csv": ROWS}, name="zz")
    older = Reading.from_texts({"essay.md": f"{WHOLE}Zz. {TEXT}", "codebook.yml": BOOK}, name="zz")
    foreign = Reading.from_texts({"essay.md": f"{WHOLE}Zz, zz zzz.", "codebook.yml": BOOK}, name="zz")
    first = "Zzz 01 zzz.", "Zzz 02 zzz. Zzzz 02 zz.", "Zzz 09 zzz."
    files = {
        "Zed.json": hand_in(made, "Zed", *first),
        "Zoe.json": hand_in(made, "Zoe", *first, "Zzz 05 zzz."),
        "Zac.json": hand_in(older, "Zac", "Zzz 01 zzz.", "Zzz 06 zzz.", at=NEVER),
        "Zia.json": hand_in(made, "Zia"),
        "zz1.json": hand_in(made, "Zed", "Zzz 04 zzz.", seed="z", at="2025-12-02T10:00:00.000Z"),
        "zz2.json": hand_in(made, "Zed", "Zzz 04 zzz.", seed="z", at="2025-11-02T10:00:00.000Z"),
        "zz3.json": hand_in(foreign, "Zzz", "Zz, zz zzz."),
        "zz4.json": replace(hand_in(foreign, "Zzz", "Zz, zz zzz."), title=""),
        "zz5.json": hand_in(made, "", "Zzz 04 zzz."),
    }
    with zipfile.ZipFile(tmp_path / "zz.zip", "w") as archive:
        for name, one in files.items():
            archive.writestr(name, one.to_json())
        archive.writestr("zz.zz", "zz")
        archive.writestr("zz6.json", "{}")
        archive.writestr("zz7.json", "z" * (OF_MARKS + 1))
    (tmp_path / "zz2.zip").write_bytes(b"PK zz")
    (tmp_path / "names.txt").write_text("\n".join([*NAMES, "Zzz Zz"]), encoding="utf-8")
    asked = ["collect", f"{tmp_path}/zz.zip", f"{tmp_path}/zz2.zip", "--into", str(home), "--to", f"{tmp_path}/class"]
    with pytest.raises(SystemExit) as ended:
        main([*asked, "--class", f"{tmp_path}/names.txt", "--lang", "en-XA"])
    printed = capsys.readouterr().out
    assert ended.value.code == 0, printed
    assert "zz6.json: is no file of marks. Save it again" in printed  # the terminal stays English
    assert "⟦" not in printed
    return tmp_path / "class"


def test_results_say_nothing_outside_the_catalogue(folder: Path) -> None:
    pages = [folder / "class.html", *(folder / "sheets").glob("*.html")]
    assert len(pages) == 5
    own = (*NAMES, "json", "zip")
    outside = {path.name: said_outside(text_of(path.read_text(encoding="utf-8")), *own) for path in pages}
    for path in (folder / "sheets").glob("*.pdf"):
        opened = PdfReader(io.BytesIO(path.read_bytes()))
        title = opened.metadata.title if opened.metadata else ""
        text = " ".join([title or "", *(page.extract_text() for page in opened.pages)])
        assert "⟦" in text
        outside[path.name] = said_outside(text, *own)
    assert {name: found for name, found in outside.items() if found} == {}


def test_all_that_can_be_wrong_was_told(folder: Path) -> None:
    page = (folder / "class.html").read_text(encoding="utf-8")
    told = page.partition("<h2>")[0].count('<p class="soft">')
    assert told == 13  # lines of the summary
    assert page.count("<h2>") == 4
