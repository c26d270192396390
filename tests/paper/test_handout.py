"""The hand-out, read back from the PDF."""

from __future__ import annotations

import io
import os
import re
import warnings
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from essay_explorer.anchoring.segments import Span
from essay_explorer.core.annotation import Annotation
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import ReadingWarning
from essay_explorer.core.passage import Passage
from essay_explorer.core.reading import Reading
from essay_explorer.core.tag import LINES, Facet, Tag
from essay_explorer.library.opening import open_reading
from essay_explorer.paper import content as contents
from essay_explorer.paper import typesetting
from essay_explorer.paper.handout import KINDS, Handout
from essay_explorer.paper.lanes import lines_of

HER = open_reading("her")
THEMES = HER.codebook.facets[0].tags
NUMBER, TEXT, CODE = 6.82, 11, 8  # sizes in points
TEXT_ENDS = (20 + 112) / 25.4 * 72  # from the left edge of the paper
HOSTILE = '#read("/etc/passwd") *x* _y_ $z$ <b>&amp; @here \\u{41} // = #{1+1} `raw` --- "q" [c]'


class Run(NamedTuple):
    """Letters of one size in a line of a page; `x` is where they start, from the left."""

    page: int
    text: str
    size: float
    x: float


def pdf(reading: Reading, **wanted) -> bytes:
    return Handout(**wanted).pdf(reading)


