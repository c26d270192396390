"""What a web page hides is no text of it; what it strikes out is, and both are told."""

from __future__ import annotations

import pytest

from essay_explorer.formats.webpage import from_html

WORDS = "Here the page goes on with enough words for an essay, so that it is seen what is hidden and what is not."


def read(html: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    made = from_html(f"<html><body><p>Begin.</p>{html}<p>{WORDS}</p></body></html>")
    assert made.blocks[0] == "Begin."
    assert made.blocks[-1] == WORDS
    return made.blocks[1:-1], made.notices


@pytest.mark.parametrize(
    "html",
    [
        "<p hidden>Secret.</p><p>Seen.</p>",
        '<p hidden="">Secret.<p>Seen.</p>',
        "<P HIDDEN>Secret.</P><p>Seen.</p>",
        "<div class=a hidden><div><p>Secret.</p></div></div><p>Seen.</p>",
        '<p style="display:none">Secret.</p><p>Seen.</p>',
        '<section style="color: red; DISPLAY : none !important">Secret.</section><p>Seen.</p>',
        '<p>Seen.<span style="visibility: hidden">Secret.</span></p>',
        "<dialog><p>Secret.</p></dialog><p>Seen.</p>",
        "<ul hidden><li>Secret.</ul><p>Seen.</p>",
    ],
)
def test_what_is_hidden_is_left_out_and_told(html: str) -> None:
    assert read(html) == (("Seen.",), ('1 hidden part left out: "Secret.".',))


@pytest.mark.parametrize(
    "html",
    [
        '<p data-hidden="1" class="hidden">Seen.</p>',
        '<p aria-hidden="true">Seen.</p>',
        '<p hidden="until-found">Seen.</p>',
        '<p title="a hidden sense">Seen.</p>',
        '<p style="display: block">Seen.</p>',
        "<dialog open><p>Seen.</p></dialog>",
        "<span hidden><p>Seen.</p>",
    ],
)
def test_what_is_shown_stays(html: str) -> None:
    assert read(html) == (("Seen.",), ())


def test_a_page_that_a_script_would_show_is_not_hidden() -> None:
    made = from_html(f'<body><div style="visibility:hidden"><p>{WORDS}</p></div><p>Menu</p></body>')
    assert made.blocks == (WORDS, "Menu")
    assert made.notices == ()


@pytest.mark.parametrize("name", ["del", "s", "strike"])
def test_words_that_are_struck_out_stay_and_are_told(name: str) -> None:
    blocks, notices = read(f"<p>A poet, <{name}>a liar</{name}>, a man.</p>")
    assert blocks == ("A poet, a liar, a man.",)
    assert notices == ('1 struck-out passage kept as plain words: "a liar".',)


def test_drawings_and_what_is_played_are_told() -> None:
    icon, words = (
        "<svg><title>icon</title><path/></svg>",
        "<svg><style>a</style><text>Lamp</text><text>Day</text></svg>",
    )
    blocks, notices = read(
        f"<p>One {icon}two.</p>{words}<video>No.</video><audio src=a></audio><iframe src=x>Or so.</iframe><p>Three.</p>"
    )
    assert blocks == ("One two.", "Three.")
    assert notices == (
        '1 drawing left out: "Lamp Day".',
        '1 video left out: "No.".',
        "1 recording left out.",
        "1 embedded page left out.",
    )


@pytest.mark.parametrize(
    ("html", "notice"),
    [
        ("<button>Share</button><button><b>Like</b> it</button>", '2 buttons left out: "Share", "Like it"'),
        ("<input type=submit value='Send it'><input TYPE=image alt=Go>", '2 buttons left out: "Send it", "Go"'),
        ("<select><option>Red<option>Blue</select>", '1 form field left out: "Red Blue"'),
        ("<input list=a><datalist id=a><option>Red</datalist>", '1 form field left out: "Red"'),
        ("<input value='Ann Lee'><input placeholder='Your words'>", '2 form fields left out: "Ann Lee", "Your words"'),
        ("<textarea>Burns &amp; <b>Keats\nBlake</textarea>", '1 form field left out: "Burns & <b>Keats Blake"'),
        ("<noscript><p>Words.</p></noscript>", '1 part for other browsers left out: "Words."'),
        (
            "<noscript><img src=a alt='A lamp'></noscript>" * 2,
            '2 parts for other browsers left out: "A lamp", "A lamp"',
        ),
        ("<noembed><b>Words.</b></noembed>", '1 part for other browsers left out: "Words."'),
        ("<noframes><p>Words.</p></noframes>", '1 part for other browsers left out: "Words."'),
        ("<template><p>Words.</p></template>", '1 hidden part left out: "Words."'),
        ("<canvas></canvas>", "1 drawing left out"),
        ("<object data=a.pdf><p>Words.</p></object>", '1 embedded object left out: "Words."'),
        ("<embed src=a.swf>", "1 embedded object left out"),
        ("<audio src=a><p>Words.</p></audio>", '1 recording left out: "Words."'),
        ("<iframe src=a title='The lamp'>No.</iframe>", '1 embedded page left out: "The lamp"'),
        ("<iframe srcdoc='<p>Words.</p>'></iframe>", '1 embedded page left out: "Words."'),
        ("<map><area alt='The lamp'></map>", '1 link in a picture left out: "The lamp"'),
    ],
)
def test_nothing_that_a_page_shows_or_holds_is_left_out_in_silence(html: str, notice: str) -> None:
    assert read(html) == ((), (f"{notice}.",))


@pytest.mark.parametrize(
    "html",
    [
        "<noscript><img src=pixel.gif></noscript><button><svg></svg></button><template></template>",
        "<input type=hidden value=a><input type=checkbox value=b><input TYPE=RADIO value=c><input>",
        "<select></select><textarea> </textarea><script>let a = 'b'</script><map><area href=a></map>",
    ],
)
def test_what_says_nothing_is_not_told(html: str) -> None:
    assert read(html) == ((), ())


@pytest.mark.parametrize(
    ("html", "block"),
    [
        ("<h2><button aria-expanded=false>What is it? <svg></svg></button></h2>", "## What is it?"),
        ("<div><template shadowrootmode=open><p>Seen.</p></template></div>", "Seen."),
        ("<xmp>A <b>lamp</b></xmp>", "```\nA <b>lamp</b>\n```"),
        ("<listing>A lamp\nburns</listing>", "A lamp\\\nburns"),
    ],
)
def test_words_that_a_browser_shows_stay(html: str, block: str) -> None:
    assert read(html) == ((block,), ())


def test_a_part_that_never_ends_is_told() -> None:
    made = from_html(f"<p>Begin.</p><p>{WORDS}</p><select><option>Red")
    assert made.notices == ('1 form field left out: "Red".',)
