"""A reading whose essay is edited, and `update` after it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from essay_explorer import ReadingError, open_reading
from essay_explorer.files.reading_files import KEPT
from essay_explorer.library.adding import add
from essay_explorer.library.finding import LIBRARY, bundled
from essay_explorer.library.updating import update

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(bundled("data") / "her", tmp_path / "her")


def edit(folder: Path, old: str, new: str) -> None:
    essay = folder / "essay.md"
    text = essay.read_text(encoding="utf-8")
    assert old in text
    essay.write_text(text.replace(old, new), encoding="utf-8")


def test_an_edited_quote_is_followed_and_the_old_file_is_kept(folder: Path) -> None:
    old = (folder / "annotations.csv").read_text(encoding="utf-8")
    assert update(folder)[0] == "67 annotations: 67 exact, 0 moved, 0 changed, 0 lost"
    edit(folder, "nobody picks them up", "nobody at all picks them up")
    with pytest.warns(match="a06"):
        open_reading(folder)
    told = update(folder)
    assert told[0] == "67 annotations: 66 exact, 0 moved, 1 changed, 0 lost"
    assert "a06" in told[1]
    reading = open_reading(folder)
    assert reading.faults == ()
    (passage,) = [one for one in reading.passages() if one.id == "a06"]
    assert passage.text == "The questions are laid on the table, and nobody at all picks them up."
    assert (folder / KEPT / "annotations.csv").read_text(encoding="utf-8") == old


def test_a_lost_annotation_stays_in_its_file(folder: Path) -> None:
    update(folder)
    edit(folder, "It is a very Jonze invention, a metaphor that wears its own name badge.", "")
    told = update(folder)
    assert told[0].endswith("1 lost")
    assert "a09" in told[1]
    assert "a metaphor that wears its own name badge" in (folder / "annotations.csv").read_text(encoding="utf-8")
    edit(
        folder,
        "Theodore can read",
        "It is a very Jonze invention, a metaphor that wears its own name badge. Theodore can read",
    )
    assert update(folder)[0] == "67 annotations: 67 exact, 0 moved, 0 changed, 0 lost"


def test_a_file_that_cannot_be_written_back_is_left_alone(folder: Path) -> None:
    file = folder / "annotations.csv"
    content = file.read_text(encoding="utf-8").encode("utf-16")
    file.write_bytes(content)
    with pytest.raises(ReadingError, match=r"annotations\.csv: not UTF-8"):
        update(folder)
    assert file.read_bytes() == content


def test_without_annotations_there_is_nothing_to_do(folder: Path) -> None:
    (folder / "annotations.csv").unlink()
    (folder / "relations.csv").unlink()
    assert update(folder) == ("This reading has no annotations.",)


def test_the_first_update_knows_the_text_that_joined_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LIBRARY, str(tmp_path))
    folder = add("moon", {"essay.md": "One fish sees the moon.\n\nTwo fish see the sea.\n"})
    (folder / "codebook.yml").write_text("facets:\n- id: theme\n  tags: [{id: sky}]\n", encoding="utf-8")
    (folder / "annotations.csv").write_text("id,quote,theme\na1,the moon,sky\n", encoding="utf-8")
    edit(folder, "One fish", "Nobody here has ever looked for the moon. One fish")
    assert update(folder)[0] == "1 annotation: 1 exact, 0 moved, 0 changed, 0 lost"
    (passage,) = open_reading(folder).passages()
    assert passage.start == open_reading(folder).essay.text.rindex("the moon")
