"""Web pages read as data, with their litter and without, however broken they are."""

from __future__ import annotations

import contextlib
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import ReadingError
from essay_explorer.formats import cleaning
from essay_explorer.formats.pieces import MostlyMarkupError
from essay_explorer.formats.webpage import from_html
from essay_explorer.library.new_reading import new_reading

WORDS = "The film asks what trust is, and it asks so well that nobody minds how seldom it answers. " * 3


def text_of(source: str, *, clean: bool = False) -> str:
    return "\n".join(from_html(source, clean=clean).blocks)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>One <em>two</em> <b>three</b></p><p>four", "One *two* **three**\nfour"),
        ("one<br>two<br><br>three", "one\\\ntwo\nthree"),
        ("one<br>\n<br/> three", "one\nthree"),
        ("<blockquote><p>said<p>so</blockquote>", "> said\n>\n> so"),
        ("<h2>Part</h2><h3>C#</h3>", "## Part\n### C\\#"),
        ("<ul><li>a<li>b<ol><li>c</ol></ul>d", "- a\n- b\n  1. c\nd"),
        ("<p>it&rsquo;s &lt;b&gt; &amp;amp;</p>", "it’s \\<b> \\&amp;"),
        ('so.<a href="#n"><sup>1</sup></a> m<sup>2</sup>', "so.[1] m²"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "|  |  |\n|---|---|\n| a | b |\nc"),
        (
            "<table><tr><th>a<th>b<tr><td colspan=2>c<tr><td rowspan='2'>d<td>e<tr><td>f<tr><td>g<td>h</table>",
            "| a | b |\n|---|---|\n| c |  |\n| d | e |\n|  | f |\n| g | h |",
        ),
        (
            "<table><tr><td>a<td rowspan=2>b<td>c<tr><td>d<td>e</table>",
            "|  |  |  |\n|---|---|---|\n| a | b | c |\n| d |  | e |",
        ),
        (
            "<table><tr><td colspan=99999>a<td>b<tr><td rowspan=x>c<td>d</table>",
            "|  |  |\n|---|---|\n| a | b |\n| c | d |",
        ),
        ("a<hr><hr>b<hr>", "a\n* * *\nb"),
        (
            "<ol start=5><li><p>a<p>b<blockquote>c</blockquote><ul><li>d</ul><li value=9>e</ol>",
            "5. a\n   b\n   > c\n   - d\n9. e",
        ),
        ("<ul><li><h3>a</h3><p>b<ul><li><ul><li>c</ul></ul></ul>", "### a\nb\n- - c"),
        ("<blockquote><ul><li>a<br>b<p>c</ul></blockquote>", "> - a\\\n>   b\n>\n>   c"),
        ("<ul><li>a<li></li></ul>b", "- a\nb"),
        ("<ul><li></ul><p>b<ol><li>c<ul><li></ul>d</ol>", "b\n1. c\n   d"),
        ("<ul><li><ul></ul>a</ul><li></li>b", "- a\nb"),
        ("<li>a<li><blockquote>b</blockquote></ul><li>c", "- a\n> - b\n- c"),
        ("<q>so</q>", "“so”"),
        (
            'It is<span class="sidenote">A <i>side</i> note.</span> so<span class="footnote">Two</span>.',
            "It is[1] so[2].\n[1] A *side* note.\n[2] Two",
        ),
        (
            'So<span class="footnote">[1]</span> <small class="footnote">2</small><p><span class="footnote">Three',
            "So[1] [2]\nThree",
        ),
        (
            'So<a href="#fn1"><sup>1</sup></a>.<p id="fn1">A note. <a href="#fnref1">Back to text</a>',
            "So[1].\n[1] A note.",
        ),
        ('A <a href="#top">way back</a>, and <a href="#top">up</a>', "A way back, and up"),
        ("<pre>one\n two\n\nthree</pre>", "one\\\n two\nthree"),
        ("<pre><i>one</i> = {\n\n}</pre>", "*one* = {\n}"),
        ("<pre>\nx = {}\r\n\r\n  y = `*x*`<br>  \n</pre>after", "```\nx = {}\n\n  y = `*x*`\n```\nafter"),
        ("a<pre><code>one &lt;<b>two</b>\n\n```\n</code></pre>", "a\n````\none <two\n\n```\n````"),
        ("<pre class='highlight'><span>one</span>\n\n\ntwo</pre>", "```\none\n\n\ntwo\n```"),
        ("<pre><code> \n</code></pre>a", "a"),
        ("<ol><li><pre>x = [\n\n]</pre><p>so</ol>", "1. ```\n   x = [\n   \n   ]\n   ```\n   so"),
        ("<blockquote><pre>x = [\n\n]</pre></blockquote>", "> ```\n> x = [\n> \n> ]\n> ```"),
        ("<table><tr><td>1<td><pre>x = [\n\n]</pre></table>", "1\n```\nx = [\n\n]\n```"),
        ("<p>a<pre>x = [\n\n]", "a\nx = [\n]"),
        ("<ul><li>one<br>two</ul>", "- one\\\n  two"),
        ("<h2>one<br>two</h2>", "## one two"),
        ("<blockquote>one<br><i>two<br>three</i></blockquote>", "> one\\\n> *two\\\n> three*"),
        ("<b>open<p>still", "**open**\n**still**"),
        ("a < b and c > d", "a \\< b and c > d"),
        ("<p>a</div></em>b", "a\nb"),
        ("before<!-- <p>not</p> -->after", "beforeafter"),
        ('<p title="a > b">text', "text"),
        ('<p class="x>a <a href=y">b</a>', "b"),
        ('<p class="open>text</p><p>more</p>', "text\nmore"),
        ("<ruby>明日<rt>あした</ruby>は<ruby>雨<rp>(<rt>あめ<rp>)</ruby>", "明日(あした)は雨(あめ)"),
        ("<p>a <rp>b</p><p>c", "a\nc"),
    ],
)
def test_markup_becomes_the_markdown_of_an_essay(source: str, text: str) -> None:
    assert text_of(source) == text


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<msup><mi>r</mi><mn>2</mn></msup><mi>π</mi>", "r²π"),
        ("<msub><mi>x</mi><mi>i</mi></msub><mo>&#x2062;</mo><mi>y</mi>", "x_iy"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a + b)/2"),
        ("<semantics><msqrt><mi>x</mi></msqrt><annotation>\\sqrt x</annotation></semantics>", "√x"),
        ("", "x squared"),
    ],
)
def test_a_formula_is_written_on_one_line(formula: str, text: str) -> None:
    source = f"<p>So <math alttext='x squared'>{formula}</math> it is."
    assert text_of(source).replace("\\", "") == f"So {text} it is."


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>alert('<p>no</p>')</script>",
        "<STYLE>p { content: 'no' }</STYLE >",
        "<svg><title>no</title><text>no</text></svg>",
        "<template><p>no</p></template>",
        "<noscript>no</noscript>",
        "<iframe src='https://example.org'>no</iframe>",
        "<img src='https://example.org/no.png' onerror='no()'>",
        "<button onclick='no()'>no</button>",
        "<?php no ?>",
    ],
)
def test_what_runs_or_is_fetched_is_gone(hidden: str) -> None:
    assert text_of(f"<p>a {hidden}</p><p>b") == "a\nb"
    assert text_of(f"<p>a {hidden} c") == "a c"


