"""Facets and tags in a YAML text, and the names that tag a text by themselves."""

from __future__ import annotations

import time
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_explorer.core.codebook import Codebook
from essay_explorer.core.fault import Fault, ReadingError
from essay_explorer.core.names import RESERVED
from essay_explorer.core.tag import LINES, Facet, Tag, with_cues


def faults_of(source: str) -> tuple[Codebook, list[str]]:
    """The codebook in a YAML text, and its faults as text."""
    found: list[Fault] = []
    book = Codebook.from_yaml(source, report=found.append)
    return book, [str(fault) for fault in found]


def with_aliases(**aliases: list[str]) -> Codebook:
    tags = tuple(Tag(name, name, aliases=tuple(found)) for name, found in aliases.items())
    return Codebook(facets=(Facet("person", "People", tags=tags),))


def named(text: str, **aliases: list[str]) -> list[tuple[str, str]]:
    return [(tag, text[slice(*span)]) for tag, span in with_aliases(**aliases).named(text)]


BOOK = """\
title: Themes of *Her*
facets:
  - id: theme
    label: Themes
    definition: What it is about.
    tags:
      - id: trust
        label: Trust
        definition: Believing without proof.
        code: T
        colour: {light: "#0067B1", dark: "#6CB6F5"}
        line: wavy
        questions: [What is it?, "Who says: so?"]
  - id: person
    tags:
      - {id: amy, label: Amy, aliases: [Amy, Ames]}
"""


def test_a_codebook_says_all_of_its_facets_and_tags() -> None:
    assert Codebook.from_yaml(BOOK) == Codebook(
        title="Themes of *Her*",
        facets=(
            Facet(
                "theme",
                "Themes",
                "What it is about.",
                (
                    Tag(
                        "trust",
                        "Trust",
                        "Believing without proof.",
                        code="T",
                        colour=("#0067B1", "#6CB6F5"),
                        line="wavy",
                        questions=("What is it?", "Who says: so?"),
                    ),
                ),
            ),
            Facet("person", "person", tags=(Tag("amy", "Amy", aliases=("Amy", "Ames")),)),
        ),
    )


def test_tags_and_their_facets_are_found_by_id_in_the_order_of_the_codebook() -> None:
    book = Codebook.from_yaml(BOOK)
    assert {name: (tag.id, book.facet_of[name].id) for name, tag in book.tags.items()} == {
        "trust": ("trust", "theme"),
        "amy": ("amy", "person"),
    }
    assert list(book.tags) == ["trust", "amy"]


def test_a_codebook_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Codebook().title = "Other"  # type: ignore[misc]


def test_themes_without_colour_line_and_code_are_told_apart_all_the_same() -> None:
    tags = "".join(f"  - {{id: t{number}, label: Trust {number}}}\n" for number in range(9))
    book = Codebook.from_yaml(f"facets:\n- id: theme\n  tags:\n{tags}- id: move\n  tags: [{{id: claim}}]")
    themes = book.facets[0].tags
    assert len({tag.code for tag in themes}) == len({tag.colour for tag in themes}) == 9
    assert {tag.line for tag in themes} == set(LINES)
    assert book.tags["claim"] == Tag("claim", "claim")


def test_tags_without_a_line_or_a_code_get_free_ones() -> None:
    made = with_cues([Tag("trust", "Trust", code="T", line="dashed"), Tag("tact", "Tact"), Tag("tt", "tt")])
    assert [(one.code, one.line) for one in made] == [("T", "dashed"), ("A", "solid"), ("3", "double")]


def roles(*facets: str) -> list[str]:
    entries = "\n".join(f"- {{{facet}, tags: [{{id: t{at}}}]}}" for at, facet in enumerate(facets))
    return [facet.role for facet in Codebook.from_yaml(f"facets:\n{entries}").facets]


def test_a_facet_says_its_role_whatever_its_id_and_its_place() -> None:
    assert roles("id: wer, role: person", "id: zug, role: move", "id: thema, role: theme", "id: move, role: other") == [
        "person", "move", "theme", "other",
    ]  # fmt: skip


