"""The examples in docstrings say what happens."""

from __future__ import annotations

import doctest
import inspect
from functools import cached_property
from importlib import import_module
from pathlib import Path

import pytest

import essay_explorer
from essay_explorer import charts

PACKAGE = Path(__file__).parents[1] / "src"
MODULES = sorted(
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    for path in PACKAGE.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_each_example_gives_what_it_shows(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ESSAY_EXPLORER_LIBRARY", str(tmp_path))
    monkeypatch.setenv("ESSAY_EXPLORER_STORE", str(tmp_path / "rooms.sqlite"))
    result = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize("name", essay_explorer.__all__)
def test_every_public_name_has_an_example(name: str) -> None:
    assert ">>> " in (getattr(essay_explorer, name).__doc__ or ""), f"{name} has no example in its docstring"


@pytest.mark.parametrize("name", [name for name in charts.__all__ if name.islower()])
def test_every_chart_has_an_example(name: str) -> None:
    assert ">>> " in (getattr(charts, name).__doc__ or ""), f"charts.{name} has no example in its docstring"


ELSEWHERE = {
    "Room": "its own example opens, looks at and closes one; join needs a hub",
    "Explorer.let_edit": "the editor's",
}


@pytest.mark.parametrize("name", essay_explorer.__all__)
def test_every_public_method_has_an_example(name: str) -> None:
    public = vars(getattr(essay_explorer, name)) if inspect.isclass(getattr(essay_explorer, name)) else {}
    bare = [
        f"{name}.{own}"
        for own, value in public.items()
        if not own.startswith("_") and _is_callable(value) and ">>> " not in (inspect.getdoc(value) or "")
    ]
    assert [one for one in bare if not {one, name} & ELSEWHERE.keys()] == []


def _is_callable(value: object) -> bool:
    return inspect.isroutine(value) or isinstance(value, property | classmethod | staticmethod | cached_property)
