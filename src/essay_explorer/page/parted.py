"""A page without its script, which is a file beside it: the text comes sooner, and a browser keeps the file.

Nothing of it is asked for before the text has its frame. As a script of the old kind it also runs from the disk, where
browsers load no modules.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from essay_explorer.page.document import PARTS

INSIDE = re.compile(r'(<script type="text/plain" id="essay-explorer-modules")>\n(.*?)(?=</script>)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class PartedPage:
    """A page, and the text of its script with the name of its file in PARTS, which tells its content."""

    page: str
    script: str
    name: str

    @classmethod
    def of(cls, page: str) -> PartedPage:
        """Take the script out of a page."""
        found = INSIDE.search(page)
        if not found:
            message = "a page without a script of its own"
            raise ValueError(message)
        script = f'(async () => {{\n"use strict";\n{found[2]}}})();\n'
        name = f"page-{hashlib.blake2b(script.encode(), digest_size=8).hexdigest()}.js"
        start, end = found.span()
        return cls(f'{page[:start]}{found[1]} data-src="{PARTS}/{name}">{page[end:]}', script, name)
