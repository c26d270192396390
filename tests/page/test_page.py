"""The page as text: the essay in its first bytes, everything in it escaped, nothing from elsewhere."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from essay_explorer import Reading, open_reading, picture
from essay_explorer.page.blind import blinded
from essay_explorer.page.document import INSIDE, Parts, opening, whole
from essay_explorer.page.export import write_page, write_site
from essay_explorer.widgets.lens import SHARED

if TYPE_CHECKING:
    from pathlib import Path

READING = open_reading("her")
PAGE = opening(READING, Parts.beside(READING))
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
    parser.feed(PAGE[: PAGE.index("<script type=")])
    assert "\n\n".join(parser.texts) == READING.essay.text


def test_blocks_are_real_elements_in_the_first_bytes() -> None:
    reading = Reading.from_texts(
        {
            "essay.md": "# One\n\n## Two\n\n> q\n\n5. a\n7. b <i>\n\n- (iv\\) v\n\nc,\\\n  *d\\\ne*\n\n|x|y|\n|--|-:|\n|1|2|\n\n---\n\n"
            "```\nf\n\n  g\n```\n\nשלום"
        }
    )
    article = re.search(r"<article.*?</article>", opening(reading), re.DOTALL)[0]
    plain = re.sub(r'<a class="number".*?</a>| (?:class|dir|tabindex|role|aria-label)="[^"]*"|\n', "", article)
    assert plain == (
        '<article lang=""><h2>One</h2><h3>Two</h3><blockquote><p>q</p></blockquote>'
        '<ol><li value="5"><p>a</p></li><li value="7"><p>b &lt;i&gt;</p></li></ol>'
        '<ol><li value="4" type="i" style="list-style-type: \'(iv) \'"><p>v</p></li></ol>'
        '<p><span>c,</span><span style="--indent: 2"><em>d</em></span><span><em>e</em></span></p>'
        "<div><div><table><tbody>"
        '<tr><th scope="col">x\t</th><th scope="col" style="text-align: right">y</th></tr>'
        '<tr><td>1\t</td><td style="text-align: right">2</td></tr>'
        "</tbody></table></div></div><hr>"
        '<pre><span>f</span><span style="--indent: 2; --gap: 1">g</span></pre><p>שלום</p></article>'
    )
    assert not re.search(r"<article[^>]* dir=", article)  # each block has its own


def test_a_long_text_has_a_table_of_contents_and_a_short_one_has_none() -> None:
    source = "# One <i>\n\n## *Two*\n\n# Three\n\n" + "word " * 1200
    page = opening(Reading.from_texts({"essay.md": source}))
    nav = re.search(r"<nav class=.contents.*?</nav>", page, re.DOTALL)[0]
    assert re.findall(r'--depth: (\d)"><a href="#at=p(\d)">(.*?)</a>', nav) == [
        ("0", "1", "One &lt;i&gt;"),
        ("1", "2", "Two"),
        ("0", "3", "Three"),
    ]
    assert "<nav" not in opening(Reading.from_texts({"essay.md": source[:900]}))


def test_equal_readings_make_equal_pages() -> None:
    assert opening(open_reading("her"), Parts.beside(READING)) == PAGE


def test_the_page_holds_every_widget_and_its_module() -> None:
    models = json.loads(STATE.search(PAGE)[1])
    assert set(models) == {
        "Lens",
        "ThemeFilter",
        "EssayText",
        "PassageCard",
        "ChartPanel",
        "Tour",
        "Differ",
        "Explorer",
        "Marks",
        "MarkSheet",
    }
    assert next(iter(models)) == "Lens"  # a child comes before those that refer to it
    assert list(models)[-1] == "Explorer"
    assert models["EssayText"]["state"] == {"lens": "anywidget:Lens", "marks": "anywidget:Marks"}
    assert models["Explorer"]["state"]["text"] == "anywidget:EssayText"
    assert models["Lens"]["shared"] == list(SHARED)
    assert "kernel: ()" not in PAGE  # nothing of a reading's page is Python's
    for name in models:
        assert PAGE.count(f"\n{name}: (() => {{") == 1


def test_the_page_names_no_address_to_load_from() -> None:
    loads = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)""", PAGE[: PAGE.index("<script type=")])
    assert {load.split(",")[0] for load in loads if not load.startswith("#")} == {"data:image/svg+xml"}


