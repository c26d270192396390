"""W3C Web Annotation JSON-LD: out, in, and out again without a loss."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essay_explorer import Reading, ReadingError, open_reading
from essay_explorer.anchoring.quotes import occurrences
from essay_explorer.anchoring.segments import Span
from essay_explorer.exchange import exported, imported, to_web_annotations
from essay_explorer.exchange.incoming import Incoming
from essay_explorer.exchange.placement import equal_places
from essay_explorer.files.reading_files import WEB_ANNOTATIONS as KEPT
from web_annotation_musts import broken_musts

ESSAY = "One fish 🐟 sees the moon.\n\nTwo fish see “the moon” and the sea. One fish stays.\n"
BOOK = (
    "# ours\nfacets:\n  - id: theme\n    tags:\n      - {id: trust, label: Trust}\n      - {id: sea, label: The sea}\n"
)
TEXTS = {"essay.md": ESSAY, "codebook.yml": BOOK}
TEXT = Reading.from_texts(TEXTS).essay.text


def brought_in(*items, texts=TEXTS, **collection):
    """The files after an import, and what was reported."""
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "items": list(items),
        **collection,
    }
    found = []
    return imported(json.dumps(page).encode(), texts, file="x.jsonld", report=found.append), [str(one) for one in found]


def rows(texts):
    return {entry.id: entry for entry in Reading.from_texts(texts).annotations}


def note(quote, *bodies, **rest):
    return {
        "id": "https://example.org/annos/n1", "type": "Annotation", "body": list(bodies),
        "target": {"source": "https://example.org/essay", "selector": {"type": "TextQuoteSelector", "exact": quote}}, **rest,
    }  # fmt: skip


def items_of(text):
    return json.loads(text)["first"]["items"]


def test_the_reading_of_her_comes_back_as_it_was() -> None:
    her = open_reading("her")
    folder = Path(__file__).parents[2] / "data" / "her"
    bare = {name: (folder / name).read_text(encoding="utf-8") for name in ("essay.md", "codebook.yml")}
    back = Reading.from_texts(imported(exported(her, "her.jsonld"), bare, file="her.jsonld"))
    assert back.annotations == her.annotations
    assert [(one.source, one.kind, one.target, one.note) for one in back.relations] == [
        (one.source, one.kind, one.target, one.note) for one in her.relations
    ]
    assert back.codebook == her.codebook
    assert not back.faults


def test_the_codebook_travels_with_the_annotations() -> None:
    her = open_reading("her")
    essay = (Path(__file__).parents[2] / "data" / "her" / "essay.md").read_text(encoding="utf-8")
    back = Reading.from_texts(imported(exported(her, "her.jsonld"), {"essay.md": essay}, file="her.jsonld"))
    assert back.codebook.facets == her.codebook.facets
    assert back.annotations == her.annotations


def test_a_codebook_of_ones_own_stays_and_gets_what_it_lacks() -> None:
    theirs = Reading.from_texts(TEXTS | {"codebook.yml": BOOK.replace("Trust", "Faith").replace("sea", "lake"), "annotations.csv": "id,quote,theme\na1,Two fish,lake\n"})  # fmt: skip
    texts = imported(exported(theirs, "x.jsonld"), TEXTS, file="x.jsonld")
    tags = Reading.from_texts(texts).codebook.tags
    assert {tag.id: tag.label for tag in tags.values()} == {"trust": "Trust", "sea": "The sea", "lake": "The lake"}
    assert texts["codebook.yml"].startswith(BOOK)
    assert rows(texts)["a1"].tags == ("lake",)


@pytest.mark.parametrize("scheme", [{}, [], "x", {"type": "skos:ConceptScheme"}, {"type": "skos:ConceptScheme", "skos:hasTopConcept": [1, {"skos:notation": 7}]}])  # fmt: skip
def test_a_codebook_that_is_none_changes_nothing(scheme) -> None:
    texts, _ = brought_in(note("Two fish"), **{"skos:inScheme": scheme})
    assert texts["codebook.yml"] == BOOK


ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def test_what_the_model_demands_is_there() -> None:
    """The MUSTs of https://www.w3.org/TR/annotation-model/: absolute ids, one date a time in UTC, targets with sources."""
    rows_ = "a1,Two fish,sea,Ann,2026-05-06\na2,sees the moon,sea,Bo,2026-05-06T07:08:09+02:00\na3,One fish stays,trust,,last May\n"
    links = "from,relation,to,note\na1,supports,a2,So\n"
    reading = Reading.from_texts(TEXTS | {"annotations.csv": "id,quote,theme,creator,created\n" + rows_, "relations.csv": links})  # fmt: skip
    made = json.loads(to_web_annotations(reading))
    page = made["first"]
    items = page["items"]
    sources = [item["target"]["source"] for item in items[:3]]
    ends = [items[3]["target"], items[3]["body"][0]["source"]]
    ids = [made["id"], page["id"], *(item["id"] for item in items)]
    assert all(ABSOLUTE.fullmatch(one) for one in [*ids, *sources, *ends])
    assert len(set(ids)) == len(ids)
    assert ends == [items[0]["id"], items[1]["id"]]
    dates = [item["created"] for item in items if "created" in item]
    assert dates == ["2026-05-06T00:00:00Z", "2026-05-06T05:08:09Z"]
    assert all(DATE_TIME.fullmatch(date) for date in dates)
    assert json.loads(to_web_annotations(reading)) == made  # the same the next time
    back = Reading.from_texts(imported(json.dumps(made).encode(), TEXTS, file="x.jsonld", report=lambda _: None))
    assert back.annotations == reading.annotations  # dates as they were written


