"""What counting passages costs: nothing of the widgets, the servers or the tables."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version

import pytest

HEAVY = (
    "ipywidgets",
    "anywidget",
    "voila",
    "pandas",
    "altair",
    "sqlalchemy",
    "typer",
    "jupyter_server",
    "IPython",
)


def loaded_by(code: str) -> set[str]:
    """The modules in a fresh interpreter after `code`."""
    show = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout))


def test_opening_a_reading_loads_nothing_heavy() -> None:
    loaded = loaded_by('import essay_explorer; essay_explorer.open_reading("her").passages(theme="trust")')
    assert loaded.isdisjoint(HEAVY)
    outer = (
        "essay_explorer.widgets",
        "essay_explorer.page",
        "essay_explorer.measures",
        "essay_explorer.representations",
    )
    assert not [name for name in loaded if name.startswith(outer)]
    assert loaded.isdisjoint({"sentencex", "importlib.metadata"})


def test_a_notebook_shows_a_reading_when_nothing_but_the_package_was_imported() -> None:
    loaded = loaded_by('import essay_explorer; assert "Her" in essay_explorer.open_reading("her")._repr_html_()')
    assert loaded.isdisjoint(HEAVY)


def test_the_version_is_that_of_the_package() -> None:
    import essay_explorer

    assert essay_explorer.__version__ == version("essay-explorer")


def test_every_public_name_is_there() -> None:
    code = "import essay_explorer as e\nassert all(hasattr(e, name) for name in e.__all__)"
    assert "ipywidgets" in loaded_by(code)


def test_a_name_that_is_not_there_is_reported() -> None:
    import essay_explorer

    with pytest.raises(AttributeError, match="module 'essay_explorer' has no attribute 'Reeding'"):
        essay_explorer.Reeding  # noqa: B018 - the access is what is tested


def test_serving_readings_loads_no_database() -> None:
    loaded = loaded_by("import essay_explorer.server.readings, essay_explorer.cli.main")
    assert loaded.isdisjoint({"sqlalchemy", "alembic", "segno", "essay_explorer.rooms"})


def test_serving_a_room_loads_no_formats_of_other_programs() -> None:
    loaded = loaded_by("import essay_explorer.rooms.serving, essay_explorer.cli.main")
    heavy = {"voila", "pandas", "altair", "jupyter_server", "alembic"}
    assert loaded.isdisjoint({*heavy, "essay_explorer.exchange", "essay_explorer.formats"})


def test_typing_the_name_and_a_dot_offers_what_is_public_and_no_more() -> None:
    import essay_explorer

    offered = {name for name in dir(essay_explorer) if not name.startswith("_")}
    assert offered == {*essay_explorer.__all__, "charts", "exercises"}
    assert loaded_by("import essay_explorer; dir(essay_explorer)").isdisjoint(HEAVY)
    assert {name for name in dir(essay_explorer.charts) if name[0] != "_"} == set(essay_explorer.charts.__all__)
    assert all(name.startswith(("check_", "__")) for name in dir(essay_explorer.exercises))
    assert essay_explorer.exercises.check_chart


def test_an_id_is_offered_where_a_passage_is_asked_for() -> None:
    import essay_explorer

    reading = essay_explorer.open_reading("her")
    assert reading._ipython_key_completions_()[:2] == [passage.id for passage in reading][:2]
