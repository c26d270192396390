"""Cells of a CSV file that a spreadsheet would run as a formula, and how they are kept from it.

An apostrophe before such a text makes a spreadsheet show it (https://owasp.org/www-community/attacks/CSV_Injection).
A text that has apostrophes before such a sign already gets one more, so that each comes back as it was.
"""

from __future__ import annotations

import re

SHIELD = "'"
RUN = re.compile(r"'*[\t\r\n]|['\s]*[=+\-@＝＋－＠]")


def shielded(text: str) -> str:
    """`text` as a spreadsheet shows it, and runs nothing; `unshielded` gives it back."""
    return SHIELD + text if RUN.match(text) else text


def unshielded(cell: str) -> str:
    """The text that was shielded; any other cell as it is."""
    return cell[1:] if cell.startswith(SHIELD) and RUN.match(cell) else cell