ODD_ROWS = """\
éü,Two fish,sea,pat <pat@example.org>,2026-05-06 07:08
http://no[id],sees the moon,sea,https://example.org/a b,06.05.2026
<b>,One fish stays,trust;sea,,2026-13-45
a4,nowhere at all,trust,"Ann, Bo",2026-05-06T07:08:09.123456+14:00
"""
ODD_ANNOTATIONS = [
    note("Two fish", {"type": "TextualBody", "value": "So"}, id="n1", created="2026-05-06"),
    note("sees the moon", "https://example.org/comment", id="not an address", created="last May"),
    note(
        "One fish",
        {"id": "https://example.org/a.png"},
        creator={"name": "Ann", "id": "mailto:ann@example.org"},
        modified="2026-05-06",
    ),
    {"@id": "#r4", "target": [{"selector": {"type": "TextQuoteSelector", "exact": "the sea"}}]},
    {
        "id": "r5",
        "motivation": "linking",
        "body": [
            {"source": "n1", "purpose": "linking"},
            {"type": "TextualBody", "value": "supports", "purpose": "classifying"},
        ],
        "target": "#r4",
    },
]


@pytest.mark.parametrize("front", ["", "url: https://example.org/a b?x={1}\n", "url: ../essay.html\nsource: Röme\n"])
@pytest.mark.parametrize("given", ["", "id,quote,theme,creator,created\n" + ODD_ROWS])
def test_every_annotation_is_what_the_model_demands(front, given) -> None:
    essay = f"---\ntitle: Fish\n{front}---\n\n{ESSAY}"
    texts = TEXTS | {"essay.md": essay} | ({"annotations.csv": given} if given else {})
    texts, _ = brought_in(*ODD_ANNOTATIONS, texts=texts)
    made = json.loads(to_web_annotations(Reading.from_texts(texts), texts.get(KEPT, "")))
    assert broken_musts(made) == []
    dates = [one.get("dcterms:date", one.get("created")) for one in made["first"]["items"]]
    assert {"2026-05-06T00:00:00Z", "last May"} <= {*dates}
    assert len(made["first"]["items"]) == made["total"] == len(ODD_ANNOTATIONS) + given.count("\n") - bool(given)
    back = imported(json.dumps(made).encode(), texts, file="x.jsonld", report=lambda _: None)
    assert Reading.from_texts(back).annotations == Reading.from_texts(texts).annotations


def test_her_is_what_the_model_demands() -> None:
    made = json.loads(to_web_annotations(open_reading("her")))
    assert broken_musts(made) == []
    del made["first"]["items"][3]["id"]
    made["first"]["items"][4]["target"]["source"] = "essay.md"
    made["first"]["items"][5]["created"] = "2026-05-06"
    assert len(broken_musts(made)) == 3


