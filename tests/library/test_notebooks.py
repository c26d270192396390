"""The notebooks: what the command makes, and what comes to a student's desk."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient import NotebookClient

from essay_explorer.core.prose import Prose
from essay_explorer.exercises import UNMARKED, WAITING
from essay_explorer.library.finding import ASKED_FOR
from essay_explorer.library.notebooks import METADATA, notebook_of, write, write_students_notebook
from essay_explorer.library.opening import open_reading

pytestmark = pytest.mark.slow

if TYPE_CHECKING:
    from nbformat import NotebookNode

FOLDER = Path(__file__).parents[2] / "notebooks"
NAMES = sorted(path.name for path in FOLDER.glob("*.ipynb"))
BARE = {"kernelspec": METADATA["kernelspec"]}
METADATA_OF = {"read.ipynb": METADATA, "dashboard.ipynb": METADATA, "explore.ipynb": BARE, "code.ipynb": BARE}
NOT_THIN = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.comprehension,
)
MAY_HAVE = ("dashboard.ipynb", ast.FunctionDef)  # what `observe` calls is the author's
LONG = 12  # lines
# What a student may put in place of the three dots, and what the checks then say.
ANSWERS = {
    "answer-7-mine": 'mine = chart.properties(title="Trust comes back at the end", width=320)',
    "answer-8-totals": 'totals = tags.merge(annotations, on="passage").groupby("tag", observed=True)["words"].sum()',
    "answer-9-panel": "drawn = alt.Chart(annotations).mark_point().encode(x='start', y='words')\n"
    "panel = ChartPanel(explorer.lens, [charts.follow(drawn)])",
    "answer-10-moves": "both = ['trust', 'alienness']\n"
    "claims = reading.passages(theme=both, move='claim', match='all')\n"
    "evidence = reading.passages(theme=both, move='evidence', match='all')",
    # What a hand does in the explorer of this cell.
    "start-11": "from essay_explorer import Reading, compare\n"
    "blind = Explorer(Reading(reading.essay, reading.codebook, name='blind'))\n"
    "made = reading.annotations[:6]\n"
    "ids = [str(one) for one in range(6)]\n"
    "blind.marks.marks = [dict(id=i, quote=m.quote, tags=['trust'], reason='So.') for i, m in zip(ids, made)]",
}
CHECKS = {
    "check-7-mine": "That is a chart of your own, and it says what you see.",
    "check-8-totals": "The numbers fit: the tables are joined as they should be.",
    "check-9-panel": "Linked. Choose a theme in the explorer, then choose a mark in your chart.",
    "check-10-moves": "Both lists are complete. Now compare what stands in them.",
    "check-11-marks": "6 marks, and your reasons. Now see where the reading marks the same.",
}


@pytest.fixture(autouse=True)
def _nothing_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ASKED_FOR, raising=False)


def _notebook(name: str) -> NotebookNode:
    return nbformat.read(FOLDER / name, as_version=nbformat.NO_CONVERT)


def _sources(notebook: NotebookNode, kind: str) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == kind]


def test_the_notebooks_are_these_four() -> None:
    assert NAMES == ["code.ipynb", "dashboard.ipynb", "explore.ipynb", "read.ipynb"]


def test_read_is_what_the_command_makes_of_the_essay(tmp_path: Path) -> None:
    write(None, tmp_path / "read.ipynb")
    made = (tmp_path / "read.ipynb").read_bytes()
    advice = "make it anew: essay-explorer notebook --to notebooks/read.ipynb"
    assert made == (FOLDER / "read.ipynb").read_bytes(), advice


def test_read_carries_every_paragraph_in_order() -> None:
    essay = open_reading("her").essay
    prose = Prose.from_markdown(_notebook("read.ipynb").cells[-1].source)
    assert prose.text.startswith(essay.text)
    assert prose.emphasis[: len(essay.emphasis)] == essay.emphasis


def test_read_names_the_author_the_source_and_the_licence() -> None:
    essay = open_reading("her").essay
    title = _notebook("read.ipynb").cells[0].source
    assert title.startswith(f"# {essay.title}\n\n{essay.subtitle}\n")
    for part in (essay.author, essay.after, essay.license):
        assert part in title


def test_the_text_is_folded_away_below_its_heading() -> None:
    _, explorer, heading, text = _notebook("read.ipynb").cells
    assert explorer.cell_type == "code"
    assert heading.source == "# The text"
    assert heading.metadata["jp-MarkdownHeadingCollapsed"] is True
    assert text.cell_type == "markdown"


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_stripped(name: str) -> None:
    notebook = _notebook(name)
    nbformat.validate(notebook)
    assert nbformat.writes(notebook) + "\n" == (FOLDER / name).read_text(encoding="utf-8"), "not as Jupyter writes it"
    assert notebook.metadata == METADATA_OF[name]
    for cell in notebook.cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
        folded = {"jp-MarkdownHeadingCollapsed": True} if cell.id == "heading" else {}
        text = {"tags": ["essay-explorer-text"]} if name == "read.ipynb" and cell.cell_type == "markdown" else {}
        assert cell.metadata == {**folded, **text}


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_thin(name: str) -> None:
    for source in _sources(_notebook(name), "code"):
        nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, NOT_THIN))
        found = [type(node).__name__ for node in nodes if (name, type(node)) != MAY_HAVE]
        assert not found, source
        assert len(source.splitlines()) <= LONG, source


@pytest.mark.parametrize("name", NAMES)
def test_words_stand_before_each_cell_of_code(name: str) -> None:
    kinds = [cell.cell_type for cell in _notebook(name).cells]
    assert ("code", "code") not in pairwise(["code", *kinds])


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_from_top_to_bottom(name: str, tmp_path: Path) -> None:
    notebook = _notebook(name)
    NotebookClient(
        notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    outputs = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}
    (shown,) = outputs["explorer"]
    assert "application/vnd.jupyter.widget-view+json" in shown.data
    streams = {output.name for cell in outputs.values() for output in cell if output.output_type == "stream"}
    assert streams <= {"stdout"}, "a cell wrote to standard error"
    widgets = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"].state.values()
    inside = [output for one in widgets if one.model_name == "OutputModel" for output in one.state.outputs]
    assert [output for output in inside if output.output_type == "error"] == []  # of interact, which catches what fails
    assert bool(inside) == (name == "dashboard.ipynb")
    silent = {"steer-lens", "start-2", "controls"}  # these change the explorer, or make what the next shows
    assert {name for name, cell in outputs.items() if not cell} == silent & set(outputs)


def test_the_first_exercises_ask_a_question_of_the_codebook_and_each_ends_in_one() -> None:
    tags = open_reading("her").codebook.tags.values()
    questions = {question for tag in tags for question in tag.questions}
    prose = _sources(_notebook("explore.ipynb"), "markdown")
    exercises = [source for source in prose if source.startswith("## Exercise")]
    asked = [line.removeprefix("> ") for source in exercises for line in source.splitlines() if line.startswith("> ")]
    answers = [source for source in prose if source.endswith("*Your answer:*")]
    assert [source.split(":")[0] for source in exercises] == [f"## Exercise {number}" for number in range(1, 12)]
    assert len(answers) == len(exercises)
    assert len(asked) == 6
    assert set(asked) <= questions
    for answer in answers:
        assert answer.removesuffix("*Your answer:*").rstrip().endswith("?")


def _remarks(notebook: NotebookNode, folder: Path) -> dict[str, str]:
    """What the checks of a notebook say, by the id of their cell."""
    NotebookClient(notebook, timeout=60, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return {
        cell.id: cell.outputs[0].data["text/plain"]
        for cell in notebook.cells
        if cell.cell_type == "code" and "exercises.check_" in cell.source
    }


def test_each_check_waits_for_its_answer_and_then_takes_a_good_one(tmp_path: Path) -> None:
    notebook = _notebook("explore.ipynb")
    assert _remarks(notebook, tmp_path) == dict.fromkeys(CHECKS, WAITING) | {"check-11-marks": UNMARKED}
    for cell in notebook.cells:
        cell.source = ANSWERS.get(cell.id, cell.source)
    assert _remarks(notebook, tmp_path) == CHECKS


def test_each_passage_that_explore_names_is_in_the_reading() -> None:
    known = {annotation.id for annotation in open_reading("her").annotations}
    words = "\n".join(cell.source for cell in _notebook("explore.ipynb").cells)
    named = set(re.findall(r"\ba\d\d\b", words))
    assert named
    assert named <= known


def test_parts_that_an_essay_lacks_leave_no_line() -> None:
    notebook = nbformat.from_dict(notebook_of("---\ntitle: '*Bare*'\n---\nOne.\n\nTwo.\n", opens="./mine"))
    title, code, heading, text = ("".join(cell.source) for cell in notebook.cells)
    assert title.startswith("# *Bare*\n\nRun ")
    assert 'open_reading("./mine")' in code
    assert heading == "# The text"
    assert text == "One.\n\nTwo."


def test_a_notebook_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "read.ipynb"
    target.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(None, target)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_notebook_carries_the_pictures_of_its_text(tmp_path: Path) -> None:
    lighthouse = Path(__file__).parents[1] / "readings" / "lighthouse"
    write(str(lighthouse), tmp_path / "a.ipynb")
    notebook = nbformat.read(tmp_path / "a.ipynb", as_version=4)
    nbformat.validate(notebook)
    text = notebook.cells[-1]
    assert set(text.attachments) == {"1.png", "2.svg"}
    assert '](attachment:1.png "North Head' in text.source
    assert "only the beam can be seen.](attachment:2.svg)" in text.source


OTHERS = Path(__file__).parents[1] / "readings"


@pytest.mark.parametrize("name", sorted(path.name for path in OTHERS.iterdir()))
def test_the_students_notebook_of_any_reading_runs(name: str, tmp_path: Path) -> None:
    write_students_notebook(str(OTHERS / name), tmp_path / "mine.ipynb")
    notebook = nbformat.read(tmp_path / "mine.ipynb", as_version=4)
    nbformat.validate(notebook)
    tag = next(iter(open_reading(OTHERS / name).codebook.tags.values()))
    assert f"“{tag.label}”" in "".join(_sources(notebook, "markdown"))
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()


def test_a_reading_without_a_codebook_has_a_students_notebook_too(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "essay.md").write_text("One paragraph.", encoding="utf-8")
    write_students_notebook(str(tmp_path / "bare"), tmp_path / "mine.ipynb")
    notebook = nbformat.read(tmp_path / "mine.ipynb", as_version=4)
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()


def test_ids_stand_in_a_students_notebook_in_their_own_letters(tmp_path: Path) -> None:
    folder = tmp_path / "glut"
    folder.mkdir()
    (folder / "essay.md").write_text("Heiße Glut.", encoding="utf-8")
    book = "facets:\n- id: motiv\n  label: Motive\n  tags:\n  - {id: überfluß, label: Überfluß}\n"
    (folder / "codebook.yml").write_text(book, encoding="utf-8")
    write_students_notebook(str(folder), tmp_path / "mine.ipynb")
    cells = [cell.source for cell in nbformat.read(tmp_path / "mine.ipynb", as_version=4).cells]
    assert 'reading.passages(motiv="überfluß")' in cells
    assert 'explorer.lens.choose("überfluß")' in cells
