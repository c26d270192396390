"""Exercises: what a student's answer in `notebooks/explore.ipynb` lacks, said without the answer.

Each check takes whatever stands in the answer's cell, the three dots of an unanswered one too,
returns a Remark, and raises nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isclose
from typing import TYPE_CHECKING, Any

from essay_explorer.anchoring.counting import count_words
from essay_explorer.anchoring.function_words import function_words
from essay_explorer.anchoring.words import WORD
from essay_explorer.core.fault import counted
from essay_explorer.core.passage import Passage

if TYPE_CHECKING:
    from collections.abc import Callable

    from essay_explorer.core.reading import Reading
    from essay_explorer.widgets import Explorer

WAITING = "Waiting for your answer. Put it in place of the three dots, run that cell, and then this one again."
UNMARKED = "No mark yet. Press Mark in the explorer above, make some marks, and run this cell again."
MARKS, REASONS = 6, 3  # that the last exercise asks for
BOTH = ("trust", "alienness")  # the themes whose passages exercise 10 compares
SHORT, STEM = 3, 5  # letters that words of one family have in common, where one is short, and else
LONG_WORD = 5  # letters: a shorter word of a label, such as "what", names no tag


def __dir__() -> list[str]:
    """What somebody who types the name and a dot can use: the checks."""
    return sorted(name for name in globals() if name.startswith(("check_", "__")))


@dataclass(frozen=True, slots=True, repr=False)
class Remark:
    """What a check says of an answer; a notebook shows the words."""

    words: str
    done: bool = False

    def __repr__(self) -> str:
        return self.words


def check_chart(reading: Reading, mine: object) -> Remark:
    """Exercise 7: a copy of the dispersion chart, of another width, with a title that names a theme."""
    return _remark(mine, lambda: _chart_off(reading, mine), "That is a chart of your own, and it says what you see.")


def check_join(reading: Reading, totals: object) -> Remark:
    """Exercise 8: for each theme, the words of its passages, from `tags` joined with `annotations`."""
    return _remark(
        totals, lambda: _join_off(reading, totals), "The numbers fit: the tables are joined as they should be."
    )


def check_link(explorer: Explorer, panel: object) -> Remark:
    """Exercise 9: a panel on the explorer's lens, with a followed chart whose marks are passages."""
    praise = "Linked. Choose a theme in the explorer, then choose a mark in your chart."
    return _remark(panel, lambda: _panel_off(explorer, panel), praise)


def check_moves(reading: Reading, claims: object, evidence: object) -> Remark:
    """Exercise 10: the claims, and the evidence, among the passages about both themes at once."""
    answers = {"claim": claims, "evidence": evidence}
    praise = "Both lists are complete. Now compare what stands in them."
    unanswered = ... if claims is evidence is ... else answers
    return _remark(unanswered, lambda: _moves_off(reading, answers), praise)


def check_marks(marks: object) -> Remark:
    """Exercise 11: six marks, each with a theme, and three of them with a reason."""
    from essay_explorer.widgets import Marks  # noqa: PLC0415 - the widgets, when one is checked

    if isinstance(marks, Marks) and not marks.marks:
        return Remark(UNMARKED)
    praise = f"{MARKS} marks, and your reasons. Now see where the reading marks the same."
    return _remark(marks, lambda: _marks_off(marks), praise)


def _remark(answer: object, off: Callable[[], str], praise: str) -> Remark:
    if answer is ...:
        return Remark(WAITING)
    words = off()
    return Remark(words) if words else Remark(praise, done=True)


def _chart_off(reading: Reading, mine: object) -> str:
    from essay_explorer import charts  # noqa: PLC0415 - Altair, when a chart is checked

    spec, given = _spec(mine), charts.dispersion(reading).to_dict()
    if spec is None:
        return f"This is no chart that Altair can draw, but {_kind(mine)}. Start from `chart` and change that."
    if _title(spec) == _title(given):
        return "The title is still the one that the chart came with. Say in your own words what you see."
    if not _names_a_theme(reading, _title(spec)):
        return "Your title names none of the themes. Which of the lanes do you speak of?"
    if spec.get("width") == given.get("width"):
        return "The title is yours now. The chart is still as wide as it came."
    return ""


