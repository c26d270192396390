"""What stands before the entries and the numbered headings of a Word file, as Word counts: pandoc knows no "2.1"."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from essay_explorer.formats.labels import Level, Levels, whole
from essay_explorer.formats.set_apart import numbered
from essay_explorer.formats.word_names import Renamed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from essay_explorer.formats.rewriting import Way

STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"
LEVELS = 9
# How Word says that a list counts, and how HTML does.
FORMATS = {
    "decimal": "",
    "lowerLetter": "lower-alpha",
    "upperLetter": "upper-alpha",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
    "decimalZero": "decimal-leading-zero",
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), "full-width"),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), "circled"),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand"),
        "simp-chinese-informal",
    ),
    "chineseLegalSimplified": "simp-chinese-formal",
    "ideographLegalTraditional": "trad-chinese-formal",
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"), "cjk-decimal"),
    "ideographTraditional": "cjk-heavenly-stem",
    "ideographZodiac": "cjk-earthly-branch",
    "japaneseCounting": "japanese-informal",
    **dict.fromkeys(("aiueo", "aiueoFullWidth"), "katakana"),
    **dict.fromkeys(("iroha", "irohaFullWidth"), "katakana-iroha"),
    "koreanCounting": "korean-hangul",
    "ganada": "hangul",
    "chosung": "hangul-consonant",
    "hindiNumbers": "devanagari",
    "thaiNumbers": "thai",
    "russianLower": "lower-russian",
    "russianUpper": "upper-russian",
    "arabicAbjad": "arabic-abjad",
    "hebrew1": "hebrew",
}
OFF = {"0", "false", "off"}


@dataclass
class _Paragraph:
    """What an open paragraph says of its list: "" and None where it leaves that to its style.

    `before`: where its words are written, and the place in front of them.
    """

    style: str = ""
    number: str = ""
    level: int | None = None
    before: tuple[list[str], int] | None = None


@dataclass
class _Abstract:
    """How a list counts. `link`: the style that says it in its place; `styles`: those that stand on a level."""

    levels: dict[int, Level] = field(default_factory=dict)
    link: str = ""
    styles: dict[str, int] = field(default_factory=dict)


@dataclass
class _Number:
    """A list: which of the others it counts as, and what is another on its levels."""

    abstract: str = ""
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class _Numbering(Renamed):
    """The part that says how lists count."""

    def __init__(self) -> None:
        super().__init__()
        self.abstracts: dict[str, _Abstract] = {}
        self.numbers: dict[str, _Number] = {}
        self._abstract, self._number, self._at = _Abstract(), _Number(), 0

    def start(self, name: str, attributes: Mapping[str, str]) -> Way:
        value = attributes.get("w:val", "")
        if name == "w:abstractNum":
            self._abstract = self.abstracts[attributes.get("w:abstractNumId", "")] = _Abstract()
        elif name == "w:num":
            self._number = self.numbers[attributes.get("w:numId", "")] = _Number()
        elif name == "w:abstractNumId":
            self._number.abstract = value
        elif name == "w:numStyleLink":
            self._abstract.link = value
        elif name in {"w:lvl", "w:lvlOverride"}:
            self._at = _level(attributes.get("w:ilvl", ""))
            if name == "w:lvl":
                self._levels[self._at] = Level(start=0)
        elif name == "w:startOverride":
            self._number.starts[self._at] = whole(value, 1)
        elif name == "w:pStyle":
            self._abstract.styles[value] = self._at
        elif "w:lvl" in self.open[-1:]:
            self._say(name, value)
        return "skip" if name in {"w:rPr", "w:pPr"} else "write"

    @property
    def _levels(self) -> dict[int, Level]:
        return self._number.levels if "w:num" in self.open else self._abstract.levels

    def _say(self, name: str, value: str) -> None:
        """Something of the level that is open."""
        level = self._levels[self._at]
        if name == "w:start":
            level = replace(level, start=whole(value, 0))
        elif name == "w:numFmt":
            level = replace(level, style=FORMATS.get(value))
        elif name == "w:lvlText":
            level = replace(level, pattern=value)
        elif name == "w:isLgl":
            level = replace(level, plain=value not in OFF)
        elif name == "w:lvlRestart":
            level = replace(level, restarts=value != "0")
        self._levels[self._at] = level


class _Styles(Renamed):
    """The styles of paragraphs that make them entries."""

    def __init__(self) -> None:
        super().__init__()
        self.based: dict[str, str] = {}
        self.numbers: dict[str, str] = {}
        self.levels: dict[str, int] = {}
        self._style = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> Way:
        value = attributes.get("w:val", "")
        if name == "w:style":
            self._style = attributes.get("w:styleId", "")
        elif name == "w:basedOn":
            self.based[self._style] = value
        elif name == "w:numId" and self.open[-1:] == ["w:numPr"]:
            self.numbers[self._style] = value
        elif name == "w:ilvl" and self.open[-1:] == ["w:numPr"]:
            self.levels[self._style] = _level(value)
        return "skip" if name in {"w:rPr", "w:pPrChange"} else "write"

    def number_of(self, style: str) -> tuple[str, str]:
        """The list of a style, or of one that it comes from, and the style that says so."""
        for _ in range(LEVELS):
            if style in self.numbers:
                return self.numbers[style], style
            style = self.based.get(style, "")
        return "", ""


class WordLists:
    """The lists of a file, whose paragraphs are read in their order."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._numbering, self._styles = _Numbering(), _Styles()
        for part, reader in ((NUMBERING, self._numbering), (STYLES, self._styles)):
            if parts.get(part) and parts.get(NUMBERING):
                reader.written(parts[part])
        self._counts: dict[str, Levels] = {}  # of each of the abstract lists
        self._begun: set[tuple[str, int]] = set()  # the lists and levels whose own start was taken
        self._paragraphs: list[_Paragraph] = []  # those that are open

    def take(self, name: str, value: str, around: list[str]) -> None:
        """An element starts: a paragraph, or a property of the open one."""
        if name == "w:p":
            self._paragraphs.append(_Paragraph())
        elif name == "w:pStyle" and around[-2:] == ["w:p", "w:pPr"]:
            self._paragraphs[-1].style = value
        elif name in {"w:numId", "w:ilvl"} and around[-3:] == ["w:p", "w:pPr", "w:numPr"]:
            here = self._paragraphs[-1]
            here.number, here.level = (value, here.level) if name == "w:numId" else (here.number, _level(value))

    def end_properties(self, buffer: list[str]) -> None:
        """The words of the open paragraph are written from here on."""
        self._paragraphs[-1].before = buffer, len(buffer)
        buffer.append("")

    def end_paragraph(self, words: str) -> None:
        """A paragraph ends: before its words, if it has any, stands its label, if it has one."""
        here = self._paragraphs.pop()
        counted = self._count(here) if here.before else None
        if here.before and counted and words.strip():
            buffer, at = here.before
            buffer[at] = f"<w:r><w:t>{escape(numbered(*counted))}</w:t></w:r>"

    def _count(self, here: _Paragraph) -> tuple[int, str] | None:
        """The number and the label of a paragraph; None where it has none that is known."""
        by_style, of = self._styles.number_of(here.style)
        number = here.number or by_style
        list_ = self._numbering.numbers.get(number)
        name = self._abstract(list_.abstract) if list_ else ""
        abstract = self._numbering.abstracts.get(name)
        if not list_ or not abstract:
            return None
        level = here.level
        if level is None:
            level = abstract.styles.get(here.style, abstract.styles.get(of, self._styles.levels.get(of, 0)))
        levels = self._counts.setdefault(name, Levels())
        levels.known = {**abstract.levels, **list_.levels}
        for at, start in list_.starts.items():
            if at <= level and (number, at) not in self._begun:
                self._begun.add((number, at))
                levels.restart(at, start)
        return levels.count(level)

    def _abstract(self, name: str) -> str:
        """The list that counts: one may say that a style says how."""
        for _ in range(LEVELS):
            abstract = self._numbering.abstracts.get(name)
            if not abstract or not abstract.link:
                break
            number = self._numbering.numbers.get(self._styles.numbers.get(abstract.link, ""))
            name = number.abstract if number else ""
        return name


def _level(value: str) -> int:
    return min(whole(value, 0), LEVELS - 1)
