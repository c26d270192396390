"""A reading's files change together or not at all, whoever changes them, and whatever ends a program meanwhile."""

from __future__ import annotations

import contextlib
import hashlib
import os
import random
import signal
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from essay_explorer import ReadingError, import_annotations, open_reading
from essay_explorer.core.image import Image
from essay_explorer.files import pending
from essay_explorer.files.reading_files import CHANGEABLE, KEPT, changing, texts_in
from essay_explorer.library.opening import open_quietly
from essay_explorer.library.updating import update

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCES = [
    f"Sentence {number} says what nobody else says: {hashlib.md5(b'%d' % number).hexdigest()}." for number in range(40)
]
ESSAY = "\n\n".join(SENTENCES)
BOOK = "facets:\n- id: theme\n  tags: [{id: trust}]\n"
ROWS = "".join(f'a{number},"{sentence}",trust\n' for number, sentence in enumerate(SENTENCES))
FILES = {"essay.md": ESSAY, "codebook.yml": BOOK, "annotations.csv": f"id,quote,theme\n{ROWS}"}
LINKED = """{"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection", "total": 3, "first":
{"type": "AnnotationPage", "items": [
{"id": "#n1", "type": "Annotation", "motivation": "tagging", "body": [{"type": "TextualBody", "purpose": "tagging",
 "value": "moon"}], "target": {"source": "x", "selector": {"type": "TextQuoteSelector", "exact": "Sentence 3 says"}}},
{"id": "#n2", "type": "Annotation", "motivation": "tagging", "body": [{"type": "TextualBody", "purpose": "tagging",
 "value": "sea"}], "target": {"source": "x", "selector": {"type": "TextQuoteSelector", "exact": "Sentence 4 says"}},
 "odd": "kept"},
{"id": "#n3", "type": "Annotation", "motivation": "linking", "body": {"purpose": "classifying", "value": "supports"},
 "target": "#n1"}]}}"""
MOMENTS, ROUNDS = int(os.environ.get("KILLS", "40")), int(os.environ.get("ROUNDS", "40"))  # more, where it is asked
POSIX = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a fork to be killed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made(tmp_path / "mine")


def made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def state(folder: Path) -> dict[str, str]:
    """What a command of ours finds in the folder, and what lies there for any other program afterwards."""
    texts, _ = texts_in(folder)
    with changing(folder) as files:
        held = files.texts(tuple(name for name in CHANGEABLE if (folder / name).is_file()))
    assert texts.items() <= held.items()
    assert not (folder / KEPT / "change").exists()
    return held


def imports(folder: Path) -> None:
    source = folder.parent / "more.jsonld"
    source.write_text(LINKED, encoding="utf-8")
    assert import_annotations(source, into=str(folder)).added


def updates(folder: Path) -> None:
    texts = (folder / "essay.md").read_text(encoding="utf-8")
    (folder / "essay.md").write_text(texts.replace("nobody else", "nobody at all"), encoding="utf-8", newline="")
    assert "40 changed" in update(folder)[0]


def killed(act: Callable[[], object], when: Callable[[int], None]) -> bool:
    """Whether `act`, in a process of its own that `when` prepares or watches, was killed before it was done."""
    child = os.fork()
    if not child:
        try:
            when(0)
            act()
        finally:
            os._exit(0)
    when(child)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def at_call(number: int) -> Callable[[int], None]:
    """What kills a process at its n-th call that changes a file."""
    calls = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.rmtree", "os.link"}
    left = [number]

    def watch(event: str, _: object) -> None:
        if event in calls:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    return lambda child: None if child else sys.addaudithook(watch)


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize("act", [imports, updates])
def test_killed_at_any_call_a_change_is_made_whole_or_not_at_all(tmp_path: Path, act: Callable[[Path], None]) -> None:
    reference = made(tmp_path / "reference" / "mine")
    old = state(reference)
    act(reference)
    new = state(reference)
    assert len(new.keys() - old.keys()) + sum(new[name] != text for name, text in old.items()) >= 3
    edited = old | {"essay.md": new["essay.md"]}  # the edit, after which a student runs `update`
    seen, number = [], 0
    while not seen or number < 200:
        number += 1
        folder = made(tmp_path / str(number) / "mine")
        if not killed(lambda folder=folder: act(folder), at_call(number)):
            break
        seen.append(state(folder))
        assert seen[-1] in (old, edited, new), f"mixed after call {number}"
        open_quietly(folder)
    assert number > 20
    assert new in seen, "some were killed after the change was decided"
    assert old in seen or edited in seen


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize("act", [imports, updates])
def test_killed_at_any_moment_a_change_is_made_whole_or_not_at_all(tmp_path: Path, act: Callable[[Path], None]) -> None:
    reference = made(tmp_path / "reference" / "mine")
    old = state(reference)
    start = time.perf_counter()
    act(reference)
    lasts = time.perf_counter() - start
    new = state(reference)
    dice = random.Random(15)
    for number in range(MOMENTS):
        folder = made(tmp_path / str(number) / "mine")
        moment = dice.uniform(0, 1.2 * lasts)

        def stop(child: int, moment: float = moment) -> None:
            if child:
                time.sleep(moment)
                os.kill(child, signal.SIGKILL)

        killed(lambda folder=folder: act(folder), stop)
        if (folder / "essay.md").stat().st_size:  # else the test itself was killed while it edited
            assert state(folder) in (old, old | {"essay.md": new["essay.md"]}, new), f"mixed after {moment:.4f} s"