def opened(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def runs(content: bytes) -> list[Run]:
    found: list[Run] = []
    for number, page in enumerate(opened(content).pages, 1):

        def keep(text, page_matrix, matrix, _, size, number=number) -> None:
            x = matrix[4] * page_matrix[0] + matrix[5] * page_matrix[2] + page_matrix[4]
            found.append(Run(number, text, round(size, 2), x))

        page.extract_text(visitor_text=keep)
    return [run for run in found if run.text.strip()]


def letters(text: str) -> str:
    """What stays of a text however its lines are broken and hyphenated."""
    return re.sub(r"[\s\xad\u2010-]", "", text)


def said(content: bytes, page: int | None = None) -> str:
    pages = opened(content).pages
    return " ".join(" ".join(p.extract_text() for p in (pages if page is None else [pages[page]])).split())


def of_size(content: bytes, size: float) -> list[str]:
    return [word for run in runs(content) if run.size == size for word in run.text.split()]


def tag(name: str, **rest) -> Tag:
    return Tag(name, name.capitalize(), **rest)


def reading(text: str, *annotations: Annotation, tags: tuple[Tag, ...] = (tag("trust"), tag("doubt"))) -> Reading:
    return Reading(Essay(text), Codebook(facets=(Facet("theme", "Themes", tags=tags),)), annotations)


@pytest.mark.parametrize("kind", KINDS)
def test_each_sentence_has_its_number_once_and_in_order(kind: str) -> None:
    numbers = of_size(pdf(HER, kind=kind), NUMBER)
    assert numbers == [str(number) for number in range(1, len(HER.essay.sentences()) + 1)]


@pytest.mark.parametrize("kind", ["coded", "blank", "find"])
def test_the_whole_text_is_there(kind: str) -> None:
    text = "".join(run.text for run in runs(pdf(HER, kind=kind)) if run.size == TEXT)
    assert letters(HER.essay.text) in letters(text)


def test_title_credit_and_licence_head_the_first_page() -> None:
    first = said(pdf(HER, kind="blank"), 0)
    assert "The Film That Asks and Won’t Answer On Spike Jonze’s Her After “Her Review” by Matt Jacobson" in first
    assert "Text by essay-explorer contributors · CC-BY-4.0" in first


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_says_which_of_how_many_it_is(kind: str) -> None:
    content = pdf(HER, kind=kind)
    count = len(opened(content).pages)
    for at in range(count):
        assert f"Page {at + 1} of {count}" in said(content, at)


def test_the_file_names_its_title_author_and_language_and_no_date() -> None:
    made = opened(pdf(HER))
    assert made.metadata is not None
    assert made.metadata.title == "The Film That Asks and Won’t Answer"
    assert made.metadata.author == "essay-explorer contributors"
    assert not {"/CreationDate", "/ModDate"} & set(made.metadata)
    assert b"Date>" not in made.trailer["/Root"]["/Metadata"].get_data()
    assert made.trailer["/Root"]["/Lang"] == "en"


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_is_tagged_and_says_that_it_is_pdf_ua(kind: str) -> None:
    root = opened(pdf(HER, kind=kind)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_the_outline_has_the_title_and_the_parts() -> None:
    def titles(entries) -> list[str]:
        return [title for one in entries for title in (titles(one) if isinstance(one, list) else [one.title])]

    name = "The Film That Asks and Won’t Answer"
    assert titles(opened(pdf(HER)).outline) == [name, "Themes", "The argument, stop by stop"]
    assert titles(opened(pdf(HER, kind="blank")).outline) == [name, "Task", "Themes"]
    assert titles(opened(pdf(HER, kind="find")).outline) == [name, "Task", "Themes"]
    assert titles(opened(pdf(HER, kind="cloze")).outline) == [name, "Task"]


@pytest.mark.parametrize("kind", KINDS)
def test_equal_readings_give_equal_bytes(kind: str) -> None:
    assert pdf(HER, kind=kind) == pdf(open_reading("her"), kind=kind)


def test_paper_is_a4_unless_another_is_asked_for() -> None:
    assert [round(side) for side in opened(pdf(HER)).pages[0].mediabox[2:]] == [595, 842]
    assert [round(side) for side in opened(pdf(HER, paper="us-letter")).pages[0].mediabox[2:]] == [612, 792]


def test_coded_explains_each_theme_and_says_in_which_sentences_it_is() -> None:
    first = said(pdf(HER), 0)
    for theme in THEMES:
        assert f"{theme.code} {theme.label} {theme.definition} Sentences " in first
    sentences = [HER.essay.text[slice(*span)] for span in HER.essay.sentences()]
    mirror = HER.passages(theme="mirror")
    expected = [n for n, sentence in enumerate(sentences, 1) if any(passage.text in sentence for passage in mirror)]
    assert re.search(r"turns on the reviewer\. Sentences (\d+(?:, \d+)*)", first)[1] == ", ".join(map(str, expected))


def test_a_passage_of_several_sentences_names_the_first_and_the_last() -> None:
    content = pdf(reading("One is. Two is. Three is.", Annotation("a", "One is. Two is.", tags=("trust",))))
    assert "Sentences 1–2" in said(content)
    assert "Sentence 3" in said(pdf(reading("One. Two. Three.", Annotation("a", "Three", tags=("trust",)))))


def test_each_code_stands_in_the_margin_in_a_column_of_its_own() -> None:
    codes = [run for run in runs(pdf(HER)) if run.size == CODE and run.x > TEXT_ENDS]
    columns = {code: {round(run.x) for run in codes if run.text.strip() == code} for code in (t.code for t in THEMES)}
    assert {run.text.strip() for run in codes} == set(columns)
    assert all(len(places) == 1 for places in columns.values())
    order = [next(iter(places)) for places in columns.values()]
    assert order == sorted(set(order))


def test_a_code_stands_once_where_two_passages_of_its_tag_start_in_one_line() -> None:
    content = pdf(
        reading("One and two.", Annotation("a", "One", tags=("trust",)), Annotation("b", "two", tags=("trust",)))
    )
    assert [run.text.strip() for run in runs(content) if run.x > TEXT_ENDS] == ["T"]


def test_blank_does_not_show_where_the_passages_are() -> None:
    bare = Reading(HER.essay, HER.codebook)
    assert pdf(HER, kind="blank", tags="trust") == pdf(bare, kind="blank", tags="trust")


def test_find_does_not_show_in_the_text_where_the_passages_are() -> None:
    bare = Reading(HER.essay, HER.codebook)
    one, other = (opened(pdf(reading, kind="find", tags=("metaphor", "mirror"))).pages[1:] for reading in (HER, bare))
    assert len(one) == len(other) >= 2
    assert [page.extract_text() for page in one] == [page.extract_text() for page in other]
    lines = [[page.get_contents().get_data().count(b" l\n") for page in pages] for pages in (one, other)]
    assert lines[0] == lines[1]


def test_blank_has_a_task_and_every_theme_or_the_tags_that_are_asked_for() -> None:
    first = said(pdf(HER, kind="blank"), 0)
    assert first.index("Task Mark 3 to 6 sentences") < first.index("Themes T Trust Believing")
    for theme in THEMES:
        assert f"{theme.code} {theme.label} {theme.definition}" in first
    assert "Sentences" not in first
    first = said(pdf(HER, kind="blank", tags="trust"), 0)
    assert "Trust Believing" in first
    assert "Alienness" not in first


def test_the_task_may_be_the_teachers_own() -> None:
    for kind in KINDS:
        first = said(pdf(HER, kind=kind, task='Say "why", please.'), 0)
        assert "Task Say “why”, please." in first
        assert "Mark 3 to 6" not in first
    assert "Task" not in said(pdf(HER), 0)


def test_no_two_kinds_of_line_are_drawn_alike_in_one_ink() -> None:
    tags = tuple(tag(f"tag{at}", code="X", line=line) for at, line in enumerate(LINES))
    passages = [Annotation("a", "some words", tags=tuple(one.id for one in tags))]
    drawn = [
        opened(pdf(reading("Here are some words.", *passages, tags=(one,)))).pages[0].get_contents().get_data()
        for one in (Tag("tag0", "Label", code="X", line=one.line) for one in tags)
    ]
    assert all(one != other for one, other in combinations(drawn, 2))


spans = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(st.lists(st.lists(spans, max_size=6), max_size=5))
def test_lines_that_meet_never_share_a_lane_and_cover_their_passages(groups: list[list[Span]]) -> None:
    passages = {
        at: [Passage("a", "", *span, 1, (), Annotation("a", "q")) for span in sorted(group)]
        for at, group in enumerate(groups)
    }
    lines = lines_of(passages)
    for (lane, _, one), (other_lane, _, other) in combinations(lines, 2):
        assert lane != other_lane or one.end <= other.start or other.end <= one.start
    for at, group in enumerate(groups):
        covered = [place for _, tag, span in lines if tag == at for place in range(*span)]
        assert sorted(covered) == sorted({place for span in group for place in range(*span)})


def test_passages_that_touch_have_lines_of_their_own_in_one_lane() -> None:
    touching = [Passage("a", "", start, start + 3, 1, (), Annotation("a", "q")) for start in (0, 3)]
    assert lines_of({0: touching}) == [(0, 0, Span(0, 3)), (0, 0, Span(3, 6))]


def test_no_more_lanes_are_used_than_tags_overlap() -> None:
    words = Annotation("a", "Two of them", tags=("trust", "doubt"))
    one = contents.sheet(
        reading("Two of them. One.", words, Annotation("b", "One", tags=("doubt",))),
        [],
        (1, 1),
        gaps=None,
        names={},
    )
    assert one["lanes"] == 1
    tags = [tag("trust"), tag("doubt")]
    both = contents.sheet(reading("Two of them.", words), tags, (1, 1), gaps=None, names={})
    assert both["lanes"] == 2
    assert [run["lines"] for run in both["blocks"][0]["pieces"][0]] == [[[0, 0], [1, 1]], []]


def test_the_answers_to_find_are_in_a_file_of_their_own() -> None:
    find = Handout(kind="find", tags="trust")
    sheet, key = said(find.pdf(HER)), said(find.key(HER))
    found = HER.passages(theme="trust")
    assert f"Trust {HER.codebook.tags['trust'].definition}" in sheet
    assert f"{len(found)} passages, in sentences" in sheet
    assert "Key" not in sheet
    assert "Key, for the teacher" in key
    sentences = [HER.essay.text[slice(*span)] for span in HER.essay.sentences()]
    listed = re.findall(r"(\d+) “(.+?)(?: …)?”(?= \d+ “| The Film)", key)
    assert len(listed) == len(found)
    for passage, (number, beginning) in zip(found, listed, strict=True):
        assert passage.text.startswith(beginning)
        assert passage.text in sentences[int(number) - 1]


@pytest.mark.slow
def test_without_tags_find_asks_for_every_theme() -> None:
    find = Handout(kind="find")
    sheet, key = said(find.pdf(HER), 0), said(find.key(HER))
    for theme in THEMES:
        assert theme.definition in sheet
        assert theme.label in key
    assert "claim" not in sheet


def test_a_cloze_leaves_out_the_words_that_its_key_has() -> None:
    cloze = Handout(kind="cloze", tags="trust", word_bank=True)
    sheet, key = said(cloze.pdf(HER)), said(cloze.key(HER))
    listed = re.findall(r"\((\d+)\) (\S+) sentence (\d+)", key)
    assert [int(number) for number, _, _ in listed] == list(range(1, len(listed) + 1))
    assert len(HER.passages(theme="trust")) * 0.8 <= len(listed) <= len(HER.passages(theme="trust"))
    sentences = [HER.essay.text[slice(*span)] for span in HER.essay.sentences()]
    bank = sheet[sheet.index("fits one gap:") :]
    for number, word, sentence in listed:
        assert f"({number})" in sheet
        assert word in sentences[int(sentence) - 1]
        assert word in bank
    text = letters("".join(run.text for run in runs(cloze.pdf(HER)) if run.size == TEXT))
    whole = letters(HER.essay.text)
    assert len(whole) - len(text) >= sum(len(word) for _, word, _ in listed) - 40


def test_only_what_has_answers_has_a_key(tmp_path: Path) -> None:
    for kind in KINDS:
        written = Handout(kind=kind).write(HER, tmp_path / f"{kind}.pdf")
        names = [f"{kind}.pdf", f"{kind}-key.pdf"] if kind in {"find", "cloze"} else [f"{kind}.pdf"]
        assert [path.name for path in written] == names
        assert all(path.read_bytes().startswith(b"%PDF") for path in written)
    assert len(list(tmp_path.iterdir())) == 6


@pytest.mark.parametrize("kind", ["coded", "find", "blank"])
def test_an_extract_lists_no_theme_that_it_lacks_unless_readers_look_for_some(kind: str) -> None:
    within = (2, 2)
    found = contents.passages_of(HER, THEMES, within)
    here = [tag for tag in THEMES if found[tag.id] or kind == "blank"]
    lists = said(pdf(HER, kind=kind, within=within))
    assert [tag.label for tag in THEMES if tag.definition[:30] in lists] == [tag.label for tag in here]
    assert not all(found.values())
    assert "No passage" not in lists
    lacking = next(tag for tag in THEMES if not found[tag.id])
    assert lacking.definition[:30] in said(pdf(HER, kind=kind, within=within, tags=(lacking.id,)))  # asked for


def test_an_extract_keeps_the_numbers_of_its_sentences_and_says_which_it_is() -> None:
    content = pdf(HER, within=(5, 6))
    span = (HER.essay.paragraphs[4].start, HER.essay.paragraphs[5].end)
    expected = [n for n, (start, _) in enumerate(HER.essay.sentences(), 1) if span[0] <= start < span[1]]
    assert of_size(content, NUMBER) == list(map(str, expected))
    assert f"Paragraphs 5–6 of {len(HER.essay.paragraphs)}" in said(content, 0)
    text = "".join(run.text for run in runs(content) if run.size == TEXT)
    headings = "Themes", letters("The argument, stop by stop")
    assert letters(text).removeprefix(headings[0]).removesuffix(headings[1]) == letters(HER.essay.text[slice(*span)])
    named = {
        int(number)
        for numbers in re.findall(r"Sentences? ([\d, –]+)", said(content, 0))
        for number in re.findall(r"\d+", numbers)
    }
    assert named
    assert named <= set(expected)
    assert "Paragraph 2 of 18" in said(pdf(HER, within=(2, 2))) or len(HER.essay.paragraphs) != 18


@pytest.mark.parametrize(
    ("language", "source", "shown"),
    [
        ("en", "\"Don't,\" she said, 'go' in the '90s.", "“Don’t,” she said, ‘go’ in the ’90s."),
        (
            "en",
            "'Tis rock 'n' roll, five feet (5'), for the dogs' sake.",
            "’Tis rock ’n’ roll, five feet (5′), for the dogs’ sake.",
        ),
        ("de", "Er sagte: \"Ich hab's 'gern' getan.\"", "Er sagte: „Ich hab’s ‚gern‘ getan.“"),
        ("fr", 'Il dit "L\'amour" tout bas.', "Il dit « L’amour » tout bas."),
        ("", 'A "word", don\'t.', 'A "word", don’t.'),
        ("en", "“Already” ‘set’ isn’t “touched”.", "“Already” ‘set’ isn’t “touched”."),
    ],
)
def test_quotation_marks_and_apostrophes_are_those_of_the_language(language: str, source: str, shown: str) -> None:
    essay = Essay(source, title=source, language=language)
    content = said(pdf(Reading(essay), kind="blank"))
    assert content.replace("\u202f", " ").replace("\xa0", " ").count(shown) >= 2
    assert essay.text == source


def test_code_keeps_the_signs_it_has() -> None:
    essay = Essay.from_markdown('---\nlanguage: en\n---\n```\nsay "it\'s"\n```')
    assert 'say "it\'s"' in said(pdf(Reading(essay), kind="blank"))


def test_hostile_text_shows_as_the_letters_it_is() -> None:
    label = Tag("t", HOSTILE, HOSTILE, "#x")
    book = Codebook(facets=(Facet("theme", HOSTILE, tags=(label,)),))
    annotation = Annotation("a", HOSTILE, tags=("t",))
    title = HOSTILE.replace("*", "\\*").replace("_", "\\_").replace("`", "\\`").replace("&", "\\&")
    essay = Essay(HOSTILE, title=title.replace("\\u", "\\\\u"), author=HOSTILE, license=HOSTILE, language=HOSTILE)
    for kind in KINDS:
        content = pdf(Reading(essay, book, (annotation,)), kind=kind, tags="t")
        plain = letters(said(content)).translate(str.maketrans("“”‘’", "\"\"''"))
        assert plain.count(letters(HOSTILE)) >= 4 - (kind == "cloze")
        metadata = opened(content).metadata
        assert metadata is not None
        assert (metadata.title, metadata.author) == (HOSTILE, HOSTILE)


@pytest.mark.parametrize("path", ["/etc/passwd", "../secret.txt", "../../etc/passwd"])
def test_the_typesetter_reads_no_file_outside_its_own_folder(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    template = tmp_path / "handout.typ"
    template.write_text(f'#read("{path}")', encoding="utf-8")
    monkeypatch.setattr(typesetting, "TEMPLATE", template)
    with pytest.raises(typst.TypstError, match=r"not found|escape"):
        pdf(HER)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("empty", "words"),
    [
        (Reading(Essay("")), "This essay has no text."),
        (Reading(Essay("One word.")), "One word."),
        (reading("One word."), "No passage"),
        (reading("One word.", Annotation("a", "lost", tags=("trust",))), "No passage"),
        (
            reading("One word.", Annotation("a", "One", tags=("trust",)), Annotation("b", "One word", tags=("trust",))),
            "",
        ),
    ],
    ids=["no text", "no codebook", "no annotation", "a lost one", "all in one sentence"],
)
def test_readings_with_little_in_them_say_so(kind: str, empty: Reading, words: str) -> None:
    content = said(pdf(empty, kind=kind))
    if kind in {"coded", "find"} or words not in {"No passage", "One word."}:
        assert words in content
    if not empty.codebook.facets and kind in {"coded", "find"}:
        assert "This reading has no tags" in content


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"kind": "cosed"}, r'kind "cosed" is not known. Did you mean "coded"\? Known: coded, blank, find, cloze\.'),
        ({"paper": "a5"}, r'paper "a5" is not known.*Known: a4, us-letter\.'),
        (
            {"tags": ["trust", "trsut"]},
            r'tag "trsut" is not in the codebook. Did you mean "trust"\? Known: trust, alien',
        ),
        ({"within": (5, 99)}, r"paragraphs 5-99: expected the first and the last, from 1 to \d+, such as 1-\d+"),
        ({"within": (6, 5)}, r"paragraphs 6-5: expected the first and the last"),
        ({"within": (0, 0)}, r"paragraphs 0: expected the first and the last"),
        ({"word_bank": True}, r'a word bank belongs to kind "cloze", and this is "coded"'),
    ],
)
def test_a_wrong_name_lists_the_right_ones(wrong: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pdf(HER, **wrong)


def test_a_letter_that_no_font_has_is_reported_and_the_rest_is_set() -> None:
    with pytest.warns(ReadingWarning, match=r'not PDF/UA: no font on this machine has "U\+10FFFD"; it shows as a box'):
        content = pdf(reading("A letter \U0010fffd of nobody."))
    assert "of nobody." in said(content)
    assert opened(content).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_what_a_later_typst_finds_is_not_told_in_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*_: object, pdf_standards: list[str], **__: object) -> bytes:
        if pdf_standards:
            raise problem
        return b"%PDF"

    problem = typst.TypstError("PDF/UA-1 error: xyzzy")
    problem.message = "PDF/UA-1 error: xyzzy"
    monkeypatch.setattr(typst, "compile", refusing)
    with pytest.warns(ReadingWarning, match=r"not PDF/UA: not every reading aid will understand it\. ") as caught:
        assert pdf(HER) == b"%PDF"
    assert "xyzzy" not in str(caught[0].message)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de-AT", "de-AT"),
        ("zh-Hant-TW", "zh-TW"),
        ("FR", "fr"),
        ("es-419", "es"),
        ("english", "en"),
        ("", "en"),
        ("ſe", "en"),
    ],
)
def test_the_language_is_named_as_far_as_it_is_one(language: str, told: str) -> None:
    content = pdf(Reading(Essay("Ein Satz.", language=language)))
    assert opened(content).trailer["/Root"]["/Lang"] == told


