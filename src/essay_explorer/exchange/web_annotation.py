"""Annotations in the W3C's form, Web Annotation JSON-LD, out and in.

https://www.w3.org/TR/annotation-model/: a target with selectors, bodies with a purpose, an agent who
made it. Positions are `[start, end)` and count Unicode code points, as ours do: 4.2.4 of the model
says that a selection must be in terms of code points, not of code units, and 4.2.5 refers to it.

What of an imported annotation has no place in a reading stays in the file web-annotations.json of its
folder, and is written back on export. Nothing is fetched, whatever addresses the JSON holds. The
collection carries its codebook as a SKOS scheme.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.segments import Span
from essay_explorer.core.codebook_entries import FILE as CODEBOOK
from essay_explorer.core.fault import Fault, refuse
from essay_explorer.core.reading import Reading
from essay_explorer.core.table import as_cell
from essay_explorer.exchange.addresses import address, address_of
from essay_explorer.exchange.incoming import Author
from essay_explorer.exchange.joining import join, join_relations, reading_to_join
from essay_explorer.exchange.skos import book_in, scheme_of
from essay_explorer.exchange.web_blocks import BLOCKS, blocks_of
from essay_explorer.exchange.web_form import (
    DATE,
    IDENTIFIER,
    MARKS,
    address_in,
    is_ours,
    item_of,
    item_of_link,
    listed,
    mark_in,
    name_of,
    position_in,
    relation_in,
    with_musts,
    with_selectors,
)
from essay_explorer.files.codebook_file import rewritten, with_book
from essay_explorer.files.json_text import json_text
from essay_explorer.files.plain_json import plain_json
from essay_explorer.files.reading_files import WEB_ANNOTATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.core.annotation import Annotation, Relation
    from essay_explorer.core.fault import Report
    from essay_explorer.core.passage import Passage
    from essay_explorer.exchange.incoming import Origin
    from essay_explorer.exchange.joining import Joined

BOOK = "skos:inScheme"  # under which a collection carries its codebook
VOCABULARY = "http://www.w3.org/ns/anno.jsonld"
MOST_ITEMS = 100_000
LONGEST_NAME = 200  # letters of a person

Json = dict[str, Any]


def to_web_annotations(reading: Reading, kept: str = "") -> str:
    """The annotations and relations of a reading as an AnnotationCollection in JSON-LD.

    `kept`: the text of the reading's web-annotations.json, if it has one. An annotation that was
    imported and has not changed since is written as it came; of one that has, only what changed is new.
    A position where its quote does not stand is not written again.
    """
    memory = _memory(kept)
    places = {passage.id: passage for passage in reading.passages()}
    items = [_remembered(entry, places.get(entry.id), reading, memory) for entry in reading.annotations]
    addresses = {entry.id: str(item["id"]) for entry, item in zip(reading.annotations, items, strict=True)}
    written = _relations_kept(memory, addresses)
    links = [
        _link_remembered(item_of_link(link, reading.essay, addresses), written.get(_said(link)))
        for link in reading.relations
    ]
    items += [*links, *memory["others"]]
    page = {"id": address("page", reading.essay), "type": "AnnotationPage", "startIndex": 0, "items": items}
    return json_text({**_collection(reading), **memory["collection"], "total": len(items), "first": page})


def _collection(reading: Reading) -> Json:
    essay, book = reading.essay, reading.codebook
    names = {"@context": VOCABULARY, "id": address("collection", essay), "type": "AnnotationCollection"}
    scheme = {BOOK: scheme_of(book, address("codebook", essay))} if book.facets else {}
    blocks = blocks_of(essay)
    return {**names, "label": essay.title, **scheme, **({BLOCKS: blocks} if blocks else {})}


def web_annotations_joined(
    value: Any,  # noqa: ANN401 - JSON may be anything
    texts: Mapping[str, str],
    origin: Origin,
    report: Report,
) -> Joined:
    """The files of a reading, `texts`, with the annotations of a JSON-LD file, parsed, added to them.

    It holds an AnnotationCollection, an AnnotationPage, a list, or one annotation. Faults go to
    `report`: positions where the quote does not stand, tags that the codebook does not know, what has
    no place in a reading. Raises ReadingError where the JSON cannot be read as annotations at all.
    """
    file = origin.file
    collection, items = _items(value, file, report)
    texts = _with_book(collection.get(BOOK), texts, file, report)
    marks = [mark for number, raw in items.items() if (mark := mark_in(number, raw, file, report))]
    origin = _told(origin, collection, collection.pop(MARKS, None))
    joined = join(marks, texts, origin, report)
    entries = {mark.number: entry for mark, entry in zip(marks, joined.annotations, strict=True)}
    ids = {name: entries[mark.number].id for mark in marks for name in (name_of(items[mark.number]), mark.name)}
    del marks  # as large as their file
    links = {number: link for number, raw in items.items() if number not in entries and (link := relation_in(raw, ids))}
    changed, linked = join_relations(links.items(), joined.texts, file=file, report=report)
    reading = Reading.from_texts(changed)
    memory = _memory(texts.get(WEB_ANNOTATIONS, ""))
    _remember_collection(memory, collection, reading)
    _remember_annotations(memory, {number: (items[number], entry) for number, entry in entries.items()}, reading)
    _remember_relations(memory, {number: (items[number], links[number]) for number in sorted(linked)}, reading)
    del reading  # with its passages it is twice as large
    others = {json.dumps(raw) for raw in memory["others"]}
    for number, raw in items.items():
        if number not in entries and number not in linked and json.dumps(raw) not in others:
            others.add(json.dumps(raw))
            memory["others"].append(raw)
            what = (
                f"neither a passage nor a relation between two; kept in {WEB_ANNOTATIONS}, and written back on export"
            )
            report(Fault(file, f"annotation {number}: {what}", entry=name_of(raw)))
    kept = {WEB_ANNOTATIONS: json_text(memory)} if any(memory.values()) else {}
    return replace(joined, texts=changed | kept)


def _told(origin: Origin, collection: Json, of_marks: Any) -> Origin:  # noqa: ANN401 - JSON may be anything
    """The origin with what a collection says of itself; a file of marks says whose they are too."""
    facts = of_marks if isinstance(of_marks, dict) else {}
    title, person = facts.get("title", collection.get("label")), facts.get("person")
    name = " ".join(as_cell(person[:LONGEST_NAME]).split()) if isinstance(person, str) else ""
    if facts:
        for ours in ("label", "id"):  # the reading's own stay
            collection.pop(ours, None)
    return replace(
        origin, title=title if isinstance(title, str) else "", by=origin.by or (Author(name) if name else None)
    )


def _with_book(scheme: Any, texts: Mapping[str, str], file: str, report: Report) -> Mapping[str, str]:  # noqa: ANN401 - JSON may be anything
    """The files with the tags of a scheme that their codebook lacks."""
    theirs = book_in(scheme, lambda fault: report(replace(fault, file=file)))
    if not theirs:
        return texts
    ours = reading_to_join(texts, file).codebook
    wider = with_book(ours, theirs)
    return {**texts, CODEBOOK: rewritten(texts.get(CODEBOOK, ""), wider)} if wider != ours else texts


def _remember_collection(memory: Json, collection: Json, reading: Reading) -> None:
    ours = _collection(reading)
    news = {name: one for name, one in collection.items() if name not in {BOOK, BLOCKS} and one != ours.get(name)}
    memory["collection"] = {**news, **memory["collection"]}


def _remember_annotations(memory: Json, read: Mapping[int, tuple[Json, Annotation]], reading: Reading) -> None:
    places = {passage.id: passage for passage in reading.passages()}
    for raw, entry in read.values():
        if raw != item_of(entry, places.get(entry.id), reading):
            memory["annotations"][entry.id] = {"read_as": _fields(entry), "annotation": raw}


def _remember_relations(memory: Json, read: Mapping[int, tuple[Json, Relation]], reading: Reading) -> None:
    addresses = {entry.id: address_of(entry, reading.essay) for entry in reading.annotations}
    for raw, link in read.values():
        if raw != item_of_link(link, reading.essay, addresses):
            kept = {"read_as": list(_said(link)), "annotation": raw}
            memory["relations"] += [kept] if kept not in memory["relations"] else []


def _said(link: Relation) -> tuple[str, ...]:
    return link.source, link.kind, link.target, link.note


def _memory(kept: str) -> Json:
    """What web-annotations.json holds, or would hold. Raises ReadingError for one that is broken."""
    empty: Json = {"collection": {}, "annotations": {}, "relations": [], "others": []}
    held = plain_json(kept, WEB_ANNOTATIONS) if kept.strip() else {}
    sound = isinstance(held, dict) and all(isinstance(held.get(name, one), type(one)) for name, one in empty.items())
    notes = [*held.get("annotations", {}).values(), *held.get("relations", [])] if sound else []
    if not sound or not all(isinstance(one, dict) and isinstance(one.get("annotation"), dict) for one in notes):
        refuse(
            Fault(
                WEB_ANNOTATIONS,
                "was changed after an import wrote it. Put back what it was, or remove it and import again",
            )
        )
    return empty | {name: held[name] for name in empty if name in held}


def _items(value: Any, file: str, report: Report) -> tuple[Json, dict[int, Any]]:  # noqa: ANN401 - JSON may be anything
    """What the collection says of itself, and its annotations by their number from 1."""
    pages, collection = value, {}
    if isinstance(value, dict):
        first = value.get("first")
        page = first if isinstance(first, dict) else value
        name = next((name for name in ("items", "@graph", "annotations") if isinstance(page.get(name), list)), "")
        pages = page[name] if name else [value] if "target" in value else None
        collection = {key: one for key, one in value.items() if key not in {name, "first", "total"}} if name else {}
        if isinstance(page.get("next"), (str, dict)) or isinstance(first, str):
            report(Fault(file, "has further pages elsewhere, which are not fetched. Export all in one file"))
    if not isinstance(pages, list) or not pages:
        expected = "expected an AnnotationCollection, an AnnotationPage, a list or an annotation with a `target`"
        refuse(Fault(file, f"holds no annotations: {expected}"))
    if len(pages) > MOST_ITEMS:
        refuse(Fault(file, f"has {len(pages):,} annotations; expected at most {MOST_ITEMS:,}. Split it into parts"))
    if collection.get("type") == "AnnotationPage":
        collection = {key: one for key, one in collection.items() if key == "@context"}
    return collection, dict(enumerate(pages, 1))


def _fields(entry: Annotation) -> Json:
    names = ("quote", "prefix", "suffix", "tags", "note", "creator", "created")
    values = ((name, getattr(entry, name)) for name in names)
    return {name: list(value) if name == "tags" else value for name, value in values if value}


def _remembered(entry: Annotation, passage: Passage | None, reading: Reading, memory: Json) -> Json:
    """The annotation as it came, with what has changed since; as ours where it did not come."""
    ours = item_of(entry, passage, reading)
    kept = memory["annotations"].get(entry.id)
    if not kept:
        return ours
    raw, then, now = kept["annotation"], kept.get("read_as") or {}, _fields(entry)
    changed = {name for name in {*then, *now} if (then.get(name) or "") != (now.get(name) or "")}
    made = with_musts(raw, ours)
    if made.get("id") == ours["id"] or IDENTIFIER in raw:
        made[IDENTIFIER] = entry.id
    said, place = position_in(raw), Span(passage.start, passage.end) if passage else None
    if changed & {"quote", "prefix", "suffix"} or (said and said != place):
        targets = with_selectors(listed(made.get("target")), ours["target"])
        made["target"] = targets if isinstance(raw.get("target"), list) else targets[0]
    if changed & {"tags", "note"}:
        made["body"] = [*ours.get("body", []), *(body for body in listed(raw.get("body")) if not is_ours(body))]
        made.pop("bodyValue", None)
    for name in ("creator",) * ("creator" in changed) + ("created", DATE) * ("created" in changed):
        made.pop(name, None)
        made |= {name: ours[name]} if name in ours else {}
    return made


def _link_remembered(ours: Json, raw: Json | None) -> Json:
    """The relation as it came, but with our ends where its annotations are called otherwise by now."""
    if not raw:
        return ours
    ends = [address_in(one) for name in ("target", "body") for one in listed(raw.get(name))]
    called = {ours["target"], ours["body"][0]["source"]} <= set(ends)
    made = raw if called else {**raw, "target": ours["target"], "body": ours["body"]}
    return with_musts(made, ours)


def _relations_kept(memory: Json, addresses: Mapping[str, str]) -> dict[tuple[str, ...], Json]:
    """The relations as they came, by what they say, of annotations that are still there."""
    known = (kept for kept in memory["relations"] if isinstance(kept.get("read_as"), list))
    return {
        tuple(kept["read_as"]): kept["annotation"]
        for kept in known
        if all(isinstance(text, str) for text in kept["read_as"]) and set(kept["read_as"][0:3:2]) <= set(addresses)
    }
