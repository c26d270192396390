"""The front end in a language: its texts stand in its modules, and are replaced before a page is sent.

So a page carries the words of one language and nothing else, and its modules need not find a catalogue.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from essay_explorer.words.catalogue import Catalogue
from essay_explorer.words.saying import language

if TYPE_CHECKING:
    from collections.abc import Iterator

LITERAL = r'\s*("(?:[^"\\\n]|\\.)*")'
OURS = r"(?:(?<![.\w])|(?<=\.{3}))"  # no method of something, but perhaps spread
ONE = re.compile(rf"{OURS}(say|sayAround)\({LITERAL}(\s*\))?")
SEVERAL = re.compile(rf"{OURS}sayN\({LITERAL},{LITERAL}")
LANGUAGE = 'const LANGUAGE = "en";'


def texts(script: str) -> Iterator[tuple[str, str]]:
    """What a script says: each English text, and that of many where there is a number in it, else ""."""
    yield from ((json.loads(found[2]), "") for found in ONE.finditer(script))
    yield from ((json.loads(found[1]), json.loads(found[2])) for found in SEVERAL.finditer(script))


def spoken(script: str) -> str:
    """A script as it says all that in the language of the reader."""
    catalogue = Catalogue.of(language())

    def one(found: re.Match[str]) -> str:
        text = _literal(catalogue.text(json.loads(found[2])))
        return text if found[1] == "say" and found[3] else f"{found[1]}({text}{found[3] or ''}"

    def several(found: re.Match[str]) -> str:
        forms = catalogue.forms(json.loads(found[1]), json.loads(found[2]))
        if forms.keys() == {"one", "other"}:
            return f"sayN({_literal(forms['one'])}, {_literal(forms['other'])}"
        return f"sayN({_literal(forms)}, {_literal(forms['other'])}"

    named = f"const LANGUAGE = {_literal(catalogue.language)};"
    return SEVERAL.sub(several, ONE.sub(one, script)).replace(LANGUAGE, named)


def _literal(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
