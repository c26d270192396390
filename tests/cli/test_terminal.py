"""What reaches a terminal: words, and nothing that it would obey."""

from __future__ import annotations

from pathlib import Path

import pytest

from essay_explorer.cli.main import main
from essay_explorer.library.finding import LIBRARY

ESCAPE = "\x1b]0;owned\x07\x1b[2J\x9b31m\r"
FILES = {
    "essay.md": f'---\ntitle: "A\\e[31m title"\nkeyword: x\n---\n\nTrust is chosen.{ESCAPE}\n',
    "codebook.yml": 'facets:\n- id: theme\n  label: "\\e[31m"\n  tags: [{id: trust, label: "\\e[31m", line: "\\e[31m"}]\n',
    "annotations.csv": f"id,quote,theme,no{ESCAPE[:-1]}te\na{ESCAPE[:-1]}1,not {ESCAPE[:-1]}there,tru{ESCAPE[:-1]}st\n",
    "relations.csv": f"from,relation,to\na{ESCAPE[:-1]},is{ESCAPE[:-1]},b\n",
}


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reading whose every file tells the terminal what to do."""
    monkeypatch.setenv(LIBRARY, str(tmp_path / "library"))
    folder = tmp_path / "library" / "hostile"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "hostile"],
        ["list"],
        ["update", "hostile"],
        ["import", "{}/annotations.csv", "--into", "hostile"],
        ["export", "hostile", "--to", "{}/x.pdf", "--tag", "none"],
        ["export", "hostile", "--to", "{}/x.csv"],
        ["open", "{}/essay.md", "--name", "other"],
        ["rename", "host\x1b[2J", "other"],
    ],
    ids=lambda arguments: " ".join(arguments[:1]),
)
def test_no_command_prints_a_sign_that_a_terminal_obeys(
    hostile: Path, arguments, capsys: pytest.CaptureFixture
) -> None:
    with pytest.raises(SystemExit):
        main([argument.format(hostile) for argument in arguments])
    out, err = capsys.readouterr()
    assert out + err
    assert not [sign for sign in out + err if (sign < " " and sign != "\n") or "\x7f" <= sign <= "\x9f"]


def test_the_first_fifty_faults_are_printed_and_the_others_counted(
    hostile: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "".join(f"a{number},nowhere {number},trust\n" for number in range(60))
    (hostile / "annotations.csv").write_text(f"id,quote,theme\n{rows}", encoding="utf-8")
    (hostile / "relations.csv").unlink()
    for more, lines in (([], 52), (["--all"], 63)):
        with pytest.raises(SystemExit, match="1"):
            main(["check", "hostile", *more])
        told = capsys.readouterr().out.splitlines()
        assert len(told) == lines
        assert told[-1].startswith("62 faults in ")
        assert (told[-2] == "... and 12 more. To see all of them, add --all") == (not more)