def test_text_from_right_to_left_has_its_margin_on_the_left() -> None:
    text = "זה משפט ראשון. זה משפט שני."
    content = pdf(Reading(Essay(text, language="he"), *_marked("משפט ראשון")))
    (code,) = [run for run in runs(content) if run.size == CODE and run.text.strip() == "T"]
    assert code.x < min(run.x for run in runs(content) if run.size == TEXT)


def _marked(quote: str) -> tuple[Codebook, tuple[Annotation, ...]]:
    made = reading("", Annotation("a", quote, tags=("trust",)))
    return made.codebook, made.annotations


@pytest.mark.slow
@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.sampled_from(KINDS))
def test_any_text_can_be_set(text: str, kind: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReadingWarning)
        content = pdf(Reading(Essay(text, title=text, language=text), *_marked(text[:3])), kind=kind)
    assert content.startswith(b"%PDF")


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    to = tmp_path / "her.pdf"
    to.write_bytes(b"old")
    Handout(kind="blank", tags="trust", paper="us-letter").write(HER, to)
    assert to.read_bytes() == pdf(HER, kind="blank", tags="trust", paper="us-letter")
    assert list(tmp_path.iterdir()) == [to]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    to = tmp_path / "her.pdf"
    to.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        Handout().write(HER, to)
    assert to.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [to]


