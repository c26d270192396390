"""Whatever the file: a reading that opens, or a ReadingError that names the file; in time, and in little memory."""

from __future__ import annotations

import gc
import json
import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essay_explorer import Reading, ReadingError, open_reading
from essay_explorer.anchoring.words import folded
from essay_explorer.exchange import exported, imported, to_web_annotations
from essay_explorer.exchange.incoming import Incoming
from essay_explorer.exchange.placement import placed
from essay_explorer.files.reading_files import WEB_ANNOTATIONS as KEPT

pytestmark = pytest.mark.slow

TEXTS = {
    "essay.md": "One fish 🐟 sees the moon.\n\nTwo fish see the sea. One fish stays.\n",
    "codebook.yml": "facets:\n- id: theme\n  tags: [{id: trust}, {id: sea}]\n",
    "annotations.csv": "id,quote,theme\na1,Two fish,sea\n",
}
HER = open_reading("her")
FUZZ = settings(
    max_examples=60, deadline=5_000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
NAMES = st.sampled_from(
    ["id", "@id", "type", "target", "source", "selector", "exact", "prefix", "suffix", "start", "end", "refinedBy", "body", "bodyValue", "value", "purpose", "motivation", "creator", "name", "created", "items", "first", "next", "@graph", "@context", "annotations", "rows", "uri", "user", "user_info", "display_name", "text", "tags", "references"]
)  # fmt: skip
WORDS = st.sampled_from(
    [
        "TextQuoteSelector",
        "TextPositionSelector",
        "linking",
        "tagging",
        "classifying",
        "supports",
        "#a1",
        "#",
        "a1",
        "One fish",
        "fish",
        "🐟",
        "�",
        "é",
        "\x00\r,;",
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
    | st.text(max_size=8)
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=3), inner, max_size=6),
    max_leaves=30,
)
SELECTORS = st.fixed_dictionaries(
    {"type": WORDS | LEAVES}, optional=dict.fromkeys(("exact", "prefix", "suffix", "start", "end"), LEAVES)
)
BODIES = st.fixed_dictionaries({}, optional={"purpose": WORDS | LEAVES, "value": LEAVES, "source": WORDS})
ITEMS = st.fixed_dictionaries(
    {"target": st.one_of(VALUES, st.fixed_dictionaries({"selector": st.one_of(VALUES, st.lists(SELECTORS, max_size=3))}))},
    optional={"id": LEAVES, "body": st.one_of(VALUES, st.lists(BODIES, max_size=4)), "creator": VALUES, "created": LEAVES, "motivation": VALUES,
              "tags": VALUES, "text": LEAVES, "user": LEAVES, "references": VALUES, "uri": LEAVES},
)  # fmt: skip


def brought_in(content, file):
    """The files afterwards, which open without a fault of form; None where the import was refused."""
    before, texts, refused = dict(TEXTS), None, ""
    try:
        texts = imported(content, TEXTS, file=file, report=str)
    except ReadingError as error:
        refused = str(error)
    assert before == TEXTS
    if texts is None:
        assert refused.removeprefix('"').startswith(file)
        return None
    reading = Reading.from_texts(texts)
    assert reading.parsing_faults == ()
    assert "a1" in {entry.id for entry in reading.annotations}
    assert all(text.encode() for text in texts.values())
    return texts


@given(st.binary(max_size=200), st.sampled_from(["x.jsonld", "x.qdc", "x.csv"]))
@FUZZ
def test_any_bytes(content, file) -> None:
    brought_in(content, file)


@given(st.one_of(VALUES, st.lists(ITEMS, max_size=5), st.fixed_dictionaries({"rows": st.lists(ITEMS, max_size=5)})))
@FUZZ
def test_any_json(value) -> None:
    texts = brought_in(json.dumps(value).encode(), "x.json")
    if texts:
        written = to_web_annotations(Reading.from_texts(texts), texts.get(KEPT, ""))
        assert json.loads(written)["total"] >= 1


@given(st.lists(st.lists(st.text('a1é,;="\n ', max_size=6) | WORDS, max_size=5), max_size=5))
@FUZZ
def test_any_table(rows) -> None:
    table = "id,quote,theme\n" + "".join(f"{','.join(row)}\n" for row in rows)
    brought_in(table.encode(errors="replace"), "x.csv")


@given(st.data())
@FUZZ
def test_a_damaged_file_of_ours(data) -> None:
    file = data.draw(st.sampled_from(["her.jsonld", "her.qdc", "her.csv"]))
    content = bytearray(exported(HER, file)[:4_000] if data.draw(st.booleans()) else exported(HER, file))
    for at, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), min_size=1, max_size=4)
    ):
        content[at] = byte
    brought_in(bytes(content), file)


ATTRIBUTES = st.dictionaries(
    st.sampled_from(["guid", "name", "color", "isCodable", "x"]), st.text("aé#0;:'/ 😀", max_size=6), max_size=4
)


