"""Dates in the form that standards want, and as a reading's cells hold them."""

from __future__ import annotations

from datetime import UTC, datetime

MIDNIGHT = "T00:00:00Z"  # with which a day is written where a time is wanted
NO_DATE = f"1980-01-01{MIDNIGHT}"  # for what has no date, where one is wanted


def utc(text: str) -> str:
    """`text` as an xsd:dateTime in UTC, "2024-05-06T07:08:09Z"; "" where it is no date.

    A time without a zone is taken as one in UTC.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.isoformat().replace("+00:00", "Z")


def as_cell(text: str) -> str:
    """A dateTime as a reading holds it: a day where it is a day's midnight."""
    return text.strip().removesuffix(MIDNIGHT)


def comes_back(text: str) -> bool:
    """Whether a cell says after `utc` what it said before."""
    return as_cell(utc(text)) == text.strip().replace("+00:00", "Z").removesuffix(MIDNIGHT)
