"""Acts of editing: what each writes into the files, that the rest stays to the letter, and that undo brings all back."""

from __future__ import annotations

import errno
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from essay_explorer import ReadingError
from essay_explorer.core.colours import DARK, LIGHT, contrast, legible
from essay_explorer.library.editing.acts import act_from
from essay_explorer.library.editing.asking import in_words
from essay_explorer.library.editing.desk import Desk, Outcome
from essay_explorer.library.opening import open_quietly
from essay_explorer.words import speaking

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
ESSAY = """---
title: On trust
---

Trust is chosen, not proved. That is *its* risk, and **its** dignity.

> Trust is chosen, said a friend. I doubt it.

The end ducks the question. Nobody minds.
"""
BOOK = """# Ours: do not touch.
facets:
  - id: theme   # what it is about
    label: "Themes"
    tags:
      # The first one.
      - id: trust
        label: Trust
        definition: Belief without proof.   # Baier
        questions:
          - Who trusts?
      # And the other.
      - id: ending
        label: The end

  - id: move
    label: Moves
    tags: [{id: claim, label: Claim}, {id: doubt}]
"""
ROWS = """id,quote,prefix,suffix,theme,move,note,mine
a1,"Trust is chosen, not proved.",,,trust,claim,"It says ""chosen"".",x
a2,I doubt it.,,, trust ; trsut,doubt,,y
a3,The end ducks the question.,,,ending,,,
"""
RELATIONS = "from,relation,to,note\na2,opposes,a1,\n"
TOUR = "at,title,text\na1,The claim,\na3,The end,It ends.\n"
FILES = {"essay.md": ESSAY, "codebook.yml": BOOK, "annotations.csv": ROWS, "relations.csv": RELATIONS, "tour.csv": TOUR}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return made(tmp_path / "mine")


def made(folder: Path) -> Desk:
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_bytes(text.encode())
    return Desk(folder)


def do(desk: Desk, act: str, *, sure: bool = False, **values: Any) -> Outcome:
    return desk.do(act_from({"do": act, **values}), sure=sure, now=NOW)


def text(desk: Desk, file: str) -> str:
    return (desk.folder / file).read_bytes().decode()


def state(desk: Desk) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(desk.folder.iterdir()) if path.is_file()}


def changed_lines(desk: Desk, file: str) -> tuple[list[str], list[str]]:
    """The lines that are gone from a file, and those that are new in it."""
    before, after = FILES.get(file, "").splitlines(), text(desk, file).splitlines()
    return [line for line in before if line not in after], [line for line in after if line not in before]


def test_a_theme_is_named_defined_and_coloured_in_its_own_lines(desk: Desk) -> None:
    new = {"label": "Faith: blind", "definition": "Belief.", "questions": ["Who?", "Why: not?"], "colour": "#0067B1"}
    assert do(desk, "change tag", tag="trust", set=new).said == 'Renamed "Trust" to "Faith: blind"'
    gone, added = changed_lines(desk, "codebook.yml")
    assert gone == [
        "        label: Trust",
        "        definition: Belief without proof.   # Baier",
        "          - Who trusts?",
    ]
    assert added == [
        "        label: 'Faith: blind'",
        "        definition: Belief.   # Baier",
        "          - Who?",
        "          - 'Why: not?'",
        "        code: H",  # "The end" keeps the letter that it had beside Trust
    ]
    assert state(desk) | {"codebook.yml": b""} == {name: one.encode() for name, one in FILES.items()} | {
        "codebook.yml": b""
    }
    tag = open_quietly(desk.folder).codebook.tags["trust"]
    assert (tag.label, tag.code, tag.colour) == ("Faith: blind", "F", ("#0067B1", "#6CB6F5"))


def test_a_new_theme_gets_an_id_of_its_own_and_stands_last(desk: Desk) -> None:
    assert do(desk, "add tag", label=" Trust  again? ").said == 'Added "Trust again?"'
    assert changed_lines(desk, "codebook.yml") == ([], ["      - id: trust-again", "        label: Trust again?"])
    with pytest.raises(ReadingError, match=r'There is a "TRUST" already'):
        do(desk, "add tag", label="TRUST")
    do(desk, "add tag", label="Hope", facet="move")
    assert list(open_quietly(desk.folder).codebook.tags) == ["trust", "ending", "trust-again", "claim", "doubt", "hope"]