def _join_off(reading: Reading, totals: object) -> str:
    found = _by_tag(reading, totals)
    if found is None:
        expected = "Expected a number for each theme: group the joined table by `tag`, and add up one of its columns"
        return f"{expected}. This is {_kind(totals)}."
    themes = [tag.id for tag in reading.codebook.tags_of("theme")]
    missing = sum(theme not in found for theme in themes)
    if missing:
        return f"Of {counted(len(themes), 'theme')}, {missing} have no number here. What left them out?"
    passages = {theme: [one for one in reading.passages() if theme in one.tags] for theme in themes}
    lengths = {theme: [count_words(one.text) for one in own] for theme, own in passages.items()}
    return _numbers_off(reading, found, lengths)


def _numbers_off(reading: Reading, found: Mapping[str, float], lengths: Mapping[str, list[int]]) -> str:
    """What the numbers by theme are instead of the words of all its passages; `lengths`: of each passage."""
    wrong = [theme for theme, own in lengths.items() if not isclose(found[theme], sum(own))]
    if not wrong:
        return ""
    if all(isclose(found[theme], len(own)) for theme, own in lengths.items()):
        return "You counted passages. The question asks for their words: which column holds those?"
    if all(isclose(found[theme], sum(own) / len(own)) for theme, own in lengths.items() if own):
        return "These are averages. A theme with many passages should weigh more than one with few: add up."
    size = "large" if found[wrong[0]] > sum(lengths[wrong[0]]) else "small"
    advice = "Has the joined table as many rows as `tags`, and did you join by `passage`?"
    return f"The number for “{reading.codebook.tags[wrong[0]].label}” is too {size}. {advice}"


def _marks_off(marks: object) -> str:
    from essay_explorer.widgets import Marks  # noqa: PLC0415 - as above

    if not isinstance(marks, Marks):
        return f"Expected the marks of your explorer, `blind.marks`; this is {_kind(marks)}."
    made = marks.annotations
    bare = sum(not mark.tags for mark in made)
    if bare:
        return f"{counted(bare, 'mark')} without a theme. What is there to say about that sentence?"
    if len(made) < MARKS:
        return f"{len(made)} of {MARKS} marks so far."
    reasons = sum(bool(mark.note) for mark in made)
    return f"{reasons} of {REASONS} reasons so far. Choose a mark of yours, and say why." if reasons < REASONS else ""


def _panel_off(explorer: Explorer, panel: object) -> str:
    from essay_explorer.widgets import ChartPanel  # noqa: PLC0415 - the widgets, when one is checked

    if _spec(panel) is not None:
        return "This is a chart by itself, and it knows of no lens. Show it in a `ChartPanel`."
    if not isinstance(panel, ChartPanel):
        return f"Expected a `ChartPanel`; this is {_kind(panel)}."
    if panel.lens is not explorer.lens:
        return "This panel looks through another lens than your explorer. Which one does `explorer` have?"
    if not panel.own:
        return "This panel shows the charts that come with the reading. Give it a list with yours in it."
    return _own_off(panel.own[0])


def _own_off(spec: Mapping[str, Any]) -> str:
    """What a chart in a panel lacks to follow the lens passage by passage."""
    if "chosen" not in {entry.get("name") for entry in spec.get("params", ())}:
        return "Your chart does not listen to the lens yet. Which function makes a chart follow it?"
    if not any("passage" in row for rows in spec.get("datasets", {}).values() for row in rows[:1]):
        return "The data of your chart has no column `passage`. Which of the tables has one?"
    encodings = [view.get("encoding", {}) for view in (spec, *spec.get("layer", ()))]
    channels = [channel for encoding in encodings for channel in encoding.values() if isinstance(channel, dict)]
    one_by_one = not any("aggregate" in channel for channel in channels)
    if one_by_one or any(channel.get("field") == "passage" for channel in channels):
        return ""
    adds = "Your chart adds passages up, and then no mark knows which passage it is"
    return f"{adds}. Draw them one by one, or name `passage` as its `detail`."


