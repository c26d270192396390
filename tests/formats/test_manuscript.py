"""Manuscripts: whatever a text holds, the Markdown that is written for it reads as that text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_explorer.core.essay import Essay
from essay_explorer.core.prose import Prose
from essay_explorer.formats.line_ends import LineEnds
from essay_explorer.formats.manuscript import MARKS, Manuscript, Run, _paragraphs, line_of, markdown_of, tidy
from essay_explorer.formats.markdown_file import from_markdown

LETTERS = st.one_of(
    st.sampled_from("ab1.)#>-+*_`~=[](){}!&;:<\\\n\n \t\"'“é\u0301\xa0\u2028\x85\u3000|/@字ש🤖"), st.characters()
)
TEXTS = st.text(LETTERS, max_size=40)


@settings(max_examples=300)
@given(TEXTS)
def test_plain_text_stays_the_letters_that_it_is(source: str) -> None:
    made = Manuscript.from_text(source)
    essay = Essay.from_markdown(made.essay("untitled"))  # a fault would be raised
    found = essay.text.split("\n\n") if essay.text else []
    title = [Prose.from_markdown(made.title).text] if made.title else []
    assert title + found == [tidy(part) for part in _paragraphs(source, LineEnds(source))]


@settings(max_examples=300)
@given(st.lists(st.builds(Run, TEXTS, st.sampled_from(list(MARKS)), st.just("")), max_size=5))
def test_emphasis_never_changes_a_text(runs: list[Run]) -> None:
    plain = tidy("".join(run.text for run in runs))
    assert Prose.from_markdown(markdown_of(runs)).text == plain


PIECES = st.builds(Run, TEXTS, st.sampled_from(list(MARKS)), st.sampled_from(["", "pictures/a.png"]))


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=5))
def test_a_picture_and_what_it_shows_stay_whatever_stands_beside_it(runs: list[Run]) -> None:
    essay = Essay.from_markdown(markdown_of(runs))
    assert tidy(essay.text) == tidy("".join(line_of(run.text) if run.picture else run.text for run in runs))
    shown = [picture.alt for block in essay.blocks for picture in block.pictures]
    assert shown == [line_of(run.text) for run in runs if run.picture]


@pytest.mark.parametrize(
    ("runs", "source"),
    [
        ([Run("so "), Run("it goes", "em"), Run(".")], "so *it goes*."),
        ([Run("a"), Run(" b ", "strong"), Run("c")], "a **b** c"),
        ([Run("both", "both")], "***both***"),
        ([Run("on", "em"), Run("e", "em")], "*one*"),
        ([Run("2 * 3 _ [a](b) &lt; <b>")], r"2 \* 3 \_ [a\](b) \&lt; \<b>"),
        ([Run("- no list\n1. none\n# none")], "\\- no list\\\n1\\. none\\\n\\# none"),
        ([Run("他说"), Run("“你好”", "strong"), Run("吗")], "他&#35828;**“你好”**&#21527;"),
    ],
)
def test_a_paragraph_is_written_as_plainly_as_it_can_be(runs: list[Run], source: str) -> None:
    assert markdown_of(runs) == source
    kinds = {kind for kind, _ in Prose.from_markdown(source).emphasis}
    assert kinds == {"em", "strong"} & {kind for run in runs for kind in ("em", "strong") if run.kind in {kind, "both"}}


LONG = (
    "A line that no typewriter would leave unbroken, since it runs on and on until it is far over a hundred letters. "
)


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("one\ntwo\n\nthree.", ("one\\\ntwo", "three.")),
        ("one.\r\n \t\r\n\r\ntwo", ("one.", "two")),
        (f"{LONG}\n{LONG}", (LONG.strip(), LONG.strip())),
        ("\ufeff\n\nalone", ("alone",)),
        ("", ()),
    ],
)
def test_blank_lines_part_paragraphs_and_long_lines_are_some(source: str, blocks: tuple[str, ...]) -> None:
    assert Manuscript.from_text(source).blocks == blocks


def test_a_short_first_line_becomes_the_title_and_it_is_reported() -> None:
    made = Manuscript.from_text("On *Her*\n\nText.")
    assert (made.title, made.blocks) == (r"On \*Her\*", ("Text.",))
    assert made.notices == ('The first line became the title: "On *Her*".',)
    assert Manuscript.from_text("It ends so.\n\nText.").title == ""
    for rule in ("---", "* * *", "***", "~"):
        assert Manuscript.from_text(f"{rule}\n\nText.").title == ""


@pytest.mark.parametrize("first", ["我喜欢电影。", "وقف المصباح،", "दीपक जल रहा था।", "She said: “No.”", "„Nein.“"])
def test_a_sentence_in_any_script_is_no_title(first: str) -> None:
    assert Manuscript.from_text(f"{first}\n\nText.").title == ""


def test_lines_that_begin_with_a_wide_blank_are_paragraphs() -> None:
    made = Manuscript.from_text(
        "ランプは机の上にあった。\n\u3000夜は遅かった。\n\u3000誰も来なかった。\n\n古池や\n蛙飛びこむ\n\u3000水の音\n"
    )
    assert made.blocks[:-1] == ("ランプは机の上にあった。", "夜は遅かった。", "誰も来なかった。")
    assert made.blocks[-1].count("\n") == 2  # a poem, whose last line stands further right


@pytest.mark.parametrize(
    ("source", "title", "text"),
    [
        ("# On *Her* #\n\nText.", "On *Her*", "Text."),
        ("---\nauthor: Ann\n---\n# On Her\n\nText.", "On Her", "Text."),
        ("---\ntitle: Mine\n---\n\n# Part\n\nText.", "Mine", "Part\n\nText."),
        ("---\n\nA rule, then text.", "by the file", "A rule, then text."),
        ("Text.\n\n# Later", "by the file", "Text.\n\nLater"),
    ],
)
def test_markdown_stays_as_it_is(source: str, title: str, text: str) -> None:
    essay = Essay.from_markdown(from_markdown(source).essay("by the file"))
    assert (essay.title, essay.text) == (title, text)


def test_front_matter_is_kept_word_for_word() -> None:
    source = "---\ntitle: Mine\nlanguage: de\nours: [a, b]  # a comment\n---\n\nText.\n"
    assert from_markdown(source).essay("x") == source


def test_front_matter_that_cannot_be_read_stays_text_and_is_reported() -> None:
    made = from_markdown("---\ntitle: a: b\n---\n\nText.\n")
    assert Essay.from_markdown(made.essay("x")).text == "title: a: b\n\nText."
    (notice,) = made.notices
    assert "not readable as YAML (line 2)" in notice
    assert "It stays text" in notice


def test_prose_that_may_be_front_matter_is_reported() -> None:
    made = from_markdown("---\nNote: found in a drawer.\n---\n\nText.\n")
    assert made.notices == (
        '"Note: found in a drawer.", between the first two lines of hyphens, is taken as front matter. '
        "If it is text, put a blank line below the first ---.",
    )
    assert from_markdown("---\nlayout: post\nours: x\n---\nText.\n").notices == ()
