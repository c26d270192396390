"""The tags of a web page, read as data and in one pass, however broken the page is."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# Possessive: what is taken is not given back, so that no page makes them try again and again.
TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+)>""")
UNQUOTED = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)>")
ATTRIBUTE = re.compile(r"""(?<![^\s=/"'>])([^\s=/"'>]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
PREFIX = re.compile(r"""\bxmlns:(\w+)\s*=\s*["']http://www\.w3\.org/(?:1999/xhtml|1998/Math/MathML)["']""")
RAW = {"script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp"}  # their tags are letters
PREFORMATTED = {"xmp": "pre", "listing": "pre"}  # what HTML called it once


class Token(NamedTuple):
    """A piece of a page. `mark`: "" for text, "<" and "/" for tags, "=" for what stands in a RAW element."""

    mark: str
    name: str
    rest: str

    @property
    def attributes(self) -> dict[str, str]:
        """Those that have a value, by their names in small letters."""
        found = ATTRIBUTE.findall(self.rest)
        return {name.lower(): html.unescape(double or single or bare) for name, double, single, bare in found}


def tokens(source: str) -> Iterator[Token]:
    """The pieces of a page in its order; comments are left out, and so are prefixes that say only that it is one."""
    prefixes = {f"{prefix.lower()}:" for prefix in PREFIX.findall(source)}
    tag, at, last = TAG, 0, source.rfind(">")
    while 0 <= (start := source.find("<", at)) < last:
        match = tag.match(source, start)
        if not match and source[start + 1].isascii() and source[start + 1].isalpha():
            tag = UNQUOTED  # a quotation mark is missing: from here on, a tag ends at its first ">"
            match = tag.match(source, start)
        if match:
            yield Token("", "", source[at:start])
            at, name = match.end(), match[2].lower()
            name = name.rpartition(":")[2] if name[: name.find(":") + 1] in prefixes else name
            yield Token(match[1] or "<", PREFORMATTED.get(name, name), match[3])
            if name in RAW and not match[1] and not match[3].endswith("/"):
                end = re.compile(rf"</(?:\w+:)?{name}\b", re.IGNORECASE).search(source, at)
                stop = end.start() if end else len(source)
                letters = source[at:stop]
                yield Token("", "", html.escape(letters)) if name in PREFORMATTED else Token("=", name, letters)
                at = stop
        elif source.startswith(("<!", "<?", "</"), start):
            yield Token("", "", source[at:start])
            mark = "-->" if source.startswith("<!--", start) else ">"
            stop = source.find(mark, start + 2)
            at = stop + len(mark) if stop >= 0 else len(source)
        else:
            yield Token("", "", source[at : start + 1])
            at = start + 1
    yield Token("", "", source[at:])