def test_importing_twice_adds_nothing() -> None:
    once, _ = brought_in(note("Two fish", {"type": "TextualBody", "purpose": "tagging", "value": "new"}))
    twice, said = brought_in(
        note("Two fish", {"type": "TextualBody", "purpose": "tagging", "value": "new"}), texts=once
    )
    assert twice == once
    assert said == []


def test_positions_count_code_points() -> None:
    assert TEXT[9] == "🐟"
    reading = Reading.from_texts(TEXTS | {"annotations.csv": "id,quote,theme\na1,sees the moon,sea\n"})
    (item,) = items_of(to_web_annotations(reading))
    position = item["target"]["selector"][1]
    assert (position["start"], position["end"]) == (11, 24)
    assert TEXT[position["start"] : position["end"]] == "sees the moon"


@pytest.mark.parametrize("at", [TEXT.index("One fish"), TEXT.rindex("One fish")])
def test_a_position_tells_which_of_two_places_is_meant(at) -> None:
    selectors = [
        {"type": "TextQuoteSelector", "exact": "One fish"},
        {"type": "TextPositionSelector", "start": at, "end": at + 8},
    ]
    texts, said = brought_in({"type": "Annotation", "target": {"source": "x", "selector": selectors}})
    assert said == []
    (passage,) = Reading.from_texts(texts).passages()
    assert passage.start == at


def test_a_position_alone_gives_the_quote() -> None:
    texts, said = brought_in(
        {"id": "q", "target": {"selector": {"type": "TextPositionSelector", "start": 0, "end": 8}}}
    )
    assert said == ['x.jsonld (q): annotation 1: has a position but no quote; the text there is "One fish"']
    assert rows(texts)["q"].quote == "One fish"


def test_a_position_that_disagrees_is_reported_and_the_quote_decides() -> None:
    selectors = [
        {"type": "TextPositionSelector", "start": 0, "end": 8},
        {"type": "TextQuoteSelector", "exact": "Two fish"},
    ]
    texts, said = brought_in({"id": "q", "target": {"selector": selectors}})
    start = TEXT.index("Two fish")
    assert said == [
        f'x.jsonld (q): annotation 1: says "Two fish" is at [0, 8), but the text there is "One fish". '
        f"The quote is at [{start}, {start + 8}), and decides"
    ]
    assert rows(texts)["q"].quote == "Two fish"


def test_a_quote_that_is_nowhere_is_kept_and_listed() -> None:
    texts, _ = brought_in(note("Nine fish"))
    assert [fault.entry for fault in Reading.from_texts(texts).faults] == ["n1"]


def test_spaces_and_kinds_of_quotation_marks_do_not_count() -> None:
    texts, _ = brought_in(note('see\n "the  moon"'))
    assert rows(texts)["n1"].quote == "see “the moon”"


def test_what_surrounds_a_quote_tells_the_place() -> None:
    item = note("fish")
    item["target"]["selector"] |= {"prefix": "sea. One\n", "suffix": " stays and"}
    texts, _ = brought_in(item)
    (passage,) = Reading.from_texts(texts).passages()
    assert TEXT[passage.start :] == "fish stays."


def test_bodies_become_tags_and_a_note() -> None:
    texts, said = brought_in(
        note(
            "Two fish",
            {"type": "TextualBody", "purpose": "tagging", "value": "the SEA"},
            {"type": "TextualBody", "purpose": "tagging", "value": "Theme: trust"},
            {"type": "TextualBody", "purpose": "commenting", "value": "First."},
            {"type": "TextualBody", "purpose": "describing", "value": "Second."},
            creator={"type": "Person", "name": "Ann"},
            created="2024-05-06T00:00:00Z",
        )
    )
    entry = rows(texts)["n1"]
    assert (entry.tags, entry.note, entry.creator, entry.created) == (
        ("sea", "trust"),
        "First.\n\nSecond.",
        "Ann",
        "2024-05-06",
    )
    assert "codebook.yml" in texts
    assert texts["codebook.yml"] == BOOK
    assert said == []