def test_a_page_tells_its_title_its_author_and_its_language() -> None:
    head = '<html lang="de-AT"><title>A &amp; B | Site</title><meta name="author" content="Ann"><meta name=author content=Bob>'
    made = from_html(f"{head}<p>text")
    assert (made.title, made.author, made.language) == ("A & B | Site", "Ann, Bob", "de-AT")
    assert from_html(f"{head}<h1>On <i>Her</i></h1><p>text").title == "On *Her*"
    assert from_html(f"{head}<h1>One</h1><h1>Two</h1>").blocks == ("# One", "# Two")
    assert from_html(f"{head}<nav><p>Menu</p></nav><h1>On Her</h1><p>text").title == "On Her"


def test_a_heading_in_the_middle_is_no_title_and_stays() -> None:
    made = from_html("<title>A file</title><p>Before.</p><h1>Part two</h1><p>After.</p>")
    assert (made.title, made.blocks) == ("A file", ("Before.", "# Part two", "After."))


def test_what_an_essay_cannot_hold_is_reported() -> None:
    made = from_html("<img><table><tr><td>a<td>b</table><p>c")
    assert made.notices == ("1 picture left out.",)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('<p>A <span style="font-style: italic">book</span>.', "A *book*."),
        ('<p>A <SPAN STYLE="Font-Weight:700">book</SPAN>.', "A **book**."),
        ('<p>A <font style="font: italic bold 12px serif">book</font>.', "A ***book***."),
        ('<p style="font-style:oblique">All.<p>Not.', "*All.*\nNot."),
        (
            '<div style="font-style:italic"><p>All <span style="font-style:normal">but</span> this.</p></div><p>Not.',
            "*All* but *this.*\nNot.",
        ),
        (
            "<style>.c1{font-style:italic}</style><p>In <span class='c2 c1'>The Lamp</span>, light.",
            "In *The Lamp*, light.",
        ),
        (
            "<style>/* .c{} */ b.x, .c { color:red; font-weight:bold }</style><p>A <b>c</b> <i class=c>d</i>.",
            "A **c** ***d***.",
        ),
        ("<style>i{font-style:normal}</style><p>A <i>b</i>.", "A b."),
        ("<style>.c{font-style:italic}</style><p>A <span class=c>b<span>c</span></span> d.", "A *bc* d."),
        ("<style>.c{font-weight:400}</style><h2><span class=c>Head</span></h2>", "## Head"),
        ('<h2 style="font-weight:bold">Head</h2>', "## Head"),
        ('<p style="white-space: pre-wrap">one\n two</p><p>three\nfour', "one\\\n two\nthree four"),
        ("<p><b><i>x</b>y</i> z", "***x****y* z"),
    ],
)
def test_words_look_as_their_styles_say(source: str, text: str) -> None:
    assert text_of(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "<table><tr><td><p>Year</p></td><td><p>Film</p></td></tr><tr><td><p>2013<td><div>Her</table>",
            "|  |  |\n|---|---|\n| Year | Film |\n| 2013 | Her |",
        ),
        ("<table><tr><th>a<br>b</th><td><ul><li>c<li>d</ul></td></tr></table>", "|  |  |\n|---|---|\n| a b | c d |"),
        ("<table><tr><th>a|b<th>c<tr><td><td>d</table>", "| a\\|b | c |\n|---|---|\n|  | d |"),
        ("<table><tr><td></td><td>alone</td></tr></table>", "alone"),
        ("<table><tr><td>a<td><table><tr><td>b<td>c</table></table>", "a\n|  |  |\n|---|---|\n| b | c |"),
        (f"<table><tr><td>Menu<td>{'<p>Long.</p>' * 5}</table>", "Menu" + "\nLong." * 5),
        (f"<table><tr><td>Menu<td>{WORDS * 3}</table>", f"Menu\n{(WORDS * 3).strip()}"),
    ],
)
def test_a_row_of_data_stays_one_and_a_laid_out_page_is_none(source: str, text: str) -> None:
    assert text_of(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('<p>robin<a class="noteref" href="#n3">3</a>', "robin[3]"),
        ('<p>robin<a role="doc-noteref" href="notes.xhtml#n3">3</a>', "robin[3]"),
        ('<p>robin<a href="#fn3">[³]</a> and [<a href="#fn4">⁴</a>]', "robin[3] and [4]"),
        ('<p>robin<sup><a href="#n1">[1]</a></sup>', "robin[1]"),
        ('<p>robin<a href="#_ftn1"><sup>[1]</sup></a>', "robin[1]"),
        ('<p>robin<sup class="noteref">3</sup> m<sup>2</sup>', "robin[3] m²"),
        ('<p>robin<a role="doc-noteref" href="#x">*</a>', "robin[\\*]"),
        ('<p>See <a href="#p12">12</a> and <a href="#note-on">a note</a>.', "See 12 and a note."),
        ('<section class="footnotes"><ol><li>Note. <a href="#r1" role="doc-backlink">back</a></ol>', "[1] Note."),
        ('<section role="doc-endnotes"><p>1. Note. <a href="#fnref1">↩︎</a></p></section>', "[1] Note."),
        *(
            (f'<section role="doc-endnotes"><p>1. Note. <a href="#fnref1">{arrow}</a></p></section>', "[1] Note.")
            for arrow in ("↵", "[↲]", "⬅️", "⟵", "🔙")
        ),
        ('<aside epub:type="footnote"><p><a href="#r1">1</a> Note.</p></aside>', "[1] Note."),
        ('<div class="footnote"><p><sup>1</sup> Note.</p></div>', "[1] Note."),
        ('<p>Note. <a href="#ref1" class="reversefootnote">&#8617;</a>', "Note."),
        ('<p>Go <a href="https://example.org">↑</a>', "Go ↑"),
        (
            '<h2 id="two">Two <a class="headerlink" href="#two">¶</a></h2><p>C <a href="https://e.org/#a">#</a>',
            "## Two\nC #",
        ),
        ("<ol start=4><li>a<li value=9>b<li>c</ol>", "4. a\n9. b\n10. c"),
    ],
)
def test_notes_and_their_marks_have_one_form(source: str, text: str) -> None:
    assert text_of(source) == text


