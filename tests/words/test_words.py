"""Every text of ours that a reader sees is in the catalogue of every language, and says the same things there."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import get_decimal_symbol

import essay_explorer
from essay_explorer import open_reading
from essay_explorer.page.document import Parts, opening
from essay_explorer.words import (
    ENGLISH,
    Catalogue,
    Phrase,
    Sentence,
    chosen,
    day,
    known,
    number,
    places,
    say,
    say_n,
    speaking,
    spoken,
)
from essay_explorer.words.plurals import FORMS, form
from essay_explorer.words.scripts import texts

PACKAGE = Path(essay_explorer.__file__).parent
FRONT = ("widgets", "page", "rooms/front")
OTHERS = [language for language in known() if language != ENGLISH]
IN_TEMPLATES = re.compile(r'\b(?:say|around)\("([^"]+)"')
SEVERAL_IN_TEMPLATES = re.compile(r'\bsay_n\("([^"]+)", "([^"]+)"')
HOLE = re.compile(r"\{\w+\}")


def _of_python(path: Path) -> set[tuple[str, str]]:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    found = set()
    for call in calls:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        said = [one.value for one in call.args[:2] if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if name == "say" and said:
            found.add((said[0], ""))
        elif name in {"say_n", "Phrase"} and said:
            found.add((said[0], said[1] if said[1:] else ""))
    return found


def _all() -> set[tuple[str, str]]:
    scripts = [path for folder in FRONT for path in (PACKAGE / folder).glob("*.js")]
    found = {one for path in scripts for one in texts(path.read_text("utf-8"))}
    for path in PACKAGE.glob("*/templates/*.j2"):
        template = path.read_text("utf-8")
        found |= {(one, "") for one in IN_TEMPLATES.findall(template)}
        found |= set(SEVERAL_IN_TEMPLATES.findall(template))
    spoken_there = [path for path in PACKAGE.rglob("*.py") if "essay_explorer.words" in path.read_text("utf-8")]
    return found.union(*map(_of_python, spoken_there))


ALL = _all()


def test_there_is_something_to_say() -> None:
    assert ("Filters", "") in ALL  # of a module and of a template
    assert ("{count} passage", "{count} passages") in ALL
    assert ("There is no such page here.", "") in ALL


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_every_text_and_no_other(language: str) -> None:
    wanted = {other or one for one, other in ALL}
    assert set(Catalogue.of(language).entries) == wanted


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_same_holes(language: str) -> None:
    for english, entry in Catalogue.of(language).entries.items():
        for text in [entry] if isinstance(entry, str) else entry.values():
            wanted, found = set(HOLE.findall(english)), set(HOLE.findall(text))
            assert found == wanted or (not isinstance(entry, str) and found | {"{count}"} == wanted), english


@pytest.mark.parametrize("language", OTHERS)
def test_forms_go_with_numbers_as_the_cldr_has_it(language: str) -> None:
    counted = {other for _, other in ALL if other}
    for english, entry in Catalogue.of(language).entries.items():
        assert isinstance(entry, str) or tuple(entry) == FORMS, english
        assert isinstance(entry, str) != (english in counted), english
    rule = Locale(language).plural_form
    assert all(form(language, number) == rule(number) for number in range(1000))


@pytest.mark.parametrize("language", known())
def test_a_number_is_written_as_the_cldr_has_it(language: str) -> None:
    with speaking(language):
        said = [number(1.25, 2), number(2.0), number(0.04), number(31.6, 0), number(20, 0)]
        full, small, least = places(2), places(-0.125), places(-0.001)
    assert said == [f"1{get_decimal_symbol(language)}25", "2", "0", "32", "20"]
    assert [full, small, least] == [one.replace(".", get_decimal_symbol(language)) for one in ("2.00", "−0.12", "0.00")]


@pytest.mark.parametrize("language", known())
def test_a_day_is_written_as_the_cldr_has_it(language: str) -> None:
    for month in range(1, 13):
        when = date(2026, month, 27)
        with speaking(language):
            assert day(when) == format_date(when, "long", locale="en_GB" if language == ENGLISH else language)


def test_a_phrase_is_said_in_the_language_that_is_spoken_then() -> None:
    phrase, counted = Phrase("never together"), Phrase("{count} theme", "{count} themes")
    with speaking("de"):
        assert (phrase.said(), counted.said(1), counted.said(2)) == ("nie zusammen", "1 Thema", "2 Themen")
        assert phrase.forms() == {"other": "nie zusammen"}
        assert counted.forms() == {"one": "{count} Thema", "other": "{count} Themen"}
    assert (phrase.said(), counted.said(2)) == ("never together", "2 themes")


def test_a_sentence_is_kept_and_said_later_in_another_language() -> None:
    parts = [Phrase("{count} theme", "{count} themes").filled(count) for count in (1, 2)]
    sentence = Phrase("{first} and {last}").filled(first=parts[0], last=parts[1])
    kept = Sentence.from_json(json.loads(json.dumps(asdict(sentence))))
    assert (kept, kept.said()) == (sentence, "1 theme and 2 themes")
    with speaking("de"):
        assert kept.said() == "1 Thema und 2 Themen"


@pytest.mark.parametrize("text", ["{no}", "{one:>9}", "{one!r}", "{one.__class__}", "{0}", "{", "{{one}"])
def test_what_a_file_says_is_filled_with_nothing_but_its_values(text: str) -> None:
    made = {"phrase": {"one": text, "other": ""}, "count": 1, "values": {"one": "x"}}
    with pytest.raises(ValueError, match=r"."):
        Sentence.from_json(made)


def test_a_text_without_a_translation_is_english() -> None:
    with speaking("de"):
        assert say("Nobody has translated this.") == "Nobody has translated this."
        assert say_n("{count} apple", "{count} apples", 2) == "2 apples"
        assert spoken('say("Nobody has translated this.")') == '"Nobody has translated this."'


def test_a_script_says_its_texts_in_the_readers_language() -> None:
    script = 'const LANGUAGE = "en"; f(say("Filters"), say("Exclude {label}", { label }), lens.say("Filters"));'
    with speaking("de"):
        assert spoken(script) == (
            'const LANGUAGE = "de"; f("Filter", say("{label} ausschließen", { label }), lens.say("Filters"));'
        )
        assert (
            spoken('sayN("{count} passage", "{count} passages", n)') == 'sayN("{count} Stelle", "{count} Stellen", n)'
        )


def test_a_text_around_elements_is_said_too() -> None:
    with speaking("de"):
        assert spoken('h("p", {}, ...sayAround("After {work}", { work }))').endswith(
            '...sayAround("Nach {work}", { work }))'
        )


def test_a_page_is_in_the_language_that_is_spoken() -> None:
    with speaking("de"):
        page = opening(open_reading("her"), Parts("", ""))
    assert '<html lang="de">' in page
    assert ">Diagramme<" in page  # in the first bytes
    assert '"Rückgängig"' in page  # in its script
    assert '<article lang="en">' in page  # the essay keeps its own
    with speaking("ar-XB"):
        assert '<html lang="ar-XB" dir="rtl">' in opening(open_reading("her"))


def test_nothing_is_translated_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESSAY_EXPLORER_LANG", "en-XA")
    page = opening(open_reading("her"))
    assert "⟦Fîltérš" in page
    assert not re.search("⟦⟦[^⟦⟧]*⟧~*⟧", page)


def test_a_number_of_things_has_its_form() -> None:
    with speaking("fr"):
        said = [say_n("{count} passage", "{count} passages", count) for count in (0, 1, 2)]
    assert said == ["0 passage", "1 passage", "2 passages"]


def test_the_first_language_that_is_known_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen("de-CH,de;q=0.9,en;q=0.8") == "de"
    assert chosen("tlh, es;q=0.5, fr;q=0.7") == "fr"
    assert chosen("de;q=0, en") == "en"
    assert chosen("") == chosen("ja") == chosen("de;q=nonsense") == "en"
    monkeypatch.setenv("ESSAY_EXPLORER_LANG", "es")
    assert chosen("de") == "es"


def test_pseudo_languages_keep_the_holes() -> None:
    with speaking("en-XA"):
        assert say("Exclude {label}", label="trust") == "⟦Éxçlûdé trust~~~~~⟧"


COMMENTS = re.compile(r"/\*.*?\*/|(?m:(?:^|(?<=\s))//[^\n]*)", re.DOTALL)
CALLS = re.compile(r'\b(?:say|sayAround|sayN)\(\s*"(?:[^"\\\n]|\\.)*"(?:,\s*"(?:[^"\\\n]|\\.)*")?')
LITERALS = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
SENTENCE = re.compile(r"^[^<]*\b[A-Z][a-z’]+ [a-z]{2,}")


def sentences_in(script: str) -> list[str]:
    """The literals of a script that read as a sentence, and that it does not say."""
    literals = LITERALS.finditer(CALLS.sub("say(", COMMENTS.sub("", script)))
    return [found[0] for found in literals if SENTENCE.search(found[1] or found[2] or "")]


def test_no_sentence_of_a_script_stands_outside_the_catalogue() -> None:
    assert sentences_in('x = "Live connection lost";') == ['"Live connection lost"']
    assert sentences_in('x = say("Live connection lost"); // A comment says "Not this one"') == []
    scripts = [path for folder in FRONT for path in (PACKAGE / folder).glob("*.js")]
    outside = {path.name: sentences_in(path.read_text("utf-8")) for path in scripts}
    assert {name: found for name, found in outside.items() if found} == {}


NOT_SEEN = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<(style|script|code)\b.*?</\1>", re.DOTALL)
SEEN = re.compile(r'\b(?:aria-label|title|placeholder|alt|label)="([^"]*)"')
TEMPLATES = ("hub", "page", "rooms")  # what a notebook shows of a value is English
ALIKE = {"Aa"}  # in all languages


def words_in(template: str) -> list[str]:
    """What stands in a template as it is, and is to be seen or heard."""
    left = NOT_SEEN.sub("", template)
    left = " ".join([*SEEN.findall(left), re.sub(r"<[^<>]*>", " ", left)])
    return [word for word in re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", "", left)) if word not in ALIKE]


def test_no_word_of_a_template_stands_outside_the_catalogue() -> None:
    assert words_in('<p title="Not {{ x }}">{{ say("Yes") }} or</p>') == ["Not", "or"]
    templates = [path for folder in TEMPLATES for path in (PACKAGE / folder / "templates").glob("*.j2")]
    outside = {path.name: words_in(path.read_text("utf-8")) for path in templates}
    assert {name: found for name, found in outside.items() if found} == {}


NEVER = re.compile(r"(?!)")
BREAKS = {"fr": re.compile(r" [:;?!»%]|« "), "de": re.compile(" %"), "es": re.compile(" %")}


@pytest.mark.parametrize("language", OTHERS)
def test_no_line_breaks_before_a_sign_that_belongs_to_the_word_before_it(language: str) -> None:
    entries = Catalogue.of(language).entries.values()
    forms = [text for entry in entries for text in ([entry] if isinstance(entry, str) else entry.values())]
    assert [text for text in forms if BREAKS.get(language, NEVER).search(text)] == []
