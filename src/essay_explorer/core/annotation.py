"""Annotations and relations: what somebody says of a passage, and of two passages together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from essay_explorer.anchoring.quotes import Quote
from essay_explorer.core import kinds, meant
from essay_explorer.core.fault import Fault, Known, refuse, short, shown
from essay_explorer.core.names import AN_ID, COLUMNS, ID, PARAGRAPH
from essay_explorer.core.table import rows_in
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from essay_explorer.core.codebook import Codebook
    from essay_explorer.core.fault import Report
    from essay_explorer.words import Sentence

ANNOTATIONS = "annotations.csv"
RELATIONS = "relations.csv"
KINDS = ("supports", "opposes", "qualifies")
TAGS_NAMED = 3  # of those in a cell that are wrong; more are one fault


@dataclass(frozen=True, slots=True)
class Annotation:
    """One passage, named by its exact quote, with its tags, note and creator.

    `id` is one word. `prefix` and `suffix` tell which place is meant where the quote stands more
    than once. `tags` are ids, facet by facet in the order of the columns. `row` counts as a
    spreadsheet does.

    >>> from essay_explorer import open_reading
    >>> open_reading("her")["a06"].annotation.tags
    ('questions', 'ending', 'verdict')
    """

    id: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    creator: str = ""
    created: str = ""
    row: int = field(default=0, compare=False, repr=False)

    @property
    def anchor(self) -> Quote:
        """Its quote, and what tells the place of that.

        >>> from essay_explorer import open_reading
        >>> open_reading("her")["a06"].annotation.anchor.exact
        'The questions are laid on the table, and nobody picks them up.'
        """
        return Quote(self.quote, self.prefix, self.suffix)

    def __post_init__(self) -> None:
        kinds.check_fields(self)
        meant.check_id(id=self.id)


@dataclass(frozen=True, slots=True)
class Relation:
    """One annotation supports, opposes or qualifies another; both are named by id.

    >>> from essay_explorer import open_reading
    >>> relation = open_reading("her").relations[0]
    >>> relation.source, relation.kind, relation.target
    ('a06', 'supports', 'a05')
    """

    source: str
    kind: str
    target: str
    note: str = ""
    row: int = field(default=0, compare=False, repr=False)

    def __post_init__(self) -> None:
        kinds.check_fields(self)
        meant.check_id(source=self.source, target=self.target)
        meant.check_one_of(KINDS, kind=self.kind)


def annotations_from_csv(source: str, codebook: Codebook, *, report: Report = refuse) -> tuple[Annotation, ...]:
    """The annotations in a CSV text, in its order.

    A column named after a facet of `codebook` may hold ids of its tags, parted by `;`.
    Faults go to `report`; a row with a fault keeps whatever of it is sound.
    """
    facets = {facet.id: Known(tag.id for tag in facet.tags) for facet in codebook.facets}
    rows = list(rows_in(source, ANNOTATIONS, needed=("quote",), known=(*COLUMNS, *facets), report=report))
    if rows and facets and not any(facet in rows[0][1] for facet in facets):
        told = Phrase("no column for tags. Name one after a facet: {facets}").filled(facets=", ".join(facets))
        report(Fault.of(ANNOTATIONS, told, row=1))
    given = {cells.get("id", "") for _, cells in rows}
    rows_of: dict[str, int] = {}
    made = []
    for row, cells in rows:
        entry = _id(cells.get("id", ""), row, rows_of, report)
        while entry in rows_of or (entry != cells.get("id") and entry in given):
            entry = f"{entry}-{row}"  # kept under an id of its own, so that nothing is lost
        rows_of[entry] = row
        tags = tuple(_tags(cells, facets, row, entry, report))
        rest = {name: cells.get(name, "") for name in COLUMNS[1:]}
        made.append(Annotation(entry, tags=tags, row=row, **rest))
    return tuple(made)


def has_tags(source: str) -> bool:
    """Whether a CSV text of annotations has a column that may hold tags."""
    header = re.split("[\r\n]", source, maxsplit=1)[0]
    return not {name.strip().lower() for name in re.split('[",;\t]', header)} <= {"", *COLUMNS}


def _id(entry: str, row: int, rows_of: Mapping[str, int], report: Report) -> str:
    """The id that a row gives, or one that is made for it; its faults are reported."""
    if not entry:
        return f"row{row}"
    if not ID.fullmatch(entry):
        other = Phrase('id "{id}": expected {expected}. Kept as {kept}')
        report(Fault.of(ANNOTATIONS, other.filled(id=short(entry), expected=AN_ID, kept=f"row{row}"), row))
        return f"row{row}"
    if entry in rows_of:
        told = Phrase("row {row} has this id too; give one another").filled(row=str(rows_of[entry]))
        report(Fault.of(ANNOTATIONS, told, row, entry))
    elif PARAGRAPH.fullmatch(entry):
        taken = Phrase('this id means paragraph {number} in an address. Take another, such as "{other}"')
        report(Fault.of(ANNOTATIONS, taken.filled(number=entry[1:], other=f"a{entry[1:]}"), row, entry))
    return entry


def no_annotation(name: str, near: str) -> Sentence:
    """That there is no annotation of that id. `near`: one that there is and that looks like it, if any."""
    values = {"id": short(name), "file": ANNOTATIONS, "near": near}
    if not near:
        return Phrase('"{id}" is not the id of an annotation in {file}').filled(**values)
    return Phrase('"{id}" is not the id of an annotation in {file}. Did you mean "{near}"?').filled(**values)


def relations_from_csv(source: str, ids: Iterable[str], *, report: Report = refuse) -> tuple[Relation, ...]:
    """The relations in a CSV text, in its order; one that leads nowhere is reported and left out.

    `ids`: those of the annotations that exist.
    """
    needed = ("from", "relation", "to")
    known = Known(ids)
    made = []
    for row, cells in rows_in(source, RELATIONS, needed=needed, known=(*needed, "note"), report=report):
        ends, kind = (cells.get("from", ""), cells.get("to", "")), cells.get("relation", "")
        missing = [end for end in ends if end not in known]
        for end in missing:
            near = known.nearest(end)
            report(Fault.of(RELATIONS, no_annotation(end, near), row))
        if kind not in KINDS:
            told = Phrase('relation "{relation}" is not known. {advice}')
            report(Fault.of(RELATIONS, told.filled(relation=short(kind), advice=Known(KINDS).advice(kind)), row))
        elif not missing:
            made.append(Relation(ends[0], kind, ends[1], cells.get("note", ""), row))
    return tuple(made)


def _tags(cells: Mapping[str, str], facets: Mapping[str, Known], row: int, entry: str, report: Report) -> Iterator[str]:
    for facet, known in facets.items():
        names = dict.fromkeys(name.strip() for name in cells.get(facet, "").split(";"))
        wrong = [name for name in names if name and name not in known]
        yield from (name for name in names if name in known)
        if len(wrong) > TAGS_NAMED:
            named = ", ".join(map(shown, wrong[:TAGS_NAMED]))
            several = Phrase('{number} tags, {names} ..., are not in facet "{facet}". {advice}')
            number, advice = f"{len(wrong):,}", known.advice(wrong[0])
            told = several.filled(number=number, names=named, facet=facet, advice=advice)
            report(Fault.of(ANNOTATIONS, told, row, entry))
            continue
        for name in wrong:
            told = Phrase('tag "{tag}" is not in facet "{facet}". {advice}').filled(
                tag=short(name), facet=facet, advice=known.advice(name)
            )
            report(Fault.of(ANNOTATIONS, told, row, entry))
