"""A page with its script as a file beside it."""

from __future__ import annotations

import json
import re

import pytest

from essay_explorer import open_reading
from essay_explorer.page.document import PARTS, Parts, closed, opening
from essay_explorer.page.parted import PartedPage
from essay_explorer.words import speaking

HER = open_reading("her")


def parted(reading: object = HER) -> PartedPage:
    return PartedPage.of(closed(opening(reading, Parts.beside(reading), news=True)))


def test_the_page_keeps_all_but_its_script() -> None:
    whole, made = closed(opening(HER, Parts.beside(HER), news=True)), parted()
    assert f'data-src="{PARTS}/{made.name}"></script>' in made.page
    assert HER.essay.text[:80] in made.page
    start = made.script.index("const modules = {")
    assert made.script[start : start + 100_000] in whole
    assert "const modules = {" not in made.page
    assert len(made.page) < len(whole) / 3


def test_the_script_brings_all_rules_of_the_style_and_the_page_has_those_of_what_stands_there() -> None:
    whole, made = closed(opening(HER, Parts.beside(HER), news=True)), parted()
    brought = json.loads(re.search(r'querySelector\("style"\)\.textContent = (".*");', made.script)[1])
    assert f"<style>\n{brought}\n</style>" in whole
    (left,) = re.findall("<style>(.*?)</style>", made.page, re.DOTALL)
    assert ".essay-text .paragraph {" in left
    assert ".strip svg" not in left
    assert len(left) < len(brought) / 3


def test_the_name_of_the_script_tells_its_content() -> None:
    fewer = HER.without("a01")
    assert parted(fewer).page != parted().page
    assert parted(fewer).name == parted().name  # what a browser has of one reading serves for all
    with speaking("de"):
        german = parted()
    assert german.name != parted().name
    assert german.script != parted().script


def test_what_is_no_page_of_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="without a script"):
        PartedPage.of("<html></html>")