def test_markup_in_a_reading_stays_letters() -> None:
    evil = "</script><script>alert(1)</script><!--"
    page = opening(
        Reading.from_texts(
            {"essay.md": f"---\ntitle: '{evil}'\nlanguage: '\"><b>'\n---\n\n{evil.replace('<!--', '')} {evil}"}
        )
    )
    assert page.count("<script") == 4  # what the device remembers, the state, the modules and what runs them
    assert "alert(1)</script>" not in page
    assert STATE.search(page)


def test_the_page_is_small() -> None:
    assert len(gzip.compress(PAGE.encode())) < 118_000  # as it goes over the wire
    styles = "".join(re.findall(r"<style[^>]*>(.*?)</style>", PAGE, re.DOTALL))
    assert not re.findall(r"[{}] /\*.*", styles)  # nothing in it is for us
    scripts = "".join(re.findall(r"<script(?! type=.application/json)[^>]*>(.*?)</script>", PAGE, re.DOTALL))
    assert not re.findall(r"/\*\*.*|^ +.*|.* // .*", scripts, re.MULTILINE)


def test_one_file_holds_its_charts_and_vega_as_text_that_ends_nothing() -> None:
    page = whole(READING)
    for place in (INSIDE.charts, INSIDE.vega):
        (inside,) = re.findall(rf'<script type="text/plain" id="{place[1:]}">(.*?)</script>', page, re.DOTALL)
        assert not re.search(r"<(/script|!--|script)", inside, re.IGNORECASE)
    assert json.loads(STATE.search(page)[1])["ChartPanel"]["state"]["vega"] == INSIDE.vega
    assert page.endswith("</body>\n</html>\n")


def test_without_charts_nothing_is_left_of_them() -> None:
    page = whole(READING, charts=False)
    models = json.loads(STATE.search(page)[1])
    assert "ChartPanel" not in models
    assert models["Explorer"]["state"]["charts"] is None
    assert INSIDE.vega[1:] not in page


def test_making_a_page_leaves_no_widget_behind() -> None:
    from ipywidgets.widgets.widget import _instances

    before = set(_instances)
    whole(READING, charts=False)
    assert set(_instances) <= before


def test_an_essay_of_nobody_names_nobody() -> None:
    assert '<p class="credit"><span>1\xa0minute</span> </p>' in opening(Reading.from_texts({"essay.md": "Alone."}))


def test_a_link_to_a_site_shows_its_picture_by_whole_address(tmp_path: Path) -> None:
    write_site([READING], tmp_path, url="https://essays.example.edu/film")
    for name in ("index.html", "her.html", "essay-explorer/her.html"):
        page = (tmp_path / name).read_text(encoding="utf-8")
        assert re.findall(r'property="og:image" content="(.*?)"', page) == ["https://essays.example.edu/film/her.png"]
    assert (tmp_path / "her.png").read_bytes() == picture(READING, address="essays.example.edu/film/her.html")


def test_without_an_address_the_picture_is_beside_the_page_and_a_file_alone_has_none(tmp_path: Path) -> None:
    write_site([READING], tmp_path)
    assert 'property="og:image" content="her.png"' in (tmp_path / "her.html").read_text(encoding="utf-8")
    assert "og:image" not in whole(READING)
    assert (tmp_path / "her.png").read_bytes() == picture(READING)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://essays.example.edu/film/her.html", "https://essays.example.edu/film/Her%20again.png"),
        ("https://essays.example.edu/film/", "https://essays.example.edu/film/Her%20again.png"),
        ("https://essays.example.edu", "https://essays.example.edu/Her%20again.png"),
    ],
)
def test_a_link_to_one_file_that_has_an_address_shows_the_picture_beside_it(
    tmp_path: Path, address: str, shown: str
) -> None:
    page, beside = tmp_path / "Her again.html", tmp_path / "Her again.png"
    assert write_page(READING, page, charts=False, url=address) == [page, beside]
    assert re.findall(r'property="og:image" content="(.*?)"', page.read_text(encoding="utf-8")) == [shown]
    assert beside.read_bytes() == picture(READING, address=address.partition("://")[2])


def test_a_blind_page_counts_no_passages() -> None:
    page = opening(blinded(open_reading()))
    assert "0\N{NO-BREAK SPACE}passages" not in page
    assert "5\N{NO-BREAK SPACE}minutes" in page
