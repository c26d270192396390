"""YAML as its authors mean it: strings, lists and dicts, and faults told by their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    Plain = str | list["Plain"] | dict[str, "Plain"] | None

NULLS = ("", "~", "null", "Null", "NULL")
DEEPEST = 12  # lists in lists: a codebook needs six, and a million brackets would only take time


def plain_yaml(source: str) -> Plain:
    """What a YAML text says, in strings, lists and dicts; None where it says nothing.

    A plain word stays the word that it is: `no` is Norwegian, `007` an id. Raises yaml.YAMLError,
    also for a name that stands twice in one place, for aliases, and for lists nested too deep.
    """
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
        _refuse(f"lists are nested more than {DEEPEST} deep", event)
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
            _refuse(f'the name "{key.value:.40}" stands twice', key)
        made[str(key.value)] = _value(next(events), events, depth + 1)
    return made


class _Refused(yaml.MarkedYAMLError):
    """YAML that is not wanted here."""


def _refuse(problem: str, event: yaml.Event) -> NoReturn:
    mark: Any = event.start_mark  # the stubs know two kinds
    raise _Refused(problem=problem, problem_mark=mark)


def explained(error: yaml.YAMLError, lines_above: int = 0) -> str:
    """Why a text is not readable as YAML: in which line, what, and the usual remedy."""
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    where = f" (line {mark.line + 1 + lines_above})" if mark else ""
    remedy = 'Put quotation marks around a text that has ": " or " #" in it or starts with a sign such as * or @'
    advice = "" if isinstance(error, _Refused) else f". {remedy}; indent with spaces, not tabs"
    return f"not readable as YAML{where}: {problem or ' '.join(str(error).split())}{advice}"
