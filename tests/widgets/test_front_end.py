"""The front end's own tests, on node's own test runner."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import essay_explorer.widgets
from essay_explorer import Lens, Marks
from essay_explorer.rooms.leading import PARTS, _sources
from essay_explorer.widgets.choosing import Choosing
from essay_explorer.widgets.editor import Editor
from node import SAY, executable

if TYPE_CHECKING:
    import anywidget

TESTS = Path(__file__).parents[1] / "js"


def test_its_pure_functions_pass_their_tests() -> None:
    files = sorted(map(str, TESTS.glob("*.test.js")))
    assert files
    command = [executable(), "--import", str(SAY), "--test", *files]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


KINDS = [*(getattr(essay_explorer.widgets, name) for name in essay_explorer.widgets.__all__), Choosing, Editor]


@pytest.mark.parametrize("widget", KINDS)
def test_a_module_is_whole_and_imports_nothing(widget: type[anywidget.AnyWidget], tmp_path: Path) -> None:
    file = tmp_path / "module.mjs"
    file.write_text(str(widget._esm), encoding="utf-8")
    source = f"const {{ default: made }} = await import({file.as_uri()!r}); console.log(Object.keys(made).join());"
    done = subprocess.run(
        [executable(), "--input-type=module", "--eval", source], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("initialize" if widget in {Choosing, Lens, Marks} else "render", "")
    assert not re.search(r"^\s*import\s", str(widget._esm), re.MULTILINE)


@pytest.mark.parametrize("kind", PARTS)
def test_the_script_of_a_page_that_leads_a_room_can_be_read(kind: str, tmp_path: Path) -> None:
    """Its files stand in one scope: no two of them may give the same name."""
    file = tmp_path / "page.js"
    file.write_text(_sources(kind, "en")["page"], encoding="utf-8")
    done = subprocess.run([executable(), "--check", str(file)], capture_output=True, encoding="utf-8", check=False)
    assert done.stderr == ""