def test_the_role_that_a_facet_does_not_say_is_that_of_its_id_or_its_place() -> None:
    assert roles("id: thema", "id: zug", "id: ton") == ["theme", "move", "other"]
    assert roles("id: move", "id: person", "id: theme") == ["move", "person", "theme"]
    assert (
        Codebook(facets=(Facet("a", "A"), Facet("b", "B", tags=(Tag("amy", "Amy", aliases=("Amy",)),)))).facets[1].role
        == "person"
    )


def test_a_facet_that_is_added_at_the_end_changes_no_role_before_it() -> None:
    assert roles("id: thema", "id: zug", "id: imported, role: other")[:2] == roles("id: thema", "id: zug")


def test_a_role_that_is_not_known_is_reported_and_guessed() -> None:
    book, faults = faults_of("facets:\n- {id: zug, role: Move, tags: [{id: claim}]}")
    assert (book.facets[0].role, faults) == (
        "theme",
        ['codebook.yml (zug): role "Move" is not known. Did you mean "move"? Known: theme, move, person, other.'],
    )


def test_the_themes_have_their_cues_wherever_they_stand() -> None:
    book = Codebook.from_yaml(
        "facets:\n- {id: zug, role: move, tags: [{id: a}]}\n- {id: thema, role: theme, tags: [{id: b}]}"
    )
    assert book.tags_of("move") == (Tag("a", "a"),)
    assert [(tag.code, bool(tag.colour), tag.line) for tag in book.tags_of("theme")] == [("B", True, "solid")]


def test_what_a_theme_brings_is_kept_and_not_given_to_another() -> None:
    book = Codebook.from_yaml("facets:\n- id: theme\n  tags: [{id: a, label: Ab}, {id: b, code: A, line: wavy}]")
    first, second = book.facets[0].tags
    assert (first.code, second.code, second.line) == ("B", "A", "wavy")


@pytest.mark.parametrize("word", ["007", "no", "1e3", "null1", "2014-01-02"])
def test_an_id_is_the_word_that_was_written(word: str) -> None:
    book, faults = faults_of(f"facets:\n- id: theme\n  tags: [{{id: {word}, label: {word}}}]")
    assert (list(book.tags), book.tags[word].label, faults) == ([word], word, [])


def test_one_question_or_alias_needs_no_list() -> None:
    book, faults = faults_of("facets:\n- id: person\n  tags: [{id: amy, aliases: Amy, questions: Who?}]")
    assert (book.tags["amy"].aliases, book.tags["amy"].questions, faults) == (("Amy",), ("Who?",), [])


def test_empty_values_are_absent_values() -> None:
    source = (
        "facets:\n- id: theme\n  label:\n  tags:\n  - {id: a, label: , definition: , questions: , aliases: ~, code: }"
    )
    book, faults = faults_of(source)
    assert (book.facets[0].label, book.tags["a"].label, book.tags["a"].definition) == ("theme", "a", "")
    assert faults == []


def test_decomposed_letters_are_composed() -> None:
    assert Codebook.from_yaml("facets:\n- id: theme\n  tags: [{id: cafe\u0301}]").tags.keys() == {"café"}


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        (
            "- id: theme",
            "codebook.yml: holds no list named `facets`. Start it with `facets:` and `- id: theme`",
        ),
        ("# nothing", "codebook.yml: holds no list named `facets`."),
        ("facets:", "codebook.yml: holds no list named `facets`."),
        ("facets: []", "codebook.yml: holds no list named `facets`."),
        ("facets: theme", "codebook.yml: holds no list named `facets`."),
        ("just words", "codebook.yml: holds no list named `facets`."),
        (
            "facets:\n- id: theme\n  definition: Trust: believing",
            'codebook.yml: not readable as YAML (line 3): there is a ": " too many, or the line above lacks its own. '
            'Put quotation marks around a text that has ": "',
        ),
        (
            "facets:\n\t- id: theme",
            "codebook.yml: not readable as YAML (line 2): a text starts with a tab or with a sign that YAML keeps",
        ),
        (
            "facets:\n- id: theme\n  tags:\n  - id: a\n    id: b",
            'codebook.yml: not readable as YAML (line 5): the name "id" occurs twice',
        ),
        ("facets: \x07", "codebook.yml: not readable as YAML (line 1): it has a control code in it, U+0007"),
    ],
)
def test_a_codebook_that_cannot_be_read_is_reported_and_empty(source: str, fault: str) -> None:
    book, (found,) = faults_of(source)
    assert book == Codebook()
    assert found.startswith(fault)


