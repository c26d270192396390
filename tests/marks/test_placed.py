"""A reader's marks on an essay, also on one that was edited since."""

from __future__ import annotations

from dataclasses import replace

from essay_explorer.core.reading import Reading
from essay_explorer.marks.mark import Mark
from essay_explorer.marks.placement import placed

TEXT = "Trust is chosen, not proved. Amy said so at the time. Nobody asked her.\n\nThe 🐟 swims. The 🐟 swims. Who knows?\n"
BOOK = "facets:\n- {id: theme, tags: [{id: trust}, {id: ending, label: The ending}]}\n"
READING = Reading.from_texts(
    {"essay.md": TEXT, "codebook.yml": BOOK, "annotations.csv": "id,quote,theme\na1,Who knows?,trust\n"}, name="hers"
)
MARKS = [
    Mark("m1", "Amy said so at the time.", tags=("The ending", "trust"), reason="=1+1", creator="Ann"),
    Mark("m2", "The 🐟 swims.", prefix="The 🐟 swims."),
]


def test_marks_take_the_place_of_the_annotations() -> None:
    made = placed(MARKS, READING)
    assert [(one.id, one.text, one.tags) for one in made.reading.passages()] == [
        ("m1", "Amy said so at the time.", ("trust", "ending")), ("m2", "The 🐟 swims.", ()),
    ]  # fmt: skip
    assert made.reading.passages()[1].start == TEXT.rindex("The 🐟")
    assert (made.reading.annotations[0].note, made.reading.annotations[0].creator) == ("=1+1", "Ann")
    assert not made.reading.faults
    assert not made.faults("her.json", READING.codebook)
    assert made.reading.codebook == READING.codebook


def test_what_an_edit_did_to_a_mark_is_told_by_its_name() -> None:
    edited = replace(READING, essay=replace(READING.essay, text=TEXT.replace("Amy said so at the time", "Amy said so at that time").replace("The 🐟 swims. ", "").strip()))  # fmt: skip
    marks = [*MARKS, Mark("m3", "Of this there was no word in the essay.")]
    made = placed(marks, edited)
    assert [move.state for move in made.moves] == ["changed", "lost", "lost"]
    said = [str(fault) for fault in made.faults("her-Ann.json", edited.codebook)]
    assert said[0] == "her-Ann.json (m1): changed, 92% alike: Amy said so at [the → that] time."
    assert [line[:25] for line in said[1:]] == ["her-Ann.json (m2): lost, ", "her-Ann.json (m3): lost, "]
    assert len(made.reading.annotations) == 3  # nothing is left out
    assert [passage.id for passage in made.reading.passages()] == ["m1"]


def test_a_tag_that_the_codebook_lacks_joins_it_and_is_named() -> None:
    made = placed([Mark("m1", "Who knows?", tags=("trust", "doubt"))], READING)
    assert made.reading.annotations[0].tags == ("trust", "doubt")
    assert made.reading.codebook.facet_of["doubt"].id == "imported"
    assert [str(fault) for fault in made.faults("x.json", READING.codebook)] == [
        'x.json: tag "doubt" is not in the codebook. Known: trust, ending.'
    ]


def test_an_id_that_means_a_paragraph_is_none_of_an_annotation() -> None:
    assert placed([Mark("p2", "Who knows?")], READING).reading.annotations[0].id == "m-p2"
