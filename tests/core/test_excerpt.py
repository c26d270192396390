"""Some paragraphs of a reading, as a reading of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from essay_explorer import open_reading
from essay_explorer.core.excerpt import excerpt

READINGS = Path(__file__).parents[1] / "readings"
EVERY = ["her", *(str(READINGS / name) for name in ("lighthouse", "scene", "sonnet"))]


@pytest.mark.parametrize("name", EVERY)
def test_paragraphs_keep_their_text_their_shape_and_all_that_stands_whole_in_them(name: str) -> None:
    reading = open_reading(name)
    essay, count = reading.essay, len(reading.essay.paragraphs)
    for first, last in ((1, 1), (1, count), (2, count), (count // 2, count // 2 + 1)):
        part = excerpt(reading, (first, last))
        begin, end = essay.paragraphs[first - 1].start, essay.paragraphs[last - 1].end
        assert part.essay.text == essay.text[begin:end]
        assert [part.essay.text[slice(*one)] for _, one in part.essay.emphasis] == [
            essay.text[slice(*one)] for _, one in essay.emphasis if begin <= one.start and one.end <= end
        ]
        shapes = [(block.kind, essay.text[slice(*block.span)]) for block in essay.blocks]
        here = [(block.kind, part.essay.text[slice(*block.span)]) for block in part.essay.blocks]
        assert [one for one in here if one[1]] == [one for one in shapes if one[1] and one[1] in part.essay.text]
        assert part.faults == ()
        before = [one for one in essay.sentences() if one.start < begin]
        assert part.essay.before == (first - 1, len(before))
        wanted = [one for one in reading if begin <= one.start and one.end <= end]
        assert [(one.id, one.text, one.tags, one.start + begin) for one in part] == [
            (one.id, one.text, one.tags, one.start) for one in wanted
        ]
        ids = {one.id for one in wanted}
        assert part.relations == tuple(one for one in reading.relations if {one.source, one.target} <= ids)
        assert part.tour == tuple(stop for stop in reading.tour if stop.at in ids)


def test_a_quote_keeps_only_the_surroundings_that_it_needs_there() -> None:
    whole = open_reading("her")
    part = excerpt(whole, (3, 3))
    assert all(
        not (one.annotation.prefix or one.annotation.suffix) for one in part if part.essay.text.count(one.text) == 1
    )


@pytest.mark.parametrize("within", [(0, 1), (3, 2), (1, 11), (11, 11)])
def test_paragraphs_that_are_not_there_are_refused(within: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="expected the first and the last, from 1 to 10, such as 1-10"):
        excerpt(open_reading("her"), within)
