"""YAML as its authors mean it: strings, lists and dicts, and faults told by their lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    Plain = str | list["Plain"] | dict[str, "Plain"] | None

NULLS = ("", "~", "null", "Null", "NULL")
DEEPEST = 12  # lists in lists: a codebook needs six, and a million brackets would only take time
TOO_DEEP = f"lists are nested more than {DEEPEST} deep"
NO_LETTER = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # all but YAML's c-printable
# What PyYAML's problems have in them, in either of its parsers and any of its releases, and the same in our words.
FINDINGS = {
    "nesting depth": TOO_DEEP,
    "values are not allowed": 'there is a ": " too many, or the line above lacks its own',
    "end of stream|document (indicator|separator)": "a quotation mark opens a text and none closes it",
    "cannot start any token|tab character|alphabetic or numeric": (
        "a text starts with a tab or with a sign that YAML keeps for itself"
    ),
    "',' or|node content": "brackets do not match, or a comma between them is missing",
    "escape|hexdec": "a backslash between double quotation marks begins no code that YAML knows",
    "key|block end|'-' indicator|':'|not allowed": ("it is not indented like its neighbours, or its colon is missing"),
}
UNKNOWN_FINDING = "it does not fit what stands above it"


def plain_yaml(source: str) -> Plain:
    """What a YAML text says, in strings, lists and dicts; None where it says nothing.

    A plain word stays the word that it is: `no` is Norwegian, `007` an id. Raises yaml.YAMLError,
    also for a name that stands twice in one place, for aliases, and for lists nested too deep;
    `explained` says why.
    """
    _check_letters(source)
    events = yaml.parse(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    value = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            value = _value(next(events), events, 0)
            next(events)  # the end of the document
            break
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            _refuse("expected the end here, found a second document", event)
    return value


def _value(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Plain:
    if isinstance(event, yaml.ScalarEvent):
        return None if event.implicit[0] and event.value in NULLS else str(event.value)
    if isinstance(event, yaml.AliasEvent):
        expected = "a text that starts with * needs quotation marks around it"
        _refuse(f"*{event.anchor} would repeat another part, which is not supported; {expected}", event)
    if depth >= DEEPEST:
        _refuse(TOO_DEEP, event)
    if isinstance(event, yaml.SequenceStartEvent):
        entries: list[Plain] = []
        while not isinstance(entry := next(events), yaml.SequenceEndEvent):
            entries.append(_value(entry, events, depth + 1))
        return entries
    made: dict[str, Plain] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        if not isinstance(key, yaml.ScalarEvent):
            _refuse("expected a name before the colon, found a list", key)
        if key.value in made:
            _refuse(f'the name "{key.value:.40}" occurs twice', key)
        made[str(key.value)] = _value(next(events), events, depth + 1)
    return made


def _check_letters(source: str) -> None:
    if match := NO_LETTER.search(source):
        mark = yaml.Mark("", match.start(), source.count("\n", 0, match.start()), 0, None, 0)
        problem = f"it has a control code in it, U+{ord(match[0]):04X}. Delete what stands there and write it again"
        raise _Refused(problem=problem, problem_mark=mark)


class _Refused(yaml.MarkedYAMLError):
    """YAML that is not wanted here; its problem is told in our words."""


def _refuse(problem: str, event: yaml.Event) -> NoReturn:
    mark: Any = event.start_mark  # the stubs know two kinds
    raise _Refused(problem=problem, problem_mark=mark)


def explained(error: yaml.YAMLError, lines_above: int = 0) -> str:
    """Why a text is not readable as YAML: in which line, what, and the usual remedy.

    In our words, never in PyYAML's, which differ from release to release.
    """
    mark = getattr(error, "problem_mark", None)
    where = f" (line {mark.line + 1 + lines_above})" if mark else ""
    return f"not readable as YAML{where}: {_finding(error)}"


def _finding(error: yaml.YAMLError) -> str:
    problem = str(getattr(error, "problem", None))
    if isinstance(error, _Refused):
        return problem
    found = next((ours for theirs, ours in FINDINGS.items() if re.search(theirs, problem)), UNKNOWN_FINDING)
    remedy = 'Put quotation marks around a text that has ": " or " #" in it or starts with a sign such as * or @'
    return found if found is TOO_DEEP else f"{found}. {remedy}; indent with spaces, not tabs"