READINGS = Path(__file__).parents[1] / "readings"


def test_blocks_are_set_as_what_they_are() -> None:
    made = pdf(open_reading(READINGS / "lighthouse"))
    pages = opened(made).pages
    assert sum(len(page.images) for page in pages) >= 1
    text = " ".join(page.extract_text() for page in pages)
    assert re.search(r"\n3\.\s*15\s*It catches the eye", text)
    assert "/Table" in made.decode("latin-1") or any("/Table" in str(one) for one in opened(made).objects_of("Table"))


def test_the_lines_of_verse_stay_lines_and_the_couplet_stands_further_right() -> None:
    made = pdf(open_reading(READINGS / "sonnet"))
    starts = {run.text.strip()[:12]: run.x for run in runs(made) if run.size == TEXT}
    assert starts["And summer’s"] == pytest.approx(20 / 25.4 * 72, abs=1)
    assert starts["So long as m"] > starts["And summer’s"] + 10


def test_each_block_of_a_hand_out_has_its_own_direction() -> None:
    made = pdf(Reading(Essay("In English.\n\nبالعربية"), Codebook()), kind="blank")
    (english,) = (run.x for run in runs(made) if run.size == TEXT and "English" in run.text)
    arabic = max(
        run.x for run in runs(made) if run.size == TEXT and re.search("[\u0600-\u06ff\ufb50-\ufeff]", run.text)
    )
    assert english < TEXT_ENDS / 3 < arabic


