"""What runs in a notebook's kernel, before its first cell and after its last, so that a page can be made of it."""

from __future__ import annotations

import sys
import threading
from dataclasses import asdict
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import display
from ipywidgets import DOMWidget
from ipywidgets.widgets.widget import _instances

from essay_explorer.charts import vega
from essay_explorer.library.opening import OPENED
from essay_explorer.page.snapshot import Snapshot
from essay_explorer.widgets import Lens

DESCRIPTION = "application/vnd.essay-explorer.page+json"  # the form in which `describe` puts out what it found
CHART = "application/vnd.vegalite.v6+json"

_folders: dict[str, str] = {}  # of the readings that the notebook has opened, by their fingerprints
_threads: set[threading.Thread] = set()  # those that were there before the notebook
_errors: list[str] = []  # what went wrong in its cells


def prepare() -> None:
    """Watch which readings the notebook opens, and let charts come as data: Altair's own form asks a CDN."""
    sys.addaudithook(_note)
    _threads.update(threading.enumerate())
    shell = get_ipython()
    if shell and shell.display_formatter:
        charts = shell.display_formatter.mimebundle_formatter
        charts.for_type_by_name("altair.vegalite.v6.api", "TopLevelMixin", _as_data)
        shell.events.register("post_run_cell", _note_error)


def describe() -> None:
    """Put out the notebook's widgets, the readings that they show, and whether Python goes on working."""
    widgets = [widget for widget in _instances.values() if isinstance(widget, DOMWidget)]
    snapshot = Snapshot.of(widgets)
    readings = {snapshot.names[lens.model_id]: lens.reading for lens in widgets if isinstance(lens, Lens)}
    description = {
        "widgets": asdict(snapshot),
        "readings": {
            name: {
                "name": reading.name,
                "folder": _folders.get(reading.fingerprint, ""),
                "charts": vega.charts_name(reading),
            }
            for name, reading in readings.items()
        },
        "folders": sorted(set(_folders.values())),
        "error": _errors[0] if _errors else "",
        "working": bool(set(threading.enumerate()) - _threads),
    }
    display({DESCRIPTION: description}, raw=True)  # type: ignore[no-untyped-call]


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event == OPENED:
        folder, fingerprint = arguments
        _folders[fingerprint] = folder


def _note_error(result: Any) -> None:  # noqa: ANN401 - IPython's ExecutionResult
    error = result.error_before_exec or result.error_in_exec
    if error:
        _errors.append(f"{type(error).__name__}: {error}")


def _as_data(chart: Any, *_: object, **__: object) -> dict[str, Any]:  # noqa: ANN401 - any of Altair's charts
    return {CHART: chart.to_dict()}