def test_an_unknown_tag_joins_the_codebook_and_is_reported() -> None:
    texts, said = brought_in(note("Two fish", {"type": "TextualBody", "purpose": "tagging", "value": "Trusst; me"}))
    assert said == [
        'x.jsonld (trusst-me): tag "Trusst; me": not in the codebook; it is in its facet "imported" now. Did you mean "trust"? '
        "Known: trust, sea."
    ]
    assert texts["codebook.yml"].startswith(BOOK)  # comments stay
    again, _ = brought_in(note("One fish stays", {"purpose": "tagging", "value": "third"}, id="n2"), texts=texts)
    assert again["codebook.yml"].startswith(texts["codebook.yml"])
    reading = Reading.from_texts(again)
    assert reading.faults == ()
    assert [tag.label for tag in reading.codebook.facets[-1].tags] == ["Trusst; me", "third"]
    assert rows(again)["n1"].tags == ("trusst-me",)


FOREIGN = note(
    "Two fish",
    {"type": "TextualBody", "purpose": "tagging", "value": "sea", "language": "en"},
    {"type": "Image", "id": "https://example.org/moon.png"},
    {"type": "TextualBody", "purpose": "editing", "value": "Three fish"},
    motivation="assessing",
    rights="https://creativecommons.org/licenses/by/4.0/",
    creator=[{"id": "https://example.org/ann", "type": "Person", "nickname": "Ann"}, "https://example.org/bob"],
    stylesheet={"type": "CssStylesheet", "value": ".x {color: red}"},
)
FOREIGN["target"] = [
    {"source": "https://example.org/e", "state": {"type": "TimeState"}, "selector": [
        {"type": "XPathSelector", "value": "/p[1]", "refinedBy": {"type": "TextQuoteSelector", "exact": "Two fish"}},
        {"type": "SvgSelector", "value": "<svg onload=alert(1)/>"}]},
    "https://example.org/other",
]  # fmt: skip
PAGE_ONLY = {
    "id": "https://example.org/annos/page",
    "type": "Annotation",
    "bodyValue": "On it all",
    "target": "https://example.org/e",
}


def test_what_has_no_place_is_written_back_as_it_came() -> None:
    texts, said = brought_in(FOREIGN, PAGE_ONLY, "https://example.org/annos/elsewhere")
    assert [line.partition(": ")[2][:13] for line in said] == ["annotation 1:", "annotation 2:", "annotation 3:"]
    assert "has 2 targets. The passage of one is read; the others are written back on export" in said[0]
    written = to_web_annotations(Reading.from_texts(texts), texts[KEPT])
    assert items_of(written) == [FOREIGN, PAGE_ONLY, "https://example.org/annos/elsewhere"]
    back = imported(written.encode(), TEXTS, file="x.jsonld", report=lambda _: None)
    assert back == texts


def test_of_two_targets_with_passages_the_first_is_read_and_the_second_is_kept_and_reported() -> None:
    item = note("Two fish")
    second = {"source": "e", "selector": [{"type": "TextQuoteSelector", "exact": "One fish stays"}, {"type": "TextPositionSelector", "start": 0, "end": 3}]}  # fmt: skip
    item["target"] = ["https://example.org/e", {"source": "e", "selector": {"type": "TextQuoteSelector", "exact": "Two fish"}}, second]  # fmt: skip
    texts, said = brought_in(item)
    assert rows(texts)["n1"].quote == "Two fish"
    assert len(said) == 1
    assert "has 3 targets" in said[0]
    texts["annotations.csv"] = texts["annotations.csv"].replace("Two fish", "One fish")
    (written,) = items_of(to_web_annotations(Reading.from_texts(texts), texts[KEPT]))
    assert [written["target"][0], written["target"][2]] == ["https://example.org/e", second]
    assert written["target"][1]["selector"][0]["exact"] == "One fish"


@pytest.mark.parametrize("odd", [[], {}, [[]], 7, None])
def test_odd_kinds_of_selectors_and_bodies_are_no_fault(odd) -> None:
    item = note("Two fish", {"type": "TextualBody", "purpose": odd, "value": "x"}, motivation=odd)
    item["target"] = [{"selector": {"type": odd, "refinedBy": {"type": odd}}}, *([item["target"]])]
    texts, _ = brought_in(item)
    assert rows(texts)["n1"].quote == "Two fish"
    texts["annotations.csv"] = texts["annotations.csv"].replace("Two fish", "One fish")
    assert items_of(to_web_annotations(Reading.from_texts(texts), texts[KEPT]))


