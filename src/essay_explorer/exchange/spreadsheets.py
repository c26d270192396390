"""What spreadsheets do to a table on its way: letters in a wrong encoding, formulas that are none, other dates."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

WRONG = "\x81\x8d\x8f\x90\x9d"  # bytes that Windows-1252 has no letter for
CONTINUED = "".join(bytes([byte]).decode("cp1252", errors="ignore") for byte in range(0x80, 0xC0)) + WRONG + "\ufffd"
# UTF-8 that was read as Windows-1252: the letter of a first byte, and those of as many others as it announces.
MOJIBAKE = re.compile(
    f"(?:[\xc2-\xdf][{re.escape(CONTINUED)}]|[\xe0-\xef][{re.escape(CONTINUED)}]{{2}}"
    f"|[\xf0-\xf4][{re.escape(CONTINUED)}]{{3}})"
)
ERROR = re.compile(r"#(?:[A-ZÀ-Þ]{3,}[?!]|[¿¡][A-ZÀ-Þ]{3,}[?!]|DIV/0!|N/A|NV)")
CLOCK = r"(?:[ ,T]+(\d{1,2}:\d\d)(?::\d\d)?(?:\s?([AaPp])\.?[Mm]\.?)?)?"
DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)" + CLOCK)
YEAR_FIRST = re.compile(r"(\d{4})([./])(\d{1,2})\2(\d{1,2})" + CLOCK)
NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ](\d{4}|\d\d)" + CLOCK)  # as an English Excel writes a day
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NOON, CENTURY, THIS_CENTURY = 12, 100, 2000
TELLING = "ÂÃâ"  # with which nearly all that went through a wrong encoding begins
MOST_PASSES = 3  # through a wrong encoding
ORDERS = ("day first", "month first")


def unscrambled(text: str) -> tuple[str, str]:
    """`text` with the letters that were meant where UTF-8 was read as Windows-1252, and an example of what it had."""
    example = ""
    for _ in range(MOST_PASSES):  # a file that was opened and saved twice went through it twice
        found = [match[0] for match in MOJIBAKE.finditer(text) if _meant(match[0]) != match[0]]
        if not found or (example and not any(letters[0] in TELLING for letters in found)):
            break
        text, example = MOJIBAKE.sub(lambda match: _meant(match[0]), text), example or found[0]
    return text, example


def _meant(letters: str) -> str:
    """The letter whose bytes were taken for these; they themselves where there is none."""
    content = b"".join(_byte(letter) for letter in letters)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return letters


def _byte(letter: str) -> bytes:
    if letter == "\ufffd":  # of the bytes that got lost so, only this one ends a common sign: ”
        return b"\x9d"
    return letter.encode("cp1252" if letter not in WRONG else "latin-1", errors="replace")


def is_error(cell: str) -> bool:
    """Whether a cell holds what a spreadsheet puts in the place of what it takes for a wrong formula."""
    return bool(ERROR.fullmatch(cell.strip()))


def iso_dates(cells: Iterable[str], known: Collection[str]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """The ISO form of each date that a spreadsheet wrote in its own, and those of which it cannot be told.

    In 3/5/2024 either may be the month: a day above 12 in the same column tells, or one of the
    `known` dates that the column has in one order only.
    """
    cells = tuple(cells)
    asked = dict.fromkeys(cell for cell in cells if DATE.fullmatch(cell))
    plain = {cell: one for cell in cells if (one := _certain(cell))}
    slashed = [cell for cell in asked if "." not in cell]
    orders = [order for order in ORDERS if all(_iso(cell, order) for cell in slashed)]
    if len(orders) > 1:
        hits = {order: sum(_iso(cell, order)[:10] in known for cell in slashed) for order in orders}
        orders = [order for order in orders if hits[order] > min(hits.values())]
    made = {cell: _iso(cell, "day first") for cell in asked if "." in cell}
    if len(orders) == 1:
        made |= {cell: _iso(cell, orders[0]) for cell in slashed}
    made |= {cell: one for cell in slashed if (one := _iso(cell, "day first")) and one == _iso(cell, "month first")}
    return plain | {cell: one for cell, one in made.items() if one}, tuple(cell for cell in asked if not made.get(cell))


def _iso(cell: str, order: str) -> str:
    """The date in ISO form; "" where there is no such day."""
    first, _, second, year, clock, half = DATE.fullmatch(cell).groups()  # type: ignore[union-attr]  # it matches
    day, month = (first, second) if order == "day first" else (second, first)
    return _written(int(year), int(month), int(day), clock, half)


def _certain(cell: str) -> str:
    """The date where its own form says what is the month; "" where it is of no such form."""
    if found := YEAR_FIRST.fullmatch(cell):
        year, _, month, day, clock, half = found.groups()
        return _written(int(year), int(month), int(day), clock, half)
    found = NAMED.fullmatch(cell)
    if not found or found[2].lower() not in MONTHS:
        return ""
    return _written(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]), found[4], found[5])


def _written(year: int, month: int, day: int, clock: str | None, half: str | None) -> str:
    try:
        made = date(year if year >= CENTURY else THIS_CENTURY + year, month, day).isoformat()
    except ValueError:
        return ""
    if not clock:
        return made
    hour, _, minute = clock.partition(":")
    hours = int(hour) % NOON + NOON * (half in {"p", "P"}) if half else int(hour)
    return f"{made}T{hours:02}:{minute}"
