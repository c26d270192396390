"""JSON that another program wrote, read within bounds; its faults are told by line and column."""

from __future__ import annotations

import json
import re
from collections import Counter
from sys import intern
from typing import Any, NoReturn

from essay_explorer.core.fault import Fault, refuse
from essay_explorer.files.decoding import certain_text
from essay_explorer.files.limits import check_size
from essay_explorer.words import Phrase, Sentence

UNREADABLE = Phrase("not readable as JSON: {problem}. {advice}")
DEEPEST = 60  # lists in lists; an annotation needs ten
MOST_NAMES = 5_000  # different ones; annotations have a hundred
ROOM = 2**22  # bytes that a small file may take in memory, whatever it holds
TIMES = 9  # the size of a larger file may grow so many times
# What Python needs for each list or object, each text and each entry: measured with CPython 3.11.
COST = {"[": 72, "{": 72, '"': 56, ",": 32}
TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)(\s*+:)?|[\[\]{},]', re.DOTALL)
A_WORD = 40  # letters of a text that may stand in each annotation; it is kept once
HALF_PAIRS = re.compile("[\ud800-\udfff]")
ADVICE = Phrase("Export it again from the program that it comes from").filled()


def plain_json(content: bytes | str, file: str, *, advice: str | Sentence = ADVICE) -> Any:  # noqa: ANN401 - JSON may be anything
    """What a JSON file says. Raises ReadingError with the place of its first fault, and the advice.

    Also for what no file of ours needs and a hostile file may have: a name that stands twice,
    numbers that are none, lists nested too deep, and brackets in such masses that they fill the memory.
    """
    if isinstance(content, bytes):
        check_size(content, file)
        content = certain_text(content, file, advice=advice)
    _check_bounds(content, file, advice)
    try:
        value = json.loads(content, object_pairs_hook=_named_once, parse_constant=_no_number, parse_float=_finite)
    except json.JSONDecodeError as error:
        told = Phrase("line {line}, column {column}: not readable as JSON from here on. {advice}")
        refuse(Fault.of(file, told.filled(line=str(error.lineno), column=str(error.colno), advice=advice)))
    except _UnwantedError as error:
        refuse(Fault.of(file, UNREADABLE.filled(problem=error.sentence, advice=advice)))
    except ValueError:  # from int, in words for programmers
        problem = Phrase("a number has thousands of digits").filled()
        refuse(Fault.of(file, UNREADABLE.filled(problem=problem, advice=advice)))
    return _whole(value) if "\\u" in content else value


def _check_bounds(source: str, file: str, advice: str | Sentence) -> None:
    depth = cost = 0
    names = set[str]()
    for match in TOKEN.finditer(source):
        sign = source[match.start()]
        cost += COST.get(sign, 0)
        depth += (sign in "[{") - (sign in "]}")
        if match[1]:
            names.add(match[0])
        if depth > DEEPEST or len(names) > MOST_NAMES or cost > ROOM + TIMES * len(source):
            deep = Phrase("lists are nested more than {most} deep").filled(most=str(DEEPEST))
            many = Phrase("has more than {most} different names").filled(most=f"{MOST_NAMES:,}")
            bare = Phrase("holds hardly more than brackets").filled()
            what = many if len(names) > MOST_NAMES else deep if depth > DEEPEST else bare
            line = source.count("\n", 0, match.start()) + 1
            told = Phrase("line {line}: {problem}; no file of ours looks like this. {advice}")
            refuse(Fault.of(file, told.filled(line=str(line), problem=what, advice=advice)))


class _UnwantedError(ValueError):
    """JSON that no annotations need; the sentence is ours."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.in_english())
        self.sentence = sentence


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = {name: intern(one) if isinstance(one, str) and len(one) < A_WORD else one for name, one in pairs}
    if len(made) < len(pairs):
        twice, _ = Counter(name for name, _ in pairs).most_common(1)[0]
        raise _UnwantedError(Phrase('the name "{name}" occurs twice in one object').filled(name=f"{twice:.40}"))
    return made


def _no_number(name: str) -> NoReturn:
    raise _UnwantedError(Phrase("{name} is no number").filled(name=name))


def _finite(digits: str) -> float:
    value = float(digits)
    if value in {float("inf"), float("-inf")}:
        raise _UnwantedError(Phrase("the number {number} is too large").filled(number=digits[:20]))
    return value


def _whole(value: Any) -> Any:  # noqa: ANN401 - as above
    """`value` without halves of surrogate pairs, which no file can hold."""
    if isinstance(value, str):
        return HALF_PAIRS.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(entry) for entry in value]
    if isinstance(value, dict):
        return {_whole(name): _whole(entry) for name, entry in value.items()}
    return value
