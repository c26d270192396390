"""environment.yml gives conda users what pyproject.toml gives pip users; constraints.txt, what was tested."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import distribution, version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT_ITSELF = "-e ."
TOOLS = {"pip": ""}  # conda's own need, to install the part that conda does not have


def _ranges(lines: list[str]) -> dict[str, str]:
    """Each name with its range of versions, both in one spelling: {"voila": "==0.5.13"}."""
    requirements = [Requirement(line) for line in lines]
    ranges = {canonicalize_name(entry.name): ",".join(sorted(map(str, entry.specifier))) for entry in requirements}
    assert len(ranges) == len(requirements), "a name stands twice"
    return ranges


def _differences(
    project: dict[str, object], environment: dict[str, object]
) -> dict[str, tuple[str | None, str | None]]:
    """What the two disagree on: name -> (range for pip, range for conda), None where one lacks it."""
    wanted = _ranges([*project["dependencies"], f"python{project['requires-python']}"]) | TOOLS
    entries = environment["dependencies"]
    (by_pip,) = [entry["pip"] for entry in entries if isinstance(entry, dict)]
    assert PROJECT_ITSELF in by_pip
    given = _ranges([entry for entry in [*entries, *by_pip] if isinstance(entry, str) and entry != PROJECT_ITSELF])
    names = wanted.keys() | given.keys()
    return {name: (wanted.get(name), given.get(name)) for name in names if wanted.get(name) != given.get(name)}


def _tested() -> dict[str, str]:
    """Each package that has a line in constraints.txt, with its version."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    requirements = [Requirement(line) for line in lines if not line.startswith("#")]
    tested = {canonicalize_name(entry.name): next(iter(entry.specifier)).version for entry in requirements}
    assert len(tested) == len(requirements), "a name stands twice"
    return tested


def _brought_along(name: str, extras: tuple[str, ...]) -> set[str]:
    """The packages that are installed because `name` is, with these extras."""
    waiting, seen = {(name, extra) for extra in ("", *extras)}, set[tuple[str, str]]()
    while waiting:
        seen.add(entry := waiting.pop())
        for needed in map(Requirement, distribution(entry[0]).requires or ()):
            if needed.marker is None or needed.marker.evaluate({"extra": entry[1]}):
                waiting |= {(canonicalize_name(needed.name), extra) for extra in ("", *needed.extras)} - seen
    return {package for package, _ in seen} - {name}


@pytest.fixture
def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture
def environment() -> dict[str, object]:
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def test_conda_users_get_the_same_packages_in_the_same_versions(project, environment) -> None:
    assert _differences(project, environment) == {}


def test_only_conda_forge_is_asked(environment) -> None:
    assert environment["name"] == "essay-explorer"
    assert environment["channels"] == ["conda-forge", "nodefaults"]


@pytest.mark.parametrize("range_of", ["<0.1", ""])
def test_another_range_is_noticed(project, environment, range_of: str) -> None:
    *kept, last = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    name = Requirement(last).name
    pips = [entry for entry in environment["dependencies"] if isinstance(entry, dict)]
    drifted = environment | {"dependencies": [*kept, f"{name}{range_of}", *pips]}
    assert _differences(project, drifted).keys() == {name}


def test_a_package_that_conda_users_lack_is_noticed(project, environment) -> None:
    lacking = environment | {"dependencies": [entry for entry in environment["dependencies"] if entry != "pip"]}
    assert _differences(project, lacking) == {"pip": ("", None)}


def test_a_new_dependency_of_the_project_is_noticed(project, environment) -> None:
    grown = project | {"dependencies": [*project["dependencies"], "polars>=1"]}
    assert _differences(grown, environment) == {"polars": (">=1", None)}


def test_the_tested_versions_are_plain_lines() -> None:
    first, *lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert first.startswith("# ")
    assert lines == sorted(lines, key=lambda line: line.partition("==")[0])
    for line in lines:
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; [^;@:/]+)?", line), line


def test_the_tested_versions_are_among_those_that_the_wheel_asks_for(project) -> None:
    tested = _tested()
    asked = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    for requirement in map(Requirement, asked):
        if requirement.name != project["name"]:
            pinned = tested.get(canonicalize_name(requirement.name))
            assert pinned, f"constraints.txt has no {requirement.name}: make pin"
            assert requirement.specifier.contains(pinned), requirement


@pytest.mark.skipif(Path(sys.prefix) != ROOT / ".venv", reason="only where make installs what was tested")
def test_what_is_installed_here_is_what_was_tested(project) -> None:
    tested = _tested()
    here = {name: version(name) for name in _brought_along(project["name"], ("test",))}
    assert here == {name: tested.get(name) for name in here}
