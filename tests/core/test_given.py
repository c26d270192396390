"""What somebody gives by mistake ends in a sentence that says what to give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from essay_explorer import Lens, Reading, agreement, compare, open_reading, picture

if TYPE_CHECKING:
    from collections.abc import Callable

HER = open_reading("her")
LENS = Lens(HER)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: HER.passages(within="5"), "within: expected the number of a paragraph"),
        (lambda: HER.passages(within=(1, 2, 3)), "within: expected the number of a paragraph"),
        (lambda: HER.passages(within=2.5), "and this is a float"),
        (lambda: HER.passages(query=5), "query: expected words or a regular expression, and this is an int"),
        (lambda: HER.concordance(None), "query: expected words or a regular expression, and this is None"),
        (lambda: LENS.choose(["trust"]), "lens.choose takes ids of tags"),
        (lambda: LENS.exclude(0), "lens.exclude takes ids of tags"),
        (lambda: LENS.release(None), "lens.release takes ids of tags"),
        (lambda: compare(HER, "her"), 'Open it first: open_reading("her")'),
        (lambda: compare(None, HER), "compare takes two readings, and this is None"),
        (lambda: agreement(HER), "Put them in a list"),
        (lambda: agreement([HER, LENS]), "agreement takes readings, and this is a Lens"),
        (lambda: picture("her"), 'Open it first: open_reading("her")'),
        (lambda: open_reading(5), "open_reading takes a name, a folder or a file, and this is an int"),
        (lambda: Reading.from_frame("A text.", {"quote": ["text"]}), "takes a pandas frame, and this is a dict"),
    ],
)
def test_a_wrong_kind_is_refused_in_a_sentence(call: Callable[[], Any], says: str) -> None:
    with pytest.raises(TypeError) as error:
        call()
    assert says in str(error.value)
    assert hasattr(error.value, "_render_traceback_")  # a notebook shows the sentence alone


def test_a_reading_has_places_and_slices_as_a_list_has() -> None:
    assert HER[0] == HER.passages()[0]
    assert HER[-1] == HER.passages()[-1]
    assert HER[:3] == HER.passages()[:3]
    assert HER[:3].to_frame()["passage"].tolist() == [one.id for one in HER[:3]]
    with pytest.raises(IndexError):
        HER[len(HER)]