def test_a_position_that_is_known_to_be_wrong_is_not_written_again() -> None:
    """As of programs that count UTF-16; the quote that is nowhere has no position at all."""
    lamps = "😀😀 A lamp is here. Nothing more. A lamp is here. The end."

    def item(name, quote, start, end):
        selectors = [{"type": "TextQuoteSelector", "exact": quote}, {"type": "TextPositionSelector", "start": start, "end": end}]  # fmt: skip
        return {"id": f"https://example.org/{name}", "type": "Annotation", "target": {"source": "e", "selector": selectors}}  # fmt: skip

    items = [item("r0", "A lamp is here.", 5, 20), item("r1", "A lamp is here.", 35, 50), item("r2", "gone", 3, 7)]
    texts = imported(json.dumps(items).encode(), {"essay.md": lamps}, file="x.jsonld", report=str)
    written = items_of(to_web_annotations(Reading.from_texts(texts), texts[KEPT]))
    places = [[(one["start"], one["end"]) for one in made["target"]["selector"] if "start" in one] for made in written]
    assert places == [[(3, 18)], [(33, 48)], []]


def test_of_a_changed_annotation_only_what_changed_is_new() -> None:
    texts, _ = brought_in(FOREIGN)
    texts["annotations.csv"] = (
        texts["annotations.csv"].replace(",sea,", ",trust,").replace("Two fish", "One fish stays")
    )
    (item,) = items_of(to_web_annotations(Reading.from_texts(texts), texts[KEPT]))
    assert {name: item[name] for name in ("id", "motivation", "rights", "creator", "stylesheet")} == {
        name: FOREIGN[name] for name in ("id", "motivation", "rights", "creator", "stylesheet")
    }
    assert item["body"] == [{"type": "TextualBody", "purpose": "tagging", "value": "trust"}, *FOREIGN["body"][1:]]
    selectors = item["target"][0]["selector"]
    assert selectors[0]["exact"] == "One fish stays"
    assert [one["type"] for one in selectors] == ["TextQuoteSelector", "TextPositionSelector", "SvgSelector"]
    assert item["target"][0]["state"] == {"type": "TimeState"}
    assert item["target"][1] == "https://example.org/other"


def test_what_a_collection_says_of_itself_is_written_back() -> None:
    item = note("Two fish")
    collection = {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"my": "https://example.org/"}], "type": "AnnotationCollection",
        "id": "https://example.org/all", "my:key": 7, "total": 1, "first": {"type": "AnnotationPage", "items": [item]},
    }  # fmt: skip
    texts = imported(json.dumps(collection).encode(), TEXTS, file="x.jsonld")
    written = json.loads(to_web_annotations(Reading.from_texts(texts), texts[KEPT]))
    ours = {name: written[name] for name in ("first", "label", "skos:inScheme")}
    assert {**collection, **ours} == written


LINK = {
    "id": "https://example.org/l", "type": "Annotation", "motivation": "linking", "target": "https://example.org/annos/n1",
    "body": [{"source": "https://example.org/annos/n2"}, {"type": "TextualBody", "purpose": "classifying", "value": "opposes"},
             {"type": "TextualBody", "purpose": "commenting", "value": "Why not?"}, {"id": "x", "value": {"odd": 1}}],
}  # fmt: skip


def test_a_link_with_a_kind_is_a_relation_and_is_written_back() -> None:
    pair = [note("Two fish"), note("One fish stays", id="https://example.org/annos/n2")]
    texts, said = brought_in(*pair, LINK)
    assert said == []
    (relation,) = Reading.from_texts(texts).relations
    assert (relation.source, relation.kind, relation.target, relation.note) == ("n1", "opposes", "n2", "Why not?")
    assert items_of(to_web_annotations(Reading.from_texts(texts), texts[KEPT]))[-1] == LINK


def test_a_link_without_a_kind_or_to_nothing_is_kept_and_reported() -> None:
    bare = {**LINK, "body": "https://example.org/annos/n1"}
    texts, said = brought_in(note("Two fish"), bare, LINK)
    assert len(said) == 2
    assert Reading.from_texts(texts).relations == ()
    assert items_of(to_web_annotations(Reading.from_texts(texts), texts[KEPT]))[1:] == [bare, LINK]


