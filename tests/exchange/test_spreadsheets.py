"""What spreadsheets do to a table, undone or named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essay_explorer.exchange.spreadsheets import is_error, iso_dates, unscrambled


@given(st.text(st.sampled_from("aé ß—“”€Žłя漢😀")))
def test_utf_8_that_was_read_as_windows_1252_is_read_as_meant(text: str) -> None:
    """Five bytes have no letter there; some programs keep them, some put U+FFFD, which is undone for ” alone."""
    scrambled = "".join(
        bytes([byte]).decode("cp1252") if byte not in b"\x81\x8d\x8f\x90\x9d" else chr(byte) for byte in text.encode()
    )
    made, example = unscrambled(scrambled)
    assert made == text
    assert bool(example) == (scrambled != text)


@pytest.mark.parametrize("text", ["São Tomé, Ångström, œuvre — “so” it’s €5", "Â", "Ã", "naïve Ñandú", "ÀÈÌÒÙ"])
def test_what_somebody_wrote_stays(text: str) -> None:
    assert unscrambled(text) == (text, "")


@pytest.mark.parametrize("cell", ["#NAME?", "#WERT!", "#¿NOMBRE?", "#DIV/0!", "#N/A", "#REF!", " #NAME? "])
def test_the_errors_of_spreadsheets_are_known(cell: str) -> None:
    assert is_error(cell)


@pytest.mark.parametrize("cell", ["#hashtag", "#1", "# Title", "NAME?", "#NAME", "#OK!now"])
def test_what_is_no_error_is_a_quote(cell: str) -> None:
    assert not is_error(cell)


@pytest.mark.parametrize(
    ("cells", "known", "made", "unclear"),
    [
        (["05.03.2024", "2024-03-07", ""], [], {"05.03.2024": "2024-03-05"}, ()),
        (["3/5/2024", "3/16/2024"], [], {"3/5/2024": "2024-03-05", "3/16/2024": "2024-03-16"}, ()),
        (["5/3/2024", "16/3/2024"], [], {"5/3/2024": "2024-03-05", "16/3/2024": "2024-03-16"}, ()),
        (["3/5/2024"], [], {}, ("3/5/2024",)),
        (["3/5/2024"], ["2024-03-05"], {"3/5/2024": "2024-03-05"}, ()),
        (["3/5/2024"], ["2024-05-03", "2024-03-05"], {}, ("3/5/2024",)),
        (["4/4/2024"], [], {"4/4/2024": "2024-04-04"}, ()),
        (["05.03.2024 9:30"], [], {"05.03.2024 9:30": "2024-03-05T09:30"}, ()),
        (["31.02.2024", "13/13/2024"], [], {}, ("31.02.2024", "13/13/2024")),
        (["soon", "May 2024", "5-Foo-24", "2024/13/05"], [], {}, ()),
        (["05.03.24", "5.3.24 9:30"], [], {"05.03.24": "2024-03-05", "5.3.24 9:30": "2024-03-05T09:30"}, ()),
        (["3/16/24 2:05 PM"], [], {"3/16/24 2:05 PM": "2024-03-16T14:05"}, ()),
        (["3/16/24 12:05 AM"], [], {"3/16/24 12:05 AM": "2024-03-16T00:05"}, ()),
        (["5-Mar-24", "5 March 2024"], [], {"5-Mar-24": "2024-03-05", "5 March 2024": "2024-03-05"}, ()),
        (["2024/03/05", "2024.3.5 7:00"], [], {"2024/03/05": "2024-03-05", "2024.3.5 7:00": "2024-03-05T07:00"}, ()),
    ],
)
def test_dates_are_read_where_they_are_certain(cells, known, made, unclear) -> None:
    assert iso_dates(cells, known) == (made, unclear)


def test_letters_that_went_through_a_wrong_encoding_twice_are_read_as_they_were_meant() -> None:
    once = "café – “so”".encode().decode("cp1252", errors="replace")
    assert unscrambled(once.encode().decode("cp1252"))[0] == unscrambled(once)[0] == "café – “so”"