def test_themes_change_places_with_their_comments_and_keep_their_looks(desk: Desk) -> None:
    before = open_quietly(desk.folder).codebook.tags
    do(desk, "move tag", tag="ending", before="trust")
    lines = text(desk, "codebook.yml").splitlines()
    assert lines.index("      # And the other.") < lines.index("      # The first one.")
    after = open_quietly(desk.folder).codebook.tags
    assert list(after) == ["ending", "trust", "claim", "doubt"]
    assert {tag: after[tag] for tag in before} == before


def test_a_merged_theme_stands_on_no_passage(desk: Desk) -> None:
    do(desk, "merge tags", tag="ending", into="trust")
    assert changed_lines(desk, "annotations.csv") == (
        ["a3,The end ducks the question.,,,ending,,,"],
        ["a3,The end ducks the question.,,,trust,,,"],
    )
    assert "# And the other." not in text(desk, "codebook.yml")


def test_a_split_theme_takes_the_passages_that_were_chosen(desk: Desk) -> None:
    do(desk, "split tag", tag="trust", label="Doubt", passages=["a2"])
    assert [(entry.id, entry.tags) for entry in open_quietly(desk.folder).annotations] == [
        ("a1", ("trust", "claim")),
        ("a2", ("doubt-2", "doubt")),
        ("a3", ("ending",)),
    ]
    assert "doubt-2;trsut" in text(desk, "annotations.csv")  # what is no tag stays for somebody to see


def test_what_stands_on_passages_is_removed_after_a_question(desk: Desk) -> None:
    outcome = do(desk, "remove tag", tag="ending")
    assert outcome.question == '"The end" stands on 1 passage; 1 of them would carry nothing then, and stay. Remove it?'
    assert state(desk) == {name: one.encode() for name, one in FILES.items()}
    assert do(desk, "remove tag", tag="ending", sure=True).said == 'Removed "The end"'
    assert open_quietly(desk.folder).annotations[2].tags == ()


def test_a_placeholders_id_goes_with_its_name(tmp_path: Path) -> None:
    desk = made(tmp_path / "new")
    book, rows = BOOK.replace("id: trust", "id: theme-1"), ROWS.replace(",trust,", ",theme-1,")
    (desk.folder / "codebook.yml").write_text(book, encoding="utf-8")
    (desk.folder / "annotations.csv").write_text(rows, encoding="utf-8")
    do(desk, "change tag", tag="theme-1", set={"label": "Hope"})
    assert open_quietly(desk.folder).annotations[0].tags == ("hope", "claim")


def test_a_passage_is_a_row_more_with_no_more_around_it_than_it_needs(desk: Desk) -> None:
    outcome = do(
        desk,
        "add passage",
        quote="Trust is chosen",
        prefix="dignity.\n\n",
        suffix=", said a friend. I d",
        tags=["claim", "ending"],
    )
    assert outcome.said == 'Marked "Trust is chosen" as Claim and The end'
    assert changed_lines(desk, "annotations.csv") == ([], ["a4,Trust is chosen,its dignity.,,ending,claim,,"])
    new = open_quietly(desk.folder).annotations[-1]
    assert (new.id, new.tags) == ("a4", ("ending", "claim"))
    (passage,) = [one for one in open_quietly(desk.folder).passages() if one.id == "a4"]
    assert passage.paragraph == 2
    with pytest.raises(ReadingError, match="Quote"):
        do(desk, "add passage", quote="nowhere at all", tags=["trust"])


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x0c", "\x1b", "\u200b", "\u202e"])
def test_words_with_a_sign_that_nobody_sees_are_marked_and_moved(tmp_path: Path, sign: str) -> None:
    desk = made(tmp_path / "mine")
    words = f"Nobody{sign}minds."
    (desk.folder / "essay.md").write_bytes(ESSAY.replace("Nobody minds.", words).encode())
    do(desk, "add passage", quote=words, tags=["ending"], prefix="question. ")
    assert open_quietly(desk.folder).annotations[-1].quote == words
    outcome = do(desk, "change passage", passage="a4", set={"quote": f"Nobody{sign}minds"}, was={"quote": words})
    assert not outcome.question
    assert open_quietly(desk.folder).passages()[-1].text == f"Nobody{sign}minds"


def test_the_same_words_marked_again_carry_both_tags(desk: Desk) -> None:
    do(desk, "add passage", quote="I doubt it.", tags=["ending"], note="Why?")
    assert [(entry.id, entry.tags, entry.note) for entry in open_quietly(desk.folder).annotations][1] == (
        "a2",
        ("trust", "ending", "doubt"),
        "Why?",
    )


