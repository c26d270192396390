"""What a notebook shows of a value: tables for everyone, content as letters, short however long the essay."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.formatters import DisplayFormatter

from essay_explorer import open_reading
from essay_explorer.anchoring.segments import Span
from essay_explorer.core.annotation import Annotation, Relation
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import Fault
from essay_explorer.core.reading import Reading
from essay_explorer.core.tag import Facet, Tag

if TYPE_CHECKING:
    from essay_explorer.core.passage import Passage
    from essay_explorer.core.passages import Passages

VOID = {"br"}
KNOWN = {
    "div", "style", "p", "strong", "em", "br", "ul", "li", "code", "table", "caption", "thead", "tbody", "tr", "th", "td", "span", "b", "q",
}  # fmt: skip
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;</table></style>"


class Page(HTMLParser):
    """HTML as a reader meets it: the elements with their attributes, and the text outside of styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == [], "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


def page(value: object) -> Page:
    return Page(value._repr_html_())  # type: ignore[attr-defined]


def hostile() -> Reading:
    """A reading with markup wherever text can be, made past all readers of files."""
    tag = Tag("t", HOSTILE, HOSTILE, "<b", questions=(HOSTILE,), aliases=(HOSTILE,))
    essay = Essay(
        f"{HOSTILE}\n\nmore", HOSTILE, (("script", Span(0, 8)), ("em", Span(3, 12))), HOSTILE, HOSTILE, HOSTILE, license=HOSTILE, language='en"><b>'
    )  # fmt: skip
    book = Codebook(HOSTILE, (Facet("f", HOSTILE, HOSTILE, (tag,)),))
    entry = Annotation("a<b>", "more", tags=("t", "<i>"), note=HOSTILE, creator=HOSTILE)
    fault = Fault(HOSTILE, HOSTILE, 3, HOSTILE)
    return Reading(essay, book, (entry,), (Relation("a<b>", "supports", "a<b>", HOSTILE),), HOSTILE, (fault,))


@pytest.fixture(scope="module")
def her() -> Reading:
    return open_reading("her")


def shown_of(reading: Reading) -> list[Reading | Essay | Codebook | Passage | Passages]:
    return [reading, reading.essay, reading.codebook, *reading.passages()[:1], reading.passages()]


def test_a_reading_tells_what_it_is_and_how_often_each_tag_is_given(her: Reading) -> None:
    text = page(her).text
    for part in (her.essay.author, "67 annotations, 42 relations", "10 paragraphs, 1,191 words", "Few films have"):
        assert part in text
    assert "T\N{NO-BREAK SPACE}Trust 23, A\N{NO-BREAK SPACE}Alienness 13" in text
    assert "Scarlett Johansson (found by their names)" in text
    assert "fault" not in text


def test_an_essay_shows_its_emphasis_and_how_it_begins(her: Reading) -> None:
    html = her.essay._repr_html_()
    assert "On Spike Jonze’s <em>Her</em>" in html
    assert "as Spike Jonze’s <em>Her</em>. It has serious things" in html
    assert html.count('<th scope="row">') == 3
    assert "…</span>" in html


def test_a_short_essay_is_there_in_full() -> None:
    shown = page(Essay("One.\n\nTwo words.", "Brief")).text
    assert "2 paragraphs, 3 words\n" in shown
    assert "One." in shown
    assert "Two words." in shown
    assert "…" not in shown


def test_emphasis_that_goes_on_past_the_letters_shown_ends_with_them() -> None:
    text = "word " * 200
    shown = Essay(text.strip(), emphasis=(("em", Span(5, 900)), ("strong", Span(10, 14))))._repr_html_()
    assert re.search(r"word <em>word </em><em><strong>word</strong></em><em>( word)+</em>…", shown)


def test_a_codebook_has_a_row_for_each_tag_under_its_facet(her: Reading) -> None:
    shown = page(her.codebook)
    scopes = [attributes["scope"] for tag, attributes in shown.elements if tag == "th"]
    assert scopes.count("rowgroup") == 3
    assert scopes.count("row") == len(her.codebook.tags)
    assert "By name: Theodore, Theo, Twombly" in shown.text
    assert her.codebook.tags["trust"].definition in shown.text


def test_a_passage_shows_its_words_its_tags_and_its_note(her: Reading) -> None:
    passage = next(one for one in her.passages() if one.id == "a34")
    shown = page(passage)
    for part in ("Passage a34 in paragraph 5", passage.text, "alienness, question", passage.annotation.note):
        assert part in shown.text


def test_passages_are_a_table_and_in_a_terminal_lines_of_text(her: Reading) -> None:
    formatter = DisplayFormatter()
    found = her.passages(theme="trust")
    several, _ = formatter.format(found[:2])
    shown = page(found[:2])
    assert shown.count("tr") == 3
    for part in (found[0].id, found[1].text, found[1].note, "T\N{NO-BREAK SPACE}Trust"):
        assert part in shown.text
    assert several["text/html"] == found[:2]._repr_html_()
    assert several["text/plain"] == f"{found[0]}\n{found[1]}"


