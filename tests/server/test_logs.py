"""The log: a line a record, no more of a kind than are of use, and nothing that a terminal would obey."""

from __future__ import annotations

import json
import logging

from essay_explorer.server.logs import OF_A_KIND, Measure, OneLine, as_json


def record(message: str, line: int = 1, error: BaseException | None = None) -> logging.LogRecord:
    told = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("here", logging.ERROR, "file.py", line, message, None, told)


def failure() -> BaseException:
    try:
        int("two\nlines")
    except ValueError as error:
        return error
    raise AssertionError


def test_a_fault_is_one_line_that_says_where() -> None:
    line = OneLine("%(levelname)s %(name)s: %(message)s").format(record("GET /", error=failure()))
    assert line.startswith("ERROR here: GET /: ValueError: invalid literal for int() with base 10: ")
    assert f"{__file__}:" in line
    assert "\n" not in line


def test_for_programs_a_record_is_an_object_on_one_line() -> None:
    one = record("GET /x\n\x1b[1m\u2028 200", error=failure())
    one.__dict__.update(method="GET", path="/x", status=200, ms=1.5)
    line = as_json().format(one)
    assert line.isascii()
    assert line.isprintable()
    found = json.loads(line)
    assert (found["level"], found["logger"], found["message"]) == ("ERROR", "here", "GET /x\n\x1b[1m\u2028 200")
    assert (found["method"], found["path"], found["status"], found["ms"]) == ("GET", "/x", 200, 1.5)
    assert found["fault"].startswith("ValueError: invalid literal for int()")
    assert f"{__file__}:" in found["fault"]
    assert found["time"].endswith("+00:00")


def test_a_log_shows_no_sign_that_a_terminal_obeys() -> None:
    assert "\x1b" not in OneLine("%(message)s").format(record("\x1b]0;title\x07 and \x9b31m"))


def test_of_a_kind_so_many_are_shown_and_the_rest_is_counted() -> None:
    now = [0.0]
    measure = Measure(3, clock=lambda: now[0])
    shown = [record(f"fault {number}") for number in range(10)]
    passed = [one for one in shown if measure.filter(one)]
    assert [one.getMessage() for one in passed] == [
        "fault 0",
        "fault 1",
        "fault 2 (more of this kind are counted, not shown)",
    ]
    assert measure.filter(record("another", line=2))  # another place in the code is another kind
    now[0] = 61.0
    late = record("fault 10")
    assert measure.filter(late)
    assert late.getMessage() == "fault 10 (and 7 more of this kind)"


def test_the_line_of_each_request_is_shown_to_who_asked_for_it() -> None:
    measure = Measure(3, clock=lambda: 0.0)
    asked = [
        logging.LogRecord("here", logging.INFO, "file.py", 1, f"GET /{number}", None, None) for number in range(10)
    ]
    assert all(measure.filter(one) for one in asked)
    assert asked[-1].getMessage() == "GET /9"


def test_a_reading_may_tell_its_first_faults() -> None:
    assert OF_A_KIND > 50