def test_an_id_that_is_taken_gives_way() -> None:
    texts = TEXTS | {"annotations.csv": "id,quote,theme\nn1,sees the moon,sea\n"}
    both, said = brought_in(note("Two fish", id="#n1"), texts=texts)
    assert said == ['x.jsonld (n1-2): annotation 1: "n1" is the id of another annotation. Kept as "n1-2"']
    assert {entry.id: entry.quote for entry in rows(both).values()} == {"n1": "sees the moon", "n1-2": "Two fish"}
    written = items_of(to_web_annotations(Reading.from_texts(both), both[KEPT]))
    assert [item["dcterms:identifier"] for item in written] == ["n1", "n1-2"]
    assert [item["id"].startswith("urn:uuid:") for item in written] == [True, True]
    assert brought_in(note("Two fish", id="#n1"), texts=both) == (both, [])


def test_a_reading_with_faults_of_its_own_is_left_alone() -> None:
    texts = TEXTS | {"annotations.csv": "id,quote,theme,mine\na1,sees the moon,sea,kept\n"}
    with pytest.raises(
        ReadingError,
        match=r'cannot be added before the faults of the reading are mended:\nannotations\.csv, row 1: column "mine"',
    ):
        brought_in(note("Two fish"), texts=texts)


@pytest.mark.parametrize("start", ["1", None, True, -1, 1.5, 8, 10**400])
def test_a_position_of_a_wrong_kind_is_reported(start) -> None:
    selectors = [
        {"type": "TextQuoteSelector", "exact": "One fish stays"},
        {"type": "TextPositionSelector", "start": start, "end": 8},
    ]
    texts, said = brought_in({"id": "q", "target": {"selector": selectors}})
    assert len(said) == 1
    assert "annotation 1" in said[0]
    assert rows(texts)["q"].quote == "One fish stays"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "x.jsonld: line 1, column 1: not readable as JSON"),
        (b'{"items": [\n  {"id": 1,}]}', r"line 2, column 12: not readable as JSON"),
        (b"[1, 2", "line 1, column 6: not readable as JSON from here on. Export it again"),
        (b"{}", "holds no annotations: expected an AnnotationCollection"),
        (b"[]", "holds no annotations"),
        (b"7", "holds no annotations"),
        (b'{"type": "AnnotationCollection", "first": "https://example.org/1"}', "further pages elsewhere"),
        (b'[{"a": 1, "b": 2, "a": 3}]', 'the name "a" occurs twice'),
        (b"[NaN]", "NaN is no number"),
        (b"[1e999]", "the number 1e999 is too large"),
        (b"[" + b"9" * 5000 + b"]", r"not readable as JSON: a number has thousands of digits\. Export it again"),
        (b"[" * 100_000, "line 1: lists are nested more than 60 deep"),
        (b'[\n"\xff"]', "line 2: not UTF-8. Save the file again"),
        (b"\xff\xfe\x00", "not UTF-16"),
        (b"[" + b"{}," * 100_000 + b"1]", "holds hardly more than brackets"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_where(content, message) -> None:
    with pytest.raises(ReadingError, match=message):
        imported(content, TEXTS, file="x.jsonld")


def test_an_end_of_a_file_name_that_is_unknown_lists_the_known() -> None:
    with pytest.raises(
        ReadingError, match=r"her\.docx: the end of its name is not that of a known format\. Use one of \.jsonld"
    ):
        exported(Reading.from_texts(TEXTS), "her.docx")
    with pytest.raises(ReadingError, match=r"is not that of a known format"):
        imported(b"", TEXTS, file="her.docx")


def test_a_broken_memory_is_no_loss() -> None:
    with pytest.raises(ReadingError, match=r"web-annotations\.json: was changed after an import wrote it"):
        to_web_annotations(Reading.from_texts(TEXTS), '{"annotations": {"a": 1}}')


def test_markup_and_formulas_stay_the_letters_that_they_are() -> None:
    texts, _ = brought_in(
        note("Two fish", {"purpose": "commenting", "value": '<script>alert("x")</script>\r\n,;"=1+1'})
    )
    assert rows(texts)["n1"].note == '<script>alert("x")</script>\n,;"=1+1'


def test_a_note_in_html_is_read_as_its_words_and_written_back_as_it_came() -> None:
    body = {"type": "TextualBody", "format": "text/html", "value": "<p>So &amp; <b>so</b>.</p><p>1 &lt; 2<br>x</p>"}
    texts, _ = brought_in(note("Two fish", body, {"type": "TextualBody", "value": "<i>plain</i>"}))
    assert rows(texts)["n1"].note == "So & so.\n1 < 2\nx\n\n<i>plain</i>"
    (item,) = items_of(to_web_annotations(Reading.from_texts(texts), texts[KEPT]))
    assert item["body"][0] == body


WORDS = st.text("ab é😀שあ\n\t,;\"'#*=<&", max_size=12)
PLACES = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)).filter(
    lambda at: TEXT[at[0] : at[0] + at[1]].strip()
)
ENTRY = st.fixed_dictionaries(
    {
        "at": PLACES,
        "tags": st.lists(st.sampled_from(["trust", "sea", "Z z", "é"]), max_size=3),
        "note": WORDS,
        "creator": WORDS,
    }
)


