"""What runs in a notebook's kernel, before its first cell and after its last, so that a page can be made of it."""

from __future__ import annotations

import asyncio
import os
import sys
import sysconfig
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from IPython.core.getipython import get_ipython
from IPython.display import display
from ipywidgets import DOMWidget
from ipywidgets.widgets.widget import _instances
from ipywidgets.widgets.widget_link import Link

from essay_explorer.charts import bundle
from essay_explorer.library.opening import OPENED
from essay_explorer.page.description import CHART, FORM, Description, Shown
from essay_explorer.page.snapshot import Snapshot
from essay_explorer.widgets import Lens

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult

READS = {"r", "rb", "rt"}  # modes in which a file is opened and not changed
JUPYTERS = {"ipykernel", "zmq"}  # their threads come and go with the messages of a kernel
INSTALLED = tuple(map(sysconfig.get_path, ("stdlib", "purelib", "platlib")))  # no part of the notebook


def prepare() -> None:
    """Watch what the notebook opens, and let charts come as data: Altair's own form asks a CDN."""
    shell = get_ipython()
    if shell is None:
        return
    watch = Watch(Path.cwd(), _workers())
    shell.meta.essay_explorer = watch
    sys.addaudithook(watch.note)
    shell.events.register("post_run_cell", watch.note_error)
    if shell.display_formatter:
        charts = shell.display_formatter.mimebundle_formatter
        charts.for_type_by_name("altair.vegalite.v6.api", "TopLevelMixin", _as_data)


def describe() -> None:
    """Put out the notebook's widgets, the readings that they show, and whether Python goes on working."""
    shell = get_ipython()
    if shell is not None:
        display({FORM: shell.meta.essay_explorer.description().to_json()}, raw=True)  # type: ignore[no-untyped-call]


@dataclass
class Watch:
    """What happens in a notebook, from its first cell on."""

    folder: Path
    workers: set[object]
    folders: dict[str, str] = field(default_factory=dict)  # of the readings opened, by their fingerprints
    files: dict[str, None] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def note(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note a reading that is opened, or another file of the notebook's folder."""
        if event == OPENED:
            folder, fingerprint = arguments
            self.folders[fingerprint] = folder
        elif event == "open" and arguments[1] in READS and isinstance(arguments[0], str | os.PathLike):
            path = self.folder / arguments[0]
            if path.is_relative_to(self.folder) and not str(path).startswith(INSTALLED):
                self.files[str(path)] = None

    def note_error(self, result: ExecutionResult) -> None:
        """Note what went wrong in a cell."""
        error = result.error_before_exec or result.error_in_exec
        if error:
            self.errors.append(f"{type(error).__name__}: {error}")

    def description(self) -> Description:
        """What the notebook says of itself now."""
        widgets = [widget for widget in _instances.values() if isinstance(widget, DOMWidget | Link)]
        snapshot = Snapshot.of(widgets)
        lenses = {snapshot.names[lens.model_id]: lens.reading for lens in widgets if isinstance(lens, Lens)}
        return Description(
            widgets=snapshot,
            readings={
                name: Shown(reading.name, self.folders.get(reading.fingerprint, ""), bundle.charts_name(reading))
                for name, reading in lenses.items()
            },
            folders=sorted(set(self.folders.values())),
            files=sorted(self.files),
            error=self.errors[0] if self.errors else "",
            working=bool(_workers() - self.workers),
        )


def _workers() -> set[object]:
    """What goes on beside the cells: threads, and the notebook's own tasks on the kernel's loop."""
    try:
        tasks = asyncio.all_tasks()
    except RuntimeError:  # no loop
        tasks = set()
    threads = (one for one in threading.enumerate() if type(one).__module__.partition(".")[0] not in JUPYTERS)
    return {*threads, *filter(_is_own, tasks)}


def _is_own(task: asyncio.Task[Any]) -> bool:
    """Whether the code of a task is the notebook's, and not that of Jupyter or a library."""
    code = getattr(task.get_coro(), "cr_code", None)
    return code is not None and not code.co_filename.startswith(INSTALLED)


def _as_data(chart: Any, *_: object, **__: object) -> dict[str, Any]:  # noqa: ANN401 - any of Altair's charts
    return {CHART: chart.to_dict()}