EXPECTED_ID = "expected `id:` with one word, without spaces, control signs or , ; & = # and no * at its start"
EXPECTED_COLOUR = 'colour: expected {light: "#0067B1", dark: "#6CB6F5"}, with the quotation marks'


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("", f"codebook.yml: tag number 2: {EXPECTED_ID}; found nothing"),
        ("word", f'codebook.yml: tag number 2: {EXPECTED_ID}; found "word"'),
        ("[a]", f"codebook.yml: tag number 2: {EXPECTED_ID}; found a list"),
        ("{label: A}", f"codebook.yml: tag number 2: {EXPECTED_ID}; found nothing"),
        ("{id: [a]}", f"codebook.yml: tag number 2: {EXPECTED_ID}; found a list"),
        ("{id: {a: b}}", f"codebook.yml: tag number 2: {EXPECTED_ID}; found `name: value`"),
        ("{id: two words}", f'codebook.yml: tag number 2: {EXPECTED_ID}; found "two words"'),
        ("{id: 'a;b'}", f'codebook.yml: tag number 2: {EXPECTED_ID}; found "a;b"'),
        ("{id: '*a'}", f'codebook.yml: tag number 2: {EXPECTED_ID}; found "*a"'),
        ("{id: first}", "codebook.yml (first): this id is used twice; give the second tag another"),
    ],
)
def test_a_tag_without_an_id_of_its_own_is_reported_and_left_out(entry: str, fault: str) -> None:
    book, faults = faults_of(f"facets:\n- id: theme\n  tags:\n  - id: first\n  - {entry}\n  - id: last")
    assert faults == [fault]
    assert list(book.tags) == ["first", "last"]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (
            "color: '#123456'",
            '`color` is not known here. Did you mean "colour"? Known: id, label, definition, code, ',
        ),
        ("label: [A]", "`label`: expected a text, found a list. Put quotation marks around a text"),
        ("definition: {a: b}", "`definition`: expected a text, found `name: value`."),
        ("code: TRU", 'code "TRU": expected a letter or two'),
        ("code: T", 'tag "first" has the code "T" too; give one another'),
        ("colour: red", f'{EXPECTED_COLOUR}; found "red"'),
        ("colour: #123456", f"{EXPECTED_COLOUR}; found nothing"),
        ("colour: ['#123456']", f"{EXPECTED_COLOUR}; found a list"),
        ("colour: {light: '#fff'}", f'{EXPECTED_COLOUR}; found light "#fff" and dark nothing'),
        (
            "line: zigzag",
            'line "zigzag" is not known. Known: solid, dashed, double, dotted, wavy, solid-thick,',
        ),
        ("line: dashd", 'line "dashd" is not known. Did you mean "dashed"?'),
        ("questions: [Who said: so]", "questions: expected texts, found `name: value`. Put quotation marks"),
        ("questions: ['', Who?]", 'questions: expected texts, found "".'),
        ("aliases: {a: b}", "aliases: expected texts, found `name: value`."),
    ],
)
def test_a_fault_in_a_tag_is_reported_and_the_tag_kept(entry: str, fault: str) -> None:
    book, (found,) = faults_of(f"facets:\n- id: theme\n  tags:\n  - {{id: first, code: T}}\n  - id: a\n    {entry}")
    assert found.startswith(f"codebook.yml (a): {fault}")
    assert list(book.tags) == ["first", "a"]


