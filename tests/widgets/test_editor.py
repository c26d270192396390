"""The editor of a notebook: what its page sends is written into the files and shown, and readers have none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from essay_explorer import Explorer, ReadingError, open_reading
from essay_explorer.library.editing.asking import SERVED
from essay_explorer.words import speaking

BOOK = "facets:\n- id: theme\n  tags:\n  - id: trust\n    label: Trust\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "essay.md").write_text("Trust is chosen. The end is near.\n", encoding="utf-8")
    (folder / "codebook.yml").write_text(BOOK, encoding="utf-8")
    return folder


def asked(explorer: Explorer, monkeypatch: pytest.MonkeyPatch, **edit: Any) -> dict[str, Any]:
    """What the page hears when it has sent this."""
    heard: list[dict[str, Any]] = []
    monkeypatch.setattr(explorer.editor, "send", heard.append)
    explorer.editor._act(explorer.editor, {"edit": edit, "name": "n1"}, [])
    return heard[0] if heard else {}


def test_an_act_is_written_and_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    explorer = Explorer(open_reading(folder), edit=folder)
    answer = asked(explorer, monkeypatch, act={"do": "add tag", "label": "Hope"})
    assert answer == {"edited": "n1", "said": 'Added "Hope"', "question": ""}
    assert list(explorer.reading.codebook.tags) == ["trust", "hope"]
    assert explorer.lens.content["facets"][0]["tags"][1]["label"] == "Hope"
    assert explorer.editor.desk["undo"] == 'Added "Hope"'
    asked(explorer, monkeypatch, undo=True)
    assert (folder / "codebook.yml").read_text(encoding="utf-8") == BOOK
    assert "fault" in asked(explorer, monkeypatch, act={"do": "add tag", "label": ""})


def test_it_answers_in_the_language_of_its_buttons(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with speaking("de"):
        explorer = Explorer(open_reading(folder), edit=folder)
    assert '"Bearbeiten"' in explorer.editor._esm
    assert asked(explorer, monkeypatch, act={"do": "add tag", "label": ""})["fault"] == "Gib erst einen Namen an"
    assert asked(explorer, monkeypatch, act={"do": "add tag", "label": "Hope"})["said"] == "„Hope“ hinzugefügt"
    assert explorer.editor.desk["undo"] == "„Hope“ hinzugefügt"


def test_readers_of_a_served_notebook_change_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Explorer(open_reading(folder), edit=folder)
    for name, value in ((SERVED, "1"), ("SERVER_SOFTWARE", "voila/0.5.13")):
        with monkeypatch.context() as served:
            served.setenv(name, value)
            assert Explorer(open_reading(folder), edit=folder).editor is None
            assert asked(before, served, act={"do": "add tag", "label": "Hope"}) == {}
    assert (folder / "codebook.yml").read_text(encoding="utf-8") == BOOK


def test_only_a_reading_with_files_of_its_own_is_edited(folder: Path) -> None:
    with pytest.raises(ReadingError, match="comes with the project"):
        Explorer(open_reading("her"), edit=True)
    with pytest.raises(ReadingError, match="say another reading than this one"):
        Explorer(open_reading("her"), edit=folder)
