"""The act on what the essay's file says of the text above it: its title, its author, where it is from."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from essay_explorer.core.essay import FILE, Essay
from essay_explorer.core.fault import ReadingError
from essay_explorer.core.front_matter import FrontMatter
from essay_explorer.library.editing.act import ChangingAct, Texts, line
from essay_explorer.words import Phrase, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.reading import Reading
    from essay_explorer.words import Sentence

FACTS = {
    "title": Phrase("the title"),
    "subtitle": Phrase("the subtitle"),
    "author": Phrase("the author"),
    "after": Phrase("the work that it retells"),
    "language": Phrase("the language"),
    "url": Phrase("the source"),
    "license": Phrase("the licence"),
}


@dataclass(frozen=True, slots=True)
class ChangeFacts(ChangingAct):
    """Other facts of the text; "" takes one away. `was`: those that somebody saw."""

    NAMES: ClassVar[Mapping[str, Phrase]] = FACTS

    def apply(self, reading: Reading) -> Reading:
        """The reading with these facts; nothing else in its file changes by a letter."""
        essay = reading.essay
        wanted = {name: line(str(value)) for name, value in self.set}
        made = Essay.from_markdown(_with_facts(essay.source, wanted), report=lambda _: None)
        plain = replace(essay, **{name: getattr(made, name) for name in wanted})
        said = all(getattr(made, name) == value for name, value in wanted.items() if value)
        if made != plain or not said:
            message = say(
                "The lines above the text cannot be changed here, as they are written. Change them in {file}", file=FILE
            )
            raise ReadingError(message)
        return replace(reading, essay=made)

    def seen(self, reading: Reading) -> tuple[Sentence, Mapping[str, str | Texts]]:
        """The facts of the text."""
        return Phrase("the text").filled(), facts_of(reading.essay)


def facts_of(essay: Essay) -> dict[str, str]:
    """What an author can say of a text, by the names of its front matter."""
    return {name: getattr(essay, name) for name in FACTS}


def _with_facts(source: str, wanted: Mapping[str, str]) -> str:
    """The source of an essay in whose front matter each of these facts has a line of its own."""
    plain = re.sub("\r\n?", "\n", source.removeprefix("\ufeff"))
    front = FrontMatter.from_markdown(unicodedata.normalize("NFC", plain), FILE, lambda _: None)
    lines, above = front.source, len(plain) - len(front.body)
    if front.source and front.source not in plain[:above]:
        lines, above = "", 0  # it is not in NFC: nothing is certain
    for name, value in wanted.items():
        written = f"{name}: {json.dumps(value, ensure_ascii=False)}\n" if value else ""
        lines, count = re.subn(rf"^{name}:.*\n(?:[ \t]+.*\n)*", lambda _: written, lines, count=1, flags=re.MULTILINE)  # noqa: B023 - used at once
        lines += "" if count else written
    head = plain[:above].replace(front.source, lines, 1) if above and front.source else f"---\n{lines}---\n\n"
    made = head + plain[above:]
    return made.replace("\n", "\r\n") if "\r\n" in source else made
