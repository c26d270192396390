"""What the command line says, and how it ends."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from essay_explorer import open_reading, picture
from essay_explorer.cli.main import main
from essay_explorer.library.finding import ASKED_FOR, LIBRARY, bundled


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code of a command, and what it printed on its two streams."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert isinstance(ended.value.code, int)
    return ended.value.code, *capsys.readouterr()


@pytest.fixture(autouse=True)
def own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty library of one's own."""
    path = tmp_path_factory.mktemp("own") / "library"
    monkeypatch.setenv(LIBRARY, str(path))
    return path


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The lines that a command printed which did what it was asked for."""
    code, out, err = said(capsys, *arguments)
    assert (code, err) == (0, "")
    return out.splitlines()


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


def test_check_says_what_is_wrong_with_a_tour_and_what_to_do(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "annotations.csv").write_text("id,quote,theme\na05,Trust,trust\n", encoding="utf-8")
    (folder / "tour.csv").write_text("at,title\na05,First\na5,Second\na05,Again\n", encoding="utf-8")
    code, out, _ = said(capsys, "check", str(folder))
    assert code == 1
    assert out.splitlines()[:-1] == [
        'tour.csv, row 3: "a5" is not the id of an annotation in annotations.csv. Did you mean "a05"?',
        "tour.csv, row 4 (a05): row 2 stops at this passage already. Put both remarks into one row",
    ]


def test_check_counts_one_fault_as_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "annotations.csv").write_text("quote,theme\nTrust,trsut\n", encoding="utf-8")
    code, out, _ = said(capsys, "check", str(folder / "annotations.csv"))
    assert code == 1
    assert out.splitlines() == [
        'annotations.csv, row 2 (row2): tag "trsut" is not in facet "theme". Did you mean "trust"? Known: trust.',
        f"1 fault in {folder.resolve()} (1 paragraph, 1 annotation, 0 relations)",
    ]


def test_check_says_why_a_reading_cannot_be_opened(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
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


FOLDER = bundled("data")
PICTURE = Path(__file__).parents[2] / "notebooks" / "dashboard.png"
ESSAY = "On Trust\n\nTrust is chosen, and it is never proved by anybody.\n\nShare this:\n"


def test_an_essay_is_opened_listed_renamed_and_removed(
    own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "Trust.txt"
    file.write_text(ESSAY, encoding="utf-8")
    assert printed(capsys, "open", str(file), "--clean") == [
        'The first line became the title: "On Trust".',
        "Skipped 1 paragraph around the essay (menus, notices). To keep one, copy it into essay.md:",
        '  "Share this:"',
        f'The reading "trust" is in {own / "trust"}: “On Trust”, 1 passage, no faults',
        "Read it: essay-explorer read trust",
        "Name its themes in codebook.yml, and mark its passages in annotations.csv",
        "Check them: essay-explorer check trust",
    ]
    assert printed(capsys, "check", "trust") == [
        f"No faults in {own / 'trust'}: 1 paragraph, 1 annotation, 0 relations"
    ]
    assert printed(capsys, "open", str(file))[1].startswith(
        f'The reading "trust-2" is in {own / "trust-2"} (the name "trust" was taken, so it is called trust-2): '
    )
    assert printed(capsys, "open", str(file), "--name", "Mine")[1].startswith('The reading "Mine" is in')
    assert printed(capsys, "list") == [
        "her  “The Film That Asks and Won’t Answer”, 67 passages, no faults",
        "her-review  open your own copy of it first: essay-explorer open COPY",
        "Mine  “On Trust”, 1 passage, no faults (your own)",
        "trust  “On Trust”, 1 passage, no faults (your own)",
        "trust-2  “On Trust”, 1 passage, no faults (your own)",
    ]
    assert printed(capsys, "rename", "trust-2", "second") == [f'"trust-2" is now "second", in {own / "second"}']
    (line,) = printed(capsys, "remove", "trust")
    assert line.startswith(f'Removed "trust" from your library; it is kept in {own / "_recycled"}')
    assert [line.split("  ")[0] for line in printed(capsys, "list")] == ["her", "her-review", "Mine", "second"]


def test_a_new_reading_has_no_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "new", "On Trust: a start")[0].startswith('The reading "on-trust-a-start" is in')
    assert printed(capsys, "check", "on-trust-a-start")[0].startswith("No faults in")


def test_a_reading_with_faults_is_listed_with_their_number(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "new", "one")
    printed(capsys, "new", "two")
    (own / "one" / "codebook.yml").unlink()
    (own / "two" / "essay.md").write_text("")
    printed(capsys, "new", "three")
    (own / "three" / "essay.md").unlink()
    assert printed(capsys, "list")[2:] == [
        "one  “one”, 1 passage, 3 faults (your own)",
        "three  cannot be opened: essay.md: is missing. The text of the essay belongs in a file of this name (your own)",
        "two  cannot be opened: essay.md: this file is empty (your own)",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("open", "no/such.txt"), "no/such.txt: cannot be read: No such file"),
        (("open", str(FOLDER)), 'The reading "data" cannot be opened:\nessay.md: is missing.'),
        (("open", __file__, "--with", "no/such.json"), "no/such.json: cannot be read: No such file"),
        (
            ("open", __file__, "--with", str(PICTURE)),
            f"{PICTURE.name}: is no text, but something else, such as a picture.",
        ),
        (
            ("open", __file__, "--with", str(FOLDER / "her" / "essay.md")),
            "essay.md: line 1, column 1: not readable as JSON",
        ),
        (("import", "no/such.json", "--into", str(FOLDER / "her")), "no/such.json: cannot be read: No such file"),
        (("import", str(FOLDER), "--into", str(FOLDER / "her")), f"{FOLDER}: cannot be read: Is a directory"),
        (
            ("import", __file__, "--into", "her"),
            '"her" comes with the project and stays as it is. Make one of your own',
        ),
        (("update", "her"), '"her" comes with the project and stays as it is. Make one of your own'),
        (
            ("check", __file__),
            f"{__file__} is a file, not a reading. Make a reading of it with: essay-explorer open {__file__}",
        ),
        (("export", "--to", "no/such/x.html"), "no/such/x.html: cannot be written: No such file or directory. Name a"),
        (
            ("notebook", "--to", "no/such/x.ipynb"),
            "no/such/x.ipynb: cannot be written: No such file or directory. Name",
        ),
        (
            ("notebook", "--to", f"{__file__}/x.ipynb"),
            f"{__file__}/x.ipynb: cannot be written: Not a directory. Name a",
        ),
        (("notebook", "--to", "x.html"), "x.html: nothing was written; expected a name that ends in .ipynb"),
        (("seal", "--to", "x.html"), "x.html: nothing was written; expected a name that ends in .json"),
        (("site", "--to", __file__), f"{__file__}: is a file; expected a folder to write into."),
        (("new", " "), "Give the reading a title."),
        (("open", __file__, "--name", "a/b"), 'A reading cannot be called "a/b": expected letters, digits and hyphens'),
        (("rename", "her", "mine"), '"her" comes with the project and stays as it is.'),
        (("remove", "nothing"), 'You have no reading of your own named "nothing".'),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    own: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    code, out, err = said(capsys, *arguments)
    assert (code, out) == (1, "")
    assert err.startswith(f"essay-explorer: {sentence}")
    assert not own.exists()


def test_the_original_review_opens_from_a_copy(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = Path(__file__).parents[3] / "shared" / "review" / "her-review.txt"
    if not copy.is_file():
        pytest.skip("no copy of the original review is here")
    told = printed(capsys, "open", str(copy))
    assert told[:2] == [
        'This is a copy of the text of "her-review".',
        "64 of 64 passages attached: 64 exactly, 0 after a small change.",
    ]
    assert printed(capsys, "check", "her-review")[0].startswith(f"No faults in {own / 'her-review'}")


@pytest.mark.parametrize(
    ("file", "start"),
    [
        ("her.html", b"<!DOCTYPE html>"),
        ("her.pdf", b"%PDF"),
        ("her.jsonld", b"{"),
        ("her.qdpx", b"PK"),
        ("her.qdc", b"<?xml"),
        ("her.tei.xml", b"<?xml"),
        ("her.csv", b"id,quote"),
        ("her.yml", b"title"),
    ],
)
def test_a_reading_is_exported_as_its_file_name_asks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, start: bytes
) -> None:
    assert printed(capsys, "export", "her", "--to", str(tmp_path / file), "--no-charts") == [f"Wrote {tmp_path / file}"]
    assert (tmp_path / file).read_bytes().removeprefix(b"\xef\xbb\xbf").startswith(start)


def test_an_export_says_how_it_stands_in_another_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = tmp_path / "her 1.html"
    written, _, line = printed(capsys, "export", "her", "--to", str(to), "--no-charts", "--embed")
    assert written == f"Wrote {to}"
    assert line.startswith('<iframe src="her%201.html" title="The Film That Asks and Won’t Answer" ')


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--to", "her.mp3"],
            "her.mp3: nothing was written; expected a name that ends in .html, .htm, .pdf, .png, .jsonld",
        ),
        (["--to", "her.csv", "--kind", "cloze", "--tag", "trust"], "--kind, --tag: only for a hand-out."),
        (["--to", "her.csv", "--paragraphs", "5-12", "--word-bank"], "--paragraphs, --word-bank: only for a hand-out"),
        (["--to", "her.pdf", "--paragraphs", "five"], '--paragraphs "five": expected the first and the last, such as'),
        (["--to", "her.pdf", "--paragraphs", "5-120"], "paragraphs 5-120: expected the first and the last, from 1 to"),
        (["--to", "her.pdf", "--word-bank"], 'a word bank belongs to kind "cloze"'),
        (["--to", "her.pdf", "--kind", "clozed"], "cloze"),
        (["--to", "her.pdf", "--tag", "trus"], 'Did you mean "trust"'),
        (["--to", "her.pdf", "--embed"], "--embed: only a page stands inside another one"),
    ],
)
def test_an_export_that_is_not_known_is_refused_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = said(capsys, "export", "her", *arguments)
    assert code
    assert told in " ".join((out + err).replace("│", " ").split())
    assert list(tmp_path.iterdir()) == []


def test_a_cloze_is_written_with_its_key_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = tmp_path / "her.pdf"
    arguments = ["--kind", "cloze", "--paragraphs", "5-7", "--tag", "trust", "--word-bank", "--task", "Fill in."]
    assert printed(capsys, "export", "her", "--to", str(to), *arguments) == [
        f"Wrote {to}",
        f"Wrote {tmp_path / 'her-key.pdf'}",
    ]
    assert to.read_bytes() != (tmp_path / "her-key.pdf").read_bytes()


def test_annotations_from_elsewhere_join_a_reading_and_come_out_again(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "annotations.csv").write_text(
        'id,quote,theme,note\na1,"chosen, not proved",trust,mine\n', encoding="utf-8"
    )
    printed(capsys, "export", str(folder), "--to", str(tmp_path / "out.jsonld"))
    (folder / "annotations.csv").write_text("id,quote,theme,note\na2,Trust,trust,\n", encoding="utf-8")
    (line,) = printed(capsys, "import", str(tmp_path / "out.jsonld"), "--into", str(folder))
    assert line.startswith(f"Added to {folder.resolve()}: 1 annotation (")
    assert line.endswith("2 passages, no faults)")
    assert "mine" in (folder / "annotations.csv").read_text(encoding="utf-8")
    (line,) = printed(capsys, "import", str(tmp_path / "out.jsonld"), "--into", str(folder))
    assert line.startswith(f"Nothing new: all of it is in {folder.resolve()} (")


def test_what_cannot_be_imported_changes_nothing(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.jsonld").write_text('{"a": [1, 2', encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    code, _, err = said(capsys, "import", str(tmp_path / "bad.jsonld"), "--into", str(folder))
    assert (code, err.startswith("essay-explorer: bad.jsonld")) == (1, True)
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("file", ["essay.md", "codebook.yml", "annotations.csv"])
def test_nothing_is_imported_into_files_of_another_encoding(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str
) -> None:
    (folder / "annotations.csv").write_text("quote,theme,note\nTrust,trust,mine\n", encoding="utf-8")
    (tmp_path / "more.csv").write_text("quote,theme\nchosen,trust\n", encoding="utf-8")
    (folder / file).write_bytes((folder / file).read_text(encoding="utf-8").replace("🤖", "").encode() + b"caf\xe9\n")
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    code, _, err = said(capsys, "import", str(tmp_path / "more.csv"), "--into", str(folder))
    assert (code, err) == (
        1,
        f"essay-explorer: {file}: not UTF-8, so that it cannot be written back. Save the file again with the encoding UTF-8\n",
    )
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_a_notebook_of_a_reading_in_another_encoding_is_written_and_its_faults_are_printed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "essay.md").write_bytes("Trust, in a café.".encode("cp1252"))
    code, out, err = said(capsys, "notebook", str(folder), "--to", str(tmp_path / "x.ipynb"))
    assert (code, out) == (0, f"Wrote {tmp_path / 'x.ipynb'}\n")
    assert "Trust, in a café." in (tmp_path / "x.ipynb").read_text(encoding="utf-8")
    first, second = err.splitlines()
    assert first == f'essay-explorer: The reading "{folder.name}" has 1 fault:'
    assert second.startswith("essay.md: not UTF-8: byte 0xe9 in line 1, read as Windows-1252")


def test_the_faults_that_keep_a_reading_from_being_sealed_are_printed_once(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "annotations.csv").write_text("quote,theme\nTrust,trsut\n", encoding="utf-8")
    code, out, err = said(capsys, "seal", str(folder), "--to", str(tmp_path / "x.json"))
    assert (code, out, err.count("trsut")) == (1, "", 1)
    assert err.startswith(f'essay-explorer: The reading "{folder.name}" cannot be sealed:\nannotations.csv, row 2')


def test_a_sealed_set_is_opened_and_not_imported(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed(capsys, "seal", "her", "--to", str(tmp_path / "two.json"))
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    code, _, err = said(capsys, "import", str(tmp_path / "two.json"), "--into", str(folder))
    assert (code, err.startswith("essay-explorer: two.json: holds sealed annotations")) == (1, True)
    assert err.endswith("essay-explorer open COPY --with two.json\n")
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(("user", "options"), [(0, ["--allow-root"]), (1000, [])])
def test_jupyterlab_starts_for_root_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], user: int, options: list[str]
) -> None:
    started: list[list[str]] = []
    for name in (ASKED_FOR, "JUPYTER_PREFER_ENV_PATH", "JUPYTER_CONFIG_PATH"):
        monkeypatch.setenv(name, "")  # the command sets them, and the test puts them back
    monkeypatch.setattr("os.geteuid", lambda: user, raising=False)
    monkeypatch.setattr("os.execv", lambda _, command: started.append(command))
    monkeypatch.setattr("essay_explorer.server.isolation.step_aside", lambda: None)
    printed(capsys, "lab", "her", "--port", "9000", "--notebook-dir=mine")
    ((_, *command),) = started
    assert command[:3] == ["-P", "-m", "jupyterlab"]
    assert command[4:] == [*options, "--port", "9000", f"--notebook-dir={Path.cwd() / 'mine'}"]


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "--version") == [f"essay-explorer {version('essay-explorer')}"]


def test_a_port_that_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "read", "--port", "99999")
    assert (code, "65535" in err) == (2, True)


def test_an_edited_essay_is_updated(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "annotations.csv").write_text('quote,theme\n"chosen, not proved",trust\n', encoding="utf-8")
    (folder / "essay.md").write_text("Trust is always chosen, never proved. 🤖", encoding="utf-8")
    first, second = printed(capsys, "update", str(folder))
    assert first == "1 annotation: 0 exact, 0 moved, 1 changed, 0 lost"
    assert "never" in second


def test_a_sealed_reading_opens_with_a_copy_and_not_with_another_text(
    tmp_path: Path, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sealed = tmp_path / "sealed.json"
    printed(capsys, "seal", "her", "--to", str(sealed), "--source", "a film club")
    copy = tmp_path / "copy.md"
    copy.write_text((bundled("data") / "her" / "essay.md").read_text(encoding="utf-8"), encoding="utf-8")
    lines = printed(capsys, "open", str(copy), "--with", str(sealed))
    assert lines[0] == 'This is a copy of the text of "her".'
    assert (own / "her-2" / "annotations.csv").is_file()  # "her" comes with the project
    copy.write_text("Another text altogether.\n\n" * 20, encoding="utf-8")
    code, _, err = said(capsys, "open", str(copy), "--with", str(sealed))
    assert (code, "is not a copy of the text of her" in err) == (1, True)


def test_a_site_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = printed(capsys, "site", "her", "--to", str(tmp_path / "site"))
    assert line.startswith(f"Wrote {tmp_path / 'site'}")
    assert {path.name for path in (tmp_path / "site").iterdir()} == {
        "index.html",
        "her.html",
        "her.png",
        "essay-explorer",
    }


def test_a_picture_is_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "export", "her", "--to", str(tmp_path / "her.png"))
    assert (tmp_path / "her.png").read_bytes() == picture(open_reading("her"))


def test_one_file_with_an_address_has_its_picture_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--to", str(tmp_path / "her.html"), "--no-charts", "--url", "https://essays.example.edu/her.html")
    assert printed(capsys, "export", "her", *given) == [f"Wrote {tmp_path / name}" for name in ("her.html", "her.png")]
    code, _, err = said(capsys, "export", "her", "--to", str(tmp_path / "her.pdf"), "--url", "https://example.edu")
    assert (code, "only a page has an address" in " ".join(err.split())) == (2, True)


def test_the_address_of_a_site_is_a_whole_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "site", "--to", str(tmp_path), "--url", "essays.example.edu")
    assert (code, "expected one like https://" in " ".join(err.split())) == (2, True)
