"""Lines: those that a program broke are joined, those of a poem stay, in plain text and in Markdown."""

from __future__ import annotations

import textwrap

import pytest

from essay_explorer.core.essay import Essay
from essay_explorer.formats.any_file import manuscript_of

PROSE = (
    "The lamp stood where it had always stood, on the table beside the window, and nobody in the house could say who "
    "had put it there. It gave a small light, and it asked for nothing. On some evenings it was not lit at all, and the "
    "room was as dark as any other; on others it burned until the morning, and the neighbours talked about it."
)
POEM = "Roses wait in rows,\nviolets in tens,\nand nobody knows\nhow the evening ends."
SONNET = (
    "When in the lamp's slow yellow light I read,\nAnd turn the page, and hear the cold clock chime,\n"
    "I think of those who wrote, and who are dead,\nAnd lent their evening to the end of time."
)
LONG = "I sing the lamp and the hand that trims it, and the long evening that goes on and on\nand the table.\nO table!"


def text_of(source: str, file: str) -> str:
    return Essay.from_markdown(manuscript_of(source.encode(), file).essay("x"), report=lambda _: None).text


@pytest.mark.parametrize("file", ["a.txt", "a.md"])
@pytest.mark.parametrize("poem", [POEM, SONNET, LONG, "One line,\nand another."])
def test_the_lines_of_a_poem_stay(file: str, poem: str) -> None:
    assert text_of(f"{poem}\n\n{poem}", file) == f"{poem}\n\n{poem}"


@pytest.mark.parametrize("file", ["a.txt", "a.md"])
@pytest.mark.parametrize("width", [45, 52, 60, 66, 72, 80, 95])
def test_lines_that_a_width_broke_are_joined(file: str, width: int) -> None:
    wrapped = textwrap.fill(PROSE, width)
    assert text_of(f"{wrapped}\n\n{wrapped}", file) == f"{PROSE}\n\n{PROSE}"


@pytest.mark.parametrize("file", ["a.txt", "a.md"])
@pytest.mark.parametrize("width", [60, 72])
def test_a_poem_between_broken_prose_keeps_its_lines(file: str, width: int) -> None:
    wrapped = textwrap.fill(PROSE, width)
    assert text_of(f"{wrapped}\n\n{POEM}\n\n{wrapped}", file) == f"{PROSE}\n\n{POEM}\n\n{PROSE}"


def test_markdown_of_a_sentence_a_line_is_prose() -> None:
    source = "The lamp stood where it had always stood, on the table beside the window.\nIt was lit.\nNobody knew why."
    assert text_of(source, "a.md") == source.replace("\n", " ")


def test_a_page_ends_a_paragraph_that_does_not_go_on_on_the_next() -> None:
    source = "The lamp\nstood.\n\fIt was\nlit, and\n\fnobody\nknew.\f\n\nWhy?"
    assert text_of(source, "a.txt") == "The lamp\nstood.\n\nIt was\nlit, and\nnobody\nknew.\n\nWhy?"


def test_a_poem_in_a_quotation_keeps_its_lines() -> None:
    quoted = "\n".join(f"> {line}" for line in POEM.split("\n"))
    assert text_of(f"Before.\n\n{quoted}", "a.md") == f"Before.\n\n{POEM}"


@pytest.mark.parametrize(
    "source",
    [
        "```\na\nb\n\nc\nd\n```",
        "    a\n    b",
        "- a\n- b\n  c",
        "1. a\n2. b",
        "| a | b |\n|---|---|\n| c | d |",
        "Title\n=====",
        "# A\nb",
        "a  \nb\\\nc",
        "~~~\na\nb\n~~~",
    ],
)
def test_other_markdown_stays_as_it_is(source: str) -> None:
    assert manuscript_of(f"Text.\n\n{source}".encode(), "a.md").blocks == (f"Text.\n\n{source}",)


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("a.html", "<p>{}</p>"),
        ("a.html", "<div>{}</div>"),
        ("a.html", "<pre>{}</pre>"),
        ("a.md", "{}"),
    ],
)
def test_line_breaks_of_every_format_stay(file: str, source: str) -> None:
    between = {"a.html": "\n" if "pre" in source else "<br>\n", "a.md": "  \n"}[file]
    assert text_of(source.format(POEM.replace("\n", between)), file) == POEM