@pytest.mark.slow
def test_a_book_of_poems_is_no_hollow_page() -> None:
    lines = "<br>\n".join(f"Line {number} of it" for number in range(12_000))
    verses = "".join(f"<p><span>Line {number}</span><br/></p>" for number in range(30_000))
    assert len(from_html(f"<p>{lines}").blocks[0].split("\n")) == 12_000
    assert len(from_html(verses).blocks) == 30_000
    with pytest.raises(MostlyMarkupError):
        from_html("<p>a" * 30_000)


PAGE = f"""<body class="has-sidebar"><header><a href=/>Home</a></header><nav><ul><li>Menu</ul></nav>
<div id="cookie-notice"><p>We use cookies on this site.</p></div><main><article><header><h1>On Her</h1></header>
<p>{WORDS}</p><p>A short one.</p><p>Grandmother bakes cookies.</p><div class="share-buttons"><a>Tweet</a></div>
<p>Share this:</p><aside>More of ours</aside><footer>Written in 2014.</footer></article></main>
<section class="comments"><p>{"First comment, and a long one. " * 9}</p></section><footer>© 2014 Site</footer></body>"""


def test_cleaning_leaves_out_what_is_no_part_of_the_essay_and_says_so() -> None:
    made = from_html(PAGE, clean=True)
    assert (made.title, made.blocks) == ("On Her", (WORDS.strip(), "A short one.", "Grandmother bakes cookies."))
    assert made.left_out == (
        "Home", "- Menu", "We use cookies on this site.", "Tweet", "Share this:", "More of ours", "Written in 2014.",
        ("First comment, and a long one. " * 9).strip(), "© 2014 Site",
    )  # fmt: skip


