"""Essays without measure: a file of one long line opens in time, or is refused, and loses no letter."""

from __future__ import annotations

import time

import pytest

from essay_explorer import Essay, Reading, ReadingError
from essay_explorer.core.prose import Prose
from essay_explorer.library.new_reading import new_reading

SIZE = 200_000  # letters; a step for each pair of them would take minutes
LINES = {
    "spaces": " " * SIZE + "x",
    "tabs": "\t" * SIZE + "x",
    "spaces inside": f"x{' ' * SIZE}x",
    "spaces at ends": f"x{' ' * SIZE}\nx",
    "a heading of spaces": f"# a{' ' * SIZE}#x\n\nx",
    "a heading of tabs": "# a" + "\t#" * (SIZE // 2) + "x\n\nx",
    "lists": "- " * (SIZE // 2) + "x",
    "starred lists": "* " * (SIZE // 2) + "x",
    "numbered lists": "1. " * (SIZE // 3) + "x",
    "quotations": "> " * (SIZE // 2) + "x",
    "tight quotations": ">" * SIZE + "x",
    "mixed": "> - 1) " * (SIZE // 7) + "x",
    "backslashes": "\\" * SIZE + "x",
    "stars": "x " + "*" * SIZE + "x",
    "brackets": "[" * SIZE + "x",
    "marks and spaces": "`*_" * 3000 + " " * SIZE + "\nx",
    "code of blank lines": "    x" + ("\n" + " " * 100) * (SIZE // 100) + "\n    x",
    "accents": "e" + "\u0301" * SIZE + "x",
}


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("kind", ["md", "txt", "html"])
def test_one_long_line_opens_in_time_and_keeps_its_letters(line: str, kind: str) -> None:
    start = time.process_time()
    made = new_reading(LINES[line].encode(), f"a.{kind}")
    again = Reading.from_texts(made.texts)
    assert time.process_time() - start < 20
    assert again.essay == made.reading.essay
    assert again.essay.text.endswith("x")


@pytest.mark.parametrize("line", ["- " * SIZE, "* " * SIZE, " " * SIZE, "\n" * 100, "#" * 3 + " " * SIZE])
def test_a_file_that_leaves_no_text_makes_no_reading(line: str) -> None:
    with pytest.raises(ReadingError, match="holds no text"):
        new_reading(line.encode(), "a.md")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("- " * 25 + "x", "- " * 25 + "x"),
        ("1. " * 25 + "x", "1. " * 25 + "x"),
        (">" * 25 + " x", ">" * 25 + " x"),
        ("  > - " * 25 + "x", "> -   " * 24 + "> - x"),
        ("> " * 12 + "x", "x"),
        ("- " * 12 + "x", "x"),
        ("a\n\n" + "* " * 40 + "\n\nb", "a\n\nb"),
        ("a\n\n" + "-" * 400 + "\n\nb", "a\n\nb"),
    ],
)
def test_lists_deeper_than_any_are_text_and_rules_are_rules(source: str, text: str) -> None:
    assert Prose.from_markdown(source).text == text


@pytest.mark.parametrize(
    ("line", "title"),
    [("# A", "A"), ("# A #", "A"), ("# A ##  ", "A"), ("# A#", "A#"), ("# C# #", "C#"), ("#  A B  ", "A B")],
)
def test_the_signs_that_close_a_heading_are_not_its_title(line: str, title: str) -> None:
    made = new_reading(f"{line}\n\nSome text.".encode(), "a.md")
    assert made.reading.essay == Essay("Some text.", title=title)
