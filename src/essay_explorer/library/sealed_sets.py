"""The sealed sets that come with the project."""

from __future__ import annotations

from essay_explorer.library.finding import bundled
from essay_explorer.sealed.sealed_set import FILE, Sealed


def sealed_sets() -> tuple[Sealed, ...]:
    """The sealed sets that come with the project, by the names of their folders."""
    files = sorted(bundled("data").glob(f"*/{FILE}"))
    return tuple(Sealed.from_json(file.read_text("utf-8")) for file in files)


def sealed_set(name: str) -> Sealed:
    """The sealed set of that name that comes with the project."""
    return Sealed.from_json((bundled("data") / name / FILE).read_text("utf-8"))