def test_a_passage_goes_with_its_relations_and_its_stop(desk: Desk) -> None:
    assert (
        do(desk, "remove passage", passage="a1").said
        == 'Removed "Trust is chosen, not proved.", with 1 relation and 1 stop'
    )
    assert changed_lines(desk, "annotations.csv") == ([ROWS.splitlines()[1]], [])
    assert "relations.csv" not in state(desk)  # a header alone would be a fault
    assert text(desk, "tour.csv") == "at,title,text\na3,The end,It ends.\n"


def test_relations_and_stops_are_rows(desk: Desk) -> None:
    do(desk, "add relation", source="a3", kind="qualifies", target="a1", note="=1+1")
    assert changed_lines(desk, "relations.csv") == ([], ["a3,qualifies,a1,'=1+1"])
    do(desk, "change relation", source="a2", kind="opposes", target="a1", set={"kind": "supports"})
    do(desk, "add stop", at="a2", title="Doubt", text="A friend.")
    do(desk, "move stop", at="a2", before="a1")
    assert text(desk, "tour.csv").splitlines()[1:] == ["a2,Doubt,A friend.", "a1,The claim,", "a3,The end,It ends."]
    with pytest.raises(ReadingError, match="no relation to itself"):
        do(desk, "add relation", source="a3", kind="qualifies", target="a3")


def test_a_corrected_text_keeps_its_emphasis_and_takes_its_passages_along(desk: Desk) -> None:
    was = "Trust is chosen, not proved. That is its risk, and its dignity."
    outcome = do(
        desk,
        "correct text",
        paragraph=1,
        was=was,
        text=was.replace("not proved", "never proven").replace("risk", "*risk*"),
    )
    assert outcome.said == "Corrected paragraph 1; 1 passage changed along"
    assert changed_lines(desk, "essay.md")[1] == [
        r"Trust is chosen, never proven. That is *its* \*risk\*, and **its** dignity."
    ]
    assert open_quietly(desk.folder).annotations[0].quote == "Trust is chosen, never proven."
    assert open_quietly(desk.folder).faults == open_quietly(desk.folder).parsing_faults  # no quote is lost


