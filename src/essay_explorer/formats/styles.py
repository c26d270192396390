"""What style sheets say of how words look: enough to know what is emphasised, and where lines are meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from essay_explorer.formats.figures import STYLES
from essay_explorer.formats.numbering import COUNTER, labels_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What is taken is not given back, nor taken again from its second letter, so that no sheet makes them try for ever.
COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
RULE = re.compile(r"(?<![^{}])([^{}]++)\{([^{}]*+)\}")
SELECTOR = re.compile(r"([a-z][a-z0-9]*+)?(?:\.([\w-]++))?")  # an element, a class, or an element of a class
BOLD = re.compile(r"\b(?:bold|bolder|[6-9]00)\b")
LIGHT = re.compile(r"\b(?:normal|lighter|[1-5]00)\b")
DISPLAY = re.compile(r"(?<![\w-])display\s*:\s*([a-z-]+)")
# What a list says of its numbers, but not that it has none, which pages say that are not meant to be read so.
LISTED = re.compile(rf"list-style(?:-type)?\s*:[^;]{{0,80}}?(?:[\"']|{'|'.join(STYLES)})[^;]{{0,80}}")
# What stands before each entry of a list by a rule for that.
ENTRY = re.compile(r"([a-z]++)?(?:\.([\w-]++))?\s*(?:>\s*)?li::?before")
LINES = {"block", "flex", "grid", "list-item", "table"}
MOST_RULES = 5000


class Look(NamedTuple):
    """How the words in an element look; None where nothing is said of it. `lines`: its line breaks are meant."""

    em: bool | None = None
    strong: bool | None = None
    lines: bool | None = None

    def over(self, other: Look) -> Look:
        """Its own look, and what `other` says where it says nothing."""
        pairs = zip(self, other, strict=True)
        return Look(*(theirs if own is None else own for own, theirs in pairs))


PLAIN = Look()


class Styles:
    """The simple rules of style sheets: for elements, and for elements of a class."""

    def __init__(self) -> None:
        self._looks: dict[tuple[str, str], Look] = {}
        self._displays: dict[tuple[str, str], str] = {}
        self._lists: dict[tuple[str, str], dict[str, str]] = {}  # what else their first tags might say

    def read(self, sheet: str) -> None:
        """Take in a style sheet; later rules count before earlier ones."""
        for rule in RULE.finditer(COMMENT.sub("", sheet)):
            look, display = _declared(rule[2]), _display(rule[2])
            if ("list-style" in rule[2] or "counter(" in rule[2]) and len(self._lists) < MOST_RULES:
                self._read_lists(rule[1], rule[2])
            if (look != PLAIN or display) and len(self._looks) + len(self._displays) < MOST_RULES:
                for selector in rule[1].split(","):
                    if match := SELECTOR.fullmatch(selector.strip()):
                        key = match[1] or "", match[2] or ""
                        if look != PLAIN:
                            self._looks[key] = look.over(self._looks.get(key, PLAIN))
                        if display:
                            self._displays[key] = display

    def look_of(self, element: str, attributes: Mapping[str, str]) -> Look:
        """How the words in an element look by its own styles: those in it, then those of its classes."""
        look = _declared(attributes["style"]) if "style" in attributes else PLAIN
        for key in _keys(element, attributes.get("class", "")) if self._looks else ():
            look = look.over(self._looks.get(key, PLAIN))
        return look

    def _read_lists(self, selectors: str, declarations: str) -> None:
        """What a rule says of how lists are numbered."""
        listed, counter = LISTED.search(declarations), COUNTER.search(declarations)
        for selector in map(str.strip, selectors.split(",")):
            if listed and (match := SELECTOR.fullmatch(selector)):
                self._lists.setdefault((match[1] or "", match[2] or ""), {"style": listed[0]})
            elif counter and (match := ENTRY.fullmatch(selector)):
                self._lists[match[1] or "", match[2] or ""] = labels_by(counter)

    def of_list(self, element: str, attributes: Mapping[str, str]) -> Mapping[str, str]:
        """The attributes of a list, with what style sheets say of its numbers where it says nothing itself."""
        if not self._lists or "list-style" in attributes.get("style", "") or "type" in attributes:
            return attributes
        said = (self._lists[key] for key in _keys(element, attributes.get("class", "")) if key in self._lists)
        return {**attributes, **next(said, {})}

    def makes_line(self, element: str, attributes: Mapping[str, str]) -> bool:
        """Whether an element that stands in a line by itself has a line of its own by its styles."""
        displays = [_display(attributes.get("style", ""))]
        if self._displays:
            displays += (self._displays.get(key, "") for key in _keys(element, attributes.get("class", "")))
        return next(filter(None, displays), "") in LINES


def _keys(element: str, classes: str) -> Iterator[tuple[str, str]]:
    """What may have rules for an element, those that count first."""
    for name in classes.split()[::-1]:
        yield from ((element, name), ("", name))
    yield element, ""


def _display(declarations: str) -> str:
    """The last that the declarations of a rule say of it, "" for nothing."""
    found = DISPLAY.findall(declarations.lower()) if "isplay" in declarations else []
    return found[-1] if found else ""


def _declared(declarations: str) -> Look:
    """What the declarations of a rule say."""
    em = strong = lines = None
    for declaration in declarations.lower().split(";"):
        name, _, value = declaration.partition(":")
        match name.strip():
            case "font-style":
                em = bool(re.search(r"italic|oblique", value))
            case "font-weight":
                strong = True if BOLD.search(value) else False if LIGHT.search(value) else strong
            case "font":
                em, strong = bool(re.search(r"italic|oblique", value)), bool(BOLD.search(value))
            case "white-space":
                lines = value.strip().startswith(("pre", "break-spaces"))
    return Look(em, strong, lines)