def test_without_cleaning_everything_stays() -> None:
    made = from_html(PAGE)
    assert len(made.blocks) == len(from_html(PAGE, clean=True).blocks) + 9
    assert made.left_out == ()


@pytest.fixture(params=["trafilatura", "own rules"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With trafilatura, and where it is not installed."""
    if request.param == "own rules":
        monkeypatch.setattr(cleaning, "find_spec", lambda _: None)


TEXTS = [f"{first} {WORDS}".strip() for first in ("First.", "Second.", "Third.", "Fourth.")]
ESSAY = "".join(f"<p>{text}</p>" for text in TEXTS)
SAID = f"<blockquote><p>{WORDS}</p><footer>— <cite>Ann Lee</cite></footer></blockquote>"
MENU = "<nav><ul><li><a href=/>Home</a><li><a href=/a>Films</a><li><a href=/b>Books</a></ul></nav><div class=share>Tweet</div>"
PAGES = {
    "a form around all": f"<body><form>{MENU}<div>{ESSAY}</div></form>",
    "a class with a sidebar in it": f'<body>{MENU}<div class="content-with-sidebar">{ESSAY}</div>',
    "an aside around all": f"<body>{MENU}<aside>{ESSAY}</aside>",
    "an article": f"<body>{MENU}<article>{ESSAY}</article>",
    "a menu by its links alone": (
        "<body><div><a href=/>Home</a> | <a href=/a>Films</a> | <a href=/b>Books</a></div>"
        f"<table><tr><td><a href=/>Home</a><br><a href=/a>Films</a><br><a href=/b>Books</a></td><td>{ESSAY}</td></tr></table>"
    ),
    "nothing around it": f"<body>{MENU}{ESSAY}<footer>© 2014</footer>",
}


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("page", PAGES)
def test_cleaning_keeps_the_essay_and_leaves_out_the_menu(page: str) -> None:
    made = from_html(PAGES[page], clean=True)
    assert made.blocks == tuple(TEXTS)
    left_out = " ".join(made.left_out)
    assert all(word in left_out for word in ("Home", "Films", "Books"))


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize(
    "page",
    [
        f"<article>{ESSAY}{SAID}{ESSAY.replace('First', 'Last')}</article>",
        f"<table><tr><td>{ESSAY}{SAID.replace(WORDS, 'Nobody answered the question that she asked.')}</td></tr></table>",
    ],
)
def test_cleaning_keeps_who_is_quoted(page: str) -> None:
    made = from_html(f"<body>{MENU}{page}", clean=True)
    assert any(block.endswith("\n>\n> — *Ann Lee*") for block in made.blocks)


@pytest.mark.usefixtures("either_way")
def test_cleaning_keeps_the_caption_of_a_figure_in_the_essay() -> None:
    figure = "<figure><img src=a.png alt=Lamp><figcaption>The lamp in 1911.</figcaption></figure>"
    made = from_html(f"<body>{MENU}<article>{ESSAY}{figure}{ESSAY.replace('First', 'Last')}</article>", clean=True)
    assert "The lamp in 1911." in made.blocks


def test_cleaning_leaves_out_the_heading_of_a_form_between_paragraphs() -> None:
    form = "<div class=newsletter-signup><h3>Subscribe to our newsletter</h3><input><button>Sign up</button></div>"
    made = from_html(f"<body>{MENU}<div>{ESSAY}{form}{ESSAY.replace('First', 'Last')}</div>", clean=True)
    assert "### Subscribe to our newsletter" in made.left_out


def test_a_page_with_menus_is_reported_and_cleaning_named() -> None:
    (notice,) = from_html(PAGES["an article"]).notices
    assert notice == (
        'This looks like a web page with menus and the like: "- Home", "- Films", "- Books". '
        "Open it with --clean to leave them out."
    )
    (notice,) = from_html(PAGES["a menu by its links alone"]).notices
    assert 'the like: "Home | Films | Books", "Home Films Books"' in notice
    (notice,) = from_html(
        f"<ul><li><a href=/>Home</a><li><a href=/a>Films</a><li><a href=/b>Books</a></ul>{ESSAY}"
    ).notices
    assert "--clean" in notice
    assert from_html(ESSAY).notices == ()
    linked = ESSAY.replace("First.", "<a href=/one>First.</a> <a href=/two>And</a>")
    assert (
        from_html(f"<ul><li><a href=#a>One</a><li><a href=#b>Two</a><li><a href=#c>Three</a></ul>{linked}").notices
        == ()
    )
    assert from_html(PAGES["an article"], clean=True).notices == ()


def test_what_names_the_site_above_the_essay_is_no_line_of_it() -> None:
    essay = (
        "<h1>On Rain</h1><p>A kicker.</p>"
        + "<p>Rain came down on the town for three days, and the gutters sang.</p>" * 3
    )
    made = from_html(f"<div>Site name</div><main>{essay}</main>", clean=True)
    assert (made.title, len(made.blocks), made.left_out) == ("On Rain", 4, ("Site name",))


@pytest.mark.parametrize("element", ["div", "article", "main", "section", "aside"])
def test_cleaning_keeps_long_paragraphs_whatever_a_page_calls_them(element: str) -> None:
    source = f'<article><p>Teaser.</p></article><article class="related"><{element} class="sidebar"><p>{WORDS}</p></{element}></article>'
    assert from_html(source, clean=True).blocks[-1] == WORDS.strip()


def test_cleaning_does_not_take_a_teaser_for_the_essay() -> None:
    source = f"<div><p>{WORDS}</p></div><main><article><p>Read our other one.</p></article></main>"
    assert from_html(source, clean=True).blocks[0] == WORDS.strip()


HOSTILE = [
    "<!--", "<a ", "<math>", "<math><mi>", "<rt>a", "<msqrt>", '<a b="', "<a b='", "<div>", "</p>", "<div></p>", "<p>a", "<b>", "<b>x</b>", "&amp", "<script>", "<", "<td>",
    "<ol><li>", "<li>", "<li>a", "</ol>", "</li>", "<blockquote><p>a", "<sup>", "<br>", "<article>", "<pre>\n\n", "*", "<i>*a</i>", "[", "\\", "<q>", "<title>",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("end", ["", '<a x=">"'])
@pytest.mark.parametrize("unit", HOSTILE)
def test_no_page_hangs_the_reader(unit: str, end: str) -> None:
    size = 200_000
    start = time.process_time()
    with contextlib.suppress(MostlyMarkupError):
        from_html((unit * size)[:size] + end, clean=True)
    assert time.process_time() - start < 12  # a reader that looks twice at everything takes minutes


@pytest.mark.slow
def test_a_page_takes_at_most_ten_times_its_size() -> None:
    page = "<div class='text'><p>" + "</p><p>".join([WORDS] * 4000) + "</p></div>"
    tracemalloc.start()
    from_html(page, clean=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * len(page)


@pytest.mark.slow
@pytest.mark.parametrize("size", [50_000, 300_000])
@pytest.mark.parametrize("unit", ["<p>a", "<b>x</b>", "<i>*a</i>", "<blockquote><p>a", "<", "*", "[", "\\"])
def test_a_hostile_page_is_opened_in_ten_times_its_size_or_refused(unit: str, size: int) -> None:
    page = (unit * size)[:size].encode()
    new_reading(b"<p>a", "a.html")  # imports
    tracemalloc.start()
    try:
        with contextlib.suppress(ReadingError):
            new_reading(page, "a.html")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 10 * size + 2**23


TAGS = st.sampled_from(
    [
        *HOSTILE,
        "</div>",
        "</ol>",
        "</table>",
        "<table>",
        "</a>",
        "<a>",
        "</article>",
        "<h1>",
        "-->",
        ">",
        '"',
        " ",
        "x",
        "é",
        "\0",
    ]
)


SOURCES = st.lists(st.one_of(TAGS, st.text(max_size=5)), max_size=40).map("".join)


@settings(max_examples=200)
@given(source=SOURCES)
def test_any_page_becomes_an_essay_without_faults(source: str) -> None:
    Essay.from_markdown(from_html(source).essay("x"))  # a fault would be raised


@settings(max_examples=100)
@given(source=SOURCES, found=st.one_of(st.just(""), st.text(max_size=20), SOURCES))
def test_any_page_is_cleaned_whatever_is_taken_for_its_essay(source: str, found: str) -> None:
    with pytest.MonkeyPatch.context() as patch:  # to start trafilatura for each would take minutes
        patch.setattr(cleaning, "_essay_of", lambda _: found)
        made = from_html(source, clean=True)
    Essay.from_markdown(made.essay("x"))
    assert len(made.blocks) + len(made.left_out) + bool(made.title) >= len(from_html(source).blocks)


def test_an_opened_page_has_the_blocks_that_it_had() -> None:
    source = (
        "<h2>One</h2><blockquote><p>q<br>r</p></blockquote><ol start=5><li>a<ul><li>b</ul><li value=9>c</ol>"
        "<table><tr><th>Year<th>Film|s<tr><td>2013<td><i>Her</i><tr><td><td>x</table><hr><p>| a |<br>|---|</p>"
    )
    essay = Essay.from_markdown(from_html(source).essay("T"))
    told = [(block.kind, essay.text[slice(*block.span)], block.header) for block in essay.blocks]
    assert told == [
        ("heading", "One", False),
        ("verse", "q\nr", False),
        ("list item", "a", False),
        ("list item", "b", False),
        ("list item", "c", False),
        ("row", "Year\tFilm|s", True),
        ("row", "2013\tHer", False),
        ("row", "\tx", False),
        ("rule", "", False),
        ("verse", "| a |\n|---|", False),
    ]
    markers = [[frame.marker for frame in block.frames if frame.kind == "item"] for block in essay.blocks]
    assert markers[2:5] == [["5."], ["5.", "-"], ["9."]]


def test_lists_and_quotations_in_one_another_cost_no_time() -> None:
    made = from_html("<ol><li>a<blockquote>b" * 500)
    first, quoted = made.blocks
    assert first == "1. a"
    assert quoted.count("b\n") == 499
    assert max(map(len, quoted.split("\n"))) < 60
