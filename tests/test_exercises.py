"""The checks of the students' exercises: what they say, and that they never give an answer away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd
import pytest

from essay_explorer import charts, exercises, open_reading
from essay_explorer.exercises import UNMARKED, WAITING, check_chart, check_join, check_link, check_marks, check_moves
from essay_explorer.marks.mark import Mark
from essay_explorer.widgets import ChartPanel, Explorer, Lens, Marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from essay_explorer.core.reading import Reading

TITLE = "Trust fills the middle"
OTHERS = ["a", 7, None, [], [...], {}, object(), str, float("nan"), pd.NA, pd.DataFrame(), pd.Series(dtype=object)]


@pytest.fixture(scope="module")
def her() -> Reading:
    return open_reading("her")


@pytest.fixture(scope="module")
def explorer(her: Reading) -> Explorer:
    return Explorer(her)


@pytest.fixture(scope="module")
def joined(her: Reading) -> pd.DataFrame:
    return her.to_frame("tags").merge(her.to_frame("annotations"), on="passage")


def test_an_exercise_without_an_answer_waits(her: Reading, explorer: Explorer) -> None:
    remarks = [check_chart(her, ...), check_join(her, ...), check_link(explorer, ...), check_moves(her, ..., ...)]
    assert [(repr(one), one.done) for one in [*remarks, check_marks(...)]] == [(WAITING, False)] * 5


@pytest.mark.parametrize("answer", OTHERS, ids=lambda one: type(one).__name__)
def test_whatever_is_given_as_an_answer_gets_a_sentence(answer: object, her: Reading, explorer: Explorer) -> None:
    for remark in (
        check_chart(her, answer),
        check_join(her, answer),
        check_link(explorer, answer),
        check_moves(her, answer, answer),
        check_moves(her, ..., answer),
        check_marks(answer),
    ):
        assert not remark.done
        assert remark.words.endswith((".", "?", "`match`."))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda chart: chart, "title is still the one"),
        (lambda chart: chart.properties(title=""), "names none of the themes"),
        (lambda chart: chart.properties(title="What I see", width=320), "names none of the themes"),
        (lambda chart: chart.properties(title=TITLE), "still as wide"),
        (lambda chart: chart.properties(title=alt.Title(["Late:", "the ending"])), "still as wide"),
        (lambda chart: chart.to_dict(), "no chart that Altair can draw, but something of the type `dict`"),
        (lambda _: alt.Chart().mark_bar().encode(x="no type"), "no chart that Altair can draw"),
    ],
)
def test_a_chart_is_answered_with_what_is_not_its_own_yet(change: Callable, says: str, her: Reading) -> None:
    remark = check_chart(her, change(charts.dispersion(her)))
    assert says in remark.words
    assert not remark.done


@pytest.mark.parametrize(
    "title", ["They trusted too late", "How lonely it gets", "The end decides", "Aliens, all of us"]
)
def test_a_title_may_name_a_theme_in_another_word_of_its_family(title: str, her: Reading) -> None:
    assert check_chart(her, charts.dispersion(her).properties(title=title, width=320)).done


@pytest.mark.parametrize("width", [320, "container", alt.Step(2)])
def test_a_chart_with_a_title_and_a_width_of_its_own_is_done(width: object, her: Reading) -> None:
    assert check_chart(her, charts.dispersion(her).properties(title=TITLE, width=width)).done


def test_the_words_of_each_theme_are_done_however_they_are_held(her: Reading, joined: pd.DataFrame) -> None:
    totals = joined.groupby("tag", observed=True)["words"].sum()
    labelled = joined.groupby("label", observed=True)["words"].sum()
    themes = joined[joined["facet"] == "theme"].groupby("tag", observed=False)["words"].sum()
    for answer in (
        totals,
        labelled,
        themes,
        totals.reset_index(),
        totals.to_frame(),
        totals.to_dict(),
        totals.astype(float),
    ):
        assert check_join(her, answer).done


@pytest.mark.parametrize(
    ("totals", "says"),
    [
        (lambda joined: joined, "Expected a number for each theme"),
        (lambda joined: joined["words"].sum(), "Expected a number for each theme"),
        (lambda joined: joined["words"], "Expected a number for each theme"),
        (lambda joined: joined.groupby("tag")["quote"].max(), "Expected a number for each theme"),
        (lambda joined: joined.groupby("facet")["words"].sum(), "Expected a number for each theme"),
        (lambda joined: joined[joined["tag"] == "trust"].groupby("tag", observed=True)["words"].sum(), "Of 9 themes, 8 have no"),
        (lambda joined: joined.groupby("tag").size(), "You counted passages"),
        (lambda joined: joined["tag"].value_counts(), "You counted passages"),
        (lambda joined: joined.groupby("tag")["words"].mean(), "These are averages"),
        (lambda joined: joined.groupby("tag")["words"].max(), "“Trust” is too small"),
        (lambda joined: pd.concat([joined, joined]).groupby("tag")["words"].sum(), "“Trust” is too large"),
    ],
)  # fmt: skip
def test_other_numbers_are_answered_with_what_they_are(
    totals: Callable, says: str, her: Reading, joined: pd.DataFrame
) -> None:
    remark = check_join(her, totals(joined))
    assert says in remark.words
    assert not remark.done


def points(her: Reading, table: str = "annotations") -> alt.Chart:
    return alt.Chart(her.to_frame(table)).mark_point().encode(x="start", y="words")


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (points, "does not listen to the lens yet"),
        (lambda her: charts.follow(points(her, "sentences")), "no column `passage`"),
        (lambda her: charts.follow(points(her).encode(x="paragraph", y="sum(words)")), "adds passages up"),
        (lambda her: charts.follow(points(her) + points(her).encode(y="max(words)")), "adds passages up"),
    ],
)
def test_a_chart_is_answered_with_why_it_is_not_linked(
    own: Callable, says: str, her: Reading, explorer: Explorer
) -> None:
    remark = check_link(explorer, ChartPanel(explorer.lens, [own(her)]))
    assert says in remark.words
    assert not remark.done


def test_a_panel_is_answered_with_why_it_is_not_the_one(her: Reading, explorer: Explorer) -> None:
    chart = charts.follow(points(her))
    assert "chart by itself" in check_link(explorer, chart).words
    assert "another lens" in check_link(explorer, ChartPanel(Lens(her), [chart])).words
    assert "come with the reading" in check_link(explorer, ChartPanel(explorer.lens)).words


def test_a_followed_chart_of_passages_on_the_lens_is_done(her: Reading, explorer: Explorer) -> None:
    for chart in (points(her), points(her).encode(y="sum(words)", detail="passage"), points(her) + points(her)):
        assert check_link(explorer, ChartPanel(explorer.lens, [charts.follow(chart)])).done


def asked(
    reading: Reading, move: str | list[str], *, match: str = "all", theme: object = ("trust", "alienness")
) -> tuple:
    return reading.passages(theme=theme, move=move, match=match)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("claims", "evidence", "says"),
    [
        ("claim", ..., "`evidence` are still to come"),
        (..., "evidence", "`claim` are still to come"),
        ("evidence", "claim", "`claim`; some of them make another one: look at `move`"),
        ("claim", "claim", "`evidence`; some of them make another one: look at `move`"),
    ],
)
def test_lists_of_moves_are_answered_with_what_is_off(
    claims: object, evidence: object, says: str, her: Reading
) -> None:
    given = [asked(her, answer) if isinstance(answer, str) else answer for answer in (claims, evidence)]
    remark = check_moves(her, *given)
    assert says in remark.words
    assert not remark.done


def test_passages_about_one_theme_only_point_at_match(her: Reading) -> None:
    remark = check_moves(her, asked(her, "claim", match="any"), asked(her, "evidence"))
    assert remark.words == (
        "You have 9 passages with the move `claim`; some carry only one of the two themes: look at `match`."
    )


def test_too_few_passages_are_too_few_and_a_count_is_no_passage(her: Reading) -> None:
    claims, evidence = asked(her, "claim"), asked(her, "evidence")
    assert "the review has more" in check_moves(her, claims[:1], evidence).words
    assert "the review has more" in check_moves(her, claims, []).words
    assert "the type `int`" in check_moves(her, len(claims), len(evidence)).words
    assert "the type `Passage`" in check_moves(her, claims[0], evidence).words


def test_complete_lists_are_done(her: Reading) -> None:
    assert check_moves(her, asked(her, "claim"), list(asked(her, "evidence"))).done


@pytest.mark.parametrize(
    ("made", "says"),
    [
        ([], UNMARKED),
        ([("trust", "Because."), ("", "")], "1 mark without a theme."),
        ([("trust", "Because.")] * 5, "5 of 6 marks so far."),
        ([("trust", "Because.")] * 2 + [("ending", "")] * 4, "2 of 3 reasons so far."),
        ([("trust", "Because.")] * 3 + [("ending", "")] * 3, "6 marks, and your reasons."),
    ],
)
def test_marks_are_counted_and_not_judged(made: list[tuple[str, str]], says: str, her: Reading) -> None:
    marks = [
        Mark(f"m{number}", "Phoenix is superb.", tags=(tag,) if tag else (), reason=reason).to_json()
        for number, (tag, reason) in enumerate(made)
    ]
    remark = check_marks(Marks(Lens(her), marks=marks))
    assert remark.words.startswith(says)
    assert remark.done == (says[0] == "6")


def test_a_reading_with_other_tags_is_answered_with_that(her: Reading) -> None:
    bare = type(her)(her.essay)
    assert "other tags" in check_moves(bare, (), ()).words


def test_no_remark_names_a_passage_or_a_number_of_the_answer(her: Reading, joined: pd.DataFrame) -> None:
    claims, evidence = asked(her, "claim"), asked(her, "evidence")
    totals = joined.groupby("tag")["words"]
    remarks = [
        check_moves(her, claims[:1], evidence[:1]).words,
        check_moves(her, asked(her, "claim", match="any"), evidence).words,
        check_join(her, totals.max()).words,
        check_join(her, totals.count()).words,
    ]
    answers = [str(number) for number in totals.sum()] + [one.id for one in her.passages()]
    assert [(remark, answer) for remark in remarks for answer in answers if f" {answer} " in remark] == []


def test_each_public_check_is_asked_for_in_the_notebook() -> None:
    assert {name for name in vars(exercises) if name.startswith("check_")} == {
        "check_chart", "check_join", "check_link", "check_marks", "check_moves",
    }  # fmt: skip