def test_a_picture_that_cannot_be_read_costs_no_hand_out(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    (tmp_path / "essay.md").write_text("Words.\n\n![A face](a.png)", encoding="utf-8")
    with pytest.warns(ReadingWarning, match="leaves out its pictures"):
        made = pdf(open_reading(tmp_path))
    assert "A face" in said(made)


@pytest.mark.parametrize("kind", ["#read(1)", "<b>"])
def test_no_block_is_ever_part_of_the_layout(kind: str) -> None:
    source = f"# {kind}\n\n> {kind}\n\n7. {kind}\n\n{kind}\\\n{kind}\n\n|{kind}|b|\n|-|-|\n|{kind}|c|\n\n```\n{kind}\n```\n\n---"
    made = pdf(Reading(Essay.from_markdown(source), Codebook()), kind="blank")
    assert letters(said(made)).count(kind) == 8


def test_the_coded_hand_out_prints_the_tour_with_the_numbers_of_its_sentences() -> None:
    text = " ".join(" ".join(page.extract_text() for page in opened(pdf(HER)).pages).split())
    told = text.partition("The argument, stop by stop")[2]
    sentences = HER.essay.sentences()
    passages = {passage.id: passage for passage in HER.passages()}
    assert told
    for stop in HER.tour:
        first = next(number for number, one in enumerate(sentences, 1) if one.end > passages[stop.at].start)
        head, found, told = told.partition(stop.title)
        assert found, (stop.title, head)
        assert re.match(rf" sentences? {first}\b", told), told[:40]
        assert stop.text.split()[0] in told
    for kind in ("blank", "find", "cloze"):
        assert "stop by stop" not in opened(pdf(HER, kind=kind)).pages[-1].extract_text()
    extract = opened(pdf(HER, within=(1, 2))).pages[-1].extract_text()
    here = [stop.title for stop in HER.tour if passages[stop.at].paragraph <= 2]
    assert [stop.title for stop in HER.tour if stop.title in extract] == here
