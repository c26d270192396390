"""Numbers as lists write them: in letters, in Roman and Chinese figures, in the digits of other scripts."""

from __future__ import annotations

from typing import NamedTuple

LATIN = "abcdefghijklmnopqrstuvwxyz"
ROMAN = {
    1000: "m",
    900: "cm",
    500: "d",
    400: "cd",
    100: "c",
    90: "xc",
    50: "l",
    40: "xl",
    10: "x",
    9: "ix",
    5: "v",
    4: "iv",
    1: "i",
}
MOST_ROMAN, MOST_COUNTED = 3999, 9999
# Signs that follow one another, by their names in CSS where it has one; behind the last, numbers go on in figures.
SIGNS = {
    "cjk-heavenly-stem": "甲乙丙丁戊己庚辛壬癸",
    "cjk-earthly-branch": "子丑寅卯辰巳午未申酉戌亥",
    "hiragana": "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん",
    "katakana": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヰヱヲン",
    "katakana-iroha": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
    "hangul": "가나다라마바사아자차카타파하",
    "hangul-consonant": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
    "circled": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "lower-greek": "αβγδεζηθικλμνξοπρστυφχψω",
    "lower-russian": "абвгдежзиклмнопрстуфхцчшщэюя",
    "arabic-abjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "hebrew": "אבגדהוזחטי",
}
# The digits of other scripts, from 0 on.
DIGITS = {
    "arabic-indic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "devanagari": "०१२३४५६७८९",
    "thai": "๐๑๒๓๔๕๖๗๘๙",
    "full-width": "０１２３４５６７８９",
    "cjk-decimal": "〇一二三四五六七八九",
}


class _Counting(NamedTuple):
    """Figures from 0 to 9, those for tens, hundreds and thousands, and where a one is left out before these."""

    figures: str
    places: str
    bare: str = ""  # "tens": before tens that come first; "all"


COUNTED = {
    "simp-chinese-informal": _Counting("零一二三四五六七八九", "十百千", "tens"),
    "japanese-informal": _Counting("\0一二三四五六七八九", "十百千", "all"),
    "korean-hangul": _Counting("\0일이삼사오육칠팔구", "십백천", "all"),
    "simp-chinese-formal": _Counting("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "trad-chinese-formal": _Counting("零壹貳參肆伍陸柒捌玖", "拾佰仟"),
}
SAME = {
    **dict.fromkeys(("cjk-ideographic", "trad-chinese-informal"), "simp-chinese-informal"),
    "korean-hangul-formal": "korean-hangul",
    "upper-russian": "lower-russian",
}
ZERO = "decimal-leading-zero"
STYLES = (
    *(f"{case}-{kind}" for case in ("lower", "upper") for kind in ("alpha", "latin", "roman")),
    *(*SIGNS, *DIGITS, *COUNTED, *SAME, ZERO),
)


def figures_of(number: int, style: str) -> str:
    """A number in such figures, or in plain ones."""
    if style == ZERO:
        return f"{number:02}".replace("-", "−")
    if number <= 0 or not style:
        return str(number).replace("-", "−")
    made = _written(number, SAME.get(style, style))
    return made.upper() if style.startswith("upper") else made


def style_of(first: str) -> str | None:
    """The style whose first figures are these: "一, 二, 三, ..." as OpenDocument names one; None for none known."""
    signs = [sign.strip() for sign in first.split(",")][:3]
    return next((style for style in STYLES if [figures_of(at, style) for at in (1, 2, 3)] == signs), None)


def _written(number: int, style: str) -> str:
    if style in SIGNS:
        return SIGNS[style][number - 1 : number] or str(number)
    if style in DIGITS:
        return "".join(DIGITS[style][int(digit)] for digit in str(number))
    if style in COUNTED:
        return _counted(number, COUNTED[style]) if number <= MOST_COUNTED else str(number)
    return _roman(number) if style.endswith("roman") else _letters(number)


def _letters(number: int) -> str:
    """The letters of a number: a, b and so on, aa after z."""
    made = ""
    while number:
        number, at = divmod(number - 1, len(LATIN))
        made = LATIN[at] + made
    return made


def _roman(number: int) -> str:
    if number > MOST_ROMAN:
        return str(number)
    made = ""
    for value, figures in ROMAN.items():
        made += figures * (number // value)
        number %= value
    return made


def _counted(number: int, style: _Counting) -> str:
    """A number as it is said: 101 is one hundred, nought, one."""
    made, nought = "", False
    digits = str(number)
    for at, digit in enumerate(map(int, digits)):
        place = len(digits) - at - 1
        if not digit:
            nought = bool(made)
            continue
        bare = digit == 1 and place and (style.bare == "all" or (style.bare == "tens" and place == 1 and not made))
        made += (style.figures[0] if nought else "") + ("" if bare else style.figures[digit])
        made += style.places[place - 1] if place else ""
        nought = False
    return made.replace("\0", "")
