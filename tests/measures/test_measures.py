"""What is counted in a reading, what is said of it, and the same counts of *Her* by another road."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from itertools import accumulate, combinations, product

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from essay_explorer import measures, open_reading
from essay_explorer.charts.values import values_of
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.essay import Essay
from essay_explorer.core.reading import Reading
from essay_explorer.core.tag import Facet, Tag
from essay_explorer.library.finding import bundled
from essay_explorer.measures.findings import listed
from essay_explorer.measures.measure import StretchedMeasure, Words, clipped, inside
from essay_explorer.measures.sentences import asks
from essay_explorer.measures.stretches import InStretch, stretches_of
from essay_explorer.measures.tags import TagWeight, often
from essay_explorer.words import speaking

NAMES = ("dispersion", "flow", "weight", "together", "argument", "rhythm")
BOOK = """\
facets:
- id: theme
  label: Themes
  tags:
  - {id: trust, label: Trust}
  - {id: ending, label: The ending}
- id: move
  tags: [{id: claim, label: Claim}, {id: verdict, label: Verdict}]
"""
TEXT = "Love is brave and slow. Who can say?\n\nTrust it. Nobody does.\n\nIt ends with a shrug."
NOBODY = BOOK.replace("The ending", "Endings")


def made(essay: str = TEXT, book: str | None = BOOK, annotations: str = "", relations: str = "") -> Reading:
    texts = {"essay.md": essay, "codebook.yml": book, "annotations.csv": annotations, "relations.csv": relations}
    return Reading.from_texts({file: text for file, text in texts.items() if text})


def coded(*rows: tuple[str, str, str], essay: str = TEXT, book: str = BOOK, relations: str = "") -> Reading:
    table = [["id", "quote", "theme", "move"], *([f"a{at}", *row] for at, row in enumerate(rows, 1))]
    source = "\n".join(",".join(f'"{cell}"' for cell in row) for row in table)
    reading = made(essay, book, source, relations)
    assert not reading.faults
    return reading


ODD = {
    "bare": made(book=None),
    "no annotation": made(),
    "no theme": coded(("Trust it.", "", "claim")),
    "one": coded(("Trust it.", "trust", "claim")),
    "one sentence": coded(
        ("Love is", "trust", "claim"), ("brave and slow", "trust;ending", ""), ("is brave", "ending", "")
    ),
    "one paragraph": coded(("Love is", "trust", ""), ("brave", "ending", ""), essay="Love is brave and slow."),
    "one word": made("Love"),
    "a facet without tags": made(book="facets:\n- {id: theme, tags: []}\n"),
    "spaceless": coded(("愛", "trust", ""), essay="愛は勇敢だ。本当か？"),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("odd", ODD)
def test_an_odd_reading_has_words_for_what_it_lacks(name: str, odd: str) -> None:
    measure = getattr(measures, name)(ODD[odd])
    assert measure.name == name
    assert measure.title[0].isupper()
    assert not re.search(r"\bNone\b|nan|\binf\b|  ", measure.title)
    assert measure.summary.endswith(".")
    values = values_of(measure.rows)
    assert json.loads(json.dumps(values, allow_nan=False)) == values
    for row in values:
        assert {field for field, _ in measure.columns} <= row.keys()


@pytest.mark.parametrize(
    ("odd", "title"),
    [
        ("bare", "The codebook names no themes yet"),
        ("a facet without tags", "The codebook names no themes yet"),
        ("no annotation", "No passage is marked yet"),
        ("no theme", "No passage carries a theme yet"),
    ],
)
def test_a_reading_without_themes_says_what_is_missing(odd: str, title: str) -> None:
    for name in ("dispersion", "flow", "weight", "together"):
        assert getattr(measures, name)(ODD[odd]).title == title


@pytest.mark.parametrize(
    ("odd", "name", "title"),
    [
        ("one", "dispersion", "Trust stands only in paragraph 2"),
        ("one", "flow", "Trust stands only in paragraph 2"),
        (
            "one",
            "weight",
            "Of the themes, trust weighs most: 1 passage, 2 words, 12% of the essay; nobody uses the ending",
        ),
        ("one", "together", "No two themes share clearly more passages than chance predicts"),
        ("one", "argument", "No relation between passages is noted yet"),
        ("one", "rhythm", "Sentences run from 2 to 5 words, half of them at most 3"),
        ("one sentence", "dispersion", "Trust and the ending stand only in paragraph 1"),
        ("one sentence", "flow", "Trust stands only in paragraph 1, the ending stands only in paragraph 1"),
        ("one paragraph", "dispersion", "Trust and the ending stand in the one paragraph"),
        ("one paragraph", "flow", "In the one paragraph, trust 40% and the ending 20% of the words"),
        ("one paragraph", "rhythm", "One sentence of 5 words"),
        ("one word", "rhythm", "One sentence of 1 word"),
    ],
)
def test_the_title_of_an_odd_reading(odd: str, name: str, title: str) -> None:
    assert getattr(measures, name)(ODD[odd]).title == title


def flow_title(*rows: tuple[str, str, str]) -> str:
    return measures.flow(coded(*rows)).title


def test_equal_paragraphs_are_no_peak() -> None:
    assert (
        flow_title(("Love is", "trust", ""), ("Trust it", "trust", ""))
        == "Trust runs evenly through paragraphs 1 and 2"
    )


def test_a_peak_may_have_two_paragraphs() -> None:
    rows = [("brave and slow", "trust", ""), ("It ends with", "trust", ""), ("Trust", "trust", "")]
    assert flow_title(*rows) == "Trust peaks in paragraphs 1 and 3"


def test_a_second_peak_leaves_out_what_the_first_has_said() -> None:
    rows = [("brave and slow", "trust", ""), ("Trust", "trust;ending", ""), ("ends with", "ending", "")]
    assert flow_title(*rows) == "Trust peaks in paragraph 1, the ending in 3"


def test_a_word_under_two_passages_of_a_theme_counts_once() -> None:
    reading = coded(("Love is brave", "trust", ""), ("brave and", "trust", ""))
    first = measures.flow(reading).rows[0]
    assert (first.words, first.percent) == (4, 50.0)
    share = measures.weight(reading).rows[0].percent
    assert measures.weight(reading).rows[0] == TagWeight("trust", "Trust", "Themes", 2, 4, share)


def test_equal_themes_weigh_the_same() -> None:
    reading = coded(("Love is", "trust", ""), ("Trust it", "ending", ""))
    assert measures.weight(reading).title == "Trust and the ending weigh the same: 2 words, 12% of the essay each"


def test_a_tag_that_nobody_uses_has_a_row_and_is_named() -> None:
    measure = measures.weight(coded(("Trust it.", "trust", "claim"), book=NOBODY))
    assert measure.title.endswith("nobody uses endings")
    assert [row.words for row in measure.rows] == [2, 0, 2, 0]


def test_a_second_facet_with_another_name_plays_the_moves() -> None:
    book = BOOK.replace("id: move", "id: tone")
    reading = made(book=book, annotations="quote,theme,tone\nTrust it.,trust,claim\n")
    moves = [row for row in measures.together(reading).rows if row.grid == "moves"]
    assert [(row.one, row.other, row.count) for row in moves][:2] == [
        ("Trust", "Claim", 1),
        ("Trust", "Verdict", 0),
    ]


def test_themes_and_moves_are_known_by_the_roles_of_their_facets() -> None:
    book = """facets:
