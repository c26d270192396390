"""The page as text: the essay in its first bytes, everything in it escaped, nothing from elsewhere."""

from __future__ import annotations

import json
import os
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from essay_explorer import Reading, open_reading
from essay_explorer.page.html import opening, opening_of

if TYPE_CHECKING:
    from pathlib import Path

READING = open_reading("her")
PAGE = opening(READING)
STATE = re.compile(r'<script type="application/json" id="essay-explorer-state">(.*?)</script>', re.DOTALL)


class Paragraphs(HTMLParser):
    """Collects the text of the paragraphs of the article."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p" and ("class", "paragraph") in attrs:
            self.inside = "p"
            self.texts.append("")
        elif tag == "a":
            self.inside = ""

    def handle_endtag(self, tag: str) -> None:
        self.inside = {"p": "", "a": "p"}.get(tag, self.inside)

    def handle_data(self, data: str) -> None:
        if self.inside and self.texts:
            self.texts[-1] += data


def test_the_whole_essay_is_in_the_html_before_any_script() -> None:
    parser = Paragraphs()
    parser.feed(PAGE[: PAGE.index("<script")])
    assert "\n\n".join(parser.texts) == READING.essay.text


def test_equal_readings_make_equal_pages() -> None:
    assert opening(open_reading("her")) == PAGE


def test_the_page_holds_every_widget_and_its_module() -> None:
    models = json.loads(STATE.search(PAGE)[1])
    assert set(models) == {"Lens", "ThemeFilter", "EssayText", "PassageCard", "Explorer"}
    assert next(iter(models)) == "Lens"  # a child comes before those that refer to it
    assert list(models)[-1] == "Explorer"
    assert models["EssayText"] == {"lens": "anywidget:Lens"}
    assert models["Explorer"]["text"] == "anywidget:EssayText"
    for name in (*models, "kernel"):
        assert PAGE.count(f"\n{name}: () => {{") == 1


def test_the_page_names_no_address_to_load_from() -> None:
    loads = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)""", PAGE[: PAGE.index("<script")])
    assert {load.split(",")[0] for load in loads if not load.startswith("#")} == {"data:image/svg+xml"}


def test_markup_in_a_reading_stays_letters() -> None:
    evil = "</script><script>alert(1)</script><!--"
    page = opening(
        Reading.from_texts(
            {"essay.md": f"---\ntitle: '{evil}'\nlanguage: '\"><b>'\n---\n\n{evil.replace('<!--', '')} {evil}"}
        )
    )
    assert page.count("<script") == 2  # the state and the host
    assert "alert(1)</script>" not in page
    assert STATE.search(page)


def test_a_changed_file_makes_a_new_page(tmp_path: Path) -> None:
    essay = tmp_path / "essay.md"
    essay.write_text("First.", encoding="utf-8")
    assert "First." in opening_of(str(tmp_path))
    essay.write_text("Second.", encoding="utf-8")
    os.utime(essay, (1, 1))
    assert "Second." in opening_of(str(tmp_path))


def test_the_page_is_small() -> None:
    assert len(PAGE.encode()) < 150_000


def test_an_essay_of_nobody_names_nobody() -> None:
    assert '<p class="credit">0 passages · 1 minute</p>' in opening(Reading.from_texts({"essay.md": "Alone."}))