def _moves_off(reading: Reading, answers: Mapping[str, object]) -> str:
    if not {*BOTH, *answers} <= set(reading.codebook.tags):
        return "This exercise speaks of the review of Her; this reading has other tags."
    return next(filter(None, (_passages_off(reading, move, answer) for move, answer in answers.items())), "")


def _passages_off(reading: Reading, move: str, answer: object) -> str:
    """What is off with the passages given for a move."""
    if answer is ...:
        return f"The passages with the move `{move}` are still to come; put them in place of the three dots."
    if not isinstance(answer, (tuple, list)) or not all(isinstance(one, Passage) for one in answer):
        return f"For `{move}` this is {_kind(answer)}. Give the passages themselves, as `reading.passages` does."
    count = f"You have {counted(len(answer), 'passage')} with the move `{move}`"
    if not all(set(BOTH).issubset(one.tags) for one in answer):
        return f"{count}; some carry only one of the two themes: look at `match`."
    if not all(move in one.tags for one in answer):
        return f"{count}; some of them make another one: look at `move`."
    expected = {one.id for one in reading.passages() if {*BOTH, move}.issubset(one.tags)}
    return f"{count}; the review has more. What leaves some out?" if expected - {one.id for one in answer} else ""


def _spec(chart: object) -> dict[str, Any] | None:
    """The chart as Vega-Lite, None for what is no chart or cannot be drawn."""
    import altair as alt  # noqa: PLC0415 - when a chart is checked

    if not isinstance(chart, alt.TopLevelMixin):
        return None
    try:
        return chart.to_dict()
    except Exception:  # noqa: BLE001 - Altair raises whatever its checks raise
        return None


def _kind(answer: object) -> str:
    return "nothing" if answer is None else f"something of the type `{type(answer).__name__}`"


def _title(spec: Mapping[str, Any]) -> str:
    title = spec.get("title", "")
    text = title.get("text", "") if isinstance(title, dict) else title
    return " ".join(map(str, text)) if isinstance(text, list) else str(text)


def _names_a_theme(reading: Reading, title: str) -> bool:
    """Whether a title has a word of a theme's, or one of its family: "lonely" names loneliness."""
    stops = function_words(reading.essay.language)
    tags = reading.codebook.tags_of("theme")
    said = " ".join(f"{tag.id} {tag.label} {tag.definition}" for tag in tags)
    names = {tag.id.casefold() for tag in tags}
    names |= {word.casefold() for word in WORD.findall(said) if len(word) >= LONG_WORD}
    words = {word.casefold() for word in WORD.findall(title)} - stops
    return any(_are_kin(word, name) for word in words for name in names - stops)


def _are_kin(one: str, other: str) -> bool:
    """Whether two words are of one family: "trusted" and "trust", "lonely" and "loneliness"."""
    shorter = min(len(one), len(other))
    return shorter >= SHORT and one[: min(STEM, shorter)] == other[: min(STEM, shorter)]


def _by_tag(reading: Reading, totals: object) -> dict[str, float] | None:
    """The numbers of an answer by tag id, None where it holds no such numbers."""
    import pandas as pd  # type: ignore[import-untyped]  # noqa: PLC0415 - when tables are checked

    if isinstance(totals, pd.DataFrame) and "words" in totals:
        key = next((name for name in ("tag", "label") if name in totals), None)
        totals = (totals.set_index(key) if key else totals)["words"]
    if not isinstance(totals, (pd.Series, Mapping)) or (isinstance(totals, pd.Series) and totals.index.has_duplicates):
        return None
    ids = {tag.label: tag.id for tag in reading.codebook.tags.values()} | {tag: tag for tag in reading.codebook.tags}
    try:
        found = {ids[name]: float(number) for name, number in totals.items() if name in ids}
    except (TypeError, ValueError):
        return None
    return found or None
