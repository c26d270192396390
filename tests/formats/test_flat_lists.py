"""Lists that Google Docs and Word write side by side, or as paragraphs, stand in one another as their readers see them."""

from __future__ import annotations

from essay_explorer.formats.webpage import from_html

STYLE = '<style>.lst-kix_a-1>li:before{content:"" counter(lst-ctn-kix_a-1,lower-latin) ". "}</style>'


def google(level: int, *entries: str, start: int = 1, name: str = "ol", key: str = "a") -> str:
    lis = "".join(f"<li><span>{entry}</span></li>" for entry in entries)
    return f'<{name} class="c1 lst-kix_{key}-{level} start" start="{start}">{lis}</{name}>'


def word(level: int, label: str, words: str, key: str = "l0") -> str:
    gap = "<span style='font:7.0pt'>&nbsp;&nbsp;</span>"
    marker = f"<![if !supportLists]><span style='mso-list:Ignore'>{label}{gap}</span><![endif]>"
    return f"<p class=MsoList style='margin:0;mso-list:{key} level{level} lfo1'><b>{marker}</b>{words}</p>\n"


def read(body: str) -> tuple[str, ...]:
    return from_html(f"<html><head>{STYLE}</head><body>{body}</body></html>").blocks


def test_a_deeper_list_of_google_docs_stands_in_the_entry_above() -> None:
    lists = google(0, "one", "two") + google(1, "two a") + google(2, "deep", name="ul") + google(0, "three", start=3)
    after = google(0, "four", start=4) + google(0, "other", name="ul", key="b")
    assert read(f"{lists}<p>Between.</p>{after}<p>End.</p>") == (
        "1. one",
        "2. two",
        "   - a\\. two a",
        "     - deep",
        "3. three",
        "Between.",
        "4. four",
        "- other",
        "End.",
    )


def test_what_stands_around_a_number_is_kept() -> None:
    sheet = (
        '<style>.lst-kix_a-1>li:before{content:"(" counter(lst-ctn-kix_a-1,lower-roman) ") "}'
        ".lst-kix_a-2>li:before{content: counter(lst-ctn-kix_a-2,decimal)}</style>"
    )
    assert read(sheet + google(0, "one") + google(1, "a", "b") + google(2, "c")) == (
        "1. one",
        "   - (i\\) a",
        "   - (ii\\) b",
        "     1. c",
    )
    labels = ("(1)", "2.1.", "[3]", "Thesis 4:")
    assert read("".join(word(1, label, "x") for label in labels)) == (
        "- (1\\) x",
        "- 2.1\\. x",
        "- [3\\] x",
        "- Thesis 4: x",
    )


def test_a_style_sheet_says_what_stands_before_entries() -> None:
    sheet = (
        '<style>ol.p{list-style:none} ol.p>li::before{content:"(" counter(l, lower-alpha) ") "} .q{list-style:upper-roman inside}'
        "ol{list-style:none}</style>"
    )
    two = "<li>x</li><li>y</li></ol><p>z</p>"
    page = f"{sheet}<ol class=p>{two}<ol class='a q'>{two}<ol>{two}<ol class=q type=a>{two}"
    assert read(page + """<ol style="list-style-type:'[3] '"><li>x</li></ol>""") == (
        *("- (a\\) x", "- (b\\) y", "z", "- I\\. x", "- II\\. y", "z", "1. x", "2. y", "z"),
        *("- a\\. x", "- b\\. y", "z", "- [3\\] x"),
    )


def test_paragraphs_of_word_that_are_entries_are_lists() -> None:
    lists = word(1, "1.", "one") + word(1, "2.", "two") + word(2, "a)", "two a") + word(2, "b)", "two b")
    more = word(1, "3.", "<i>three</i>") + word(1, "·", "bullet", "l1") + word(2, "o", "deep", "l1")
    assert read(f"<p>So:</p>{lists}{more}<p>End.</p>{word(1, '7.', 'seven', 'l2')}") == (
        "So:",
        "1. one",
        "2. two",
        "   - a\\) two a",
        "   - b\\) two b",
        "3. *three*",
        "- bullet",
        "  - deep",
        "End.",
        "7. seven",
    )


def test_titles_above_a_text_of_google_docs_and_word_are_its_titles() -> None:
    text = "<h1>Part</h1><p>Text.</p>"
    google = f'<body class="c1 doc-content"><p class="c2 title">Lamp</p><p class="subtitle">Again</p>{text}<p class=title>End'
    word = f"<body><p class=MsoTitle>Lamp</p><p class=MsoSubtitle>Again</p>{text}<p class=MsoTitle>End"
    for page in (google, word):
        made = from_html(page)
        assert (made.title, made.subtitle, made.blocks) == ("Lamp", "Again", ("# Part", "Text.", "End"))
    assert from_html("<body><p class=title>Lamp</p><p>Text.").blocks == ("Lamp", "Text.")


def test_no_word_is_lost_where_an_entry_has_no_label() -> None:
    assert read("<p style='mso-list:l0 level1'>One.<p style='mso-list:l0 level1'></p><p>Two.") == ("- One.", "Two.")
