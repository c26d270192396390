"""An interactive essay explorer: an essay next to widgets that filter its passages by theme."""

import sys

if sys.argv[:1] == ["-m"] and not sys.flags.safe_path and sys.orig_argv.count("essay_explorer"):
    del sys.path[0]  # `python -m essay_explorer` imports nothing from where somebody happens to stand

from importlib import import_module

from essay_explorer.core.annotation import Annotation, Relation
from essay_explorer.core.codebook import Codebook
from essay_explorer.core.essay import Essay
from essay_explorer.core.fault import Fault, ReadingError, ReadingWarning
from essay_explorer.core.passage import Passage
from essay_explorer.core.provided import provide
from essay_explorer.core.reading import Reading
from essay_explorer.core.tag import Facet, Tag
from essay_explorer.core.tour import Stop
from essay_explorer.library.opening import open_reading

# The widgets bring ipywidgets along, which somebody who only counts passages need not wait for.
_WIDGETS = (
    *("Lens", "EssayText", "ThemeFilter", "PassageCard", "ChartPanel", "Tour", "Differ"),
    *("Marks", "MarkSheet", "Explorer"),
)
# And these are imported by whoever calls them.
_FUNCTIONS = {
    "Room": "essay_explorer.rooms.room",
    "agreement": "essay_explorer.marks.agreement",
    "compare": "essay_explorer.marks.comparison",
    "import_annotations": "essay_explorer.library.importing",
    "open_copy": "essay_explorer.library.new_reading",
    "picture": "essay_explorer.paper.picture",
}

# And these are modules of functions.
_MODULES = ("charts", "exercises")

__all__ = [
    "Annotation",
    "ChartPanel",
    "Codebook",
    "Differ",
    "Essay",
    "EssayText",
    "Explorer",
    "Facet",
    "Fault",
    "Lens",
    "MarkSheet",
    "Marks",
    "Passage",
    "PassageCard",
    "Reading",
    "ReadingError",
    "ReadingWarning",
    "Relation",
    "Room",
    "Stop",
    "Tag",
    "ThemeFilter",
    "Tour",
    "agreement",
    "compare",
    "import_annotations",
    "open_copy",
    "open_reading",
    "picture",
]

provide("html", "essay_explorer.representations.html:html_of")
provide("saved", "essay_explorer.library.saving:save")
provide("concordance", "essay_explorer.measures.concordance:concordance_of")
provide("frequencies", "essay_explorer.measures.frequencies:frequencies_of")
provide("frame", "essay_explorer.measures.frames:frame_of")
provide("new_reading", "essay_explorer.library.new_reading:opened")
provide("reading_from_frame", "essay_explorer.measures.from_frame:reading_from_frame")


def __getattr__(name: str) -> object:
    if name in _WIDGETS:
        return getattr(import_module("essay_explorer.widgets"), name)
    if name in _FUNCTIONS:
        try:
            return getattr(import_module(_FUNCTIONS[name]), name)
        except ModuleNotFoundError as error:
            return import_module("essay_explorer.core.absent").Absent(name, error.name)
    if name in _MODULES:
        return import_module(f"{__name__}.{name}")
    if name == "__version__":
        return import_module("importlib.metadata").version("essay-explorer")
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message, name=name, obj=sys.modules[__name__])


def __dir__() -> list[str]:
    """What somebody who types the name and a dot can use; charts and exercises are imported by their names."""
    return sorted([*__all__, *_MODULES, *(name for name in globals() if name.startswith("__")), "__version__"])