@pytest.mark.parametrize(
    ("head", "now"),
    [
        ("", '---\ntitle: "On: \\"trust\\""\nauthor: "Ada"\n---\n\n'),
        (
            "---\n# by hand\ntitle: >\n  Old\n  title\ndraft: true\nauthor: [Bo, Cy]\n---\n",
            '---\n# by hand\ntitle: "On: \\"trust\\""\ndraft: true\nauthor: "Ada"\n---\n',
        ),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_facts_of_the_text_are_lines_of_its_front_matter(tmp_path: Path, head: str, now: str, end: str) -> None:
    body = "Trust is chosen.\n\nIt is *not* proved.\n"
    (tmp_path / "essay.md").write_bytes((head + body).replace("\n", end).encode())
    desk = Desk(tmp_path)
    said = do(desk, "change facts", set={"title": 'On: "trust"', "author": "Ada"}).said
    assert said == "Changed the title and the author of the text"
    assert (tmp_path / "essay.md").read_bytes() == (now + body).replace("\n", end).encode()
    essay = open_quietly(tmp_path).essay
    assert (essay.title, essay.author) == ('On: "trust"', "Ada")
    assert "changed elsewhere" in do(desk, "change facts", set={"author": "Bo"}, was={"author": "Eve"}).question
    do(desk, "change facts", set={"author": ""})
    assert open_quietly(tmp_path).essay.author == ""


def test_facts_that_cannot_be_written_in_place_are_left_to_their_file(tmp_path: Path) -> None:
    source = '---\n"title": Old\n---\nTrust is chosen.\n'
    (tmp_path / "essay.md").write_text(source, encoding="utf-8")
    with pytest.raises(ReadingError, match=r"cannot be changed here, as they are written. Change them in essay\.md"):
        do(Desk(tmp_path), "change facts", set={"title": "New"})
    assert (tmp_path / "essay.md").read_text(encoding="utf-8") == source


def test_a_quotation_stays_one(desk: Desk) -> None:
    do(
        desk,
        "correct text",
        paragraph=2,
        was="Trust is chosen, said a friend. I doubt it.",
        text="Trust is chosen, said an enemy. I doubt it.",
    )
    assert changed_lines(desk, "essay.md")[1] == ["> Trust is chosen, said an enemy. I doubt it."]


def test_a_text_that_would_lose_a_passage_is_corrected_after_a_question(desk: Desk) -> None:
    asked = {"paragraph": 3, "was": "The end ducks the question. Nobody minds.", "text": "Nobody minds."}
    assert do(desk, "correct text", **asked).question.startswith(
        '1 passage would lose its place: "The end ducks the question."'
    )
    assert text(desk, "essay.md") == ESSAY
    do(desk, "correct text", **asked, sure=True)
    assert text(desk, "essay.md").endswith("I doubt it.\n\nNobody minds.\n")
    assert text(desk, "annotations.csv") == ROWS
    assert any("a3" in str(fault) for fault in open_quietly(desk.folder).faults)


def test_a_blank_line_begins_a_paragraph_and_nothing_takes_one_away(desk: Desk) -> None:
    last = "The end ducks the question. Nobody minds."
    do(desk, "correct text", paragraph=3, was=last, text="The end ducks the question.\n\nNobody minds.")
    assert text(desk, "essay.md").endswith("The end ducks the question.\n\nNobody minds.\n")
    do(desk, "correct text", paragraph=4, was="Nobody minds.", text="")
    assert text(desk, "essay.md").endswith("I doubt it.\n\nThe end ducks the question.\n")


def test_what_was_changed_elsewhere_meanwhile_is_asked_about(desk: Desk) -> None:
    (desk.folder / "codebook.yml").write_text(BOOK.replace("label: Trust", "label: Faith"), encoding="utf-8")
    asked = {"tag": "trust", "set": {"label": "Hope"}, "was": {"label": "Trust"}}
    assert do(desk, "change tag", **asked).question == (
        'The name of "Faith" was changed elsewhere meanwhile, to "Faith". Write yours over it?'
    )
    other = do(desk, "change tag", tag="trust", set={"definition": "New."}, was={"definition": "Belief without proof."})
    assert other.said  # what nobody else has touched needs no question
    assert do(desk, "change tag", **asked, sure=True).said == 'Renamed "Faith" to "Hope"'


def test_undo_lasts_across_sessions_and_stops_at_what_others_changed(desk: Desk) -> None:
    do(desk, "add tag", label="Hope")
    do(desk, "remove passage", passage="a1")
    again = Desk(desk.folder)
    assert again.state().undo == 'Removed "Trust is chosen, not proved.", with 1 relation and 1 stop'
    again.undo()
    assert again.undo().said == 'Undone: Added "Hope"'
    assert state(desk) == {name: one.encode() for name, one in FILES.items()}
    assert again.undo().said == "There is nothing to undo"
    assert again.redo().said == 'Done again: Added "Hope"'
    (desk.folder / "codebook.yml").write_text(BOOK, encoding="utf-8")
    (desk.folder / "codebook.yml").write_text(BOOK.replace("Baier", "Me"), encoding="utf-8")
    with pytest.raises(ReadingError, match="was changed elsewhere since"):
        again.undo()


def test_what_was_done_is_said_in_the_language_of_who_reads_it_now(desk: Desk) -> None:
    do(desk, "add tag", label="Hope {x}")
    with speaking("de"):
        done = do(desk, "change tag", tag="trust", set={"label": "Faith", "definition": "Belief."})
        assert (done.said, done.undo) == ("„Trust“ in „Faith“ umbenannt",) * 2
        do(desk, "change tag", tag="ending", set={"code": "X", "definition": "Last."})
        assert desk.state().undo == "„The end“: Buchstabe und Definition geändert"
        removed = do(desk, "remove passage", passage="a1")
        assert removed.said == "„Trust is chosen, not proved.“ entfernt, mit 1 Beziehung und 1 Halt"
        assert desk.undo().said == f"Rückgängig gemacht: {removed.said}"
        assert do(desk, "remove tag", tag="ending").question.startswith("„The end“ steht an 1 Stelle;")
        with pytest.raises(ReadingError, match="Gib erst einen Namen an"):
            do(desk, "add tag", label=" ")
    assert desk.undo().said == 'Undone: Changed the letter and the definition of "The end"'
    assert desk.state().undo == 'Renamed "Trust" to "Faith"'
    with speaking("fr"):
        desk.undo()
        assert desk.state() == Outcome(
            undo="Ajouté\u00a0: «\u00a0Hope {x}\u00a0»", redo="«\u00a0Trust\u00a0» renommé en «\u00a0Faith\u00a0»"
        )


def test_faults_of_files_are_told_in_the_language_of_the_page(desk: Desk) -> None:
    column, fault = open_quietly(desk.folder).faults[:2]
    do(desk, "change tag", tag="trust", set={"aliases": ["Ada"]})
    with speaking("de"):
        assert column.said().startswith("annotations.csv, Zeile 1: die Spalte „mine“ ist nicht bekannt. Bekannt: id, ")
        assert fault.said().startswith(
            "annotations.csv, Zeile 3 (a2): das Tag „trsut“ gibt es nicht in der Facette „theme“"
        )
        assert str(fault).startswith('annotations.csv, row 3 (a2): tag "trsut" is not in facet "theme"')
        with pytest.raises(ReadingError, match="already") as clash:
            do(desk, "change tag", tag="ending", set={"aliases": ["Ada"]})
        assert in_words(clash.value) == "codebook.yml (ending): „Ada“ ist schon ein Name im Text von „trust“"
        with pytest.raises(ReadingError, match="Quote not found") as lost:
            do(desk, "add passage", quote="Not there.", tags=["trust"])
        assert in_words(lost.value) == "So stehen diese Wörter nicht im Text."
        full = OSError(errno.ENOSPC, "cannot be written: No space left", "essay.md")
        assert in_words(full) == "essay.md lässt sich nicht schreiben: Der Datenträger ist voll"


def test_a_journal_of_an_earlier_version_is_undone_as_it_was_written(desk: Desk) -> None:
    do(desk, "add tag", label="Hope")
    path = desk.folder / ".essay-explorer" / "edits.json"
    journal = json.loads(path.read_text("utf-8"))
    journal["entries"][0]["said"] = 'Added "Hope {x}"'
    path.write_text(json.dumps(journal), "utf-8")
    assert desk.undo().said == 'Undone: Added "Hope {x}"'


def test_an_act_that_comes_twice_is_done_once(desk: Desk) -> None:
    act = act_from({"do": "add tag", "label": "Hope"})
    for _ in range(2):
        assert desk.do(act, name="x1", now=NOW).said == 'Added "Hope"'


def test_the_first_passage_makes_the_file_and_undo_takes_it_away(tmp_path: Path) -> None:
    desk = made(tmp_path / "new")
    for name in ("annotations.csv", "relations.csv", "tour.csv"):
        (desk.folder / name).unlink()
    do(desk, "add passage", quote="I doubt it.", tags=["trust"])
    assert text(desk, "annotations.csv").startswith("\ufeffid,quote,prefix,suffix,theme,move,note,creator,created\n")
    desk.undo()
    assert set(state(desk)) == {"essay.md", "codebook.yml"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], "An act is an object"),
        ({"do": "add teg", "label": "x"}, 'Did you mean "add tag"'),
        ({"do": "add tag"}, "says no label"),
        ({"do": "add tag", "label": ["x"]}, "label: expected a text"),
        ({"do": "add tag", "label": "x", "id": "y"}, '"id" is no part of this act'),
        ({"do": "change tag", "tag": "trust", "set": {"id": "x"}}, '"id" cannot be changed here'),
        ({"do": "correct text", "paragraph": "1", "text": "", "was": ""}, "paragraph: expected a number"),
    ],
)
def test_what_is_no_act_is_refused_in_words(data: object, words: str) -> None:
    with pytest.raises(ReadingError, match=words):
        act_from(data)


