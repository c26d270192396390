"""YAML as its authors mean it: strings, lists and dicts, and faults told by their lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

from essay_explorer.words import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from essay_explorer.words import Sentence

    Plain = str | list["Plain"] | dict[str, "Plain"] | None

NULLS = ("", "~", "null", "Null", "NULL")
DEEPEST = 12  # lists in lists: a codebook needs six, and a million brackets would only take time
TOO_DEEP = Phrase("lists are nested more than {most} deep").filled(most=str(DEEPEST))
NO_LETTER = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # all but YAML's c-printable
# What PyYAML's problems have in them, in either of its parsers and any of its releases, and the same in our words.
FINDINGS = {
    "values are not allowed": Phrase('there is a ": " too many, or the line above lacks its own'),
    "end of stream|document (indicator|separator)": Phrase("a quotation mark opens a text and none closes it"),
    "cannot start any token|tab character|alphabetic or numeric": Phrase(
        "a text starts with a tab or with a sign that YAML keeps for itself"
    ),
    "',' or|node content": Phrase("brackets do not match, or a comma between them is missing"),
    "escape|hexdec": Phrase("a backslash between double quotation marks begins no code that YAML knows"),
    "key|block end|'-' indicator|':'|not allowed": Phrase(
        "it is not indented like its neighbours, or its colon is missing"
    ),
}
UNKNOWN_FINDING = Phrase("it does not fit what stands above it")
QUOTED = Phrase('Put quotation marks around a text with ": " in it').filled()  # what most need who write it by hand
REMEDY = Phrase(
    '{finding}. Put quotation marks around a text that has ": " or " #" in it or starts with a sign such as * or @; '
    "indent with spaces, not tabs"
)


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
            _refuse(Phrase("expected the end here, found a second document").filled(), event)
    return value


def _value(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Plain:
    if isinstance(event, yaml.ScalarEvent):
        return None if event.implicit[0] and event.value in NULLS else str(event.value)
    if isinstance(event, yaml.AliasEvent):
        told = Phrase(
            "*{name} would repeat another part, which is not supported; "
            "a text that starts with * needs quotation marks around it"
        )
        _refuse(told.filled(name=str(event.anchor)), event)
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
            _refuse(Phrase("expected a name before the colon, found a list").filled(), key)
        if key.value in made:
            _refuse(Phrase('the name "{name}" occurs twice').filled(name=f"{key.value:.40}"), key)
        made[str(key.value)] = _value(next(events), events, depth + 1)
    return made


def _check_letters(source: str) -> None:
    if match := NO_LETTER.search(source):
        mark = yaml.Mark("", match.start(), source.count("\n", 0, match.start()), 0, None, 0)
        problem = Phrase("it has a control code in it, {code}. Delete what stands there and write it again")
        raise _Refused(problem.filled(code=f"U+{ord(match[0]):04X}"), mark)


class _Refused(yaml.MarkedYAMLError):
    """YAML that is not wanted here; its problem is a sentence of ours."""

    def __init__(self, sentence: Sentence, mark: Any) -> None:  # noqa: ANN401 - the stubs know two kinds
        super().__init__(problem=sentence.in_english(), problem_mark=mark)
        self.sentence = sentence


def _refuse(problem: Sentence, event: yaml.Event) -> NoReturn:
    raise _Refused(problem, event.start_mark)


def explained(error: yaml.YAMLError, lines_above: int = 0) -> Sentence:
    """Why a text is not readable as YAML: in which line, what, and the usual remedy.

    In our words, never in PyYAML's, which differ from release to release.
    """
    mark = getattr(error, "problem_mark", None)
    finding = _finding(error)
    if not mark:
        return Phrase("not readable as YAML: {finding}").filled(finding=finding)
    line = str(mark.line + 1 + lines_above)
    return Phrase("not readable as YAML (line {line}): {finding}").filled(line=line, finding=finding)


def _finding(error: yaml.YAMLError) -> Sentence:
    problem = str(getattr(error, "problem", None))
    if isinstance(error, _Refused):
        return error.sentence
    if "nesting depth" in problem:
        return TOO_DEEP
    found = next((ours for theirs, ours in FINDINGS.items() if re.search(theirs, problem)), UNKNOWN_FINDING)
    return REMEDY.filled(finding=found.filled())