def test_of_many_passages_the_first_are_shown_and_the_others_counted(her: Reading) -> None:
    shown = page(her.passages())
    assert "67 passages" in shown.text
    assert "and 7 more" in shown.text
    assert shown.count("tr") == 1 + 60 + 1


def test_every_table_has_a_caption_and_every_header_says_what_it_heads(her: Reading) -> None:
    for value in [*shown_of(her), *shown_of(hostile())]:
        shown = page(value)
        assert shown.count("table") == shown.count("caption") > 0
        assert all(
            attributes["scope"] in {"row", "col", "rowgroup"} for tag, attributes in shown.elements if tag == "th"
        )
        assert shown.elements[0][1]["lang"] == "en"


def test_nothing_has_an_id_a_script_or_an_address_and_the_style_keeps_to_its_root(her: Reading) -> None:
    for value in [*shown_of(her), *shown_of(hostile())]:
        shown = page(value)
        assert {tag for tag, _ in shown.elements} <= KNOWN
        assert {name for _, attributes in shown.elements for name in attributes} <= {
            "class", "lang", "dir", "scope", "colspan", "style",
        }  # fmt: skip
        (style,) = re.findall(r"<style>(.*?)</style>", value._repr_html_(), re.DOTALL)
        selectors = re.findall(r"^(\S.*) \{", style, re.MULTILINE)
        assert len(selectors) > 5
        assert all(
            re.match(r"(body\[data-jp-theme-light=\"\w+\"\] )?\.essay-explorer-representation", one)
            for one in selectors
        )


def test_markup_in_content_shows_as_the_letters_that_it_is() -> None:
    reading = hostile()
    for value in shown_of(reading):
        shown = page(value)
        assert "alert(1)" in shown.text
        assert not [attributes for _, attributes in shown.elements if "url" in (attributes.get("style") or "")]
    assert page(reading).text.count(HOSTILE) >= 6


def test_a_tag_is_known_by_its_code_and_line_and_without_style_by_its_label(her: Reading) -> None:
    html = her.codebook._repr_html_()
    ending = '<b>E</b>&nbsp;<span style="text-decoration: underline double 2px light-dark(#B51E3C, #F58A9B)">The ending critique</span>'
    assert ending in html
    assert '<span class="tag"><span>Claim</span></span>' in html


def test_faults_are_reported_the_first_ones_in_full() -> None:
    faults = tuple(Fault("essay.md", f"wrong {number}", number) for number in range(1, 6))
    text = page(Reading(Essay("Text."), parsing_faults=faults)).text
    assert "5 faults:" in text
    assert "essay.md, row 3: wrong 3" in text
    assert "row 4" not in text
    assert "and 2 more: reading.faults" in text


@pytest.mark.parametrize("reading", [Reading(Essay("")), Reading(Essay("One."), Codebook(facets=(Facet("f", "F"),)))])
def test_what_is_empty_shows_as_such(reading: Reading) -> None:
    for value in shown_of(reading):
        assert page(value).count("table") >= 1
    assert "0 annotations, 0 relations" in page(reading).text
    assert "Codebook: 0 tags" in page(reading.codebook).text


def test_a_long_reading_shows_at_once_and_in_brief(her: Reading) -> None:
    paragraph = "word and word " * 40
    essay = Essay("\n\n".join([paragraph.strip()] * 8_400))
    tags = tuple(Tag(f"t{number}", f"Tag {number}") for number in range(500))
    entries = tuple(Annotation(f"a{number}", "nowhere", tags=("t1",)) for number in range(10_000))
    reading = Reading(essay, Codebook(facets=(Facet("f", "F", tags=tags),)), entries)
    reading.__dict__["faults"] = ()  # opening has found them
    start = process_time()
    html = reading._repr_html_()
    assert process_time() - start < 1  # 0.08 s on an idle machine, nearly all of it counting words
    assert "_all" not in reading.__dict__, "passages were sought"
    assert "8400 paragraphs, 1,008,000 words; how the first 3 begin" in html
    assert "t1" not in html
    assert "Tag 1 10000" in Page(html).text
    assert "and 440 more" in html
    assert len(html) < 12_000
    assert len(reading.codebook._repr_html_()) < 14_500


@given(st.text(max_size=400), st.text(max_size=40))
def test_any_text_gives_sound_html_that_holds_it(text: str, label: str) -> None:
    essay = Essay(text, title=label)
    tag = Tag("t", label, definition=text)
    shown = page(Codebook(facets=(Facet("f", "F", tags=(tag,)),)))
    page(Reading(essay))
    assert label.replace("\r", "\n").replace("\0", "�") in shown.text.replace("\0", "�").replace("\r", "\n")


def test_the_lines_of_verse_stay_lines() -> None:
    assert "<em>Roses,<br>violets</em>" in Essay.from_markdown("*Roses,\\\nviolets*")._repr_html_()
