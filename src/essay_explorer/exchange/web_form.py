"""One annotation in the W3C's form: from ours, and what a reading has a place for in theirs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from essay_explorer.anchoring.segments import Span
from essay_explorer.core.annotation import KINDS, Annotation, Relation
from essay_explorer.core.fault import Fault, shown
from essay_explorer.exchange.addresses import address, address_of, address_of_link
from essay_explorer.exchange.dates import as_cell, comes_back, utc
from essay_explorer.exchange.escaped import without_markup
from essay_explorer.exchange.incoming import Incoming
from essay_explorer.exchange.placement import CONTEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from essay_explorer.core.essay import Essay
    from essay_explorer.core.fault import Report
    from essay_explorer.core.passage import Passage
    from essay_explorer.core.reading import Reading

QUOTE, POSITION, TEXT = "TextQuoteSelector", "TextPositionSelector", "TextualBody"
NOTES = ("commenting", "describing", "replying", "")  # purposes of a body that is a note
IDENTIFIER, DATE = "dcterms:identifier", "dcterms:date"  # an id of ours, and a date that is no dateTime in UTC
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
HTML = re.compile(r"\s*(?:text/html|application/xhtml\+xml)\b", re.IGNORECASE)
DEEPEST = 8  # selectors that refine each other
MARKS = "essay-explorer"  # under which a file of a reader's marks says whose they are, and of which text

Json = dict[str, Any]


def item_of(entry: Annotation, passage: Passage | None, reading: Reading) -> Json:
    """An annotation of ours: its id beside an address, its date as a dateTime in UTC, or as it is where it is none."""
    tags = [{"type": TEXT, "purpose": "tagging", "value": tag} for tag in entry.tags]
    note = [{"type": TEXT, "purpose": "commenting", "value": entry.note}] if entry.note else []
    motives = ["tagging"] * bool(tags) + ["commenting"] * bool(note) or ["highlighting"]
    created = utc(entry.created)
    selectors = list(_selectors_of(entry, passage, reading.essay.text))
    return {
        "id": address_of(entry, reading.essay),
        "type": "Annotation",
        IDENTIFIER: entry.id,
        "motivation": motives if len(motives) > 1 else motives[0],
        **({"creator": {"type": "Person", "name": entry.creator}} if entry.creator else {}),
        **({"created": created} if created else {}),
        **({DATE: entry.created} if entry.created and not comes_back(entry.created) else {}),
        **({"body": tags + note} if tags or note else {}),
        "target": {"source": address("essay", reading.essay), "selector": selectors},
    }


def _selectors_of(entry: Annotation, passage: Passage | None, text: str) -> Iterator[Json]:
    prefix, suffix = entry.prefix, entry.suffix
    if passage and not prefix and not suffix:
        prefix, suffix = (
            text[max(passage.start - CONTEXT, 0) : passage.start],
            text[passage.end : passage.end + CONTEXT],
        )
    around = {name: one for name, one in (("prefix", prefix), ("suffix", suffix)) if one}
    yield {"type": QUOTE, "exact": entry.quote, **around}
    if passage:
        yield {"type": POSITION, "start": passage.start, "end": passage.end}


def item_of_link(link: Relation, essay: Essay, addresses: Mapping[str, str]) -> Json:
    """A relation of ours. `addresses`: those of the annotations, by their ids."""
    note = [{"type": TEXT, "purpose": "commenting", "value": link.note}] if link.note else []
    kind = {"type": TEXT, "purpose": "classifying", "value": link.kind}
    return {
        "id": address_of_link(link, essay),
        "type": "Annotation",
        "motivation": "linking",
        "body": [{"type": "SpecificResource", "source": addresses[link.target], "purpose": "linking"}, kind, *note],
        "target": addresses[link.source],
    }


def mark_in(number: int, raw: Any, file: str, report: Report) -> Incoming | None:  # noqa: ANN401 - as above
    """What of an annotation a reading has a place for; None where it names no passage."""
    if not isinstance(raw, dict):
        return None
    texts, position = _anchor(raw, lambda message: report(Fault(file, f"annotation {number}: {message}")))
    if not texts.get("quote") and not position:
        return None
    if len(targets := listed(raw.get("target"))) > 1:
        say = f"has {len(targets)} targets. The passage of one is read; the others are written back on export"
        report(Fault(file, f"annotation {number}: {say}", entry=name_of(raw)))
    said = [(purpose, text) for purpose, text in _bodies(raw) if text.strip()]
    return Incoming(
        number,
        _text(raw.get(IDENTIFIER)) or name_of(raw),
        position=position,
        tags=tuple(text for purpose, text in said if purpose == "tagging"),
        note="\n\n".join(text for purpose, text in said if purpose in NOTES),
        creator=_creator(raw.get("creator")),
        created=_text(raw.get(DATE)) or as_cell(_text(raw.get("created"))),
        **texts,
    )


def position_in(raw: Json) -> Span | None:
    """The position that an annotation gives beside its quote, of the quote's first and last letters."""
    return _anchor(raw, lambda _: None)[1]