def test_a_tag_id_is_used_once_in_all_facets() -> None:
    book, faults = faults_of("facets:\n- id: theme\n  tags: [{id: a}]\n- id: move\n  tags: [{id: a}, {id: b}]")
    assert faults == ["codebook.yml (a): this id is used twice; give the second tag another"]
    assert [[tag.id for tag in facet.tags] for facet in book.facets] == [["a"], ["b"]]


@pytest.mark.parametrize("name", RESERVED)
def test_no_facet_takes_a_word_that_calls_and_addresses_use(name: str) -> None:
    book, faults = faults_of(f"facets:\n- id: {name}\n  tags: []\n- id: theme\n  tags: []")
    assert [facet.id for facet in book.facets] == ["theme"]
    assert faults == [
        f"codebook.yml ({name}): no facet may have this id: it means something else in an address or a call. "
        "Take another"
    ]


def test_the_reserved_words_are_the_keywords_and_the_keys_of_addresses() -> None:
    assert set(RESERVED) == {"match", "exclude", "query", "within", "show", "find", "at", "not", "chart"} | {
        "tour",
        "off",
        "differ",
    }


@pytest.mark.parametrize("name", ["id", "quote", "prefix", "suffix", "note", "creator", "created"])
def test_no_facet_takes_the_name_of_a_column(name: str) -> None:
    _, (fault,) = faults_of(f"facets:\n- id: {name}\n  tags: []")
    assert fault == f"codebook.yml ({name}): no facet may have this id: it means a column of its own. Take another"


@pytest.mark.parametrize(
    ("facet", "fault"),
    [
        (
            "id: theme\n  tags: []",
            "codebook.yml (theme): this id is used twice; give the second facet another",
        ),
        ("id: move", "codebook.yml (move): this facet has no list named `tags`"),
        ("id: move\n  tags: {a: b}", "codebook.yml (move): this facet has no list named `tags`"),
        ("label: Moves", f"codebook.yml: facet number 2: {EXPECTED_ID}; found nothing"),
        (
            "id: move\n  tag: []\n  tags: []",
            'codebook.yml (move): `tag` is not known here. Did you mean "tags"?',
        ),
    ],
)
def test_a_fault_in_a_facet_is_reported(facet: str, fault: str) -> None:
    _, (found,) = faults_of(f"facets:\n- id: theme\n  tags: []\n- {facet}")
    assert found.startswith(fault)


def test_an_alias_belongs_to_one_tag() -> None:
    source = "facets:\n- id: person\n  tags: [{id: a, aliases: [Theo]}, {id: b, aliases: [Theo, Ben]}]"
    book, faults = faults_of(source)
    assert faults == ['codebook.yml (b): the alias "Theo" belongs to tag "a" already']
    assert [tag for tag, _ in book.named("Theo and Ben")] == ["a", "b"]


def test_a_fault_is_raised_where_nobody_collects_them() -> None:
    with pytest.raises(ReadingError, match=r"codebook\.yml: holds no list named `facets`") as caught:
        Codebook.from_yaml("- theme")
    assert len(caught.value.faults) == 1


LEAVES = st.none() | st.text("ab: #é", max_size=4)
NAMES = st.sampled_from(["id", "label", "tags", "colour", "light", "line", "aliases", "questions", "code"])
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(TREES)
def test_any_codebook_opens_and_each_entry_is_there_or_reported(tree: object) -> None:
    import json  # JSON is YAML

    book, faults = faults_of(json.dumps({"facets": [{"id": "theme", "tags": tree}]}))
    wanted = len(tree) if isinstance(tree, list) else 0
    told = [fault for fault in faults if ": tag number" in fault or "this id is used twice" in fault]
    assert len(book.tags) + len(told) == wanted
    assert wanted or faults or tree == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Amy, Amy's and (Amy)!", ["Amy", "Amy", "Amy"]),
        ("Amyloid, gAmy, Amy2 and Amy_x", []),
        ("“Amy”—Amy…", ["Amy", "Amy"]),
        ("AMY and amy", []),
        ("Amy\u0331 is another name", []),
        ("", []),
    ],
)
def test_names_are_found_as_whole_words(text: str, found: list[str]) -> None:
    assert [name for _, name in named(text, amy=["Amy"])] == found


