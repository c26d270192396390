"""The entries of a codebook's file: facets and tags as its author wrote them, and what is wrong with them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeGuard

from essay_explorer.core.colours import legible
from essay_explorer.core.fault import Fault, Known, short, shown
from essay_explorer.core.names import AN_ID, COLUMNS, ID, RESERVED
from essay_explorer.core.plain_yaml import QUOTED
from essay_explorer.core.tag import COLOUR, LINES, LONGEST_CODE, ROLES, Facet, Tag, distinct, label_key
from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from essay_explorer.core.fault import Report
    from essay_explorer.core.plain_yaml import Plain
    from essay_explorer.words import Sentence

FILE = "codebook.yml"
FACET_NAMES = ("id", "label", "definition", "role", "tags")
TAG_NAMES = ("id", "label", "definition", "code", "colour", "line", "questions", "aliases")
UNNAMED = {
    "facet": Phrase("facet number {number}: expected `id:` with {expected}; found {found}"),
    "tag": Phrase("tag number {number}: expected `id:` with {expected}; found {found}"),
}
TWICE = {
    "facet": Phrase("this id is used twice; give the second facet another"),
    "tag": Phrase("this id is used twice; give the second tag another"),
}
A_COLUMN = Phrase("no facet may have this id: it means a column of its own. Take another")
IN_ADDRESSES = Phrase("no facet may have this id: it means something else in an address or a call. Take another")
A_PAIR = '{{light: "{}", dark: "{}"}}'
A_COLOUR = A_PAIR.format("#0067B1", "#6CB6F5")


def check_names(entry: Mapping[str, Any], known: tuple[str, ...], report: Report) -> None:
    """Report the names of an entry that nothing here reads."""
    for name in entry:
        if name not in known:
            told = Phrase("`{name}` is not known here. {advice}").filled(name=name, advice=Known(known).advice(name))
            report(Fault.of(FILE, told, entry=_id(entry)))


def _id(entry: Mapping[str, Any]) -> str:
    return entry["id"] if isinstance(entry.get("id"), str) else ""


def entries_in(entries: Iterable[Plain], kind: str, *, seen: set[str], report: Report) -> Iterator[Mapping[str, Any]]:
    """The entries that are mappings with an id of their own; the others are reported and left out."""
    for number, entry in enumerate(entries, 1):
        given = entry.get("id") if isinstance(entry, dict) else entry
        if not isinstance(entry, dict) or not isinstance(given, str) or not ID.fullmatch(given):
            told = UNNAMED[kind].filled(number=str(number), expected=AN_ID, found=_found(given))
            report(Fault.of(FILE, told))
        elif given in seen:
            report(Fault.of(FILE, TWICE[kind].filled(), entry=given))
        elif kind == "facet" and given in (*RESERVED, *COLUMNS):
            report(Fault.of(FILE, (A_COLUMN if given in COLUMNS else IN_ADDRESSES).filled(), entry=given))
        else:
            seen.add(given)
            yield entry


def _found(value: Plain) -> str | Sentence:
    if value is None:
        return Phrase("nothing").filled()
    if isinstance(value, str):
        return shown(value)
    return Phrase("a list").filled() if isinstance(value, list) else "`name: value`"


def text_of(entry: Mapping[str, Plain], name: str, default: str, report: Report) -> str:
    """The text under a name of an entry; anything else is reported, and `default` comes back."""
    value = entry.get(name)
    if value is None or isinstance(value, str):
        return value or default
    told = Phrase("`{name}`: expected a text, found {found}. {advice}")
    report(Fault.of(FILE, told.filled(name=name, found=_found(value), advice=QUOTED), entry=_id(entry)))
    return default


def facet_from(entry: Mapping[str, Any], seen: set[str], report: Report) -> Facet:
    """The facet that an entry makes. `seen`: ids of the tags of the facets before it; its own are added."""
    check_names(entry, FACET_NAMES, report)
    tags = entry.get("tags")
    if not isinstance(tags, list):
        report(Fault.of(FILE, Phrase("this facet has no list named `tags`").filled(), entry=entry["id"]))
        tags = []
    made = [_tag(tag, report) for tag in entries_in(tags, "tag", seen=seen, report=report)]
    shared = {key for key, count in Counter(map(label_key, made)).items() if count > 1}
    named = [replace(tag, label=f"{tag.label} ({tag.id})") if label_key(tag) in shared else tag for tag in made]
    apart = distinct(named)  # of two with one label neither is meant by it
    _report_alike(made, apart, report)
    label, definition = _labels(entry, report)
    return Facet(entry["id"], label, definition, apart, _one_of(entry, "role", ROLES, report))


def _report_alike(tags: Sequence[Tag], apart: Sequence[Tag], report: Report) -> None:
    """Report the codes and the labels that tags of a facet share. `apart`: the same tags, as they are told apart."""
    for tag, now in zip(tags, apart, strict=True):
        if tag.code != now.code:
            other = next(one for one in tags if one.code == tag.code)
            told = Phrase('tag "{tag}" has the code "{code}" too; give one another')
            report(Fault.of(FILE, told.filled(tag=other.id, code=short(tag.code)), entry=tag.id))
        alike = (one for one in tags if label_key(one) == label_key(tag))
        if tag.label != now.label and (other := next(alike)) != tag:
            told = Phrase(
                'tag "{tag}" has the label "{label}" too; give one another. Until then their ids stand behind it'
            )
            report(Fault.of(FILE, told.filled(tag=other.id, label=short(tag.label)), entry=tag.id))


def _labels(entry: Mapping[str, Any], report: Report) -> tuple[str, str]:
    return text_of(entry, "label", entry["id"], report), text_of(entry, "definition", "", report)


def _tag(entry: Mapping[str, Any], report: Report) -> Tag:
    check_names(entry, TAG_NAMES, report)
    label, definition = _labels(entry, report)
    return Tag(
        id=entry["id"],
        label=label,
        definition=definition,
        code=_code(entry, report),
        colour=_colour(entry, report),
        line=_one_of(entry, "line", LINES, report),
        questions=_texts(entry, "questions", report),
        aliases=_texts(entry, "aliases", report),
    )


def _code(entry: Mapping[str, Any], report: Report) -> str:
    code = text_of(entry, "code", "", report)
    if len(code) > LONGEST_CODE:
        told = Phrase('code "{code}": expected a letter or two').filled(code=short(code))
        report(Fault.of(FILE, told, entry=entry["id"]))
    return code[:LONGEST_CODE]


def _colour(entry: Mapping[str, Any], report: Report) -> tuple[str, str] | None:
    if "colour" not in entry:
        return None
    colour = entry["colour"]
    light, dark = (colour.get("light"), colour.get("dark")) if isinstance(colour, dict) else (colour, colour)
    if _is_colour(colour):
        return legible(colour)
    if _is_colour(light) and _is_colour(dark):
        if (readable := legible(light, dark)) != (light, dark):
            faint = Phrase("colour: {found} stand out too little from a light and a dark page. Take {readable}")
            both, better = f"{shown(light)} and {shown(dark)}", A_PAIR.format(*readable)
            report(Fault.of(FILE, faint.filled(found=both, readable=better), entry=entry["id"]))
        return readable
    two = Phrase("light {light} and dark {dark}").filled(light=_found(light), dark=_found(dark))
    found = two if isinstance(colour, dict) else _found(colour)
    told = Phrase("colour: expected {example}, with the quotation marks; found {found}")
    report(Fault.of(FILE, told.filled(example=A_COLOUR, found=found), entry=entry["id"]))
    return None


def _is_colour(value: Plain) -> TypeGuard[str]:
    return isinstance(value, str) and bool(COLOUR.fullmatch(value))


def _one_of(entry: Mapping[str, Any], name: str, known: Collection[str], report: Report) -> str:
    value = text_of(entry, name, "", report)
    if value and value not in known:
        told = Phrase('{name} "{value}" is not known. {advice}')
        said = told.filled(name=name, value=short(value), advice=Known(known).advice(value))
        report(Fault.of(FILE, said, entry=entry["id"]))
        return ""
    return value


def _texts(entry: Mapping[str, Any], name: str, report: Report) -> tuple[str, ...]:
    """The texts of a list; one text alone needs no list around it."""
    value = entry.get(name)
    texts = value if isinstance(value, list) else [] if value is None else [value]
    for text in texts:
        if not isinstance(text, str) or not text.strip():
            told = Phrase("{name}: expected texts, found {found}. {advice}")
            report(Fault.of(FILE, told.filled(name=name, found=_found(text), advice=QUOTED), entry=entry["id"]))
    return tuple(text.strip() for text in texts if isinstance(text, str) and text.strip())