def element(name, attributes, inside):
    given_ = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{name}{given_}>{''.join(inside)}</{name}>"


CODES = st.recursive(
    st.sampled_from(["", "text", "Questions:\n- a\n- b", "Names in the text:\n- Ann"]).map(
        lambda text: f"<Description>{text}</Description>"
    ),
    lambda inner: st.builds(element, st.sampled_from(["Code", "Code", "Set"]), ATTRIBUTES, st.lists(inner, max_size=3)),
    max_leaves=12,
)


@given(st.lists(CODES, max_size=4))
@FUZZ
def test_any_codebook(codes) -> None:
    brought_in(f"<CodeBook><Codes>{''.join(codes)}</Codes></CodeBook>".encode(), "x.qdc")


MANY = 100_000
HOSTILE = {
    "x.json empty objects": b'[{"target":1}' + b",{}" * MANY + b"]",
    "x.json empty lists": b'{"rows":[' + b"[]," * MANY + b"1]}",
    "x.json numbers": b"[" + b"1.5," * MANY + b"1]",
    "x.json texts": b"[" + b'"ab",' * MANY + b'"c"]',
    "x.json names": b"[{" + b",".join(b'"%x":1' % n for n in range(60_000)) + b"}]",
    "x.json same names": b"[{" + b'"a":1,' * 60_000 + b'"a":1}]',
    "x.json annotations": b"[" + b",".join(b'{"id":"%d","target":{"selector":{"type":"TextQuoteSelector","exact":"fish %d"}}}' % (n, n) for n in range(1_000)) + b"]",
    "x.json one emoji": '["😀'.encode() + b"a" * 1_000_000 + b'"]',
    "x.json backslashes": b'["' + b'\\"' * MANY,
    "x.json one tag each": b'{"rows":[' + b",".join(b'{"id":"%d","tags":["t%d"],"uri":""}' % (n, n) for n in range(300)) + b"]}",
    "x.csv rows": b"quote\n" + b"ab\n" * 2_000,
    "x.csv cells": b"quote" + b"," * MANY + b"\n" + b"a," * MANY,
    "x.csv quotes": b"quote\n" + b'"' * MANY,
    "x.csv tags": b"quote,theme\na," + b"x;" * 2_000,
    "x.qdc names": b"<CodeBook>" + b"".join(b"<a%x/>" % n for n in range(60_000)),
    "x.qdc attributes": b"<CodeBook><Code " + b" ".join(b'a%x=""' % n for n in range(30_000)) + b"/>",
    "x.qdc text": b"<CodeBook><Code name='a'><Description>" + b"&lt;" * MANY + b"</Description></Code></CodeBook>",
    "x.qdc codes": b"<CodeBook>" + b"<Code name='ab'/>" * 300 + b"</CodeBook>",
    "x.qdc open": b"<" * 1_000_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_memory_and_time_stay_in_bounds(name) -> None:
    content = HOSTILE[name]
    start = time.process_time()
    folded.cache_clear()  # the words of other tests: its table grows by several MB at once
    tracemalloc.start()
    try:
        brought_in(content, name.split()[0])
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10 * len(content) + 2**23
    assert time.process_time() - start < 30


def many(count):
    """An essay of so many sentences, and an annotation for each."""
    quotes = [f"Sentence {number:x} of the many says {number * 7919:x} and is over." for number in range(count)]
    body = [{"type": "TextualBody", "purpose": "tagging", "value": "trust"}]
    items = [
        {"id": f"#b{n}", "type": "Annotation", "body": body, "target": {"source": "essay.md", "selector": [{"type": "TextQuoteSelector", "exact": quote}]}}
        for n, quote in enumerate(quotes)
    ]  # fmt: skip
    return json.dumps(items).encode(), TEXTS | {"essay.md": "\n\n".join(quotes)}


def test_many_annotations_take_at_most_twelve_times_their_size() -> None:
    content, texts = many(6_000)
    size = len(content) + sum(len(text.encode()) for text in texts.values())
    gc.collect()
    folded.cache_clear()
    tracemalloc.start()
    try:
        imported(content, texts, file="x.jsonld", report=str)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 12 * size + 2**23, f"{peak / size:.1f} times"


def test_two_thousand_annotations_find_their_places_in_one_pass_through_a_text() -> None:
    text = " ".join(f"Sentence {number:x} says {number * 7919:x} and is over." for number in range(30_000))
    found = [f"says {number * 7919:x} and is over." for number in range(0, 30_000, 30)]
    quotes = [*found, *(quote.replace("is", "was") for quote in found)]

    def seconds(count):
        start = time.process_time()
        marks = [Incoming(number, "", quote) for number, quote in enumerate(quotes[-count:])]
        assert [move.anchored.exact for move in placed(text, marks, file="x.json", report=str)] == [*found, *found][
            -count:
        ]
        return time.process_time() - start

    assert seconds(2_000) < 10 * min(seconds(1), seconds(1))
