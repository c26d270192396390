"""Markdown as other programs write it."""

from __future__ import annotations

import time

import pytest

from essay_explorer.core.essay import Essay
from essay_explorer.formats.markdown_file import from_markdown


def texts(source: str) -> list[str]:
    essay = Essay.from_markdown(from_markdown(source).essay("x"))
    return [f"{block.kind}: {essay.text[slice(*block.span)]}" for block in essay.blocks]


@pytest.mark.parametrize(
    "source",
    [
        '+++\ntitle = "The *Lamp*"\nauthors = ["Ann", "Bob"]\ndate = 2020-01-02\ndraft = true\n+++\n\nText.\n',
        "% The *Lamp*\n% Ann; Bob\n% 2020-01-02\n\nText.\n",
    ],
    ids=["toml", "percent"],
)
def test_a_file_says_what_it_is_in_more_than_one_way(source: str) -> None:
    made = from_markdown(source)
    assert (made.title, made.author, made.date) == ("The \\*Lamp\\*", "Ann, Bob", "2020-01-02")
    assert made.blocks == ("Text.",)


@pytest.mark.parametrize("source", ["+++\ntitle = \n+++\n\nText.", "%\n\nText.", "+++\n\nText."])
def test_what_says_nothing_stays_text(source: str) -> None:
    assert from_markdown(source).blocks[0].replace("\\\n", "\n") == source


@pytest.mark.parametrize("heading", ["# The Lamp #\n", "The Lamp\n===\n"])
def test_a_first_heading_is_the_title_however_it_is_written(heading: str) -> None:
    made = from_markdown(f"{heading}\nText.")
    assert (made.title, made.blocks) == ("The Lamp", ("Text.",))


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        (
            "See [a lamp][1], [Rain] and [none].\n\n[1]: http://a.org 'A'\n[rain]: <b.html>",
            ["See a lamp, Rain and [none]."],
        ),
        ("As he says[1].\n\n[1]: Smith", ["As he says[1].", "[1]: Smith"]),
        ("A word[^1].\n\n[^1]: One.\n\n    Two.\n\nText.", ["A word[^1].", "[^1]: One.", "Two.", "Text."]),
        ("A <b>bold</b> <span class='x'>word</span>, 10<sup>3</sup>.<br/>Line", ["A bold word, 10³.\nLine"]),
        (
            "If a<b and c>d, `<b>x</b>` is \\<b>, <https://a.org> <x>",
            ["If a<b and c>d, <b>x</b> is <b>, https://a.org <x>"],
        ),
        ("<div class='poem'>\nTell all<br>\nbut slant\n</div>\n\nText", ["Tell all\nbut slant", "Text"]),
        ("<details>\n<summary>More</summary>\n\nInside *it*.\n\n</details>", ["More", "Inside it."]),
        ("A | B\n--|--\n1 | 2", ["A\tB", "1\t2"]),
        ("> a\n> ```\n> b\n> c\n> ```", ["a", "b\nc"]),
        ("## Part {#part .x}\n\n::: note\nInside.\n:::", ["Part", "Inside."]),
        ("```\n<b>x</b>\n[a]: http://b\n```\n\n<i>y</i>", ["<b>x</b>\n[a]: http://b", "y"]),
    ],
)
def test_what_an_essay_writes_otherwise_says_the_same(source: str, blocks: list[str]) -> None:
    assert [text.partition(": ")[2] for text in texts(source)] == blocks


def test_a_comment_is_left_out_and_told() -> None:
    made = from_markdown("Text <!-- not this --> here.\n\n<!-- nor\nthis -->\n\nEnd.")
    assert made.blocks[0].split() == ["Text", "here.", "End."]
    assert made.notices == ('2 comments left out: "not this", "nor this".',)


@pytest.mark.parametrize("unit", ["<!--", "x <!-- ", "<b ", "[", "[a]", "`x``", "<div>\n\n", "[^1]: a\n\n"])
def test_no_markdown_hangs_the_reader(unit: str) -> None:
    start = time.process_time()
    from_markdown("[a]: http://b\n\n--> " + (unit * 60_000)[:60_000])
    assert time.process_time() - start < 10


def test_a_picture_in_html_is_one_of_the_files_beside() -> None:
    made = from_markdown("<p align=center><img src='lamp.png' alt='A lamp'></p>\n\nText <img src=b.png> here.")
    assert made.blocks[0].split("\n\n") == ["![A lamp](lamp.png)", "Text ![](<b.png>) here."]


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("a | b\n--|--\n1 | 2 | 3 | 4\n5 | 6", "a\tb\n\n1\t2 | 3 | 4\n\n5\t6"),
        ("> | a | b |\n> |:--|--:|\n> | 1 | 2 | 3 |", "a\tb\n\n1\t2 | 3"),
        ("| a | b |\n|---|---|\n| 1 | `x|y` |\n\n1 | 2 | 3", "a\tb\n\n1\tx|y\n\n1 | 2 | 3"),
        ("```\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n```", "| a | b |\n|---|---|\n| 1 | 2 | 3 |"),
        ("one | two | three\nfour | five", "one | two | three\nfour | five"),
    ],
)
def test_a_row_keeps_the_cells_that_are_too_much_for_its_table(table: str, text: str) -> None:
    assert Essay.from_markdown(from_markdown(f"Before.\n\n{table}\n").essay("x")).text == f"Before.\n\n{text}"
