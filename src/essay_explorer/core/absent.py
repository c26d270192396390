"""What needs a package that is not installed here, as in a notebook that has the widgets alone, says which."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NoReturn

from essay_explorer.core.brief import BriefError


class AbsentError(BriefError, ImportError):
    """A package is not installed that is needed for what was asked."""


def needed(package: str) -> Any:  # noqa: ANN401 - a module
    """A package, imported. Raises AbsentError where it is not installed."""
    try:
        return import_module(package)
    except ModuleNotFoundError as error:
        message = f"This needs {error.name}, which is not installed here: pip install {error.name}"
        raise AbsentError(message) from error


class Absent:
    """Stands for a public name that cannot be had, so that all others can be imported along with it."""

    def __init__(self, name: str, missing: str | None) -> None:
        self._says = f"{name} needs {missing}, which is not installed here: pip install {missing}"

    def __repr__(self) -> str:
        return f"<{self._says}>"

    def __call__(self, *_: object, **__: object) -> NoReturn:
        """Raise AbsentError."""
        raise AbsentError(self._says)

    def __getattr__(self, name: str) -> NoReturn:
        raise (AttributeError(name) if name.startswith("_") else AbsentError(self._says))
