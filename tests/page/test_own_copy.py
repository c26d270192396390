"""The page for a reader's own copy, as text: no word of the sealed text, and everything in it escaped."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from essay_explorer import Reading, ReadingError, ReadingWarning, open_copy, open_reading
from essay_explorer.cli.main import main
from essay_explorer.core.essay import Essay
from essay_explorer.library.sealed_sets import sealed_set, sealed_sets
from essay_explorer.page import own_copy
from essay_explorer.page.export import write_site
from essay_explorer.page.own_copy import page
from essay_explorer.sealed.sealing import QUOTED, seal
from essay_explorer.sealed.wording import Wording
from node import evaluating

HER = open_reading("her")
SEALED = seal(HER, source="https://example.org/film")
REVIEW = Path(__file__).parents[3] / "shared" / "review" / "her-review.txt"
DATA = re.compile(r'<script type="application/json" id="essay-explorer-(state|sealed)">(.*?)</script>', re.DOTALL)


def runs(text):
    words = Wording.of(text).words
    return {words[at : at + QUOTED] for at in range(len(words) - QUOTED + 1)}


def test_the_page_holds_no_six_words_of_the_text_in_a_row():
    assert runs(HER.essay.text) & runs(HER.essay.text[500:900])  # the check can fail
    assert not runs(HER.essay.text) & runs(unescape(page(SEALED)))


def test_the_page_of_the_original_holds_none_of_its_sentences():
    if not REVIEW.is_file():
        pytest.skip("../shared/review is not here: the original review is not part of this project")
    assert not runs(REVIEW.read_text("utf-8")) & runs(unescape(page(sealed_set("her-review"))))


def test_the_page_holds_the_facts_and_what_the_script_needs():
    made = page(SEALED)
    data = {name: json.loads(text) for name, text in DATA.findall(made)}
    assert data["state"]["Explorer"]["state"]["charts"] is None
    assert data["state"]["Lens"]["state"]["content"]["paragraphs"] == []
    assert data["sealed"]["annotations"] == json.loads(json.dumps([*map(asdict, SEALED.annotations)]))
    assert "nothing is sent" in made
    assert '<a href="https://example.org/film">https://example.org/film</a>' in made
    assert made == page(SEALED)


class Tags(HTMLParser):
    """Counts what a browser would make elements of."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, sorted(name for name, _ in attrs)))


def test_hostile_facts_and_notes_stay_letters():
    evil = "</script><script>alert(1)</script><!--\"'><img src=x onerror=alert(1)>"
    facts = tuple((name, f"{text} {evil}") for name, text in SEALED.facts if name != "language")
    entries = tuple(replace(entry, note=evil, creator=evil) for entry in SEALED.annotations)
    hostile = page(replace(SEALED, facts=facts, annotations=entries))
    harmless = page(replace(SEALED, facts=tuple((name, f"{text} x") for name, text in facts)))
    plain = [tag for tag in Tags(page(SEALED)).tags if tag[0] != "a"]  # no link is made of such an address
    assert Tags(hostile).tags == Tags(harmless).tags == plain
    data = dict(DATA.findall(hostile))
    assert json.loads(data["sealed"])["annotations"][0]["note"] == evil


@pytest.mark.parametrize("text", ["", "abc", "a" * 128, "é👩🏽‍🌾 " * 99, "x" * 1000])
def test_a_copy_has_the_fingerprint_that_python_gives_its_text(text):
    with evaluating(Path(own_copy.__file__).with_name("blake2b.js")) as evaluate:
        assert evaluate("(text) => blake2b.blake2b(text)", text) == Essay(text).fingerprint


@pytest.mark.parametrize("source", ["javascript:alert(1)", "a library", "https://example.org/ or a library"])
def test_only_an_address_becomes_a_link(source):
    assert "<a " not in page(seal(HER, source=source)).split("<script")[0]


def test_a_set_whose_text_is_not_opened_exports_as_this_page(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ESSAY_EXPLORER_LIBRARY", str(tmp_path / "library"))
    main_("export", "her-review", "--to", str(tmp_path / "x.html"))
    assert (tmp_path / "x.html").read_text("utf-8") == page(sealed_set("her-review"))
    assert main_("read", "her-review") == 1
    said = capsys.readouterr().err
    assert "essay-explorer open COPY" in said
    assert "is published at https://" in said
    assert "There is no reading" not in said


def main_(*arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return ended.value.code or 0


def test_a_site_has_the_page_and_leads_to_it(tmp_path):
    write_site([HER], tmp_path)
    assert (tmp_path / "essay-explorer/her-review.html").read_text("utf-8") == page(sealed_set("her-review"))
    assert '"copy":"essay-explorer/her-review.html"' in (tmp_path / "her.html").read_text("utf-8")
    assert '"copy":' not in (tmp_path / "essay-explorer/her.html").read_text("utf-8")  # that one is taken home


@pytest.fixture
def own_set(monkeypatch):
    monkeypatch.setattr("essay_explorer.library.new_reading.sealed_sets", lambda: (SEALED,))
    assert sealed_sets() != (SEALED,)


def test_a_copy_opens_in_a_notebook_and_nothing_is_written(own_set, tmp_path, monkeypatch):
    monkeypatch.setenv("ESSAY_EXPLORER_LIBRARY", str(tmp_path / "library"))
    (tmp_path / "mine.txt").write_text(HER.essay.text, encoding="utf-8")
    for copy in (tmp_path / "mine.txt", str(tmp_path / "mine.txt"), HER.essay.text):
        reading = open_copy(copy)
        assert isinstance(reading, Reading)
        assert [entry.text for entry in reading.passages()] == [entry.text for entry in HER.passages()]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_copy_with_losses_opens_with_a_report(own_set):
    part = "\n\n".join(HER.essay.text.split("\n\n")[:6])
    with pytest.warns(ReadingWarning, match=r"of 67 passages attached: .*\n(.*, lost: .*\n?)+"):
        reading = open_copy(part)
    assert 0 < len(reading.passages()) < 67


def test_what_is_no_copy_is_reported():
    with pytest.raises(ReadingError, match="is not a copy of the text of her-review"):
        open_copy("One paragraph that nobody sealed.\n\nAnd another one.")
    with pytest.raises(ReadingError, match=r"cannot be read: No such file"):
        open_copy("nowhere.txt")
