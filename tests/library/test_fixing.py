"""`check --fix`: what is certain is mended, shown before, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from essay_explorer import ReadingError
from essay_explorer.cli.main import main
from essay_explorer.library.fixing import diff, fix, fixed
from essay_explorer.library.opening import open_quietly

ESSAY = "He said “trust me” — and left. The end, the end.\n\nNobody minds.\n"
BOOK = """facets:
- id: theme
  tags: [{id: trust, label: Trust}, {id: end, label: The end}, {id: twin, label: Same}, {id: twin-2, label: same}]
"""
ROWS = """ID,Quote,theme,note
a1,"He said ""trust me"" - and left.",Trust; the  END,kept: "as it is"
a2,nobody  minds.,same,
a3,the end,trsut,
"""
FILES = {
    "essay.md": ESSAY,
    "codebook.yml": BOOK,
    "annotations.csv": ROWS,
    "relations.csv": "from,relation,to\nA1, Supports ,a2\na1,backs,a2\n",
    "tour.csv": "at,title,text\nA2,One,\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_bytes(text.encode())
    return tmp_path


def test_what_is_certain_is_mended_and_nothing_else() -> None:
    made = fixed(FILES)
    assert made["annotations.csv"] == (
        'id,quote,theme,note\na1,"He said “trust me” — and left.",trust;end,kept: "as it is"\n'
        "a2,Nobody minds.,same,\na3,the end,trsut,\n"
    )
    assert made["relations.csv"] == "from,relation,to\na1,supports,a2\na1,backs,a2\n"
    assert made["tour.csv"] == "at,title,text\na2,One,\n"
    assert fixed({**FILES, **made}) == {}  # what stays is not certain


def test_the_diff_is_shown_before_and_no_means_no(folder: Path) -> None:
    shown: list[str] = []
    assert not fix(folder, lambda lines: bool(shown.append(lines)))
    assert shown == [diff(FILES, fixed(FILES))]
    assert "-A2,One,\n+a2,One," in shown[0]
    assert {name: (folder / name).read_bytes().decode() for name in FILES} == FILES


def test_what_is_changed_meanwhile_stays(folder: Path) -> None:
    def agreed(_: str) -> bool:
        (folder / "tour.csv").write_text("at,title,text\nA2,Two,\n", encoding="utf-8")
        return True

    with pytest.raises(ReadingError, match="were changed meanwhile"):
        fix(folder, agreed)
    assert (folder / "annotations.csv").read_bytes().decode() == ROWS


def test_the_command_mends_and_lists_what_is_left(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["check", str(folder), "--fix", "--yes"])
    out = capsys.readouterr().out
    assert ended.value.code == 1
    assert "+a2,Nobody minds.,same," in out
    assert "Written." in out
    assert 'tag "trsut" is not in facet "theme"' in out
    assert [passage.id for passage in open_quietly(folder).passages()] == ["a1", "a3", "a2"]