def _anchor(raw: Json, report: Callable[[str], object]) -> tuple[Json, Span | None]:
    """The quote with its surroundings, by the names that they have here, and the position, of one target."""
    texts: Json = {}
    position = None
    for selector in _selectors(raw):
        if selector.get("type") == QUOTE and "quote" not in texts:
            given = {"quote": "exact", "prefix": "prefix", "suffix": "suffix"}
            texts = {name: _text(selector.get(key)) for name, key in given.items()}
        elif selector.get("type") == POSITION and position is None:
            position = _position(selector, report)
    if position:
        quote = texts.get("quote", "")
        head, tail = len(quote) - len(quote.lstrip()), len(quote) - len(quote.rstrip())
        position = Span(position.start + head, position.end - tail)
    return texts, position


def _selectors(raw: Json) -> list[Json]:
    """The selectors of the first target that tells a passage."""
    layers = ([*_selectors_in(target)] for target in listed(raw.get("target")))
    return next((layer for layer in layers if any(one.get("type") in (QUOTE, POSITION) for one in layer)), [])


def _selectors_in(target: Any) -> Iterator[Json]:  # noqa: ANN401 - as above
    """Its selectors; of those that refine another only quotes, which need no start."""
    layer = [one for one in _given(target) if isinstance(one, dict)]
    yield from layer
    for _ in range(DEEPEST):
        layer = [one for outer in layer for one in listed(outer.get("refinedBy")) if isinstance(one, dict)]
        yield from (one for one in layer if one.get("type") == QUOTE)


def _position(selector: Json, report: Callable[[str], object]) -> Span | None:
    start, end = selector.get("start"), selector.get("end")
    if type(start) is int and type(end) is int and 0 <= start < end:
        return Span(start, end)
    found = shown(json.dumps({"start": start, "end": end}))
    expected = "expected two whole numbers, `start` below `end`"
    report(f"{POSITION}: {expected}; found {found}. Only the quote is used")
    return None


def _bodies(raw: Json) -> Iterator[tuple[str, str]]:
    """(purpose, text) of each body that is a text of its own."""
    yield "", _text(raw.get("bodyValue"))
    for body in listed(raw.get("body")):
        if isinstance(body, dict) and isinstance(body.get("value"), str):
            purposes = listed(body.get("purpose", raw.get("motivation")))
            purpose = next((one for one in purposes if one in ("tagging", "classifying")), "")
            yield (
                purpose or next((one for one in purposes if isinstance(one, str) and "purpose" in body), ""),
                without_markup(body["value"]) if HTML.match(_text(body.get("format"))) else body["value"],
            )


