"""The shelf as text: what a reading is called, who wrote it, and its themes; whatever they say stays letters."""

from __future__ import annotations

from essay_explorer import Reading, open_reading
from essay_explorer.page.shelf import Entry, next_on, shelf

EVIL = '"><script>alert(1)</script>{{ 7*7 }}'


def test_an_entry_says_what_the_page_says() -> None:
    entry = Entry.of(open_reading("her"))
    assert entry.facts[0].startswith("After ")
    assert entry.facts[1:] == ["67\xa0passages", "5\xa0minutes"]
    trust = entry.themes[0]
    assert (trust.label, trust.code, trust.line) == ("Trust", "T", "solid")
    assert trust.colour.startswith("light-dark(#")


def test_a_static_shelf_has_no_script_and_leads_to_its_readings() -> None:
    page = shelf([("her.html", Entry.of(open_reading("her")))])
    assert "<script" not in page
    assert 'href="her.html"' in page
    assert "On Spike Jonze’s <em>Her</em>" in page


def test_a_shelf_without_a_reading_says_how_to_get_one() -> None:
    assert "essay-explorer open FILE" in shelf([])


def test_after_each_reading_comes_the_next_and_after_the_last_the_first() -> None:
    entry = Entry.of(open_reading("her"))
    entries = [("a/", entry), ("b/", entry)]
    assert next_on(entries, 0, up="../") == {"address": "../b/", "title": entry.title}
    assert next_on(entries, 1)["address"] == "a/"
    assert next_on(entries[:1], 0) == {}


def test_what_a_reading_says_stays_letters() -> None:
    front = f"---\ntitle: '{EVIL}'\nauthor: '{EVIL}'\nsubtitle: '{EVIL}'\nlanguage: '{EVIL}'\n---\n\nA text about it."
    book = f"facets:\n- id: theme\n  label: t\n  tags:\n  - {{id: one, label: '{EVIL}', code: '<b'}}\n"
    reading = Reading.from_texts(
        {"essay.md": front, "codebook.yml": book, "annotations.csv": "id,quote,theme\na1,about it,one\n"}
    )
    page = shelf([("x/", Entry.of(reading))], news="essay-explorer/news")
    assert "<script>alert" not in page
    assert "49" not in page.partition("<main")[2].partition("</main>")[0]
    assert page.count("<script") == 1