def test_the_longest_name_wins() -> None:
    found = named("Spike Jonze met Jonze and Spike", spike=["Spike"], jonze=["Jonze", "Spike Jonze"])
    assert found == [("jonze", "Spike Jonze"), ("jonze", "Jonze"), ("spike", "Spike")]


def test_a_name_with_a_capital_is_not_the_common_word_and_a_word_without_one_is_found_in_capitals_too() -> None:
    assert named("Will will go", will=["Will"]) == [("will", "Will")]
    assert named("Trust is TRUST is trust", trust=["trust"]) == [("trust", w) for w in ("Trust", "TRUST", "trust")]


@pytest.mark.parametrize(
    ("text", "alias", "count"),
    [
        ("太郎は花子と太郎を見た", "太郎", 2),
        ("AmyはTheoを見た", "Amy", 1),
        ("تحدث ثيودور، ثم ثيودور.", "ثيودور", 2),
        ("राम और रामा", "राम", 1),
        ("Straße und Strasse", "Straße", 1),
        ("Ι. Οδυσσεύς", "Οδυσσεύς", 1),
        ("C++ and C", "C++", 1),
        ("Zoë", "Zoë", 1),
    ],
)
def test_names_are_found_in_any_script(text: str, alias: str, count: int) -> None:
    assert named(text, one=[alias]) == [("one", alias)] * count


def test_some_tags_alone_look_as_they_do_among_all() -> None:
    every = Codebook(
        facets=(
            Facet("theme", "Theme", tags=tuple(Tag(one, one) for one in "abc")),
            Facet("move", "Move", tags=(Tag("m", "m"),)),
        )
    )
    some = every.only(["c", "x"])
    assert [facet.id for facet in some.facets] == ["theme"]
    assert some.tags == {"c": every.tags["c"]}


def test_a_codebook_without_aliases_names_nothing() -> None:
    assert named("Amy", amy=[]) == []


@given(
    st.text("Ab é字\u0301🤖.", max_size=20),
    st.lists(st.text("Abé字🤖", min_size=1, max_size=3), max_size=4, unique=True),
)
def test_each_name_found_is_an_alias_as_it_stands_and_they_do_not_overlap(text: str, aliases: list[str]) -> None:
    at = 0
    for tag, span in with_aliases(one=aliases).named(text):
        assert tag == "one"
        assert text[slice(*span)].casefold() in {alias.casefold() for alias in aliases}
        assert at <= span.start
        at = span.end


def test_aliases_without_number_are_not_all_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("essay_explorer.core.codebook.MOST_ALIASES", 2)
    source = "facets:\n- id: person\n  tags:\n  - {id: amy, aliases: [Amy, Ames]}\n  - {id: bo, aliases: [Bo]}\n"
    book, faults = faults_of(source)
    assert faults == ["codebook.yml: has 3 aliases, and the first 2 of them are looked for in the text"]
    assert [tag for tag, _ in book.named("Bo and Amy and Ames")] == ["amy", "amy"]


def test_an_alias_is_told_by_its_letters_where_two_tags_share_its_word() -> None:
    assert named("WILL Will will", a=["will"], b=["Will"]) == [("a", "WILL"), ("a", "Will"), ("a", "will")]
    assert named("Will will", b=["Will"], a=["will"]) == [("b", "Will"), ("a", "will")]
    assert named("\N{KELVIN SIGN}im", a=["kim"]) == [("a", "\N{KELVIN SIGN}im")]


def test_a_thousand_names_are_found_in_a_long_text_in_time() -> None:
    text = " ".join(f"word al{number % 1_000}x" for number in range(20_000))
    start = time.process_time()
    assert len(named(text, a=[f"al{number}x" for number in range(1_000)])) == 20_000
    assert time.process_time() - start < 10
