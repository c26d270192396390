"""A page whose script is a file beside it: the text comes sooner, and a browser keeps the file.

The script brings the style of what it draws too; the page begins with what stands there at rest, and nothing else is
asked for before the text has its frame. As a script of the old kind it also runs from the disk, where
browsers load no modules.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass

from essay_explorer.page.document import PARTS
from essay_explorer.page.rest_style import rest_style

STYLE = re.compile(r"(?<=<style>\n).*?(?=\n</style>\n<script>(.*?)</script>)", re.DOTALL)  # and what runs at once
INSIDE = re.compile(r'(<script type="text/plain" id="essay-explorer-modules")>\n(.*?)(?=</script>)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class PartedPage:
    """A page, and the text of its script with the name of its file in PARTS, which tells its content."""

    page: str
    script: str
    name: str

    @classmethod
    def of(cls, page: str) -> PartedPage:
        """Take the script out of a page, and the rules that only what it draws needs."""
        found, style = INSIDE.search(page), STYLE.search(page)
        if not found or not style:
            message = "a page without a script of its own"
            raise ValueError(message)
        all_styled = f'document.querySelector("style").textContent = {json.dumps(style[0], ensure_ascii=False)};'
        script = f'(async () => {{\n"use strict";\n{all_styled}\n{found[2]}}})();\n'
        name = f"page-{hashlib.blake2b(script.encode(), digest_size=8).hexdigest()}.js"
        start, end = found.span()
        between = page[style.end() : start]
        at_rest = rest_style(style[0], between, style[1])
        made = f'{page[: style.start()]}{at_rest}{between}{found[1]} data-src="{PARTS}/{name}">{page[end:]}'
        return cls(made, script, name)
