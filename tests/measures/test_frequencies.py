"""Words by how often they stand somewhere, and how much they tell of a theme."""

from __future__ import annotations

from collections import Counter
from math import log

import pytest

from essay_explorer import Essay, Reading, open_reading


@pytest.fixture(scope="module")
def her() -> Reading:
    return open_reading("her")


@pytest.fixture
def small() -> Reading:
    essay = Essay("Trust is a bond. Love is a bond. Love, love is all the trust.", language="en")
    reading = Reading(essay).with_tag("theme", id="trust").with_tag("theme", id="love")
    return (
        reading.annotate("Trust is a bond.", theme="trust")
        .annotate("Love is a bond.", theme="love")
        .annotate("Love, love", theme="love")
        .annotate("love is all the trust", theme=["trust", "love"])
    )


def test_without_a_tag_all_words_but_function_words_are_counted(her: Reading) -> None:
    counted = Counter(word for word in her.to_frame("words")["plain"])
    found = {one.word: one for one in her.frequencies()}
    assert found["mind"].count == found["mind"].in_essay == counted["mind"]
    assert found["mind"].tf_idf is None
    assert {"the", "and", "is", "not"}.isdisjoint(found)
    assert [one.count for one in her.frequencies()] == sorted((one.count for one in found.values()), reverse=True)


def test_words_in_several_passages_of_a_tag_count_once(small: Reading) -> None:
    found = {one.word: one for one in small.frequencies(theme="love")}
    assert {word: one.count for word, one in found.items()} == {"love": 3, "bond": 1, "trust": 1}
    assert found["bond"].in_essay == 2
    assert found["love"].per_thousand == pytest.approx(1000 * 3 / 10)


def test_a_word_tells_of_a_tag_what_the_others_have_less_of(small: Reading) -> None:
    more = small.with_tag("theme", id="bond").annotate("bond", id="b", prefix="Trust is a", theme="bond")
    found = {one.word: one.tf_idf for one in more.frequencies(theme="love")}
    assert found["love"] == pytest.approx(3 / 5 * log(3 / 2))
    assert found["bond"] == 0
    assert more.frequencies(theme="love")[0].word == "love"


def test_with_several_tags_nothing_is_weighed(small: Reading) -> None:
    assert {one.tf_idf for one in small.frequencies(theme=["trust", "love"])} == {None}


def test_one_chooses_what_is_not_counted(small: Reading) -> None:
    assert "is" in {one.word for one in small.frequencies(stop_words=())}
    assert "love" not in {one.word for one in small.frequencies(stop_words=["LOVE"])}


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Jonze’s film isn’t what it’s about.", "en", {"jonze", "film"}),
        ("Jonze's film", "", {"jonze", "film"}),
        ("L’amour qu’il n’a pas", "fr", {"amour"}),
        ("Der Film, den wir sahen", "de", {"film", "sahen"}),
        ("Dell’arte e un’altra cosa", "it", {"arte"}),
        ("Фильм о любви", "ru", {"фильм", "о", "любви"}),
        ("Rock ’n’ roll at five o’clock", "en", {"rock", "n", "roll", "five", "o’clock"}),
    ],
)
def test_what_is_joined_by_an_apostrophe_is_no_word_of_its_own(text: str, language: str, words: set[str]) -> None:
    assert {one.word for one in Reading(Essay(text, language=language)).frequencies()} == words


def test_an_essay_of_function_words_and_a_tag_without_passages_have_none(small: Reading) -> None:
    assert not Reading(Essay("It is what it is.")).frequencies()
    none = small.with_tag("theme", id="none").frequencies(theme="none")
    assert not none
    assert none.to_frame().columns.tolist() == ["word", "count", "in_essay", "per_thousand", "tf_idf"]


def test_a_tag_that_is_unknown_is_an_error_as_everywhere(small: Reading) -> None:
    with pytest.raises(ValueError, match='tag "truth" is not in the codebook'):
        small.frequencies(theme="truth")


def test_a_notebook_shows_the_first_words_and_a_terminal_too(her: Reading) -> None:
    found = her.frequencies(theme="trust")
    html = found._repr_html_()
    assert "tf-idf" in html
    assert f"and {len(found) - 20} more" in html
    assert str(found).splitlines()[0].split() == ["4", "trust"]
