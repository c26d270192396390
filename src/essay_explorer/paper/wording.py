"""What the hand-out says around the essay, in the language that is spoken."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from essay_explorer.words import direction, language, say, say_n

LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?:-.*)?", re.IGNORECASE | re.ASCII)
LINE = "{line}"  # to write on; the template draws it


class Tongue(NamedTuple):
    """A language as Typst takes it. `known`: its tag, such as "de-AT", is one; else it is set as English."""

    language: str
    region: str | None
    known: bool


def tongue(tag: str) -> Tongue:
    """The language of a tag."""
    if not (known := LANGUAGE.fullmatch(tag)):
        return Tongue("en", None, known=False)
    return Tongue(known[1].lower(), known[2].upper() if known[2] else None, known=True)


def spoken() -> dict[str, Any]:
    """The language that is spoken, as templates take it."""
    name, region, _ = tongue(language())
    return {"language": name, "region": region, "rtl": direction() == "rtl"}


def template_words(title: str) -> dict[str, Any]:
    """The texts that the template puts in place by itself. `title`: the essay's."""
    return spoken() | {
        "head": say("Name {name} Date {date}"),
        "foot": say("Page {here} of {all}"),
        "key_of": say("Key: {title}", title=title),
        "key": say("Key, for the teacher"),
        "task": say("Task"),
        "bank": say("Each of these words fits one gap:"),
        "no_tags": say("This reading has no tags: the text stands alone."),
        "no_text": say("This essay has no text."),
        "no_passage": say("No passage"),
        "no_gaps": say("There are no gaps in this text."),
        "numbers": say("Each number is that of a sentence in the text."),
        "quote": say("“{quote}”"),
        "tour": say("The argument, stop by stop"),
    }


def extract(first: int, last: int, count: int) -> str:
    """Which of `count` paragraphs these are."""
    if first == last:
        return say("Paragraph {number} of {count}", number=first, count=count)
    return say("Paragraphs {first}–{last} of {count}", first=first, last=last, count=count)


def credit(author: str, *, retells: bool) -> str:
    """Whose text it is. `retells`: it is after the work of somebody else."""
    if not author:
        return ""
    return say("Text by {author}", author=author) if retells else say("By {author}", author=author)


def to_find(count: int) -> str:
    """How many passages there are to find, and a line for the numbers of their sentences."""
    if not count:
        return say("No passage")
    return say_n("{count} passage, in sentence {line}", "{count} passages, in sentences {line}", count, line=LINE)


def standing(numbers: str) -> str:
    """Where a passage stands: "3", "3–4" or "3, 7–8"; a label."""
    if numbers.isdigit():
        return say("Sentence {number}", number=numbers)
    return say("Sentences {numbers}", numbers=numbers) if numbers else say("No passage")


def in_sentences(numbers: str) -> str:
    """The same, after something else."""
    if numbers.isdigit():
        return say("sentence {number}", number=numbers)
    return say("sentences {numbers}", numbers=numbers)
