"""environment.yml gives conda users what pyproject.toml gives pip users."""

from __future__ import annotations

import tomllib
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
