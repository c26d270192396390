"""CONTRIBUTING.md shows the rooms that there are, and names commands that exist."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_tour_goes_through_every_room_from_the_top_to_the_bottom() -> None:
    (contract,) = (
        one
        for one in tomllib.loads(_text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
        if one["id"] == "layers"
    )
    layers = [layer.split(" : ") for layer in contract["layers"] if layer != "__main__"]
    tour = _text("CONTRIBUTING.md").partition("## The rooms")[2].partition("\n## ")[0]
    rows = [re.findall(r"`([\w/]+)`", cells.split("|")[1]) for cells in tour.splitlines() if cells.startswith("| `")]
    places = {name.rstrip("/"): number for number, row in enumerate(rows) for name in row}
    assert places.keys() == {name for layer in layers for name in layer}
    order = [[places[name] for name in layer] for layer in layers]
    for above, below in pairwise(order):
        assert max(above) <= min(below)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_each_make_that_a_document_names_is_there(document: str) -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", _text(document), re.MULTILINE))
    (phony,) = re.findall(r"^\.PHONY: (.+)$", _text("Makefile"), re.MULTILINE)
    assert len(named) >= 3
    assert named <= set(phony.split())
