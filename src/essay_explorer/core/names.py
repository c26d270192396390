"""What an id may be, and the names that a reading's files keep for themselves."""

from __future__ import annotations

import re

from essay_explorer.words import Phrase

# It stands in lists, in addresses and on terminals; a star at its start means emphasis.
ID = re.compile(r"(?!\*)[^\s,;&=#\x00-\x1f\x7f-\x9f]+")
AN_ID = Phrase("one word, without spaces, control signs or , ; & = # and no * at its start").filled()
PARAGRAPH = re.compile(r"p[0-9]+")  # means a paragraph in an address, so no annotation's id
# Not for facets: their ids are keyword arguments beside the first three, and address keys beside the rest.
RESERVED = (
    *("match", "exclude", "query", "within", "show", "find", "at", "not", "chart"),
    *("tour", "off", "differ"),
)
COLUMNS = ("id", "quote", "prefix", "suffix", "note", "creator", "created")  # of annotations, and one for each facet
