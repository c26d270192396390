"""What somebody gives a widget of marks: each value that cannot be meant ends in a sentence that says where it is."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from essay_explorer.core import kinds, meant
from essay_explorer.core.brief import ArgumentTypeError, ArgumentValueError, kind_of
from essay_explorer.core.fault import instead_of, shown
from essay_explorer.marks.mark import Mark
from essay_explorer.marks.task import MOST, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from essay_explorer.core.codebook import Codebook

FORM = 'A mark is a dict with an id and a quote: {"id": "m1", "quote": "…"}'
MOMENTS = ("created", "changed")
LAYER = ("id", "label", "marks")


def marks_from(given: Iterable[object], where: str = "marks") -> tuple[Mark, ...]:
    """The marks of a list. Raises ValueError for the first entry that is none, or has the id of one before it."""
    made: dict[str, Mark] = {}
    for number, one in enumerate(given, 1):
        here = f"{where}, number {number}"
        mark = _mark(one, here)
        if mark.id in made:
            message = f"{here}: number {[*made].index(mark.id) + 1} has the id {shown(mark.id)} too. Give one another"
            raise ArgumentValueError(message)
        made[mark.id] = mark
    return tuple(made.values())


def _mark(given: object, where: str) -> Mark:
    try:
        mark = Mark.from_json(given)
    except ValueError as error:
        message = f"{where}: {error}. {FORM}"
        raise ArgumentValueError(message) from None
    entry: Mapping[str, Any] = given if isinstance(given, dict) else {}
    _check_names(where, entry, [field.name for field in fields(Mark)])
    _check_moments(where, {name: entry.get(name) or "" for name in MOMENTS})
    return mark


def check_others(layers: Sequence[Mapping[str, Any]]) -> None:
    """Raise ValueError for the first layer of others without an id, a label or a list of marks."""
    for number, layer in enumerate(layers, 1):
        where = f"others, number {number}"
        _check_names(where, layer, LAYER)
        for name in LAYER[:2]:
            if not isinstance(layer.get(name), str):
                message = f"{where}: expected a text as its {name}, and this is {kind_of(layer.get(name))}"
                raise ArgumentValueError(message)
        if not isinstance(layer.get("marks"), list):
            message = f"{where}: expected a list as its marks, and this is {kind_of(layer.get('marks'))}"
            raise ArgumentValueError(message)
        marks_from(layer["marks"], f"{where}, marks")


def check_removed(removed: Mapping[Any, Any]) -> None:
    """Raise ValueError for the first removed mark whose id or moment is none."""
    for name, moment in removed.items():
        if not isinstance(name, str) or not isinstance(moment, str) or not moment:
            message = f"removed: expected moments by the ids of marks; found {name!r}: {moment!r}"
            raise ArgumentValueError(message)
        meant.check_id(removed=name)
        _check_moments("removed", {name: moment})


def check_task(task: Mapping[str, Any], book: Codebook) -> None:
    """Raise TypeError or ValueError for the first thing that a task asks for and nobody can do."""
    names = (*Task().to_json(), "file")
    _check_names("task", task, names)
    for name in ("marks", "reasons", "pass"):
        if name in task:
            kinds.check(kinds.WHOLE, **{f"task, {name}": task[name]})
            if not 0 <= task[name] <= MOST:
                message = f"task, {name}: {task[name]} is not in the range 0 to {MOST}"
                raise ArgumentValueError(message)
    if "blind" in task:
        kinds.check(kinds.YES_OR_NO, **{"task, blind": task["blind"]})
    kinds.check(kinds.TEXT, **{f"task, {name}": task[name] for name in ("due", "title", "file") if name in task})
    _check_moments("task", {"due": task.get("due", "")})
    book.known_tags(task.get("tags", ()))


def _check_names(where: str, given: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in given:
        if name not in known:
            message = f"{where}: {shown(str(name))} is not known. {instead_of(str(name), known)}"
            raise ArgumentTypeError(message)


def _check_moments(where: str, moments: Mapping[str, str]) -> None:
    try:
        meant.check_moment(**moments)
    except ArgumentValueError as error:
        message = f"{where}: {error}"
        raise ArgumentValueError(message) from None
