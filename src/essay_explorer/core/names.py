"""What an id may be, and the names that a reading's files keep for themselves."""

from __future__ import annotations

import re

ID = re.compile(r"[^\s,;&=#*][^\s,;&=#]*")  # it stands in lists and addresses; a star means emphasis
AN_ID = "one word, without spaces or , ; & = # and no * at its start"
PARAGRAPH = re.compile(r"p[0-9]+")  # means a paragraph in an address, so no annotation's id
COLUMNS = ("id", "quote", "prefix", "suffix", "note", "creator", "created")  # of annotations, and one for each facet
