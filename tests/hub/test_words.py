"""The first page of the service says all that is not the hub's own from the catalogue."""

from __future__ import annotations

from datetime import date

import pytest

from essay_explorer.hub.home import TEMPLATES
from essay_explorer.templating import environment
from essay_explorer.words import day, speaking
from said_outside import said_outside, text_of


def home(language: str, **values: object) -> str:
    with speaking(language):
        room = {"code": "ZZ", "title": "Zzz", "course": "zz", "phase": "end", "made": day(date(2026, 11, 27))}
        usual = {
            "account": "zz",
            "teacher": True,
            "courses": ["zz"],
            "leads": [room, {**room, "course": "", "phase": "mark"}],
            "attends": [room],
            "readings": [{"name": "zz", "title": "Zzz", "language": "zz"}],
            "title_of": str,
            "xsrf": "zz",
            "hub": "/hub/",
        }
        return environment(TEMPLATES).get_template("home.html.j2").render(**usual | values).lstrip()


@pytest.mark.parametrize(
    "values",
    [{}, {"teacher": False, "attends": [], "leads": []}, {"teacher": False, "courses": [], "leads": []}],
    ids=["a teacher", "a student without a room", "a student"],
)
def test_the_first_page_says_nothing_outside_the_catalogue(values: dict[str, object]) -> None:
    text = text_of(home("en-XA", **values))
    assert "⟦" in text
    assert said_outside(text) == set()


def test_the_first_page_is_in_the_language_of_who_asks() -> None:
    german = home("de")
    assert german.startswith('<!DOCTYPE html>\n<html lang="de">')
    assert "Raum ZZ, zz, 27. November 2026, beendet" in german
    assert '<html lang="ar-XB" dir="rtl">' in home("ar-XB")