def test_a_damaged_journal_stops_nobody(desk: Desk) -> None:
    (desk.folder / ".essay-explorer").mkdir()
    hole = {"phrase": {"one": "{tag:>9999999999}", "other": ""}, "count": 1, "values": {"tag": "x"}}
    hostile: list[dict[str, Any]] = [
        {"said": "x", "files": {"../../x": {}}},
        {"said": hole, "files": {}},
        {"said": {"phrase": {"one": "x", "other": ""}, "count": 1}, "files": {}},
    ]
    journals = ({"format": 1, "at": 1, "entries": [{"id": "", "when": "", **entry}]} for entry in hostile)
    for journal in ("{", "[]", *map(json.dumps, journals)):
        (desk.folder / ".essay-explorer" / "edits.json").write_text(journal, encoding="utf-8")
        assert desk.undo().said == "There is nothing to undo"
        assert do(desk, "add tag", label="Hope").said
        desk.undo()


FAULTS = {'tag "trsut" is', 'column "mine" '}  # of the files as they were
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
TAGS = st.sampled_from(["trust", "ending", "claim", "doubt", "gone"])
PASSAGES = st.sampled_from(["a1", "a2", "a3", "a4"])
LISTS = st.lists(TAGS, max_size=3)
ACTS = st.one_of(
    st.fixed_dictionaries({"do": st.just("add tag"), "label": WORDS, "facet": st.sampled_from(["theme", "move"]), "questions": st.lists(WORDS, max_size=2)}),
    st.fixed_dictionaries({"do": st.just("change tag"), "tag": TAGS, "set": st.fixed_dictionaries({}, optional={"label": WORDS, "definition": WORDS, "questions": st.lists(WORDS, max_size=2), "code": WORDS, "colour": st.sampled_from(["", "#123456"]), "aliases": st.lists(WORDS, max_size=2)})}),
    st.fixed_dictionaries({"do": st.just("merge tags"), "tag": TAGS, "into": TAGS}),
    st.fixed_dictionaries({"do": st.just("split tag"), "tag": TAGS, "label": WORDS, "passages": st.lists(PASSAGES, max_size=2, unique=True)}),
    st.fixed_dictionaries({"do": st.just("move tag"), "tag": TAGS, "before": TAGS}),
    st.fixed_dictionaries({"do": st.just("remove tag"), "tag": TAGS}),
    st.fixed_dictionaries({"do": st.just("add passage"), "quote": st.sampled_from(["Nobody minds.", "Trust is chosen", "its", "risk, and its"]), "tags": LISTS, "note": WORDS}),
    st.fixed_dictionaries({"do": st.just("change passage"), "passage": PASSAGES, "set": st.fixed_dictionaries({}, optional={"tags": LISTS, "note": WORDS, "creator": WORDS})}),
    st.fixed_dictionaries({"do": st.just("remove passage"), "passage": PASSAGES}),
    st.fixed_dictionaries({"do": st.just("add relation"), "source": PASSAGES, "kind": st.sampled_from(["supports", "opposes"]), "target": PASSAGES, "note": WORDS}),
    st.fixed_dictionaries({"do": st.just("add stop"), "at": PASSAGES, "title": WORDS, "text": WORDS}),
    st.fixed_dictionaries({"do": st.just("move stop"), "at": PASSAGES, "before": PASSAGES}),
    st.fixed_dictionaries({"do": st.just("remove stop"), "at": PASSAGES}),
    st.fixed_dictionaries({"do": st.just("correct text"), "paragraph": st.integers(1, 3), "text": st.one_of(WORDS, st.sampled_from(["Trust is chosen.", "a\n\nb", "1. x *y*"])), "was": st.just("?")}),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(ACTS, min_size=1, max_size=6))