def _many_imports(folder: str, who: str, rounds: int, gate) -> None:
    for number in range(rounds):
        source = Path(folder).parent / f"{who}{number}.csv"
        row = f"{who}{number},Sentence {number % 40} says,trust,{who}{number}"
        source.write_text(f"id,quote,theme,creator\n{row}\n", encoding="utf-8")
        gate.wait()
        assert import_annotations(source, into=folder).added == "1 annotation"
        assert f"\n{row}\n" in (Path(folder) / "annotations.csv").read_text(encoding="utf-8"), (
            f"{who}{number} is undone"
        )


@pytest.mark.slow
def test_of_imports_at_the_same_time_none_is_lost(folder: Path) -> None:
    context = get_context("spawn")
    gate = context.Barrier(2)
    both = [context.Process(target=_many_imports, args=(str(folder), who, ROUNDS, gate)) for who in "xy"]
    for one in both:
        one.start()
    for one in both:
        one.join()
        assert one.exitcode == 0
    reading = open_reading(folder)
    assert {entry.id for entry in reading.annotations if entry.creator} == {
        f"{who}{number}" for who in "xy" for number in range(ROUNDS)
    }
    assert reading.faults == ()


def test_a_command_waits_for_another_and_says_so_where_that_does_not_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with changing(folder):
        assert open_reading(folder).annotations, "who only reads waits for nobody"
        monkeypatch.setattr("essay_explorer.files.lock.PATIENCE", 0.1)
        with pytest.raises(ReadingError, match="Another command is changing the reading in "):
            update(folder)


def test_a_file_that_was_edited_meanwhile_stays_as_it_is(folder: Path) -> None:
    with changing(folder) as files:
        files.text("annotations.csv")
        (folder / "annotations.csv").write_text("id,quote,theme\n", encoding="utf-8")
        with pytest.raises(ReadingError, match=r"annotations\.csv: was changed by another program just now"):
            files.replace({"annotations.csv": "x", "relations.csv": "y"})
    assert (folder / "annotations.csv").read_text(encoding="utf-8") == "id,quote,theme\n"
    assert not (folder / "relations.csv").exists()


EDITED = "id,quote,theme\n"


@pytest.mark.parametrize("others", [{}, {"relations.csv": "y"}], ids=["one file", "two files"])
def test_a_file_that_is_edited_while_new_ones_are_written_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch, others: dict[str, str]
) -> None:
    def edit(_: int) -> None:
        (folder / "annotations.csv").write_text(EDITED, encoding="utf-8")

    with changing(folder) as files:
        files.text("annotations.csv")
        monkeypatch.setattr(os, "fsync", edit)
        with pytest.raises(ReadingError, match=r"annotations\.csv: was changed by another program just now"):
            files.replace({"annotations.csv": "x", **others})
    assert (folder / "annotations.csv").read_text(encoding="utf-8") == EDITED
    assert sorted(path.name for path in folder.iterdir()) == sorted([*FILES, KEPT])
    assert [path.name for path in (folder / KEPT).iterdir()] == ["lock"]


