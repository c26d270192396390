"""What the service writes into its log of those who sign in."""

from __future__ import annotations

import logging

import pytest
from jupyterhub.services import auth

from essay_explorer.hub.signing_in import NoNames


def record(level: int, where: str, function: str, message: str, *values: str) -> logging.LogRecord:
    return logging.LogRecord("tornado.application", level, where, 1, message, values, None, function)


@pytest.mark.parametrize(
    ("level", "message", "values"),
    [
        (logging.INFO, "Logged-in user %s", ("mia",)),
        (logging.WARNING, "Not allowing Hub user mia: missing required scopes", ()),
        (logging.WARNING, "oauth state argument %r != cookie %s", ("mia", "mia")),
    ],
)
def test_no_account_is_named(level: int, message: str, values: tuple[str, ...]) -> None:
    found = record(level, auth.__file__, "check_hub_user", message, *values)
    assert NoNames().filter(found) == (level >= logging.WARNING)
    assert "mia" not in found.getMessage()


def test_what_is_wrong_with_the_hub_is_said() -> None:
    found = record(logging.ERROR, auth.__file__, "_api_request", "Error connecting to %s", "http://127.0.0.1:8081")
    assert NoNames().filter(found)
    assert found.getMessage() == "Error connecting to http://127.0.0.1:8081"


def test_a_fault_is_told_without_its_words_which_may_quote_a_reader() -> None:
    try:
        int("mias own reason")
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    found = logging.LogRecord("essay_explorer.server", logging.ERROR, "answer.py", 1, "POST %s", ("/room/",), told)
    assert NoNames().filter(found)
    assert found.getMessage().startswith(f"POST /room/: ValueError ({__file__}:")
    assert (found.exc_info, found.exc_text) == (None, None)
    assert "mia" not in found.getMessage()
