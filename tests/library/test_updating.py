"""A reading whose essay is edited, and `update` after it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from essay_explorer import ReadingError, open_reading
from essay_explorer.files.reading_files import KEPT, write_new
from essay_explorer.library.adding import add
from essay_explorer.library.finding import LIBRARY, bundled
from essay_explorer.library.opening import open_quietly
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


TABLE = """Films with a voice in them:

| Year | Film | Voice |
|---|---|---|
| 2013 | Her | Samantha, an operating system |
| 1968 | 2001 | Hal, a ship's computer |
| 1998 | Her | nobody |
"""
IN_TABLE = {
    "essay.md": TABLE,
    "codebook.yml": "facets:\n- {id: theme, tags: [{id: voice}]}\n",
    "annotations.csv": "id,quote,prefix,theme\na1,Samantha,,voice\na2,1968\t2001,,voice\na3,Her,1998,voice\na4,Film Voice,,voice\n",
}


def test_passages_of_a_table_are_followed_from_row_to_row(tmp_path: Path) -> None:
    folder = tmp_path / "films"
    write_new(folder, IN_TABLE)
    assert open_reading(folder).faults == ()
    assert update(folder)[0] == "4 annotations: 4 exact, 0 moved, 0 changed, 0 lost"
    lines = TABLE.splitlines(keepends=True)
    (folder / "essay.md").write_text(
        "".join([*lines[:4], lines[6], "| 1927 | Metropolis | nobody |\n", *lines[4:6]]), "utf-8"
    )
    told = update(folder)
    assert "0 changed, 0 lost" in told[0]
    assert [one.text for one in sorted(open_reading(folder).passages(), key=lambda one: one.id)] == [
        "Samantha",
        "1968\t2001",
        "Her",
        "Film\tVoice",
    ]
    edit(folder, "Samantha, an", "Samantha, who is an")
    edit(folder, "| 1968 | 2001 |", "| 1968 | A Space Odyssey |")
    told = update(folder)
    assert told[0] == "4 annotations: 3 exact, 0 moved, 1 changed, 0 lost"
    assert told[1].endswith("(a2): changed, 83% alike: 1968[ 2001 → ]")


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


ROOMS = """\
# Rooms

Room Alpha said that the new lamp cut the glare by ten parts in every corner.

Room Beta said that the new lamp cut the glare by ten parts in some corners only.

The porter saw nothing.
"""


ALPHA = "Room Alpha said that the new lamp cut the glare by ten parts in every corner.\n\n"


@pytest.mark.parametrize(
    ("quote", "prefix", "kept", "told"),
    [
        ("the new lamp cut the glare by ten parts", "Room Alpha said that", True, "lost, and kept as it was"),
        ("the new lamp cut the glare by ten parts", "Room Alpha said that", False, "stands after “Room Beta said that”, not after “Room Alpha said that”"),
        ("said that the new lamp cut the glare by ten parts in every corner", "", True, "lost, and kept as it was"),
        ("said that the new lamp cut the glare by ten parts in every corner", "", False, "in [every → some] [corner → corners]"),
    ],
)  # fmt: skip
def test_a_look_alike_is_never_taken_in_silence(
    tmp_path: Path, quote: str, prefix: str, told: str, *, kept: bool
) -> None:
    folder = tmp_path / "rooms"
    write_new(folder, {"essay.md": ROOMS, "annotations.csv": f"id,quote,prefix\na1,{quote},{prefix}\n"})
    if not kept:
        (folder / KEPT / "essay.md").unlink()
    edit(folder, ALPHA, "")
    _, line = update(folder)
    assert told in line


def test_a_revised_file_takes_the_place_of_the_essay(tmp_path: Path) -> None:
    front = "---\ntitle: Rooms\nauthor: Ann   # with a comment\n---\n\n"
    body = ROOMS.partition("\n\n")[2]
    folder = tmp_path / "rooms"
    write_new(
        folder,
        {"essay.md": front + body, "annotations.csv": "id,quote\na1,The porter saw nothing.\na2,Room Beta said\n"},
    )
    revised = tmp_path / "rooms (final).html"
    revised.write_text(
        f"<h1>Rooms</h1><p>New.</p><p>{body.replace('saw', 'heard').replace(chr(10) * 2, '<p>')}", "utf-8"
    )
    assert update(folder, revised)[0] == "2 annotations: 1 exact, 0 moved, 1 changed, 0 lost"
    text = (folder / "essay.md").read_text(encoding="utf-8")
    assert text.startswith(front + "New.")
    assert "The porter heard nothing." in text
    reading = open_quietly(folder)
    assert (reading.essay.title, reading.essay.author) == ("Rooms", "Ann")
    assert update(folder, revised)[0] == "2 annotations: 2 exact, 0 moved, 0 changed, 0 lost"


def test_another_text_is_no_revision(tmp_path: Path) -> None:
    folder = tmp_path / "rooms"
    write_new(folder, {"essay.md": ROOMS, "annotations.csv": "id,quote\na1,The porter saw nothing.\n"})
    other = tmp_path / "other.txt"
    other.write_text("Nobody was there at all, and no lamp.", encoding="utf-8")
    with pytest.raises(
        ReadingError, match=r"other\.txt: is not a version of this reading's essay: its one quote is not in it"
    ):
        update(folder, other)
    assert (folder / "essay.md").read_text(encoding="utf-8") == ROOMS


def test_a_reading_without_annotations_is_revised_too(tmp_path: Path) -> None:
    folder = tmp_path / "rooms"
    write_new(folder, {"essay.md": ROOMS})
    other = tmp_path / "other.txt"
    other.write_text("Nobody was there.", encoding="utf-8")
    assert update(folder, other)[-1] == "The essay is updated. It has no annotations."
    assert open_reading(folder).essay.text == "Nobody was there."