def test_whatever_is_done_undo_brings_back_the_same_bytes(tmp_path: Path, acts: list[dict[str, Any]]) -> None:
    folder = tmp_path / "any"
    shutil.rmtree(folder, ignore_errors=True)
    desk = made(folder)
    states = [state(desk)]
    for data in acts:
        try:
            outcome = desk.do(act_from(data), sure=True, now=NOW)
        except (ReadingError, ValueError):
            assert state(desk) == states[-1]  # what cannot be done changes nothing
            continue
        if outcome.said != "Nothing to change":
            states.append(state(desk))
            assert {fault.message[:14] for fault in open_quietly(folder).parsing_faults} <= FAULTS
    for before in reversed(states[:-1]):
        desk.undo()
        assert state(desk) == before
    for after in states[1:]:
        desk.redo()
        assert state(desk) == after


@given(st.integers(0, 0xFFFFFF))
def test_any_colour_becomes_legible_on_both_papers(colour: int) -> None:
    light, dark = legible(f"#{colour:06X}")
    assert contrast(light, LIGHT) >= 4.5
    assert contrast(dark, DARK) >= 7


def test_a_relations_note_that_was_changed_elsewhere_meanwhile_is_asked_about(desk: Desk) -> None:
    relation = {"source": "a2", "kind": "opposes", "target": "a1", "set": {"note": "Mine."}, "was": {"note": ""}}
    (desk.folder / "relations.csv").write_text("from,relation,to,note\na2,opposes,a1,Theirs.\n", encoding="utf-8")
    asked = do(desk, "change relation", **relation).question
    assert asked.endswith('was changed elsewhere meanwhile, to "Theirs.". Write yours over it?')
    assert do(desk, "change relation", sure=True, **relation).said.startswith("Changed the note of ")
    assert changed_lines(desk, "relations.csv") == (["a2,opposes,a1,"], ["a2,opposes,a1,Mine."])