- {id: figur, role: person, tags: [{id: wer, label: Wer}]}
- {id: zug, role: move, tags: [{id: these, label: These}]}
- {id: thema, role: theme, tags: [{id: vertrauen, label: Vertrauen}]}
"""
    reading = made(book=book, annotations="quote,zug,thema\nLove is brave,these,vertrauen\n")
    assert (
        measures.weight(reading).title == "Of the themes, vertrauen weighs most: 1 passage, 3 words, 18% of the essay"
    )
    assert {row.tag for row in measures.flow(reading).rows} == {"vertrauen"}
    assert [(row.one, row.other, row.count) for row in measures.together(reading).rows] == [("Vertrauen", "These", 1)]


def test_lift_compares_with_chance_among_all_passages() -> None:
    rows = [
        ("Love", "trust;ending", ""),
        ("is", "trust;ending", ""),
        ("brave", "trust;ending", ""),
        ("slow", "", "claim"),
    ]
    row = measures.together(coded(*rows)).rows[0]
    assert (row.count, row.chance, row.lift, row.often) == (3, 2.2, 1.33, "1.3 times what chance predicts")
    assert (
        measures.together(coded(*rows)).title == "Trust and the ending share 3 passages, 1.3 times what chance predicts"
    )


@pytest.mark.parametrize(
    ("both", "lift", "words"),
    [
        (0, None, "one of them is not used"),
        (0, 0.0, "never together"),
        (4, 1.0, "about what chance predicts"),
        (4, 0.5, "half of what chance predicts"),
        (4, 0.3, "0.3 times what chance predicts"),
        (4, 3.0, "3 times what chance predicts"),
    ],
)
def test_lift_in_words(both: int, lift: float | None, words: str) -> None:
    assert often(both, lift) == words


QUOTES = [("Love is brave", "", ""), ("Who can say?", "", ""), ("Trust it.", "", ""), ("Nobody does.", "", "")]


@pytest.mark.parametrize(
    ("relations", "title"),
    [
        ("a1,supports,a3", "One relation: a passage in paragraph 1 supports one in paragraph 2"),
        ("a3,opposes,a4", "One relation: a passage in paragraph 2 opposes another there"),
        ("a1,supports,a3\na2,opposes,a4", "2 relations, and no passage stands out by what leads to it"),
        (
            "a1,supports,a3\na2,opposes,a3",
            "Most relations lead to “Trust it.” (paragraph 2): 1 supports and 1 opposes it",
        ),
        ("a1,qualifies,a3\na2,qualifies,a3", "Most relations lead to “Trust it.” (paragraph 2): 2 qualify it"),
        (
            "a1,supports,a3\na2,supports,a3\na1,supports,a4\na2,supports,a4",
            "Most relations lead to “Trust it.” (paragraph 2) and “Nobody does.” (paragraph 2): 2 to each",
        ),
    ],
)
def test_the_title_of_an_argument(relations: str, title: str) -> None:
    assert measures.argument(coded(*QUOTES, relations=f"from,relation,to\n{relations}\n")).title == title


def test_a_relation_of_a_lost_passage_is_left_out_and_counted() -> None:
    reading = made(
        annotations="id,quote,theme\na1,Trust it.,trust\na2,not there,trust\n",
        relations="from,relation,to\na1,supports,a2\n",
    )
    measure = measures.argument(reading)
    assert measure.rows == ()
    assert measure.summary.endswith("Left out: 1 relation of passages without a place in the text.")


@pytest.mark.parametrize(
    "sentence",
    ["Why?", "“Why?”", "(Why?)", "Why?!", "真的吗？", "لماذا؟", "Ինչո՞ւ։", "ለምን፧", "Why⁇", "Why‽", "“Why?” "],
)
def test_a_question_ends_in_a_question_mark_of_any_script(sentence: str) -> None:
    assert asks(sentence)


def test_the_greek_question_mark_is_one_in_greek_only() -> None:
    assert asks("Γιατί;", "el-GR")
    assert not asks("Why;")


@pytest.mark.parametrize("sentence", ["“Why?” she said.", "No.", "", "?", "!!"])
def test_what_only_holds_a_question_is_none(sentence: str) -> None:
    assert asks(sentence) is (sentence == "?")


def test_a_sentence_is_a_question_before_it_is_a_verdict() -> None:
    rows = measures.rhythm(coded(("Who can say?", "", "verdict"), ("Trust", "", "verdict"))).rows
    assert [row.kind for row in rows] == ["other", "question", "verdict", "other", "other"]
    assert rows[2].passages == ("a2",)


@pytest.mark.parametrize(
    ("label", "aliases", "language", "said"),
    [
        ("The ending critique", (), "en", "the ending critique"),
        ("Trust", (), "en-GB", "trust"),
        ("AI", (), "en", "AI"),
        ("Los Angeles", (), "en", "Los Angeles"),
        ("Theodore", (), "en", "Theodore"),
        ("Amy", ("Amy",), "en", "Amy"),
        ("Vertrauen", (), "de", "Vertrauen"),
    ],
)
def test_a_label_inside_a_sentence(label: str, aliases: tuple[str, ...], language: str, said: str) -> None:
    essay = Essay("Trust Theodore, or trust nobody.", language=language)
    assert inside(Tag("x", label, aliases=aliases), essay) == said


def test_parts_with_an_and_of_their_own_get_a_comma() -> None:
    assert listed([7]) == "7"
    assert listed([6, 7, 8]) == "6, 7 and 8"
    assert listed(["bread and butter", "jam"]) == "bread and butter, and jam"


def test_a_long_quote_ends_at_a_word() -> None:
    assert clipped("one two, three", 11) == "one two …"
    assert clipped("one\n two", 11) == "one two"


@given(st.text("ab \n\u3000é😀", max_size=40), st.data())
def test_the_words_that_a_stretch_touches_are_those_that_share_a_letter_with_it(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    words, number = [], -1
    for at, letter in enumerate(text):
        number += letter.isalpha() and (at == 0 or not text[at - 1].isalpha())
        words.append(number if letter.isalpha() else None)
    touched = {word for word in words[start:end] if word is not None}
    assert set(Words(text).touched(start, end)) == touched
    assert len(Words(text)) == number + 1


@given(st.lists(st.tuples(st.sampled_from(["Love", "is", "brave", "Who can", "Trust", "Nobody", "shrug"]),
                          st.sampled_from(["", "trust", "ending", "trust;ending"])), max_size=6))  # fmt: skip
def test_no_share_passes_a_hundred_and_no_title_breaks(rows: list[tuple[str, str]]) -> None:
    reading = coded(*((quote, theme, "") for quote, theme in rows)) if rows else made()
    assert all(0 <= row.percent <= 100 for row in measures.flow(reading).rows)
    for name in NAMES:
        assert getattr(measures, name)(reading).title


def test_equal_readings_give_equal_measures() -> None:
    for name in NAMES:
        assert getattr(measures, name)(open_reading("her")) == getattr(measures, name)(open_reading("her"))


def test_a_codebook_without_colours_or_codes_counts_as_well() -> None:
    book = Codebook(facets=(Facet("f", "F", tags=(Tag("x", "X"),)),))
    assert measures.weight(Reading(Essay("A b."), book)).rows[0].words == 0


# *Her*, counted by another road: from the files, with the csv module and plain loops.


class Plain:
    """The files of *Her*, and where each quote stands, in words."""

    def __init__(self) -> None:
        folder = bundled("data") / "her"
        body = (folder / "essay.md").read_text("utf-8").split("---\n", 2)[2]
        self.paragraphs = [" ".join(part.replace("*", "").split()) for part in body.strip().split("\n\n")]
        self.text = "\n\n".join(self.paragraphs)
        self.facets = yaml.safe_load((folder / "codebook.yml").read_text("utf-8"))["facets"]
        self.labels = {tag["id"]: tag["label"] for facet in self.facets for tag in facet["tags"]}
        with (folder / "annotations.csv").open(encoding="utf-8", newline="") as file:
            self.entries = {row["id"]: row for row in csv.DictReader(file)}
        with (folder / "relations.csv").open(encoding="utf-8", newline="") as file:
            self.relations = list(csv.DictReader(file))
        self.tags = {name: self._tags(row) for name, row in self.entries.items()}

    def _tags(self, row: dict[str, str]) -> set[str]:
        tags = {*row["theme"].split(";"), *row["move"].split(";")} - {""}
        names = {alias: tag["id"] for facet in self.facets for tag in facet["tags"] for alias in tag.get("aliases", [])}
        return tags | {tag for name, tag in names.items() if re.search(rf"(?<!\w){name}(?!\w)", row["quote"])}

    def tags_of(self, *facets: str) -> list[str]:
        return [tag["id"] for facet in self.facets if not facets or facet["id"] in facets for tag in facet["tags"]]

    def with_tag(self, tag: str) -> list[str]:
        return [name for name in self.entries if tag in self.tags[name]]

    def reach(self, name: str) -> tuple[int, int]:
        """How many words stand before the quote and before its end, a word that it cuts being in it."""
        before, _, _ = self.text.partition(self.entries[name]["quote"])
        quote = self.entries[name]["quote"]
        first = len(before.split()) - (bool(before) and not before[-1].isspace())
        return first, len((before + quote).split())

    def paragraph(self, name: str) -> int:
        return next(at for at, text in enumerate(self.paragraphs, 1) if self.entries[name]["quote"] in text)

    def under(self, tag: str) -> set[int]:
        return {word for name in self.with_tag(tag) for word in range(*self.reach(name))}


@pytest.fixture(scope="module")
def plain() -> Plain:
    return Plain()


@pytest.fixture(scope="module")
def her() -> Reading:
    return open_reading("her")


def test_the_plain_text_is_the_essays(plain: Plain, her: Reading) -> None:
    assert plain.text == her.essay.text


def test_dispersion_of_her(plain: Plain, her: Reading) -> None:
    expected = [
        (tag, plain.labels[tag], name, plain.paragraph(name), *plain.reach(name))
        for tag in plain.tags_of()
        for name in sorted(plain.with_tag(tag), key=plain.reach)
    ]
    fields = ("tag", "label", "passage", "paragraph", "start", "end")
    rows = measures.dispersion(her).rows
    assert [tuple(getattr(row, field) for field in fields) for row in rows] == expected
    assert all(row.words == row.end - row.start for row in rows)
    assert len(rows) > 150


def test_flow_of_her(plain: Plain, her: Reading) -> None:
    expected, start = {}, 0
    for number, text in enumerate(plain.paragraphs, 1):
        end = start + len(text.split())
        for tag in plain.tags_of("theme"):
            words = len(plain.under(tag) & set(range(start, end)))
            expected[number, tag] = (start, end, words, round(100 * words / (end - start), 1))
        start = end
    rows = measures.flow(her).rows
    assert {(row.paragraph, row.tag): (row.start, row.end, row.words, row.percent) for row in rows} == expected


def test_weight_of_her(plain: Plain, her: Reading) -> None:
    whole = len(plain.text.split())
    assert [(row.tag, row.passages, row.words, row.percent) for row in measures.weight(her).rows] == [
        (tag, len(plain.with_tag(tag)), len(plain.under(tag)), round(100 * len(plain.under(tag)) / whole, 1))
        for tag in plain.tags_of()
    ]


def test_together_of_her(plain: Plain, her: Reading) -> None:
    themes, moves, n = plain.tags_of("theme"), plain.tags_of("move"), len(plain.entries)
    expected = []
    for one, other in [*combinations(themes, 2), *product(themes, moves)]:
        both = len(set(plain.with_tag(one)) & set(plain.with_tag(other)))
        alone = len(plain.with_tag(one)) * len(plain.with_tag(other))
        expected.append(
            ((one, other), both, round(alone / n, 1), pytest.approx(both / n / (alone / n / n), abs=0.0051))
        )
    rows = measures.together(her).rows
    assert [(row.tags, row.count, row.chance, row.lift) for row in rows] == expected


def test_argument_of_her(plain: Plain, her: Reading) -> None:
    leading = Counter(row["to"] for row in plain.relations)
    expected = [
        (row["from"], row["relation"], row["to"], sum(plain.reach(row["from"])) / 2, sum(plain.reach(row["to"])) / 2,
         plain.paragraph(row["from"]), plain.paragraph(row["to"]), leading[row["to"]])
        for row in plain.relations
    ]  # fmt: skip
    fields = ("from_", "relation", "to", "start", "end", "paragraph", "into", "weight")
    assert [tuple(getattr(row, field) for field in fields) for row in measures.argument(her).rows] == expected


def test_rhythm_of_her(plain: Plain, her: Reading) -> None:
    rows, start = measures.rhythm(her).rows, 0
    verdicts = [range(*plain.reach(name)) for name in plain.with_tag("verdict")]
    for row, (first, last) in zip(rows, her.essay.sentences(), strict=True):
        sentence = plain.text[first:last]
        end = start + len(sentence.split())
        judges = any(set(words) & set(range(start, end)) for words in verdicts)
        kind = "question" if sentence.rstrip("”)").endswith("?") else "verdict" if judges else "other"
        assert (row.start, row.end, row.words, row.kind) == (start, end, end - start, kind)
        start = end
    assert start == len(plain.text.split())


def test_the_titles_of_her(her: Reading) -> None:
    assert [getattr(measures, name)(her).title for name in NAMES] == [
        "Trust runs through 8 of 10 paragraphs; performance and craft, and the critic on himself only through 2",
        "Trust peaks in paragraphs 4 and 5, the ending critique in 7 and 8",
        "Of the themes, trust weighs most: 23 passages, 385 words, 32% of the essay",
        "The ending critique and the film’s questions share 6 passages, 2.2 times what chance predicts",
        "Most relations lead to “What wears on me is the discovery, slow to …” (paragraph 1): 2 support and 3 oppose it",
        "Verdicts are short: median 13 words, against 18 elsewhere",
    ]


# The same, with so little room that paragraphs share a row.


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch, plain: Plain) -> list[tuple[int, int, int, int]]:
    """First and last paragraph of each stretch, the words before it, and those before its end."""
    monkeypatch.setattr("essay_explorer.measures.stretches.MOST_STRETCHES", 4)
    monkeypatch.setattr("essay_explorer.measures.stretches.MOST_BARS", 10)
    monkeypatch.setattr("essay_explorer.measures.relations.MOST_ARCS", 10)
    words = [0, *accumulate(len(text.split()) for text in plain.paragraphs)]
    return [(first, last, words[first - 1], words[last]) for first, last in ((1, 3), (4, 6), (7, 9), (10, 10))]


def place(row: InStretch) -> tuple[object, ...]:
    return (row.paragraph, row.last, row.start, row.end)


def shares(plain: Plain, part: tuple[int, int, int, int], tag: str) -> tuple[object, ...]:
    """Passages, words and percent of a tag in a stretch, and its first passage there."""
    here = set(range(*part[2:]))
    passages = sorted((name for name in plain.with_tag(tag) if here & set(range(*plain.reach(name)))), key=plain.reach)
    words = len(here & plain.under(tag))
    return len(passages), words, round(100 * words / len(here), 1), passages[0] if passages else None


def test_stretches_of_the_dispersion_of_her(plain: Plain, her: Reading, parts: list[tuple[int, int, int, int]]) -> None:
    measure = measures.dispersion(her)
    expected = [(tag, part, shares(plain, part, tag)) for tag in plain.tags_of() for part in parts]
    fields = ("passages", "words", "percent", "passage")
    found = [(row.tag, place(row), tuple(getattr(row, field) for field in fields)) for row in measure.rows]
    assert found == [row for row in expected if row[2][0]]
    assert isinstance(measure, StretchedMeasure)
    assert measure.summary.startswith("Each bar stands for up to 3 paragraphs in a row")
    assert f"up to {max(row.percent for row in measure.rows)} percent" in measure.summary


def test_stretches_of_the_flow_of_her(plain: Plain, her: Reading, parts: list[tuple[int, int, int, int]]) -> None:
    fields = ("passages", "words", "percent", "passage")
    rows = measures.flow(her).rows
    assert [(place(row), row.tag, *(getattr(row, field) for field in fields)) for row in rows] == [
        (part, tag, *shares(plain, part, tag)) for part in parts for tag in plain.tags_of("theme")
    ]
    assert [row.paragraphs for row in rows][:: len(plain.tags_of("theme"))] == ["1–3", "4–6", "7–9", "10"]


def test_stretches_of_the_argument_of_her(plain: Plain, her: Reading, parts: list[tuple[int, int, int, int]]) -> None:
    leading = Counter(row["to"] for row in plain.relations)
    expected = []
    for part, kind in product(parts, ("supports", "opposes", "qualifies")):
        targets = [
            row["to"]
            for row in plain.relations
            if row["relation"] == kind and part[0] <= plain.paragraph(row["to"]) <= part[1]
        ]
        if targets:
            most = min(targets, key=lambda name: (-leading[name], plain.reach(name)))
            expected.append((part, kind, len(targets), most, leading[most]))
    rows = measures.argument(her).rows
    fields = ("relation", "count", "passage", "weight")
    assert [(place(row), *(getattr(row, field) for field in fields)) for row in rows] == expected
    assert sum(row.count for row in rows) == len(plain.relations)


def quantile(sizes: list[int], part: float) -> float:
    ordered, at = sorted(sizes), (len(sizes) - 1) * part
    return ordered[int(at)] + (ordered[min(int(at) + 1, len(sizes) - 1)] - ordered[int(at)]) * (at % 1)


def test_stretches_of_the_rhythm_of_her(
    her: Reading, parts: list[tuple[int, int, int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = measures.rhythm(her).rows
    monkeypatch.undo()
    sentences = measures.rhythm(her).rows  # recounted above
    kinds = Counter(row.kind for row in sentences)
    for row, part in zip(rows, parts, strict=True):
        here = [one for one in sentences if part[0] <= one.paragraph <= part[1]]
        lengths = [one.words for one in here]
        asks, judges = (sum(one.kind == kind for one in here) for kind in ("question", "verdict"))
        assert (place(row), row.sentences, row.questions, row.verdicts) == (part, len(here), asks, judges)
        assert [row.low, row.words, row.high] == [quantile(lengths, at / 4) for at in (1, 2, 3)]
        usual = len(here) / len(sentences)
        assert row.asks is (asks >= 3 and asks >= 1.25 * usual * kinds["question"])
        assert row.judges is (judges >= 3 and judges >= 1.25 * usual * kinds["verdict"])
    assert any(row.judges for row in rows)


@pytest.mark.usefixtures("parts")
def test_what_is_found_does_not_hang_on_stretches(her: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    stretched = [getattr(measures, name)(her) for name in NAMES]
    monkeypatch.undo()
    exact = [getattr(measures, name)(her) for name in NAMES]
    assert [isinstance(measure, StretchedMeasure) for measure in stretched] == [True, True, False, False, True, True]
    assert not any(isinstance(measure, StretchedMeasure) for measure in exact)
    assert [measure.title for measure in stretched] == [measure.title for measure in exact]


@pytest.mark.parametrize("count", [1, 59, 60, 61, 120, 121, 8585])
def test_stretches_are_few_equal_and_leave_nothing_out(count: int) -> None:
    stretches = stretches_of(Essay("\n\n".join(f"Word {number}." for number in range(count))))
    assert len(stretches) <= 60
    assert len({stretch.last - stretch.first for stretch in stretches[:-1]}) <= 1
    assert [number for one in stretches for number in range(one.first, one.last + 1)] == [*range(1, count + 1)]
    assert [word for stretch in stretches for word in stretch.words] == [*range(2 * count)]
    assert (count > 60) == any(stretch.last > stretch.first for stretch in stretches)


def test_a_label_keeps_its_capital_in_another_language() -> None:
    rows = [("brave and slow", "trust", ""), ("Trust", "trust;ending", ""), ("ends with", "ending", "")]
    with speaking("fr"):
        assert flow_title(*rows) == "Trust culmine au paragraphe 1, The ending au 3"