def relation_in(raw: Any, ids: Mapping[str, str]) -> Relation | None:  # noqa: ANN401 - as above
    """The relation that an annotation tells whose motivation is linking; None for any other."""
    if not isinstance(raw, dict) or "linking" not in listed(raw.get("motivation")):
        return None
    said = list(_bodies(raw))
    kind = next((text for purpose, text in said if purpose == "classifying" and text in KINDS), "")
    source = [address_in(one) for one in listed(raw.get("target"))]
    target = [address_in(one) for one in listed(raw.get("body")) if not (isinstance(one, dict) and "value" in one)]
    ends = [ids.get(end, _id_at(end)) for end in (*source, *target)]
    if not kind or len(source) != 1 or len(target) != 1 or not all(ends):
        return None
    return Relation(ends[0], kind, ends[1], "\n\n".join(text for purpose, text in said if purpose in NOTES and text))


def address_in(value: Any) -> str:  # noqa: ANN401 - as above
    """The address that a target or a body is, or names as its source; "" for none."""
    return _text(value.get("source", value.get("id")) if isinstance(value, dict) else value)


def _id_at(address: str) -> str:
    return unquote(address[1:]) if address.startswith("#") else ""


def name_of(raw: Any) -> str:  # noqa: ANN401 - as above
    """What the annotation is called: its address, or "" where it has none."""
    return _text(raw.get("id", raw.get("@id"))) if isinstance(raw, dict) else ""


def _creator(value: Any) -> str:  # noqa: ANN401 - as above
    for agent in listed(value):
        names = [agent.get(key) for key in ("name", "nickname", "email", "id")] if isinstance(agent, dict) else [agent]
        for name in (text for one in names for text in listed(one)):
            if isinstance(name, str) and name.strip():
                return name
    return ""


def listed(value: Any) -> list[Any]:  # noqa: ANN401 - as above
    """The value as a list, which JSON-LD leaves out around a single one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:  # noqa: ANN401 - as above
    """The text, or the first of several."""
    value = next(iter(value), "") if isinstance(value, list) else value
    return value if isinstance(value, str) else ""


def with_musts(raw: Json, ours: Json) -> Json:
    """The annotation as it came, with what the model demands of each and it lacks taken from ours.

    An address that holds in its own file alone is none, nor is a date without a time.
    """
    made = dict(raw)
    if not ABSOLUTE.fullmatch(name_of(raw)):
        made.pop("@id", None)
        made["id"] = ours["id"]
    if not {"type", "@type"} & made.keys():
        made["type"] = ours["type"]
    source = {"source": address_in(ours["target"])}
    targets = [
        {**source, **one} if isinstance(one, dict) and "selector" in one else one for one in listed(raw.get("target"))
    ]
    made["target"] = targets if isinstance(raw.get("target"), list) else targets[0]
    if (given := _text(raw.get("created"))) and not MOMENT.fullmatch(given):
        del made["created"]
        made |= {name: ours[name] for name in ("created", DATE) if name in ours}
    if (given := _text(raw.get("modified"))) and not MOMENT.fullmatch(given):
        made["modified"] = utc(given) or given
    return made


def with_selectors(targets: list[Any], ours: Json) -> list[Any]:
    """The targets, the one that tells the passage with our selectors in the place of its own."""
    at = next((at for at, one in enumerate(targets) if any(map(_selects_a_passage, _given(one)))), 0)
    old = targets[at] if targets else {}
    old = old if isinstance(old, dict) else {"source": old}
    others = [one for one in _given(old) if not _selects_a_passage(one)]
    made = {"source": ours["source"], **old, "selector": [*ours["selector"], *others]}
    return [*targets[:at], made, *targets[at + 1 :]]


def _given(target: Any) -> list[Any]:  # noqa: ANN401 - as above
    return listed(target.get("selector")) if isinstance(target, dict) else []


def _selects_a_passage(selector: Any) -> bool:  # noqa: ANN401 - as above
    refined = listed(selector.get("refinedBy")) if isinstance(selector, dict) else []
    return any(isinstance(one, dict) and one.get("type") in (QUOTE, POSITION) for one in (selector, *refined))


def is_ours(body: Any) -> bool:  # noqa: ANN401 - as above
    """Whether it is one of the bodies that a reading holds as a tag or a note."""
    return (
        isinstance(body, dict) and isinstance(body.get("value"), str) and body.get("purpose", "") in ("tagging", *NOTES)
    )
