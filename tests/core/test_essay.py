"""An essay's text, its emphasis, its front matter, its paragraphs and sentences."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import FrozenInstanceError

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from essay_explorer.anchoring.segments import Span
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import Fault, ReadingError
from essay_explorer.core.plain_yaml import explained, plain_yaml
from essay_explorer.core.prose import Prose

LETTERS = "ab .!?é\u0301\u0323ñ한\u1112\u1161🤖👩\u200d🏫字。！אب؟\xa0\n"
MARKUP = "*_`#>-[]()!&;\\<1.\t"


def faults_of(source: str) -> tuple[Essay, list[str]]:
    """The essay of a Markdown text, and its faults as text."""
    found: list[Fault] = []
    essay = Essay.from_markdown(source, report=found.append)
    return essay, [str(fault) for fault in found]


def test_paragraphs_are_parted_by_a_blank_line_and_lines_joined() -> None:
    essay = Essay.from_markdown("One\nline.\n\n\n\nAnother\n  line.\n")
    assert essay.text == "One line.\n\nAnother line."
    assert [essay.text[slice(*paragraph)] for paragraph in essay.paragraphs] == ["One line.", "Another line."]


def test_the_fingerprint_is_that_of_the_text_alone() -> None:
    essay = Essay.from_markdown("---\ntitle: One\n---\nA *plain* text.")
    assert essay.fingerprint == Essay("A plain text.", title="Another").fingerprint
    assert essay.fingerprint != Essay("A plain text!").fingerprint
    assert re.fullmatch("[0-9a-f]{16}", essay.fingerprint)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Roses,  \nviolets,\\\n  nobody", "Roses,\nviolets,\nnobody"),
        ("> *Roses,\\\n> violets*", "Roses,\nviolets"),
        ("- Roses,  \n  violets", "Roses,\nviolets"),
        ("Roses,\\\n\\\nviolets\\", "Roses,\nviolets\\"),
        ("\\\nRoses", "Roses"),
        ("a&#10;&#10;b", "a  b"),
        ("a\\\\\nb", "a\\ b"),
    ],
)
def test_line_breaks_that_are_meant_stay(source: str, text: str) -> None:
    essay = Essay.from_markdown(source)
    assert essay.text == text
    assert len(essay.paragraphs) == 1


@pytest.mark.slow
@pytest.mark.parametrize("line", ["*so* it goes", "* [ & " * 3, "\\\\"])
@pytest.mark.parametrize("end", ["\\\n", "  \n", "\n"])
def test_a_stanza_as_long_as_a_book_keeps_its_lines(line: str, end: str) -> None:
    between = " " if end == "\n" else "\n"
    one = f"A {line.strip()}"
    assert Essay.from_markdown(end.join([one] * 4500)).text == between.join([Essay.from_markdown(one).text] * 4500)


def test_emphasis_lies_on_the_plain_text() -> None:
    prose = Prose.from_markdown("See *Her*.\n\nIt is **not *so* bad**.")
    assert prose.text == "See Her.\n\nIt is not so bad."
    marked = {(kind, prose.text[slice(*span)]) for kind, span in prose.emphasis}
    assert marked == {("em", "Her"), ("strong", "not so bad"), ("em", "so")}


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# Heading\n\nText", "Heading\n\nText"),
        ("- one\n- two", "one\n\ntwo"),
        ("> quoted", "quoted"),
        ("```\ncode  here\nand here\n```", "code  here\nand here"),
        ("a [link](https://example.org) here", "a link here"),
        ("![a face](face.png) here", "a face here"),
        ("1984 &amp; 'x' -- y", "1984 & 'x' -- y"),
        ("[1]: https://example.org", "[1]: https://example.org"),
        ("\u2028", ""),
    ],
)
def test_markdown_becomes_plain_text(markdown: str, text: str) -> None:
    assert Prose.from_markdown(markdown).text == text


def test_html_stays_the_letters_it_is() -> None:
    source = "<script>alert(1)</script> and <b>bold</b>\n\n<div>block</div>"
    assert Prose.from_markdown(source).text == source


def test_deeply_nested_lists_keep_their_text() -> None:
    source = "\n".join("  " * depth + f"- level {depth}" for depth in range(15))
    assert Prose.from_markdown(source).text.endswith("level 14")


@pytest.mark.parametrize("source", ["cafe\u0301", "caf*e*\u0301", "caf*e\u0301*", "cafe&#769;", "caf**e**&#x301;"])
def test_text_is_composed_even_where_markup_parts_a_letter_from_its_accent(source: str) -> None:
    prose = Prose.from_markdown(f"un {source} **noir**")
    assert prose.text == "un café noir"
    assert prose.text[slice(*prose.emphasis[-1][1])] == "noir"


@given(st.text(LETTERS + MARKUP, max_size=60))
@example("*a*\u0323\u0301 **b**")
def test_any_markdown_makes_composed_text_with_its_emphasis_inside(source: str) -> None:
    prose = Prose.from_markdown(source)
    assert unicodedata.is_normalized("NFC", prose.text)
    assert all(0 <= start < end <= len(prose.text) for _, (start, end) in prose.emphasis)
    assert Prose.from_markdown(unicodedata.normalize("NFD", source)) == prose


@given(st.text(LETTERS + MARKUP, max_size=60))
def test_any_markdown_makes_paragraphs_that_joined_are_the_text(source: str) -> None:
    essay, _ = faults_of(source)
    assert "\n\n".join(essay.text[slice(*paragraph)] for paragraph in essay.paragraphs) == essay.text


def test_front_matter_tells_title_author_and_source() -> None:
    source = (
        '---\ntitle: "The Film: A Review"\nsubtitle: On *Her*\nauthor: [Ann, Ben]\nlanguage: no\n'
        "license: CC-BY-4.0\nurl: https://example.org/1984\nsubject: 1984\ntags: [film, love]\ndate: 2014-01-02\n---\n\nText."
    )
    assert Essay.from_markdown(source) == Essay(
        "Text.",
        title="The Film: A Review",
        subtitle="On *Her*",
        author="Ann, Ben",
        language="no",
        license="CC-BY-4.0",
        url="https://example.org/1984",
        subject="1984",
        keywords=("film", "love"),
    )


@pytest.mark.parametrize("tags", ["tags: film", "tags: [film]", "tags:\n- film", "keywords: film"])
def test_one_keyword_needs_no_list(tags: str) -> None:
    assert Essay.from_markdown(f"---\n{tags}\n---\nText.").keywords == ("film",)


@pytest.mark.parametrize("source", ["Text.", "---\n---\nText.", "---\ntitle:\ntags:\n---\nText.", "\n\nText.\n"])
def test_front_matter_may_be_absent_or_empty(source: str) -> None:
    assert faults_of(source) == (Essay("Text."), [])


@pytest.mark.parametrize(
    "source",
    [
        "\ufeff---\ntitle: T\n---\nText.",
        "---\r\ntitle: T\r\n---\r\nText.",
        "---\rtitle: T\r---\rText.",
        "\n---  \ntitle: T\n...\nText.",
        "---\ntitle: T\n---\n\n\nText.",
    ],
)
def test_front_matter_is_found_as_editors_write_it(source: str) -> None:
    assert faults_of(source) == (Essay("Text.", title="T"), [])


def test_a_line_of_hyphens_further_down_is_no_front_matter() -> None:
    assert faults_of("One.\n\n---\n\nTwo.")[0].text == "One.\n\nTwo."


@pytest.mark.parametrize("blank", ["\n", "  \n", "\t\n\n", "\r\n"])
@pytest.mark.parametrize("end", ["---", "..."])
@pytest.mark.parametrize(
    "prose", ["Note: found in a drawer.", 'It was late: she said "wait".', "No sign.", "a: 1", "# x"]
)
def test_hyphens_with_a_blank_line_below_are_a_rule_and_nothing_vanishes(blank: str, end: str, prose: str) -> None:
    essay, faults = faults_of(f"---\n{blank}{prose}\n\n{end}\n\nText.")
    assert essay.text.replace("\n\n...", "") == f"{prose.removeprefix('# ')}\n\nText."
    assert faults == []


@pytest.mark.parametrize(
    "prose",
    [
        'It was late: she said "wait", and he did.',
        "It was late: she said wait.\nHe asked: why now?",
        "A plain sentence.",
        "# A heading",
        "* one\n* two",
    ],
)
def test_prose_that_looks_like_front_matter_stays_text_and_is_reported(prose: str) -> None:
    essay, (fault,) = faults_of(f"---\n{prose}\n---\nText.")
    assert essay.text.split("\n\n")[-1] == "Text."
    assert set(re.findall(r"\w+", prose)) <= set(re.findall(r"\w+", essay.text))
    assert "It stays text" in fault


def test_names_below_a_blank_line_are_text_and_it_is_reported() -> None:
    essay, (fault,) = faults_of("---\n\ntitle: T\n---\n\nText.")
    assert essay.text == "title: T\n\nText."
    assert "a blank line stands below the first ---" in fault


def test_front_matter_that_does_not_end_is_a_fault_and_stays_in_the_text() -> None:
    essay, faults = faults_of("---\ntitle: T\n\nText.")
    assert essay.text == "title: T\n\nText."
    assert faults == [
        "essay.md: the front matter starts with --- and does not end. "
        "Write a line of three hyphens below its last `name: value`"
    ]


@pytest.mark.parametrize(
    ("title", "problem"),
    [
        ("Her: a review", 'there is a ": " too many'),
        ("*Her*", "starts with a tab or with a sign"),
        ("@home", "starts with a tab or with a sign"),
        ("[a", "brackets do not match"),
    ],
)
def test_an_unquoted_sign_in_the_front_matter_is_reported_with_its_line_and_the_text_is_kept(
    title: str, problem: str
) -> None:
    essay, faults = faults_of(f"---\nauthor: Ann\ntitle: {title}\n---\nText.")
    assert essay == Essay(
        f"author: Ann title: {title}\n\nText.".replace("*Her*", "Her"), emphasis=essay.emphasis, blocks=essay.blocks
    )
    (fault,) = faults
    assert fault.startswith("essay.md: the front matter between the --- lines is not readable as YAML (line ")
    assert problem in fault
    assert 'Put quotation marks around a text that has ": " or " #" in it' in fault


def test_the_line_of_a_fault_counts_from_the_top_of_the_file() -> None:
    _, (fault,) = faults_of("\n---\nauthor: Ann\ntitle: a: b\n---\nText.")
    assert "(line 4)" in fault


def test_what_is_no_front_matter_is_reported_and_read_as_text() -> None:
    essay, (fault,) = faults_of("---\n- one\n---\nText.")
    assert essay.text.split("\n\n") == ["one", "Text."]
    assert fault == (
        "essay.md: the lines between the --- lines are not front matter: expected lines of the form "
        "`name: value`, e.g. `title: My essay`. It stays text. If it is text, put a blank line below the first ---"
    )


@pytest.mark.parametrize("value", ["{x: y}", "[{x: y}]", "[[x]]"])
def test_a_value_that_is_no_text_is_reported(value: str) -> None:
    essay, (fault,) = faults_of(f"---\nabout: {value}\n---\nText.")
    assert essay.about == ""
    assert fault.startswith("essay.md: `about` in the front matter: expected a text or a list of words.")


@pytest.mark.parametrize(("name", "meant"), [("titel", "title"), ("licence", "license"), ("Author", "author")])
def test_a_misspelt_name_in_the_front_matter_is_reported(name: str, meant: str) -> None:
    _, faults = faults_of(f"---\n{name}: x\n---\nText.")
    assert faults == [f'essay.md: `{name}` in the front matter is not known. Did you mean "{meant}"?']


def test_names_of_other_programs_in_the_front_matter_are_no_faults() -> None:
    _, faults = faults_of("---\nlayout: post\ndate: 2014-01-02\nslug: her\n---\nText.")
    assert faults == []


@pytest.mark.parametrize(
    ("said", "author", "language"),
    [
        ("author:\n  - name: Ann Reed\n    affiliation: X\n  - Bo Li\nlang: de-AT", "Ann Reed, Bo Li", "de-AT"),
        ("authors: [Ann, Bo]\nlanguage: fr\nlang: de", "Ann, Bo", "fr"),
        ("author: {name: {given: Ann, family: Reed}}", "Ann Reed", ""),
        ("author: [{literal: Ann}]", "Ann", ""),
    ],
)
def test_authors_and_language_are_read_as_pandoc_quarto_and_hugo_have_them(
    said: str, author: str, language: str
) -> None:
    essay, faults = faults_of(f"---\n{said}\n---\nText.")
    assert (essay.author, essay.language, faults) == (author, language, [])


def test_a_fault_is_raised_where_nobody_collects_them() -> None:
    with pytest.raises(ReadingError, match="not readable as YAML"):
        Essay.from_markdown("---\ntitle: a: b\n---\nText.")


def test_an_essay_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Essay("Text.").text = "Other."  # type: ignore[misc]


def test_words_and_minutes_are_counted() -> None:
    essay = Essay("word " * 476)
    assert (essay.words, essay.minutes) == (476, 2)
    assert Essay("word").minutes == 1


def test_a_paragraph_is_found_by_any_offset_in_it() -> None:
    essay = Essay("ab\n\ncd\n\nef")
    assert [essay.paragraph_at(offset) for offset in range(len(essay.text))] == [1, 1, 2, 2, 2, 2, 3, 3, 3, 3]
    assert essay.paragraph_at(len(essay.text)) == 3


@given(st.lists(st.text("ab🤖", min_size=1, max_size=4), min_size=1, max_size=6))
def test_paragraph_at_agrees_with_the_paragraphs(paragraphs: list[str]) -> None:
    essay = Essay("\n\n".join(paragraphs))
    for number, (start, end) in enumerate(essay.paragraphs, 1):
        assert {essay.paragraph_at(offset) for offset in range(start, end)} == {number}


def test_no_sentence_crosses_a_paragraph_or_starts_with_white_space() -> None:
    essay = Essay("One is here.  Two: “Dr. Who?” Three\n\nfour. 五。六！")
    assert [essay.text[slice(*sentence)] for sentence in essay.sentences()] == [
        "One is here.",
        "Two: “Dr. Who?”",
        "Three",
        "four.",
        "五。",
        "六！",
    ]


def test_sentences_come_in_a_language_that_is_not_known() -> None:
    assert Essay("One. Two.", language="tlh-Piqd").sentences() == (Span(0, 4), Span(5, 9))


@given(st.text(LETTERS, max_size=60), st.sampled_from(["en", "de-CH", "ja", "he", "ar", "hi", "no"]))
def test_sentences_hold_every_letter_once_and_in_order(text: str, language: str) -> None:
    essay = Essay(text, language=language)
    at, between = 0, ""
    for start, end in essay.sentences():
        assert at <= start < end
        assert essay.paragraph_at(start) == essay.paragraph_at(end - 1)
        assert text[start:end] == text[start:end].strip()
        between += text[at:start]
        at = end
    assert not (between + text[at:]).strip()


@pytest.mark.parametrize("word", ["no", "007", "1.10", "2014-01-02", "yes", "0x1F", "1e3", "12:30"])
def test_a_plain_word_of_yaml_stays_the_word_it_is(word: str) -> None:
    assert plain_yaml(f"name: {word}") == {"name": word}


def test_yaml_says_nothing_where_nothing_stands() -> None:
    assert plain_yaml("a:\nb: ~\nc: null\nd: ''") == {
        "a": None,
        "b": None,
        "c": None,
        "d": "",
    }
    assert plain_yaml("# a comment") is None


BOMB = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(3))


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (BOMB, r"\*a would repeat another part, which is not supported"),
        ("a: &a [*a]", r"\*a would repeat another part"),
        ("[" * 100_000, "lists are nested more than 12 deep"),
        ("{a: " * 100_000, "lists are nested more than 12 deep"),
        ("a: 1\nb: 2\na: 3", 'the name "a" occurs twice'),
        ("? [a]\n: b", "expected a name before the colon, found a list"),
        ("a: 1\n---\nb: 2", "expected the end here, found a second document"),
        ("a: \x07", r"it has a control code in it, U\+0007"),
        ("a: 'b", "a quotation mark opens a text and none closes it"),
        ("a: b: c", 'there is a ": " too many'),
        ("a:\n  b: 1\n c: 2", "not indented like its neighbours"),
        ("a: [1, 2", "brackets do not match"),
        ('a: "\\q"', "begins no code"),
        ("a: @b", "starts with a tab or with a sign"),
        ("a: !x!y z", "does not fit what stands above it"),
    ],
)
@pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])
def test_yaml_that_is_broken_or_could_explode_is_refused_in_our_words(
    source: str, problem: str, parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml, "CSafeLoader", getattr(yaml, parser, yaml.SafeLoader), raising=False)
    with pytest.raises(yaml.YAMLError) as caught:
        plain_yaml(source)
    assert re.search(problem, explained(caught.value).in_english())


def test_what_a_later_release_of_the_library_finds_is_not_told_in_its_words() -> None:
    mark = yaml.Mark("", 0, 4, 0, None, 0)
    error = yaml.MarkedYAMLError(problem="xyzzy", problem_mark=mark)
    assert (
        explained(error, 2)
        .in_english()
        .startswith("not readable as YAML (line 7): it does not fit what stands above it. ")
    )
    assert "xyzzy" not in explained(error).in_english() + explained(yaml.YAMLError("xyzzy")).in_english()


def test_yaml_makes_no_objects() -> None:
    assert plain_yaml("!!python/object/apply:os.getcwd []") == []
    assert plain_yaml("a: !!int x") == {"a": "x"}


TREES = st.recursive(
    st.text("ab: #-*é🤖\n'\"", max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(TREES)
def test_yaml_reads_what_was_written(tree: object) -> None:
    assert plain_yaml(yaml.safe_dump(tree, allow_unicode=True)) == tree


def test_a_paragraph_of_hardly_more_than_marks_keeps_them_and_loses_what_hides_a_sign() -> None:
    assert Essay.from_markdown(r"*so* \* \\ &lt;&amp; &; " * 3000).text == (r"*so* * \ <& &; " * 3000).strip()


def test_an_essay_of_hardly_more_than_lines_is_a_fault() -> None:
    essay, faults = faults_of("a\n\n" * 30_000)
    assert essay.text == ""
    assert faults == [
        "essay.md: is hardly more than line breaks and tags, which no essay is. Save its text alone, as .txt"
    ]