def lines(*tags: str) -> str:
    """The lines of a poem of two stanzas on a page, each in tags of its own."""
    start, end, start_stanza, end_stanza = tags
    stanzas = (("Roses wait", "in <i>rows</i>"), ("violets", "in tens"))
    return "".join(f"{start_stanza}{''.join(start + line + end for line in stanza)}{end_stanza}" for stanza in stanzas)


@pytest.mark.parametrize(
    "page",
    [
        lines('<div class="line">', "</div>\n", '<div class="stanza">', "</div>\n"),
        lines("<div>", "</div>", '<div class="stanza">', "</div>"),
        lines('<div class="verse indent0">', "</div>", '<div class="stanza">', "</div>"),
        f'<div class="poem">{lines("""<p class="l">""", "</p>", "", "<p></p>")}</div>',
        f'<div class="lg">{lines("<p>", "", "", "</div><div class=lg>")}</div>',
        lines("<span style='display: block'>", "</span>", "<p>", "</p>"),
        lines("<span style='display:block'>", "</span><br/>", "<p>", "</p>"),
        f"<style>.v {{ display: block }}</style>{lines('<span class=v>', '</span> ', '<p>', '</p>')}",
        f"""<div class="o-poem">{lines('<div style="text-indent: -1em">', "<br></div>", "", '<div style="text-indent:-1em"><br></div>')}</div>""",
    ],
)
def test_lines_that_are_elements_of_their_own_stay_lines(page: str) -> None:
    assert text_of(f"<h1>x</h1>{page}<p>prose</p><p>more</p>", "a.html") == (
        "Roses wait\nin rows\n\nviolets\nin tens\n\nprose\n\nmore"
    )


@pytest.mark.parametrize(
    "page",
    [
        "<pre>one\n  two\n\tthree</pre>",
        "one<br>&nbsp;&nbsp;two<br>&nbsp;&nbsp;&nbsp;&nbsp;three",
        '<div class="stanza"><div>one</div><div class="indent2">two</div><div class="indent4">three</div></div>',
    ],
)
def test_lines_that_stand_further_right_do_so(page: str) -> None:
    (block,) = Essay.from_markdown(manuscript_of(page.encode(), "a.html").essay("x")).blocks
    assert block.indents == (0, 2, 4)


@pytest.mark.parametrize(
    ("file", "source", "text"),
    [
        ("a.md", "| Roses wait\n|   in rows\n|\n| violets\n| in tens\n\nprose", "Roses wait\nin rows\n\nviolets\nin tens\n\nprose"),
        ("a.md", "```\n| a\n| b\n```\n\nprose", "| a\n| b\n\nprose"),
        ("a.md", "| a | b |\n|---|---|\n| c | d |", "a\tb\n\nc\td"),
        ("a.txt", "x\u2028\u2028One.\u2029Two\x85three\vfour", "One.\n\nTwo\nthree\nfour"),
        ("a.md", "One.\u2029Two\u2028three", "One.\n\nTwo\nthree"),
    ],
)  # fmt: skip
def test_lines_end_as_other_programs_end_them(file: str, source: str, text: str) -> None:
    assert text_of(source, file) == text


def test_broken_prose_may_begin_its_paragraphs_by_an_indent_alone() -> None:
    first, second = PROSE + " " + PROSE, PROSE
    for indent in ("", "   "):
        page = "\n".join(
            textwrap.fill(part, 70, initial_indent=start) for part, start in ((first, indent), (second, "   "))
        )
        assert text_of(f"x\n\n{page}", "a.txt").split("\n\n") == [first, second]