def test_a_change_that_meets_an_edited_file_is_refused_and_not_dropped_in_silence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = pending.prepare

    def prepared(*arguments: object, **options: object) -> None:
        prepare(*arguments, **options)
        (folder / "annotations.csv").write_text(EDITED, encoding="utf-8")

    monkeypatch.setattr(pending, "prepare", prepared)
    with changing(folder) as files:
        files.text("annotations.csv")
        with pytest.raises(ReadingError, match=r"annotations\.csv, relations\.csv: was changed by another program"):
            files.replace({"annotations.csv": "x", "relations.csv": "y"})
    assert (folder / "annotations.csv").read_text(encoding="utf-8") == EDITED
    assert not (folder / "relations.csv").exists()


@POSIX
def test_a_picture_of_a_revised_text_leaves_the_folder_over_no_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / "pictures").symlink_to(tmp_path / "elsewhere")
    with changing(folder) as files, pytest.raises(ReadingError, match="would leave the folder over a link"):
        files.add([Image("pictures/a.png", "image/png", b"x")])
    assert list((tmp_path / "elsewhere").iterdir()) == []


def interrupted(folder: Path) -> None:
    """Decide on a change of two files, and leave it there."""
    (folder / KEPT).mkdir(exist_ok=True)
    new = {
        "codebook.yml": BOOK.replace("trust", "sea"),
        "annotations.csv": FILES["annotations.csv"].replace("trust", "sea"),
    }
    old = {name: (folder / name).read_bytes() for name in new}
    pending.prepare(folder, KEPT, {name: text.encode() for name, text in new.items()}, old)


def test_who_may_not_write_reads_the_change_that_was_decided(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupted(folder)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(pending, "finish", refuse)
    reading = open_reading(folder)
    assert reading.annotations[0].tags == ("sea",)
    assert reading.faults == ()
    assert "trust" in (folder / "codebook.yml").read_text(encoding="utf-8")


def test_what_somebody_edited_since_a_change_was_interrupted_is_kept(folder: Path) -> None:
    interrupted(folder)
    (folder / "annotations.csv").write_text("id,quote,theme\nb1,Sentence 1 says,trust\n", encoding="utf-8")
    assert [entry.id for entry in open_reading(folder).annotations] == ["b1"]
    assert not (folder / KEPT / "change").exists()
    assert "trust" in (folder / "codebook.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["../../outside.txt", "essay.md/../../x", "/etc/passwd", "notes.txt"])
def test_a_change_that_came_with_a_folder_reaches_no_other_file(folder: Path, name: str) -> None:
    interrupted(folder)
    manifest = folder / KEPT / "change" / "manifest"
    manifest.write_text(f"- 0 {name}\n", encoding="utf-8")
    before = sorted(folder.parent.rglob("*"))
    assert open_reading(folder).annotations[0].tags == ("trust",)
    assert not set(folder.parent.rglob("*")) - set(before) - {folder / KEPT / "lock"}


@POSIX
@pytest.mark.parametrize("link", ["annotations.csv", KEPT, f"{KEPT}/change", f"{KEPT}/lock"])
def test_a_link_that_came_with_a_folder_changes_nothing_elsewhere(folder: Path, tmp_path: Path, link: str) -> None:
    interrupted(folder)
    elsewhere = tmp_path / "elsewhere"
    path = folder / link
    if path.is_dir():
        path.rename(elsewhere)
    elif path.exists():
        path.replace(elsewhere)
    else:
        elsewhere.write_text("mine", encoding="utf-8")
    path.symlink_to(elsewhere)
    before = contents(elsewhere)
    open_reading(folder)
    with contextlib.suppress(ReadingError, OSError):
        update(folder)
    assert contents(elsewhere) == before


def contents(path: Path) -> dict[Path, bytes]:
    return {one: one.read_bytes() for one in (path, *path.rglob("*")) if one.is_file()}


def test_a_file_that_goes_with_others_that_change_goes_also_when_a_program_ends_in_between(folder: Path) -> None:
    old = {name: (folder / name).read_bytes() for name in ("annotations.csv", "codebook.yml")}
    (folder / KEPT).mkdir(exist_ok=True)
    pending.prepare(folder, KEPT, {"codebook.yml": b"facets: []\n", "annotations.csv": None}, old)
    assert set(texts_in(folder)[0]) == {"essay.md", "codebook.yml"}  # finished by whoever reads next
    assert not (folder / "annotations.csv").exists()
    assert (folder / "codebook.yml").read_bytes() == b"facets: []\n"