@pytest.mark.slow
@given(st.lists(ENTRY, min_size=1, max_size=6))
@settings(max_examples=60)
def test_any_annotations_go_out_and_come_back(entries) -> None:
    items = []
    for number, entry in enumerate(entries):
        start, end = entry["at"][0], min(entry["at"][0] + entry["at"][1], len(TEXT))
        items.append({
            "id": f"https://example.org/{number}", "type": "Annotation", "creator": entry["creator"],
            "body": [{"purpose": "tagging", "value": tag} for tag in entry["tags"]] + [{"purpose": "commenting", "value": entry["note"]}],
            "target": {"source": "https://example.org/essay", "selector": [{"type": "TextQuoteSelector", "exact": TEXT[start:end]}, {"type": "TextPositionSelector", "start": start, "end": end}]},
        })  # fmt: skip
    texts, _ = brought_in(*items)
    reading = Reading.from_texts(texts)
    assert reading.parsing_faults == ()
    for passage in reading.passages():
        start, length = entries[int(passage.id)]["at"]
        assert TEXT[start : start + length].strip() == passage.text
        assert start <= passage.start <= start + length
    assert len(reading.passages()) == len(entries)
    written = to_web_annotations(reading, texts.get(KEPT, ""))
    random.shuffle(items)
    assert sorted(map(json.dumps, items_of(written))) == sorted(map(json.dumps, items))
    assert imported(written.encode(), TEXTS, file="x.jsonld", report=lambda _: None) == texts


LOOSE = ["a", "b", "ab", " ", "  ", "\n\n", "\xa0", '"', "“", "”", "’", "'"]


@given(st.lists(st.sampled_from(LOOSE), max_size=30).map("".join), st.data())
def test_white_space_and_kinds_of_quotation_marks_change_no_place(text, data) -> None:
    start = data.draw(st.integers(0, len(text)))
    cut = text[start : data.draw(st.integers(start, len(text)))]
    quote = " ".join(cut.split()).replace("“", "”")
    words = r"\s+".join(re.sub('[“”"]', '[“”"]', re.sub("[’']", "[’']", word)) for word in quote.split())
    loose = re.compile(f"(?=({words}))")
    expected = occurrences(text, quote) or tuple(Span(*one.span(1)) for one in loose.finditer(text) if quote)
    assert equal_places(text, [Incoming(1, "", quote)]) == [expected]


def test_the_blocks_of_an_essay_are_described_and_are_nothing_to_remember() -> None:
    source = "## One\n\n5. a\n\n![alt](a.png)\n\n---\n\nEnd."
    reading = Reading.from_texts({"essay.md": source, "annotations.csv": "id,quote\na1,End.\n", "codebook.yml": ""})
    text = exported(reading, "x.jsonld")
    parts = json.loads(text)["dcterms:hasPart"]
    told = [(part["dcterms:type"], reading.essay.text[part["start"] : part["end"]]) for part in parts]
    assert told == [("heading 2", "One"), ("list item", "a"), ("picture", "alt"), ("rule", ""), ("paragraph", "End.")]
    assert parts[1]["skos:notation"] == "5."
    assert parts[2]["dcterms:references"] == ["a.png"]
    assert "hasPart" not in imported(text, {"essay.md": source}, file="x.jsonld").get(KEPT, "")
    assert b"dcterms:hasPart" not in exported(Reading.from_texts({"essay.md": "Plain.\n\nText."}), "x.jsonld")
