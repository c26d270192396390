"""Letters of rich text."""

from __future__ import annotations

import pytest

from essay_explorer.formats.any_file import manuscript_of
from essay_explorer.formats.rich_letters import with_plain_letters

FONTS = rb"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset128 C;}}"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (rb"\u8220?Lamp\u8221? she", "“Lamp” she"),
        (rb"\u8220\'93Lamp\u8221\'94 she", "“Lamp” she"),
        (rb"\uc0 \u8220 Lamp{\uc2\u8212--}\u8221  she", "“Lamp—” she"),
        (rb"a \u-10179?\u-8704? b", "a 😀 b"),
        (b"\\u8220?\r\nLamp", "“Lamp"),
        (rb"\u123?x\u125? \{y\}", "{x} {y}"),
        (rb"\ansicpg1251 \'d1\'e2\'e5\'f2", "Свет"),
        (rb"\ansicpg1250 raw \xe8".replace(rb"\xe8", b"\xe8"), "raw č"),
        (FONTS + rb"\f0 caf\'e9 {\f1\'d1\'e2\'e5\'f2} \f2\'93\'fa\'96\'7b\f0  end", "café Свет 日本 end"),
        (rb"\mac \'d2x\'d3", "“x”"),
        (rb"\i\'e9t\'e9\i0  and \b\uc1 bold\b0 .", "*été* and **bold**."),
        (rb"a{\pict\bin5 {{\'9}b", "ab"),
    ],
)
def test_every_letter_is_read_however_it_is_written(source: bytes, text: str) -> None:
    assert manuscript_of(rb"{\rtf1\ansi " + source + b"}", "a.rtf").blocks == (text,)


def test_what_is_plain_stays_to_the_letter() -> None:
    source = rb"{\rtf1\ansi{\info{\title A}}\pard\b Bold\b0  \~\-\_ {\footnote x}\par" + b"\r\nTwo\\line\\tab x}\\"
    assert with_plain_letters(source) == source
